"""An independent answer: every calendar day lived through, every late day counted by hand.

The one idea: nothing is computed that can be lived. The account is walked from origination to the close
asked for, one calendar day after the other; money moves one step at a time; the age of a debt is a
loop over days, each of which is suspended or not. It is slow, and shares no arithmetic with the
library: it reads the public facts of an account and a policy, and imports nothing of it.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby
from typing import Any

ONE_DAY = timedelta(days=1)
NAMES = ("principal", "interest", "fees", "penalty")


@dataclass
class Debt:
    """An instalment row or a charge, with what is open on it today."""

    name: int | str
    due: date
    stands_with: tuple[Any, ...]
    ranked_by: date
    appears_on: date
    closes_on: date | None
    owed: dict[str, Fraction]
    open: dict[str, Fraction] = field(default_factory=dict)
    in_force: bool = False

    def counted(self, names: list[str]) -> Fraction:
        return sum((self.open.get(name, Fraction(0)) for name in names), Fraction(0))


@dataclass
class Carried:
    """What was late on a debt when a change of schedule closed it."""

    due: date
    rest: Fraction


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
    open_amounts: dict[tuple[int | str, str], Fraction]
    late: list[LateAnswer]
    next_payment: tuple[date, Fraction] | None


def oracle_assess(
    account: Any, *, as_of: date, policy: Any, known_on: date | None = None
) -> OracleAnswer:
    """Live through the account up to the close of ``as_of``."""
    life = _Life(account, as_of, policy, known_on)
    today = account.originated_on
    while today <= as_of:
        life.live(today)
        today += ONE_DAY
    return life.answer()


class _Life:
    def __init__(self, account: Any, as_of: date, policy: Any, known_on: date | None) -> None:
        self.account, self.as_of, self.known_on = account, as_of, known_on
        self.rule, self.order, self.scheme = policy.counting, policy.allocation, policy.buckets
        self.names = [component.value for component in self.rule.components]
        self.tolerance = Fraction(self.rule.tolerance)
        self.debts = sorted([*self._instalments(), *self._charges()], key=lambda d: d.stands_with)
        self.held = Fraction(0)
        self.money: dict[date, Fraction] = {}
        self.carried: list[Carried] = []
        self.frozen = (0, 0)

    # What there is.

    def _instalments(self) -> list[Debt]:
        first = self.account.originated_on
        return [
            Debt(
                name=number,
                due=row.due_date,
                stands_with=(row.due_date, 0, number, 0),
                ranked_by=row.due_date,
                appears_on=max(first, row.in_force_from or first),
                closes_on=row.in_force_until,
                owed={name: Fraction(getattr(row, name)) for name in NAMES[:3]},
            )
            for number, row in enumerate(self.account.schedule.instalments, start=1)
        ]

    def _charges(self) -> list[Debt]:
        rows = self.account.schedule.instalments
        debts = []
        charges = sorted(self.account.charges, key=lambda c: (c.due_date, c.charge_id))
        for place, charge in enumerate(charges, start=1):
            if not self._known(charge.recorded_on or charge.due_date):
                continue
            ranked_by, group = charge.due_date, (1, place)
            if charge.instalment_no is not None:
                ranked_by = rows[charge.instalment_no - 1].due_date
                group = (0, charge.instalment_no)
            debts.append(
                Debt(
                    name=charge.charge_id,
                    due=charge.due_date,
                    stands_with=(ranked_by, *group, place),
                    ranked_by=ranked_by,
                    appears_on=charge.due_date,
                    closes_on=None,
                    owed={charge.component.value: Fraction(charge.amount)},
                )
            )
        return debts

    def _known(self, recorded_on: date) -> bool:
        return self.known_on is None or recorded_on <= self.known_on

    def _money_of(self, today: date) -> Fraction:
        cut = self.as_of if self.known_on is None else self.known_on
        return sum(
            (
                Fraction(payment.amount)
                for payment in self.account.payments
                if payment.value_date == today
                and self._known(payment.recorded_on or payment.value_date)
                and not (payment.reversed_on is not None and payment.reversed_on <= cut)
            ),
            Fraction(0),
        )

    # One day.

    def live(self, today: date) -> None:
        closing = [debt for debt in self.debts if debt.in_force and debt.closes_on == today]
        if closing:
            self._carry(closing, today - ONE_DAY)
        for debt in closing:
            debt.in_force, debt.open = False, {}
        for debt in self.debts:
            if debt.appears_on == today:
                debt.in_force, debt.open = True, dict(debt.owed)
        money = self._money_of(today)
        if money:
            self.money[today] = money
            self.held += money
        if self.held:
            self._allocate(today)

    def _carry(self, closing: list[Debt], yesterday: date) -> None:
        late = self._unsettled(self._late(closing, yesterday))
        change = self.rule.schedule_change.value
        for debt in sorted(late, key=lambda d: (d.due, d.stands_with)):
            if change == "continue":
                self.carried.append(Carried(debt.due, debt.counted(self.names)))
            if change == "freeze":
                raw, delinquent = self._age(debt.due, yesterday)
                self.frozen = (max(self.frozen[0], raw), max(self.frozen[1], delinquent))

    def _allocate(self, today: date) -> None:
        by_component = self.order.grain.value == "component_first"
        for state, run in groupby(self.order.steps, key=lambda step: step.state.value):
            components = [step.component.value for step in run]
            for phase in [[one] for one in components] if by_component else [components]:
                for _, unit in groupby(self.debts, key=lambda d: d.stands_with[:3]):
                    members = [d for d in unit if d.in_force and _state(d, today) == state]
                    for name in phase:
                        for debt in members:
                            self._settle(debt, name)

    def _settle(self, debt: Debt, name: str) -> None:
        amount = min(self.held, debt.open.get(name, Fraction(0)))
        if not amount:
            return
        debt.open[name] -= amount
        self.held -= amount
        if name in self.names:
            for old in self.carried:
                used = min(amount, old.rest)
                old.rest -= used
                amount -= used

    # Counting at a close.

    def _is_late(self, due: date, close: date) -> bool:
        return due <= close if self.rule.first_day.value == "due_date" else due < close

    def _late(self, debts: list[Debt], close: date) -> list[Debt]:
        return [
            debt
            for debt in debts
            if debt.in_force and debt.counted(self.names) and self._is_late(debt.due, close)
        ]

    def _unsettled(self, late: list[Debt]) -> list[Debt]:
        if self.tolerance and self.rule.tolerance_scope.value == "account":
            total = sum((debt.counted(self.names) for debt in late), Fraction(0))
            return late if total > self.tolerance else []
        return [debt for debt in late if debt.counted(self.names) > self.tolerance]

    def _is_suspended(self, day: date) -> bool:
        return any(
            event.start <= day and (event.end is None or day < event.end)
            for event in self.account.events
            if self._known(event.recorded_on or event.start)
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
        late = self._late(self.debts, self.as_of)
        unsettled = sorted(self._unsettled(late), key=lambda d: (d.due, d.stands_with))
        dues = [debt.due for debt in unsettled] + [old.due for old in self.carried if old.rest]
        oldest = min(dues, default=None)
        raw, delinquent = (0, 0) if oldest is None else self._age(oldest, self.as_of)
        raw, delinquent = max(raw, self.frozen[0]), max(delinquent, self.frozen[1])
        standing = [debt for debt in self.debts if debt.in_force]
        reading = self._reading(raw, delinquent, oldest)
        return OracleAnswer(
            days_past_due=raw,
            delinquent_days=delinquent,
            arrears=sum((debt.counted(self.names) for debt in late), Fraction(0)),
            exposure=self._exposure(standing),
            oldest_due_date=oldest,
            reading=reading,
            bucket_code=next(
                bucket.code
                for bucket in self.scheme.buckets
                if bucket.first_day <= reading
                and (bucket.last_day is None or reading <= bucket.last_day)
            ),
            paid=sum(self.money.values(), Fraction(0)),
            unallocated=self.held,
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

    def _exposure(self, standing: list[Debt]) -> Fraction:
        exposure = Fraction(0)
        for debt in standing:
            for name, amount in debt.open.items():
                if name == "principal" or debt.due <= self.as_of:
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
        if name == "payments_in_arrears":
            return self._payments_in_arrears()
        return raw if name == "days_past_due" else delinquent

    def _payments_in_arrears(self) -> int:
        rows = [debt for debt in self.debts if debt.in_force and isinstance(debt.name, int)]
        dues = [(sum((d.owed.get(n, 0) for n in self.names), Fraction(0)), d) for d in rows]
        dues = [(owed, debt) for owed, debt in dues if owed]
        late = [(owed, debt) for owed, debt in dues if self._is_late(debt.due, self.as_of)]
        if self.rule.partial_payments.value == "aggregate":
            shortfall = sum((debt.counted(self.names) for _, debt in late), Fraction(0))
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


def _state(debt: Debt, today: date) -> str:
    if debt.ranked_by < today:
        return "past_due"
    return "due" if debt.ranked_by == today else "in_advance"


def _months_later(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _next_payment(standing: list[Debt]) -> tuple[date, Fraction] | None:
    sums: dict[date, Fraction] = {}
    for debt in standing:
        amount = sum(debt.open.values(), Fraction(0))
        if amount:
            sums[debt.due] = sums.get(debt.due, Fraction(0)) + amount
    return min(sums.items()) if sums else None
