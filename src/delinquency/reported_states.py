"""What a credit register calls an account that days alone do not describe.

Most months are told by days past due; a card that was never opened, a loan that was written off, a car that
was taken back are not. The one idea: a state is a word of ours, and a policy says by which code a register
knows it; no code stands in a program.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum

import attrs

from delinquency.choices import checked_member
from delinquency.errors import InvalidTypeError, PolicyError
from delinquency.sequences import checked_tuple
from delinquency.whole_numbers import check_least

__all__ = ["ReportedState", "StateCode", "StateCodes"]


class ReportedState(Enum):
    """Where an account stands, beside its days past due.

    The account itself tells the first six; the others happen outside its ledger.
    """

    NOT_OPENED = "not_opened"
    """The credit had not begun."""
    UNKNOWN = "unknown"
    """The credit is older than its records."""
    NOTHING_DUE = "nothing_due"
    """Nothing fell due in the month, and nothing was late."""
    PAID_LATE = "paid_late"
    """What fell due in the month was late, and settled before its end."""
    SETTLED = "settled"
    """Nothing is open: all was paid, or the lender closed the account in settlement."""
    WRITTEN_OFF = "written_off"
    """Nothing is open, and what was written off is still claimed."""
    GUARANTOR_PAID = "guarantor_paid"
    """A guarantor paid in the month, all or a part of what was due."""
    SETTLED_BY_ASSETS = "settled_by_assets"
    """Assets were taken in the month for a part of the debt."""
    TRANSFERRED = "transferred"
    CLAIM_FILED = "claim_filed"
    """With a government that insures a part of the balance."""
    DEED_IN_LIEU = "deed_in_lieu"
    COLLECTION = "collection"
    FORECLOSURE_STARTED = "foreclosure_started"
    FORECLOSED = "foreclosed"
    SURRENDERED = "surrendered"
    REPOSSESSED = "repossessed"


@attrs.frozen(slots=True)
class StateCode:
    """The codes of one state.

    Parameters
    ----------
    state : ReportedState
    code : str, optional
        Empty where the code of the days stands all the same.
    label, label_zh : str, optional
        For people to read.
    codes : mapping of str to str, optional
        Other codes of the state: ``settled`` once the account is settled after it, ``payment_history`` in
        the history of months.

    Raises
    ------
    InvalidTypeError
        Wrong types.

    Examples
    --------
    >>> StateCode(ReportedState.COLLECTION, "93", codes={"settled": "62"}).codes["settled"]
    '62'
    """

    state: ReportedState
    code: str = ""
    label: str = ""
    label_zh: str = ""
    codes: Mapping[str, str] = attrs.field(factory=dict[str, str], hash=False)

    def __attrs_post_init__(self) -> None:
        checked_member(self.state, ReportedState, "state code, state")
        where = f"state code {self.state.value!r}"
        for field in ("code", "label", "label_zh"):
            value = getattr(self, field)
            if not isinstance(value, str):
                raise InvalidTypeError.at(f"{where}, {field}", expected="a text", found=value)
        codes: object = self.codes
        if not isinstance(codes, Mapping) or not all(
            isinstance(text, str) for pair in self.codes.items() for text in pair
        ):
            raise InvalidTypeError.at(
                f"{where}, codes", expected="a mapping of text to text", found=codes
            )


def _rows(items: Iterable[StateCode]) -> tuple[StateCode, ...]:
    return checked_tuple(items, StateCode, "state codes, row")


def _rated(items: Iterable[str]) -> tuple[str, ...]:
    return checked_tuple(items, str, "state codes, rated")


@attrs.frozen(slots=True)
class StateCodes:
    """The states that a register has codes for.

    Parameters
    ----------
    rows : tuple of StateCode
        Each state at most once.
    rated : tuple of str, optional
        The statuses with which alone a rating of the payments is reported.
    history_months : int, default 24
        How many months a history of payments has [months].

    Raises
    ------
    InvalidTypeError
        Wrong types.
    PolicyError
        A state twice.

    Examples
    --------
    >>> legend = StateCodes([StateCode(ReportedState.NOT_OPENED, "/")])
    >>> legend.of(ReportedState.NOT_OPENED).code, legend.of(ReportedState.SETTLED)
    ('/', None)
    """

    rows: tuple[StateCode, ...] = attrs.field(converter=_rows)
    rated: tuple[str, ...] = attrs.field(default=(), converter=_rated)
    history_months: int = 24

    def __attrs_post_init__(self) -> None:
        check_least(self.history_months, "state codes, history_months", least=1)
        states = [row.state.value for row in self.rows]
        if len(set(states)) != len(states):
            raise PolicyError.at("state codes", expected="each state once", found=", ".join(states))

    def of(self, state: ReportedState) -> StateCode | None:
        """The codes of a state; ``None`` where the register has none."""
        return next((row for row in self.rows if row.state is state), None)
