"""The repository speaks of itself alone, and its modules stay short."""

from __future__ import annotations

import importlib
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType, UnionType

import pytest

import delinquency as dq
from delinquency import (
    back_testing,
    calendars,
    early_warning,
    frames,
    judgment,
    late_fees,
    penalty,
    portfolio,
    proposals,
    reporting,
    restructuring,
    returns,
    revolving,
    rulebook,
    serialization,
    several_debts,
    testing,
)

ROOT = Path(__file__).parents[2]
LONGEST = 350
"""Lines of a module; a longer one holds two ideas."""

FOREIGN = re.compile(
    r"/home/|/root/|/Users/|[A-Z]:\\Users|/work/|/opt/pypi|files\.pythonhosted|index-url|"
    r"https?://[\w.-]*(?:artifactory|nexus|devpi|pypi)[\w.-]*/simple",
    re.IGNORECASE,
)
TEXTS = {".py", ".md", ".toml", ".txt", ".json", ".yml", ".yaml", ".cfg", ".csv", ""}


def tracked() -> list[Path]:
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a clone")
    done = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return [ROOT / name for name in done.stdout.split("\0") if name]


def test_no_file_holds_a_path_of_a_machine_or_the_address_of_a_registry() -> None:
    here = Path(__file__).resolve()
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in tracked()
        if path.suffix in TEXTS and path.exists() and path.resolve() != here
        for line in path.read_text(encoding="utf-8").splitlines()
        if FOREIGN.search(line)
    ]
    assert not found


def test_modules_are_short_enough_to_be_read_in_one_go() -> None:
    index_of_names = ROOT / "src" / "delinquency" / "__init__.py"
    long = {
        str(path.relative_to(ROOT)): length
        for path in (ROOT / "src").rglob("*.py")
        if path != index_of_names
        and (length := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
    }
    assert not long


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "src").rglob("*.py")
        if not path.read_text(encoding="utf-8").startswith('"""')
    ]
    assert not silent


OWED = [
    importlib.import_module(f"delinquency.{name}")
    for name in ("breakdown", "payment_settlement", "penalty_interest", "policy")
]
"""Modules under whose names the package has verbs."""


@pytest.mark.parametrize(
    "module",
    [
        *(dq, calendars, portfolio, returns, rulebook, frames, serialization, testing),
        *(
            penalty,
            late_fees,
            judgment,
            several_debts,
            revolving,
            reporting,
            early_warning,
            back_testing,
            proposals,
            restructuring,
            *OWED,
        ),
    ],
    ids=lambda module: module.__name__,
)
def test_every_public_name_is_in_the_reference(module: ModuleType) -> None:
    pages = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "docs/reference").glob("*.md")
    )
    documented = set(re.findall(r"auto(?:module|class|function|data):: ([\w.]+)", pages))
    packages = set(re.findall(r"automodule:: ([\w.]+)\n   :imported-members:", pages))
    missing = [
        name
        for name in module.__all__
        if (found := getattr(module, name)) is not None
        and not isinstance(found, ModuleType)
        and not homes(name, found, documented, packages) & documented
    ]
    assert not missing


def homes(name: str, found: object, documented: set[str], packages: set[str]) -> set[str]:
    """Where a name may be documented: where it is written, or by a page of its whole package.

    The type of a union or of a tuple does not say where it is written.
    """
    places = documented if isinstance(found, UnionType | tuple) else packages
    exporting = {place for place in places if exports(place, name, found)}
    module = str(getattr(found, "__module__", ""))
    return exporting | {module, f"{module}.{name}"}


def exports(place: str, name: str, found: object) -> bool:
    module = sys.modules.get(place)
    return name in getattr(module, "__all__", ()) and getattr(module, name) is found
