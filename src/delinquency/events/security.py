"""What stands behind a debt beside its debtor: collateral by its value, guarantors by what they answer for.

The one idea: a security is worth what was last said of it. Each row holds from its date until the next one of
its name, or until it ends; nothing between two rows is guessed, and before the first there is none.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum

import attrs

from delinquency.amounts import check_amount
from delinquency.calendar import day_number
from delinquency.choices import checked_member
from delinquency.errors import InvalidValueError
from delinquency.events.decisions import check_dates
from delinquency.events.reported import check_share
from delinquency.identifiers import check_id
from delinquency.rounding import Proportion

__all__ = ["Collateral", "CollateralKind", "Guarantee"]


class CollateralKind(Enum):
    """What an asset is that secures a debt.

    ``OTHER``: none of the others, or not said.
    ``RESIDENTIAL_PROPERTY``, ``COMMERCIAL_PROPERTY``: land and buildings, lived in or not.
    ``MOVABLE``: vehicles, machines, stock.
    ``FINANCIAL``: deposits, securities, gold.
    ``RECEIVABLES``: claims on others.
    """

    OTHER = "other"
    RESIDENTIAL_PROPERTY = "residential_property"
    COMMERCIAL_PROPERTY = "commercial_property"
    MOVABLE = "movable"
    FINANCIAL = "financial"
    RECEIVABLES = "receivables"


@attrs.frozen(slots=True)
class Collateral:
    """An asset secures the account (抵质押品), at a value from its value date on, until ``until``.

    A later row of the same id is a new valuation and takes the place of this one. It moves no amount and
    stops no count: only rules of status and provisions that ask for it read it. Two rows of one id and date
    are refused, unless one was reversed by the day on which the other was recorded.

    Parameters
    ----------
    collateral_id : str
        The name of the asset in its account.
    value_date : date
        The first day on which the value holds.
    value : Decimal or int
        What the lender may realise of it for this account, less the cost of selling [currency units], 0 or
        more.
    kind : CollateralKind, default OTHER
    assessed_value : Decimal or int, optional
        The value as the lender assessed it, or its supervisor accepted it, against which its fall is
        measured [currency units], more than 0.
    until : date, optional
        The first day on which it no longer secures the account; ``None`` while it does.
    recorded_on : date, optional
        The day on which the lender's books knew it; default the value date.
    reversed_on : date, optional
        From this day on it was never said.

    Raises
    ------
    InvalidTypeError
        A ``float`` amount; a ``datetime`` for a ``date``; an id that is no text; no CollateralKind.
    InvalidValueError
        A value below 0, an assessed value of 0 or less; ``until`` not after ``value_date``; a reversal
        before the row was made and recorded.

    Examples
    --------
    >>> from datetime import date
    >>> house = Collateral("house", date(2025, 1, 1), 400, until=date(2025, 7, 1))
    >>> house.value, house.kind.value
    (400, 'other')
    """

    collateral_id: str
    value_date: date
    value: Decimal | int
    kind: CollateralKind = CollateralKind.OTHER
    assessed_value: Decimal | int | None = None
    until: date | None = None
    recorded_on: date | None = None
    reversed_on: date | None = None

    def __attrs_post_init__(self) -> None:
        check_id(self.collateral_id, where="collateral, collateral_id")
        where = f"collateral {self.collateral_id!r}"
        check_dates(self, where)
        _check_until(self.value_date, self.until, where)
        check_amount(self.value, where=f"{where}, value", positive=False)
        checked_member(self.kind, CollateralKind, f"{where}, kind")
        if self.assessed_value is not None:
            check_amount(self.assessed_value, where=f"{where}, assessed_value", positive=True)


@attrs.frozen(slots=True)
class Guarantee:
    """A guarantor answers for the debt (保证), from its value date until ``until``.

    A later row of the same guarantor takes the place of this one. It moves no amount and stops no count: only
    rules of status that ask for it read it. Two rows of one guarantor and date are refused, unless one was
    reversed by the day on which the other was recorded.

    Parameters
    ----------
    guarantor_id : str
        Who answers.
    value_date : date
        The first day on which the guarantor does.
    amount : Decimal or int, optional
        For how much at most [currency units], more than 0.
    share : Proportion, optional
        For which share of the debt, more than 0 and at most 1 [share of 1], its numerator and denominator in
        lowest terms at most 10**9. One of amount and share is given: who answers for all of it has a share
        of 1.
    until : date, optional
        The first day on which the guarantor no longer answers; ``None`` while there is none.
    recorded_on : date, optional
        The day on which the lender's books knew it; default the value date.
    reversed_on : date, optional
        From this day on it was never given.

    Raises
    ------
    InvalidTypeError
        A ``float`` amount; a share that is no Proportion; a ``datetime`` for a ``date``; an id that is no
        text.
    InvalidValueError
        Neither an amount nor a share, or both; an amount of 0 or less; a share of 0 or above 1; ``until``
        not after ``value_date``; a reversal before the row was made and recorded.

    Examples
    --------
    >>> from datetime import date
    >>> Guarantee("parent", date(2025, 1, 1), share=Proportion(1, 1)).amount is None
    True
    """

    guarantor_id: str
    value_date: date
    amount: Decimal | int | None = None
    share: Proportion | None = None
    until: date | None = None
    recorded_on: date | None = None
    reversed_on: date | None = None

    def __attrs_post_init__(self) -> None:
        check_id(self.guarantor_id, where="guarantee, guarantor_id")
        where = f"guarantee of {self.guarantor_id!r}"
        check_dates(self, where)
        _check_until(self.value_date, self.until, where)
        if (self.amount is None) == (self.share is None):
            raise InvalidValueError.at(
                where,
                expected="an amount or a share",
                found="neither" if self.amount is None else "both",
                hint="Who answers for all of the debt has the share Proportion(1, 1).",
            )
        if self.amount is not None:
            check_amount(self.amount, where=f"{where}, amount", positive=True)
        if self.share is not None:
            share = check_share(self.share, f"{where}, share")
            if not 0 < share.numerator <= share.denominator:
                raise InvalidValueError.at(
                    f"{where}, share", expected="more than 0 and at most 1", found=str(share)
                )


def _check_until(value_date: date, until: date | None, where: str) -> None:
    if until is None:
        return
    day_number(until, where=where, field="until")
    if until <= value_date:
        raise InvalidValueError.at(
            f"{where}, until", expected=f"a day after {value_date}", found=str(until)
        )
