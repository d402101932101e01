"""Cash flows of ACTUS contracts, reproduced by the rules of the library.

The families are annuities (ANN), loans repaid at maturity (PAM), exotic linear amortisers (LAX) and
undefined maturities (UMP). The data are read from the collection of published figures and never copied:
their licence is CC BY-SA. Where the collection is absent the tests are skipped with that reason.

The terms of a contract become :class:`~delinquency.amortisation.irregular_terms.IrregularTerms` without
a currency, so that nothing is rounded; every row of the library's table becomes the events of its date,
and date, type, order, payoff, notional, rate and accrued interest of each event are compared, to 1e-8.

What a term of ACTUS means here
-------------------------------

==========================================  =============================================================
ACTUS                                       library
==========================================  =============================================================
``initialExchangeDate``, ``statusDate``     ``disbursed_on``: the later of the two
``accruedInterest``                         ``accrued_interest``
``contractRole`` RPL                        every sign turned at the end
``cycle...`` ``P1ML0``, ``P1ML1``           ``period_dates`` with ``Stub.LONG_FINAL``, ``SHORT_FINAL``
``endOfMonthConvention`` EOM, SD            ``EndOfMonth()``, no roll
``businessDayConvention`` SCx, CSx          ``adjust``; ``accrues_to`` the shifted, the nominal date
``calendar`` MF, NC                         ``WEEKENDS_ONLY``, ``NO_HOLIDAYS``
``dayCountConvention``                      ``DayCount.of``
a time of 23:59:59                          interest to the day after, dates by the day itself
PR of ANN, payment given                    ``GivenPayment``
PR of ANN, payment not given                ``SolvedPayment``, solved over the dates to
                                            ``amortizationDate``, or to maturity without one
PR and PI of LAX                            ``GivenPrincipal``, below 0 for PI
IP                                          interest falls due
IPCI                                        ``DeferredInterest.CAPITALISED``
PR without IP; RR, RRF, PRF, PRD, TD        ``DeferredInterest.ACCRUED``
RR: observed, multiplier, spread            ``ExactRateChange``; RRF where the rate is in the terms
MD                                          ``WholeBalance``
``premiumDiscountAtIED``, prices at         arithmetic on the figures of the row (payoff of IED; price
``purchaseDate``, ``terminationDate``       plus accrued interest)
==========================================  =============================================================

Rules of the source that its terms do not spell out: a payment that is not given is fixed one day before
the first redemption (event PRF) and after each reset; an annuity pays interest on every date of
redemption; a maturity that is not given follows from payment and principal; an undefined maturity is
followed up to, and without, the last day of the analysis.
"""
