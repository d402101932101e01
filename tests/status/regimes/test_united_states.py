"""The United States: what is charged off within its days."""

from __future__ import annotations

from datetime import date

import pytest
from dateutil.relativedelta import relativedelta

from delinquency import Finding, FindingKind
from tests.status.regimes.asking import check, loan


@pytest.mark.parametrize(("kind", "days"), [(FindingKind.BANKRUPTCY, 60), (FindingKind.FRAUD, 90)])
@pytest.mark.parametrize("regime", ["us-ffiec-closed-end", "us-ffiec-open-end"])
def test_bankruptcy_and_fraud_are_charged_off_within_their_days(regime, kind, days):
    found = Finding(kind, date(2025, 1, 1))
    account = loan(regime, [date(2026, 1, 31)], start=date(2025, 1, 1), events=[found])
    day = date(2025, 1, 1) + relativedelta(days=days)
    check(regime, account, {str(day - relativedelta(days=1)): "pass", str(day): "loss"})
