"""A fixed sum that depends on how large a debt is: compensation for late payment.

The one idea: bands are given by where each begins, so that they can neither overlap nor leave a gap.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import attrs

from delinquency.amounts import check_amount
from delinquency.errors import InvalidTypeError, InvalidValueError

__all__ = ["AmountByBand"]

Amount = Decimal | int


def _pairs(items: Iterable[tuple[Amount, Amount]]) -> tuple[tuple[Amount, Amount], ...]:
    if isinstance(items, str) or not isinstance(items, Iterable):
        raise InvalidTypeError.at("amount by band", expected="pairs of two amounts", found=items)
    return tuple(items)


@attrs.frozen(slots=True)
class AmountByBand:
    """A sum by the size of a debt.

    Parameters
    ----------
    bands : iterable of tuple of two amounts
        From which debt on, itself included, and the sum [currency units]; the first from 0, ascending.

    Raises
    ------
    InvalidTypeError
        A ``float``; no pairs.
    InvalidValueError
        No band, a first band that is not from 0, bands out of order, an amount below 0.

    Examples
    --------
    >>> compensation = AmountByBand(((0, 40), (1000, 70), (10_000, 100)))
    >>> [compensation.of(Decimal(debt)) for debt in ("0.01", "999.99", "1000.00", "10000.00")]
    [40, 40, 70, 100]
    """

    bands: tuple[tuple[Amount, Amount], ...] = attrs.field(converter=_pairs)

    def __attrs_post_init__(self) -> None:
        where = "amount by band"
        last: Amount | None = None
        for number, pair in enumerate(self.bands, start=1):
            place = f"{where}, band {number}"
            if not isinstance(pair, tuple) or len(pair) != 2:
                raise InvalidTypeError.at(place, expected="a pair of two amounts", found=pair)
            for value in pair:
                check_amount(value, where=place, positive=False)
            if last is None and pair[0] != 0:
                raise InvalidValueError.at(place, expected="a band from 0", found=str(pair[0]))
            if last is not None and pair[0] <= last:
                raise InvalidValueError.at(
                    place, expected=f"a band from more than {last}", found=str(pair[0])
                )
            last = pair[0]
        if last is None:
            raise InvalidValueError.at(where, expected="at least one band", found="none")

    def of(self, debt: Amount) -> Amount:
        """The sum for a debt [currency units].

        Raises
        ------
        InvalidTypeError
            A ``float``.
        InvalidValueError
            A debt of 0 or less: nothing is late.
        """
        check_amount(debt, where="amount by band, debt", positive=True)
        return [amount for least, amount in self.bands if debt >= least][-1]
