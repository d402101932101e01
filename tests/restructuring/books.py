"""Generated accounts, plans and policies for plans of a book, and every difference between the two paths.

``python -m tests.equivalence.run_plans --books 200 --seed 7`` prints counts and mismatches.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

import attrs

import delinquency as dq
from delinquency.amortisation import AmortisationMethod, DeferredInterest
from delinquency.amounts import to_minor
from delinquency.calendar import add_months
from delinquency.late_fees import FlatFee, LateFeeTerms
from delinquency.penalty import (
    Compounding,
    ContractMultiple,
    FixedPenaltyRate,
    PenaltyBase,
    PenaltyTerms,
    Posting,
    RoundingGrain,
)
from delinquency.portfolio import Engine, Portfolio
from delinquency.portfolio import restructure as restructure_book
from delinquency.portfolio.kernels.compiler import HAS_COMPILER
from delinquency.portfolio.plans.answer import PortfolioRestructuring
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
    ReAgeInterest,
    Restructured,
    RestructuringPlan,
    Settlement,
    SettlementPayment,
    TermExtension,
)
from delinquency.restructuring.present_value import part_given_up
from tests.equivalence.books import cents

COMPONENTS = tuple(dq.Component)
PARTS = (
    *("debt_before", "debt_after", "capitalised", "spread"),
    *("waived", "forgiven", "settled", "arrears_after"),
)
SUMS = ("deferred", "next_payment_change", "total_cost_change", "present_value_loss")
NAMES = ("principal", "interest", "fees", "penalty")
DAYS = (date(2025, 6, 15), date(2025, 6, 30), date(2025, 2, 28), date(2024, 2, 29))
"""The days of plans; ends of months are among them."""

NO_LOOP = (
    dq.DayCount.THIRTY_U_360,
    dq.DayCount.THIRTY_E_360_ISDA,
    dq.DayCount.ACT_365L,
    dq.DayCount.BUSINESS_252,
)
"""Day counts that loops do not know."""

HARD = (
    *("put", "refused", "answered by a loop", "answered by account", "paid in advance"),
    *("row due on the day", "two rows of one due date", "weekly", "month end", "schedule over"),
    *("no rate", "rate of 0", "rate that changes", "rate to come", "rate not per year"),
    *("charge", "decision", "changed schedule", "restructured before", "card", "late record"),
    *("penalty waived whole", "penalty left as a charge", "penalty capitalised"),
    *("several versions", "known on", "day count beyond loops", "not asked", "settled"),
    *("gain", "loss", "more due dates than before", "after as_of"),
)
"""What must be met."""


class Asked(NamedTuple):
    """A book, its plans, and what is asked of them."""

    accounts: list[dq.Account]
    plans: list[RestructuringPlan]
    chosen: list[int]
    policy: dq.Policy | dq.PolicyTimeline
    as_of: date
    known_on: date | None


def engines_for(number: int) -> tuple[Engine, ...]:
    """Compiled always; uncompiled for every fourth book."""
    fast = (Engine.COMPILED,) if HAS_COMPILER else ()
    return (*fast, Engine.INTERPRETED) if number % 4 == 0 or not fast else fast


def draw_rates(rng: random.Random, origin: date, day: date) -> list[dq.DatedRate]:
    """The rates of a contract: mostly one a year."""
    if rng.random() < 0.08:
        return []
    if rng.random() < 0.03:
        return [dq.DatedRate(origin, dq.Rate.per_month("0.01"))]
    first = rng.choice(("0", "0.0435", "0.12", "0.155", "0.24"))
    begin = day + timedelta(40) if rng.random() < 0.03 else origin
    rates = [dq.DatedRate(begin, dq.Rate.per_year(first))]
    if rng.random() < 0.25:
        later = begin + timedelta(rng.randrange(1, 500))
        rates.append(dq.DatedRate(later, dq.Rate.per_year(rng.choice(("0", "0.05", "0.18")))))
    return rates


def draw_dues(rng: random.Random, day: date) -> list[date]:
    """Due dates around the day of a plan: monthly, by the end of months, weekly, or in no rhythm."""
    count = rng.randint(1, 30)
    before = rng.randint(0, min(count - 1, 9))
    if rng.random() < 0.08:
        count = before = rng.randint(1, 6)
    kind = rng.random()
    if kind < 0.15:
        gap = rng.choice((7, 14))
        first = day - timedelta(before * gap - rng.choice((0, 0, rng.randrange(gap))))
        return [first + timedelta(gap * number) for number in range(count)]
    anchor = rng.choice((date(2023, 1, 31), date(2023, 1, 15), date(2023, 1, day.day)))
    months = (day.year - anchor.year) * 12 + day.month - 1 - before + rng.choice((0, 0, 0, 1))
    dues = [add_months(anchor, max(0, months) + number) for number in range(count)]
    if kind < 0.25:
        dues = [due + timedelta(rng.randint(0, 2)) for due in dues]
    return dues


def draw_rows(rng: random.Random, currency: dq.Currency, day: date) -> list[dq.Instalment]:
    """Rows of level principal, with interest, sometimes with fees or with nothing."""
    dues = draw_dues(rng, day)
    level = rng.choice((rng.randint(1, 300), rng.randint(100, 900_000)))
    monthly = rng.choice((0, 3, 12, 20))
    balance, rows = level * len(dues), []
    for due in dues:
        interest = rng.choice((balance * monthly // 1000,) * 3 + (0,))
        fees = rng.choice((0, 0, 0, rng.randint(1, 500)))
        principal = level if rng.random() < 0.95 else 0
        rows.append(dq.Instalment(due, *(cents(x, currency) for x in (principal, interest, fees))))
        balance -= level
    if all(row.total == 0 for row in rows):
        rows[-1] = attrs.evolve(rows[-1], principal=cents(level, currency))
    return rows


def draw_payments(
    rng: random.Random, rows: list[dq.Instalment], origin: date, day: date, currency: dq.Currency
) -> list[dq.Payment]:
    """What was paid before the day: in full, in part, or far in advance; rarely on the day or later."""
    found = []
    most = 2 * max(to_minor(row.total, currency, where="row") for row in rows) + 1
    for _ in range(rng.randint(0, 5) if (day - origin).days > 1 else 0):
        paid = origin + timedelta(rng.randrange(1, max(2, (day - origin).days)))
        if rng.random() < 0.01:
            paid = day + timedelta(rng.randint(0, 2))
        full = to_minor(rng.choice(rows).total, currency, where="row")
        amount = max(1, rng.choice((full, full, rng.randint(1, most), rng.randint(1, 4 * most))))
        told: dict[str, date] = {}
        if rng.random() < 0.05:
            told["recorded_on"] = paid + timedelta(rng.randint(0, 20))
        if rng.random() < 0.03:
            told["reversed_on"] = told.get("recorded_on", paid) + timedelta(rng.randint(1, 30))
        found.append(dq.Payment(paid, cents(amount, currency), **told))
    return found


def draw_more(
    rng: random.Random, rows: list[dq.Instalment], origin: date, day: date, currency: dq.Currency
) -> dict[str, Any]:
    """What makes an account one for its own verb."""
    before = origin + timedelta(rng.randrange(1, max(2, (day - origin).days)))
    kind = rng.randrange(6)
    if kind == 0:
        due = rng.choice((before, before, day, day + timedelta(50)))
        component = rng.choice((dq.Component.FEES, dq.Component.PENALTY))
        amount = cents(rng.randint(1, 4_000), currency)
        charge = dq.Charge("C-1", component, amount, due, charged_on=min(due, before))
        return {"charges": [charge]}
    if kind == 1:
        when = before if rng.random() < 0.8 else day
        return {"events": [dq.Waiver(when, dq.Component.INTEREST, cents(1, currency))]}
    if kind == 2:
        changed = [attrs.evolve(rows[0], in_force_until=before), *rows[1:]]
        anew = attrs.evolve(rows[0], in_force_from=before)
        return {"schedule": dq.Schedule(currency, [changed[0], anew, *changed[1:]])}
    if kind == 3:
        return {"product": dq.Product.CARD}
    if kind == 4:
        when = before if rng.random() < 0.8 else day
        fact = dq.Restructuring(when, when + timedelta(30), in_difficulty=rng.random() < 0.5)
        return {"events": [fact]}
    return {"events": [dq.PenaltyWaiver(before, day + timedelta(rng.randint(1, 3)))]}


def draw_account(rng: random.Random, number: int, currency: dq.Currency, day: date) -> dq.Account:
    """A loan with instalments before and after the day, and sometimes with more."""
    rows = draw_rows(rng, currency, day)
    origin = min(rows[0].due_date, day) - timedelta(rng.choice((1, 31, 31, 40)))
    if rng.random() < 0.01:
        origin = min(rows[0].due_date, day)
    more: dict[str, Any] = {"schedule": dq.Schedule(currency, rows)}
    if rng.random() < 0.2 and origin < day:
        more |= draw_more(rng, rows, origin, day, currency)
    return dq.Account(
        account_id=f"A-{number}",
        originated_on=origin,
        payments=draw_payments(rng, rows, origin, day, currency),
        contract_rates=draw_rates(rng, origin, day),
        **more,
    )


def draw_measure(rng: random.Random, currency: dq.Currency, day: date) -> Any:
    """One measure of any kind."""
    share = rng.choice((None, *(dq.Proportion(1, part) for part in (1, 2, 3, 7))))
    amount = cents(rng.choice((1, rng.randint(1, 3_000))), currency)
    part: dict[str, Any] = {"amount": amount} if share is None else {"share": share}
    some = rng.sample(COMPONENTS, rng.randint(1, 4))
    multiple = rng.choice((None, None, 1, cents(10, currency)))
    ahead = day + timedelta(rng.choice((-1, 0, *range(1, 60))))
    one = (rng.choice((dq.Component.PENALTY, dq.Component.FEES)),)
    made = (
        lambda: TermExtension(rng.randint(1, 30)),
        lambda: Capitalisation(some),
        lambda: Capitalisation(some[:1], amount) if rng.random() < 0.2 else ArrearsSpread(),
        lambda: ArrearsSpread(some, multiple, rng.choice([None, None, 1, 3])),
        lambda: ReAgeing(
            rng.randint(1, 40),
            ahead,
            rng.choice((dq.Frequency.MONTHLY, dq.Frequency.WEEKLY)),
            rng.choice(list(ReAgeInterest)),
            multiple,
        ),
        lambda: PaymentHoliday(
            rng.randint(1, 6),
            rng.choice((None, *DeferredInterest)),
            rng.random() < 0.5,
            rng.choice((None, ahead)),
        ),
        lambda: RateReduction(
            dq.Rate.per_year(rng.choice(("0", "0.01", "0.01", "0.1"))),
            rng.choice((None, day + timedelta(200))),
        ),
        lambda: PrincipalDeferral(**part),
        lambda: ArrearsWaiver(components=one if share is None else one[:1], **part),
        lambda: ArrearsWaiver(share=share),
        lambda: Forgiveness(rng.choice(COMPONENTS[:2]), on_completion=rng.random() < 0.3, **part),
        lambda: InterestPause(start=ahead, end=ahead + timedelta(rng.randint(1, 90))),
        lambda: DueDateChange(ahead, rng.choice((None, ahead))),
    )
    return rng.choice(made)()


def draw_plan(rng: random.Random, currency: dq.Currency, day: date) -> RestructuringPlan:
    """One to four measures that may stand together; rarely a settlement, or none."""
    while True:
        measures = [draw_measure(rng, currency, day) for _ in range(rng.choice((1, 1, 2, 2, 3, 4)))]
        kind = rng.random()
        if kind < 0.05:
            share = dq.Proportion(1, rng.choice((1, 2)))
            paid = SettlementPayment(day + timedelta(rng.randint(0, 20)), share=share)
            measures = [Settlement([paid])]
        elif kind < 0.07:
            measures = []
        known = (None, dq.DayCount.ACT_365F, dq.DayCount.ACT_360, dq.DayCount.THIRTY_E_360)
        known += (dq.DayCount.ACT_ACT_ISDA, dq.DayCount.ACT_365F)
        try:
            return RestructuringPlan(
                measures=measures,
                effective_on=day,
                method=rng.choice((AmortisationMethod.ANNUITY, AmortisationMethod.EQUAL_PRINCIPAL)),
                day_count=rng.choice(NO_LOOP if rng.random() < 0.08 else known),
                in_difficulty=rng.random() < 0.7,
            )
        except dq.InvalidValueError:
            continue  # measures that contradict each other


HOUSE = dq.rulebook.load("founding-report").versions[-1]


def penalty_terms(**more: Any) -> PenaltyTerms:
    """Penalty that accrues outside the ledger, or is posted once a month."""
    given = {
        "rate": FixedPenaltyRate(dq.Rate.per_year("0.18")),
        "base": PenaltyBase.OVERDUE_PRINCIPAL,
        "compounding": Compounding.NONE,
        "day_count": dq.DayCount.ACT_360,
        "posting": Posting.ON_STATEMENT,
        "statement_day": 5,
        "grain": RoundingGrain.INSTALMENT,
    }
    return PenaltyTerms(**{**given, **more})


def outside(**more: Any) -> dq.Policy:
    """The policy of a loan with penalty outside the order of payment."""
    return attrs.evolve(
        HOUSE, penalty=penalty_terms(**more), penalty_in_waterfall=dq.PenaltyPlace.OUTSIDE
    )


def by_origination(day: date) -> dq.PolicyTimeline:
    """Two versions of which the day of origination selects."""
    change = day - timedelta(150)
    by = dq.SelectedBy.ORIGINATED_ON
    old = attrs.evolve(HOUSE, name="house", validity=dq.Validity(None, change, by))
    new = attrs.evolve(outside(), name="house", validity=dq.Validity(change, None, by))
    return dq.PolicyTimeline(name="house", versions=[old, new])


def draw_policy(
    rng: random.Random, currency: dq.Currency, day: date
) -> dq.Policy | dq.PolicyTimeline:
    """Mostly penalty outside, which plans waive and capitalise."""
    fee = LateFeeTerms(name="late", amount=FlatFee(1), currency=currency)
    return rng.choice(
        (
            dq.rulebook.load("cn-loan"),
            HOUSE,
            by_origination(day),
            by_origination(day),
            outside(),
            outside(compounding=Compounding.UNPAID_INTEREST, grain=RoundingGrain.DAY),
            outside(rate=ContractMultiple(dq.Proportion(3, 2))),
            attrs.evolve(
                outside(), penalty_in_waterfall=dq.PenaltyPlace.POSTED
            ),
            attrs.evolve(HOUSE, closing_tolerance=1),
            attrs.evolve(HOUSE, late_fees=(fee,)),
        )
    )  # fmt: skip


def draw_asked(rng: random.Random) -> Asked:
    """A book of up to 30 accounts, six plans of one day, and what each account gets."""
    currency = dq.Currency.of(rng.choice(("CNY", "CNY", "CNY", "JPY", "KWD")))
    day = rng.choice(DAYS)
    accounts = [draw_account(rng, number, currency, day) for number in range(rng.randint(1, 30))]
    plans = [draw_plan(rng, currency, day) for _ in range(6)]
    later = day + timedelta(rng.choice((0, 0, 0, 5, 90)))
    known = day + timedelta(rng.randrange(-60, 60)) if rng.random() < 0.2 else None
    return Asked(
        accounts,
        plans,
        [rng.randint(-1, 5) for _ in accounts],
        draw_policy(rng, currency, day),
        day - timedelta(1) if rng.random() < 0.03 else later,
        known,
    )


def answers_of_accounts(asked: Asked) -> list[Restructured | str | None]:
    """The verb of one account on every row: its answer, its refusal in words, or nothing."""
    found: list[Restructured | str | None] = []
    for account, place in zip(asked.accounts, asked.chosen, strict=True):
        if place < 0:
            found.append(None)
            continue
        try:
            found.append(
                dq.restructure(
                    account,
                    asked.plans[place],
                    as_of=asked.as_of,
                    policy=asked.policy,
                    known_on=asked.known_on,
                )
            )
        except dq.DelinquencyError as error:
            found.append(str(error))
    return found


def answer_of_book(asked: Asked, **more: Any) -> PortfolioRestructuring:
    """The verb of a book, accounts that cannot have their plans set apart."""
    return restructure_book(
        Portfolio.from_accounts(asked.accounts),
        asked.plans,
        as_of=asked.as_of,
        policy=asked.policy,
        chosen=asked.chosen,
        known_on=asked.known_on,
        on_error="quarantine",
        **more,
    )


def minor(amount: Decimal, currency: dq.Currency) -> int:
    return to_minor(amount, currency, where="answer", allow_negative=True)


def figures_of(done: Restructured) -> dict[str, int]:
    """Every figure of an answer as the columns of a book say it."""
    currency = done.currency
    found = {
        f"{part}_{name}": minor(getattr(getattr(done, part), name), currency)
        for part in PARTS
        for name in NAMES
    }
    found |= {name: minor(getattr(done, name), currency) for name in SUMS}
    share = part_given_up(done.value_before, done.value_after)
    found["diminished_share"] = share.numerator * (10**9 // share.denominator)
    return found


def mismatches(asked: Asked, engines: Sequence[Engine], seen: Counter[str]) -> list[str]:
    """Every difference between the book and its accounts, in words; empty if there is none."""
    scalar = answers_of_accounts(asked)
    for account, place, one in zip(asked.accounts, asked.chosen, scalar, strict=True):
        note(asked, account, place, one, seen)
    found: list[str] = []
    for engine in engines:
        done = answer_of_book(asked, engine=engine)
        after, columns = done.after(engine=engine), done.columns()
        for row, (account, one) in enumerate(zip(asked.accounts, scalar, strict=True)):
            where = f"{engine.value}, row {row}"
            kind = (bool(done.is_put[row]), bool(done.is_refused[row]))
            if kind != (isinstance(one, Restructured), isinstance(one, str)):
                found.append(f"{where}: put, refused {kind}; of the account: {one}")
                continue
            if done.reason(row) != (one if isinstance(one, str) else ""):
                found.append(f"{where}: reason {done.reason(row)!r}, not {one!r}")
            then = one.after if isinstance(one, Restructured) else account
            if after.account(row) != then:
                found.append(f"{where}: the account after differs")
            told = figures_of(one) if isinstance(one, Restructured) else {}
            found += [
                f"{where}, {name}: {columns[name][row]}, not {told.get(name, 0)}"
                for name in columns
                if name not in ("account_id", "plan", "is_put", "is_refused")
                if columns[name][row] != told.get(name, 0)
            ]
            if done.version is not None and isinstance(one, Restructured):
                used = done.policies[int(done.version[row])]
                if used != one.policy:
                    found.append(f"{where}: policy {used.version}, not {one.policy.version}")
    return found


def note(
    asked: Asked,
    account: dq.Account,
    place: int,
    one: Restructured | str | None,
    seen: Counter[str],
) -> None:
    """Count what makes an account hard."""
    day = asked.plans[0].effective_on
    seen["accounts"] += 1
    dues = [row.due_date for row in account.schedule]
    rates = account.contract_rates
    seen["not asked"] += one is None
    seen["refused"] += isinstance(one, str)
    seen["after as_of"] += day > asked.as_of
    seen["no rate"] += not rates
    seen["rate of 0"] += any(not each.rate.scaled for each in rates)
    seen["rate that changes"] += len(rates) > 1
    seen["rate to come"] += bool(rates) and rates[0].effective_on > day
    seen["rate not per year"] += any("year" not in str(each.rate) for each in rates)
    seen["row due on the day"] += day in dues
    seen["two rows of one due date"] += len(set(dues)) < len(dues)
    seen["weekly"] += len(dues) > 2 and (dues[-1] - dues[-2]).days == 7
    seen["month end"] += any((due + timedelta(1)).day == 1 for due in dues)
    seen["schedule over"] += dues[-1] < day
    seen["charge"] += bool(account.charges)
    seen["decision"] += bool(account.decision_rows)
    seen["changed schedule"] += any(row.in_force_from for row in account.schedule)
    seen["restructured before"] += bool(account.restructuring_rows)
    seen["card"] += account.product is dq.Product.CARD
    seen["late record"] += any(
        (paid.recorded_on or day) > day or (paid.reversed_on or day) > day
        for paid in account.payments
    )
    seen["known on"] += asked.known_on is not None
    seen["several versions"] += asked.policy == by_origination(day)
    if place >= 0:
        seen["day count beyond loops"] += asked.plans[place].day_count in NO_LOOP
    if not isinstance(one, Restructured):
        return
    seen["put"] += 1
    is_plain = not (account.charges or account.events or one.settled.total)
    seen["answered by a loop" if is_plain else "answered by account"] += 1
    draft, then = one.draft_before, one.draft_after
    seen["paid in advance"] += draft.earned < 0
    if draft.unposted:
        seen["penalty waived whole"] += then.unposted == 0 and one.waived.penalty > 0
        seen["penalty left as a charge"] += one.waived.penalty > 0 and then.unposted > 0
        seen["penalty capitalised"] += one.capitalised.penalty > 0
    seen["settled"] += one.settled.total > 0
    seen["gain"] += one.present_value_loss < 0
    seen["loss"] += one.present_value_loss > 0
    seen["more due dates than before"] += len(then.dues) > len(draft.dues)
