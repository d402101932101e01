"""Why a late fee is what it is: what it was worked out of, each limit, and the sources.

The one idea: a debtor who is charged a fee is shown the sum, not only its result; the figures are those that
the amount was made of.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from delinquency.amounts import from_minor, told_product
from delinquency.calendar import to_date
from delinquency.citation import Citation, Verification
from delinquency.currency import Currency
from delinquency.errors import CurrencyError
from delinquency.explanation import Explanation
from delinquency.late_fees.assessing import assessed_fee, base_minor, cap_minor, maximum_minor
from delinquency.late_fees.facts import FeeFacts, FeeOutcome
from delinquency.late_fees.fee_tables import check_currency
from delinquency.late_fees.formulas import NO_LIMIT
from delinquency.late_fees.kinds import BandFee, FeeBase, FlatFee, SafeHarbourFee, ShareFee
from delinquency.late_fees.terms import LateFeeTerms

__all__ = ["explain_fee"]


def explain_fee(
    terms: LateFeeTerms,
    facts: FeeFacts,
    *,
    currency: Currency,
    instalment_no: int | None = None,
) -> Explanation:
    """The fee of a day of assessment with its reason, how it was worked out, and its sources.

    Parameters
    ----------
    currency : Currency
        Of the account.
    instalment_no : int, optional
        The instalment that was missed, from 1.

    Raises
    ------
    InvalidTypeError, InvalidValueError, PolicyNotInForceError
        As :func:`~delinquency.late_fees.assessing.assessed_fee`.
    CurrencyError
        Terms in another currency.

    Examples
    --------
    >>> terms = LateFeeTerms(name="late", amount=FlatFee(15), currency=Currency.of("USD"))
    >>> told = explain_fee(terms, FeeFacts(day=0, open_amounts=(1, 0, 0, 0)),
    ...     currency=Currency.of("USD"))
    >>> told.rule, told.value, told.inputs["reason"]
    ('late_fee', Decimal('15.00'), 'amount')
    """
    outcome = assessed_fee(terms, facts)
    check_currency(currency, f"late fee {terms.name!r}")
    if terms.currency not in (None, currency):
        raise CurrencyError.at(
            f"late fee {terms.name!r}", expected=f"{terms.currency}", found=str(currency)
        )
    figures: dict[str, object] = {
        "name": terms.name,
        "assessed_on": to_date(facts.day),
        "unpaid": from_minor(facts.unpaid, currency),
        "agreed": from_minor(outcome.agreed_minor, currency),
        "currency": currency.code,
        "reason": outcome.reason.value,
    }
    citations, verification = _sources(terms, facts) if outcome.agreed_minor else ((), None)
    if verification is Verification.UNVERIFIED:
        figures["unverified"] = verification.value
    if instalment_no is not None:
        figures["missed_instalment"] = instalment_no
    return Explanation(
        "late_fee",
        from_minor(outcome.minor, currency),
        figures,
        (*terms.citations, *citations),
        tuple(_working(terms, facts, outcome, currency)),
    )


def _working(
    terms: LateFeeTerms, facts: FeeFacts, outcome: FeeOutcome, currency: Currency
) -> Iterator[Explanation]:
    """The amount agreed, worked out, and each limit of it."""
    if not outcome.agreed_minor:
        return
    code = {"currency": currency.code}
    yield _agreed(terms, facts, outcome, currency)
    if terms.minimum_minor:
        yield Explanation("fee_minimum", from_minor(terms.minimum_minor, currency), code)
    maximum, cap = maximum_minor(terms, facts), cap_minor(terms, facts)
    if maximum != NO_LIMIT:
        shared = {}
        if isinstance(terms.maximum, ShareFee):
            shared = _share(terms.maximum, terms, facts, currency)
        yield Explanation("fee_maximum", from_minor(maximum, currency), {**shared, **code})
    if cap != NO_LIMIT:
        yield Explanation("fee_required_minimum", from_minor(cap, currency), code)


def _agreed(
    terms: LateFeeTerms, facts: FeeFacts, outcome: FeeOutcome, currency: Currency
) -> Explanation:
    amount = from_minor(outcome.agreed_minor, currency)
    code = {"currency": currency.code}
    match terms.amount:
        case FlatFee():
            return Explanation("fee_flat", amount, code)
        case ShareFee() as fee:
            share = Fraction(fee.share.numerator, fee.share.denominator)
            exact = share * base_minor(fee.of, facts, terms.name)
            product = told_product(exact, outcome.agreed_minor, currency)
            figures = {**_share(fee, terms, facts, currency), "product": product, **code}
            if isinstance(product, str):
                figures["rounded"] = amount
            return Explanation("fee_share", amount, figures)
        case BandFee(table, of):
            figures = {**_base(of, terms, facts, currency), "table": table.name, **code}
            return Explanation("fee_band", amount, figures)
        case SafeHarbourFee(table):
            figures = {"table": table.name, "repeated": outcome.is_repeated, **code}
            return Explanation("fee_harbour", amount, figures)


def _share(
    fee: ShareFee, terms: LateFeeTerms, facts: FeeFacts, currency: Currency
) -> dict[str, object]:
    return {"share": str(fee.share), **_base(fee.of, terms, facts, currency)}


def _base(
    of: FeeBase, terms: LateFeeTerms, facts: FeeFacts, currency: Currency
) -> dict[str, object]:
    amount = from_minor(base_minor(of, facts, terms.name), currency)
    return {"of": f"of_{of.value}", "base": amount}


def _sources(
    terms: LateFeeTerms, facts: FeeFacts
) -> tuple[tuple[Citation, ...], Verification | None]:
    """The sources of the amount of a table, and how far it was compared with them."""
    match terms.amount:
        case SafeHarbourFee(table):
            row = table.rows[table.place_on(facts.day)]
            return row.citations, row.verification
        case BandFee(table, _):
            return table.citations, table.verification
        case _:
            return (), None
