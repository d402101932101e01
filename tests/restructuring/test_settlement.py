"""A discounted settlement: what is paid, what is given up, and what is refused."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import delinquency as dq
from delinquency.daycount import DayCount
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.penalty import (
    Compounding,
    FixedPenaltyRate,
    PenaltyBase,
    PenaltyTerms,
    Posting,
    RoundingGrain,
)
from delinquency.restructuring import (
    ArrearsSpread,
    ArrearsWaiver,
    Capitalisation,
    DueDateChange,
    Forgiveness,
    InterestPause,
    PaymentHoliday,
    PrincipalDeferral,
    RateReduction,
    ReAgeing,
    RestructuringPlan,
    Settlement,
    SettlementPayment,
    TermExtension,
    restructure,
)
from tests.restructuring.test_laws import loans
from tests.strategies_internal import MANY

CNY = dq.Currency.of("CNY")
POLICY = dq.rulebook.load("founding-report")
DAY = date(2025, 4, 1)
LATER = date(2025, 5, 1)
BEGUN = date(2024, 12, 1)
PRINCIPAL, INTEREST, FEES, PENALTY = dq.Component
PAST_DUE = [
    dq.Charge("F-1", FEES, 30, date(2025, 3, 10)),
    dq.Charge("P-1", PENALTY, 5, date(2025, 3, 20)),
]
NAMES = ("principal", "interest", "fees", "penalty")
WHOLE = dq.Proportion(1, 1)


def loan(paid: int = 2, **more) -> dq.Account:
    """1,200 at a per cent a month (30/360), repaid by six equal parts.

    On 1 April 800 of principal are owed, 8 of interest past due and 6 earned; with the charges below 30 of
    fees past due, 10 not due, and 5 of penalty: 859.
    """
    rows = [dq.Instalment(date(2025, month, 1), 200, 2 * (7 - month)) for month in range(1, 7)]
    not_due = dq.Charge("F-2", FEES, 10, date(2025, 5, 10), charged_on=date(2025, 3, 1))
    charges = [*PAST_DUE, not_due]
    rates = [dq.DatedRate(BEGUN, dq.Rate.per_year("0.12"))]
    payments = [dq.Payment(row.due_date, row.total) for row in rows[:paid]]
    facts = {"charges": charges, "payments": payments, "contract_rates": rates, **more}
    schedule = dq.Schedule(CNY, rows)
    return dq.Account(account_id="A-2", originated_on=BEGUN, schedule=schedule, **facts)


def plan_of(*measures, on: date = DAY) -> RestructuringPlan:
    return RestructuringPlan(measures=measures, effective_on=on, day_count=DayCount.THIRTY_E_360)


def paid(*amounts, on: date = DAY) -> list[SettlementPayment]:
    """Payments a month apart."""
    return [SettlementPayment(on + timedelta(30 * n), each) for n, each in enumerate(amounts)]


def settled(*amounts, account: dq.Account | None = None, first=()):
    plan = plan_of(*first, Settlement(paid(*amounts)))
    return restructure(loan() if account is None else account, plan, as_of=DAY, policy=POLICY)


def rows_of(done) -> list[tuple[str, ...]]:
    found = []
    for row in done.schedule_rows:
        if row.after is not None:
            parts = (getattr(row.after, name) for name in NAMES)
            found.append((str(row.due_date), *(str(part) for part in parts)))
    return found


def open_of(account: dq.Account, day: date) -> list[Decimal]:
    owed = dq.breakdown(account, as_of=day, policy=POLICY)
    parts = (owed.past_due, owed.due, owed.not_due)
    return [sum(getattr(part, name) for part in parts) for name in NAMES]


def test_penalty_goes_first_then_fees_then_interest() -> None:
    """859 owed, 806 paid: 53 given up are 5 of penalty, 40 of fees and 8 of interest."""
    done = settled(500, 306)
    assert done.debt_before.total == 859
    assert (done.waived.penalty, done.waived.fees, done.forgiven.interest) == (5, 40, 8)
    assert (done.forgiven.principal, done.waived.total, done.forgiven.total) == (0, 45, 8)
    assert rows_of(done) == [
        ("2025-04-01", "494.00", "6.00", "0.00", "0.00"),
        ("2025-05-01", "306.00", "0.00", "0.00", "0.00"),
    ]
    assert done.settled == done.debt_after
    assert done.arrears_after.total == 0
    assert all(
        move.on_completion for move in done.draft_after.moved if move.kind.value != "settled"
    )


def test_the_loss_is_what_is_given_up_and_the_time() -> None:
    """53 at once; 306 a month later at a per cent are worth 302.97: 3.03 more."""
    assert settled(806).present_value_loss == 53
    assert settled(500, 306).present_value_loss == Decimal("56.03")
    assert settled(500, 306).total_cost_change == -59  # 6 of interest to come are not asked for


def test_a_settlement_of_everything_on_the_day_loses_nothing() -> None:
    done = settled(849, account=loan(charges=PAST_DUE))
    assert (done.waived.total, done.forgiven.total, done.present_value_loss) == (0, 0, 0)
    assert done.diminished_share == dq.Proportion(0, 1)
    event = next(each for each in done.after.events if isinstance(each, dq.Restructuring))
    assert event.diminished_share == dq.Proportion(0, 1)


def test_a_minor_unit_more_than_the_debt_is_refused() -> None:
    with pytest.raises(InvalidValueError, match=r"at most what is owed, 859\.00"):
        settled(Decimal("859.01"))
    with pytest.raises(
        InvalidValueError, match=r"at most what is owed, 859\.00, found more, on 2025-05-01"
    ):
        settled(859, Decimal("0.01"))


def test_once_it_is_paid_nothing_is_owed() -> None:
    done = settled(500, 306)
    paid_up = attrs.evolve(
        done.after, payments=[*done.after.payments, dq.Payment(DAY, 500), dq.Payment(LATER, 306)]
    )
    assert open_of(paid_up, DAY) == [306, 0, 0, 0]
    assert open_of(paid_up, LATER) == [0, 0, 0, 0]
    assert dq.days_past_due(paid_up, as_of=date(2025, 8, 1), policy=POLICY) == 0


def test_a_payment_that_is_missed_is_past_due_from_its_day() -> None:
    """Due on 1 May: not late at its close by this policy, a day late at the close of the 2nd."""
    done = settled(500, 306)
    half = attrs.evolve(done.after, payments=[*done.after.payments, dq.Payment(DAY, 500)])
    days = [dq.days_past_due(half, as_of=LATER + timedelta(n), policy=POLICY) for n in (0, 1, 2)]
    assert days[1] - days[0] == days[2] - days[1] == 1
    assert dq.days_past_due(half, as_of=LATER - timedelta(1), policy=POLICY) == 0


def test_what_may_be_given_up_is_said() -> None:
    """53 to give up, and neither principal nor interest: 45 of penalty and fees is all there is."""
    kept = Settlement(paid(814), given_up_first=[FEES, PENALTY])
    done = restructure(loan(), plan_of(kept), as_of=DAY, policy=POLICY)
    assert (done.waived.fees, done.waived.penalty) == (40, 5)
    short = Settlement(paid(Decimal("813.99")), given_up_first=[FEES, PENALTY])
    with pytest.raises(InvalidValueError, match=r"at least what may not be given up, 814\.00"):
        restructure(loan(), plan_of(short), as_of=DAY, policy=POLICY)


def test_principal_may_go_first() -> None:
    turned = Settlement(paid(800), given_up_first=[PRINCIPAL, INTEREST, FEES, PENALTY])
    account = loan(charges=[])
    done = restructure(account, plan_of(turned), as_of=DAY, policy=POLICY)
    assert (done.forgiven.principal, done.forgiven.interest) == (14, 0)
    assert rows_of(done) == [("2025-04-01", "786.00", "14.00", "0.00", "0.00")]


def test_fees_that_are_paid_are_in_the_first_payment() -> None:
    """Given up last is paid first: 814 + 20 of fees of which 15 past due; the charge that falls due on 10 May
    goes with them where the payment is after it."""
    done = settled(834, account=loan(charges=[dq.Charge("F-1", FEES, 30, date(2025, 3, 10))]))
    assert rows_of(done) == [("2025-04-01", "800.00", "14.00", "20.00", "0.00")]
    assert open_of(done.after, DAY) == [800, 14, 20, 0]


def test_penalty_that_is_paid_stands_as_a_charge_of_its_payment() -> None:
    done = settled(
        400, 418, account=loan(charges=[dq.Charge("P-1", PENALTY, 5, date(2025, 3, 20))])
    )
    assert rows_of(done)[0] == ("2025-04-01", "382.00", "14.00", "0.00", "4.00")
    charge = next(each for each in done.after.charges if each.charge_id.startswith("plan"))
    assert (charge.amount, charge.due_date, charge.charged_on) == (4, DAY, DAY)
    assert open_of(done.after, DAY) == [800, 14, 0, 4]


def test_a_charge_that_is_not_due_cannot_be_paid_before_it_falls_due() -> None:
    """A waiver takes what falls due first, which would be the payment itself."""
    with pytest.raises(InvalidValueError, match="fees beside the schedule that goes oldest first"):
        settled(854)
    late = Settlement([SettlementPayment(date(2025, 5, 11), 854)])
    done = restructure(loan(), plan_of(late), as_of=DAY, policy=POLICY)
    assert open_of(done.after, DAY) == [800, 14, 40, 0]


def test_shares_are_rounded_up_and_never_more_than_the_debt() -> None:
    """A third of 100.01 is 33.34; the last of three has what is left."""
    account = dq.Account(account_id="A-3", originated_on=BEGUN,
        schedule=dq.Schedule(CNY, [dq.Instalment(LATER, Decimal("100.01"))]))  # fmt: skip
    third = dq.Proportion(1, 3)
    payments = [SettlementPayment(DAY + timedelta(n), share=third) for n in range(3)]
    done = restructure(account, plan_of(Settlement(payments)), as_of=DAY, policy=POLICY)
    assert [row.total for row in done.rows_after] == [3334, 3334, 3333]
    assert done.forgiven.total == done.present_value_loss == 0
    one = Settlement([SettlementPayment(DAY, share=dq.Proportion.parse("0.7"))])
    done = restructure(account, plan_of(one), as_of=DAY, policy=POLICY)
    assert [row.total for row in done.rows_after] == [7001]
    assert done.forgiven.principal == Decimal("30.00")


def test_a_share_of_next_to_nothing_is_refused_once_nothing_is_left() -> None:
    cent = dq.Account(account_id="A-3", originated_on=BEGUN,
        schedule=dq.Schedule(CNY, [dq.Instalment(LATER, Decimal("0.01"))]))  # fmt: skip
    half = dq.Proportion(1, 2)
    payments = [SettlementPayment(DAY + timedelta(n), share=half) for n in range(2)]
    with pytest.raises(InvalidValueError, match="nothing to pay on 2025-04-02"):
        restructure(cent, plan_of(Settlement(payments)), as_of=DAY, policy=POLICY)


def test_a_waiver_before_it_is_for_good_and_its_share_is_of_the_rest() -> None:
    """849 less 35 waived are 814, of which a half is 407: 14 of interest and 393 of principal given up."""
    half = Settlement([SettlementPayment(DAY, share=dq.Proportion(1, 2))])
    plan = plan_of(ArrearsWaiver(), half)
    done = restructure(loan(charges=PAST_DUE), plan, as_of=DAY, policy=POLICY)
    assert (done.waived.total, done.forgiven.interest, done.forgiven.principal) == (35, 14, 393)
    assert rows_of(done) == [("2025-04-01", "407.00", "0.00", "0.00", "0.00")]
    told = {(move.kind.value, move.on_completion) for move in done.draft_after.moved}
    assert told == {("waived", False), ("forgiven", True), ("settled", False)}


def test_interest_paid_in_advance_is_paid_of_the_principal() -> None:
    """A payment on 1 March for April's instalment too: its 6 of interest are not earned on 2 March."""
    account = loan(paid=3, charges=[])
    ahead = attrs.evolve(account, payments=[*account.payments, dq.Payment(date(2025, 3, 1), 206)])
    on = date(2025, 3, 2)
    plan = plan_of(Settlement([SettlementPayment(on, share=WHOLE)]), on=on)
    done = restructure(ahead, plan, as_of=on, policy=POLICY)
    assert done.debt_before.interest < 0
    assert done.debt_after.interest == 0
    assert done.debt_after.principal == done.debt_before.principal + done.debt_before.interest
    assert open_of(done.after, on)[0] == done.debt_after.principal


