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
from delinquency.frames.status_answers import conditions_text
from delinquency.frames.writing import days_out, texts_out, to_frame
from delinquency.portfolio.kernels.status_layout import NO_RULE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from delinquency.policy import Policy
    from delinquency.portfolio.status_answer import PortfolioStatus, StatusChanges

__all__ = ["status_to_frame"]


def status_to_frame(answer: PortfolioStatus, backend: str = "pandas") -> Any:
    """One row an account, machine and span of days in one state, those of a machine together.

    The columns are those of :func:`~delinquency.frames.status_answers.status_spans_to_frame`, which takes
    the answers on single accounts.

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
        "machine": _texts(list(answer.machines), columns["machine"]),
        "state": _texts(
            [state.code for told in answer.changes for state in told.states], columns["state"]
        ),
        "is_performing": columns["is_performing"],
        "start": days_out(columns["start"], None),
        "end": days_out(columns["end"], NONE_DAY),
        "conditions": _texts(_conditions(answer.policies), columns["rule"]),
        "policy": _texts([policy.version for policy in answer.policies], columns["version"]),
    }
    return to_frame(frame, backend)


def _conditions(policies: Sequence[Policy]) -> list[str | None]:
    """The conditions of every rule, and then of none: by version, then by machine."""
    told = [
        conditions_text(rule)
        for policy in policies
        for machine in policy.status
        for rule in machine.rules
    ]
    return [*told, None]


def _rules_before(policies: Sequence[Policy], place: int) -> list[int]:
    """How many rules stand before those of a machine, by version."""
    counts = [[len(machine.rules) for machine in policy.status] for policy in policies]
    return [
        sum(map(sum, counts[:version])) + sum(own[:place]) for version, own in enumerate(counts)
    ]


def _texts(codes: list[Any], places: Any) -> Any:
    pa = arrow()
    return pa.array(codes, pa.string()).take(pa.array(places % len(codes)))


def _spans(answer: PortfolioStatus, told: StatusChanges) -> dict[str, Any]:
    """The spans of one machine: numbers of accounts, of states and rules among all, days."""
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
        "rule": np.where(
            told.rule == NO_RULE,
            -1,
            told.rule + np.array(_rules_before(answer.policies, place))[told.version],
        ),
    }


def _performing(told: StatusChanges, policy: Policy, place: int) -> list[bool]:
    """By state, whether a version says that it counts as performing; not where it does not know the state."""
    known = {state.code: state.is_performing for state in policy.status[place].states}
    return [known.get(state.code, False) for state in told.states]
