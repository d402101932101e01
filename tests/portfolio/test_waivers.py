"""Waivers added to a book are waivers of its accounts, and cost what they cost them."""

from __future__ import annotations

import copy
import pickle
import random
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import delinquency as dq
from delinquency.errors import InvalidTypeError, InvalidValueError, PortfolioError
from delinquency.portfolio import (
    Engine,
    OwedColumns,
    Portfolio,
    WaivedShare,
    WaiverEffect,
    breakdown,
    waive,
    waiver_effect,
)
from delinquency.sample_book import SAMPLE_AS_OF, sample_book
from tests.equivalence.compare import draw_book
from tests.equivalence.penalties import draw_loan, draw_penalty_policy
from tests.equivalence.test_equivalence import engines_for
from tests.portfolio.test_breakdown import check_row, loan
from tests.portfolio.test_policies_that_charge import POLICIES
from tests.strategies_internal import FEW, accounts, closes, days, policies

CNY = dq.Currency.of("CNY")
POLICY = dq.rulebook.load("founding-report")
NAMES = ("principal", "interest", "fees", "penalty")
FEES = dq.Waiver(date(2025, 3, 1), dq.Component.FEES)
HALF = dq.Proportion(1, 2)


def with_event(account: dq.Account, event: Any) -> dq.Account:
    return attrs.evolve(account, events=(*account.events, event))


def minus(one: dq.OwedParts, other: dq.OwedParts) -> dq.OwedParts:
    return dq.OwedParts(*(getattr(one, name) - getattr(other, name) for name in NAMES))


def share_alone(account: dq.Account, share: WaivedShare, policy: Any) -> dq.Account:
    """The scalar way: what is due and open of the component at the close, its share, and a waiver of it."""
    owed = dq.breakdown(account, as_of=share.value_date, policy=policy)
    name = share.component.value
    scale = account.currency.minor_unit
    opened = getattr(owed.past_due, name) + getattr(owed.due, name)
    minor = share.share.of(int(opened.scaleb(scale)), share.rounding)
    if not minor:
        return account
    amount = Decimal(minor).scaleb(-scale)
    return with_event(
        account, dq.Waiver(share.value_date, share.component, amount, share.recorded_on)
    )


def draw_waiver(rng: random.Random, number: int, day: date, currency: dq.Currency) -> Any:
    """One of the four kinds by turns, on a day."""
    component = rng.choice(list(dq.Component))
    recorded = day + timedelta(rng.randrange(0, 40)) if rng.random() < 0.2 else None
    kind = number % 4
    if kind == 0:
        return dq.Waiver(day, component, None, recorded)
    if kind == 1:
        amount = Decimal(rng.randrange(1, 40_000)).scaleb(-currency.minor_unit)
        undone = (recorded or day) + timedelta(30) if rng.random() < 0.3 else None
        return dq.Waiver(day, component, amount, recorded, undone)
    if kind == 2:
        end = day + timedelta(rng.randrange(1, 200)) if rng.random() < 0.7 else None
        return dq.PenaltyWaiver(day, end, rng.choice((HALF, dq.Proportion(1, 1))), recorded)
    mode = rng.choice(list(dq.RoundingMode))
    return WaivedShare(day, component, rng.choice((HALF, dq.Proportion(2, 3))), mode, recorded)


def added(account: dq.Account, waiver: Any, policy: Any) -> dq.Account:
    if isinstance(waiver, WaivedShare):
        return share_alone(account, waiver, policy)
    return with_event(account, waiver)


def clears_the_way(account: dq.Account, waiver: Any) -> dq.Account:
    """The account without spans that a waiver of penalty interest would overlap."""
    if not isinstance(waiver, dq.PenaltyWaiver):
        return account
    kept = [event for event in account.events if not isinstance(event, dq.PenaltyWaiver)]
    return attrs.evolve(account, events=kept)


