"""From read columns to a checked book, setting accounts aside until what is left is one.

The one idea: a bad row takes its whole account with it, because figures of a part of an account would
be wrong; the rules of a book itself then find what only shows between rows.
"""

# numpy and Arrow say little about their own results; mypy strict checks the same lines.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs
import numpy as np

from delinquency.currency import Currency
from delinquency.errors import PortfolioError
from delinquency.frames.amount_columns import Units
from delinquency.frames.draft import TableDraft, read_accounts, read_child
from delinquency.frames.findings import Findings, Place
from delinquency.frames.sources import SourceTable
from delinquency.frames.table_columns import Holds
from delinquency.frames.text_columns import read_texts, text_column
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.checks import find_problems
from delinquency.portfolio.columns import (
    ChargeBackColumns,
    ChargeColumns,
    CollateralColumns,
    ContractRateColumns,
    DecisionColumns,
    DisputeColumns,
    FindingColumns,
    GuaranteeColumns,
    InstalmentColumns,
    PaymentColumns,
    ReAgeColumns,
    ReportedFigureColumns,
    RestructuringColumns,
    SpanColumns,
    SuspensionColumns,
)
from delinquency.portfolio.text_column import TextColumn

__all__ = ["read_book"]

_MAY_BE_EMPTY = {Holds.DAY, Holds.AMOUNT, Holds.MEMBER, Holds.NUMBER, Holds.FLAG}


@attrs.frozen(slots=True, kw_only=True, eq=False)
class _Unchecked:
    """The tables of a book that may not be one."""

    currency: Currency
    account_id: TextColumn
    originated_on: Any
    instalments: InstalmentColumns
    payments: PaymentColumns
    charges: ChargeColumns | None
    suspensions: SuspensionColumns | None
    decisions: DecisionColumns | None
    charge_backs: ChargeBackColumns | None
    spans: SpanColumns | None
    disputes: DisputeColumns | None
    contract_rates: ContractRateColumns | None
    findings: FindingColumns | None
    reported_figures: ReportedFigureColumns | None
    restructurings: RestructuringColumns | None
    re_ages: ReAgeColumns | None
    collateral: CollateralColumns | None
    guarantees: GuaranteeColumns | None
    obligor_id: TextColumn | None
    product: Any
    segment: Any

    def checked(self) -> Portfolio:
        """The book; raises where it is none."""
        names = (field.name for field in attrs.fields(_Unchecked))
        return Portfolio(**{name: getattr(self, name) for name in names})


def read_book(
    sources: Mapping[str, SourceTable], units: Units, findings: Findings
) -> tuple[Portfolio | None, dict[str, TableDraft]]:
    """The book of the good accounts, or ``None`` where there is none, and how it was read."""
    accounts = read_accounts(sources["accounts"], findings)
    _check_currency(sources["accounts"], units.currency, findings)
    ids = accounts.columns["account_id"]
    drafts = {"accounts": accounts}
    for name, source in sources.items():
        if name != "accounts":
            drafts[name] = read_child(source, ids, units, findings)
    _drop_bad(drafts, findings)
    for draft in drafts.values():
        if draft.name != "accounts":
            draft.lay_out(len(accounts))
    return _checked_book(drafts, units.currency, findings), drafts


def _check_currency(source: SourceTable, currency: Currency, findings: Findings) -> None:
    column = source.columns.get("currency")
    if column is None:
        return
    place = Place(findings, source, "currency")
    encoded = read_texts(column, place, may_be_empty=False).dictionary_encode()
    wrong = np.array([code != currency.code for code in encoded.dictionary.to_pylist()], np.bool_)
    if wrong.any():
        place.rows(
            wrong[encoded.indices.to_numpy()],
            "mixed_currency",
            f"the currency of the book, {currency}",
            'Pass currency="column" for one book a currency.',
        )


def _checked_book(
    drafts: dict[str, TableDraft], currency: Currency, findings: Findings
) -> Portfolio | None:
    while len(drafts["accounts"]):
        unchecked = _unchecked(drafts, currency)
        try:
            return unchecked.checked()
        except PortfolioError as error:
            refused = error
        before = len(findings.found)
        for problem in find_problems(unchecked):
            draft = drafts[problem.table]
            rows = draft.source_rows(problem.rows)
            findings.add(attrs.evolve(problem, rows=rows), draft.source)
        if len(findings.found) == before:
            raise refused
        _drop_bad(drafts, findings)
    return None


