"""No float touches money: the source is searched for what could make one.

A true division, a literal with a point, ``float`` and ``round`` as functions and what makes arrays of floats
are refused everywhere but in the files below, each with the reason why no amount can come to harm there. A
reason that no file needs is refused too.
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
        "portfolio/kernels/plan_payment.py": "a payment with a bound of its error, left to fractions where unsure",
        "portfolio/kernels/plan_values.py": "values with a bound of their error, left to fractions where unsure",
        "portfolio/single_turns.py": "a first guess of a rate, checked in exact numbers",
        "portfolio/schedules.py": "passes a level payment on to the lanes, which say why",
        "portfolio/ageing.py": "shares of accounts and amounts for people, never amounts",
        "portfolio/warnings/surface.py": "columns that are floats: refused, or turned by a stated rounding",
        "back_testing/": "statistics of outcomes, no amounts",
        "frames/": "cells of a tape that are floats: refused, or turned exactly where asked for",
        "cli/summary.py": "weights that rank accounts, never reported",
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
            case ast.Call(func=func) if not is_question(func) and hands_float_on(node):
                yield node.lineno, "float as a function or a type of numbers"
            case ast.Attribute(attr=name) if name in OF_ARRAYS:
                yield node.lineno, f".{name}"


OF_ARRAYS = frozenset({"float16", "float32", "float64", "true_divide", "mean", "average"})


def is_question(func: ast.expr) -> bool:
    """Whether a call asks of what type something is, which makes nothing."""
    return isinstance(func, ast.Name) and func.id in {"isinstance", "issubclass"}


def hands_float_on(call: ast.Call) -> bool:
    given = (*call.args, *(keyword.value for keyword in call.keywords))
    return any(isinstance(value, ast.Name) and value.id == "float" for value in given)


@cache
def findings(source: Path = SOURCE) -> dict[str, list[tuple[int, str]]]:
    found = {
        path.relative_to(source).as_posix(): list(
            what_makes_floats(ast.parse(path.read_text(encoding="utf-8")))
        )
        for path in sorted(source.rglob("*.py"))
    }
    return {name: places for name, places in found.items() if places}


def harmful(source: Path = SOURCE) -> dict[str, list[tuple[int, str]]]:
    return {
        name: places
        for name, places in findings(source).items()
        if not name.startswith(tuple(EXCEPTIONS))
    }


def test_no_float_touches_an_amount():
    assert not harmful()


@pytest.mark.parametrize("package", ["ledger", "penalty", "late_fees", "revolving", "portfolio"])
def test_a_float_planted_in_any_module_that_counts_money_is_found(package, tmp_path):
    modules = [
        path.relative_to(SOURCE)
        for path in sorted((SOURCE / package).rglob("*.py"))
        if not path.relative_to(SOURCE).as_posix().startswith(tuple(EXCEPTIONS))
    ]
    for module in modules:
        copy = tmp_path / module
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = (SOURCE / module).read_text(encoding="utf-8")
        copy.write_text(f"{text}\n\ndef half(amount):\n    return amount / 2\n", encoding="utf-8")
    assert modules
    assert list(harmful(tmp_path)) == [module.as_posix() for module in modules]


@pytest.mark.parametrize("name", EXCEPTIONS)
def test_every_exception_is_needed(name):
    assert any(found.startswith(name) for found in findings())


@pytest.mark.parametrize(
    "text",
    ["a / b", "a /= b", "x = 0.5", "float(a)", "round(a)", "def f():\n    return 1 / 3",
     "map(float, a)", "a.astype(float)", "np.zeros(3, dtype=float)", "a.astype(np.float64)",
     "np.true_divide(a, b)", "a.mean()"],
)  # fmt: skip
def test_the_search_finds_what_it_looks_for(text):
    assert list(what_makes_floats(ast.parse(text)))


@pytest.mark.parametrize(
    "text", ["a // b", "a % b", "x = 5", "divide(a, b, mode)", "Path(a)", "isinstance(a, float)"]
)
def test_the_search_lets_whole_numbers_be(text):
    assert not list(what_makes_floats(ast.parse(text)))
