"""The worked plans of the docs: every figure of them a second time, without the library.

Loans are lent, amortised, waived and valued here by fractions alone; nothing of the library reckons a figure
but the one that is compared.
"""

from __future__ import annotations

import ast
import operator
import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

import pytest

from tests.rulebook.page_makers import page_makers

PACKAGE, PAGE, CHINA, SEVERAL = page_makers("plan_cases", "page", "china", "several")
CASES = {case.name: case for case in PACKAGE.CASES}
LINES = [(name, line) for name, case in CASES.items() for line in case.lines]
CENT = Fraction(1, 100)


# What is written on the pages.


def worked_out(arithmetic: str) -> Fraction:
    """A line of arithmetic, exactly."""
    text = re.sub(r"(?<=\d),(?=\d)", "", arithmetic)
    for written, meant in (("×", "*"), ("−", "-"), ("^", "**")):
        text = text.replace(written, meant)
    text = re.sub(r"([\d.]+)%", r"(\1/100)", text)
    return _value(ast.parse(text, mode="eval").body, text)


OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}  # fmt: skip


def _value(node: ast.expr, text: str) -> Fraction:
    if isinstance(node, ast.Constant):
        return Fraction(ast.get_source_segment(text, node))
    if isinstance(node, ast.UnaryOp):
        return -_value(node.operand, text)
    left, right = _value(node.left, text), _value(node.right, text)
    if isinstance(node.op, ast.Pow):
        return left ** int(right)
    return OPERATORS[type(node.op)](left, right)


def rounded(value: Fraction, step: Fraction = CENT) -> Fraction:
    """Half away from zero."""
    sign = -1 if value < 0 else 1
    return sign * ((abs(value) / step + Fraction(1, 2)).__floor__()) * step


def printed(text: str) -> tuple[Fraction, Fraction]:
    """A figure, and one unit of its last decimal."""
    plain = text.replace(",", "")
    decimals = len(plain.partition(".")[2])
    return Fraction(plain), Fraction(1, 10**decimals)


@pytest.mark.parametrize(("name", "line"), LINES, ids=[f"{n}: {each.what}" for n, each in LINES])
def test_the_arithmetic_comes_to_what_is_printed(name, line) -> None:
    figure, unit = printed(line.comes_to)
    assert rounded(worked_out(line.by_hand), unit) == figure


FOUND = [(name, line) for name, line in LINES if line.found is not None]


@pytest.mark.parametrize(("name", "line"), FOUND, ids=[f"{n}: {each.what}" for n, each in FOUND])
def test_the_library_answers_what_was_reckoned_by_hand(name, line) -> None:
    figure, unit = printed(line.comes_to)
    found = Fraction(line.found(CASES[name].runs))
    allowed = Fraction(line.within) or unit / 2
    assert abs(found - figure) <= allowed
    assert PAGE.is_as_found(line, CASES[name].runs)


def test_a_figure_that_is_not_the_librarys_is_found_out() -> None:
    case = CASES["settled-at-70-per-cent"]
    line = case.lines[0]
    for wrong in ("38,200.14", "38,200.16"):
        assert not PAGE.is_as_found(type(line)(line.what, line.by_hand, wrong, line.found), case.runs)  # fmt: skip


def test_figures_that_are_near_say_how_near_and_why() -> None:
    for name, line in LINES:
        if line.within:
            assert line.within <= Decimal(15)
            assert CASES[name].after_lines


# Loans, a second time.


class Row(NamedTuple):
    """What falls due so many days of the 30-day calendar after the plan."""

    principal: Fraction
    interest: Fraction

    @property
    def total(self) -> Fraction:
        return self.principal + self.interest


def level(principal: int, rate: str, count: int) -> list[Row]:
    """Level payments by the month: the payment, the interest of each month and the rest at the end, to the cent."""
    month = Fraction(rate) / 12
    payment = rounded(principal * month / (1 - (1 + month) ** -count))
    left, rows = Fraction(principal), []
    for number in range(1, count + 1):
        interest = rounded(left * month)
        part = left if number == count else payment - interest
        rows.append(Row(part, interest))
        left -= part
    return rows


