"""Between facts beside the schedule and their columns: charges, events and contract rates.

The one idea: a table holds one kind of fact in the order in which an account keeps it, so that what was
laid out comes back equal.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from delinquency.account import Account
from delinquency.amounts import from_minor, to_minor
from delinquency.calendar import to_date
from delinquency.charges import Charge
from delinquency.component import COMPONENTS, component_position
from delinquency.dated_rates import DatedRate
from delinquency.event_rows import ALL, Decision, DecisionRow
from delinquency.events import (
    Acceleration,
    AccountEvent,
    ChargeBack,
    Closure,
    CountingSuspension,
    FundsMisuse,
    OffBalance,
    PenaltyWaiver,
    SuspensionReason,
    Waiver,
    WriteOff,
)
from delinquency.portfolio.charge_checks import CHARGED_BACK
from delinquency.portfolio.columns import (
    ChargeBackColumns,
    ChargeColumns,
    ContractRateColumns,
    DecisionColumns,
    SpanColumns,
    SuspensionColumns,
)
from delinquency.portfolio.dispute_conversion import dispute_records, dispute_table
from delinquency.portfolio.finding_conversion import (
    STATUS_TABLES,
    status_records,
    status_tables,
)
from delinquency.portfolio.packing import (
    codes_of,
    date_at,
    day_or,
    int32_of,
    int64_of,
    money_at,
    offsets_of,
    optional,
    rows_of,
    texts_of,
)
from delinquency.portfolio.text_column import TextColumn
from delinquency.rates import Rate, RatePeriod
from delinquency.rounding import Proportion

if TYPE_CHECKING:
    from delinquency.portfolio.book import Portfolio

__all__ = ["FACT_TABLES", "charge_records", "event_records", "fact_tables", "rate_records"]

REASONS: Final = tuple(SuspensionReason)
PERIODS: Final = tuple(RatePeriod)
SPANS: Final = (PenaltyWaiver, FundsMisuse, OffBalance)
Accounts = Sequence[Account]


def fact_tables(accounts: Accounts) -> dict[str, Any]:
    """The optional tables of a book, ``None`` where no account has a row of one."""
    return {
        "charges": _charges(accounts),
        "suspensions": _suspensions(accounts),
        "decisions": _decisions(accounts),
        "charge_backs": _charge_backs(accounts),
        "spans": _spans(accounts),
        "disputes": dispute_table(accounts),
        "contract_rates": _rates(accounts),
        **status_tables(accounts),
    }


FACT_TABLES: Final = (
    "charges",
    "suspensions",
    "decisions",
    "charge_backs",
    "spans",
    "disputes",
    "contract_rates",
    *STATUS_TABLES,
)


def _charges(accounts: Accounts) -> ChargeColumns | None:
    rows = [(charge, account) for account in accounts for charge in account.charges]
    if not rows:
        return None
    return ChargeColumns(
        offsets=offsets_of(len(account.charges) for account in accounts),
        due_date=int32_of(day_or(charge.due_date) for charge, _ in rows),
        component=np.fromiter(
            (component_position(charge.component) for charge, _ in rows), dtype=np.int8
        ),
        amount=int64_of(
            to_minor(charge.amount, account.currency, where="charge", field="amount")
            for charge, account in rows
        ),
        instalment_no=int32_of(charge.instalment_no or 0 for charge, _ in rows),
        charge_id=TextColumn.of(charge.charge_id for charge, _ in rows),
        recorded_on=optional(day_or(charge.recorded_on) for charge, _ in rows),
        charged_on=optional(day_or(charge.charged_on) for charge, _ in rows),
    )


def charge_records(book: Portfolio, row: int) -> tuple[Charge, ...]:
    """The charges of one account as records."""
    table = book.charges
    if table is None:
        return ()
    return tuple(
        Charge(
            table.charge_id[index],
            COMPONENTS[int(table.component[index])],
            money_at(table.amount, index, book.currency),
            to_date(int(table.due_date[index])),
            int(table.instalment_no[index]) or None,
            date_at(table.recorded_on, index),
            date_at(table.charged_on, index),
        )
        for index in rows_of(table.offsets, row)
    )


def event_records(book: Portfolio, row: int) -> Iterator[AccountEvent]:
    """The events of one account as records, kind by kind."""
    return chain(
        _suspension_records(book, row),
        _decision_records(book, row),
        _charge_back_records(book, row),
        _span_records(book, row),
        dispute_records(book.disputes, row, book.currency),
        status_records(book, row),
    )


def _suspensions(accounts: Accounts) -> SuspensionColumns | None:
    kept = [_of_kinds(account, CountingSuspension) for account in accounts]
    rows = list(chain.from_iterable(kept))
    if not rows:
        return None
    return SuspensionColumns(
        offsets=offsets_of(map(len, kept)),
        start=int32_of(day_or(event.start) for event in rows),
        end=int32_of(event.end_day for event in rows),
        reason=codes_of(REASONS.index(event.reason) for event in rows),
        recorded_on=optional(day_or(event.recorded_on) for event in rows),
    )


def _of_kinds(account: Account, *kinds: type) -> list[Any]:
    return [event for event in account.events if isinstance(event, kinds)]


def _suspension_records(book: Portfolio, row: int) -> Iterator[CountingSuspension]:
    table = book.suspensions
    if table is None:
        return
    for index in rows_of(table.offsets, row):
        yield CountingSuspension(
            to_date(int(table.start[index])),
            date_at(table.end, index),
            REASONS[int(table.reason[index])] if table.reason is not None else REASONS[0],
            date_at(table.recorded_on, index),
        )


def _decisions(accounts: Accounts) -> DecisionColumns | None:
    kept = [_decided(account) for account in accounts]
    rows = list(chain.from_iterable(kept))
    if not rows:
        return None
    component = np.array([row.column for row, _ in rows], dtype=np.int8)
    amount = int64_of(row.amount for row, _ in rows)
    return DecisionColumns(
        offsets=offsets_of(map(len, kept)),
        value_date=int32_of(row.value_day for row, _ in rows),
        kind=np.array([row.kind for row, _ in rows], dtype=np.int8),
        component=component if (component != ALL).any() else None,
        amount=amount if (amount != ALL).any() else None,
        recorded_on=optional(recorded for _, recorded in rows),
        reversed_on=optional(row.reversed_day for row, _ in rows),
    )


def _decided(account: Account) -> list[tuple[DecisionRow, int]]:
    """Decisions in the order of a book, each with the day of record that it states."""
    events = _of_kinds(account, Waiver, WriteOff, Closure, Acceleration)
    stated = [day_or(event.recorded_on) for event in events]
    rows = zip(account.decision_rows, stated, strict=True)
    return sorted(
        rows, key=lambda row: (*row[0][:4], row[0].recorded_day, row[0].reversed_day, row[1])
    )


def _decision_records(book: Portfolio, row: int) -> Iterator[AccountEvent]:
    table = book.decisions
    if table is None:
        return
    for index in rows_of(table.offsets, row):
        part = ALL if table.component is None else int(table.component[index])
        amount = ALL if table.amount is None else int(table.amount[index])
        yield _decision(
            int(table.kind[index]),
            to_date(int(table.value_date[index])),
            None if part == ALL else COMPONENTS[part],
            None if amount == ALL else from_minor(amount, book.currency),
            date_at(table.recorded_on, index),
            date_at(table.reversed_on, index),
        )


def _decision(kind: int, day: Any, part: Any, amount: Decimal | None, *known: Any) -> AccountEvent:
    match kind:
        case Decision.WAIVER:
            return Waiver(day, part, amount, *known)
        case Decision.WRITE_OFF:
            return WriteOff(day, part, amount, *known)
        case Decision.CLOSURE:
            return Closure(day, *known)
        case _:
            return Acceleration(day, amount, *known)


def _charge_backs(accounts: Accounts) -> ChargeBackColumns | None:
    rows = [(event, account) for account in accounts for event in account.charge_backs]
    if not rows:
        return None
    amounts = {
        name: int64_of(
            to_minor(getattr(event, name), account.currency, where="charge-back", field=name)
            for event, account in rows
        )
        for name in CHARGED_BACK
    }
    return ChargeBackColumns(
        offsets=offsets_of(len(account.charge_backs) for account in accounts),
        charge_back_id=TextColumn.of(event.charge_back_id for event, _ in rows),
        value_date=int32_of(day_or(event.value_date) for event, _ in rows),
        **amounts,
        payment_id=texts_of([event.payment_id or "" for event, _ in rows]),
        recorded_on=optional(day_or(event.recorded_on) for event, _ in rows),
        reversed_on=optional(day_or(event.reversed_on) for event, _ in rows),
    )


def _charge_back_records(book: Portfolio, row: int) -> Iterator[ChargeBack]:
    table = book.charge_backs
    if table is None:
        return
    for index in rows_of(table.offsets, row):
        yield ChargeBack(
            charge_back_id=table.charge_back_id[index],
            value_date=to_date(int(table.value_date[index])),
            **{name: money_at(getattr(table, name), index, book.currency) for name in CHARGED_BACK},
            payment_id=(table.payment_id[index] or None) if table.payment_id is not None else None,
            recorded_on=date_at(table.recorded_on, index),
            reversed_on=date_at(table.reversed_on, index),
        )


def _spans(accounts: Accounts) -> SpanColumns | None:
    kept = [_spans_of(account) for account in accounts]
    rows = list(chain.from_iterable(kept))
    if not rows:
        return None
    shares = [getattr(event, "share", Proportion(1, 1)) for event in rows]
    return SpanColumns(
        offsets=offsets_of(map(len, kept)),
        start=int32_of(day_or(event.start) for event in rows),
        end=int32_of(event.end_day for event in rows),
        kind=np.array([SPANS.index(type(event)) for event in rows], dtype=np.int8),
        share_numerator=optional((share.numerator for share in shares), 1),
        share_denominator=optional((share.denominator for share in shares), 1),
        recorded_on=optional(day_or(event.recorded_on) for event in rows),
    )


def _spans_of(account: Account) -> list[Any]:
    found = _of_kinds(account, *SPANS)
    return sorted(found, key=lambda event: (event.start, SPANS.index(type(event))))


def _span_records(book: Portfolio, row: int) -> Iterator[AccountEvent]:
    table = book.spans
    if table is None:
        return
    for index in rows_of(table.offsets, row):
        kind = SPANS[int(table.kind[index])]
        days = (to_date(int(table.start[index])), date_at(table.end, index))
        recorded = date_at(table.recorded_on, index)
        if kind is PenaltyWaiver:
            part = 1 if table.share_numerator is None else int(table.share_numerator[index])
            whole = 1 if table.share_denominator is None else int(table.share_denominator[index])
            yield PenaltyWaiver(*days, Proportion(part, whole), recorded)
        else:
            yield kind(*days, recorded_on=recorded)


def _rates(accounts: Accounts) -> ContractRateColumns | None:
    rows = [rate for account in accounts for rate in account.contract_rates]
    if not rows:
        return None
    return ContractRateColumns(
        offsets=offsets_of(len(account.contract_rates) for account in accounts),
        effective_on=int32_of(rate.day for rate in rows),
        rate=int64_of(rate.rate.scaled for rate in rows),
        period=codes_of(PERIODS.index(rate.rate.period) for rate in rows),
    )


def rate_records(book: Portfolio, row: int) -> tuple[DatedRate, ...]:
    """The contract rates of one account as records."""
    table = book.contract_rates
    if table is None:
        return ()
    return tuple(
        DatedRate(
            to_date(int(table.effective_on[index])),
            Rate(
                int(table.rate[index]),
                PERIODS[0 if table.period is None else int(table.period[index])],
            ),
        )
        for index in rows_of(table.offsets, row)
    )
