"""How the signal of one rule comes and goes over the periods, for many accounts.

The one idea: what a signal remembers are small whole numbers, and the next ones are made of them by the
same few steps for every account, without a branch; so many accounts take them at once, whether they are laid
into a compiled loop or taken by whole rows.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from delinquency.portfolio.kernels.compiler import compiled, inlined

__all__ = [
    "AGE",
    "CLEARED",
    "CONFIRMED",
    "COOLS",
    "HELD",
    "LANES",
    "UP",
    "fold_signals",
    "next_lanes",
    "next_lanes_of_one",
]

UP = 0
CONFIRMED = 1
COOLS = 2
"""Cleared, and not yet silent again."""
AGE = 3
"""Periods since it came up or was cleared; says nothing while it is silent."""
HELD = 4
CLEARED = 5
LANES = 6

AT_ONCE = 2_048
"""Accounts whose memory stays beside the processor."""


def next_lanes(
    narrow: Any,
    holds: Any,
    could: Any,
    clears: Any,
    up: Any,
    confirmed: Any,
    cools: Any,
    age: Any,
    held: Any,
    cleared: Any,
    confirm_after: Any,
    clear_after: Any,
    cool_down: Any,
) -> Any:
    """What a signal remembers after the next period.

    The steps are those of :func:`~delinquency.early_warning.signals.next_signal`. Flags are 0 or 1, and all
    numbers are of one narrow type, of one account or of a row of them; ``narrow`` makes them so again.
    ``clears`` counts only where it is known that the condition does not hold.
    """
    fails = narrow(could ^ narrow(1))
    unknown = narrow((holds | fails) ^ narrow(1))
    ends = narrow(clears & fails)
    age = narrow(age + narrow(1))
    cools = narrow(cools & narrow(age <= cool_down))
    rises = narrow(holds & narrow((up | cools) ^ narrow(1)))
    held = narrow(narrow(held + holds) * ((holds | unknown) & (up | rises)))
    cleared = narrow(narrow(cleared + ends) * (ends & up))
    over = narrow(up & narrow(cleared >= clear_after))
    up = narrow((up & (over ^ narrow(1))) | rises)
    confirmed = narrow(up & (confirmed | narrow(held >= confirm_after)))
    cools = narrow(over | cools)
    age = narrow(age * ((over | rises) ^ narrow(1)))
    cleared = narrow(cleared * (over ^ narrow(1)))
    return up, confirmed, cools, age, held, cleared


next_lanes_of_one = inlined(next_lanes)


def _fold_signals(
    when: Any,
    clears: Any,
    confirm_after: Any,
    clear_after: Any,
    cool_down: Any,
    lanes: Any,
    states: Any,
) -> None:
    """Fold the signal of one rule over all periods, at most 254, from the memory in ``lanes``.

    Parameters
    ----------
    when, clears : uint8 arrays, periods by two by accounts
        1 where the condition surely holds, and where it could; where what clears the signal does, or one
        period of it that stands for every one.
    confirm_after, clear_after, cool_down : uint8
    lanes : uint8 array, what is remembered by accounts
        Changed in place.
    states : int8 array, periods by accounts
        Where the signal stands at the end of each period; no row where nobody asks.
    """
    periods, _, size = when.shape
    own_clears = np.int64(len(clears) > 1)
    told = np.int64(len(states) > 0)
    for start in range(0, size, AT_ONCE):
        end = min(start + AT_ONCE, size)
        up = lanes[UP, start:end]
        confirmed = lanes[CONFIRMED, start:end]
        cools = lanes[COOLS, start:end]
        age = lanes[AGE, start:end]
        held = lanes[HELD, start:end]
        cleared = lanes[CLEARED, start:end]
        for period in range(periods):
            row_holds = when[period, 0, start:end]
            row_could = when[period, 1, start:end]
            row_clears = clears[period * own_clears, 0, start:end]
            for place in range(end - start):
                (
                    up[place],
                    confirmed[place],
                    cools[place],
                    age[place],
                    held[place],
                    cleared[place],
                ) = next_lanes_of_one(
                    np.uint8,
                    row_holds[place],
                    row_could[place],
                    row_clears[place],
                    up[place],
                    confirmed[place],
                    cools[place],
                    age[place],
                    held[place],
                    cleared[place],
                    confirm_after,
                    clear_after,
                    cool_down,
                )
            if told:
                row_states = states[period, start:end]
                for place in range(end - start):
                    row_states[place] = 2 * up[place] + confirmed[place] + cools[place]


fold_signals = compiled(_fold_signals)
