"""Out of one plan: data frames of its schedule before and after, and of what became of its rows.

The one idea: one row a due date, which says the account and the day of the plan, so that the frames of many
plans in one currency can be put one below the other.
"""

# Arrow says little about its own results; mypy strict checks the same lines.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from delinquency.amounts import to_minor
from delinquency.errors import InvalidTypeError
from delinquency.frames.arrow import arrow
from delinquency.frames.writing import AmountsOut, amounts_out, to_frame
from delinquency.restructuring import AgreedCard, Consolidated, Restructured
from delinquency.restructuring.following import PlanCompliance

if TYPE_CHECKING:
    from delinquency.currency import Currency
    from delinquency.restructuring.answer import DebtParts, PlanOutcome

__all__ = ["compliance_to_frame", "decimals_out", "planned_rows_to_frame", "repeated"]

_PARTS = ("principal", "interest", "fees", "penalty", "total")


def planned_rows_to_frame(
    answer: PlanOutcome, backend: str = "pandas", *, amounts: AmountsOut = "decimal"
) -> Any:
    """One row a due date from the day of a plan on: what falls due without it and with it, side by side.

    ==================  ========  =============================================================
    column              type      what
    ==================  ========  =============================================================
    ``account_id``      text      of several that are consolidated, and of a card, the new one
    ``effective_on``    date      the day of the plan
    ``currency``        text      the code
    ``due_date``        date
    ``before_…``        amount    five columns: ``principal``, ``interest``, ``fees``,
                                  ``penalty``, ``total``; empty where nothing fell due
    ``after_…``         amount    the same five with the plan; empty where nothing falls due
    ==================  ========  =============================================================

    Parameters
    ----------
    answer : Restructured, Consolidated or AgreedCard
    backend : str
        ``"pandas"``, ``"polars"`` or ``"pyarrow"``; pandas, which has no dates, gets midnights.
    amounts : ``"decimal"`` or ``"minor"``
        Exact decimals [currency units], or int64 [minor units].

    Raises
    ------
    InvalidTypeError
        No answer on a plan.
    InvalidValueError
        Another backend, or another word for ``amounts``.
    MissingExtraError
        The backend is not installed.

    Examples
    --------
    Two of four instalments of 100 are past due; they are spread over the two to come:

    >>> import delinquency as dq
    >>> from delinquency.restructuring import ArrearsSpread, RestructuringPlan, restructure
    >>> rows = [dq.Instalment(date(2025, month, 15), 100) for month in range(1, 5)]
    >>> account = dq.Account(account_id="A-1", originated_on=date(2024, 12, 15),
    ...     schedule=dq.Schedule(dq.Currency.of("CNY"), rows))
    >>> plan = RestructuringPlan(measures=[ArrearsSpread()], effective_on=date(2025, 3, 1))
    >>> done = restructure(account, plan, as_of=date(2025, 3, 1), policy=dq.rulebook.load("founding-report"))
    >>> for row in planned_rows_to_frame(done, "pyarrow").to_pylist():
    ...     print(row["due_date"], row["before_total"], row["after_total"])
    2025-03-15 100.00 200.00
    2025-04-15 100.00 200.00
    """
    if not isinstance(answer, Restructured | Consolidated | AgreedCard):
        raise InvalidTypeError.at(
            "frames, plan",
            expected="a Restructured, a Consolidated or an AgreedCard",
            found=answer,
            hint="Plans of a book are written by restructuring_to_frame.",
        )
    rows, currency = answer.schedule_rows, answer.currency
    size = len(rows)
    account = answer.before if isinstance(answer, Restructured) else answer.account
    columns = {
        "account_id": repeated(account.account_id, size),
        "effective_on": repeated(answer.plan.effective_on, size),
        "currency": repeated(currency.code, size),
        "due_date": _days(row.due_date for row in rows),
        **_parts("before", [row.before for row in rows], currency, amounts),
        **_parts("after", [row.after for row in rows], currency, amounts),
    }
    return to_frame(columns, backend)


