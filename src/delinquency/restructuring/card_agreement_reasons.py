"""The document of an individual instalment agreement: everything that the article asks to be in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from delinquency.explanation import Explanation
from delinquency.restructuring.card_agreement import ARTICLE_70
from delinquency.restructuring.reasons import plan_steps, worth_of

if TYPE_CHECKING:
    from delinquency.restructuring.agreed_card import AgreedCard

__all__ = ["explain_agreement"]


def explain_agreement(done: AgreedCard) -> Explanation:
    """The tree of reasons of an agreement, in the order of the article."""
    agreed = done.agreement
    return Explanation(
        "card_agreement",
        done.debt_before.total,
        {
            "card_id": done.before.account_id,
            "account_id": agreed.account_id,
            "effective_on": agreed.effective_on,
            "after": done.debt_after.total,
            "instalments": len(done.rows_after),
            "currency": done.currency.code,
        },
        (ARTICLE_70,),
        (
            *_balance(done),
            *plan_steps(done),
            *_instalments(done),
            *_accruals(done),
            *_terms(done),
            worth_of(done, "card_agreement_value"),
        ),
    )


def _balance(done: AgreedCard) -> Iterator[Explanation]:
    """The condition of the article, the balance by what it is made of, and how late it is."""
    yield Explanation("card_agreement_needed", done.days_past_due_before, {})
    for kind, amount in done.structure:
        figures = {"kind": kind.value, "currency": done.currency.code}
        yield Explanation("card_agreement_balance", amount, figures)


def _instalments(done: AgreedCard) -> Iterator[Explanation]:
    for number, row in enumerate((row for row in done.schedule_rows if row.after), start=1):
        if row.after is not None:
            figures: dict[str, object] = {
                "number": number,
                "due_date": row.due_date,
                "principal": row.after.principal,
                "interest": row.after.interest,
                "fees": row.after.fees,
                "penalty": row.after.penalty,
                "currency": done.currency.code,
            }
            yield Explanation("card_agreement_row", row.after.total, figures)


def _accruals(done: AgreedCard) -> Iterator[Explanation]:
    agreed = done.agreement
    if agreed.annual_rate is not None and agreed.accrues_interest:
        yield Explanation("card_agreement_interest", agreed.annual_rate.as_percent(), {})
    else:
        yield Explanation("card_agreement_no_interest", 0, {})
    for name, accrues in (
        ("annual_fee", agreed.accrues_annual_fee),
        ("other_fees", agreed.accrues_other_fees),
    ):
        rule = f"card_agreement_{name}" if accrues else f"card_agreement_no_{name}"
        yield Explanation(rule, int(accrues), {})


def _terms(done: AgreedCard) -> Iterator[Explanation]:
    agreed = done.agreement
    yield Explanation("card_agreement_promise", agreed.effective_on, {})
    yield Explanation("card_agreement_duties", agreed.rights_and_duties, {})
    yield Explanation("card_agreement_breach", agreed.breach_terms, {})
    if agreed.other_terms:
        yield Explanation("card_agreement_other", agreed.other_terms, {})
    yield Explanation("card_agreement_stops", done.stops_collection_from, {})
    if agreed.recording_id is not None:
        yield Explanation("card_agreement_recording", agreed.recording_id, {})
