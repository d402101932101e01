"""A book is observed as each of its accounts is."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import Any

import attrs
import numpy as np
import pytest

import delinquency as dq
from delinquency.early_warning.observing.account_verb import (
    ACCOUNT_OBSERVATIONS,
    observed_numbers,
)
from delinquency.early_warning.observing.month_periods import history_periods
from delinquency.portfolio import Engine, Portfolio
from delinquency.portfolio.sweep_choice import sweep_choice
from delinquency.portfolio.warnings.observing.by_totals import totals_tell
from delinquency.portfolio.warnings.observing.verb import observed_columns
from delinquency.restructuring.following import PromiseToPay
from tests.equivalence.books import cents, draw_account, draw_policy, draw_scheme

CNY = dq.Currency.of("CNY")


def plain(account: dq.Account, *, keeps_kinds: bool) -> dq.Account:
    """A loan without anything beside its schedule; what was known late or taken back stays."""
    rows: dict[date, dq.Instalment] = {}
    for row in account.schedule.instalments:
        rows.setdefault(row.due_date, attrs.evolve(row, in_force_from=None, in_force_until=None))
    kind = dq.PaymentKind.REPAYMENT
    return attrs.evolve(
        account,
        product=dq.Product.LOAN,
        schedule=dq.Schedule(account.currency, tuple(rows.values())),
        charges=(),
        events=[each for each in account.events if isinstance(each, dq.CountingSuspension)],
        payments=[
            each if keeps_kinds else attrs.evolve(each, kind=kind) for each in account.payments
        ],
    )


def by_totals(rng: random.Random) -> dq.Policy:
    """Every component counted and the oldest instalment first, in one order."""
    order = rng.sample(list(dq.Component), 4)
    return dq.Policy(
        name="totals",
        counting=dq.Counting(
            first_day=rng.choice(list(dq.FirstDay)),
            grace_days=rng.choice((0, 3, 10)),
            grace_kind=rng.choice(list(dq.GraceKind)),
            tolerance=cents(rng.choice((0, 10, 20_000)), CNY),
            tolerance_scope=rng.choice(list(dq.ToleranceScope)),
            least_payment=cents(rng.choice((0, 5_000)), CNY),
        ),
        allocation=dq.AllocationOrder.oldest_first(
            *order, excess=rng.choice((dq.Excess.NEXT_INSTALMENT, dq.Excess.HOLD))
        ),
        penalty_in_waterfall=dq.PenaltyPlace.OUTSIDE,
        buckets=draw_scheme(rng),
    )


def by_component(rng: random.Random) -> dq.Policy:
    """Not every component counted, or one component of all debts first: prefixes of columns."""
    policy = by_totals(rng)
    order = dq.AllocationOrder.oldest_first(
        *rng.sample(list(dq.Component), 4),
        grain=dq.AllocationGrain.COMPONENT_FIRST,
        excess=policy.allocation.excess,
    )
    counted = rng.sample(list(dq.Component), rng.randint(1, 4))
    return attrs.evolve(
        policy,
        allocation=rng.choice((order, policy.allocation)),
        counting=attrs.evolve(policy.counting, components=counted),
    )


def drawn(rng: random.Random, number: int) -> tuple[list[dq.Account], dq.Policy]:
    accounts = [draw_account(rng, row, CNY) for row in range(rng.randint(1, 25))]
    if number % 4 == 0:
        return accounts, draw_policy(rng, CNY)
    policy = by_component(rng) if number % 4 == 1 else by_totals(rng)
    keeps = rng.random() < 0.5
    return [plain(each, keeps_kinds=keeps) for each in accounts], policy


def question(rng: random.Random) -> tuple[Any, date | None]:
    as_of = date(2023, 1, 1) + timedelta(rng.randrange(100, 700))
    known = rng.choice((None, None, None, as_of, as_of + timedelta(rng.randrange(-90, 60))))
    dates = None
    if rng.random() < 0.3:
        dates = sorted({as_of - timedelta(rng.randrange(200)) for _ in range(4)} | {as_of})
    return history_periods(as_of, rng.choice((1, 4, 9)), dates, "observe"), known


def unlike(number: int, engines: tuple[Engine | None, ...]) -> tuple[list[str], set[str]]:
    """Where a drawn book and its accounts differ, and how its accounts were observed."""
    rng = random.Random(f"observed {number}")
    accounts, policy = drawn(rng, number)
    told, known = question(rng)
    book = Portfolio.from_accounts(accounts)
    wanted = [observed_numbers(each, told, policy, known, None, "observe") for each in accounts]
    found: list[str] = []
    for engine in engines:
        columns = observed_columns(book, told, policy, ACCOUNT_OBSERVATIONS, known, engine, None)
        for name, column in columns.items():
            unknown = np.iinfo(column.dtype).min
            for row, want in enumerate(wanted):
                got = tuple(None if each == unknown else each for each in column[:, row].tolist())
                if got != want[name]:
                    found.append(f"{number} row {row} {engine} {name}: {got}, not {want[name]}")
    alone = sweep_choice(book, policy).beside_prefixes
    ways = {"alone"} if alone.any() else set()
    if not alone.all():
        ways.add("totals" if totals_tell(policy, CNY) else "ledgers")
    return found, ways


def test_every_column_equals_the_account_by_itself() -> None:
    seen: set[str] = set()
    for number in range(16):
        found, ways = unlike(number, (None, Engine.INTERPRETED) if number < 4 else (None,))
        assert not found, found[:3]
        seen |= ways
    assert seen == {"alone", "totals", "ledgers"}


def test_names_choose_the_columns_and_change_none_of_them() -> None:
    rng = random.Random(5)
    accounts = [plain(draw_account(rng, row, CNY), keeps_kinds=False) for row in range(12)]
    book = Portfolio.from_accounts(accounts)
    for draw in (by_totals, by_component):
        asked: dict[str, Any] = {"as_of": date(2024, 3, 31), "policy": draw(rng), "periods": 5}
        every = dq.portfolio.observe(book, **asked)
        for name in ACCOUNT_OBSERVATIONS:
            alone = dq.portfolio.observe(book, names=[name], **asked)
            assert set(alone.numbers) == {name}
            assert np.array_equal(alone.numbers[name], every.numbers[name]), name


def test_where_another_version_takes_over_each_close_is_judged_by_its_own() -> None:
    rng = random.Random(6)
    accounts = [plain(draw_account(rng, row, CNY), keeps_kinds=False) for row in range(12)]
    book = Portfolio.from_accounts(accounts)
    one, other = by_totals(rng), by_component(rng)
    change = date(2023, 8, 15)
    for selected in dq.SelectedBy:
        before = dq.Validity(None, change, selected_by=selected)
        after = dq.Validity(change, None, selected_by=selected)
        timeline = dq.PolicyTimeline(
            name="both",
            versions=[
                attrs.evolve(one, name="both", validity=before),
                attrs.evolve(other, name="both", validity=after),
            ],
        )
        told = history_periods(date(2023, 12, 31), 9, None, "observe")
        columns = observed_columns(book, told, timeline, ACCOUNT_OBSERVATIONS, None, None, None)
        for row, account in enumerate(accounts):
            wanted = observed_numbers(account, told, timeline, None, None, "observe")
            assert {name: known(column[:, row]) for name, column in columns.items()} == wanted


def known(column: Any) -> tuple[int | None, ...]:
    unknown = np.iinfo(column.dtype).min
    return tuple(None if each == unknown else each for each in column.tolist())


def simple_book() -> Portfolio:
    rng = random.Random(7)
    accounts = [plain(draw_account(rng, row, CNY), keeps_kinds=True) for row in range(4)]
    return Portfolio.from_accounts(accounts)


AS_OF = date(2024, 3, 31)
POLICY = dq.rulebook.load("founding-report")


def test_promises_are_those_of_each_account() -> None:
    book = simple_book()
    day = book.account(2).originated_on
    promises = {
        "A-2": [
            PromiseToPay(day, day + timedelta(50), 10**6),
            PromiseToPay(day, day + timedelta(90), 1),
        ],
        "A-3": [],
    }
    for dates in (None, [date(2023, 12, 31), AS_OF]):
        asked: dict[str, Any] = {"as_of": AS_OF, "policy": POLICY, "dates": dates}
        panel = dq.portfolio.observe(book, promises=promises, **asked)
        for row in range(len(book)):
            account = book.account(row)
            seen = dq.observe(account, promises=promises.get(account.account_id, ()), **asked)
            assert panel.account(row) == seen
    assert "broken_promises" not in dq.portfolio.observe(book, as_of=AS_OF, policy=POLICY).numbers


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"as_of": datetime(2024, 3, 31)}, dq.InvalidTypeError, "as_of"),
        ({"policy": None}, dq.InvalidTypeError, "olicy"),
        ({"periods": 0}, dq.InvalidValueError, "from 1 to 600"),
        ({"dates": [AS_OF, date(2024, 2, 29)]}, dq.InvalidValueError, "each once"),
        ({"dates": [date(2024, 2, 29)]}, dq.InvalidValueError, "as the last date"),
        ({"known_on": "today"}, dq.InvalidTypeError, "known_on"),
        ({"names": "arrears"}, dq.InvalidTypeError, "names"),
        ({"names": []}, dq.InvalidValueError, "a name"),
        ({"names": ["utilisation"]}, dq.InvalidValueError, "days_past_due"),
        ({"names": ["broken_promises"]}, dq.InvalidValueError, "promises="),
        ({"promises": []}, dq.InvalidTypeError, "mapping of account ids"),
        ({"promises": {"Z": []}}, dq.PortfolioError, "accounts of the book"),
        ({"promises": {"A-1": [3]}}, dq.InvalidTypeError, "A-1"),
        ({"engine": "fast"}, dq.InvalidTypeError, "engine"),
        ({"threads": 0}, dq.InvalidTypeError, "threads"),
    ],
)
def test_bad_input_is_named(change: dict[str, Any], error: Any, words: str) -> None:
    with pytest.raises(error, match=words):
        dq.portfolio.observe(simple_book(), **{"as_of": AS_OF, "policy": POLICY, **change})


def test_what_is_no_book_is_told_which_verb_is_its_own() -> None:
    asked: dict[str, Any] = {"as_of": AS_OF, "policy": POLICY}
    with pytest.raises(dq.InvalidTypeError, match=r"delinquency\.observe\."):
        dq.portfolio.observe(simple_book().account(0), **asked)
    for wrong in (None, [simple_book().account(0)]):
        with pytest.raises(dq.InvalidTypeError, match=r"Hint: Portfolio\.from_accounts makes one"):
            dq.portfolio.observe(wrong, **asked)  # type: ignore[arg-type]


def test_before_any_account_began_all_is_unknown_and_no_version_is_asked_for() -> None:
    columns = dq.portfolio.observe(
        simple_book(), as_of=date(1999, 1, 31), policy=dq.rulebook.load("cn-loan")
    )
    for column in columns.numbers.values():
        assert (column == np.iinfo(column.dtype).min).all()
