"""The pages of the worked plans.

The one idea: prose and arithmetic come from the case, every other figure from what the library answers; a
figure that was reckoned by hand and is not the library's stops the build.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from delinquency.restructuring.answer import PlannedRow, PlanOutcome
from delinquency.restructuring.review import PlanReview, PlanVerdict
from delinquency.restructuring.review.answer import ReviewRow
from plan_cases.case import HandLine, Runs, WorkedPlan
from plan_cases.telling import grid

__all__ = ["index_to_markdown", "is_as_found", "to_markdown"]

MOST_ROWS = 14
"""As many rows of a schedule as a page shows; of a longer one those that differ from the row above."""

INDEX = """\
# Worked plans

Cases as they come to a lender, each from the arrears to the plan, the law and the loss. On each page the
arithmetic is written out, so that it can be done again by hand; every other figure is what the library
answered when the page was made, and the build stops where the two differ.

"""

AFTER_INDEX = """\
The value that is given up is told at the rate of the contract; below 0 it is a gain, and mostly what
rounding leaves. How a plan is put to an account is told in
[Restructure a loan](../how-to/restructure-a-loan.md), how it is reviewed in
[Review a plan](../how-to/review-a-plan.md), and what happens afterwards in
[Follow a plan](../how-to/follow-a-plan.md).
"""


def index_to_markdown(cases: Sequence[WorkedPlan]) -> str:
    """The page that lists them."""
    heads = (
        "case",
        "plan",
        "where",
        "in",
        "next payment before",
        "after",
        "value given up",
        "share",
    )
    rows: list[Sequence[object]] = []
    for case in cases:
        for place, (name, done) in enumerate(case.shown.items()):
            link = f"[{case.title}]({case.name}.md)<br>{case.title_zh}"
            before, after = firsts(done)
            cells = (
                done.currency.code,
                before or "–",
                after,
                done.present_value_loss,
                share_of(done),
            )
            label = name if len(case.shown) > 1 else ""
            rows.append(("" if place else link, label, "" if place else case.where, *cells))
    names = "\n".join(case.name for case in cases)
    table = grid(heads, rows, right=(4, 5, 6, 7))
    return "\n".join([INDEX, *table, AFTER_INDEX, f"```{{toctree}}\n:hidden:\n\n{names}\n```", ""])


def to_markdown(case: WorkedPlan) -> str:
    """The page of one case."""
    return "\n".join(
        [
            f"# {case.title}",
            "",
            f"{case.title_zh} · {case.where}",
            "",
            case.told,
            "",
            "Agreed on:",
            "",
            *(f"- {item}" for item in case.agreed),
            "",
            "## By hand",
            "",
            *by_hand(case),
            case.after_lines,
            "",
            "## Before and after",
            "",
            *side_by_side(case.shown),
            f"![{alt_text(case)}](charts/{case.name}.svg)",
            "",
            *what_it_comes_to(case.runs),
            *review(case),
            *([case.more(case.runs)] if case.more else []),
            *in_words(case),
        ]
    )


def by_hand(case: WorkedPlan) -> Iterator[str]:
    """The arithmetic, each figure compared with the library's."""
    for line in case.lines:
        if not is_as_found(line, case.runs):
            message = f"{case.name}: {line.what}: {line.comes_to}, not {line.found(case.runs)}"
            raise ValueError(message)
    rows = [(line.what, raised(line.by_hand), f"**{line.comes_to}**") for line in case.lines]
    yield from grid(("figure", "arithmetic", "comes to"), rows, right=(2,))


def raised(arithmetic: str) -> str:
    """Powers above the line."""
    return re.sub(r"\^(−?\d+)", r"<sup>\1</sup>", arithmetic)


