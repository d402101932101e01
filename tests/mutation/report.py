"""What became of the mutants: ``python -m tests.mutation.report [FILE ...]`` after ``mutmut run``.

Prints a table by file, and each survivor with the reason in ``survivors.toml`` why no test sees it.
Fails where fewer than nine in ten mutants of a file were killed, or a survivor has no reason.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

RECORD = Path(__file__).with_name("survivors.toml")
MUTMUT = Path(sys.executable).with_name("mutmut")
LEAST_PERCENT = 90
ENDLESS = "timeout"
KILLED = ("killed", ENDLESS)


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


def mutmut(*words: str) -> list[str]:
    done = subprocess.run([MUTMUT, *words], check=True, capture_output=True, encoding="utf-8")
    return done.stdout.splitlines()


def place(mutant: str) -> tuple[str, str]:
    """File and function of a mutant named ``package.module.xǁClassǁmethod__mutmut_1``."""
    module, _, name = mutant.partition("__mutmut_")[0].rpartition(".")
    function = name.removeprefix("x_").removeprefix("xǁ").replace("ǁ", ".")
    return f"src/{module.replace('.', '/')}.py", function


def survivor(mutant: str) -> Survivor:
    """What a mutant changes, from the lines of its diff."""
    changed = mutmut("show", mutant)[3:]
    sides = [
        " ".join(text[1:].strip() for text in changed if text.startswith(sign)) for sign in "-+"
    ]
    return Survivor(*place(mutant), *sides)


def main(files: list[str]) -> int:
    results: dict[str, dict[str, str]] = defaultdict(dict)
    for line in mutmut("results", "--all", "true"):
        mutant, _, status = line.strip().rpartition(": ")
        file, _ = place(mutant)
        if not files or file in files:
            results[file][mutant] = status
    reasons = {key: list(texts) for key, texts in recorded().items()}
    unexplained, below = 0, []
    print(f"{'file':<40}{'mutants':>8}{'killed':>8}{'endless':>8}{'survived':>9}{'share':>9}")
    for file, statuses in sorted(results.items()):
        counts = Counter(statuses.values())
        killed = sum(counts[status] for status in KILLED)
        print(
            f"{file.removeprefix('src/delinquency/'):<40}{len(statuses):>8}{killed:>8}"
            f"{counts[ENDLESS]:>8}{len(statuses) - killed:>9}{killed / len(statuses):>9.1%}"
        )
        if killed * 100 < LEAST_PERCENT * len(statuses):
            below.append(file)
    for file, statuses in sorted(results.items()):
        for mutant, status in statuses.items():
            if status in KILLED:
                continue
            found = survivor(mutant)
            known = reasons.get(found)
            unexplained += not known
            print(f"\n{file}, {found.function}: {status}")
            print(f"  - {found.line}\n  + {found.becomes}")
            print(f"  {known.pop() if known else 'no reason on record'}")
    for key, left in reasons.items():
        if left and key.file in results:
            print(f"\n{key.file}, {key.function}: on record, but killed\n  + {key.becomes}")
    print(f"\nsurvivors without a reason: {unexplained}")
    print(f"files below {LEAST_PERCENT} %: {', '.join(below) or 'none'}")
    return 1 if unexplained or below or not results else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