def check_effect(
    effect: WaiverEffect, row: int, old: dq.Account, new: dq.Account, question: Any
) -> tuple[dq.Breakdown, dq.Breakdown]:
    before, after = (dq.breakdown(account, **question) for account in (old, new))
    check_row(effect.before, row, before)
    check_row(effect.after, row, after)
    currency = old.currency
    assert effect.before.owed.of_row(row, currency) == before.owed
    assert effect.after.owed.of_row(row, currency) == after.owed
    assert effect.waived.of_row(row, currency) == minus(after.waived, before.waived)
    assert effect.relief[row] == (before.payoff - after.payoff).scaleb(currency.minor_unit)
    return before, after


def test_a_scenario_of_a_book_is_the_scenario_of_each_account() -> None:
    rng = random.Random(20_250_710)
    seen: Counter[str] = Counter()
    for number in range(32):
        drawn, policy, as_of, known_on = draw_book(rng)
        begun = max(account.originated_on for account in drawn)
        day = max(begun, as_of - timedelta(rng.randrange(0, 200)))
        waiver = draw_waiver(rng, number, day, drawn[0].currency)
        drawn = [clears_the_way(account, waiver) for account in drawn]
        mask = [rng.random() < 0.6 for _ in drawn]
        expected = [
            added(account, waiver, policy) if chosen else account
            for account, chosen in zip(drawn, mask, strict=True)
        ]
        book = Portfolio.from_accounts(drawn)
        question: dict[str, Any] = {"as_of": as_of, "policy": policy, "known_on": known_on}
        for engine in engines_for(number):
            waived = waive(book, waiver, rows=mask, policy=policy, engine=engine)
            assert [*waived] == expected
            effect = waiver_effect(book, waived, **question, engine=engine)
            for row, (old, new) in enumerate(zip(drawn, expected, strict=True)):
                before, after = check_effect(effect, row, old, new, question)
                seen["waived before"] += bool(before.waived.total)
                seen["waived"] += after.waived.total > before.waived.total
                seen["other debts settled"] += (
                    after.owed.total != before.owed.total - effect.waived.total[row]
                )
        seen[type(waiver).__name__] += 1
        assert [*book] == drawn
    assert min(seen.values()) > 5, seen
    assert len(seen) == 6


def test_penalty_outside_the_order_is_waived_as_it_accrues() -> None:
    rng = random.Random(20_250_711)
    seen: Counter[str] = Counter()
    for number in range(40):
        place = dq.PenaltyPlace.OUTSIDE if number % 3 else dq.PenaltyPlace.ON_DEMAND
        policy = attrs.evolve(draw_penalty_policy(rng, CNY), penalty_in_waterfall=place)
        waiver = draw_waiver(rng, number, date(2023, 8, 1), CNY)
        drawn = [
            clears_the_way(draw_loan(rng, row, CNY), waiver) for row in range(rng.randint(1, 6))
        ]
        question: dict[str, Any] = {"as_of": date(2023, 11, 20), "policy": policy}
        try:
            expected = [added(account, waiver, policy) for account in drawn]
            [dq.breakdown(account, **question) for account in (*drawn, *expected)]
        except InvalidValueError:
            continue
        book = Portfolio.from_accounts(drawn)
        waived = waive(book, waiver, policy=policy)
        assert [*waived] == expected
        effect = waiver_effect(book, waived, **question)
        for row, (old, new) in enumerate(zip(drawn, expected, strict=True)):
            check_effect(effect, row, old, new, question)
        seen[type(waiver).__name__] += int((effect.waived.penalty > 0).any())
    assert seen["PenaltyWaiver"] > 1, seen


@pytest.mark.parametrize("name", POLICIES)
@pytest.mark.parametrize("component", [dq.Component.FEES, dq.Component.PENALTY])
def test_what_a_policy_charges_itself_is_waived_too(name: str, component: dq.Component) -> None:
    book, policy = sample_book(60), POLICIES[name]
    share = WaivedShare(date(2025, 5, 20), component, HALF, dq.RoundingMode.HALF_EVEN)
    mask = np.arange(60) % 2 == 0
    waived = waive(book, share, rows=mask, policy=policy)
    question: dict[str, Any] = {"as_of": SAMPLE_AS_OF, "policy": policy}
    effect = waiver_effect(book, waived, **question)
    for row, account in enumerate(book):
        new = share_alone(account, share, policy) if mask[row] else account
        assert waived.account(row) == new
        check_effect(effect, row, account, new, question)
    assert bool(effect.waived.total.any()) == (
        (name == "late fees") == (component is dq.Component.FEES)
    )