def test_more_interest_in_advance_than_principal_is_refused() -> None:
    """All principal but 1.00 is paid, and 6.00 of interest of May and June that is not earned on 1 April."""
    fee = dq.Charge("F-1", FEES, 30, date(2025, 3, 10))
    rows = [dq.Instalment(date(2025, month, 1), 1, 3) for month in (4, 5, 6)]
    account = dq.Account(account_id="A-4", originated_on=date(2025, 3, 1), charges=[fee],
        schedule=dq.Schedule(CNY, rows), payments=[dq.Payment(date(2025, 3, 2), 12)])  # fmt: skip
    on = date(2025, 3, 15)
    plan = plan_of(Settlement([SettlementPayment(on, share=WHOLE)]), on=on)
    with pytest.raises(
        InvalidValueError, match="as much principal as interest was paid in advance"
    ):
        restructure(account, plan, as_of=on, policy=POLICY)


def test_penalty_that_accrued_is_given_up_with_its_days() -> None:
    terms = PenaltyTerms(
        rate=FixedPenaltyRate(dq.Rate.per_day("0.001")), base=PenaltyBase.OVERDUE_PRINCIPAL,
        day_count=DayCount.ACT_365F, compounding=Compounding.NONE, posting=Posting.ON_DEMAND,
        grain=RoundingGrain.DAY,
    )  # fmt: skip
    policy = attrs.evolve(POLICY.versions[-1], penalty=terms)
    plan = plan_of(Settlement(paid(800)))
    done = restructure(loan(charges=[]), plan, as_of=DAY, policy=policy)
    assert done.debt_before.penalty > 0
    assert done.waived.penalty == done.debt_before.penalty
    owed = dq.breakdown(done.after, as_of=DAY, policy=policy)
    assert owed.unposted_penalty == owed.past_due.penalty == owed.due.penalty == 0


