"""Measures that move an amount from one place to another, or take it away.

The one idea: a measure says what is changed, and never what that comes to; any account can be asked.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import attrs

from delinquency.amounts import check_amount
from delinquency.choices import checked_member
from delinquency.component import COMPONENTS, Component
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.restructuring.measure_checks import (
    as_charge_ids,
    as_components,
    check_charge_ids,
    check_count,
    check_distinct,
    check_one,
    check_part,
)
from delinquency.rounding import Proportion

__all__ = ["ArrearsSpread", "ArrearsWaiver", "Capitalisation", "Forgiveness", "PrincipalDeferral"]

_WHOLE: Final = Proportion(1, 1)


@attrs.frozen(slots=True)
class Capitalisation:
    """What is past due of some components becomes principal, and bears interest (本金化).

    With interest comes what the running period has earned; with penalty what has accrued and was not posted.

    Parameters
    ----------
    components : tuple of Component
        At least one; past due principal becomes principal that is not due.
    amount : Decimal or int, optional
        [currency units], more than 0, of one component: what is past due, oldest first, and then what was
        earned or accrued. Default all.
    charge_ids : tuple of str, optional
        The charges of which alone it is, of fees or penalty; default all that is past due or accrued.

    Raises
    ------
    InvalidTypeError
        No components; wrong types.
    InvalidValueError
        None, or one twice; an amount of two components; charges of principal or interest.
    """

    components: tuple[Component, ...] = attrs.field(converter=as_components)
    amount: Decimal | int | None = None
    charge_ids: tuple[str, ...] | None = attrs.field(default=None, converter=as_charge_ids)

    def __attrs_post_init__(self) -> None:
        where = "capitalisation"
        check_distinct(self.components, f"{where}, components")
        check_charge_ids(self.charge_ids, self.components, where)
        if self.amount is not None:
            check_amount(self.amount, where=f"{where}, amount", positive=True)
            check_one(self.components, where)


@attrs.frozen(slots=True)
class ArrearsSpread:
    """What is past due is added, in equal parts that bear no interest, to the instalments still to come.

    Penalty that accrued and was not posted is not in it.

    Parameters
    ----------
    components : tuple of Component, optional
        Default all; what is past due of others stays so.
    multiple : Decimal or int, optional
        What each part is rounded to [currency units]; default the minor unit. The last one has the rest.
    instalments : int, optional
        Over so many of the next instalments; default over all. What an earlier plan spread is paid so too.

    Raises
    ------
    InvalidTypeError, InvalidValueError
        No amount above 0; not 1 to 1200 instalments.
    """

    components: tuple[Component, ...] = attrs.field(default=COMPONENTS, converter=as_components)
    multiple: Decimal | int | None = None
    instalments: int | None = None

    def __attrs_post_init__(self) -> None:
        check_distinct(self.components, "arrears spread, components")
        if self.multiple is not None:
            check_amount(self.multiple, where="arrears spread, multiple", positive=True)
        if self.instalments is not None:
            check_count(self.instalments, "arrears spread, instalments")


@attrs.frozen(slots=True)
class ArrearsWaiver:
    """Penalty or fees that are past due, or accrued, are not asked for (减免).

    Parameters
    ----------
    components : tuple of Component, optional
        Penalty, fees, or both; default both.
    share : Proportion, optional
        More than 0 and at most 1, of each; the part waived is rounded down. Default all, unless an amount
        says how much.
    amount : Decimal or int, optional
        [currency units], more than 0, of one component.
    charge_ids : tuple of str, optional
        The charges of which alone it is; default all that is past due or accrued.

    Raises
    ------
    InvalidTypeError
        Wrong types.
    InvalidValueError
        Another component, which is forgiven and not waived; a share and an amount; out of range; an amount of
        two components; no charges, or one twice.
    """

    components: tuple[Component, ...] = attrs.field(
        default=(Component.PENALTY, Component.FEES), converter=as_components
    )
    share: Proportion | None = None
    amount: Decimal | int | None = None
    charge_ids: tuple[str, ...] | None = attrs.field(default=None, converter=as_charge_ids)

    def __attrs_post_init__(self) -> None:
        where = "arrears waiver"
        if self.share is None and self.amount is None:
            object.__setattr__(self, "share", _WHOLE)
        check_distinct(self.components, f"{where}, components")
        if not set(self.components) <= {Component.PENALTY, Component.FEES}:
            raise InvalidValueError.at(
                f"{where}, components",
                expected="penalty, fees or both",
                found=", ".join(each.value for each in self.components),
                hint="Principal and interest are forgiven: write a Forgiveness.",
            )
        check_charge_ids(self.charge_ids, self.components, where)
        check_part(self.amount, self.share, where)
        if self.amount is not None:
            check_one(self.components, where)


@attrs.frozen(slots=True)
class Forgiveness:
    """A part of principal or interest is given up (减免本金、利息).

    Of interest it is what is past due, oldest first, then what the running period has earned; of principal
    what is past due, then what is not due. What was spread over instalments to come, by this plan or by one
    before it, is not among it.

    Parameters
    ----------
    component : Component
        Principal or interest.
    amount : Decimal or int, optional
        [currency units], more than 0.
    share : Proportion, optional
        Of what is open of the component and not spread, rounded down; one of the two.
    on_completion : bool, default False
        Whether it comes back if the plan is broken.

    Raises
    ------
    InvalidTypeError
        Wrong types.
    InvalidValueError
        Another component, which is waived and not forgiven; both or neither; out of range.
    """

    component: Component
    amount: Decimal | int | None = None
    share: Proportion | None = None
    on_completion: bool = False

    def __attrs_post_init__(self) -> None:
        where = "forgiveness"
        checked_member(self.component, Component, f"{where}, component")
        if self.component not in (Component.PRINCIPAL, Component.INTEREST):
            raise InvalidValueError.at(
                f"{where}, component",
                expected="principal or interest",
                found=self.component.value,
                hint="Penalty and fees are waived: write an ArrearsWaiver.",
            )
        check_part(self.amount, self.share, where)
        if not isinstance(self.on_completion, bool):
            raise InvalidTypeError.at(
                f"{where}, on_completion", expected="True or False", found=self.on_completion
            )


@attrs.frozen(slots=True)
class PrincipalDeferral:
    """A part of the principal is not asked for before the last due date (气球贷).

    Parameters
    ----------
    amount : Decimal or int, optional
        [currency units], more than 0.
    share : Proportion, optional
        Of the principal, more than 0 and at most 1; one of the two.

    Raises
    ------
    InvalidTypeError
        Wrong types.
    InvalidValueError
        Both or neither; out of range.
    """

    amount: Decimal | int | None = None
    share: Proportion | None = None

    def __attrs_post_init__(self) -> None:
        check_part(self.amount, self.share, "principal deferral")
