"""The audit record of an agreement for a card: the card as it was, what was agreed, and what is owed since.

The one idea: the agreement is the document that the article asks for; the record is that document with what
it was made of and what follows from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import attrs

from delinquency.currency import Currency
from delinquency.errors import InvalidTypeError
from delinquency.explanation import Explanation
from delinquency.policy import Policy
from delinquency.restructuring import AgreedCard, CardAgreement, agree_on_card
from delinquency.revolving import CardAccount
from delinquency.serialization.plan_figures import AgreedFigures, agreed_figures
from delinquency.serialization.plan_inputs import check_texts, in_words
from delinquency.serialization.record import Difference, check_kinds, check_told, differing
from delinquency.version import __version__

__all__ = ["CardAgreementRecord"]


@attrs.frozen(slots=True, kw_only=True)
class CardAgreementRecord:
    """An agreement as it was answered: facts, terms, figures, reasons, policy version, library version.

    Parameters
    ----------
    library_version : str
        The version of this library that gave the answer.
    as_of : date
        The day on which it was made or looked at.
    known_on : date or None
        What the books knew only later was left out; ``None`` leaves nothing out.
    policy_version : str
        Name and first day in force of the policy version by which the minimums were counted.
    currency : Currency
        Of every amount.
    figures : AgreedFigures
        The answer, the account that owes the instalments in it.
    explanation : Explanation
        Why.
    texts : mapping of str to str
        The explanation in words, by language: the document of the agreement.
    card : CardAccount
        The facts before the agreement.
    agreement : CardAgreement
        What was agreed.
    policy : Policy
        The rules.

    Raises
    ------
    InvalidTypeError
        A wrong type.
    InvalidValueError
        A currency or a policy version that is not that of the card and the policy; a language without a text.

    References
    ----------
    商业银行信用卡业务监督管理办法 (CBRC Order 2011 No. 2), Article 70.
    """

    library_version: str
    as_of: date
    known_on: date | None
    policy_version: str
    currency: Currency
    figures: AgreedFigures
    explanation: Explanation
    texts: Mapping[str, str] = attrs.field(hash=False)
    card: CardAccount
    agreement: CardAgreement
    policy: Policy

    def __attrs_post_init__(self) -> None:
        where = "record of a card agreement"
        kinds = (
            ("library_version", (str,)),
            ("currency", (Currency,)),
            ("figures", (AgreedFigures,)),
            ("explanation", (Explanation,)),
            ("card", (CardAccount,)),
            ("agreement", (CardAgreement,)),
            ("policy", (Policy,)),
        )
        check_kinds(self, where, kinds)
        check_texts(self, where)
        told = (
            ("currency", self.currency.code, self.card.currency.code),
            ("policy_version", self.policy_version, self.policy.version),
        )
        check_told(where, told)

    @classmethod
    def of(cls, answer: AgreedCard) -> CardAgreementRecord:
        """The record of an answer given by this version of the library.

        Raises
        ------
        InvalidTypeError
            No answer of :func:`~delinquency.restructuring.agreeing_on_card.agree_on_card`.
        """
        if not isinstance(answer, AgreedCard):
            raise InvalidTypeError.at("CardAgreementRecord", expected="an AgreedCard", found=answer)
        explanation = answer.explanation
        return cls(
            library_version=__version__,
            as_of=answer.as_of,
            known_on=answer.known_on,
            policy_version=answer.policy.version,
            currency=answer.currency,
            figures=agreed_figures(answer),
            explanation=explanation,
            texts=in_words(explanation),
            card=answer.before,
            agreement=answer.agreement,
            policy=answer.policy,
        )

    def recompute(self) -> AgreedCard:
        """The same question put to this version of the library.

        Raises
        ------
        DelinquencyError
            As :func:`delinquency.restructuring.agreeing_on_card.agree_on_card`.
        """
        return agree_on_card(
            self.card,
            self.agreement,
            as_of=self.as_of,
            policy=self.policy,
            known_on=self.known_on,
        )

    def differences(self) -> tuple[Difference, ...]:
        """The figures, the explanation and its words that this version of the library gives otherwise."""
        return differing(self, CardAgreementRecord.of(self.recompute()))