@FEW
@given(st.lists(accounts(facts=True), min_size=1, max_size=4), policies(), st.data())
def test_what_was_charged_is_paid_waived_written_off_or_open(drawn, policy, data) -> None:
    """Law: charged = paid - unallocated + waived + written off + superseded + open, for each account.

    Money of a recovery is paid, and what it recovered is written off no more.
    """
    drawn = [attrs.evolve(one, account_id=f"A-{row}") for row, one in enumerate(drawn)]
    begun = max(account.originated_on for account in drawn)
    as_of = max(begun, data.draw(closes(drawn[0])))
    component = data.draw(st.sampled_from(dq.Component))
    amount = data.draw(st.none() | st.integers(1, 300))
    day = begun + days(data.draw(st.integers(0, max(0, (as_of - begun).days))))
    book = Portfolio.from_accounts(drawn)
    for scenario in (book, waive(book, dq.Waiver(day, component, amount))):
        told = breakdown(scenario, as_of=as_of, policy=policy)
        waived = told.waived().total
        opened = told.past_due.total + told.due.total + told.not_due.total
        for row, account in enumerate(scenario):
            ledger = dq.replay(account, as_of=as_of, policy=policy)
            sums: Counter[dq.EntryKind] = Counter()
            for entry in ledger.entries:
                sums[entry.kind] += int(entry.amount.scaleb(2))
            paid = int(ledger.paid.scaleb(2))
            assert told.unallocated[row] == paid - (
                sums[dq.EntryKind.SETTLED] + sums[dq.EntryKind.RECOVERED]
            )
            assert waived[row] == sums[dq.EntryKind.WAIVED]
            assert sums[dq.EntryKind.CHARGED] == (
                paid
                - told.unallocated[row]
                + waived[row]
                + told.written_off[row]
                + sums[dq.EntryKind.SUPERSEDED]
                + opened[row]
            )


@FEW
@given(st.lists(accounts(plain=True, changed=False), min_size=1, max_size=4), policies(), st.data())
def test_a_waiver_of_what_is_due_costs_what_it_takes(drawn, policy, data) -> None:
    """Law: without other decisions, an account owes less by exactly what was waived of what is due."""
    drawn = [attrs.evolve(one, account_id=f"A-{row}") for row, one in enumerate(drawn)]
    policy = attrs.evolve(policy, closing_tolerance=0)
    as_of = max(*(account.originated_on for account in drawn), data.draw(closes(drawn[0])))
    book = Portfolio.from_accounts(drawn)
    component = data.draw(st.sampled_from(dq.Component))
    waivers: Iterable[Any] = (
        dq.Waiver(as_of, component),
        WaivedShare(as_of, component, HALF, dq.RoundingMode.UP),
    )
    for waiver in waivers:
        waived = waive(book, waiver, policy=policy)
        effect = waiver_effect(book, waived, as_of=as_of, policy=policy)
        assert effect.relief.tolist() == effect.waived.total.tolist()
        for row in range(len(book)):
            owed = effect.before.owed.total[row] - effect.before.unallocated[row]
            assert owed == effect.before.payoff[row]


def test_half_of_an_odd_amount_is_rounded_as_asked() -> None:
    account = loan("A-1", charges=[dq.Charge("C-1", dq.Component.PENALTY, 3, date(2025, 2, 1))])
    account = attrs.evolve(
        account, charges=[attrs.evolve(account.charges[0], amount=Decimal("3.01"))]
    )
    book = Portfolio.from_accounts([account])
    for mode, taken in ((dq.RoundingMode.DOWN, 150), (dq.RoundingMode.UP, 151)):
        share = WaivedShare(date(2025, 3, 1), dq.Component.PENALTY, HALF, mode)
        waived = waive(book, share, policy=POLICY)
        effect = waiver_effect(book, waived, as_of=date(2025, 3, 1), policy=POLICY)
        assert effect.waived.penalty.tolist() == [taken]
        assert effect.after.past_due.penalty.tolist() == [301 - taken]


