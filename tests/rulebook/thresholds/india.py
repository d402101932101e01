"""Cases of special mention and of NPA in India, and of the threshold that falls by date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import delinquency as dq
from delinquency import Finding, FindingKind, Payment, Proportion, ReportedFigure, Restructuring
from delinquency.events import FigureName
from tests.rulebook.thresholds.case import Case, loan, unpaid


def india() -> Iterator[Case]:
    yield unpaid(
        "INR",
        {
            "2024-03-30": "standard", "2024-03-31": "SMA-0", "2024-04-01": "SMA-0",
            "2024-04-29": "SMA-0", "2024-04-30": "SMA-1", "2024-05-01": "SMA-1",
            "2024-05-29": "SMA-1", "2024-05-30": "SMA-2", "2024-05-31": "SMA-2",
            "2024-06-28": "SMA-2", "2024-06-29": "substandard", "2024-06-30": "substandard",
            "2025-06-28": "substandard", "2025-06-29": "doubtful-1", "2025-06-30": "doubtful-1",
            "2026-06-28": "doubtful-1", "2026-06-29": "doubtful-2", "2026-06-30": "doubtful-2",
            "2028-06-28": "doubtful-2", "2028-06-29": "doubtful-3", "2028-06-30": "doubtful-3",
        },
    )  # fmt: skip
    yield Case(
        loan("INR", [(date(2024, 5, 31), 1000)]),
        {"2024-05-30": "standard", "2024-05-31": "SMA-0", "2024-06-01": "SMA-0"},
    )
    for year in (2022, 2024):
        yield from non_performing_in_india(year)
    # The same under the version before, which ended on the day after the last of these.
    yield Case(
        loan("INR", [(date(2021, 12, 31), 1000)]),
        {
            "2021-12-30": "standard", "2021-12-31": "SMA-0", "2022-01-01": "SMA-0",
            "2022-01-29": "SMA-0", "2022-01-30": "SMA-1", "2022-01-31": "SMA-1",
            "2022-02-28": "SMA-1", "2022-03-01": "SMA-2", "2022-03-02": "SMA-2",
            "2022-03-30": "SMA-2", "2022-03-31": "substandard", "2022-04-01": "substandard",
            "2023-03-30": "substandard", "2023-03-31": "doubtful-1", "2023-04-01": "doubtful-1",
            "2024-03-30": "doubtful-1", "2024-03-31": "doubtful-2",
        },
    )  # fmt: skip


def non_performing_in_india(year: int) -> Iterator[Case]:
    """NPA on 29 June: security that is worth less on 1 August, and everything paid on 5 July."""
    due = [(date(year, 3, 31), 1000)]
    for name, share, state in (
        (FigureName.SECURITY_SHARE_OF_ASSESSED, "0.5", "substandard"),
        (FigureName.SECURITY_SHARE_OF_ASSESSED, "0.4995", "doubtful-1"),
        (FigureName.SECURITY_SHARE_OF_OUTSTANDING, "0.1", "substandard"),
        (FigureName.SECURITY_SHARE_OF_OUTSTANDING, "0.0995", "loss"),
    ):
        figure = ReportedFigure(name, date(year, 8, 1), Proportion.parse(share))
        yield Case(
            loan("INR", due, events=[figure]),
            {f"{year}-07-31": "substandard", f"{year}-08-01": state, f"{year}-08-02": state},
        )
    yield Case(
        loan("INR", due, payments=[Payment(date(year, 7, 5), 1000)]),
        {
            f"{year}-07-04": "substandard", f"{year}-07-05": "standard",
            f"{year}-07-06": "standard",
        },
    )  # fmt: skip

    yield from upgraded_in_india(year)


def upgraded_in_india(year: int) -> Iterator[Case]:
    """NPA on 29 June, by days alone; paid on 5 July, or spread on that day and found to perform on 1 September."""
    due = date(year, 3, 31)
    paid = loan("INR", [(due, 1000)], payments=[Payment(date(year, 7, 5), 1000)])
    spread = replaced(due, date(year, 7, 5), Finding(PERFORMED, date(year, 9, 1)))
    for account, machine, states in (
        (loan("INR", [(due, 1000)]), "NPA", {"06-28": "standard", "06-29": "NPA", "06-30": "NPA"}),
        (paid, "NPA", {"07-04": "NPA", "07-05": "standard", "07-06": "standard"}),
        (
            spread,
            "NPA",
            {
                "07-04": "NPA", "07-05": "restructured NPA", "08-31": "restructured NPA",
                "09-01": "standard", "09-02": "standard",
            },
        ),
        (
            spread,
            "asset class",
            {
                "07-04": "substandard", "07-05": "substandard", "08-31": "substandard",
                "09-01": "standard", "09-02": "standard",
            },
        ),
    ):  # fmt: skip
        yield Case(account, {f"{year}-{day}": state for day, state in states.items()}, machine)


PERFORMED = FindingKind.SATISFACTORY_PERFORMANCE


def replaced(due: date, on: date, *events: dq.Event) -> dq.Account:
    """1,000.00 that were due, spread by a restructuring over what falls due a year later."""
    rows = [
        dq.Instalment(due, 1000, in_force_until=on),
        dq.Instalment(on + timedelta(days=365), 1000, in_force_from=on),
    ]
    return dq.Account(
        account_id="A",
        originated_on=due - timedelta(days=31),
        schedule=dq.Schedule(dq.Currency.of("INR"), rows),
        events=[Restructuring(on, on + timedelta(days=365)), *events],
    )


def base_layer() -> Iterator[Case]:
    """More than 150 days from 31 March 2024, 120 from 2025, 90 from 2026; the due date is day 1."""
    # Days 150 and 151 on the only day of the first version.
    for due, state in ((date(2023, 11, 3), "standard"), (date(2023, 11, 2), "NPA")):
        yield Case(loan("INR", [(due, 1000)]), {"2024-03-31": state})
    for due, first_npa in (
        (date(2024, 3, 31), date(2024, 8, 28)),
        (date(2025, 3, 31), date(2025, 7, 29)),
        (date(2026, 3, 31), date(2026, 6, 29)),
    ):
        before, after = (str(first_npa + timedelta(days=days)) for days in (-1, 1))
        rows = [(due, 1000)]
        yield Case(loan("INR", rows), {before: "standard", str(first_npa): "NPA", after: "NPA"})
        paid = loan("INR", rows, payments=[Payment(first_npa + timedelta(days=1), 1000)])
        yield Case(paid, {str(first_npa): "NPA", after: "standard"})
        found = first_npa + timedelta(days=2)
        spread = replaced(due, date.fromisoformat(after), Finding(PERFORMED, found))
        yield Case(
            spread, {str(first_npa): "NPA", after: "restructured NPA", str(found): "standard"}
        )
