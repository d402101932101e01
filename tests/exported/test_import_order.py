"""Hypothesis calls the entry point while it is being imported, whoever imports it first."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    "first",
    [
        "from delinquency.testing import check_policy",
        "from delinquency.testing import strategies",
        "from delinquency.testing._register import register; register()",
        "import hypothesis; from delinquency.testing import strategies",
    ],
)
def test_test_support_can_be_imported_before_hypothesis(first: str) -> None:
    code = (
        f"{first}\nimport hypothesis.strategies as st, delinquency as dq\n"
        "st.from_type(dq.Account).validate()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