def compliance_to_frame(
    answer: PlanCompliance, backend: str = "pandas", *, amounts: AmountsOut = "decimal"
) -> Any:
    """One row a row of a plan: what it asks for, and what became of it at the close of a day.

    ==================  ========  =============================================================
    column              type      what
    ==================  ========  =============================================================
    ``account_id``      text
    ``effective_on``    date      the day of the plan
    ``as_of``           date      the day at whose close it is followed
    ``policy``          text      name and version, such as ``cn-loan@2023-07-01``
    ``currency``        text      the code
    ``row_no``          int64     from 1, in order of due date
    ``due_date``        date
    ``state``           text      ``kept``, ``late``, ``broken`` or ``pending``
    ``asked_…``         amount    five columns: ``principal``, ``interest``, ``fees``,
                                  ``penalty``, ``total``
    ``open_…``          amount    the same five of what is open, due or not
    ``in_time``         amount    what was settled by the close of the due date
    ``shortfall``       amount    what is open once the due date has come
    ``settled_on``      date      the first day at whose close it is settled; empty while it is not
    ``days_late``       int64     [days] to that day, or to ``as_of``
    ``broken_on``       date      the first day at whose close it is broken; empty if it is not
    ``broken_by``       amount    what was open of it at that close
    ==================  ========  =============================================================

    Parameters
    ----------
    answer : PlanCompliance
    backend, amounts
        As for :func:`planned_rows_to_frame`.

    Raises
    ------
    InvalidTypeError
        No answer of :func:`~delinquency.restructuring.following.verb.follow_plan`.
    InvalidValueError
        Another backend, or another word for ``amounts``.
    MissingExtraError
        The backend is not installed.
    """
    if not isinstance(answer, PlanCompliance):
        raise InvalidTypeError.at(
            "frames, compliance",
            expected="a PlanCompliance",
            found=answer,
            hint="follow_plan(done, payments, ...) gives one.",
        )
    pa = arrow()
    rows, currency = answer.rows, answer.currency
    size = len(rows)

    def amount(name: str) -> Any:
        return decimals_out([getattr(row, name) for row in rows], currency, amounts)

    columns = {
        "account_id": repeated(answer.account.account_id, size),
        "effective_on": repeated(answer.done.plan.effective_on, size),
        "as_of": repeated(answer.as_of, size),
        "policy": repeated(answer.policy.version, size),
        "currency": repeated(currency.code, size),
        "row_no": pa.array([row.number for row in rows], type=pa.int64()),
        "due_date": _days(row.due_date for row in rows),
        "state": pa.array([row.state.value for row in rows], type=pa.string()),
        **_parts("asked", [row.asked for row in rows], currency, amounts),
        **_parts("open", [row.open for row in rows], currency, amounts),
        "in_time": amount("in_time"),
        "shortfall": amount("shortfall"),
        "settled_on": _days(row.settled_on for row in rows),
        "days_late": pa.array([row.days_late for row in rows], type=pa.int64()),
        "broken_on": _days(row.broken_on for row in rows),
        "broken_by": amount("broken_by"),
    }
    return to_frame(columns, backend)


def repeated(value: str | date, size: int) -> Any:
    """One text or day on every row."""
    pa = arrow()
    kind = pa.string() if isinstance(value, str) else pa.date32()
    return pa.repeat(pa.scalar(value, type=kind), size)


def decimals_out(values: Sequence[Decimal | None], currency: Currency, amounts: AmountsOut) -> Any:
    """Amounts of an answer as a column; empty where there is none."""
    pa = arrow()
    minor = np.array(
        [
            0
            if value is None
            else to_minor(value, currency, where="frames, amounts", allow_negative=True)
            for value in values
        ],
        dtype=np.int64,
    )
    told = amounts_out(minor, currency, amounts)
    if None not in values:
        return told
    present = pa.array([value is not None for value in values], type=pa.bool_())
    return pa.compute.if_else(present, told, None)


def _parts(
    head: str, sides: Sequence[DebtParts | None], currency: Currency, amounts: AmountsOut
) -> dict[str, Any]:
    return {
        f"{head}_{name}": decimals_out(
            [None if side is None else getattr(side, name) for side in sides], currency, amounts
        )
        for name in _PARTS
    }


def _days(values: Iterable[date | None]) -> Any:
    return arrow().array(list(values), type=arrow().date32())
