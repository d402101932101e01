"""Published tables of amortisation, and which convention each source uses.

================================  ================================================================
source                            conventions
================================  ================================================================
US and Canadian textbooks, CFPB   Twelfths (a whole period where the rate compounds as often as is
                                  paid), the payment rounded half up; OpenStax and Las Positas round
                                  it up. Interest half up each period, the rest in the last row.
Canadian mortgages                ``Compounded(2)``, whatever the frequency; the accelerated two-week
                                  payment of RBC is half of the monthly one, given as an amount.
loankeisan (JP)                   Payment and interest both rounded down to the yen.
Tistory (KR)                      Half up to the won.
FHLBB 1935, Goldstein             ``carries_fractions``: interest and balances are shown rounded, and
                                  the exact balance goes on. FHLBB pays an agreed 30 dollars.
HP 12C manuals                    Payment and interest half up to the cent. The Rule of 78 is
                                  ``delinquency.returns.rule_of_78_rebate``.
De Hypotheker (NL)                ``carries_fractions`` with a payment that is not rounded at all; the
                                  payment that is printed above the table is truncated.
Fineract, EMI calculator          Half even; days over a fixed year or 30/360 of months; the payment is
                                  smoothed (``Residue.SMOOTHED``). A rate that changes on a day bears
                                  interest from the day before, because its days end with the date.
Fineract, schedules               Half even; ``multiple`` of 1 where the product says so, else the cent.
                                  Daily interest is Act/365 Fixed with a payment solved by twelfths.
                                  Grace on principal is a ``Moratorium``; grace on interest charged
                                  defers it to the first instalment after (``ACCRUED``).
Frappe Lending                    Half even; payment by twelfths, rounded up to a whole rupee; newer
                                  rows by days over 365, older ones by twelfths. Broken period
                                  interest is ``SPREAD`` or ``ADDED``. Most figures are asserted to
                                  whole rupees, and compared so.
================================  ================================================================

Cases of several drawdowns are not applicable: terms are of one loan of one amount. Three last rows are
known errors of their sources, listed in :data:`tests.vectors.amortisation.status.KNOWN_ERRORS`.
"""