def test_the_whole_share_is_the_waiver_of_all_that_is_due() -> None:
    book = Portfolio.from_accounts([loan("A-1"), loan("A-2", dq.Payment(date(2025, 1, 31), 111))])
    share = WaivedShare(FEES.value_date, FEES.component, dq.Proportion(1, 1), dq.RoundingMode.DOWN)
    question: dict[str, Any] = {"as_of": date(2025, 3, 10), "policy": POLICY}
    one, other = (
        waiver_effect(book, waive(book, waiver, policy=POLICY), **question).after.payoff.tolist()
        for waiver in (FEES, share)
    )
    assert one == other == [22_000, 11_000]


def test_nothing_to_waive_adds_nothing() -> None:
    book = Portfolio.from_accounts([loan("A-1"), loan("A-2")])
    share = WaivedShare(date(2025, 3, 1), dq.Component.PENALTY, HALF, dq.RoundingMode.HALF_UP)
    assert waive(book, share, policy=POLICY) is book
    for rows in ([], [False, False], np.zeros(2, dtype=bool)):
        assert waive(book, FEES, rows=rows) is book
        assert waive(book, share, rows=rows, policy=POLICY) is book
        assert waive(book, dq.PenaltyWaiver(date(2025, 3, 1)), rows=rows) is book


def test_the_given_rows_are_waived_in_whatever_order_and_no_others() -> None:
    book = Portfolio.from_accounts([loan(f"A-{row}") for row in range(4)])
    for rows in ([3, 1], np.array([1, 3], dtype=np.int32), (False, True, False, True)):
        waived = waive(book, FEES, rows=rows)
        assert [len(account.events) for account in waived] == [0, 1, 0, 1]
    assert [len(account.events) for account in waive(book, FEES)] == [1, 1, 1, 1]


def test_waivers_of_one_day_stand_in_the_order_of_a_book() -> None:
    given = [
        dq.Waiver(date(2025, 3, 1), dq.Component.PENALTY),
        dq.Waiver(date(2025, 3, 1), dq.Component.FEES, 5, date(2025, 3, 9), date(2025, 4, 1)),
        dq.Waiver(date(2025, 3, 1), dq.Component.FEES, 5),
        dq.Waiver(date(2025, 2, 1), dq.Component.INTEREST),
        dq.PenaltyWaiver(date(2025, 3, 1), date(2025, 4, 1), HALF),
        dq.PenaltyWaiver(date(2025, 2, 1), date(2025, 3, 1)),
    ]
    misused = loan("A-1", events=[dq.WriteOff(date(2025, 3, 1)), dq.FundsMisuse(date(2025, 3, 1))])
    book, alone = Portfolio.from_accounts([misused]), misused
    for waiver in given:
        book, alone = waive(book, waiver), with_event(alone, waiver)
    assert book.account(0) == alone


@pytest.mark.parametrize("engine", list(Engine))
def test_the_cost_of_a_book_is_the_sum_of_its_accounts(engine: Engine) -> None:
    book = sample_book(300)
    waived = waive(book, dq.Waiver(date(2025, 6, 1), dq.Component.INTEREST))
    effect = waiver_effect(book, waived, as_of=SAMPLE_AS_OF, policy=POLICY, engine=engine)
    totals = effect.totals()
    for parts, columns in (
        (totals.before, effect.before.owed),
        (totals.after, effect.after.owed),
        (totals.waived, effect.waived),
    ):
        rows = [columns.of_row(row, CNY) for row in range(300)]
        for name in NAMES:
            assert getattr(parts, name) == sum(getattr(row, name) for row in rows)
    assert totals.relief == Decimal(int(effect.relief.sum())).scaleb(-2)
    assert totals.accounts == np.count_nonzero(effect.waived.total) > 0
    assert repr(effect) == (
        f"WaiverEffect(2025-06-30, 300 accounts, {totals.accounts} touched, "
        f"waived {totals.waived.total:,} CNY)"
    )


