"""The provisions of a policy as lines: what the rates are of, each rate, by which source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from delinquency.provision_table import percent_of
from delinquency.rulebook.describing_words import named, said, word_in

if TYPE_CHECKING:
    from delinquency.provision_table import ProvisionRate, ProvisionTable

__all__ = ["provision_lines"]


def provision_lines(table: ProvisionTable, lang: str = "en") -> Iterator[tuple[str, str]]:
    """What a table says, by name.

    Examples
    --------
    >>> from delinquency.provision_table import ProvisionRate, ProvisionTable
    >>> from delinquency.rounding import Proportion
    >>> rates = [ProvisionRate("0", Proportion(0, 1)), ProvisionRate("1+", Proportion(1, 8))]
    >>> for name, value in provision_lines(ProvisionTable(by="bucket", rates=rates)):
    ...     print(name, value, sep=": ")
    Provisions: by bucket, of exposure, half_up
    Provision: 0: 0 %
    Provision: 1+: 12.5 %
    """
    yield (
        "Provisions",
        said(
            "provisions",
            lang,
            by=word_in(lang, table.by),
            base=named(table.base.value, lang),
            rounding=named(table.rounding.value, lang),
        ),
    )
    for rate in table.rates:
        sources = "; ".join(source.text(lang) for source in rate.citations)
        phrase = "provision_by" if sources else "provision"
        yield (
            "Provision",
            said(phrase, lang, of=rate.of, percent=_shares(rate, lang), sources=sources),
        )


def _shares(rate: ProvisionRate, lang: str) -> str:
    """The share of a rate, or both where it has one for what collateral does not cover."""
    if rate.each_month is not None:
        return said("provision_months", lang, share=rate.percent, each=percent_of(rate.each_month))
    if rate.unsecured_share is None:
        return said("provision_share", lang, share=rate.percent)
    shares = {"share": rate.percent, "rest": percent_of(rate.unsecured_share)}
    if rate.unsecured_up_to is None:
        return said("provision_parts", lang, **shares)
    return said("provision_accounts", lang, **shares, limit=percent_of(rate.unsecured_up_to))
