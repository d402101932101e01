"""Published rates, and how each source counts.

======================  =====================================================================
source                  convention
======================  =====================================================================
Microsoft, formula.js   spreadsheet signs: received positive, paid negative; NPV from period 1
XIRR samples            effective, Act/365 Fixed from the earliest date
98/7/EC, UK samples     effective, days over 365 (``IntervalRule.DAYS``)
SWD(2012)128, curo      whole periods counted back, then days over 365 or 366
Regulation Z, App. J    nominal, simple interest on the odd fraction, months of 30 days
SI 2004/1483            a month's rate of the APR rounded to six decimals
IFRS for SMEs, IAS 39   effective rate a period; amounts rounded for show only
FormCalc                nominal, twelve times the month's rate
======================  =====================================================================

Known errors of sources are named in :mod:`tests.vectors.returns.status`; nothing is fitted to them.
"""
