"""What became of the mutants: ``python -m tests.mutation.report [FILE ...]`` after a run.

Prints a table by file and by package, and each survivor with the reason in ``survivors.toml`` why no test sees it.
Fails where fewer than nine in ten mutants of a file were killed, or a survivor has no reason.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from fnmatch import fnmatch
from pathlib import Path

from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import walk_mutatable_files

from tests.mutation.survivors import Survivor, place, recorded

SOURCE = "src/delinquency/"
LEAST_PERCENT = 90
ENDLESS = "timeout"
KILLED = ("killed", ENDLESS)


def survivor(path: Path, mutant: str) -> Survivor:
    """What a mutant changes, from the lines of its diff."""
    changed = get_diff_for_mutant(mutant, path=path).splitlines()[2:]
    sides = [
        " ".join(text[1:].strip() for text in changed if text.startswith(sign)) for sign in "-+"
    ]
    return Survivor(*place(mutant), *sides)


def outcomes(files: list[str]) -> dict[str, dict[str, str]]:
    """What became of each mutant that was run, by file."""
    results = {}
    for path in walk_mutatable_files():
        data = SourceFileMutationData(path=path)
        data.load()
        codes = {key: code for key, code in data.exit_code_by_key.items() if code is not None}
        if codes and (not files or any(fnmatch(str(path), file) for file in files)):
            results[str(path)] = {key: status_by_exit_code[code] for key, code in codes.items()}
    return results


def row(name: str, statuses: Iterable[str]) -> bool:
    """Print the line of a file or a package; whether enough of its mutants were killed."""
    counts = Counter(statuses)
    total, killed = sum(counts.values()), sum(counts[status] for status in KILLED)
    print(
        f"{name:<40}{total:>8}{killed:>8}{counts[ENDLESS]:>8}{total - killed:>9}{killed / total:>9.1%}"
    )
    return killed * 100 >= LEAST_PERCENT * total


def by_package(results: dict[str, dict[str, str]]) -> dict[str, list[str]]:
    """What became of the mutants of each package that has files of its own, in order of name."""
    packages: dict[str, list[str]] = {}
    for file, statuses in sorted(results.items()):
        package, _, inner = file.removeprefix(SOURCE).partition("/")
        if inner:
            packages.setdefault(f"{package}/", []).extend(statuses.values())
    return packages


def main(files: list[str]) -> int:
    results = outcomes(files)
    reasons = {key: list(texts) for key, texts in recorded().items()}
    unexplained, below = 0, []
    print(f"{'file':<40}{'mutants':>8}{'killed':>8}{'endless':>8}{'survived':>9}{'share':>9}")
    for file, statuses in sorted(results.items()):
        if not row(file.removeprefix(SOURCE), statuses.values()):
            below.append(file)
    for package, statuses in by_package(results).items():
        row(package, statuses)
    for file, statuses in sorted(results.items()):
        for mutant, status in statuses.items():
            if status in KILLED:
                continue
            found = survivor(Path(file), mutant)
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
