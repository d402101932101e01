"""Write the page that says what became of every published case: ``python -m tests.vectors.write_readme``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from delinquency.text_layout import aligned
from tests.vectors import after_lending, amortisation, daycount, returns, rolls
from tests.vectors.actus.status import STATUS as ACTUS
from tests.vectors.after_lending.status import STATUS as AFTER_LENDING
from tests.vectors.amortisation.cases import PUBLISHED as SCHEDULES
from tests.vectors.amortisation.status import KNOWN_ERRORS, NOT_APPLICABLE
from tests.vectors.daycount.cases import BACKWARDS
from tests.vectors.daycount.cases import PUBLISHED as DAY_COUNTS
from tests.vectors.published import FOLDER, load
from tests.vectors.returns.status import FLAGGED, SEVERAL
from tests.vectors.rolls.readings import months_roll_on_days
from tests.vectors.rolls.status import STATUS as ROLLS
from tests.vectors.worked_examples import telling

FILE = Path(__file__).with_name("README.md")

_HEAD = """\
# Published figures, and what became of them

Every case about schedules is run, or is listed here with the reason why not. No case is fitted: what a
source does is said by the arguments of a verb. The second part says which convention each source uses; the
tables of each family in the code are in its `status.py`. The third part is of the worked examples of regulators
and of those who explain them: what is asked, by which rules the library answers, and the figures.

This page is written by `python -m tests.vectors.write_readme`; a test compares it with the collection.
"""


class Line(NamedTuple):
    """One file, or one family of files."""

    family: str
    cases: int
    passed: int
    note: str = ""


def _count(file: str) -> int:
    found: dict[str, Any] = load(file)
    return len(found["cases"])


def _day_counts() -> Iterator[Line]:
    names = {
        "strata": "strata_daycount",
        "isda": "isda_30_360",
        "memo": "isda_actact_memo",
        "business": "business252",
    }
    for prefix, name in names.items():
        cases = [case for case in DAY_COUNTS if case.id.partition("-")[0] == prefix]
        odd = [case for case in cases if case.not_applicable]
        note = f"{len(odd)} runs backwards: {BACKWARDS}" if odd else ""
        yield Line(f"daycount/{name}", len(cases), len(cases) - len(odd), note)


def _rolls() -> Iterator[Line]:
    for name, status in ROLLS.items():
        cases = load(f"rolls/{name}.json")["cases"]
        odd = 0
        if status.not_applicable:
            odd = sum(months_roll_on_days(case) for case in cases)
        yield Line(f"rolls/{name}", len(cases), len(cases) - odd, status.not_applicable)


def _schedules() -> Iterator[Line]:
    run = {case.id.partition(" ")[0] for case in SCHEDULES} | {"hp12c-rule-of-78", "SCH-13"}
    for name in (
        "amortization/published_schedules_mortgagemath",
        "amortization/calculator_manuals",
        "amortization/fineract_emi",
        "lending/schedule",
    ):
        ids = {case["id"] for case in load(f"{name}.json")["cases"]}
        wrong = sorted(ids & set(KNOWN_ERRORS))
        reasons = {NOT_APPLICABLE[each] for each in ids & set(NOT_APPLICABLE)}
        notes = [*sorted(reasons)]
        if wrong:
            notes.append(f"Last rows wrong in the source: {', '.join(wrong)}.")
        yield Line(name, len(ids), len(ids & run), " ".join(notes))
    anchors = _count("amortization/payment_anchors.json")
    yield Line("amortization/payment_anchors", anchors, anchors)
    for kind in ("emi", "sch"):
        ids = {path.stem for path in (FOLDER / "fineract").glob(f"{kind}-*.json")}
        yield Line(f"fineract/{kind}-*", len(ids), len(ids & run))


def _after_lending() -> Iterator[Line]:
    for kind in ("rec", "ip"):
        ids = {path.stem for path in (FOLDER / "fineract").glob(f"{kind}-*.json")}
        yield Line(f"fineract/{kind}-*", len(ids), len(ids & set(AFTER_LENDING)))
    ids = {case["id"] for case in load("lending/accrual.json")["cases"]}
    yield Line("lending/accrual", len(ids), len(ids & set(AFTER_LENDING)))


def _returns() -> Iterator[Line]:
    intervals = _count("daycount/eu_apr_intervals.json")
    yield Line("daycount/eu_apr_intervals", intervals, intervals)
    for name in (
        "xirr",
        "us_regz_appendix_j",
        "eu_uk_apr",
        "spreadsheet_tvm",
        "eir_amortised_cost",
    ):
        found: dict[str, Any] = load(f"apr/{name}.json")
        size = len(found["cases"]) if "cases" in found else sum(map(_size, found.values()))
        note = ""
        if name == "xirr":
            note = (
                f"{len(SEVERAL)} have several rates: refused without a range, and answered with the "
                "range of the source."
            )
        elif name == "eir_amortised_cost":
            note = " ".join(
                f"{each}: {FLAGGED[each].note}" for each in ("IFRS-SME-s11", "IAS39-IG-B26")
            )
        elif name == "eu_uk_apr":
            note = " ".join(f"{each}: {FLAGGED[each].note}" for each in ("EU98-A3", "FormCalc-Apr"))
        yield Line(f"apr/{name}", size, size, note)


def _size(part: object) -> int:
    return len(part) if isinstance(part, list) else 0


def _actus() -> Iterator[Line]:
    for family, (fixed, observed) in ACTUS.items():
        note = f"{observed} with the rates observed in the case." if observed else ""
        yield Line(f"actus/{family}", fixed + observed, fixed + observed, note)


def lines() -> list[Line]:
    """Every file, in the order of the page."""
    return [
        *_day_counts(),
        *_rolls(),
        *_schedules(),
        *_after_lending(),
        *_returns(),
        *_actus(),
    ]


def text() -> str:
    """The page."""
    table = [
        ("family", "cases", "passed"),
        *((row.family, f"{row.cases}", f"{row.passed}") for row in lines()),
    ]
    notes = [f"- `{row.family}`: {row.note}" for row in lines() if row.note]
    conventions = [
        f"### {package.__name__.rpartition('.')[2]}\n\n```text\n{(package.__doc__ or '').strip()}\n```\n"
        for package in (daycount, rolls, amortisation, after_lending, returns)
    ]
    from tests.vectors import actus

    conventions.append(f"### actus\n\n```text\n{(actus.__doc__ or '').strip()}\n```\n")
    return "\n".join(
        [
            _HEAD,
            "## Cases\n",
            "```text",
            *aligned(table),
            "```",
            "",
            *notes,
            "",
            "## Conventions\n",
            "\n".join(conventions),
            "## Worked examples\n",
            *telling.lines(),
        ]
    )


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
