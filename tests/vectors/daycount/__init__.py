"""Published day counts, and which convention each source uses for its names.

=====================  ==========================================================================
source                 conventions
=====================  ==========================================================================
OpenGamma Strata       its own names; *30/360 ISDA* is our 30/360 (bond basis), *30U/360* reads the
                       end-of-month flag of the case, *30E/360 ISDA* the flag that the end is the
                       maturity, *Act/365L* the end of the coupon and its frequency. Each figure is an
                       exact fraction, or days.
ISDA, 30/360 examples  sections 4.16(f), (g), (h) of the 2006 Definitions; the *US* column is 30U/360 of
                       a loan that pays at ends of months (Wikipedia); *30/365* (QuantLib) is ISO 20022
                       A002. Each figure is days.
ISDA, Act/Act memo     Act/Act ISDA, ICMA and AFB. Where a coupon is long the case lists its notional
                       periods; the first is the coupon period given to us unless one is named.
QuantLib Business/252  Brazilian settlement days; the calendar is made here from the rules of its
                       holidays (:mod:`tests.vectors.daycount.brazil`).
ACTUS                  A365, A360, AA, 30E360: the interest payments of loans repaid at maturity.
=====================  ==========================================================================

All cases are run. One is not applicable as it stands: a period of QuantLib that runs backwards. Here
such a period is refused; that, and the opposite of the figure for the same period forwards, is run in
its place.
"""
