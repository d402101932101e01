"""The audit record of an assessment: what was asked, what was answered, by which rules, and why.

The one idea: a record holds the facts and the policy themselves, not references to them, so that years
later the answer can be computed again and compared with what was said then.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import attrs

from delinquency.account import Account
from delinquency.assessment import Assessment, assess
from delinquency.currency import Currency
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.explanation import Explanation
from delinquency.policy import Policy
from delinquency.version import __version__

__all__ = [
    "AssessmentFigures",
    "AssessmentRecord",
    "Difference",
    "LateDebtRecord",
    "check_kinds",
    "check_record",
    "check_told",
    "differing",
]


@attrs.frozen(slots=True)
class LateDebtRecord:
    """One late and unsettled debt, as an audit record keeps it.

    Parameters
    ----------
    instalment_no : int or None
        The place in the schedule, from 1; ``None`` for a charge.
    charge_id : str or None
        ``None`` for an instalment.
    due_date : date
        The day from which its age runs.
    open_amount : Decimal
        What of it is not settled [currency units].
    days_past_due : int
        Its own late days [days].
    delinquent_days : int
        Its own late days less suspension less grace [days].
    bucket : str or None
        The code of the bucket that its own age falls into; ``None`` where the scheme reads a count
        of the whole account.
    """

    instalment_no: int | None
    charge_id: str | None
    due_date: date
    open_amount: Decimal
    days_past_due: int
    delinquent_days: int
    bucket: str | None


@attrs.frozen(slots=True)
class AssessmentFigures:
    """The figures of an assessment.

    Parameters
    ----------
    days_past_due : int
        Late days of the oldest unsettled instalment [days].
    delinquent_days : int
        Days past due less suspension less grace [days].
    reading : int
        The count that the bucket scheme reads, in its own unit.
    bucket : str
        The code of the bucket.
    arrears : Decimal
        Open counted amounts of late instalments [currency units].
    exposure : Decimal
        Open principal, due or not, and other amounts due and unpaid [currency units].
    unallocated : Decimal
        Money that settled nothing yet [currency units].
    oldest_due_date : date or None
        The due date from which the age runs; ``None`` if nothing is late.
    late_instalments : tuple of LateDebtRecord
        Every late and unsettled debt, oldest first.
    disputed : Decimal, default 0
        Late and open, and not counted because it is disputed [currency units].
    """

    days_past_due: int
    delinquent_days: int
    reading: int
    bucket: str
    arrears: Decimal
    exposure: Decimal
    unallocated: Decimal
    oldest_due_date: date | None
    late_instalments: tuple[LateDebtRecord, ...]
    disputed: Decimal = Decimal(0)


@attrs.frozen(slots=True)
class Difference:
    """A figure that is not what it was: its name, as recorded, as computed now."""

    figure: str
    recorded: object
    recomputed: object

    def __str__(self) -> str:
        return f"{self.figure}: recorded {self.recorded}, recomputed {self.recomputed}"


def check_kinds(record: Any, where: str, kinds: Iterable[tuple[str, tuple[type, ...]]]) -> None:
    """Refuse an audit record with a part of another type.

    Raises
    ------
    InvalidTypeError
        The part.
    """
    for field, kind in kinds:
        value = getattr(record, field)
        if not isinstance(value, kind):
            names = " or ".join(each.__name__ for each in kind)
            raise InvalidTypeError.at(
                f"{where}, {field}", expected=f"an instance of {names}", found=value
            )


def check_told(where: str, told: Iterable[tuple[str, str, str]]) -> None:
    """Refuse an audit record whose parts do not belong together.

    ``told`` has the name of each part that says what another part holds, what it says, and what is held.

    Raises
    ------
    InvalidValueError
        The part.
    """
    for field, says, held in told:
        if says != held:
            raise InvalidValueError.at(f"{where}, {field}", expected=repr(held), found=repr(says))


def check_record(record: Any, where: str, figures: tuple[type, ...]) -> None:
    """Refuse an audit record of one account whose parts are of other types, or do not belong together.

    Raises
    ------
    InvalidTypeError
        A part of another type.
    InvalidValueError
        A currency that is not the account's, a version that is not the policy's.
    """
    check_kinds(
        record,
        where,
        (
            ("library_version", (str,)),
            ("currency", (Currency,)),
            ("figures", figures),
            ("explanation", (Explanation,)),
            ("account", (Account,)),
            ("policy", (Policy,)),
        ),
    )
    check_told(
        where,
        (
            ("currency", record.currency.code, record.account.currency.code),
            ("policy_version", record.policy_version, record.policy.version),
        ),
    )


def differing(recorded: Any, recomputed: Any) -> tuple[Difference, ...]:
    """The figures of two records of one question, the explanation and its words, that are not the same."""
    kind: type[Any] = recorded.figures.__class__
    names = [field.name for field in attrs.fields(kind)]
    pairs = [
        (name, getattr(recorded.figures, name), getattr(recomputed.figures, name)) for name in names
    ]
    pairs.extend(
        (name, getattr(recorded, name), getattr(recomputed, name))
        for name in ("explanation", "texts")
        if hasattr(recorded, name)
    )
    return tuple(Difference(*pair) for pair in pairs if pair[1] != pair[2])


@attrs.frozen(slots=True, kw_only=True)
class AssessmentRecord:
    """An assessment as it was given: inputs, figures, reasons, policy version, library version.

    Parameters
    ----------
    library_version : str
        The version of this library that gave the answer.
    as_of : date
        The close of the day asked for.
    known_on : date or None
        What the books knew only later was left out; ``None`` leaves nothing out.
    policy_version : str
        Name and first day in force of the policy version used.
    currency : Currency
        Of every amount.
    figures : AssessmentFigures
        The answer.
    explanation : Explanation
        Why.
    account : Account
        The facts.
    policy : Policy
        The rules.

    Raises
    ------
    InvalidTypeError
        A wrong type.
    InvalidValueError
        A currency or a policy version that is not that of the account and the policy.

    Examples
    --------
    >>> from delinquency import Currency, Instalment, Schedule, rulebook
    >>> schedule = Schedule(Currency.of("CNY"), (Instalment(date(2025, 1, 31), Decimal("100")),))
    >>> account = Account(account_id="A-1", originated_on=date(2024, 12, 31), schedule=schedule)
    >>> answer = assess(account, as_of=date(2025, 3, 2), policy=rulebook.load("founding-report"))
    >>> record = AssessmentRecord.of(answer)
    >>> record.figures.days_past_due, record.figures.bucket, record.differences()
    (30, '1-30', ())
    """

    library_version: str
    as_of: date
    known_on: date | None
    policy_version: str
    currency: Currency
    figures: AssessmentFigures
    explanation: Explanation
    account: Account
    policy: Policy

    def __attrs_post_init__(self) -> None:
        check_record(self, "assessment record", (AssessmentFigures,))

    @classmethod
    def of(cls, assessment: Assessment) -> AssessmentRecord:
        """The record of an assessment made by this version of the library."""
        return cls(
            library_version=__version__,
            as_of=assessment.as_of,
            known_on=assessment.known_on,
            policy_version=assessment.policy.version,
            currency=assessment.account.currency,
            figures=_figures(assessment),
            explanation=assessment.explanation,
            account=assessment.account,
            policy=assessment.policy,
        )

    def recompute(self) -> Assessment:
        """The same question put to this version of the library.

        Raises
        ------
        DelinquencyError
            As :func:`delinquency.assessment.assess`.
        """
        return assess(self.account, as_of=self.as_of, policy=self.policy, known_on=self.known_on)

    def differences(self) -> tuple[Difference, ...]:
        """The figures, and the explanation, that this version of the library gives otherwise."""
        return differing(self, AssessmentRecord.of(self.recompute()))


def _figures(answer: Assessment) -> AssessmentFigures:
    late = tuple(
        LateDebtRecord(
            debt.instalment_no,
            debt.charge_id,
            debt.due_date,
            debt.open_amount,
            debt.days_past_due,
            debt.delinquent_days,
            None if debt.bucket is None else debt.bucket.code,
        )
        for debt in answer.late_instalments
    )
    return AssessmentFigures(
        days_past_due=answer.days_past_due,
        delinquent_days=answer.delinquent_days,
        reading=answer.reading,
        bucket=answer.bucket.code,
        arrears=answer.arrears,
        exposure=answer.exposure,
        unallocated=answer.unallocated,
        oldest_due_date=answer.oldest_due_date,
        late_instalments=late,
        disputed=answer.disputed,
    )