def _drop_bad(drafts: dict[str, TableDraft], findings: Findings) -> None:
    """Take every account with a bad row out of every table."""
    if not any(findings.has_bad(name) for name in drafts):
        return
    bad = np.zeros(len(drafts["accounts"]), dtype=np.bool_)
    for name, draft in drafts.items():
        if findings.has_bad(name):
            accounts = draft.accounts()[findings.is_bad(draft.source, draft.all_rows())]
            bad[accounts[accounts >= 0]] = True
    numbers = np.cumsum(~bad) - 1
    for draft in drafts.values():
        draft.keep(~bad, numbers)


def _unchecked(drafts: dict[str, TableDraft], currency: Currency) -> _Unchecked:
    head = _said(drafts["accounts"])
    size = len(drafts["accounts"])
    instalments = _said(drafts["instalments"])
    for name in ("in_force_from", "in_force_until"):
        other = "in_force_until" if name == "in_force_from" else "in_force_from"
        if instalments.get(name) is None and instalments.get(other) is not None:
            empty = drafts["instalments"].source.table.column(name).empty
            instalments[name] = np.full(len(drafts["instalments"]), empty, dtype=np.int32)
    charges = drafts.get("charges")
    charged: dict[str, Any] = {}
    if charges is not None and len(charges):
        charged = _said(charges)
        if charged.get("instalment_no") is None:
            charged["instalment_no"] = np.zeros(len(charges), dtype=np.int32)
    return _Unchecked(
        currency=currency,
        account_id=head["account_id"],
        originated_on=head["originated_on"],
        instalments=InstalmentColumns(**instalments),
        payments=_payments(drafts.get("payments"), size),
        charges=ChargeColumns(**charged) if charged else None,
        suspensions=_optional(drafts, "suspensions", SuspensionColumns, keeps=("end",)),
        decisions=_optional(drafts, "decisions", DecisionColumns),
        charge_backs=_optional(drafts, "charge_backs", ChargeBackColumns),
        spans=_optional(drafts, "spans", SpanColumns, keeps=("end",)),
        disputes=_optional(drafts, "disputes", DisputeColumns, keeps=("end",)),
        contract_rates=_optional(drafts, "contract_rates", ContractRateColumns),
        findings=_optional(drafts, "findings", FindingColumns, keeps=("end",)),
        reported_figures=_optional(drafts, "reported_figures", ReportedFigureColumns),
        restructurings=_optional(drafts, "restructurings", RestructuringColumns),
        re_ages=_optional(drafts, "re_ages", ReAgeColumns),
        collateral=_optional(drafts, "collateral", CollateralColumns),
        guarantees=_optional(drafts, "guarantees", GuaranteeColumns),
        obligor_id=head.get("obligor_id"),
        product=head.get("product"),
        segment=head.get("segment"),
    )


def _optional(
    drafts: dict[str, TableDraft], name: str, kind: Any, keeps: tuple[str, ...] = ()
) -> Any:
    """A table of a book, ``None`` where it is not there or no account has a row of it."""
    draft = drafts.get(name)
    return None if draft is None or not len(draft) else kind(**_said(draft, keeps))


def _payments(draft: TableDraft | None, size: int) -> PaymentColumns:
    if draft is None:
        return PaymentColumns(
            offsets=np.zeros(size + 1, dtype=np.int64),
            value_date=np.empty(0, dtype=np.int32),
            amount=np.empty(0, dtype=np.int64),
        )
    return PaymentColumns(**_said(draft))


def _said(draft: TableDraft, keeps: tuple[str, ...] = ()) -> dict[str, Any]:
    """The columns of a table; an optional one without anything in it is ``None``."""
    columns: dict[str, Any] = {} if draft.offsets is None else {"offsets": draft.offsets}
    for known in draft.source.table.columns:
        values = draft.columns.get(known.name)
        if values is None:
            continue
        if known.holds in {Holds.ID, Holds.TEXT}:
            texts = text_column(values)
            empty = known.empty == "" and texts.offsets[0] == texts.offsets[-1]
            columns[known.name] = None if empty else texts
        elif known.holds in _MAY_BE_EMPTY and known.empty is not None and known.name not in keeps:
            columns[known.name] = values if (values != known.empty).any() else None
        elif known.holds is Holds.MEMBER and not known.is_required:
            columns[known.name] = values if values.any() else None
        else:
            columns[known.name] = values
    return columns
