"""The one sweep: what money settled, and what is open at the close of a day.

The one idea: state is replayed from facts, never patched. The sweep visits only the days on which an
amount can move - a payment, a decision, a change of schedule, and, while money is held, the day a debt
appears - and does on each, in this order: change of schedule, acceleration, charges, waivers, money by its
kind, write-offs and closures, recoveries. Everything is whole numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from delinquency.event_rows import Decision
from delinquency.ledger.debts import debts_at
from delinquency.ledger.deciding import (
    accelerate,
    close,
    standing_decisions,
    waive,
    waive_rest,
    write_off,
)
from delinquency.ledger.money import cut_of, money_by_kind
from delinquency.ledger.record import Ledger
from delinquency.ledger.settling import recover, settle
from delinquency.ledger.state import DebtState, Receipt
from delinquency.ledger.totals import fills_in_order, replay_by_totals
from delinquency.payments import PaymentKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from delinquency.account import Account
    from delinquency.event_rows import DecisionRow
    from delinquency.ledger.making import Making
    from delinquency.ledger.rule import LedgerRule

__all__ = ["replay_by_rule", "sweep"]

_KINDS = tuple(PaymentKind)
_BEFORE_DECISIONS = tuple(
    map(_KINDS.index, (PaymentKind.REFUND, PaymentKind.GOODWILL, PaymentKind.REPAYMENT))
)
_RECOVERY = _KINDS.index(PaymentKind.RECOVERY)
_IN_A_DAY = (*_BEFORE_DECISIONS, _RECOVERY)


def replay_by_rule(account: Account, as_of_day: int, known_day: int, rule: LedgerRule) -> Ledger:
    """Replay an account to the close of a day.

    A payment counts if its value date is on or before that day and it was not reversed on or before
    the cut, which is ``known_day`` or else that day. With ``known_day``, facts recorded after it are
    left out. Payments of one value date and kind are merged.
    """
    if fills_in_order(account, rule):
        return replay_by_totals(account, as_of_day, known_day, rule)
    return sweep(account, as_of_day, known_day, rule)


def sweep(account: Account, as_of_day: int, known_day: int, rule: LedgerRule) -> Ledger:
    """Replay by the full sweep, whatever the order; see :func:`replay_by_rule`."""
    return _Sweep(account, as_of_day, known_day, rule).run()


class _Sweep:
    """One replay: the facts that count, and the state they move."""

    __slots__ = (
        "account",
        "appearing",
        "as_of",
        "decisions",
        "known",
        "making",
        "money",
        "rule",
        "state",
    )

    def __init__(self, account: Account, as_of: int, known: int, rule: LedgerRule) -> None:
        self.account = account
        self.as_of = as_of
        self.known = known
        self.rule = rule
        self.decisions = standing_decisions(account, as_of, known, cut_of(as_of, known))
        self.money = money_by_kind(account, as_of, known)
        self.making: Making | None = None
        if rule.penalty is not None or rule.late_fees:
            # Loaded where a rule charges something itself: to settle debts takes none of it.
            from delinquency.ledger.making import Making

            self.making = Making(account, as_of, rule)
        made = () if self.making is None else self.making.rows
        self.state = DebtState(
            debts_at(account, as_of, known, self.decisions, made),
            is_fixed=not (self.decisions or rule.makes_debts),
        )
        if self.making is not None:
            self.making.begin(self.state, known)
        self.appearing = self._appearing()

    def run(self) -> Ledger:
        state = self.state
        changes = self._change_days()
        for day in sorted({*self.money, *self.decisions, *changes, *self.appearing}):
            self._live(day, changes)
        if self.making is not None:
            self.making.open_day(self.as_of)
        return Ledger(
            self.account,
            self.rule,
            self.as_of,
            self.known,
            tuple(state.obligations),
            state.open_rows,
            state.first_open,
            sum(state.held) + state.spare,
            sum(map(sum, self.money.values())),
            state,
            None if self.making is None else self.making.accrual,
            () if self.making is None else self.making.charged_fees,
        )

    def _live(self, day: int, changes: set[int]) -> None:
        making, decisions = self.making, self.decisions.get(day, ())
        if making is not None:
            making.open_day(day)
        if day in changes:
            self._supersede(day)
        self._decide(day, decisions, before_money=True)
        if making is not None:
            making.post(day)
        if day in self.money or (any(self.state.held) and self._debt_appears(day)):
            self._receive(day, decisions)
        else:
            self._decide(day, decisions, before_money=False)
        if making is not None:
            making.close_day(day)
            making.feed(day)

    def _settle_held(self, day: int) -> int:
        """Settle with money of earlier days; the age of the account on the day."""
        state, rule = self.state, self.rule
        age = state.oldest_age(day, rule.settled) if rule.by_age else 0
        held, state.held = state.held, [0] * len(_KINDS)
        for kind in _IN_A_DAY:
            if held[kind]:
                self._use(day, kind, held[kind], age, was_held=True)
        return age

    def _use(self, day: int, kind: int, money: int, age: int, *, was_held: bool = False) -> None:
        """Settle with money of one kind, and remember what it did."""
        state = self.state
        order = self.rule.order_of(kind, age)
        settled, recovered = len(state.moves.settled), len(state.moves.recovered)
        rest = recover(state, day, money, order) if kind == _RECOVERY else money
        if rest:
            settle(state, day, rest, kind, order)
        ends = len(state.moves.settled), len(state.moves.recovered)
        state.moves.receipts.append(
            Receipt(day, kind, was_held, age, money, settled, ends[0], recovered, ends[1])
        )

    def _change_days(self) -> set[int]:
        if not self.account.schedule.is_changed:
            return set()
        return {day for day in self.state.untils if day <= self.as_of}

    def _appearing(self) -> dict[int, list[int]]:
        """Days on which held money can settle something new, and the debts that appear on them."""
        state, account = self.state, self.account
        found: dict[int, list[int]] = {}
        if self.rule.holds or account.obligations_appear or self.decisions or self.rule.makes_debts:
            for place, day in enumerate(state.starts):
                found.setdefault(day, []).append(place)
        if self.rule.holds:
            for place, day in enumerate(state.unit_days):
                found.setdefault(day, []).append(place)
        return {day: places for day, places in found.items() if day <= self.as_of}

    def _debt_appears(self, day: int) -> bool:
        """Whether a debt that stands on ``day`` entered the ledger or fell due on it."""
        state = self.state
        return any(
            state.starts[place] <= day < state.untils[place] and state.is_made(place)
            for place in self.appearing.get(day, ())
        )

    def _supersede(self, day: int) -> None:
        state = self.state
        for place, until in enumerate(state.untils):
            if until == day and any(state.open_rows[place]):
                state.supersede(day, place)

    def _decide(self, day: int, decisions: Sequence[DecisionRow], *, before_money: bool) -> None:
        state = self.state
        if before_money:
            for row in decisions:
                if row.ends_schedule:
                    accelerate(state, self.account, day, row)
        for row in decisions:
            match row.kind:
                case Decision.WAIVER if before_money:
                    waive(state, day, row)
                case Decision.WRITE_OFF if not before_money:
                    write_off(state, day, row)
                case Decision.CLOSURE if not before_money:
                    close(state, day)

    def _receive(self, day: int, decisions: Sequence[DecisionRow]) -> None:
        """Settle with the money of a day, by its kind; decisions come before what is recovered."""
        state, rule = self.state, self.rule
        age = self._settle_held(day)
        money = self.money.get(day)
        if money is None:
            self._decide(day, decisions, before_money=False)
            return
        for kind in _BEFORE_DECISIONS:
            if money[kind]:
                self._use(day, kind, money[kind], age)
        self._decide(day, decisions, before_money=False)
        if money[_RECOVERY]:
            self._use(day, _RECOVERY, money[_RECOVERY], age)
        if rule.closing_tolerance:
            waive_rest(state, day, rule.closing_tolerance)
