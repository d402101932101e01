"""Penalty interest inside the sweep: fed by what is open, posted where the policy says.

The one idea: the accrual sees each debt as it stands at the close of a day, and the ledger charges what the
accrual says has grown since it was last asked. On demand it stands with its instalment, as if posted that
day; posted, it is a debt of its own, due on the day of posting.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from delinquency.calendar import NONE_DAY, add_months_day, to_date
from delinquency.event_rows import SpanRow
from delinquency.events import FundsMisuse, PenaltyWaiver
from delinquency.ledger.running_interest import contract_periods, interest_earned
from delinquency.obligations import MADE_BY_LEDGER, DebtKind, Obligation, Ranked
from delinquency.penalty import AnnualCap, PenaltyAccrual, PenaltyBase, PenaltyTerms
from delinquency.rounding import Proportion

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from delinquency.account import Account
    from delinquency.calendar import Day
    from delinquency.ledger.state import DebtState

__all__ = ["Penalising", "posting_days", "rows_of_postings", "statement_days"]

_PENALTY = 3
_NOTHING = (0, 0, 0, 0)


def posting_days(terms: PenaltyTerms, account: Account, as_of: Day) -> tuple[Day, ...]:
    """The days up to ``as_of`` on which penalty is posted as a debt of its own, in order."""
    first = account.schedule.due_days[0]
    if terms.statement_day is None:
        days = {due for due in account.schedule.due_days if first < due <= as_of}
        return tuple(sorted(days))
    return tuple(statement_days(first, as_of, terms.statement_day))


def statement_days(first: Day, as_of: Day, day_of_month: int) -> Iterator[Day]:
    """A day of each month after ``first``, up to ``as_of``; a month that lacks it has its last day."""
    opened = to_date(first)
    january = first + (opened.replace(month=1, day=day_of_month) - opened).days
    for months in count():
        day = add_months_day(january, months)
        if day > as_of:
            return
        if day > first:
            yield day


def rows_of_postings(days: Sequence[Day]) -> Iterator[Ranked]:
    """The places of posted penalty among the debts, still empty."""
    for number, day in enumerate(days, start=1):
        row = Obligation(0, day, day, day, NONE_DAY, 0, 0, 0, 0, DebtKind.POSTED_PENALTY, number)
        yield (day, 5, number), 0, row


class Penalising:
    """The accrual of one replay, and the debts that it reads.

    Parameters
    ----------
    terms : PenaltyTerms
    account : Account
    state : DebtState
        Before anything moved.
    known : int
        Spans recorded later are left out.
    """

    __slots__ = (
        "_account",
        "_charges_seen",
        "_entered",
        "_needs_outstanding",
        "_obligations",
        "_state",
        "accrual",
    )

    def __init__(self, terms: PenaltyTerms, account: Account, state: DebtState, known: Day) -> None:
        self._account = account
        self._state = state
        self._obligations = tuple(state.obligations)
        self._charges_seen = 0
        self._entered: set[int] = set()
        has_annual_cap = any(isinstance(cap, AnnualCap) for cap in terms.caps)
        self._needs_outstanding = has_annual_cap or terms.base is PenaltyBase.OUTSTANDING_PRINCIPAL
        self.accrual = PenaltyAccrual(
            terms,
            account.currency,
            contract_rates=[(rate.day, rate.rate) for rate in account.contract_rates],
            contract_day=account.originated_day,
            misused=[(row.start, row.end) for row in _known(account.spans(FundsMisuse), known)],
            waived=[
                (row.start, row.end, Proportion(row.numerator, row.denominator))
                for row in _known(account.spans(PenaltyWaiver), known)
            ],
            interest_accrued=self.interest_accrued,
        )
        self._open_debts()
        if has_annual_cap:
            self._charge_fees()
        if self._needs_outstanding:
            self.accrual.change_outstanding(*self._outstanding(account.originated_day))

    def _open_debts(self) -> None:
        for place, obligation in enumerate(self._obligations):
            row = obligation[5:9]
            amounts = (row[0], row[1], row[2], row[3])
            appears_late = obligation.from_day > obligation.due_day
            first = _NOTHING if appears_late else amounts
            self.accrual.open_debt(place, obligation.due_day, first)
            if appears_late:
                self.accrual.enter(place, amounts)
                self.accrual.change(place, obligation.from_day, amounts)

    def _charge_fees(self) -> None:
        """Fees that facts charged; those that the ledger charges are told when it does."""
        for obligation in self._obligations:
            beside = obligation.kind != DebtKind.INSTALMENT
            day = obligation.from_day if beside else obligation.due_day
            amount = obligation.fees + obligation.penalty
            if amount:
                self.accrual.charge_all_in(day, amount)

    def _outstanding(self, day: Day) -> tuple[Day, int]:
        state = self._state
        total = sum(
            row[0]
            for place, row in enumerate(state.open_rows)
            if state.starts[place] <= day < state.untils[place]
        )
        return day, total

    def charge_fees(self, day: Day, amount: int) -> None:
        """Tell an annual cap of fees that the ledger charged."""
        if amount:
            self.accrual.charge_all_in(day, amount)

    def feed(self, day: Day) -> None:
        """Tell the accrual what is open at the close of a day."""
        state = self._state
        self._enter()
        for place in sorted(state.touched):
            row = state.open_rows[place]
            self.accrual.change(place, day, (row[0], row[1], row[2], row[3]))
        if self._needs_outstanding:
            self.accrual.change_outstanding(*self._outstanding(day))
        state.touched.clear()

    def _enter(self) -> None:
        """Debts that the ledger made since it was last asked enter with what it charged them first."""
        entered: dict[int, list[int]] = {}
        charged = self._state.moves.charged
        for _, place, column, amount in charged[self._charges_seen :]:
            if self._obligations[place].kind in MADE_BY_LEDGER and place not in self._entered:
                entered.setdefault(place, [0, 0, 0, 0])[column] += amount
        self._charges_seen = len(charged)
        self._entered |= entered.keys()
        for place, row in entered.items():
            self.accrual.enter(place, (row[0], row[1], row[2], row[3]))

    def post_where_it_grew(self, day: Day) -> None:
        """Charge each debt what accrued on it before ``day`` and was not charged yet."""
        for place, due in enumerate(self._state.due_days):
            if due < day:
                self._state.charge(day, place, _PENALTY, self.accrual.post(place, day))

    def post_as_one(self, day: Day, place: int) -> None:
        """Charge what accrued on all debts before ``day`` as the debt at ``place``."""
        posted = sum(
            self.accrual.post(other, day)
            for other, due in enumerate(self._state.due_days)
            if due < day
        )
        self._state.charge(day, place, _PENALTY, posted)

    def interest_accrued(self, day: Day) -> int:
        """Contract interest up to a day: of rows due, and of the running row by its days [minor units]."""
        rows = self._obligations
        periods = contract_periods(rows, self._account.originated_day, day)
        return sum(interest_earned(rows[place], start, day) for place, start in periods)


def _known(rows: tuple[SpanRow, ...], known: Day) -> Iterator[SpanRow]:
    return (row for row in rows if row.recorded_day <= known)
