"""The columns in which a loop of status works, made once for each block of accounts."""

from __future__ import annotations

from typing import Any

import numpy as np

from delinquency.portfolio.kernels.status_layout import (
    FIGURES,
    AnsweredRows,
    ChangeRows,
    MachineNumbers,
    StatusScratch,
)

__all__ = ["change_rows", "status_scratch"]

ANSWERS = 32
"""How many answers of closes are kept for the accounts that are alike."""


def change_rows(room: int) -> ChangeRows:
    """Empty rows for so many changes."""

    def column() -> Any:
        return np.empty(room, dtype=np.int32)

    return ChangeRows(
        column(), column(), column(), column(), column(), used=np.zeros(1, dtype=np.int64)
    )


def status_scratch(rules: MachineNumbers) -> StatusScratch:
    """Working columns for the machines of a version."""

    def column(size: int) -> Any:
        return np.zeros(size, dtype=np.int64)

    machines, states = rules.machines, rules.machines * rules.widest
    answers = AnsweredRows(
        used=column(1),
        last=column(1),
        state=column(ANSWERS * machines),
        least=column(ANSWERS * FIGURES),
        most=column(ANSWERS * FIGURES),
        to=column(ANSWERS * machines),
        rule=column(ANSWERS * machines),
        unknown=column(ANSWERS * machines),
        held=column(ANSWERS * states),
        nought=column(ANSWERS),
    )
    return StatusScratch(
        answers=answers,
        place=column(4),
        rest=column(4),
        value=column(FIGURES),
        growth=column(FIGURES),
        state=column(machines),
        entered=column(machines),
        last_trigger=column(states),
        least=column(FIGURES),
        most=column(FIGURES),
        nought=column(1),
        held=column(states),
        holds=column(1),
        has_facts=column(1),
        pauses=column(1),
        told=column(machines),
        truth=column(len(rules.kind)),
        answered=column(len(rules.kind)),
        closes=column(1),
        is_settled=column(len(rules.kind)),
        alike=column(1),
        live=column(len(rules.trigger_to)),
        lives=column(machines),
        opens=column(len(rules.exit_to)),
    )
