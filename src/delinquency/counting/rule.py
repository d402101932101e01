"""How a lender or a regulator counts lateness, as data.

The one idea: every difference between two counts - the first day, the grace, the tolerance, what a
change of schedule does - is a named choice here, so that two policies can be compared field by field.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import Enum
from types import NoneType

import attrs

from delinquency.component import COMPONENTS, Component, component_position
from delinquency.counting.materiality import Materiality
from delinquency.errors import InvalidTypeError, PolicyError
from delinquency.rounding import Proportion
from delinquency.sequences import checked_tuple

__all__ = [
    "MONTH_COUNTS",
    "CountName",
    "Counting",
    "FirstDay",
    "GraceKind",
    "LostDispute",
    "PartialPayments",
    "ScheduleChangeRule",
    "ToleranceScope",
]


class FirstDay(Enum):
    """Which close is the first late one.

    ``DAY_AFTER_DUE_DATE``: due on the 1st and unpaid at the close of the 2nd is one day; late days
    are ``[due, as_of)``. China, the EU, most lenders.
    ``DUE_DATE``: unpaid at the close of the due date is one day; late days are ``[due, as_of + 1)``.
    India.
    """

    DAY_AFTER_DUE_DATE = "day_after_due_date"
    DUE_DATE = "due_date"


class GraceKind(Enum):
    """What grace days do to the count.

    ``DEDUCTED``: they are taken away (10 days late with 3 days' grace is 7).
    ``TRIGGER``: nothing is counted while the days are within the grace, then all of them are (容时).
    """

    DEDUCTED = "deducted"
    TRIGGER = "trigger"


class ToleranceScope(Enum):
    """What a tolerance is compared with.

    ``INSTALMENT``: the open counted amount of each instalment. ``ACCOUNT``: the arrears of the
    account; within the tolerance no instalment of it counts as late.
    """

    INSTALMENT = "instalment"
    ACCOUNT = "account"


class ScheduleChangeRule(Enum):
    """What counting does when a schedule is replaced while something is late.

    ``FOLLOW_NEW``: only rows in force are counted; what was late before the change is forgotten.
    ``CONTINUE``: a row that was late when it was superseded goes on ageing until as much money has
    settled debts after the change as was open on it and on the older ones.
    ``FREEZE``: the days it had at the close before the change are carried and do not grow; and they
    stay, even when everything is paid, until a decision of its own ends them.
    """

    FOLLOW_NEW = "follow_new"
    CONTINUE = "continue"
    FREEZE = "freeze"


class LostDispute(Enum):
    """From when a disputed amount counts after the dispute ended against the debtor.

    ``AS_IF_NEVER_HELD``: from its due date, the days of the dispute among them; the debt was due all along.
    ``FROM_ITS_END``: from the end of the dispute, or from the due date if that is later; the days before
    are forgotten. A creditor who must give the debtor time to pay chooses this.
    """

    AS_IF_NEVER_HELD = "as_if_never_held"
    FROM_ITS_END = "from_its_end"


class CountName(Enum):
    """The counts that a bucket scheme can read, each a function of ``delinquency.counting``."""

    DAYS_PAST_DUE = "days_past_due"
    DELINQUENT_DAYS = "delinquent_days"
    MBA_MONTHS = "mba_months"
    OTS_MONTHS = "ots_months"
    PAYMENTS_IN_ARREARS = "payments_in_arrears"
    DAYS_SINCE_LAST_PAYMENT = "days_since_last_payment"
    MATERIAL_DAYS_PAST_DUE = "material_days_past_due"


MONTH_COUNTS = frozenset({CountName.MBA_MONTHS, CountName.OTS_MONTHS})
"""Counts of months from a due date; an age that is frozen in days has none."""


class PartialPayments(Enum):
    """How part payments count towards whole contractual payments; one method an account.

    ``AGGREGATE``: the whole payments that fit into the shortfall are in arrears.
    ``NEARLY_FULL``: a payment of at least a share of the contractual payment (90 %) counts as a
    full one.
    """

    AGGREGATE = "aggregate"
    NEARLY_FULL = "nearly_full"


def _components(items: Iterable[Component]) -> tuple[Component, ...]:
    return checked_tuple(items, Component, "counting, component")


NINE_TENTHS = Proportion(9, 10)
MOST_GRACE = 36_500
"""A century of days."""
FINEST_SHARE = 1_000
"""The largest denominator of a share: times the largest amount it stays within 64 bits."""


@attrs.frozen(slots=True, kw_only=True)
class Counting:
    """How the age of a debt is counted: by its oldest unsettled instalment.

    What decides how late somebody is has no silent default: days of grace need their kind, and a
    tolerance needs its scope.

    Parameters
    ----------
    first_day : FirstDay, default DAY_AFTER_DUE_DATE
    grace_days : int, default 0
        Days of grace before anything is delinquent [days]. The raw days past due ignore them.
    grace_kind : GraceKind, optional
        What the grace does. There is no default: with days of grace it must be said.
    components : tuple of Component, default principal, interest, fees and penalty
        The components whose open amount keeps an instalment unsettled.
    tolerance : Decimal or int, default 0
        An open amount of at most this much counts as settled [currency units]. It is for counting
        only: it never closes a debt.
    tolerance_scope : ToleranceScope, optional
        What the tolerance is compared with. There is no default: with a tolerance it must be said.
    schedule_change : ScheduleChangeRule, default FOLLOW_NEW
    partial_payments : PartialPayments, default AGGREGATE
        For payments in arrears.
    full_payment_share : Proportion, default 9/10
        The share of a contractual payment that counts as a full one under ``NEARLY_FULL``.
    least_payment : Decimal or int, default 0
        The least amount of a day's payments that resets the days since the last payment [currency
        units].
    materiality : Materiality, optional
        For the days on which arrears are material.
    lost_dispute : LostDispute, default AS_IF_NEVER_HELD
        What counts of an amount whose dispute ended against the debtor.

    Attributes
    ----------
    counted_columns : tuple of int
        Column numbers of the counted components, ascending.

    Raises
    ------
    InvalidTypeError
        A ``float`` tolerance, a wrong type.
    PolicyError
        Negative grace or tolerance; grace without its kind, a tolerance without its scope; no
        component; a component twice.

    Examples
    --------
    >>> Counting(grace_days=3, grace_kind=GraceKind.TRIGGER).grace_days
    3
    >>> Counting(grace_days=3)
    Traceback (most recent call last):
    ...
    delinquency.errors.PolicyError: counting, grace_kind: expected deducted or trigger beside \
