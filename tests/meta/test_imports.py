"""What importing brings in: the core imports alone, and a missing extra is named."""

from __future__ import annotations

import subprocess
import sys
from enum import EnumType
from types import FunctionType

import pytest

import delinquency as dq

EXTRAS = (
    "numba",
    "narwhals",
    "pyarrow",
    "pandas",
    "polars",
    "duckdb",
    "hypothesis",
    "rich",
    "cattrs",
    "jsonschema",
    "matplotlib",
    "holidays",
    "chinese_calendar",
)

BLOCKED = f"""
import sys, warnings
for name in {EXTRAS!r}:
    sys.modules[name] = None
warnings.simplefilter("error")
"""


def run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", BLOCKED + code], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_importing_the_package_brings_in_no_extra() -> None:
    code = "import sys, delinquency; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert not loaded & set(EXTRAS)
    assert {"attrs", "dateutil"} <= loaded


def test_importing_the_package_loads_what_assessing_takes_and_no_more() -> None:
    code = """
import sys
import delinquency as dq
later = [name for name in dq.__all__ if name not in vars(dq)]
print(*(name for name in sys.modules if name.partition(".")[0] in ("numpy", "delinquency")))
print(*(name for name in later if getattr(dq, name).__module__ not in sys.modules))
"""
    loaded, unmade = run(code).splitlines()
    names = {name.partition(".")[0] for name in loaded.replace("delinquency.", "").split()}
    assert not names & {"numpy", "amortisation", "daycount", "holiday_calendar", "regular_periods"}
    assert not unmade


def test_every_name_that_the_package_lists_is_there_however_it_is_asked_for() -> None:
    run(
        """
import delinquency as dq
from delinquency import RepaymentTerms, period_dates
assert set(dq.__all__) <= set(dir(dq))
for name in dir(dq):
    getattr(dq, name)
assert RepaymentTerms is dq.RepaymentTerms is dq.amortisation.RepaymentTerms
assert callable(dq.period_dates) and period_dates is dq.period_dates
for wrong in ("repayment_shedule", "boundaries", "Day"):
    try:
        getattr(dq, wrong)
    except AttributeError as told:
        assert repr(wrong) in str(told), told
    else:
        raise AssertionError(wrong)
"""
    )


def test_every_verb_of_a_loan_and_every_choice_it_takes_is_a_name_of_the_package() -> None:
    verbs_and_choices = {
        name
        for name in dq.amortisation.__all__
        if isinstance(getattr(dq.amortisation, name), FunctionType | EnumType)
    }
    assert {"accrual_postings", "PostingRhythm"} <= verbs_and_choices
    assert verbs_and_choices <= set(dq.__all__)
    assert dq.AccrualPosting is dq.amortisation.AccrualPosting


def test_one_account_is_assessed_without_any_extra() -> None:
    told = run(
        """
from datetime import date
from decimal import Decimal
import delinquency as dq
rows = [dq.Instalment(date(2025, 1, 31), Decimal("100"))]
account = dq.Account(account_id="A", originated_on=date(2024, 12, 31),
                     schedule=dq.Schedule(dq.Currency.of("CNY"), rows))
answer = dq.assess(account, as_of=date(2025, 3, 3), policy=dq.rulebook.load("founding-report"))
print(answer.days_past_due, answer.bucket, answer.explanation.to_text(lang="zh")[:4])
"""
    )
    assert told.split() == ["31", "31-60", "账户", "A"]


def test_a_book_is_assessed_without_any_extra_but_with_a_warning() -> None:
    told = run(
        """
from datetime import date
import delinquency as dq
from delinquency.portfolio import InterpretedKernelWarning, assess
from delinquency.sample_book import sample_book
warnings.simplefilter("always")
with warnings.catch_warnings(record=True) as raised:
    book = sample_book(50)
    policy = dq.rulebook.load("founding-report")
    days = assess(book, as_of=date(2025, 6, 30), policy=policy).days_past_due
    assess(book, as_of=date(2025, 6, 30), policy=policy).exposure()
assert [each.category for each in raised] == [InterpretedKernelWarning]
assert days.tolist() == [
    dq.days_past_due(book.account(row), as_of=date(2025, 6, 30), policy=policy)
    for row in range(50)
]
print("equal")
"""
    )
    assert told.strip() == "equal"


MISSING = {
    "json": "from delinquency import serialization as s, Schedule; s.from_dict(Schedule, {})",
    "frames": "from delinquency import frames; frames.to_frame({'a': [1]})",
    "testing": "from delinquency.testing import strategies",
    "calendars": "from delinquency.calendars import from_holidays_package as f; f('CN', 2026)",
    "fast": """
from datetime import date
import delinquency as dq
from delinquency.portfolio import Engine, assess
from delinquency.sample_book import sample_book
policy = dq.rulebook.load("founding-report")
assess(sample_book(5), as_of=date(2025, 6, 30), policy=policy, engine=Engine.COMPILED)
""",
}


@pytest.mark.parametrize("extra", MISSING)
def test_a_missing_extra_is_named_with_the_line_that_brings_it(extra: str) -> None:
    lines = "\n".join(f"    {line}" for line in MISSING[extra].splitlines())
    told = run(
        f"""
from delinquency import MissingExtraError
try:
{lines}
except MissingExtraError as error:
    print(error.hint)
"""
    )
    assert told.strip() == f"pip install 'delinquency[{extra}]'"


def test_reading_json_loads_no_book() -> None:
    """A service that reads plans and writes answers on them waits for no compiler."""
    code = "import sys, delinquency.serialization; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    loaded = set(done.stdout.split())
    assert "delinquency.proposals.offer" in loaded
    assert not loaded & {"numba", "pyarrow", "pandas", "delinquency.portfolio"}
