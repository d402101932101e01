"""The audit record of what was owed: penalty interest, a breakdown, or what one payment settled.

The one idea: three answers, one record. The question is the same - an account, a day, a policy - and which
figures it holds says what was asked, so that years later it can be put again and compared.
"""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

import attrs

from delinquency.account import Account
from delinquency.breakdown import Breakdown, breakdown
from delinquency.calendar import to_date
from delinquency.currency import Currency
from delinquency.errors import InvalidTypeError
from delinquency.explanation import Explanation
from delinquency.payment_settlement import PaymentSettlement, payment_settlement
from delinquency.penalty_interest import PenaltyInterest, penalty_interest
from delinquency.policy import Policy
from delinquency.replaying import known_on_of
from delinquency.serialization.owed_figures import (
    BreakdownFigures,
    PenaltyFigures,
    SettlementFigures,
    breakdown_figures,
    penalty_figures,
    settlement_figures,
)
from delinquency.serialization.record import Difference, check_record, differing
from delinquency.version import __version__

__all__ = ["OWED_ANSWERS", "OwedAnswer", "OwedRecord"]

OwedAnswer: TypeAlias = PenaltyInterest | Breakdown | PaymentSettlement
"""An answer to what is owed."""

OWED_ANSWERS = (PenaltyInterest, Breakdown, PaymentSettlement)


@attrs.frozen(slots=True, kw_only=True)
class OwedRecord:
    """What was owed as it was answered: inputs, figures, reasons, policy version, library version.

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
    figures : PenaltyFigures, BreakdownFigures or SettlementFigures
        The answer; its class says what was asked.
    explanation : Explanation
        Why.
    account : Account
        The facts.
    policy : Policy
        The rules.

    Examples
    --------
    >>> from delinquency import Instalment, Schedule, rulebook
    >>> schedule = Schedule(Currency.of("CNY"), [Instalment(date(2025, 1, 31), 100)])
    >>> account = Account(account_id="A-1", originated_on=date(2024, 12, 31), schedule=schedule)
    >>> policy = rulebook.load("founding-report")
    >>> record = OwedRecord.of(breakdown(account, as_of=date(2025, 1, 31), policy=policy))
    >>> record.figures.payoff, record.figures.arrears, record.differences()
    (Decimal('100.00'), Decimal('0.00'), ())
    """

    library_version: str
    as_of: date
    known_on: date | None
    policy_version: str
    currency: Currency
    figures: PenaltyFigures | BreakdownFigures | SettlementFigures
    explanation: Explanation
    account: Account
    policy: Policy

    def __attrs_post_init__(self) -> None:
        check_record(self, "record of what was owed", _FIGURES)

    @classmethod
    def of(cls, answer: OwedAnswer) -> OwedRecord:
        """The record of an answer given by this version of the library.

        Raises
        ------
        InvalidTypeError
            No answer to what is owed.
        """
        if not isinstance(answer, OWED_ANSWERS):
            names = ", ".join(kind.__name__ for kind in OWED_ANSWERS)
            raise InvalidTypeError.at("OwedRecord", expected=f"one of {names}", found=answer)
        return cls(
            library_version=__version__,
            as_of=to_date(answer.ledger.as_of_day),
            known_on=known_on_of(answer.ledger.known_day),
            policy_version=answer.policy.version,
            currency=answer.account.currency,
            figures=_figures(answer),
            explanation=answer.explanation,
            account=answer.account,
            policy=answer.policy,
        )

    def recompute(self) -> OwedAnswer:
        """The same question put to this version of the library.

        Raises
        ------
        DelinquencyError
            As the verb that gave the answer.
        """
        match self.figures:
            case PenaltyFigures():
                return penalty_interest(
                    self.account, as_of=self.as_of, policy=self.policy, known_on=self.known_on
                )
            case BreakdownFigures():
                return breakdown(
                    self.account, as_of=self.as_of, policy=self.policy, known_on=self.known_on
                )
            case SettlementFigures(value_date, kind):
                return payment_settlement(
                    self.account,
                    value_date=value_date,
                    as_of=self.as_of,
                    policy=self.policy,
                    kind=kind,
                    known_on=self.known_on,
                )

    def differences(self) -> tuple[Difference, ...]:
        """The figures, and the explanation, that this version of the library gives otherwise."""
        return differing(self, OwedRecord.of(self.recompute()))


_FIGURES = (PenaltyFigures, BreakdownFigures, SettlementFigures)


def _figures(answer: OwedAnswer) -> PenaltyFigures | BreakdownFigures | SettlementFigures:
    match answer:
        case PenaltyInterest():
            return penalty_figures(answer)
        case Breakdown():
            return breakdown_figures(answer)
        case PaymentSettlement():
            return settlement_figures(answer)
