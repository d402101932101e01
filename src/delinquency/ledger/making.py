"""What the ledger charges itself: penalty interest and late fees, on their days of a sweep.

The one idea: a sweep that charges nothing itself never loads this; one that does asks it at three moments of
a day - at its beginning, before money, at its close.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from delinquency.amounts import check_sum
from delinquency.errors import InvalidValueError
from delinquency.ledger.charging_late import ChargingLate, possible_fees, rows_of_fees
from delinquency.ledger.penalising import Penalising, posting_days, rows_of_postings
from delinquency.obligations import DebtKind, Ranked
from delinquency.penalty_place import PenaltyPlace

if TYPE_CHECKING:
    from delinquency.account import Account
    from delinquency.calendar import Day
    from delinquency.ledger.charging_late import ChargedFee
    from delinquency.ledger.rule import LedgerRule
    from delinquency.ledger.state import DebtState
    from delinquency.penalty import PenaltyAccrual

__all__ = ["Making"]


class Making:
    """The debts that a rule makes in one replay.

    Attributes
    ----------
    rows : tuple of Ranked
        Their places among the debts, still empty.
    """

    __slots__ = (
        "_account",
        "_charging",
        "_fees",
        "_on_demand",
        "_owed",
        "_penalising",
        "_postings",
        "_rule",
        "_state",
        "rows",
    )

    def __init__(self, account: Account, as_of: Day, rule: LedgerRule) -> None:
        self._account = account
        self._rule = rule
        self._on_demand = rule.penalty_place is PenaltyPlace.ON_DEMAND
        self._postings: dict[Day, int] = {}
        if rule.penalty is not None and rule.penalty_place is PenaltyPlace.POSTED:
            days = posting_days(rule.penalty, account, as_of)
            self._postings = {day: number for number, day in enumerate(days, start=1)}
        self._fees = possible_fees(rule.late_fees, account, as_of)
        self.rows: tuple[Ranked, ...] = (
            *rows_of_postings(tuple(self._postings)),
            *rows_of_fees(self._fees, rule.late_fees, account),
        )

    def begin(self, state: DebtState, known: Day) -> None:
        """Take up a replay before anything moved."""
        rule = self._rule
        self._state = state
        self._charging = ChargingLate(
            rule.late_fees, self._fees, self._account, state, rule.settled
        )
        self._owed = sum(map(sum, state.open_rows))
        self._penalising: Penalising | None = None
        if rule.penalty is not None:
            self._penalising = Penalising(rule.penalty, self._account, state, known)

    @property
    def accrual(self) -> PenaltyAccrual | None:
        """The accrual of the replay; ``None`` without terms of penalty."""
        return None if self._penalising is None else self._penalising.accrual

    @property
    def charged_fees(self) -> tuple[ChargedFee, ...]:
        """The late fees of the replay, in order of time."""
        return tuple(self._charging.charged)

    def open_day(self, day: Day) -> None:
        """Bring penalty that stands in the order on demand to a day."""
        if self._penalising is not None and self._on_demand:
            self._penalising.post_where_it_grew(day)

    def post(self, day: Day) -> None:
        """Post penalty as a debt of its own, if the day is one of posting."""
        number = self._postings.get(day)
        if number is None or self._penalising is None:
            return
        place = next(
            place
            for place, row in enumerate(self._state.obligations)
            if row.kind == DebtKind.POSTED_PENALTY and row.number == number
        )
        self._penalising.post_as_one(day, place)

    def close_day(self, day: Day) -> None:
        """Charge the late fees of a day. Who bears one has nothing left that waits to settle it.

        Raises
        ------
        InvalidValueError
            More than 10**15 minor units fell due with what fees added, all days together.
        """
        try:
            charged = self._charging.charge(day)
            self._owed += charged
            check_sum(self._owed, "late fees")
        except InvalidValueError as error:
            raise error.within(f"account {self._account.account_id!r}") from None
        if self._penalising is not None:
            self._penalising.charge_fees(day, charged)

    def feed(self, day: Day) -> None:
        """Tell the accrual what is open at the close of a day."""
        if self._penalising is not None:
            self._penalising.feed(day)
