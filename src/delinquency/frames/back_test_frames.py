"""Out of a back-test: data frames of its rules, of its bands of scores, and of what each threshold costs.

The one idea: one row a line of a table. Frames of several back-tests can be put one below the other.
"""

# Arrow says little about its own results; mypy strict checks the same lines.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from delinquency.back_testing.answer import BackTest
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.frames.arrow import arrow
from delinquency.frames.plan_rows import repeated
from delinquency.frames.writing import to_frame

__all__ = ["back_test_to_frame"]

Rows = Sequence[Mapping[str, object]]


def back_test_to_frame(test: BackTest, kind: str = "rules", backend: str = "pandas") -> Any:
    """A table of a back-test; shares are floats of 1, and empty where there is no account to take them of.

    =====================  =======  =======================================================
    column                 type     what
    =====================  =======  =======================================================
    ``as_of``              date     the day of the signals, in every kind
    ``days``               int64    outcomes are those of so many days after it, in every kind
    **rules**              ..       one row a rule in force
    ``rule_id``            text
    ``points``             int64
    ``fired``              int64    accounts on which it is up
    ``not_assessed``       int64    accounts on which nobody knows
    ``share_bad``          float64  the share that went bad where it is up
    ``share_bad_else``     float64  the share that went bad where it is not
    ``recall``             float64  of those that went bad the share on which it is up
    ``marginal``           float64  the area under the curve with it, less that without
    ``lead_days``          float64  the median days from the signal to the event
    **bands**              ..       one row a band of scores, the greatest first
    ``low``, ``high``      int64    the scores in it, both included
    ``accounts``, ``bad``  int64    how many, and how many of them went bad
    ``share_bad``          float64
    ``lift``               float64  the share that went bad, of that of all accounts
    **confusion**          ..       one row a score, the greatest first
    ``threshold``          int64    alerted from this score on
    ``hits``               int64    alerted, and went bad
    ``false_alarms``       int64    alerted, and did not
    ``missed``             int64    not alerted, and went bad
    ``quiet``              int64    not alerted, and did not
    ``precision``          float64  of those alerted the share that went bad
    ``recall``             float64  of those that went bad the share that was alerted
    ``alert_share``        float64  the share of accounts that was alerted
    =====================  =======  =======================================================

    Parameters
    ----------
    test : BackTest
    kind : str
        ``"rules"``, ``"bands"`` or ``"confusion"``.
    backend : str
        ``"pandas"``, ``"polars"`` or ``"pyarrow"``; pandas, which has no dates, gets midnights.

    Raises
    ------
    InvalidTypeError
        No answer of :func:`~delinquency.back_testing.verb.back_test`.
    InvalidValueError
        Another kind or backend.
    MissingExtraError
        The backend is not installed.
    """
    if not isinstance(test, BackTest):
        raise InvalidTypeError.at("frames, back-test", expected="a BackTest", found=test)
    if kind not in _KINDS:
        raise InvalidValueError.at(
            "frames, back-test", expected=f"one of {', '.join(_KINDS)}", found=repr(kind)
        )
    rows = _KINDS[kind](test)
    columns = {
        "as_of": repeated(test.as_of, len(rows)),
        "days": arrow().array([test.days] * len(rows), type=arrow().int64()),
        **{name: _column(rows, name) for name in rows[0]},
    }
    return to_frame(columns, backend)


def _column(rows: Rows, name: str) -> Any:
    pa = arrow()
    kinds = {"rule_id": pa.string(), **dict.fromkeys(_WHOLE, pa.int64())}
    return pa.array([row[name] for row in rows], type=kinds.get(name, pa.float64()))


def _rules(test: BackTest) -> Rows:
    names = (
        *("rule_id", "points", "fired", "not_assessed"),
        *("share_bad", "share_bad_else", "recall", "marginal"),
    )
    return [
        {**_told(each, names), "lead_days": test.lead_days.get(each.rule_id)} for each in test.rules
    ]


def _bands(test: BackTest) -> Rows:
    names = ("low", "high", "accounts", "bad", "share_bad", "lift")
    return [_told(each, names) for each in test.bands]


def _confusion(test: BackTest) -> Rows:
    names = (
        *("threshold", "hits", "false_alarms", "missed", "quiet"),
        *("precision", "recall", "alert_share"),
    )
    return [_told(each, names) for each in test.confusion]


def _told(record: object, names: tuple[str, ...]) -> Mapping[str, object]:
    return {name: getattr(record, name) for name in names}


_WHOLE: Final = frozenset(
    (
        *("points", "fired", "not_assessed", "low", "high", "accounts", "bad"),
        *("threshold", "hits", "false_alarms", "missed", "quiet"),
    )
)

_KINDS: Final[Mapping[str, Callable[[BackTest], Rows]]] = MappingProxyType(
    {"rules": _rules, "bands": _bands, "confusion": _confusion}
)
