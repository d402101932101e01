"""An independent answer for cards: every day lived through, every balance written down every evening.

The one idea: a card is lived one calendar day after the other. Each debit keeps a diary of what bore on
each day; when a statement wants to know what a debit bore, the diary is read day by day and nothing is
computed that can be looked up. It is slow, works in ``Fraction`` of the currency, and imports nothing of
the library: it reads the public facts and terms alone.
"""

from __future__ import annotations

from calendar import isleap, monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

from tests.oracle.late_fees_by_hand import EPOCH, fee_of

ONE_DAY = timedelta(days=1)
NONE = Fraction(0)
PRINCIPAL = ("purchase", "cash_advance", "plan")


@dataclass(eq=False)
class Debit:
    """One thing owed, with its diary."""

    kind: str
    posted: date
    first: date
    amount: Fraction
    open: Fraction
    transaction_id: str | None
    number: int
    fate: str
    """never, waiting, bearing or deferred"""
    promotion: Any = None
    statement: int | None = None
    diary: dict[date, Fraction] = field(default_factory=dict)
    charged_days: set[date] = field(default_factory=set)


@dataclass(eq=False)
class Minimum:
    statement: int
    drawn: date
    due: date
    last: date
    principal: Fraction
    interest: Fraction
    fees: Fraction
    open: Fraction
    tolerance: Fraction


@dataclass
class StatementAnswer:
    drawn: date
    due: date
    last: date
    opening: Fraction
    closing: Fraction = NONE
    lines: dict[str, Fraction] = field(default_factory=dict)
    full_payment: Fraction = NONE
    minimum_due: Fraction = NONE
    newly_required: Fraction = NONE
    past_due: Fraction = NONE
    over_limit: Fraction = NONE
    run: int = 0
    in_full: bool | None = None
    met: bool | None = None


LINES = (
    "purchases",
    "cash_advances",
    "plan_parts",
    "fees",
    "late_fees",
    "interest",
    "payments",
    "refunds",
    "converted",
)


def day_of_month(year: int, month: int, day: int) -> date:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, min(day, monthrange(year, month)[1]))


def in_force(dated: Any, day: date) -> Any:
    found = None
    for start, value in dated.rows:
        if start is None or start <= day:
            found = (value,)
    assert found is not None
    return found[0]


def rounded(amount: Fraction, mode: str) -> int:
    low = amount.numerator // amount.denominator
    rest = amount - low
    half = Fraction(1, 2)
    if not rest:
        return low
    return {
        "half_up": low + (rest >= half),
        "half_even": low + (rest > half or (rest == half and low % 2 == 1)),
        "half_down": low + (rest > half),
        "up": low + 1,
        "down": low,
        "ceiling": low + 1,
        "floor": low,
    }[mode]