def test_the_plan_is_told_in_both_languages() -> None:
    done = settled(500, 306)
    text = done.explanation.to_text()
    assert (
        "806.00 CNY in 2 payments, from 2025-04-01 to 2025-05-01, settle all that is open" in text
    )
    assert "6.00 CNY of interest is not earned yet and is never asked for" in text
    assert "5.00 CNY of penalty is waived, and comes back if the plan is broken" in text
    zh = done.explanation.to_text(lang="zh")
    assert "折扣结清" in zh
    assert "共还 806.00 CNY，结清全部欠款" in zh


@pytest.mark.parametrize(
    "measure",
    [
        TermExtension(1),
        PaymentHoliday(1),
        ReAgeing(2, LATER),
        RateReduction(dq.Rate.per_year("0.01")),
        InterestPause(start=DAY, end=LATER),
        PrincipalDeferral(amount=1),
        DueDateChange(LATER),
        ArrearsSpread(),
        Capitalisation([INTEREST]),
    ],
)
def test_measures_that_it_leaves_nothing_for_are_refused(measure) -> None:
    for order in ([measure, Settlement(paid(1))], [Settlement(paid(1)), measure]):
        with pytest.raises(
            InvalidValueError, match=f"a Settlement as the last.*{type(measure).__name__}"
        ):
            plan_of(*order)