def test_an_effect_stays_as_it_was_told_and_goes_to_frames() -> None:
    book = Portfolio.from_accounts([loan("A-1"), loan("A-2")])
    effect = waiver_effect(book, waive(book, FEES, rows=[0]), as_of=date(2025, 3, 1), policy=POLICY)
    assert len(effect) == 2
    assert effect.is_touched.tolist() == [True, False]
    for again in (effect, copy.deepcopy(effect), pickle.loads(pickle.dumps(effect))):
        assert again.relief.tolist() == [200, 0]
        with pytest.raises(ValueError, match="read-only"):
            again.waived.fees[0] = 1
    table = effect.to_frame("pyarrow")
    assert table.column_names == [
        *("account_id", "as_of", "policy", "currency"),
        *list(effect.columns())[1:],
    ]
    assert table["waived_fees"].to_pylist() == [Decimal("2.00"), Decimal("0.00")]
    assert table["payoff_after"].to_pylist() == [Decimal("220.00"), Decimal("222.00")]
    before, after = effect.row(0)
    assert before.payoff - after.payoff == 2
    with pytest.raises(IndexError):
        effect.row(2)
    owed: OwedColumns = effect.before.waived()
    with pytest.raises(ValueError, match="read-only"):
        owed.fees[0] = 1


@pytest.mark.parametrize(
    ("share", "error"),
    [
        (dq.Proportion(0, 1), "more than 0 and at most 1"),
        (dq.Proportion(3, 2), "more than 0 and at most 1"),
        (0.5, "a Proportion"),
        (Decimal("0.5"), "a Proportion"),
    ],
)
def test_a_share_is_more_than_nothing_and_at_most_all(share: Any, error: str) -> None:
    with pytest.raises((InvalidValueError, InvalidTypeError), match=error):
        WaivedShare(date(2025, 3, 1), dq.Component.FEES, share, dq.RoundingMode.DOWN)


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("value_date", datetime(2025, 3, 1), "value_date"),
        ("value_date", "2025-03-01", "value_date"),
        ("component", "late fees", "Component"),
        ("component", "fees", "Component"),
        ("rounding", "down", "RoundingMode"),
        ("recorded_on", datetime(2025, 3, 1), "recorded_on"),
    ],
)
def test_a_waived_share_is_checked_where_it_is_made(field: str, value: Any, error: str) -> None:
    share = WaivedShare(date(2025, 3, 1), dq.Component.FEES, HALF, dq.RoundingMode.DOWN)
    with pytest.raises(InvalidTypeError, match=error):
        attrs.evolve(share, **{field: value})


BOOK = Portfolio.from_accounts(
    [loan("A-1"), attrs.evolve(loan("A-2"), originated_on=date(2025, 1, 15))]
)


@pytest.mark.parametrize(
    "rows", [[2], [-1], [0, 99], [True], [True, False, True], np.ones(3, bool)]
)
def test_rows_that_the_book_lacks_are_refused(rows: Any) -> None:
    with pytest.raises(IndexError, match="of a book of 2 accounts|for a book of 2 accounts"):
        waive(BOOK, FEES, rows=rows)


@pytest.mark.parametrize("rows", [["A-1"], [0.0], "A-1", 1, [[0, 1]], [None]])
def test_rows_are_numbers_or_a_mask(rows: Any) -> None:
    with pytest.raises(InvalidTypeError, match="row numbers, or a mask"):
        waive(BOOK, FEES, rows=rows)


def test_a_row_is_meant_once() -> None:
    with pytest.raises(InvalidValueError, match="row 1 twice"):
        waive(BOOK, FEES, rows=[1, 0, 1])


@pytest.mark.parametrize(
    "waiver",
    [
        dq.Waiver(date(2025, 1, 14), dq.Component.FEES),
        dq.PenaltyWaiver(date(2025, 1, 14)),
        WaivedShare(date(2025, 1, 14), dq.Component.FEES, HALF, dq.RoundingMode.DOWN),
    ],
)
def test_a_waiver_before_an_account_began_is_refused_by_row(waiver: Any) -> None:
    with pytest.raises(PortfolioError, match="accounts that had begun by 2025-01-14") as told:
        waive(BOOK, waiver, policy=POLICY)
    assert told.value.rows == (1,)
    assert told.value.reason == "before_origination"
    assert waive(BOOK, waiver, rows=[0], policy=POLICY) is not None


