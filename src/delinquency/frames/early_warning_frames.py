"""Out of early warning of one account: data frames of its signals, and of what was observed.

The one idea: one row a signal, one row a period. Frames of several accounts can be put one below the other;
the columns of signals are those of a panel, and ``may_be_up`` besides.
"""

# Arrow says little about its own results; mypy strict checks the same lines.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from typing import Any

from delinquency.currency import Currency
from delinquency.early_warning import EarlyWarning, Observations
from delinquency.early_warning.units import Unit, to_value
from delinquency.errors import InvalidTypeError
from delinquency.frames.arrow import arrow
from delinquency.frames.plan_rows import decimals_out, repeated
from delinquency.frames.writing import AmountsOut, to_frame

__all__ = ["early_warning_to_frame", "observations_to_frame"]

_SHARE_DIGITS = (19, 6)


def early_warning_to_frame(answer: EarlyWarning, backend: str = "pandas") -> Any:
    """One row a rule in force, in order, silent ones too.

    ===============  ========  =============================================================
    column           type      what
    ===============  ========  =============================================================
    ``account_id``   text
    ``as_of``        date      the end of the last period
    ``rules``        text      the name of the rule set
    ``rule_id``      text
    ``family``       text
    ``severity``     text      of the rule: ``yellow``, ``orange`` or ``red``; ``none`` of points below 0
    ``state``        text      ``silent``, ``cleared``, ``raised``, ``confirmed`` or
                               ``not_assessed``: not up, and nobody knows
    ``since``        date      when it came up or was cleared; else empty
    ``is_assessed``  flag      whether it is known if the condition holds
    ``may_be_up``    flag      whether the unknown leaves it possible that it is up
    ``points``       int64     what it adds to the score; 0 where it is not up
    ===============  ========  =============================================================

    Parameters
    ----------
    answer : EarlyWarning
    backend : str
        ``"pandas"``, ``"polars"`` or ``"pyarrow"``; pandas, which has no dates, gets midnights.

    Raises
    ------
    InvalidTypeError
        No answer of :func:`~delinquency.early_warning.verb.early_warning_signals`.
    InvalidValueError
        Another backend.
    MissingExtraError
        The backend is not installed.

    Examples
    --------
    >>> from datetime import date
    >>> import delinquency as dq
    >>> seen = dq.Observations.of("A-1", [date(2025, 1, 31)], {"days_past_due": [5]})
    >>> warning = dq.early_warning_signals(seen, rules=dq.load_warning_rules("sama"))
    >>> row = early_warning_to_frame(warning, "pyarrow").to_pylist()[0]
    >>> row["rule_id"], row["state"], str(row["since"]), row["points"]
    ('early_arrears', 'confirmed', '2025-01-31', 1)
    """
    if not isinstance(answer, EarlyWarning):
        raise InvalidTypeError.at("frames, early warning", expected="an EarlyWarning", found=answer)
    pa = arrow()
    signals = answer.signals
    size = len(signals)
    columns = {
        "account_id": repeated(answer.account_id, size),
        "as_of": repeated(answer.as_of, size),
        "rules": repeated(answer.rules.name, size),
        "rule_id": pa.array([each.rule_id for each in signals], type=pa.string()),
        "family": pa.array([each.rule.family.value for each in signals], type=pa.string()),
        "severity": pa.array(
            [each.rule.severity.name.lower() for each in signals], type=pa.string()
        ),
        "state": pa.array([each.told_state for each in signals], type=pa.string()),
        "since": pa.array(
            [each.since if each.is_assessed or each.is_up else None for each in signals],
            type=pa.date32(),
        ),
        "is_assessed": pa.array([each.is_assessed for each in signals], type=pa.bool_()),
        "may_be_up": pa.array([each.may_be_up for each in signals], type=pa.bool_()),
        "points": pa.array([each.points for each in signals], type=pa.int64()),
    }
    return to_frame(columns, backend)


def observations_to_frame(
    observations: Observations, backend: str = "pandas", *, amounts: AmountsOut = "decimal"
) -> Any:
    """One row a period, oldest first: ``account_id``, ``period_end``, and a column for each observation.

    Days, months, times and points are int64, a flag is a bool, a share is a decimal (1 is the whole); a cell
    is empty where nobody knows.

    Parameters
    ----------
    observations : Observations
    backend : str
        ``"pandas"``, ``"polars"`` or ``"pyarrow"``; pandas, which has no dates, gets midnights.
    amounts : ``"decimal"`` or ``"minor"``
        Exact decimals [currency units], or int64 [minor units].

    Raises
    ------
    InvalidTypeError
        No observations.
    InvalidValueError
        Another backend, or another word for ``amounts``.
    MissingExtraError
        The backend is not installed.

    Examples
    --------
    >>> from datetime import date
    >>> from decimal import Decimal
    >>> seen = Observations.of("A-1", [date(2025, 1, 31), date(2025, 2, 28)],
    ...     {"days_past_due": [0, 31], "utilisation": [None, Decimal("0.8")]})
    >>> observations_to_frame(seen, "pyarrow").to_pydict()["utilisation"]
    [None, Decimal('0.800000')]
    """
    if not isinstance(observations, Observations):
        raise InvalidTypeError.at(
            "frames, observations", expected="Observations", found=observations
        )
    pa = arrow()
    columns = {
        "account_id": repeated(observations.account_id, len(observations.dates)),
        "period_end": pa.array(observations.dates, type=pa.date32()),
        **{name: _column(observations, name, amounts) for name in observations.numbers},
    }
    return to_frame(columns, backend)


def _column(observations: Observations, name: str, amounts: AmountsOut) -> Any:
    pa = arrow()
    unit, currency = observations.unit(name), observations.currency
    values: list[Any] = [to_value(each, unit, currency) for each in observations.numbers[name]]
    match unit:
        case Unit.AMOUNT if isinstance(currency, Currency):
            return decimals_out(values, currency, amounts)
        case Unit.SHARE:
            return pa.array(values, type=pa.decimal128(*_SHARE_DIGITS))
        case Unit.FLAG:
            return pa.array(values, type=pa.bool_())
        case _:
            return pa.array(values, type=pa.int64())