def test_it_is_the_last_and_the_only_one() -> None:
    with pytest.raises(InvalidValueError, match="a measure after it"):
        plan_of(Settlement(paid(1)), Forgiveness(PRINCIPAL, amount=1))
    with pytest.raises(InvalidValueError, match="at most one Settlement"):
        plan_of(Settlement(paid(1)), Settlement(paid(1)))


def test_a_payment_before_the_day_of_the_plan_is_refused() -> None:
    plan_of(Settlement(paid(1)))
    with pytest.raises(
        InvalidValueError, match="payments on or after the day of the plan, 2025-04-01"
    ):
        plan_of(Settlement(paid(1, on=DAY - timedelta(1))))


@pytest.mark.parametrize(
    ("make", "error", "told"),
    [
        (lambda: Settlement([]), InvalidValueError, "at least one payment"),
        (lambda: Settlement(paid(1) * 2), InvalidValueError, "a day after the payment before it"),
        (lambda: Settlement(paid(1, 2)[::-1]), InvalidValueError, "a day after the payment before it"),
        (lambda: Settlement(SettlementPayment(DAY, 1)), InvalidTypeError, "settlement, payment"),
        (lambda: Settlement([DAY]), InvalidTypeError, "settlement, payment"),
        (lambda: Settlement(paid(1), []), InvalidValueError, "at least one component"),
        (lambda: Settlement(paid(1), [FEES, FEES]), InvalidValueError, "each once"),
        (lambda: Settlement(paid(1), ["fees"]), InvalidTypeError, "components"),
        (
            lambda: Settlement([*paid(1), SettlementPayment(LATER, share=WHOLE)]),
            InvalidValueError,
            "amounts, or shares, and not both",
        ),
        (
            lambda: Settlement([SettlementPayment(DAY, share=WHOLE),
                SettlementPayment(LATER, share=dq.Proportion(1, 10**9))]),
            InvalidValueError,
            "shares that sum to at most 1",
        ),
        (lambda: SettlementPayment(DAY), InvalidValueError, "found neither"),
        (lambda: SettlementPayment(DAY, 1, WHOLE), InvalidValueError, "found both"),
        (lambda: SettlementPayment(DAY, 0), InvalidValueError, "amount"),
        (lambda: SettlementPayment(DAY, -1), InvalidValueError, "amount"),
        (lambda: SettlementPayment(DAY, Decimal("NaN")), InvalidValueError, "amount"),
        (lambda: SettlementPayment(DAY, 1.5), InvalidTypeError, "amount"),
        (lambda: SettlementPayment(DAY, "1"), InvalidTypeError, "amount"),
        (lambda: SettlementPayment(datetime(2025, 4, 1), 1), InvalidTypeError, "on"),
        (lambda: SettlementPayment(DAY, share="0.7"), InvalidTypeError, "share"),
        (lambda: SettlementPayment(DAY, share=dq.Proportion(3, 2)), InvalidValueError, "at most 1"),
        (lambda: SettlementPayment(DAY, share=dq.Proportion(0, 1)), InvalidValueError, "more than 0"),
    ],
)  # fmt: skip
def test_bad_input_is_refused(make, error, told) -> None:
    with pytest.raises(error, match=told):
        make()