class CardLife:
    """A card, lived up to the close of ``as_of``."""

    def __init__(self, card: Any, *, as_of: date, known_on: date | None = None) -> None:
        self.card, self.terms, self.as_of, self.known_on = card, card.terms, as_of, known_on
        self.cent = Fraction(1, 10**card.currency.minor_unit)
        self.debits: list[Debit] = []
        self.plans: list[dict[str, Any]] = []
        self.credit = NONE
        self.minimums: list[Minimum] = []
        self.statements: list[StatementAnswer] = []
        self.lines = dict.fromkeys(LINES, NONE)
        self.towards_full = NONE
        self.run = 0
        self.fee: tuple[date | None, Fraction] | None = None
        self.fees_of: dict[str, list[int]] = {}
        self.interest_billed_exactly = NONE
        self.charged = NONE
        today = card.originated_on
        while today <= as_of:
            self.live(today)
            today += ONE_DAY

    # Facts.

    def counts(self, fact: Any, day: date) -> bool:
        cut = self.as_of if self.known_on is None else self.known_on
        recorded = fact.recorded_on or day
        known = self.known_on is None or recorded <= self.known_on
        return known and not (fact.reversed_on is not None and fact.reversed_on <= cut)

    def posted(self, today: date) -> list[Any]:
        rows = [
            row
            for row in self.card.transactions
            if row.posted_on == today and self.counts(row, today)
        ]
        return sorted(rows, key=lambda row: row.transaction_id)

    def paid(self, today: date) -> Fraction:
        return sum(
            (
                Fraction(row.amount)
                for row in self.card.payments
                if row.value_date == today and self.counts(row, today)
            ),
            NONE,
        )

    def limit(self, today: date) -> Fraction | None:
        known = [
            row
            for row in self.card.credit_limits
            if row.effective_from <= today
            and (self.known_on is None or (row.recorded_on or row.effective_from) <= self.known_on)
        ]
        if not known:
            return None
        return Fraction(max(known, key=lambda row: row.effective_from).amount)

    def is_statement_day(self, today: date) -> bool:
        return today == day_of_month(today.year, today.month, self.terms.cycle_day)

    def due_of(self, drawn: date) -> date:
        rule = self.terms.due
        if hasattr(rule, "days"):
            return drawn + timedelta(days=rule.days)
        return day_of_month(drawn.year, drawn.month + rule.months_after, rule.day)

    def rate_table(self, kind: str) -> Any:
        for row in self.terms.interest.rates:
            if row.kind.value == kind:
                return row.rate
        return None

    # One day.

    def live(self, today: date) -> None:
        for debit in self.debits:
            if debit.fate == "deferred" and debit.promotion.until == today:
                debit.fate = "bearing" if debit.open else "never"
        if self.fee is not None and self.fee[0] == today:
            self.post_fee(today)
        rows = self.posted(today)
        for row in rows:
            self.post(row, today)
        self.use_credit(today)
        for row in rows:
            if row.kind.value == "instalment_plan" and row.refers_to is not None:
                self.lines["converted"] += Fraction(row.amount)
                self.give(today, Fraction(row.amount), row.refers_to, "conversion")
        refunds = [row for row in rows if row.kind.value == "refund"]
        for row in sorted(refunds, key=lambda row: row.refers_to is None):
            self.lines["refunds"] += Fraction(row.amount)
            self.give(today, Fraction(row.amount), row.refers_to, "refund")
        before_money = {debit: debit.open for debit in self.debits}
        self.pay(today)
        for debit in self.debits:
            evening = debit.open
            if self.terms.interest.payment_day_bears:
                evening = before_money[debit]
            if today >= debit.first:
                debit.diary[today] = evening
        if self.statements and self.statements[-1].last == today:
            self.judge(today)
        if self.is_statement_day(today):
            self.draw(today)

    def new_debit(self, kind: str, today: date, amount: Fraction, **more: Any) -> None:
        first = more.pop("first", today)
        fate = more.pop("fate", "waiting")
        if self.rate_table(kind) is None and more.get("promotion") is None:
            fate = "never"
        number = len(self.debits)
        self.debits.append(
            Debit(kind, today, first, amount, amount, number=number, fate=fate, **more)
        )
        self.charged += amount

    def post(self, row: Any, today: date) -> None:
        amount = Fraction(row.amount)
        match row.kind.value:
            case "purchase" | "cash_advance" as kind:
                fate = "waiting" if kind == "purchase" else "bearing"
                if row.promotion is not None and row.promotion.is_deferred:
                    fate = "deferred"
                self.new_debit(
                    kind,
                    today,
                    amount,
                    fate=fate,
                    promotion=row.promotion,
                    transaction_id=row.transaction_id,
                )
                self.lines["purchases" if kind == "purchase" else "cash_advances"] += amount
            case "fee":
                self.new_debit("fees", today, amount, transaction_id=row.transaction_id)
                self.lines["fees"] += amount
            case "instalment_plan":
                self.plans.append({"row": row, "parts": self.parts(row)})
                self.charged += amount

    def parts(self, row: Any) -> list[Fraction]:
        count = row.plan.instalments
        cents = int(Fraction(row.amount) / self.cent)
        parts = [cents // count] * count
        parts[0 if row.plan.residue.value == "first" else -1] += cents % count
        return [part * self.cent for part in parts]

    # Credits.

    def use_credit(self, today: date) -> None:
        money, self.credit = self.credit, NONE
        self.credit = self.settle(money, today)

    def billed_open(self) -> Fraction:
        return sum((d.open for d in self.debits if d.statement is not None), NONE)

    def required(self) -> Fraction:
        return sum((row.open for row in self.minimums), NONE)

    def give(self, today: date, amount: Fraction, name: str | None, why: str) -> None:
        billed = self.billed_open()
        first = [d for d in self.debits if name is not None and d.transaction_id == name]
        if why == "refund":
            first += [d for d in self.debits if d.kind == "purchase"]
        for debit in first:
            used = min(debit.open, amount)
            debit.open -= used
            amount -= used
        self.credit += self.settle(amount, today)
        came_off = billed - self.billed_open()
        self.towards_full += came_off
        needed = max(NONE, self.required() - self.billed_open())
        if why == "refund" and self.terms.refunds_settle_minimum:
            needed = max(needed, came_off)
        self.meet(min(needed, self.required()), today)

    def pay(self, today: date) -> None:
        money = self.paid(today)
        if not money:
            return
        self.lines["payments"] += money
        self.towards_full += money
        self.credit += self.settle(money, today)
        self.meet(money, today)

    def meet(self, money: Fraction, today: date) -> None:
        for row in self.minimums:
            used = min(row.open, money)
            row.open -= used
            money -= used
        past = [row for row in self.minimums if row.last < today]
        if past and sum((row.open for row in past), NONE) <= past[-1].tolerance:
            self.run = 0
            for row in past:
                row.open = NONE

    def age(self, today: date) -> int:
        late = [row for row in self.minimums if row.last < today and row.open]
        return (today - late[0].due).days if late else 0

    def yearly(self, debit: Debit, today: date) -> Fraction:
        rate = None
        table = self.rate_table(debit.kind)
        if table is not None:
            rate = in_force(table, today)
        promotion = debit.promotion
        if promotion is not None and promotion.rate is not None and today < promotion.until:
            rate = promotion.rate
        if rate is None:
            return NONE
        return Fraction(rate.as_decimal()) * (365 if rate.period.value == "day" else 1)

    def settle(self, money: Fraction, today: date) -> Fraction:
        order = self.terms.order
        kinds = [kind.value for kind in order.kinds]
        if hasattr(order, "is_billed_first"):
            switch = order.switch
            if switch is not None and self.age(today) >= switch.at_least:
                kinds = [kind.value for kind in switch.kinds]
            return self.settle_by_kind(money, kinds, billed_first=order.is_billed_first)
        if hasattr(order, "are_plan_parts_first"):
            if order.are_plan_parts_first:
                money = self.take(money, [d for d in self.debits if d.kind == "plan"])
            return self.settle_by_rate(money, kinds, today, None)
        minimum = min(money, self.required())
        left = self.settle_by_kind(minimum, kinds, billed_first=True)
        money = money - minimum + left
        return self.settle_by_rate(money, kinds, today, order.deferred_first_cycles)

    def take(self, money: Fraction, debits: list[Debit]) -> Fraction:
        for debit in debits:
            used = min(money, debit.open)
            debit.open -= used
            money -= used
        return money

    def settle_by_kind(self, money: Fraction, kinds: list[str], *, billed_first: bool) -> Fraction:
        old = [d for d in self.debits if d.statement is not None]
        new = [d for d in self.debits if d.statement is None]
        for group in (old, new) if billed_first else (self.debits,):
            for kind in kinds:
                money = self.take(money, [d for d in group if d.kind == kind])
        return money

    def settle_by_rate(
        self, money: Fraction, kinds: list[str], today: date, cycles: int | None
    ) -> Fraction:
        def rate(debit: Debit) -> Fraction:
            deferred = cycles is not None and debit.fate == "deferred"
            return NONE if deferred else self.yearly(debit, today)

        owed = list(self.debits)
        if cycles is not None:
            ending = [
                d for d in owed if d.fate == "deferred" and self.cycles_left(d, today) < cycles
            ]
            groups = [ending, [d for d in owed if d not in ending]]
        else:
            groups = [owed]
        for group in groups:
            for level in sorted({rate(d) for d in group}, reverse=True):
                for kind in kinds:
                    same = [d for d in group if rate(d) == level and d.kind == kind]
                    money = self.take(money, same)
        return money

    def cycles_left(self, debit: Debit, today: date) -> int:
        """Statement days from today until before the last day of the promotion."""
        last = debit.promotion.until - ONE_DAY
        left = 0
        while today < last:
            left += self.is_statement_day(today)
            today += ONE_DAY
        return left

    # Statements.

    def post_fee(self, today: date) -> None:
        if self.fee is None:
            return
        amount = self.fee[1]
        self.fee = None
        self.lines["late_fees"] += amount
        if amount:
            self.new_debit("penalty", today, amount, transaction_id=None)

    def draw(self, today: date) -> None:
        number = len(self.statements)
        due = self.due_of(today)
        last = due + timedelta(days=in_force(self.terms.grace_days, today))
        opening = self.statements[-1].closing if self.statements else NONE
        statement = StatementAnswer(today, due, last, opening)
        if self.fee is not None and self.fee[0] is None:
            self.post_fee(today)
        self.bill_plans(today)
        self.bill_interest(today)
        for debit in self.debits:
            if debit.statement is None:
                debit.statement = number
        self.use_credit(today)
        owed = sum((d.open for d in self.debits), NONE)
        statement.closing = owed - self.credit
        deferred = sum((d.open for d in self.debits if d.fate == "deferred"), NONE)
        statement.full_payment = max(NONE, statement.closing - deferred)
        statement.past_due = self.required()
        statement.run = self.run
        limit = self.limit(today)
        if limit is not None:
            beyond = statement.closing + self.to_bill() - limit
            statement.over_limit = max(NONE, beyond)
        self.ask(statement, number, owed)
        statement.lines, self.lines = self.lines, dict.fromkeys(LINES, NONE)
        self.towards_full = NONE
        self.statements.append(statement)

    def to_bill(self) -> Fraction:
        return sum((part for plan in self.plans for part in plan["parts"]), NONE)

    def bill_plans(self, today: date) -> None:
        for plan in self.plans:
            if not plan["parts"]:
                continue
            part = plan["parts"].pop(0)
            row = plan["row"]
            own = {"first": today + ONE_DAY, "transaction_id": row.transaction_id}
            if part:
                self.new_debit("plan", today, part, **own)
                self.charged -= part
            self.lines["plan_parts"] += part
            cost = Fraction(row.plan.cost)
            kind = row.plan.cost_component.value
            self.lines[kind] += cost
            if cost:
                self.new_debit(kind, today, cost, **own)

    def borne(self, debit: Debit, day: date) -> tuple[Fraction, Any]:
        """What a debit bore on one day, exactly, and the rate."""
        promotion = debit.promotion
        rate = None
        table = self.rate_table(debit.kind)
        if table is not None:
            rate = in_force(table, day)
        if promotion is not None and promotion.rate is not None and day < promotion.until:
            rate = promotion.rate
        if rate is None:
            return NONE, None
        part = Fraction(1)
        if rate.period.value == "year":
            name = self.terms.interest.day_count.value
            year = {"act_360": 360, "act_365f": 365, "act_364": 364}.get(name)
            if name == "act_act_isda":
                year = 366 if isleap(day.year) else 365
            part = Fraction(1, year)
        return debit.diary[day] * Fraction(rate.as_decimal()) * part, rate

    def due_interest(self, until: date) -> list[list[Fraction]]:
        """Days that bear and have not been billed: runs of days alike, debit by debit."""
        runs: list[list[Fraction]] = []
        for debit in self.debits:
            if debit.fate != "bearing":
                continue
            alike: Any = None
            for day in sorted(debit.diary):
                if day in debit.charged_days or day > until or not debit.diary[day]:
                    alike = None
                    continue
                amount, rate = self.borne(debit, day)
                if rate is None:
                    alike = None
                    continue
                if alike != (debit.diary[day], rate):
                    runs.append([])
                alike = (debit.diary[day], rate)
                runs[-1].append(amount)
        return runs

    def rounded_interest(self, until: date) -> tuple[Fraction, Fraction]:
        runs = self.due_interest(until)
        interest = self.terms.interest
        exact = sum((sum(run, NONE) for run in runs), NONE)

        def cents(amount: Fraction) -> int:
            return rounded(amount / self.cent, interest.rounding.value)

        match interest.grain.value:
            case "day":
                whole = sum(cents(day) for run in runs for day in run)
            case "segment":
                whole = sum(cents(sum(run, NONE)) for run in runs)
            case "statement":
                whole = cents(exact)
            case _:
                before = self.interest_billed_exactly
                whole = cents(before + exact) - cents(before)
        return whole * self.cent, exact

    def bill_interest(self, today: date) -> None:
        amount, exact = self.rounded_interest(today)
        self.interest_billed_exactly += exact
        for debit in self.debits:
            if debit.fate == "bearing":
                debit.charged_days |= set(debit.diary)
        self.lines["interest"] += amount
        if amount:
            self.new_debit("interest", today, amount, first=today + ONE_DAY, transaction_id=None)

    def ask(self, statement: StatementAnswer, number: int, owed: Fraction) -> None:
        rule = in_force(self.terms.minimum, statement.drawn)
        parts = {"principal": NONE, "interest": NONE, "fees": NONE}
        for share in rule.shares:
            kind = share.kind.value
            base = sum(
                (
                    d.open
                    for d in self.debits
                    if d.kind == kind and (share.of.value == "open" or d.statement == number)
                ),
                NONE,
            )
            name = "principal" if kind in PRINCIPAL else "fees"
            name = "interest" if kind == "interest" else name
            parts[name] += base * share.share.numerator / share.share.denominator
        over = max(NONE, statement.over_limit - statement.past_due)
        wanted = sum(parts.values(), NONE)
        wanted += over * rule.over_limit.numerator / rule.over_limit.denominator
        wanted = max(wanted, Fraction(rule.floor))
        unit = self.cent if rule.multiple is None else Fraction(rule.multiple)
        wanted = rounded(wanted / unit, rule.rounding.value) * unit
        new = max(NONE, min(wanted, owed - statement.past_due))
        statement.newly_required = new
        statement.minimum_due = new + statement.past_due
        fees = min(new, parts["fees"] // self.cent * self.cent)
        interest = min(new - fees, parts["interest"] // self.cent * self.cent)
        if new:
            self.minimums.append(
                Minimum(
                    number,
                    statement.drawn,
                    statement.due,
                    statement.last,
                    new - fees - interest,
                    interest,
                    fees,
                    new,
                    Fraction(in_force(self.terms.tolerance, statement.due)),
                )
            )

    def judge(self, today: date) -> None:
        statement = self.statements[-1]
        tolerance = Fraction(in_force(self.terms.tolerance, statement.due))
        statement.in_full = statement.full_payment - self.towards_full <= tolerance
        for debit in self.debits:
            if debit.statement is None or debit.fate != "waiting":
                continue
            if statement.in_full:
                # Free so far. What is left over waits again, and from the due date on.
                debit.diary = {day: debit.open for day in debit.diary if day >= statement.due}
                if not debit.open:
                    debit.fate = "never"
                continue
            debit.fate = "bearing"
            if self.terms.interest.method.value == "unpaid_part":
                debit.diary = dict.fromkeys(debit.diary, debit.open)
        missing = self.required()
        statement.met = missing <= tolerance
        self.run = 0 if statement.met else self.run + 1
        for row in self.minimums:
            row.open = NONE if statement.met else row.open
        fee = in_force(self.terms.late_fee, statement.due)
        if statement.met or fee is None:
            return
        before = self.fees_of.setdefault(fee.name, [])
        facts = SimpleNamespace(
            day=(today - EPOCH).days,
            open_amounts=(int(missing / self.cent), 0, 0, 0),
            required_minimum=int(statement.minimum_due / self.cent),
            unpaid_minimum=int(missing / self.cent),
            contractual_amount=None,
            outstanding_principal=None,
            cycle=len(self.statements) - 1,
            fee_cycles=before,
            fees_charged=0,
        )
        charge = fee_of(fee, facts) * self.cent
        if charge:
            before.append(len(self.statements) - 1)
        is_apart = self.terms.late_fee_posting.value == "after_grace"
        later = today + ONE_DAY if is_apart else None
        self.fee = (later, charge)