def test_money_is_exact_and_not_a_float() -> None:
    with pytest.raises(InvalidTypeError, match="float"):
        dq.Waiver(date(2025, 3, 1), dq.Component.FEES, 1.5)
    with pytest.raises(
        InvalidValueError, match="waiver: expected amount in CNY with at most 2 decimals"
    ):
        waive(BOOK, dq.Waiver(date(2025, 3, 1), dq.Component.FEES, Decimal("1.005")))
    with pytest.raises(InvalidValueError):
        waive(BOOK, dq.Waiver(date(2025, 3, 1), dq.Component.FEES, 10**20))


def test_penalty_of_days_is_waived_once() -> None:
    once = waive(BOOK, dq.PenaltyWaiver(date(2025, 2, 1), date(2025, 4, 1)))
    with pytest.raises(PortfolioError) as told:
        waive(once, dq.PenaltyWaiver(date(2025, 3, 31)))
    assert told.value.reason == "overlapping_spans"
    assert len(waive(once, dq.PenaltyWaiver(date(2025, 4, 1))).account(0).events) == 2


def test_what_is_no_scenario_is_refused() -> None:
    share = WaivedShare(date(2025, 3, 1), dq.Component.FEES, HALF, dq.RoundingMode.DOWN)
    with pytest.raises(InvalidValueError, match="a policy beside a share"):
        waive(BOOK, share)
    with pytest.raises(InvalidTypeError, match="a Waiver, PenaltyWaiver or WaivedShare"):
        waive(BOOK, dq.WriteOff(date(2025, 3, 1)))  # type: ignore[arg-type]
    with pytest.raises(InvalidTypeError, match="a Portfolio"):
        waive(BOOK.account(0), FEES)  # type: ignore[arg-type]
    with pytest.raises(InvalidTypeError, match="waiver_effect, after"):
        waiver_effect(BOOK, BOOK.account(0), as_of=SAMPLE_AS_OF, policy=POLICY)  # type: ignore[arg-type]
    others = (
        BOOK.take([0]),
        BOOK.take([1, 0]),
        Portfolio.from_accounts(
            attrs.evolve(
                account,
                schedule=dq.Schedule(dq.Currency.of("EUR"), account.schedule.instalments),
            )
            for account in BOOK
        ),
    )
    for other in others:
        with pytest.raises(InvalidValueError, match="the same accounts in the same order"):
            waiver_effect(BOOK, other, as_of=SAMPLE_AS_OF, policy=POLICY)
    with pytest.raises(InvalidTypeError, match="as_of"):
        waiver_effect(BOOK, BOOK, as_of=datetime(2025, 3, 1), policy=POLICY)


def test_a_waiver_to_come_costs_nothing_yet() -> None:
    waived = waive(BOOK, FEES)
    effect = waiver_effect(BOOK, waived, as_of=date(2025, 2, 28), policy=POLICY)
    assert not effect.is_touched.any()
    assert effect.totals().accounts == 0


def test_each_account_is_waived_under_the_version_of_its_day_of_origination() -> None:
    by_origin, day = dq.SelectedBy.ORIGINATED_ON, date(2024, 6, 1)
    old = attrs.evolve(POLICY.versions[0], validity=dq.Validity(None, day, by_origin))
    new = attrs.evolve(
        POLICY.versions[0], closing_tolerance=20_000, validity=dq.Validity(day, None, by_origin)
    )
    policy = dq.PolicyTimeline(name="by origination", versions=[old, new])
    book = sample_book(120)
    waived = waive(book, dq.Waiver(date(2025, 6, 1), dq.Component.INTEREST))
    question: dict[str, Any] = {"as_of": SAMPLE_AS_OF, "policy": policy}
    effect = waiver_effect(book, waived, **question)
    assert len(effect.after.policies) == 2
    for row, (account, changed) in enumerate(zip(book, waived, strict=True)):
        check_effect(effect, row, account, changed, question)
    assert effect.before.waived().total.any()
    assert effect.waived.interest.any()