def test_an_amount_finer_than_the_minor_unit_is_refused() -> None:
    with pytest.raises(InvalidValueError):
        settled(Decimal("800.001"))


shares = st.integers(1, 100).map(lambda n: dq.Proportion(n, 100))


@st.composite
def settlements(draw, on: date) -> Settlement:
    """One to three payments of shares that sum to at most all."""
    parts = draw(st.lists(st.integers(1, 33), min_size=1, max_size=3))
    days = sorted(
        draw(st.lists(st.integers(0, 400), min_size=len(parts), max_size=len(parts), unique=True))
    )
    order = draw(st.permutations(list(dq.Component)))
    return Settlement(
        [
            SettlementPayment(on + timedelta(day), share=dq.Proportion(part, 99))
            for day, part in zip(days, parts, strict=True)
        ],
        order,
    )


def day_after_payments(account: dq.Account, more: int) -> date:
    last = max((payment.value_date for payment in account.payments), default=account.originated_on)
    return last + timedelta(days=1 + more)


def done_or_refused(account: dq.Account, plan: RestructuringPlan):
    """What a settlement does; ``None`` where nothing is left for a payment, or a charge that is not due is in
    the way."""
    refused = ""
    try:
        return restructure(account, plan, as_of=plan.effective_on, policy=POLICY)
    except InvalidValueError as error:
        refused = str(error)
    assert "more than 0" in refused or "oldest first" in refused, refused
    return None