def level_after(owed: Fraction, rate: str, count: int, first_days: int = 30) -> list[Row]:
    """The same from a day that is so many days before the first due date."""
    month = Fraction(rate) / 12
    annuity = sum((1 + month) ** -number for number in range(count))
    grown = 1 + Fraction(rate) * first_days / 360
    payment = rounded(owed * grown / annuity)
    left, rows = owed, []
    for number in range(count):
        days = 30 if number else first_days
        interest = rounded(left * Fraction(rate) * days / 360)
        part = left if number == count - 1 else payment - interest
        rows.append(Row(part, interest))
        left -= part
    return rows


def worth(amounts: list[Fraction], rate: str, first_days: int = 30) -> Fraction:
    """Monthly amounts on the day of the plan, interest being paid on every due date."""
    value = Fraction(0)
    for number in reversed(range(len(amounts))):
        days = 30 if number else first_days
        value = (value + amounts[number]) / (1 + Fraction(rate) * days / 360)
    return value


def totals(rows: list[Row]) -> list[Fraction]:
    return [row.total for row in rows]


def one_day(rows: list[Row], place: int) -> Fraction:
    """What of the interest of a row is earned after one of 30 days."""
    return rounded(rows[place].interest / 30)


def asked(case: str, run: str) -> list[Fraction]:
    rows = CASES[case].runs[run].schedule_rows
    return [Fraction(row.after.total) for row in rows if row.after is not None]


def figures_of(case: str, run: str) -> dict[str, Fraction]:
    done = CASES[case].runs[run]
    return {
        "owed before": Fraction(done.debt_before.total),
        "owed after": Fraction(done.debt_after.total),
        "past due": Fraction(done.arrears_before.total),
        "loss": Fraction(done.present_value_loss),
    }


def test_a_mortgage_with_a_holiday() -> None:
    rate, name = "0.036", "mortgage-holiday"
    old = level(480_000, rate, 240)
    past, ahead = old[13:15], old[15:]
    earned = one_day(old, 15)
    owed = sum(row.principal for row in ahead) + sum(totals(past)) + earned
    waited = [rounded(owed * Fraction(rate) * days / 360) for days in (29, 30, 30, 30, 30, 30)]
    # Interest that waits: it falls due with the first of the 225 payments.
    rows = level_after(owed, rate, 225)
    waits = [rows[0].total + sum(waited), *totals(rows)[1:]]
    assert asked(name, CHINA.WAITS) == waits
    # Interest that becomes principal, to the cent on each due date.
    grown = owed
    for days in (29, 30, 30, 30, 30, 30):
        grown += rounded(grown * Fraction(rate) * days / 360)
    grows = totals(level_after(grown, rate, 225))
    assert asked(name, CHINA.GROWS) == grows
    before = sum(totals(past)) + worth(totals(ahead), rate, 29)
    for run, after in ((CHINA.WAITS, waits), (CHINA.GROWS, grows)):
        loss = before - worth([Fraction(0)] * 6 + after, rate, 29)
        assert figures_of(name, run) == {
            "owed before": owed,
            "owed after": owed,
            "past due": sum(totals(past)),
            "loss": rounded(loss),
        }


@pytest.mark.parametrize("count", [24, 36, 48])
def test_a_consumer_loan_re_aged(count) -> None:
    rate, penalty = "0.12", Fraction("218.40")
    old = level(36_000, rate, 24)
    past, ahead = old[9:12], old[12:]
    owed = sum(row.principal for row in ahead) + sum(totals(past)) + ahead[0].interest
    rows = totals(level_after(owed, rate, count))
    # The old instalment of the day itself is worth what it is.
    before = sum(totals(past)) + penalty + ahead[0].total + worth(totals(ahead[1:]), rate)
    assert asked("consumer-re-aged", f"{count} months") == rows
    assert figures_of("consumer-re-aged", f"{count} months") == {
        "owed before": owed + penalty,
        "owed after": owed,
        "past due": sum(totals(past)) + penalty,
        "loss": rounded(before - worth(rows, rate)),
    }


@pytest.mark.parametrize(("count", "is_allowed"), [(24, True), (36, True), (48, False)])
def test_a_loan_of_sixty_months_at_most_is_not_re_aged_to_sixty_one(count, is_allowed) -> None:
    review = CASES["consumer-re-aged"].reviews()[f"{count} months"]
    assert review.is_allowed is is_allowed
    months = 13 + count
    assert review.row("cn_personal_extension_term").checks[0].limit == months


