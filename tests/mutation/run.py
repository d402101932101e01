"""Run mutants from one collection of the tests: ``python -m tests.mutation.run PATTERN ...``.

mutmut makes the mutants and keeps what became of them, as after ``mutmut run``; but that begins
pytest anew for each mutant, which takes longer than the tests. Here the tests are collected and run
once, which tells what functions each of them calls and how long it takes; then each mutant is a
fork in which the tests of its function run, the quickest and those that failed
for other mutants of it first, until one fails.
"""

from __future__ import annotations

import argparse
import contextlib
import fnmatch
import gc
import os
import random
import re
import shutil
import signal
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import NoReturn

import pytest
from mutmut.__main__ import create_mutants
from mutmut.configuration import config
from mutmut.mutation import trampoline
from mutmut.mutation.data import SourceFileMutationData
from mutmut.state import state
from mutmut.utils.file_utils import (
    copy_also_copy_files,
    setup_source_paths,
    walk_mutatable_files,
)
from mutmut.utils.format_utils import mangled_name_from_mutant_name

SURVIVED, KILLED, NO_TESTS, ENDLESS = 0, 1, 33, -24
ENDLESS_AFTER = 1, 10
"""Seconds, and times the seconds that a test takes without a change."""


def active(mutant: str) -> None:
    """Make a mutant the one that runs; asking the environment at every call is slow."""
    trampoline.set_mutant_under_test(mutant)
    trampoline.get_mutant_under_test = lambda: mutant


UNUSED = "cacheprovider", "xdist", "logging"
"""Plug-ins that take time at every test."""


class Forks:
    """The plug-in: every test once, then a fork for each mutant."""

    def __init__(self, mutants: list[tuple[SourceFileMutationData, str]], root: Path) -> None:
        self.mutants = mutants
        self.root = root
        self.failed = ""
        self.seconds: dict[pytest.Item, float] = {}
        self.tests: dict[str, list[pytest.Item]] = defaultdict(list)
        self.killers: dict[str, Counter[pytest.Item]] = defaultdict(Counter)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed = report.nodeid

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        for item in session.items:
            state()._stats.clear()
            active("stats")
            began = time.process_time()
            item.ihook.pytest_runtest_protocol(item=item, nextitem=None)
            self.seconds[item] = time.process_time() - began
            if self.failed:
                return True
            for function in state()._stats:
                self.tests[function].append(item)
        active("")
        gc.freeze()
        self.run_mutants()
        return True

    def run_mutants(self) -> None:
        began, counts = time.monotonic(), Counter[str]()
        for number, (data, mutant) in enumerate(self.mutants, 1):
            code = self.run_one(mutant)
            data.exit_code_by_key[mutant] = code
            counts["survived" if code in (SURVIVED, NO_TESTS) else "killed"] += 1
            os.chdir(self.root)
            data.save()
            os.chdir("mutants")
            if number % 50 == 0 or number == len(self.mutants):
                spent = time.monotonic() - began
                line = f"{number} of {len(self.mutants)} in {spent:.0f} s: {dict(counts)}"
                print(line, file=sys.__stderr__, flush=True)

    def run_one(self, mutant: str) -> int:
        function = mangled_name_from_mutant_name(mutant)
        tests, killers = self.tests[function], self.killers[function]
        if not tests:
            return NO_TESTS
        tests.sort(key=lambda item: (-killers[item], self.seconds[item]))
        reads, writes = os.pipe()
        child = os.fork()
        if not child:
            self.run_tests(mutant, tests, writes)
        os.close(writes)
        with os.fdopen(reads) as told:
            killer = told.read()
        if killer:
            killers[tests[int(killer)]] += 1
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        return ENDLESS if code == -signal.SIGVTALRM else code

    def run_tests(self, mutant: str, tests: list[pytest.Item], writes: int) -> NoReturn:
        """In the fork: tell which test fails first, if any does."""
        code, (least, times) = KILLED, ENDLESS_AFTER
        try:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
            gc.disable()
            active(mutant)
            for index, item in enumerate(tests):
                signal.setitimer(signal.ITIMER_VIRTUAL, least + times * self.seconds[item])
                item.ihook.pytest_runtest_protocol(item=item, nextitem=None)
                if self.failed:
                    os.write(writes, str(index).encode())
                    break
            else:
                code = SURVIVED
        finally:
            os._exit(code)


def holds_any(path: Path, patterns: list[str]) -> bool:
    """Whether a mutant of the file may have a name of one of the patterns: no others need to be made."""
    module = ".".join(path.with_suffix("").parts[1:]).removesuffix(".__init__") + "."
    known = [re.split(r"[*?\[]", pattern)[0] for pattern in patterns]
    return any(module.startswith(name) or name.startswith(module) for name in known)


def copy_sources() -> None:
    """What mutmut copies, without what the interpreter and the compiler keep beside it.

    Another process may be writing that meanwhile.
    """
    for root in map(Path, config().source_paths):
        for path in root.rglob("*"):
            copied = "mutants" / path
            if path.is_file() and "__pycache__" not in path.parts and not copied.exists():
                copied.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(path, copied)


def chosen(args: argparse.Namespace) -> list[tuple[SourceFileMutationData, str]]:
    found = []
    for path in walk_mutatable_files():
        data = SourceFileMutationData(path=path)
        data.load()
        found += [
            (data, mutant)
            for mutant, code in data.exit_code_by_key.items()
            if any(fnmatch.fnmatch(mutant, pattern) for pattern in args.patterns)
            and (not args.survivors or code in (SURVIVED, NO_TESTS))
            and (not args.left or code is None)
        ]
    if args.sample and args.sample < len(found):
        found = random.Random(args.seed).sample(found, args.sample)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation.run")
    parser.add_argument(
        "patterns", nargs="*", default=["*"], help="names such as delinquency.buckets.*"
    )
    parser.add_argument(
        "--tests", nargs="+", help="what tests to run; default those of pyproject.toml"
    )
    parser.add_argument("--sample", type=int, help="so many mutants, taken at random")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--survivors", action="store_true", help="only those that survived before")
    parser.add_argument("--left", action="store_true", help="only those that were not run before")
    args = parser.parse_args()
    root = Path.cwd()
    config().only_mutate = [
        str(path) for path in walk_mutatable_files() if holds_any(path, args.patterns)
    ]
    Path("mutants").mkdir(exist_ok=True)
    copy_sources()
    copy_also_copy_files()
    setup_source_paths()
    with contextlib.redirect_stdout(None):
        create_mutants(1)
    mutants = chosen(args)
    tests = args.tests or config().pytest_add_cli_args_test_selection
    forks = Forks(mutants, root)
    os.chdir("mutants")
    unused = [word for name in UNUSED for word in ("-p", f"no:{name}")]
    options = ["--rootdir=.", "-q", "--tb=no", "--capture=no", "--assert=plain", *unused]
    pytest.main([*options, *config().pytest_add_cli_args, *tests], plugins=[forks])
    if forks.failed:
        print(f"fails without a change: {forks.failed}")
    return 1 if forks.failed or not mutants else 0


if __name__ == "__main__":
    sys.exit(main())
