"""The survivors on record: changes to the source that no test sees, each with the reason why."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

RECORD = Path(__file__).with_name("survivors.toml")


class Survivor(NamedTuple):
    """A change that no test sees: what a line of a function says, and what it said instead."""

    file: str
    function: str
    line: str
    becomes: str


def recorded() -> dict[Survivor, list[str]]:
    """The reasons of each survivor on record: as many as there are mutants that read alike."""
    reasons: dict[Survivor, list[str]] = defaultdict(list)
    for entry in tomllib.loads(RECORD.read_text(encoding="utf-8"))["survivor"]:
        for becomes in entry["becomes"]:
            key = Survivor(entry["file"], entry["function"], entry["line"], becomes)
            reasons[key].append(entry["reason"])
    return reasons


def place(mutant: str) -> tuple[str, str]:
    """File and function of a mutant named ``package.module.xǁClassǁmethod__mutmut_1``."""
    module, _, name = mutant.partition("__mutmut_")[0].rpartition(".")
    function = name.removeprefix("x_").removeprefix("xǁ").replace("ǁ", ".")
    return f"src/{module.replace('.', '/')}.py", function