def test_a_card_over_sixty_months() -> None:
    interest = 48_000 * Fraction("0.0005") * (date(2025, 6, 23) - date(2025, 1, 20)).days
    each = Fraction(48_000, 60) + interest / 2 / 60
    done = CASES["card-over-sixty-months"].runs[CHINA.OVER_60]
    assert asked("card-over-sixty-months", CHINA.OVER_60) == [each] * 60
    # By days of the year of 365, and a rate a day 365 times.
    value, months = Fraction(0), [(2025 + (6 + n) // 12, (6 + n) % 12 + 1) for n in range(60)]
    days = [date(2025, 6, 23), *(date(year, month, 23) for year, month in months)]
    for number in reversed(range(60)):
        value = (value + each) / (1 + Fraction("0.0005") * (days[number + 1] - days[number]).days)
    assert Fraction(done.present_value_loss) == rounded(48_000 + interest - value)


def test_a_settlement_at_seventy_per_cent() -> None:
    rate = "0.144"
    old = level(50_000, rate, 36)
    past, ahead = old[14:22], old[22:]
    owed = sum(totals(past)) + sum(row.principal for row in ahead) + ahead[0].interest + 300 + 1860
    paid = [-((-owed * share / CENT).__floor__()) * CENT for share in (Fraction(3, 10), Fraction(1, 5))]  # fmt: skip
    paid.append(paid[-1])
    before = sum(totals(past)) + 2160 + ahead[0].total + worth(totals(ahead[1:]), rate)
    after = paid[0] + worth(paid[1:], rate)
    done = CASES["settled-at-70-per-cent"].runs[CHINA.AT_70]
    assert asked("settled-at-70-per-cent", CHINA.AT_70) == paid
    assert figures_of("settled-at-70-per-cent", CHINA.AT_70) == {
        "owed before": owed,
        "owed after": sum(paid),
        "past due": sum(totals(past)) + 2160,
        "loss": rounded(before - after),
    }
    given_up = owed - sum(paid)
    interest = sum(row.interest for row in past) + ahead[0].interest
    assert (done.waived.penalty, done.waived.fees) == (1860, 300)
    assert Fraction(done.forgiven.interest) == interest
    assert Fraction(done.forgiven.principal) == given_up - 2160 - interest


def test_a_plan_that_is_broken_in_its_fourth_month() -> None:
    rate, name = "0.096", "broken-in-the-fourth-month"
    old = level(60_000, rate, 36)
    past, ahead = old[14:17], old[17:]
    earned = one_day(old, 17)
    owed = sum(row.principal for row in ahead) + sum(totals(past)) + earned
    rows = totals(level_after(owed, rate, 31, 29))
    before = sum(totals(past)) + worth(totals(ahead), rate, 29)
    assert asked(name, CHINA.LONGER) == rows
    assert figures_of(name, CHINA.LONGER) == {
        "owed before": owed,
        "owed after": owed,
        "past due": sum(totals(past)),
        "loss": rounded(before - worth(rows, rate, 29)),
    }
    # Back on 1 September: April to August of the old rows, and 6 of 30 days of September's.
    since = sum(row.interest for row in ahead[:5]) - earned + rounded(ahead[5].interest * 6 / 30)
    back = CHINA.came_back(CASES[name].runs)
    assert Fraction(back.accrued.interest) == since
    assert Fraction(back.owed.total) == owed + since - sum(rows[:3])
    # Three payments settle January, February and 489.88 of March: 25 March is 160 days ago.
    assert 2 * old[14].total < sum(rows[:3]) < 3 * old[14].total
    assert (date(2025, 9, 1) - date(2025, 3, 25)).days == 160
    assert "| 2025-09-01 | 160 | 次级 |" in CASES[name].more(CASES[name].runs)


def test_a_part_that_is_forgiven_once_the_plan_is_completed() -> None:
    rate, name = "0.12", "forgiven-on-completion"
    old = level(30_000, rate, 24)
    past, ahead = old[12:15], old[15:]
    principal = sum(row.principal for row in (*past, *ahead))
    interest = sum(row.interest for row in past) + ahead[0].interest
    # Principal past due is given up first: it leaves less to spread.
    owed = principal - 3000
    late = sum(row.principal for row in past) - 3000
    rows = totals(level_after(owed, rate, 12))
    before = sum(totals(past)) + ahead[0].total + worth(totals(ahead[1:]), rate)
    assert late > 0
    assert asked(name, SEVERAL.LESS) == rows
    assert figures_of(name, SEVERAL.LESS) == {
        "owed before": principal + interest,
        "owed after": owed,
        "past due": sum(totals(past)),
        "loss": rounded(before - worth(rows, rate)),
    }
    back = SEVERAL.came_back_at_the_end(CASES[name].runs)
    since = sum(row.interest for row in ahead[1:])
    assert Fraction(back.accrued.interest) == since
    assert Fraction(back.owed.total) == principal + interest + since - sum(rows[:11])


def test_three_loans_put_into_one() -> None:
    """On 20 March 2025: how many were paid, how many fell due before, and days of the next period so far."""
    loans = [
        (level(24_000, "0.12", 24), "0.12", 8, 12, 8),
        (level(12_000, "0.15", 12), "0.15", 2, 5, 30),
        (level(36_000, "0.108", 36), "0.108", 11, 15, 15),
    ]
    owed, weighted, principals, before = Fraction(0), Fraction(0), Fraction(0), Fraction(0)
    for rows, rate, paid, past, days in loans:
        principal = sum(row.principal for row in rows[paid:])
        earned = rounded(rows[past].interest * days / 30)
        owed += principal + sum(row.interest for row in rows[paid:past]) + earned
        weighted += principal * Fraction(rate)
        principals += principal
        before += sum(totals(rows[paid:past])) + worth(totals(rows[past:]), rate, 30 - days)
    rate = rounded(weighted / principals, Fraction(1, 10**6))
    done = CASES["three-loans-into-one"].runs[SEVERAL.ONE]
    assert Fraction(done.rates[0].rate.as_decimal()) == rate
    assert Fraction(done.debt_before.total) == owed + 120
    assert Fraction(done.debt_after.total) == owed
    after = totals(level_after(owed, str(rate), 36))
    assert asked("three-loans-into-one", SEVERAL.ONE) == after
    assert Fraction(done.present_value_loss) == rounded(before + 120 - worth(after, str(rate)))


EUROPE, AMERICA = page_makers("plan_cases", "europe", "america")[1:]


@pytest.mark.parametrize(
    ("second", "is_default"), [("0.038", False), ("0.037", True)], ids=["3.8 %", "3.7 %"]
)
def test_interest_alone_on_both_sides_of_one_per_cent(second, is_default) -> None:
    name = "interest-only-then-step-up"
    run = EUROPE.OVER if is_default else EUROPE.KEPT
    old = level(200_000, "0.04", 240)
    ahead = old[37:]
    owed = sum(row.principal for row in ahead)
    alone = [rounded(owed * Fraction(rate) / 12) for rate in ("0.032", second) for _ in range(12)]
    rows = [*alone, *totals(level_after(owed, "0.04", 203))]
    loss = worth(totals(ahead), "0.04") - worth(rows, "0.04")
    assert asked(name, run) == rows
    assert Fraction(CASES[name].runs[run].present_value_loss) == rounded(loss)
    assert (loss / worth(totals(ahead), "0.04") > Fraction(1, 100)) is is_default
    review = CASES[name].reviews()[run]
    assert ("eu_diminished_obligation" in str(review.classification)) is is_default


def test_a_debt_put_off_for_two_years_as_published() -> None:
    """0.092971 without interest for the delay, and 0 with it."""
    for run, share in ((EUROPE.WITHOUT, 1 - Fraction(1) / Fraction("1.05") ** 2), (EUROPE.WITH, Fraction(0))):  # fmt: skip
        found = CASES["interest-only-then-step-up"].runs[run].diminished_share
        assert Fraction(found.numerator, found.denominator) == share
    assert rounded(1 - 1 / Fraction("1.05") ** 2, Fraction(1, 10**6)) == Fraction("0.092971")


def test_token_payments() -> None:
    old = level(3000, "0.18", 24)
    past, ahead = old[6:8], old[8:]
    owed = sum(row.principal for row in ahead) + sum(totals(past)) + one_day(old, 8)
    tokens = [rounded(owed * Fraction("0.024") * days / 360) for days in (29, *[30] * 5)]
    part = rounded(owed / 16)
    rows = [*tokens, *[part] * 15, owed - 15 * part]
    before = sum(totals(past)) + worth(totals(ahead), "0.18", 29)
    assert asked("token-payments", EUROPE.SIX) == rows
    assert figures_of("token-payments", EUROPE.SIX) == {
        "owed before": owed,
        "owed after": owed,
        "past due": sum(totals(past)),
        "loss": rounded(before - worth(rows, "0.18", 29)),
    }


def test_five_pounds_then_sixty_then_whole_instalments() -> None:
    owed, rows = Fraction("913.29"), []
    for paid in (5, 5, 5, 60, 60, 60):
        owed += rounded(owed / 100) - paid
        rows.append(Fraction(paid))
    level = rounded(owed / 100 / (1 - Fraction(100, 101) ** 9))
    for _ in range(8):
        owed += rounded(owed / 100) - level
        rows.append(level)
    assert asked("agreed-payments", EUROPE.RISING) == [*rows, owed + rounded(owed / 100)]


def test_three_months_of_arrears_over_six() -> None:
    old = level(60_000, "0.06", 60)
    past, ahead = old[51:54], old[54:]
    parts = []
    for column in (Row.principal, Row.interest):
        whole = sum(column.__get__(row) for row in past)
        each = rounded(whole / 6)
        parts.append([*[each] * 5, whole - 5 * each])
    rows = [row.total + first + second for row, first, second in zip(ahead, *parts, strict=True)]
    before = sum(totals(past)) + worth(totals(ahead), "0.06", 29)
    done = CASES["repayment-plan"].runs[AMERICA.SPREAD]
    assert asked("repayment-plan", AMERICA.SPREAD) == rows
    assert Fraction(done.present_value_loss) == rounded(before - worth(rows, "0.06", 29))
    assert done.total_cost_change == 0


def test_a_standard_account_that_a_plan_makes_substandard() -> None:
    old = level(600_000, "0.12", 36)
    past, ahead = old[10:13], old[13:]
    owed = sum(row.principal for row in ahead) + sum(totals(past)) + one_day(old, 13)
    rows = totals(level_after(owed, "0.12", 35, 29))
    before = sum(totals(past)) + worth(totals(ahead), "0.12", 29)
    assert asked("restructured-in-india", AMERICA.YEAR) == rows
    assert figures_of("restructured-in-india", AMERICA.YEAR) == {
        "owed before": owed,
        "owed after": owed,
        "past due": sum(totals(past)),
        "loss": rounded(before - worth(rows, "0.12", 29)),
    }
    (review,) = CASES["restructured-in-india"].reviews().values()
    assert {each.value for each in review.classification} == {"restructured", "substandard"}


# The pages.


@pytest.mark.parametrize("name", CASES)
def test_a_page_has_the_arithmetic_both_schedules_the_review_and_both_languages(name) -> None:
    case = CASES[name]
    text = PAGE.to_markdown(case)
    for line in case.lines:
        assert f"**{line.comes_to}**" in text
    assert f"![{case.title}" in text
    assert f"charts/{name}.svg" in text
    assert case.title_zh in text
    assert "{dropdown} 中文" in text
    assert ("## What a review says" in text) is bool(case.rules)
    for done in case.shown.values():
        assert f"{done.present_value_loss:,}" in text


def test_a_rate_that_steps_up_is_told_in_both_languages() -> None:
    """The first reduction goes on where the second ends: nothing says that the contract's rate is back."""
    done = CASES["token-payments"].runs[EUROPE.SIX]
    english, chinese = done.explanation.to_text(), done.explanation.to_text(lang="zh")
    assert "rate reduction: 0 % a year from the day of the plan on.\n" in english
    assert "2.4 % a year from the day of the plan on, and no longer from 2026-01-20 on." in english
    assert "自方案之日起年利率 0%。" in chinese
    assert "自方案之日起至 2026-01-20（不含）年利率 2.4%。" in chinese


def test_five_cases_and_more_are_chinese_and_every_case_is_listed() -> None:
    text = PAGE.index_to_markdown(PACKAGE.CASES)
    for name, case in CASES.items():
        assert f"[{case.title}]({name}.md)" in text
    assert sum(case.where == "China" for case in CASES.values()) >= 5