def is_as_found(line: HandLine, runs: Runs) -> bool:
    """Whether the library has the same figure, to the decimals of the line."""
    if line.found is None:
        return True
    wanted = Decimal(line.comes_to.replace(",", ""))
    found = Fraction(line.found(runs))
    if line.within:
        return abs(found - Fraction(wanted)) <= Fraction(line.within)
    # As many digits as a comparison of halves can need.
    told = Decimal(found.numerator * 10**40 // found.denominator).scaleb(-40)
    return told.quantize(wanted, ROUND_HALF_UP) == wanted


def side_by_side(runs: Runs) -> Iterator[str]:
    """Both schedules, row by row; what is past due comes first."""
    first = next(iter(runs.values()))
    code, on = first.currency.code, first.plan.effective_on
    rows: list[Sequence[object]]
    due = f"past due on {on}"
    if len(runs) == 1:
        heads = ("due", "before", "after", "of it principal", "interest", "fees, penalty")
        left = first.arrears_after
        rows = [
            (
                due,
                first.arrears_before.total,
                left.total,
                left.principal,
                left.interest,
                left.fees + left.penalty,
            )
        ]
        rows += [
            (*totals(row), *([part.principal, part.interest, part.fees + part.penalty] if part else [""] * 3))
            for row in first.schedule_rows
            for part in (row.after,)
        ]  # fmt: skip
    else:
        heads = ("due", "before", *runs)
        arrears = [done.arrears_after.total for done in runs.values()]
        rows = [(due, first.arrears_before.total, *arrears)]
        days = sorted({row.due_date for done in runs.values() for row in done.schedule_rows})
        sides = [{row.due_date: row for row in done.schedule_rows} for done in runs.values()]
        for day in days:
            found = [side.get(day) for side in sides]
            before = next((row.before for row in found if row and row.before), None)
            after = [row.after.total if row and row.after else None for row in found]
            rows.append((day, before.total if before else None, *after))
    yield f"In {code}:\n"
    yield from grid(heads, list(some_of(rows)), right=range(1, len(heads)))


def totals(row: PlannedRow) -> tuple[object, ...]:
    """Due date, and what falls due on it before and after."""
    return (
        row.due_date,
        row.before.total if row.before else None,
        row.after.total if row.after else None,
    )


def some_of(rows: Sequence[Sequence[object]]) -> Iterator[Sequence[object]]:
    """All rows, or the first and the last ones and those that ask for another amount than the row above."""
    if len(rows) <= MOST_ROWS:
        yield from rows
        return
    places = [
        place
        for place, row in enumerate(rows)
        if place < 4 or place >= len(rows) - 2 or row[1:3] != rows[place - 1][1:3]
    ]
    if len(places) > MOST_ROWS + 4:
        places = [*range(MOST_ROWS - 2), len(rows) - 2, len(rows) - 1]
    before = -1
    for place in places:
        if place != before + 1:
            yield ("…", *[""] * (len(rows[0]) - 1))
        yield rows[place]
        before = place


def firsts(done: PlanOutcome) -> tuple[Decimal | None, Decimal | None]:
    """What falls due next without the plan, and with it."""
    rows = done.schedule_rows
    before = next((row.before.total for row in rows if row.before), None)
    return before, next((row.after.total for row in rows if row.after), None)


def share_of(done: PlanOutcome) -> str:
    """The share that is given up, in per cent with two decimals, up."""
    share = done.diminished_share
    parts = -(-share.numerator * 10_000 // share.denominator)
    return f"{parts // 100}.{parts % 100:02d}\u00a0%"


def what_it_comes_to(runs: Runs) -> Iterator[str]:
    """The figures of each plan."""
    columns = [figures(done) for done in runs.values()]
    rows = [(name, *(column[name] for column in columns)) for name in columns[0]]
    heads = ("", *(runs if len(runs) > 1 else [""]))
    yield from grid(heads, rows, right=range(1, len(heads)))


def figures(done: PlanOutcome) -> dict[str, object]:
    """What a plan comes to, by name."""
    before, after = firsts(done)
    asked = [row for row in done.schedule_rows if row.after]
    paid = sum((row.after.interest for row in asked), Decimal("0.00"))
    return {
        "owed before": done.debt_before.total,
        "owed after": done.debt_after.total,
        "past due before": done.arrears_before.total,
        "past due after": done.arrears_after.total,
        "next payment before": before or "–",
        "next payment after": after,
        "greatest payment after": max(row.after.total for row in asked),
        "payments": len(asked),
        "last due": asked[-1].due_date,
        "interest in the payments": paid,
        "paid in all, more than without the plan": done.total_cost_change,
        "**present value given up**": done.present_value_loss,
        "as a share": share_of(done),
    }


def review(case: WorkedPlan) -> Iterator[str]:
    """What the rules say of each plan."""
    reviews = case.reviews()
    if not reviews:
        return
    yield f"## What a review says\n\nBy the rules `{case.rules}`:\n"
    first = next(iter(reviews.values()))
    heads = ("test", *(reviews if len(reviews) > 1 else ["verdict"]))
    rows: list[Sequence[object]] = []
    for place, row in enumerate(first.rows):
        each = [told.rows[place] for told in reviews.values()]
        if all(one.verdict is PlanVerdict.DOES_NOT_APPLY for one in each):
            continue
        name, _, asks = heading(row).partition(", ")
        asks = asks.rpartition(": ")[0]
        rows.append((f"{asks}<br>`{name}`", *(cell(one, is_alone=len(each) == 1) for one in each)))
    yield ":::{container} test-and-verdict\n"
    yield from grid(heads, rows)
    yield ":::\n"
    others = [row.test_id for row in first.rows if all_silent(row.test_id, reviews.values())]
    if others:
        yield f"These do not apply: {', '.join(f'`{each}`' for each in others)}.\n"
    if case.of_review:
        yield case.of_review + "\n"


def all_silent(test_id: str, reviews) -> bool:
    """Whether a test applies to no plan."""
    return all(told.row(test_id).verdict is PlanVerdict.DOES_NOT_APPLY for told in reviews)


def heading(row: ReviewRow) -> str:
    """The first line of a row."""
    return str(row).splitlines()[0]


def cell(row: ReviewRow, *, is_alone: bool) -> str:
    """The verdict in words, and the figures where there is one plan or where the verdict is about them."""
    words = heading(row).rpartition(": ")[2].rstrip(".")
    figures_of = [line.strip() for line in str(row).splitlines()[1:] if "[" not in line.strip()[:1]]
    decides = [check.name for check in row.checks]
    kept = figures_of if is_alone else figures_of[len(row.conditions) :][: len(decides)]
    return "<br>".join([f"**{words}**", *kept])


def alt_text(case: WorkedPlan) -> str:
    """The chart in words."""
    return f"{case.title}: payments by due date and principal to come, before the plan and after it"


def in_words(case: WorkedPlan) -> Iterator[str]:
    """The answers of the library in both languages, folded away."""
    yield "## In the words of the library\n"
    reviews: dict[str, PlanReview] = case.reviews()
    for lang, title in (("en", "English"), ("zh", "中文")):
        yield f"::::{{dropdown}} {title}\n"
        for name, done in case.runs.items():
            lines = done.explanation.to_text(lang=lang).splitlines()
            if name in reviews:
                lines += ["", *reviews[name].to_text(lang).splitlines()]
            label = [f"**{name}**", ""] if len(case.runs) > 1 else []
            yield "\n".join([*label, "```text", *folded(lines), "```", ""])
        yield "::::\n"


def folded(lines: Sequence[str]) -> Iterator[str]:
    """The lines, instalments of one size after the third left out."""
    told = [line for line in lines if line.strip().startswith(("Instalment ", "第 "))]
    for line in lines:
        if line in told[3:-1]:
            if line == told[3]:
                yield "  …"
            continue
        yield line