grace_days, found nothing. Hint: On the day after the grace GraceKind.DEDUCTED counts 1 day and \
GraceKind.TRIGGER (容时) all 4.
    """

    first_day: FirstDay = FirstDay.DAY_AFTER_DUE_DATE
    grace_days: int = 0
    grace_kind: GraceKind | None = None
    components: tuple[Component, ...] = attrs.field(default=COMPONENTS, converter=_components)
    tolerance: Decimal | int = Decimal(0)
    tolerance_scope: ToleranceScope | None = None
    schedule_change: ScheduleChangeRule = ScheduleChangeRule.FOLLOW_NEW
    partial_payments: PartialPayments = PartialPayments.AGGREGATE
    full_payment_share: Proportion = NINE_TENTHS
    least_payment: Decimal | int = Decimal(0)
    materiality: Materiality | None = None
    lost_dispute: LostDispute = LostDispute.AS_IF_NEVER_HELD
    counted_columns: tuple[int, ...] = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        self._check_types()
        if not 0 <= self.grace_days <= MOST_GRACE:
            raise PolicyError.at(
                "counting, grace_days",
                expected=f"from 0 to {MOST_GRACE:,} days",
                found=self.grace_days,
            )
        for field in ("tolerance", "least_payment"):
            amount = Decimal(getattr(self, field))
            if not amount.is_finite() or amount < 0:
                raise PolicyError.at(
                    f"counting, {field}", expected="an amount of 0 or more", found=str(amount)
                )
        self._check_choices()
        share = self.full_payment_share
        if not 0 < share.numerator <= share.denominator <= FINEST_SHARE:
            raise PolicyError.at(
                "counting, full_payment_share",
                expected=f"more than 0, at most 1, in parts of at most {FINEST_SHARE:,}",
                found=str(share),
            )
        if not self.components or len(set(self.components)) != len(self.components):
            raise PolicyError.at(
                "counting, components",
                expected="at least one component, each once",
                found=str([component.value for component in self.components]),
            )
        columns = tuple(sorted(map(component_position, self.components)))
        object.__setattr__(self, "counted_columns", columns)

    def _check_types(self) -> None:
        kinds: tuple[tuple[str, type | tuple[type, ...]], ...] = (
            ("first_day", FirstDay),
            ("grace_days", int),
            ("grace_kind", (GraceKind, NoneType)),
            ("tolerance", (Decimal, int)),
            ("tolerance_scope", (ToleranceScope, NoneType)),
            ("schedule_change", ScheduleChangeRule),
            ("partial_payments", PartialPayments),
            ("full_payment_share", Proportion),
            ("least_payment", (Decimal, int)),
            ("materiality", (Materiality, NoneType)),
            ("lost_dispute", LostDispute),
        )
        for field, kind in kinds:
            value = getattr(self, field)
            if isinstance(value, bool) or not isinstance(value, kind):
                kinds_named = (kind,) if isinstance(kind, type) else kind
                name = " or ".join(
                    "None" if one is NoneType else one.__name__ for one in kinds_named
                )
                raise InvalidTypeError.at(f"counting, {field}", expected=name, found=value)

    def _check_choices(self) -> None:
        if self.grace_days and self.grace_kind is None:
            raise PolicyError.at(
                "counting, grace_kind",
                expected="deducted or trigger beside grace_days",
                found="nothing",
                hint="On the day after the grace GraceKind.DEDUCTED counts 1 day and "
                f"GraceKind.TRIGGER (容时) all {self.grace_days + 1}.",
            )
        if self.tolerance and self.tolerance_scope is None:
            raise PolicyError.at(
                "counting, tolerance_scope",
                expected="instalment or account beside tolerance",
                found="nothing",
                hint="ToleranceScope.INSTALMENT compares the open amount of each instalment with it, "
                "ToleranceScope.ACCOUNT the arrears of the whole account.",
            )

    @property
    def counts_everything(self) -> bool:
        """Whether every component is counted."""
        return len(self.components) == len(COMPONENTS)
