"""What stands behind a debt on a day, in whole numbers, and the figures of it that rules of status name.

The one idea: a figure that the record of an account can give need not be reported. It is worked out of the
collateral and the guarantees in force, unless somebody reported it since these last changed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

import attrs

from delinquency.calendar import NONE_DAY
from delinquency.errors import InvalidValueError
from delinquency.event_rows import ALL
from delinquency.events import FigureName
from delinquency.security_rows import CollateralRow, GuaranteeRow

if TYPE_CHECKING:
    from delinquency.account import Account

__all__ = ["WORKED_OUT", "SecurityFacts", "WorkedOut", "security_of", "united_security"]

R = TypeVar("R", CollateralRow, GuaranteeRow)


class WorkedOut(NamedTuple):
    """A figure as a quotient; the denominator is 0 where it is beyond every number."""

    numerator: int
    denominator: int


@attrs.frozen(slots=True)
class SecurityFacts:
    """The collateral and the guarantees of an account, in order of time.

    Each row holds on ``[value_day, until)``, and of one name at most one holds on a day.
    """

    collateral: Sequence[CollateralRow] = ()
    guarantees: Sequence[GuaranteeRow] = ()

    def figure_on(self, name: str, day: int, exposure: int) -> tuple[int, WorkedOut] | None:
        """Since which day the security that a figure is made of is what it is, and the figure.

        ``None`` where the figure is made of something else, there was no such security by ``day``, or it has
        no answer; ``exposure`` is that of the close of the day [minor units].
        """
        asked = _FIGURES.get(name)
        if asked is None:
            return None
        collateral = self.collateral if asked.of_collateral else ()
        guarantees = self.guarantees if asked.of_guarantees else ()
        since = max((at for at in _days((*collateral, *guarantees)) if at <= day), default=None)
        if since is None:
            return None
        held = _Held(_in_force(collateral, day), _in_force(guarantees, day), exposure)
        figure = asked.answer(held)
        return None if figure is None else (since, figure)

    def value_on(self, day: int) -> int:
        """What the collateral in force on a day is worth [minor units]."""
        return sum(row.value for row in _in_force(self.collateral, day))

    def guaranteed(self) -> list[tuple[int, int]]:
        """The days ``[start, end)`` on which some guarantor answers, in order, none touching the next."""
        found: list[tuple[int, int]] = []
        for row in self.guarantees:
            if found and row.value_day <= found[-1][1]:
                found[-1] = found[-1][0], max(found[-1][1], row.until)
            else:
                found.append((row.value_day, row.until))
        return found

    def days(self) -> Iterator[int]:
        """Days on which something begins or ends."""
        yield from _days((*self.collateral, *self.guarantees))


def security_of(account: Account, known: int) -> SecurityFacts:
    """The security of an account without reversed rows, as it was recorded by a day."""
    return SecurityFacts(
        _holding(account.collateral_rows, known), _holding(account.guarantee_rows, known)
    )


def united_security(
    accounts: Sequence[Account],
    known: int,
    *,
    figures: Collection[str],
    convert: Sequence[Callable[[int], int]],
) -> SecurityFacts:
    """The security of accounts without reversed rows as that of their debtor.

    A value is what collateral is worth for its account, and a guarantee what is answered for of it, so those
    of all accounts are added.

    Parameters
    ----------
    accounts : sequence of Account
    known : int
        The cut of what was recorded.
    figures : collection of str
        The names that rules read.
    convert : sequence of callable
        Of each account, from its minor units into those of the debtor.

    Raises
    ------
    InvalidValueError
        A share is guaranteed of one account of several, and a rule asks what is guaranteed of the whole.
    """
    collateral: list[CollateralRow] = []
    guarantees: list[GuaranteeRow] = []
    asks_guarantees = bool(_OF_GUARANTEES & set(figures))
    for account, into in zip(accounts, convert, strict=True):
        for row in account.collateral_rows:
            assessed = row.assessed if row.assessed == ALL else into(row.assessed)
            name = f"{account.account_id}: {row.name}"
            collateral.append(row._replace(name=name, value=into(row.value), assessed=assessed))
        for promise in account.guarantee_rows:
            if asks_guarantees and promise.numerator and len(accounts) > 1:
                raise InvalidValueError.at(
                    f"account {account.account_id!r}, guarantee {promise.name!r}",
                    expected="an amount, where a rule asks what is guaranteed of all that a debtor owes",
                    found=f"the share {promise.numerator}/{promise.denominator} of one account",
                )
            name = f"{account.account_id}: {promise.name}"
            guarantees.append(promise._replace(name=name, amount=into(promise.amount)))
    return SecurityFacts(
        _holding(sorted(collateral, key=_in_time), known),
        _holding(sorted(guarantees, key=_in_time), known),
    )


def _in_time(row: CollateralRow | GuaranteeRow) -> tuple[int, str, int]:
    return row.value_day, row.name, row.recorded_day


def _holding(rows: Sequence[R], known: int) -> list[R]:
    """The rows that are known, each until the next one of its name."""
    ends: dict[str, int] = {}
    found: list[R] = []
    for row in reversed(rows):
        if row.recorded_day > known:
            continue
        end = min(row.until, ends.get(row.name, NONE_DAY))
        ends[row.name] = row.value_day
        found.append(row._replace(until=end))
    return found[::-1]


def _days(rows: Iterable[CollateralRow | GuaranteeRow]) -> Iterator[int]:
    for row in rows:
        yield row.value_day
        if row.until != NONE_DAY:
            yield row.until


def _in_force(rows: Iterable[R], day: int) -> list[R]:
    return [row for row in rows if row.value_day <= day < row.until]


class _Held(NamedTuple):
    """What is in force on a day, and the exposure at its close [minor units]."""

    collateral: Sequence[CollateralRow]
    guarantees: Sequence[GuaranteeRow]
    exposure: int

    @property
    def value(self) -> Fraction:
        return Fraction(sum(row.value for row in self.collateral))

    @property
    def guaranteed(self) -> Fraction:
        share = sum(
            (Fraction(row.numerator, row.denominator) for row in self.guarantees), Fraction()
        )
        return sum(row.amount for row in self.guarantees) + share * self.exposure

    def collateral_share(self) -> WorkedOut:
        """The value over the exposure."""
        return self.over_exposure(self.value)

    def guaranteed_share(self) -> WorkedOut:
        """What guarantors answer for over the exposure."""
        return self.over_exposure(self.guaranteed)

    def secured_share(self) -> WorkedOut:
        """Both over the exposure."""
        return self.over_exposure(self.value + self.guaranteed)

    def over_exposure(self, part: Fraction) -> WorkedOut:
        """A part of the exposure; where nothing is owed, any part is more than enough."""
        if self.exposure == 0:
            return WorkedOut(1, 0)
        return WorkedOut(part.numerator, part.denominator * self.exposure)

    def over_assessed(self) -> WorkedOut | None:
        """The value over the assessed value; none where that of some collateral is not known."""
        assessed = [row.assessed for row in self.collateral]
        if not assessed or ALL in assessed:
            return None
        return WorkedOut(sum(row.value for row in self.collateral), sum(assessed))

    def loan_to_value(self) -> WorkedOut:
        """The exposure over the value; where nothing is owed, nothing."""
        if self.exposure == 0:
            return WorkedOut(0, 1)
        return WorkedOut(self.exposure, sum(row.value for row in self.collateral))


class _Asked(NamedTuple):
    """A figure: what it is made of, and how."""

    of_collateral: bool
    of_guarantees: bool
    answer: Callable[[_Held], WorkedOut | None]


def _of_collateral(answer: Callable[[_Held], WorkedOut | None]) -> _Asked:
    return _Asked(of_collateral=True, of_guarantees=False, answer=answer)


_FIGURES: Final[Mapping[str, _Asked]] = {
    FigureName.LOAN_TO_VALUE.value: _of_collateral(_Held.loan_to_value),
    FigureName.SECURITY_SHARE_OF_ASSESSED.value: _of_collateral(_Held.over_assessed),
    FigureName.SECURITY_SHARE_OF_OUTSTANDING.value: _of_collateral(_Held.collateral_share),
    FigureName.GUARANTEED_SHARE.value: _Asked(
        of_collateral=False,
        of_guarantees=True,
        answer=_Held.guaranteed_share,
    ),
    FigureName.SECURED_SHARE.value: _Asked(
        of_collateral=True,
        of_guarantees=True,
        answer=_Held.secured_share,
    ),
}

_OF_GUARANTEES: Final = frozenset(name for name, asked in _FIGURES.items() if asked.of_guarantees)

WORKED_OUT: Final = frozenset(_FIGURES)
"""The figures that are worked out where nobody reported them."""
