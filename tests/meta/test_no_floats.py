"""No float touches money: the source is searched for what could make one.

A true division, a literal with a point, ``float()`` and ``round()`` are refused everywhere but in the files
below, each with the reason why no amount can come to harm there. A reason that no file needs is refused too.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "delinquency"

EXCEPTIONS = MappingProxyType(
    {
        "amortisation/": "exact fractions and decimals, rounded by a named rule",
        "returns/": "rates of return: a search in floats whose answer is checked in exact fractions",
        "portfolio/effective_rates.py": "a first guess of a rate, checked in exact numbers",
        "portfolio/kernels/lanes.py": "a first guess of a rate, checked in exact numbers",
        "portfolio/kernels/level_payments.py": "bounds of a payment; which whole number holds is decided in ints",
        "portfolio/single_turns.py": "a first guess of a rate, checked in exact numbers",
        "portfolio/ageing.py": "shares of accounts and amounts for people, never amounts",
        "frames/": "cells of a tape that are floats: refused, or turned exactly where asked for",
        "cli/sample.py": "the sample book: drawn, not computed",
        "sample_book.py": "the sample book: drawn, not computed",
    }
)


def what_makes_floats(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.BinOp(op=ast.Div()) | ast.AugAssign(op=ast.Div()):
                yield node.lineno, "a true division"
            case ast.Constant(value=float()):
                yield node.lineno, "a literal float"
            case ast.Call(func=ast.Name(id="float" | "round" as name)):
                yield node.lineno, f"{name}()"


@cache
def findings() -> dict[str, list[tuple[int, str]]]:
    found = {
        path.relative_to(SOURCE).as_posix(): list(
            what_makes_floats(ast.parse(path.read_text(encoding="utf-8")))
        )
        for path in sorted(SOURCE.rglob("*.py"))
    }
    return {name: places for name, places in found.items() if places}


def test_no_float_touches_an_amount():
    harmful = {
        name: places
        for name, places in findings().items()
        if not name.startswith(tuple(EXCEPTIONS))
    }
    assert not harmful


@pytest.mark.parametrize("name", EXCEPTIONS)
def test_every_exception_is_needed(name):
    assert any(found.startswith(name) for found in findings())


@pytest.mark.parametrize(
    "text", ["a / b", "a /= b", "x = 0.5", "float(a)", "round(a)", "def f():\n    return 1 / 3"]
)
def test_the_search_finds_what_it_looks_for(text):
    assert list(what_makes_floats(ast.parse(text)))


@pytest.mark.parametrize("text", ["a // b", "a % b", "x = 5", "divide(a, b, mode)", "Path(a)"])
def test_the_search_lets_whole_numbers_be(text):
    assert not list(what_makes_floats(ast.parse(text)))
