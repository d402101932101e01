"""Published figures of what happens to a loan after it is made, and the convention of each source.

Apache Fineract, progressive schedules: nominal twelfths, parts of a month by its days; money beyond what is
due pays the coming instalments in advance; every overdue day counts in the row of its period; a row is
rounded once, half to even. A pause is published with both its ends.

Apache Fineract, cumulative schedules: actual days over the days of the year; overdue amounts bear interest
from the start of the period in which money arrives, and rows before it stay; overdue interest bears
interest where the product compounds it. The days of a row at one balance are rounded by themselves: 43.75 in
the second row of rec-rp07-late-partial, where one rounding of the row gives 43.74. The level payment is solved and rounded by the source with the
days of the first period for all; it is no subject of recalculation and is given.

Frappe Lending: the last day of an accrual is included, and payments fall due on the day after.
"""
