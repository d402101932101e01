"""An amount by the size of the debt: so much up to here, so much beyond.

The one idea: bands are half-open, ``[from_amount, next from_amount)``, so that no size of debt falls between
two of them, and each band is named by the smallest debt in it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from decimal import Decimal

import attrs

from delinquency.amounts import to_minor
from delinquency.calendar import Day, to_date
from delinquency.citation import Citation, Verification
from delinquency.cited_tables import check_verified, warn_if_unverified
from delinquency.currency import Currency
from delinquency.errors import InvalidTypeError, PolicyError, PolicyNotInForceError
from delinquency.identifiers import check_id
from delinquency.late_fees.fee_tables import check_currency, checked_citations
from delinquency.sequences import checked_tuple
from delinquency.validity import ALWAYS, NO_DEFAULT, Validity

__all__ = ["AmountByBand", "Band"]


@attrs.frozen(slots=True)
class Band:
    """From an amount of debt on, up to the next band: this amount.

    Parameters
    ----------
    from_amount : Decimal or int
        The smallest debt of the band [currency units]; itself in it.
    amount : Decimal or int
        [currency units]
    """

    from_amount: Decimal | int
    amount: Decimal | int


def _bands(items: Iterable[Band]) -> tuple[Band, ...]:
    return checked_tuple(items, Band, "bands, band")


@attrs.frozen(slots=True, kw_only=True)
class AmountByBand:
    """An amount by the size of the debt; nothing below the first band.

    Parameters
    ----------
    name : str
    currency : Currency
    bands : tuple of Band
        In order of ``from_amount``, each once.
    validity : Validity, default always
        The days of assessment for which the bands hold.
    citations : tuple of Citation, optional
    verification : Verification, optional

    Raises
    ------
    InvalidTypeError, InvalidValueError
        Amounts that are none.
    PolicyError
        No band, or bands out of order.

    Examples
    --------
    >>> table = AmountByBand(name="house", currency=Currency.of("GBP"),
    ...     bands=[Band(Decimal("0.01"), 40), Band(1000, 70)])
    >>> [str(table.amount_for(size)) for size in (0, Decimal("999.99"), 1000)]
    ['0', '40', '70']

    References
    ----------
    Late Payment of Commercial Debts (Interest) Act 1998, section 5A (United Kingdom).
    """

    name: str
    currency: Currency
    bands: tuple[Band, ...] = attrs.field(converter=_bands)
    validity: Validity = ALWAYS
    citations: tuple[Citation, ...] = attrs.field(default=(), converter=checked_citations)
    verification: Verification | None = None
    starts: tuple[int, ...] = attrs.field(init=False, repr=False, eq=False)
    minor_amounts: tuple[int, ...] = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        check_id(self.name, where="bands, name")
        where = f"bands {self.name!r}"
        check_currency(self.currency, where)
        if not isinstance(self.validity, Validity):
            raise InvalidTypeError.at(
                f"{where}, validity", expected="a Validity", found=self.validity
            )
        check_verified(self.verification, self.citations, where)
        starts = [self._minor(band.from_amount, "from_amount", where) for band in self.bands]
        if not starts or starts != sorted(set(starts)):
            raise PolicyError.at(
                where,
                expected="bands in order of from_amount, each once",
                found=", ".join(str(band.from_amount) for band in self.bands) or "none",
            )
        amounts = [self._minor(band.amount, "amount", where) for band in self.bands]
        object.__setattr__(self, "starts", tuple(starts))
        object.__setattr__(self, "minor_amounts", tuple(amounts))

    def _minor(self, amount: Decimal | int, field: str, where: str) -> int:
        return to_minor(amount, self.currency, where=where, field=field)

    def amount_for(self, debt: Decimal | int) -> Decimal | int:
        """The amount for a debt of a size [currency units]; 0 below the first band.

        Raises
        ------
        InvalidTypeError, InvalidValueError
            No amount of the currency.
        """
        size = self._minor(debt, "debt", f"bands {self.name!r}")
        place = bisect_right(self.starts, size) - 1
        return self.bands[place].amount if place >= 0 else Decimal(0)

    def check_in_force(self, day: Day) -> None:
        """Refuse a day number outside the validity; warn if the bands were never compared.

        Raises
        ------
        PolicyNotInForceError
            Outside ``[effective_from, effective_until)``.
        """
        if not self.validity.contains(to_date(day)):
            raise PolicyNotInForceError.at(
                f"bands {self.name!r}",
                expected=f"a date in force: {self.validity}",
                found=str(to_date(day)),
                hint=NO_DEFAULT,
            )
        warn_if_unverified(self.verification, f"bands {self.name!r}")
