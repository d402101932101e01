"""What became of the cases, family by family: all of them are asked, and none is left out."""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["STATUS", "Status"]


class Status(NamedTuple):
    """How many cases pass: at rates that are in the terms, and with the rates observed in the case."""

    at_fixed_rates: int
    at_observed_rates: int


STATUS: Final = {
    "ann": Status(27, 4),
    "pam": Status(21, 4),
    "lax": Status(17, 1),
    "ump": Status(9, 0),
}
