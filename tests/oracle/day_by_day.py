"""An independent answer: every calendar day lived through, every late day counted by hand.

The one idea: nothing is computed that can be lived. The account is walked from origination to the close
asked for, one calendar day after the other; money moves one step at a time; the age of a debt is a
loop over days, each of which is suspended or not. It is slow, and shares no arithmetic with the
library: it reads the public facts of an account and a policy, and imports nothing of it.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from tests.oracle.accruing import Delay
from tests.oracle.charging_late import LateFees
from tests.oracle.debts import NOTHING, Debt, Move, Page, debts_of
from tests.oracle.deciding import accelerate, close, waive, waive_the_rest, write_off
from tests.oracle.disputing import Counted, holds, what_counts
from tests.oracle.pouring import Purse

ONE_DAY = timedelta(days=1)
DECISIONS = ("Acceleration", "Waiver", "WriteOff", "Closure")


@dataclass
class Carried:
    """What was late on a debt when a change of schedule closed it."""

    name: int | str
    due: date
    rest: Fraction
    stands_with: tuple[Any, ...]


@dataclass
class LateAnswer:
    name: int | str
    due_date: date
    open_amount: Fraction
    days_past_due: int
    delinquent_days: int


@dataclass
class OracleAnswer:
    days_past_due: int
    delinquent_days: int
    arrears: Fraction
    exposure: Fraction
    oldest_due_date: date | None
    reading: int
    bucket_code: str
    paid: Fraction
    unallocated: Fraction
    waived: Fraction
    written_off: Fraction
    moves: dict[Move, Fraction]
    open_amounts: dict[tuple[int | str, str], Fraction]
    late: list[LateAnswer]
    next_payment: tuple[date, Fraction] | None


@dataclass
class PenaltyAnswer:
    accrued: Fraction
    posted: Fraction
    waived: Fraction


def oracle_assess(
    account: Any, *, as_of: date, policy: Any, known_on: date | None = None
) -> OracleAnswer:
    """Live through the account up to the close of ``as_of``."""
    return live_through(account, as_of=as_of, policy=policy, known_on=known_on).answer()


def live_through(account: Any, *, as_of: date, policy: Any, known_on: date | None = None) -> Life:
    """The account as it stands at the close of ``as_of``, every day of it lived."""
    life = Life(account, as_of, policy, known_on)
    today = account.originated_on
    while today <= as_of:
        life.live(today)
        today += ONE_DAY
    return life


class Life:
    def __init__(self, account: Any, as_of: date, policy: Any, known_on: date | None) -> None:
        self.account, self.as_of, self.known_on = account, as_of, known_on
        self.policy, self.rule, self.scheme = policy, policy.counting, policy.buckets
        self.names = [component.value for component in self.rule.components]
        self.tolerance = Fraction(self.rule.tolerance)
        self.page = Page(debts_of(account, self._counts))
        self.purse = Purse(self.page, Fraction(1, 10**account.currency.minor_unit))
        self.money: dict[date, Fraction] = {}
        self.carried: list[Carried] = []
        self.frozen = (0, 0)
        self.accelerations = 0
        self.material = 0
        self.age_today = 0
        self.place = policy.penalty_in_waterfall.value
        self.delay = None
        if policy.penalty is not None:
            self.delay = Delay(account, policy.penalty, self.page, self._counts)
        self.posting_days = list(self._posting_days()) if self.place == "posted" else []
        self.fees = LateFees(account, policy.late_fees, self.page, as_of)
        self.holds = "hold" in [order.excess.value for order in self._orders()]

    # What counts at the cut.

    def _known(self, recorded_on: date) -> bool:
        return self.known_on is None or recorded_on <= self.known_on

    def _counts(self, fact: Any, made_on: date) -> bool:
        """Recorded by then, and not yet taken back."""
        cut = self.as_of if self.known_on is None else self.known_on
        reversed_on = getattr(fact, "reversed_on", None)
        is_undone = reversed_on is not None and reversed_on <= cut
        return self._known(fact.recorded_on or made_on) and not is_undone

    def _money_of(self, today: date) -> dict[str, Fraction]:
        found: dict[str, Fraction] = {}
        for payment in self.account.payments:
            if payment.value_date == today and self._counts(payment, today):
                kind = payment.kind.value
                found[kind] = found.get(kind, NOTHING) + Fraction(payment.amount)
        return found

    def _decided(self, today: date, name: str) -> list[Any]:
        """Decisions of one kind that stand, those without an amount first."""
        found = [
            event
            for event in self.account.events
            if type(event).__name__ == name
            and event.value_date == today
            and self._counts(event, today)
        ]
        return sorted(found, key=lambda event: getattr(event, "amount", None) is not None)

    def _last_words(self, today: date) -> list[Any]:
        """Write-offs of everything and closures: after them nothing can fall due by the schedule."""
        whole = [
            event
            for event in self._decided(today, "WriteOff")
            if event.component is None and event.amount is None
        ]
        return [*whole, *self._decided(today, "Closure")]

    # One day.

    def live(self, today: date) -> None:
        self.page.gone_today = []
        if self.place == "on_demand" and (today == self.as_of or self._may_move(today)):
            for debt, amount in self.delay.post():
                self.page.charge(today, debt, "penalty", amount)
        self._change(today)
        endings = [*self._decided(today, "Acceleration"), *self._last_words(today)]
        self.accelerations += bool(endings)
        for event in endings:
            accelerate(self.page, today, event, self.account, self.accelerations)
        for event in self._decided(today, "Waiver"):
            waive(self.page, today, event)
        if today in self.posting_days:
            self._post_as_one(today)
        if self.delay is not None:
            self.delay.fall_due(today)
        money = self._money_of(today)
        self._receive(today, money)
        for event in self._decided(today, "WriteOff"):
            write_off(self.page, today, event)
        for _ in self._decided(today, "Closure"):
            close(self.page, today)
        if "recovery" in money:
            self._recover(today, money["recovery"])
        if money:
            self.money[today] = sum(money.values(), NOTHING)
            waive_the_rest(self.page, today, Fraction(self.policy.closing_tolerance))
        came = self.fees.close(today, self._is_unsettled, self.page.moves)
        if self.delay is not None:
            self.delay.take_fees(today, came)
        if came:
            self._move_held(today)
        self._make_up()
        self._live_material(today)
        if self.delay is not None and today < self.as_of:
            self.delay.close(today)

    def _may_move(self, today: date) -> bool:
        """Whether anything happens: money, a decision, a change; a debt appears, or held money meets one."""
        rows = self.account.schedule.instalments
        if any(row.in_force_until == today for row in rows) or self._money_of(today):
            return True
        if any(self._decided(today, name) for name in DECISIONS) or self.fees.may_come_on(today):
            return True
        if any(debt.appears_on == today for debt in self.page.debts):
            return True
        dues = [debt.ranked_by for debt in self.page.debts] + [
            fee.ranked_by for fee in self.fees.possible
        ]
        return self.holds and today in dues

    def _posting_days(self) -> Iterator[date]:
        """Due dates after the first, or a day of each month after it."""
        dues = sorted({row.due_date for row in self.account.schedule.instalments})
        if self.delay is None:
            return
        wanted = self.policy.penalty.statement_day
        day = dues[0] + ONE_DAY
        while day <= self.as_of:
            last = monthrange(day.year, day.month)[1]
            if day in dues if wanted is None else day.day == min(wanted, last):
                yield day
            day += ONE_DAY

    def _post_as_one(self, today: date) -> None:
        number = self.posting_days.index(today) + 1
        amount = sum((amount for _, amount in self.delay.post()), NOTHING)
        if amount:
            debt = Debt(
                name=f"posted-penalty-{number}",
                due=today,
                stands_with=(today, 5, number, 0),
                ranked_by=today,
                appears_on=today,
                closes_on=None,
                owed={"penalty": amount},
            )
            self.page.add(debt)
            self.page.enter(today, debt)

    def _is_unsettled(self, today: date, row: Debt) -> bool:
        if not row.counted(self.names):
            return False
        if self.tolerance and self.rule.tolerance_scope.value == "account":
            return bool(self._unsettled(self._late(self.page.debts, today)))
        return bool(self._unsettled([row]))

    def _change(self, today: date) -> None:
        closing = [debt for debt in self.page.standing() if debt.closes_on == today]
        if closing:
            self._carry(closing, today - ONE_DAY)
        for debt in closing:
            self.page.leave(today, debt)
        for debt in self.page.debts:
            if debt.appears_on == today:
                self.page.enter(today, debt)

    def _receive(self, today: date, money: dict[str, Fraction]) -> None:
        """Money before decisions; what was held moves when something falls due or money comes."""
        falls_due = any(today in (d.ranked_by, d.appears_on) for d in self.page.standing())
        if money:
            self.age_today = self._age_before_money(today)
        if money or falls_due:
            self._move_held(today)
        for kind in ("refund", "goodwill", "repayment"):
            if kind in money:
                self.purse.pour(today, kind, money[kind], self._order(kind))

    def _move_held(self, today: date) -> None:
        """Money of earlier days, each kind by its own order; the age is that of before it."""
        if not self.purse.held:
            return
        self.age_today = self._age_before_money(today)
        held, self.purse.held = self.purse.held, {}
        for kind in ("refund", "goodwill", "repayment"):
            if kind in held:
                self.purse.pour(today, kind, held[kind], self._order(kind))
        if "recovery" in held:
            self._recover(today, held["recovery"])

    def _recover(self, today: date, money: Fraction) -> None:
        order = self._order("recovery")
        rest = self.purse.recover(today, money, order)
        self.purse.pour(today, "recovery", rest, order)

    def _age_before_money(self, today: date) -> int:
        if not self.policy.allocation_by_age:
            return 0
        late = self._unsettled(self._late(self.page.debts, today))
        return max((self._age(debt.due, today)[0] for debt in late), default=0)

    def _orders(self) -> Iterator[Any]:
        yield self.policy.allocation
        yield from (switch.order for switch in self.policy.allocation_by_age)
        yield from (own.order for own in self.policy.allocation_by_kind)

    def _order(self, kind: str) -> Any:
        for own in self.policy.allocation_by_kind:
            if own.kind.value == kind:
                return own.order
        order, highest = self.policy.allocation, 0
        for switch in self.policy.allocation_by_age:
            if highest < switch.at_least <= self.age_today:
                order, highest = switch.order, switch.at_least
        return order

    def _carry(self, closing: list[Debt], yesterday: date) -> None:
        change = self.rule.schedule_change.value
        late = self._late(closing, yesterday)
        late = self._unsettled(self._undisputed(late, yesterday) if change == "freeze" else late)
        for debt in sorted(late, key=lambda d: d.oldest_first):
            if change == "continue":
                self.carried.append(
                    Carried(debt.name, debt.due, debt.counted(self.names), debt.stands_with)
                )
            if change == "freeze":
                raw, delinquent = self._age(debt.due, yesterday)
                self.frozen = (max(self.frozen[0], raw), max(self.frozen[1], delinquent))

    def _make_up(self) -> None:
        """Counted debts settled, waived or written off today make up for those carried over a change."""
        for name, amount in self.page.gone_today:
            rest = amount if name in self.names else NOTHING
            for old in self.carried:
                used = min(rest, old.rest)
                old.rest -= used
                rest -= used

    def _live_material(self, today: date) -> None:
        """One more close at which arrears exceed both limbs, or the end of such closes."""
        limits = self.rule.materiality
        if limits is None:
            return
        late = self._undisputed(self._late(self.page.debts, today), today)
        arrears = sum((debt.counted(self.names) for debt in late), NOTHING)
        share = Fraction(limits.share.numerator, limits.share.denominator)
        exposure = self._exposure(self.page.standing(), today)
        if not (arrears > Fraction(limits.amount) and arrears > share * exposure):
            self.material = 0
        elif not self._is_suspended(today):
            self.material += 1

    # Counting at a close.

    def _is_late(self, due: date, close: date) -> bool:
        return due <= close if self.rule.first_day.value == "due_date" else due < close

    def _late(self, debts: list[Debt], close: date) -> list[Debt]:
        return [
            debt
            for debt in debts
            if debt.in_force and self._is_late(debt.due, close) and debt.counted(self.names)
        ]

    def _undisputed(self, late: list[Any], close: date) -> list[Any]:
        """What counts of late debts at a close, without what is disputed then."""
        events = [
            event
            for event in self.account.events
            if type(event).__name__ == "Dispute" and self._counts(event, event.start)
        ]
        if not events:
            return late
        by_account = self.tolerance and self.rule.tolerance_scope.value == "account"
        from_end = self.rule.lost_dispute.value == "from_its_end"
        return what_counts(
            [Counted(d.name, d.due, d.counted(self.names), d.stands_with) for d in late],
            holds(events, close, self.as_of, from_end),
            NOTHING if by_account else self.tolerance,
            close,
            self._is_late,
        )

    def _unsettled(self, late: list[Any]) -> list[Any]:
        if self.tolerance and self.rule.tolerance_scope.value == "account":
            total = sum((debt.counted(self.names) for debt in late), Fraction(0))
            return late if total > self.tolerance else []
        return [debt for debt in late if debt.counted(self.names) > self.tolerance]

    def _is_suspended(self, day: date) -> bool:
        return any(
            event.start <= day and (event.end is None or day < event.end)
            for event in self.account.events
            if type(event).__name__ == "CountingSuspension"
            and self._known(event.recorded_on or event.start)
        )

    def _age(self, due: date, close: date) -> tuple[int, int]:
        """Days past due and delinquent days, one day at a time."""
        raw = running = delinquent = 0
        grace = self.rule.grace_days
        day = due
        while day < close or (day == close and self.rule.first_day.value == "due_date"):
            raw += 1
            if not self._is_suspended(day):
                running += 1
                if grace:
                    grace -= 1
                else:
                    delinquent += 1
            day += ONE_DAY
        if self.rule.grace_days and self.rule.grace_kind.value == "trigger":
            delinquent = running if running > self.rule.grace_days else 0
        return raw, delinquent

    def answer(self) -> OracleAnswer:
        late = self._undisputed(self._late(self.page.debts, self.as_of), self.as_of)
        unsettled = sorted(self._unsettled(late), key=lambda d: d.oldest_first)
        carried = [
            Counted(old.name, old.due, old.rest, old.stands_with)
            for old in self.carried
            if old.rest
        ]
        carried = self._undisputed(carried, self.as_of)
        dues = [debt.due for debt in (*unsettled, *carried)]
        oldest = min(dues, default=None)
        raw, delinquent = (0, 0) if oldest is None else self._age(oldest, self.as_of)
        raw, delinquent = max(raw, self.frozen[0]), max(delinquent, self.frozen[1])
        standing = self.page.standing()
        reading = self._reading(raw, delinquent, oldest)
        return OracleAnswer(
            days_past_due=raw,
            delinquent_days=delinquent,
            arrears=sum((debt.counted(self.names) for debt in late), Fraction(0)),
            exposure=self._exposure(standing, self.as_of),
            oldest_due_date=oldest,
            reading=reading,
            bucket_code=next(
                bucket.code
                for bucket in self.scheme.buckets
                if bucket.first_day <= reading
                and (bucket.last_day is None or reading <= bucket.last_day)
            ),
            paid=sum(self.money.values(), Fraction(0)),
            unallocated=self.purse.unallocated(),
            waived=self._moved("waived"),
            written_off=self._moved("written_off") - self._moved("recovered"),
            moves=dict(self.page.moves),
            open_amounts={
                (debt.name, name): amount
                for debt in standing
                for name, amount in debt.open.items()
                if amount
            },
            late=[
                LateAnswer(d.name, d.due, d.counted(self.names), *self._age(d.due, self.as_of))
                for d in unsettled
            ],
            next_payment=_next_payment(standing),
        )

    def penalty(self) -> PenaltyAnswer:
        """What the delay cost by the close, how much of it became a debt, and what waivers took."""
        is_outside = self.place == "outside"
        return PenaltyAnswer(
            accrued=self.delay.accrued_in_all(),
            posted=NOTHING if is_outside else self.delay.posted_in_all(),
            waived=self.delay.waived_in_all(),
        )

    def _moved(self, kind: str) -> Fraction:
        amounts = (amount for move, amount in self.page.moves.items() if move[1] == kind)
        return sum(amounts, NOTHING)

    def _exposure(self, standing: list[Debt], close: date) -> Fraction:
        exposure = Fraction(0)
        for debt in standing:
            for name, amount in debt.open.items():
                if name == "principal" or debt.due <= close:
                    exposure += amount
        return exposure

    # What the bucket scheme reads.

    def _reading(self, raw: int, delinquent: int, oldest: date | None) -> int:
        name = self.scheme.reads.value
        if name in ("mba_months", "ots_months"):
            last = self.as_of + ONE_DAY if name == "mba_months" else self.as_of
            months = 0
            while oldest is not None and _months_later(oldest, months + 1) <= last:
                months += 1
            return months
        if name == "days_since_last_payment":
            least = Fraction(self.rule.least_payment)
            paid_on = [day for day, amount in self.money.items() if amount >= least]
            return (self.as_of - max(paid_on, default=self.account.originated_on)).days
        if name == "material_days_past_due":
            return self.material
        if name == "payments_in_arrears":
            return self._payments_in_arrears()
        return raw if name == "days_past_due" else delinquent

    def _payments_in_arrears(self) -> int:
        rows = [debt for debt in self.page.standing() if debt.is_row]
        everything = self._late(self.page.debts, self.as_of)
        left = {debt.name: NOTHING for debt in everything}
        for debt in self._undisputed(everything, self.as_of):
            left[debt.name] = debt.counted(self.names)
        held = {debt.name: debt.counted(self.names) - left[debt.name] for debt in everything}
        dues = [(_asked_for(debt, self.names) - held.get(debt.name, 0), debt) for debt in rows]
        dues = [(owed, debt) for owed, debt in dues if owed]
        late = [(owed, debt) for owed, debt in dues if self._is_late(debt.due, self.as_of)]
        if self.rule.partial_payments.value == "aggregate":
            shortfall = sum((left[debt.name] for _, debt in late if debt.name in left), Fraction(0))
            whole = 0
            while whole < len(late) and shortfall >= late[-1 - whole][0]:
                shortfall -= late[-1 - whole][0]
                whole += 1
            return whole
        closed = [row.in_force_until for row in self.account.schedule.instalments]
        since = max((day for day in closed if day and day <= self.as_of), default=date.min)
        share = Fraction(
            self.rule.full_payment_share.numerator, self.rule.full_payment_share.denominator
        )
        waiting = [owed for owed, _ in dues]
        purse, satisfied = Fraction(0), 0
        for day, amount in self.money.items():
            purse += amount if day >= since else 0
            while day >= since and waiting and purse >= share * waiting[0]:
                purse = max(Fraction(0), purse - waiting.pop(0))
                satisfied += 1
        return max(0, len(late) - satisfied)


def _asked_for(debt: Debt, names: list[str]) -> Fraction:
    """The counted part of a row, less what was waived or written off of it."""
    agreed = [name for name in names if name in debt.owed]
    return sum((debt.owed[name] - debt.let_off[name] for name in agreed), NOTHING)


def _months_later(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _next_payment(standing: list[Debt]) -> tuple[date, Fraction] | None:
    sums: dict[date, Fraction] = {}
    for debt in standing:
        amount = debt.everything()
        if amount:
            sums[debt.due] = sums.get(debt.due, Fraction(0)) + amount
    return min(sums.items()) if sums else None
