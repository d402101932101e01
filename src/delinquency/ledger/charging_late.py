"""Late fees inside the sweep: judged at the close of their days, charged as debts of their own.

The one idea: on which days a fee may be charged follows from the schedule alone, so each has its place from
the beginning; whether it is charged, and how much, follows from what stands at the close of its day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from delinquency.account import Product
from delinquency.calendar import NONE_DAY, Day
from delinquency.component import component_position
from delinquency.late_fees import FeeFacts, LateFeeTerms, assessment_days, fee_due_day, fee_minor
from delinquency.obligations import DebtKind, Obligation, Ranked, day_of_rank

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from delinquency.account import Account
    from delinquency.ledger.rule import SettledRule
    from delinquency.ledger.state import DebtState

__all__ = ["ChargedFee", "ChargingLate", "PossibleFee", "possible_fees", "rows_of_fees"]


class PossibleFee(NamedTuple):
    """A fee that may be charged: its day, the place of its terms, the instalment from 1, its number."""

    day: Day
    terms: int
    instalment_no: int
    number: int


class ChargedFee(NamedTuple):
    """A fee that was charged: which, on which debt, and what stood at the close of its day."""

    fee: PossibleFee
    place: int
    facts: FeeFacts
    amount: int


def possible_fees(
    terms: Sequence[LateFeeTerms], account: Account, as_of: Day
) -> tuple[PossibleFee, ...]:
    """The fees that may be charged up to the close of ``as_of``, in order of day."""
    if not terms:
        return ()
    found = sorted(
        (day, place, number)
        for number, due in enumerate(account.schedule.due_days, start=1)
        for place, each in enumerate(terms)
        for day in assessment_days(each, due, as_of + 1)
        if _is_in_force(account, number, day)
    )
    return tuple(PossibleFee(*fee, number) for number, fee in enumerate(found, start=1))


def _is_in_force(account: Account, number: int, day: Day) -> bool:
    start, end = account.schedule.validity_days[number - 1]
    return start <= day < end


def rows_of_fees(
    fees: Sequence[PossibleFee], terms: Sequence[LateFeeTerms], account: Account
) -> Iterator[Ranked]:
    """The places of possible fees among the debts, still empty."""
    for fee in fees:
        each = terms[fee.terms]
        due = fee_due_day(each, fee.day)
        unit_day, key = due, (due, 4, fee.number)
        if each.due_with_instalment:
            index = fee.instalment_no - 1
            due = account.schedule.due_days[index]
            unit_day = day_of_rank(
                account.schedule,
                index,
                account.originated_day,
                ranks_by_billing=account.product is Product.CARD,
            )
            key = (unit_day, 0, index)
        row = Obligation(
            0, unit_day, due, fee.day, NONE_DAY, 0, 0, 0, 0, DebtKind.LATE_FEE, fee.number
        )
        yield key, fee.number, row


class ChargingLate:
    """The late fees of one replay.

    Parameters
    ----------
    terms : sequence of LateFeeTerms
    fees : sequence of PossibleFee
    account : Account
    state : DebtState
    settled : SettledRule
        A debt within the tolerance bears no fee.

    Attributes
    ----------
    charged : list of ChargedFee
        So far, in order of time.
    """

    __slots__ = (
        "_account",
        "_by_day",
        "_counts",
        "_cycles",
        "_places",
        "_principal",
        "_settled",
        "_state",
        "_terms",
        "charged",
    )

    def __init__(
        self,
        terms: Sequence[LateFeeTerms],
        fees: Sequence[PossibleFee],
        account: Account,
        state: DebtState,
        settled: SettledRule,
    ) -> None:
        self._terms = terms
        self._account = account
        self._state = state
        self._settled = settled
        self._by_day: dict[Day, list[PossibleFee]] = {}
        for fee in fees:
            self._by_day.setdefault(fee.day, []).append(fee)
        self._places = {
            (row.kind, row.number): place for place, row in enumerate(state.obligations)
        }
        self._principal = [
            place for place, row in enumerate(state.obligations) if row.kind != DebtKind.LATE_FEE
        ]
        self._cycles: dict[str, set[int]] = {}
        """By the type of violation: the instalments for which a fee was charged."""
        self._counts: dict[int, int] = {}
        """By instalment: how many fees were charged for it."""
        self.charged: list[ChargedFee] = []

    def charge(self, day: Day) -> int:
        """Charge the fees of a day; their sum [minor units]."""
        total = 0
        for fee in self._by_day.get(day, ()):
            facts, terms = self._facts(fee), self._terms[fee.terms]
            amount = 0 if facts is None else fee_minor(terms, facts)
            if facts is not None and amount:
                place = self._places[DebtKind.LATE_FEE, fee.number]
                self._state.charge(day, place, component_position(terms.component), amount)
                self.charged.append(ChargedFee(fee, place, facts, amount))
                number = fee.instalment_no
                self._cycles.setdefault(terms.name, set()).add(number)
                self._counts[number] = self._counts.get(number, 0) + 1
                total += amount
        return total

    def _facts(self, fee: PossibleFee) -> FeeFacts | None:
        """What stands at the close of the day of a fee; ``None`` where the instalment is settled."""
        state, terms = self._state, self._terms[fee.terms]
        place = self._places[DebtKind.INSTALMENT, fee.instalment_no]
        amounts = state.open_rows[place]
        counted = self._settled.open_counted(amounts)
        if not counted or not state.is_open_on(place, fee.day):
            return None
        if not self._settled.unsettled([(0, place, counted)], self._arrears(fee.day)):
            return None
        owed = sum(state.obligations[place][5:9])
        cycles = self._cycles.get(terms.name, ())
        return FeeFacts(
            day=fee.day,
            open_amounts=tuple(amounts),
            contractual_amount=owed,
            required_minimum=owed,
            unpaid_minimum=sum(amounts),
            outstanding_principal=self._outstanding(fee.day),
            cycle=fee.instalment_no,
            fee_cycles=tuple(number for number in cycles if number < fee.instalment_no),
            fees_charged=self._counts.get(fee.instalment_no, 0),
            taken_by_late_fees=self._taken_by_fees(fee) if terms.ignores_unpaid_fees else 0,
        )

    def _arrears(self, day: Day) -> int:
        """What is late, where a tolerance is compared with it [minor units]."""
        state, settled = self._state, self._settled
        if not settled.tolerance:
            return 0
        return sum(
            settled.open_counted(row)
            for place, row in enumerate(state.open_rows)
            if state.due_days[place] < day + settled.due_date_counts
            and state.is_open_on(place, day)
        )

    def _outstanding(self, day: Day) -> int:
        """Open principal, due or not; a fee is none [minor units]."""
        state = self._state
        return sum(
            state.open_rows[place][0] for place in self._principal if state.is_open_on(place, day)
        )

    def _taken_by_fees(self, fee: PossibleFee) -> int:
        """Money that came in time for an instalment, after the one before, and went to late fees."""
        dues = self._account.schedule.due_days
        number = fee.instalment_no
        since = dues[number - 2] if number > 1 else self._account.originated_day - 1
        until = dues[number - 1] + self._terms[fee.terms].wait_days
        state = self._state
        return sum(
            amount
            for day, place, _, amount in state.moves.settled
            if since < day <= until and state.obligations[place].kind == DebtKind.LATE_FEE
        )
