"""How proposals are shown: a table of the first of them, and how many are left out.

The one idea: a reader compares a screen of plans; a frame has all of them.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from delinquency.amortisation.shown import cells_of
from delinquency.restructuring.measures import (
    NAMES,
    ArrearsWaiver,
    Forgiveness,
    PaymentHoliday,
    PrincipalDeferral,
    RateReduction,
    ReAgeing,
    ReducedPayments,
    TermExtension,
)
from delinquency.sentences import WORDS
from delinquency.text_layout import aligned, html_cells

if TYPE_CHECKING:
    from decimal import Decimal

    from delinquency.proposals.answer import Proposals
    from delinquency.restructuring import RestructuringPlan
    from delinquency.rounding import Proportion

__all__ = ["MOST_SHOWN", "html_of", "lost_share", "text_of"]

MOST_SHOWN: Final = 20
"""As many rows as a table of proposals has."""

_FIELDS: Final = (
    "greatest_payment",
    "payment_relief",
    "payments",
    "paid_in_all",
    "total_cost_change",
    "balloon",
    "last_due_on",
    "present_value_loss",
)
_HEADS: Final = {
    "en": (
        "no.",
        "plan",
        "greatest payment",
        "relief",
        "payments",
        "paid in all",
        "more than before",
        "balloon",
        "last due",
        "loss",
        "loss %",
    ),
    "zh": (
        "序号",
        "方案",
        "最高月供",
        "减轻",
        "期数",
        "还款总额",
        "较无方案增加",
        "尾款",
        "末期",
        "现值损失",
        "损失率",
    ),
}
_LEFT_OUT: Final = {
    "en": "{left} more are not shown: few({most}) takes {most} that are unlike each other, to_frame() has "
    "all.",
    "zh": "另有 {left} 个未列出：few({most}) 选出差异较大的 {most} 个，to_frame() 列出全部。",
}
_BESIDE: Final = {
    "en": "{beside} of charges that are not due yet falls due beside these payments.",
    "zh": "另有尚未到期的费用 {beside}，不在各期还款之内。",
}


def text_of(found: Proposals, lang: str) -> str:
    """The first proposals as aligned lines, how many are left out, and what falls due beside them."""
    return "\n".join((*aligned(_cells(found, lang), left=(1,)), *_beneath(found, lang)))


def html_of(found: Proposals) -> str:
    """The same as a table for a notebook."""
    heads, *rows = _cells(found, "en")
    body = "".join(f"<tr>{html_cells('td', row)}</tr>" for row in rows)
    left = "".join(f"<p>{escape(line)}</p>" for line in _beneath(found, "en"))
    return (
        f"<table><caption>{found.account.currency.code}</caption>"
        f"<thead><tr>{html_cells('th', heads)}</tr></thead><tbody>{body}</tbody></table>{left}"
    )


def _beneath(found: Proposals, lang: str) -> tuple[str, ...]:
    left, beside = len(found.plans) - MOST_SHOWN, found.charges_to_come
    lines = ((left > 0, _LEFT_OUT), (beside > 0, _BESIDE))
    named = {
        "left": left,
        "most": MOST_SHOWN,
        "beside": f"{beside:,} {found.account.currency.code}",
    }
    return tuple(line[lang].format(**named) for is_told, line in lines if is_told)


def _cells(found: Proposals, lang: str) -> list[tuple[str, ...]]:
    return [
        _HEADS[lang],
        *(
            (
                str(each.number),
                _measures(each.plan, lang),
                *cells_of(each, _FIELDS),
                lost_share(each.diminished_share, each.present_value_loss),
            )
            for each in found.plans[:MOST_SHOWN]
        ),
    ]


def _measures(plan: RestructuringPlan, lang: str) -> str:
    """The measures of a plan in words, with what is chosen of each."""
    return ", ".join(
        f"{WORDS[lang][NAMES[type(measure)]]}{_chosen(measure)}" for measure in plan.measures
    )


def _chosen(measure: object) -> str:
    match measure:
        case RateReduction():
            return f" {measure.annual_rate.as_percent()} %"
        case ReducedPayments():
            steps = ", ".join(f"{step.instalments} × {step.amount:,}" for step in measure.payments)
            return f" ({steps})"
        case TermExtension() | PaymentHoliday() | ReAgeing():
            return f" {measure.instalments}"
        case ArrearsWaiver() | Forgiveness() | PrincipalDeferral() if measure.share is not None:
            return f" {_percent(measure.share)}"
        case _:
            return ""


def lost_share(share: Proportion, loss: Decimal) -> str:
    """A share of loss in per cent, rounded up, and 0 where the amount beside it is 0 or a gain.

    So a loss is never shown as none, nor one above a limit as one at it, and no loss as one.
    """
    return _percent(share) if loss > 0 else "0.00 %"


def _percent(share: Proportion) -> str:
    """A share in per cent, two decimals, rounded up."""
    parts = -(-share.numerator * 10_000 // share.denominator)
    return f"{parts // 100}.{parts % 100:02d} %"
