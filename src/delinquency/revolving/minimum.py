"""What a statement asks for at least: the minimum payment (最低还款额).

The unpaid part of the last minimum is part of the next one, and who counts both counts it twice. The one
idea: a rule says what is *newly* required; the part past due is added for the reader and kept apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import Enum
from math import lcm

import attrs

from delinquency.amounts import check_amount
from delinquency.choices import checked_member
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.revolving.kinds import BalanceKind
from delinquency.rounding import Proportion, RoundingMode
from delinquency.sequences import checked_tuple

__all__ = ["MinimumBase", "MinimumPaymentRule", "MinimumShare"]


class MinimumBase(Enum):
    """Of what a share is taken.

    ``OPEN``: all that is open of the balance at the close of the statement. ``NEWLY_BILLED``: what is open
    of that which this statement bills; what was billed before is in the part past due.
    """

    OPEN = "open"
    NEWLY_BILLED = "newly_billed"


@attrs.frozen(slots=True)
class MinimumShare:
    """A share of a balance that the minimum contains.

    Parameters
    ----------
    kind : BalanceKind
    share : Proportion
        0 to 1.
    of : MinimumBase, default OPEN

    Raises
    ------
    InvalidTypeError
        A wrong type.
    InvalidValueError
        More than the whole.

    Examples
    --------
    >>> str(MinimumShare(BalanceKind.PURCHASE, Proportion(1, 10)).share)
    '1/10'
    """

    kind: BalanceKind
    share: Proportion
    of: MinimumBase = MinimumBase.OPEN

    def __attrs_post_init__(self) -> None:
        checked_member(self.kind, BalanceKind, "minimum share, kind")
        checked_member(self.of, MinimumBase, "minimum share, of")
        _check_share(self.share, "minimum share, share")


def _check_share(value: object, where: str) -> None:
    if not isinstance(value, Proportion):
        raise InvalidTypeError.at(
            where, expected="a Proportion", found=value, hint='Proportion.parse("0.1")'
        )
    if value.numerator > value.denominator:
        raise InvalidValueError.at(where, expected="at most the whole", found=str(value))


def _whole() -> Proportion:
    return Proportion(1, 1)


def _shares(items: Iterable[MinimumShare]) -> tuple[MinimumShare, ...]:
    return checked_tuple(items, MinimumShare, "minimum payment rule, share")


@attrs.frozen(slots=True, kw_only=True)
class MinimumPaymentRule:
    """The minimum of a statement, newly required.

    The shares are summed exactly, the over-limit part is added: what is above the credit limit, less the
    part past due, which brings the balance down first. The sum is at least ``floor``, is rounded once to a
    multiple of ``multiple``, and with the part past due is never more than the balance. The minimum due in
    all is that plus the part past due.

    Parameters
    ----------
    shares : iterable of MinimumShare
        One a balance at most.
    floor : Decimal or int, default 0
        The least that is newly required, if so much is open [currency units].
    over_limit : Proportion, default 1
        The share of what is above the credit limit.
    multiple : Decimal or int, optional
        [currency units]; default the minor unit.
    rounding : RoundingMode, default HALF_UP

    Raises
    ------
    InvalidTypeError
        A ``float``, a wrong type.
    InvalidValueError
        Two shares of a balance; a negative floor; a multiple of 0.

    References
    ----------
    银发〔2016〕111号: shares and floor are the issuer's. FCA CONC 6.7.5R: interest, fees and charges, plus
    one per cent of the amount outstanding.

    Examples
    --------
    >>> rule = MinimumPaymentRule(shares=[MinimumShare(BalanceKind.PURCHASE, Proportion(1, 10)),
    ...     MinimumShare(BalanceKind.INTEREST, Proportion(1, 1), MinimumBase.NEWLY_BILLED)])
    >>> len(rule.shares)
    2
    """

    shares: tuple[MinimumShare, ...] = attrs.field(converter=_shares)
    floor: Decimal | int = Decimal(0)
    over_limit: Proportion = attrs.field(factory=_whole)
    multiple: Decimal | int | None = None
    rounding: RoundingMode = RoundingMode.HALF_UP
    denominator: int = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        where = "minimum payment rule"
        kinds = [row.kind for row in self.shares]
        for kind in kinds:
            if kinds.count(kind) > 1:
                raise InvalidValueError.at(
                    f"{where}, shares",
                    expected="one share a balance",
                    found=f"two of {kind.value}",
                )
        check_amount(self.floor, where=f"{where}, floor", positive=False)
        if self.multiple is not None:
            check_amount(self.multiple, where=f"{where}, multiple", positive=True)
        _check_share(self.over_limit, f"{where}, over_limit")
        checked_member(self.rounding, RoundingMode, f"{where}, rounding")
        parts = [row.share.denominator for row in self.shares]
        object.__setattr__(self, "denominator", lcm(self.over_limit.denominator, *parts))
