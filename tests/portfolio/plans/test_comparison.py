"""A book before and after its plans: every sum is that of the accounts, one by one."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date
from decimal import Decimal
from html import unescape

import attrs
import pytest

import delinquency as dq
from delinquency.decimals import exact_sum
from delinquency.portfolio import Portfolio, compare_plans
from delinquency.restructuring import Restructured
from tests.restructuring.books import (
    HOUSE,
    Asked,
    answer_of_book,
    answers_of_accounts,
    draw_asked,
    engines_for,
    outside,
)

LAW = dq.rulebook.load("cn-loan").versions[-1]
PROVIDED = attrs.evolve(
    LAW,
    provisions=dq.ProvisionTable(
        by="bucket",
        rates=[
            dq.ProvisionRate(bucket.code, dq.Proportion(place, 7))
            for place, bucket in enumerate(LAW.buckets)
        ],
    ),
)


def draw(rng: random.Random) -> Asked:
    """A drawn book whose plans are made by the policy by which it is looked at."""
    while True:
        asked = draw_asked(rng)
        if asked.as_of >= asked.plans[0].effective_on and len(asked.accounts) > 4:
            return asked._replace(policy=rng.choice((PROVIDED, LAW, HOUSE, outside())))


def due_by_month(accounts: list[dq.Account], day: date) -> dict[date, Decimal]:
    """What rows in force on the day, and charges that stand in the ledger on it, ask for from it on."""
    found: dict[date, list[Decimal]] = {}
    for account in accounts:
        for row in account.schedule:
            begins, ends = row.in_force_from or date.min, row.in_force_until or date.max
            if row.due_date >= day and begins <= day < ends:
                found.setdefault(row.due_date.replace(day=1), []).append(row.total)
        for charge in account.charges:
            if charge.due_date >= day and (charge.charged_on or charge.due_date) <= day:
                found.setdefault(charge.due_date.replace(day=1), []).append(charge.amount)
    return {month: exact_sum(amounts) for month, amounts in found.items()}


def check(asked: Asked, engine, seen: Counter[str]) -> None:
    scalar = answers_of_accounts(asked)
    done = answer_of_book(asked, engine=engine)
    found = compare_plans(done, policy=asked.policy, engine=engine)
    sides = (
        asked.accounts,
        [
            one.after if isinstance(one, Restructured) else account
            for account, one in zip(asked.accounts, scalar, strict=True)
        ],
    )
    told = [
        [
            dq.assess(each, as_of=asked.as_of, policy=asked.policy, known_on=asked.known_on)
            for each in side
        ]
        for side in sides
    ]
    assert found.arrears_before == exact_sum(each.arrears for each in told[0])
    assert found.arrears_after == exact_sum(each.arrears for each in told[1])
    for row in found.buckets:
        inside = [[each for each in side if each.bucket == row.bucket] for side in told]
        assert (row.accounts_before, row.accounts_after) == tuple(map(len, inside))
        assert (row.arrears_before, row.arrears_after) == tuple(
            exact_sum(each.arrears for each in side) for side in inside
        )
        seen["moved"] += row.accounts_before != row.accounts_after
    assert sum(row.accounts_before for row in found.buckets) == len(asked.accounts)
    day = asked.plans[0].effective_on
    months = [due_by_month(side, day) for side in sides]
    assert [(row.month, row.before, row.after) for row in found.due_months] == [
        (month, months[0].get(month, 0), months[1].get(month, 0))
        for month in sorted({*months[0], *months[1]})
    ]
    put = [one for one in scalar if isinstance(one, Restructured)]
    assert found.present_value_loss == exact_sum(one.present_value_loss for one in put)
    seen["put"] += len(put)
    seen["known on"] += asked.known_on is not None
    if asked.policy is not PROVIDED:
        assert found.provisions_before is found.provisions_after is None
        return
    asking = {"as_of": asked.as_of, "policy": PROVIDED, "known_on": asked.known_on}
    sums = [
        exact_sum(dq.provision(account, **asking).amount for account in accounts)
        for accounts in ([one.before for one in put], [one.after for one in put])
    ]
    assert [found.provisions_before, found.provisions_after] == sums
    seen["provided"] += any(sums)


def test_every_sum_is_that_of_the_accounts() -> None:
    rng = random.Random(20_250_630)
    seen: Counter[str] = Counter()
    for number in range(16):
        for engine in engines_for(number):
            check(draw(rng), engine, seen)
    assert all(seen[name] for name in ("moved", "put", "known on", "provided")), seen


def test_both_books_are_looked_at_as_it_was_known() -> None:
    """A payment recorded after the day that is asked of is in neither book, in buckets as in provisions.

    100 fell due in January; 100 were paid in February and recorded on 20 March. On 15 March nobody knew.
    """
    rows = [dq.Instalment(date(2025, month, 15), 100) for month in (1, 2, 3, 4)]
    late = dq.Payment(date(2025, 2, 1), 100, recorded_on=date(2025, 3, 20))
    accounts = [
        dq.Account(
            account_id=name,
            originated_on=date(2024, 12, 15),
            schedule=dq.Schedule(dq.Currency.of("CNY"), rows),
            payments=payments,
        )
        for name, payments in (("A-1", []), ("A-2", [late]))
    ]
    on = date(2025, 3, 1)
    plan = dq.RestructuringPlan(measures=[dq.restructuring.ArrearsSpread()], effective_on=on)
    arrears = {}
    for known_on in (date(2025, 3, 15), date(2025, 3, 20)):
        done = dq.portfolio.restructure(
            Portfolio.from_accounts(accounts),
            plan,
            as_of=on,
            policy=PROVIDED,
            chosen=[0, -1],
            known_on=known_on,
        )
        found = compare_plans(done, policy=PROVIDED)
        arrears[known_on.day] = (found.arrears_before, found.arrears_after)
    assert arrears == {15: (400, 200), 20: (300, 100)}


def test_a_comparison_is_told_in_both_languages_and_as_a_table() -> None:
    done = answer_of_book(draw(random.Random(3)))
    found = compare_plans(done, policy=HOUSE)
    assert str(found) == found.to_text() == found.to_text("en")
    size = f"{len(done):,}"
    for lang, heads in (("en", ("bucket", "arrears")), ("zh", ("分档", "逾期金额"))):
        lines = found.to_text(lang).splitlines()
        assert len(lines) == len(found.buckets) + 2
        assert all(head in lines[0] for head in heads)
        assert lines[-1].split()[1:3] == [size, size]
        assert f"{found.arrears_before:,}" in lines[-1]
    html = unescape(found._repr_html_())
    assert html.count("<tr>") == len(found.buckets) + 2
    assert f"<caption>{done.before.currency.code}</caption>" in html
    with pytest.raises(dq.InvalidValueError, match="comparison"):
        found.to_text("fr")
