"""How much a late fee is, and what decided it: pure functions of whole numbers.

A fee decides the next payment's place in the order, so it must be the same whenever it is asked for. The one
idea: the amount follows from the terms and from a small record of what stands at the close of the day; a
figure that the terms need and nobody gave is an error.
"""

from __future__ import annotations

from delinquency.amounts import MAX_MINOR
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.late_fees.days import check_terms
from delinquency.late_fees.facts import FeeFacts, FeeOutcome, FeeReason
from delinquency.late_fees.formulas import (
    NEVER_REPEATED,
    NO_LIMIT,
    amount_of_band,
    limited_amount,
    safe_harbour_amount,
    share_of_amount,
    short_amount,
)
from delinquency.late_fees.kinds import BandFee, FeeBase, FlatFee, ShareFee
from delinquency.late_fees.terms import LateFeeTerms
from delinquency.rounding import RoundingMode

__all__ = ["assessed_fee", "base_minor", "cap_minor", "fee_minor", "maximum_minor"]


def fee_minor(terms: LateFeeTerms, facts: FeeFacts) -> int:
    """The fee of a day of assessment [minor units]; 0 for none. See :func:`assessed_fee`.

    Examples
    --------
    >>> from delinquency.rounding import Proportion
    >>> terms = LateFeeTerms(name="late",
    ...     amount=ShareFee(Proportion.parse("0.015"), FeeBase.OVERDUE_INSTALMENT))
    >>> fee_minor(terms, FeeFacts(day=19389, open_amounts=(100000, 3000, 0, 0)))
    1545
    >>> fee_minor(terms, FeeFacts(day=19389, open_amounts=(0, 0, 0, 0)))
    0
    """
    return assessed_fee(terms, facts).minor


def assessed_fee(terms: LateFeeTerms, facts: FeeFacts) -> FeeOutcome:
    """The fee of a day of assessment, and what decided it.

    No fee where nothing is unpaid; where one was charged for the due date and the terms allow one; where
    the payment is short only by an earlier late fee and the terms ignore that. Else the agreed amount,
    at least the minimum, at most the maximum and, by the terms, the minimum payment required before. A
    base of 0 gives no fee, and so no minimum.

    Parameters
    ----------
    terms : LateFeeTerms
    facts : FeeFacts

    Returns
    -------
    FeeOutcome

    Raises
    ------
    InvalidTypeError
        Wrong types.
    InvalidValueError
        A figure that the terms need and the facts do not have; a fee of more than 10**15 minor units.
    PolicyNotInForceError
        A table that has no row for the day.

    References
    ----------
    12 CFR 1026.52(b)(2)(i), (ii); 12 CFR 1026.36(c)(2); 16 CFR 444.4(a).
    """
    check_terms(terms)
    if not isinstance(facts, FeeFacts):
        raise InvalidTypeError.at("late fee, facts", expected="FeeFacts", found=facts)
    if facts.unpaid <= 0:
        return FeeOutcome(0, 0, FeeReason.NOTHING_UNPAID)
    if terms.once_per_instalment and facts.fees_charged:
        return FeeOutcome(0, 0, FeeReason.ALREADY_CHARGED)
    late_fees, taken = facts.open_late_fees, facts.taken_by_late_fees
    if terms.ignores_unpaid_fees and short_amount(facts.unpaid, late_fees, taken) <= 0:
        return FeeOutcome(0, 0, FeeReason.ONLY_FEES_UNPAID)
    agreed, is_repeated = _agreed(terms, facts)
    if agreed <= 0:
        return FeeOutcome(0, 0, FeeReason.NOTHING_UNPAID)
    maximum, cap = maximum_minor(terms, facts), cap_minor(terms, facts)
    minor = limited_amount(agreed, terms.minimum_minor, maximum, cap)
    if minor > MAX_MINOR:
        raise InvalidValueError.at(
            f"late fee {terms.name!r}",
            expected=f"a fee of at most {MAX_MINOR} minor units",
            found=agreed,
            hint="Check the share: 0.05 is 5 %.",
        )
    reason = _reason(agreed, max(agreed, terms.minimum_minor), maximum, cap)
    return FeeOutcome(minor, agreed, reason, is_repeated)


def _agreed(terms: LateFeeTerms, facts: FeeFacts) -> tuple[int, bool]:
    """The agreed amount [minor units], and whether it is that of a repeated violation."""
    match terms.amount:
        case FlatFee():
            return terms.flat_minor, False
        case ShareFee(share, of):
            base = base_minor(of, facts, terms.name)
            code = terms.rounding.code
            return share_of_amount(base, share.numerator, share.denominator, code), False
        case BandFee(table, of):
            table.check_in_force(facts.day)
            base = base_minor(of, facts, terms.name)
            return amount_of_band(base, table.starts, table.minor_amounts), False
        case _:
            harbour = terms.amount.table
            place = harbour.place_on(facts.day)
            harbour.warn_of(place)
            first, repeated = harbour.minor_rows[place]
            cycle = _given(facts, "cycle", terms.name)
            latest = max(facts.fee_cycles, default=NEVER_REPEATED)
            window = harbour.repeat_window
            amount = safe_harbour_amount(first, repeated, cycle, latest, window)
            return amount, cycle - latest <= window


def base_minor(of: FeeBase, facts: FeeFacts, name: str) -> int:
    """What a fee is worked out of [minor units]; ``name`` of the terms, for the message.

    Raises
    ------
    InvalidValueError
        A figure that nobody gave.
    """
    principal, interest, _, _ = facts.open_amounts
    match of:
        case FeeBase.OVERDUE_PRINCIPAL:
            return principal
        case FeeBase.OVERDUE_INTEREST:
            return interest
        case FeeBase.OVERDUE_INSTALMENT:
            return principal + interest
        case FeeBase.OVERDUE_AMOUNT:
            return sum(facts.open_amounts)
        case FeeBase.INSTALMENT:
            return _given(facts, "contractual_amount", name)
        case _:
            return _given(facts, of.value, name)


def _given(facts: FeeFacts, field: str, name: str) -> int:
    value: int | None = getattr(facts, field)
    if value is None:
        raise InvalidValueError.at(
            f"late fee {name!r}, facts",
            expected=f"{field}, which the terms are worked out of",
            found="None",
        )
    return value


def maximum_minor(terms: LateFeeTerms, facts: FeeFacts) -> int:
    """The agreed maximum on a day [minor units]; 2**62 for none.

    Raises
    ------
    InvalidValueError
        A figure that nobody gave.
    """
    if not isinstance(terms.maximum, ShareFee):
        return terms.maximum_minor
    share = terms.maximum.share
    base = base_minor(terms.maximum.of, facts, terms.name)
    # A fee of at most a share must not exceed it by a rounding.
    return share_of_amount(base, share.numerator, share.denominator, RoundingMode.DOWN.code)


def cap_minor(terms: LateFeeTerms, facts: FeeFacts) -> int:
    """The minimum payment that a fee must not exceed [minor units]; 2**62 for none.

    Raises
    ------
    InvalidValueError
        A figure that nobody gave.
    """
    return _given(facts, "required_minimum", terms.name) if terms.cap_by_minimum else NO_LIMIT


def _reason(agreed: int, wanted: int, maximum: int, cap: int) -> FeeReason:
    """What decided, where ``wanted`` is the agreed amount raised to the minimum."""
    if wanted > min(maximum, cap):
        return FeeReason.REQUIRED_MINIMUM if cap < maximum else FeeReason.MAXIMUM
    return FeeReason.MINIMUM if wanted > agreed else FeeReason.AMOUNT
