"""What an analyst looks at first: the ageing table, the accounts that matter most, one reason."""

from __future__ import annotations

import numpy as np

from delinquency.amounts import from_minor
from delinquency.cli.words import counted, said
from delinquency.policy import Policy
from delinquency.portfolio import PortfolioAssessment, ageing
from delinquency.text_layout import aligned

__all__ = ["matter_most", "print_summary"]

TOP = 10


def matter_most(answer: PortfolioAssessment, count: int = TOP) -> list[int]:
    """The rows with the largest product of arrears and delinquent days, largest first.

    The product is taken in floating point: it ranks, and is never reported.
    """
    weight = answer.arrears.astype(np.float64) * answer.delinquent_days
    order = np.argsort(-weight, kind="stable")[:count]
    return [int(row) for row in order if weight[row] > 0]


def print_summary(answer: PortfolioAssessment, *, lang: str, explain: int | None = None) -> None:
    """Print the ageing table, the top accounts and the reasons of one."""
    policy = _named(answer.policies[0], lang)
    figures = {"as_of": answer.as_of, "currency": answer.book.currency.code}
    print(
        said(
            "headline",
            lang,
            accounts=counted(len(answer), "account", lang),
            policy=policy,
            **figures,
        )
    )
    print()
    print(ageing(answer).to_text(lang=lang))
    top = matter_most(answer)
    if top:
        print()
        print(said("matter_most", lang))
        for line in aligned(_top_lines(answer, top, lang), left=(0, 3)):
            print(f"  {line}")
    shown = explain if explain is not None else (top[0] if top else None)
    if shown is not None:
        print()
        print(said("why", lang))
        for line in answer.explain(shown).to_text(lang=lang).splitlines():
            print(f"  {line}")


def _named(policy: Policy, lang: str) -> str:
    """The version of a policy, and its title where it has one."""
    title = (policy.title_zh if lang == "zh" else "") or policy.title
    around = "（{}）" if lang == "zh" else " ({})"
    return policy.version + (around.format(title) if title else "")


def _top_lines(answer: PortfolioAssessment, top: list[int], lang: str) -> list[tuple[str, ...]]:
    currency = answer.book.currency
    heads = [said(name, lang) for name in ("account", "arrears", "days", "bucket")]
    heads[1] += f" {currency.code}"
    lines = [tuple(heads)]
    for row in top:
        bucket = answer.bucket_of(row)
        lines.append(
            (
                answer.book.account_id[row],
                f"{from_minor(int(answer.arrears[row]), currency):,}",
                str(int(answer.delinquent_days[row])),
                bucket.text(lang) if lang == "zh" else bucket.code,
            )
        )
    return lines
