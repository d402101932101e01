"""One due date under the rules of several countries."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from tests.vectors.worked_examples.asking import (
    agreed,
    day,
    first_day_in_band,
    first_day_in_state,
    undated,
    unpaid,
)

__all__ = ["one_due_date"]


def one_due_date(given: Mapping[str, Any]) -> dict[str, Any]:
    """One instalment is never paid: on which day is it in default, an NPA, 次级, 可疑 and 损失?"""
    due = day(given["due_date"])
    until = due + timedelta(days=400)

    def state(policy: str, code: str, currency: str, machine: str | None = None) -> Any:
        account = unpaid(due, currency)
        return first_day_in_state(account, undated(policy), code, until=until, machine=machine)

    def card(code: str) -> Any:
        return first_day_in_band(unpaid(due, "CNY"), undated("cn-card"), code, until=until)

    return {
        "EU default / CN 次级 first day (dpd 91)": agreed(
            state("eu-default-retail", "default", "EUR", "default"),
            state("eu-default-other", "default", "EUR", "default"),
            state("cn-loan", "次级", "CNY"),
        ),
        "India NPA": state("in-sma", "substandard", "INR"),
        "Bahrain substandard / IFRS 9 B5.5.37 backstop (dpd 90)": state("ifrs9", "stage 3", "EUR"),
        "CN 可疑 (271)": state("cn-loan", "可疑", "CNY"),
        "CN 损失 (361)": state("cn-loan", "损失", "CNY"),
        "CN card 可疑 (121)": card("可疑"),
        "CN card 损失 (181)": card("损失"),
    }