def rounding_of(account: dq.Account, done) -> Decimal:
    """A minor unit a row, and a quarter of the square of a month's interest: within a period interest is
    earned in proportion to days, which is a little more than its value at the rate of the contract."""
    return Decimal("0.01") * (len(account.schedule) + 2) + done.debt_before.principal * Decimal(
        "0.00002"
    )


@MANY
@given(loans(), st.data(), st.integers(0, 200))
def test_no_amount_is_lost_and_the_ledger_says_the_same(account, data, after) -> None:
    """Law: before less waived and forgiven is after, by component; it is open in the ledger, and paid by it."""
    on = day_after_payments(account, after)
    plan = RestructuringPlan(
        measures=[data.draw(settlements(on))], effective_on=on, day_count=DayCount.ACT_365F
    )
    done = done_or_refused(account, plan)
    if done is None:
        return
    for name in NAMES:
        gone = getattr(done.waived, name) + getattr(done.forgiven, name)
        moved = done.capitalised.total if name == "principal" else Decimal(0)
        before = getattr(done.debt_before, name) - getattr(done.capitalised, name) + moved
        assert getattr(done.debt_after, name) == before - gone, name
    assert open_of(done.after, on) == [getattr(done.debt_after, name) for name in NAMES]
    asked = sum(row.after.total for row in done.schedule_rows if row.after)
    assert asked == done.debt_after.total == done.settled.total
    payments = [
        dq.Payment(row.due_date, row.after.total) for row in done.schedule_rows if row.after
    ]
    kept = attrs.evolve(done.after, payments=[*done.after.payments, *payments])
    assert open_of(kept, payments[-1].value_date) == [0, 0, 0, 0]
    given_up = done.waived.total + done.forgiven.total
    assert done.present_value_loss >= given_up - rounding_of(account, done)


@MANY
@given(loans(), st.integers(0, 200))
def test_everything_on_the_day_of_the_plan_loses_nothing(account, after) -> None:
    """Law: of interest that is earned by days nothing is lost, to a minor unit a row."""
    on = day_after_payments(account, after)
    whole = Settlement([SettlementPayment(on, share=WHOLE)])
    plan = RestructuringPlan(measures=[whole], effective_on=on, day_count=DayCount.ACT_365F)
    done = done_or_refused(account, plan)
    assume(done is not None)
    assert done.waived.total == done.forgiven.total == 0
    assert -rounding_of(account, done) <= done.present_value_loss
    assert done.present_value_loss <= Decimal("0.01") * (len(account.schedule) + 2)
    assert done.debt_after.total == done.debt_before.total
