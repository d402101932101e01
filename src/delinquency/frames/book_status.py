"""Out of a status of a book: data frames.

The one idea: one row a span, so that a book of a million accounts is some million rows and not a billion.
"""

# numpy and Arrow say little about their own results; mypy strict checks the same lines.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from delinquency.calendar import NONE_DAY
from delinquency.frames.arrow import arrow
from delinquency.frames.writing import days_out, texts_out, to_frame

if TYPE_CHECKING:
    from delinquency.policy import Policy
    from delinquency.portfolio.status_answer import PortfolioStatus, StatusChanges

__all__ = ["status_to_frame"]


def status_to_frame(answer: PortfolioStatus, backend: str = "pandas") -> Any:
    """One row an account, machine and span of days in one state, those of a machine together.

    =================  =======  =================================================================
    column             type     what
    =================  =======  =================================================================
    ``account_id``     text
    ``policy``         text     of the version that led to it, such as ``cn-loan@2023-07-01``
    ``machine``        text     the question: default, risk class, forbearance
    ``state``          text     the code
    ``is_performing``  boolean  whether the state counts as performing
    ``start``          date     the first day at whose close the account is in the state
    ``end``            date     the first day at whose close it is not; empty while it lasts
    =================  =======  =================================================================

    Raises
    ------
    MissingExtraError
        The backend is not installed.
    """
    pa = arrow()
    parts = [_spans(answer, told) for told in answer.changes]
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    frame = {
        "account_id": texts_out(answer.book.account_id).take(pa.array(columns["account"])),
        "policy": _texts([policy.version for policy in answer.policies], columns["version"]),
        "machine": _texts(list(answer.machines), columns["machine"]),
        "state": _texts(
            [state.code for told in answer.changes for state in told.states], columns["state"]
        ),
        "is_performing": columns["is_performing"],
        "start": days_out(columns["start"], None),
        "end": days_out(columns["end"], NONE_DAY),
    }
    return to_frame(frame, backend)


def _texts(codes: list[str], places: Any) -> Any:
    pa = arrow()
    return pa.array(codes, pa.string()).take(pa.array(places))


def _spans(answer: PortfolioStatus, told: StatusChanges) -> dict[str, Any]:
    """The spans of one machine: numbers of accounts, of states among those of all machines, days."""
    place = answer.changes.index(told)
    before = sum(len(each.states) for each in answer.changes[:place])
    performing = np.array([_performing(told, policy, place) for policy in answer.policies])
    end = np.full(len(told.day), NONE_DAY, dtype=np.int32)
    end[:-1] = told.day[1:]
    lasts = told.offsets[1:][np.diff(told.offsets) > 0] - 1
    end[lasts] = NONE_DAY
    return {
        "account": np.repeat(np.arange(len(answer)), np.diff(told.offsets)),
        "version": told.version,
        "machine": np.full(len(told.day), place, dtype=np.int8),
        "state": told.state.astype(np.int64) + before,
        "is_performing": performing[told.version, told.state],
        "start": told.day,
        "end": end,
    }


def _performing(told: StatusChanges, policy: Policy, place: int) -> list[bool]:
    """By state, whether a version says that it counts as performing; not where it does not know the state."""
    known = {state.code: state.is_performing for state in policy.status[place].states}
    return [known.get(state.code, False) for state in told.states]
