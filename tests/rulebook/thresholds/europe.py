"""Cases of default and of forbearance in the European Union."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Final

import delinquency as dq
from delinquency import Payment, Proportion, Restructuring
from delinquency.events import FigureName
from tests.rulebook.thresholds.case import Case, change, loan, monthly, reported

NOTHING: Final = Proportion(0, 1)


def owing(currency: str, part: Any, rest: Any, due: date = date(2024, 3, 31)) -> dq.Account:
    """A part of the exposure is past due and never paid, the rest falls due much later."""
    rows = [(due, Decimal(part)), (date(2035, 1, 31), Decimal(rest))]
    return loan(currency, rows, originated_on=date(2024, 1, 31))


def material(currency: str, state: str, part: Any, rest: Any) -> Case:
    """91 days past due, and in default if what is past due is material."""
    return Case(
        owing(currency, part, rest),
        {"2024-06-29": "not in default", "2024-06-30": state, "2024-07-01": state},
        "default",
    )


def paid_in_time(currency: str, *events: Any, count: int = 60) -> dq.Account:
    """1,000.00 on the last day of each month from January 2024 on, paid on the day."""
    dues = monthly(date(2024, 1, 31), count)
    payments = [Payment(due, 1000) for due in dues]
    return loan(currency, [(due, 1000) for due in dues], payments=payments, events=events)


def late_until(currency: str, day: date, *events: Any) -> dq.Account:
    """1,000.00 of 31 January 2024 are paid on a day, everything after it in time."""
    dues = monthly(date(2024, 1, 31), 36)
    payments = [Payment(max(day, due) if due <= day else due, 1000) for due in dues]
    return loan(currency, [(due, 1000) for due in dues], payments=payments, events=events)


def default(currency: str) -> Iterator[Case]:
    """More than 90 days, and the ways back, of the EU and of the United Kingdom."""
    good, bad = "not in default", "default"
    yield Case(
        late_until(currency, date(2024, 6, 15)),
        {
            "2024-04-30": good, "2024-05-01": bad, "2024-05-02": bad,
            "2024-09-14": bad, "2024-09-15": good, "2024-09-16": good,
        },
        "default",
    )  # fmt: skip


def restructured(currency: str, *events: Any) -> Case:
    """In default by a restructuring of 10 May 2024: a year, if nothing is in arrears."""
    return Case(
        paid_in_time(currency, *events),
        {
            "2024-05-09": "not in default", "2024-05-10": "restructured default",
            "2025-05-09": "restructured default", "2025-05-10": "not in default",
            "2025-05-11": "not in default",
        },
        "default",
    )  # fmt: skip


def union(amount: str, above: str) -> Iterator[Case]:
    """The European Union, with the absolute limb of a segment and the least amount above it."""
    yield from default("EUR")
    day = date(2024, 5, 10)
    yield restructured("EUR", change(day, "0.0105"))
    at_the_limit = {"2024-05-10": "not in default", "2025-05-10": "not in default"}
    yield Case(paid_in_time("EUR", change(day, "0.01")), at_the_limit, "default")
    yield material("EUR", "not in default", amount, 1000)
    yield material("EUR", "default", above, 1000)
    yield material("EUR", "not in default", 1000, 99_000)
    yield material("EUR", "default", 1000, "98999.99")
    yield from forborne()
    yield from pulled()


def pulled() -> Iterator[Case]:
    """ITS Annex V, paragraph 228: more than 20 % pull every exposure; the file takes 20 % itself as not more."""
    name = FigureName.OVERDUE_SHARE_OF_CARRYING_AMOUNT
    day = date(2024, 6, 10)
    for share, is_pulled in (("0.1995", False), ("0.2", False), ("0.2005", True)):
        figure = reported(name, share, day)
        state = "non-performing" if is_pulled else "performing"
        forborne_state = f"forborne {state}"
        yield Case(
            paid_in_time("EUR", figure),
            {"2024-06-09": "performing", "2024-06-10": state, "2024-06-11": state},
        )
        # Forborne four months before, and on the day itself.
        for granted, before in (
            (date(2024, 2, 15), "forborne performing"),
            (day, "performing"),
        ):
            yield Case(
                paid_in_time("EUR", change(granted), figure),
                {
                    "2024-06-09": before, "2024-06-10": forborne_state,
                    "2024-06-11": forborne_state,
                },
            )  # fmt: skip


def forborne() -> Iterator[Case]:
    """Probation of what performed, and of what did not, when forbearance was granted."""
    under, after = "forborne performing", "forborne performing after NPE"
    granted = date(2024, 2, 15)
    yield Case(
        paid_in_time("EUR", change(granted)),
        {
            "2024-02-14": "performing", "2024-02-15": under, "2026-02-14": under,
            "2026-02-15": "performing", "2026-02-16": "performing",
        },
    )  # fmt: skip
    # 30 and 31 days past due when two years are over.
    for due, state in ((date(2026, 1, 16), "performing"), (date(2026, 1, 15), under)):
        yield Case(
            loan("EUR", [(due, 1000)], originated_on=granted, events=[change(granted)]),
            {"2026-02-14": under, "2026-02-15": state},
        )
    yield Case(
        non_performing(),
        {
            "2022-12-31": "forborne non-performing", "2023-01-01": after, "2023-01-02": after,
            "2024-12-31": after, "2025-01-01": "performing", "2025-01-02": "performing",
        },
    )  # fmt: skip
    yield Case(
        non_performing(silent=date(2023, 3, 31)),
        {
            "2023-04-30": after, "2023-05-01": "forborne non-performing",
            "2023-05-02": "forborne non-performing",
        },
    )  # fmt: skip
    yield in_default_under_probation(granted)
    # 30 days past due when two years are over.
    yield Case(
        non_performing(silent=date(2024, 12, 2), rest=[date(2024, 12, 2)]),
        {"2024-12-31": after, "2025-01-01": "performing"},
    )


def in_default_under_probation(granted: date) -> Case:
    """Forborne while performing; what was due on 31 March 2024 is paid on 15 July: a year in NPE, not in default."""
    dues = [date(2024, 2, 29), date(2024, 3, 31), *monthly(date(2024, 8, 31), 24)]
    paid = {date(2024, 3, 31): date(2024, 7, 15)}
    account = loan(
        "EUR",
        [(due, 1000) for due in dues],
        originated_on=date(2024, 1, 31),
        payments=[Payment(paid.get(due, due), 1000) for due in dues],
        events=[change(granted)],
    )
    return Case(
        account,
        {
            "2024-06-29": "forborne performing", "2024-06-30": "forborne non-performing",
            "2025-06-29": "forborne non-performing",
            "2025-06-30": "forborne performing after NPE",
            "2025-07-01": "forborne performing after NPE",
        },
    )  # fmt: skip


def non_performing(*, silent: date = date.max, rest: list[date] | None = None) -> dq.Account:
    """Non-performing on 1 January 2022, when forbearance is granted; paid in time up to a day."""
    dues = [date(2021, 7, 31), *(rest or monthly(date(2022, 1, 31), 40))]
    payments = [Payment(date(2022, 1, 1), 1000)]
    payments += [Payment(due, 1000) for due in dues[1:] if due < silent]
    granted = Restructuring(date(2022, 1, 1), date(2022, 1, 31), diminished_share=NOTHING)
    return loan("EUR", [(due, 1000) for due in dues], payments=payments, events=[granted])
