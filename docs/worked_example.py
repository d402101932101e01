"""The worked example of a packaged policy: one loan, lived through under the versions of its days.

The one idea: no line is written by hand. Each is what the library answers, so that a page cannot say what the
code does not do, and all pages tell of the same loan.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from datetime import date

import delinquency as dq
from delinquency import rulebook
from delinquency.period_arithmetic import month_ends

AS_OF = date(2026, 6, 30)
BEGUN = date(2023, 12, 31)
PAID_UP = date(2025, 8, 20)
SOUND = date(2026, 3, 31)
VALUED = date(2024, 12, 31)
VALUE, LOWER_VALUE = 9000, 6000
"""What its security is worth from the beginning, and from that day on."""
LAST_IN_TIME = 4
"""Instalments that are paid on their due dates before nothing is paid any more."""

HEAD = """\
## Worked example

A loan of {amount} {currency} a month from {first} is paid on time until {last}. Then nothing is paid until
{paid_up}, when all that is due is paid, and after it every instalment on its due date. It is secured by a
home that is worth {value} {currency}, and from {valued} on {lower_value} {currency}. On {sound} it is found
that the debtor is able to perform. What the library says of it, asked when this page was made:
"""


def loan(currency: dq.Currency, segment: dq.Segment) -> dq.Account:
    """The loan of every page."""
    dues = list(month_ends(date(2024, 1, 1), AS_OF))
    paid = [(due, 300) for due in (*dues[:LAST_IN_TIME], *(due for due in dues if due > PAID_UP))]
    missed = [due for due in dues[LAST_IN_TIME:] if due <= PAID_UP]
    paid.append((PAID_UP, 300 * len(missed)))
    return dq.Account(
        account_id="A-1",
        originated_on=BEGUN,
        segment=segment,
        schedule=dq.Schedule(currency, [dq.Instalment(due, 300) for due in dues]),
        payments=[dq.Payment(day, amount) for day, amount in sorted(paid)],
        events=[
            dq.Finding(dq.FindingKind.ABLE_TO_PERFORM, SOUND),
            dq.Collateral("home", BEGUN, VALUE, dq.CollateralKind.RESIDENTIAL_PROPERTY),
            dq.Collateral("home", VALUED, LOWER_VALUE, dq.CollateralKind.RESIDENTIAL_PROPERTY),
        ],
    )


def to_markdown(name: str) -> str:
    """The example of one packaged policy."""
    policy = rulebook.load(name)
    version = policy.in_force(as_of=AS_OF, originated_on=BEGUN)
    limits = version.counting.materiality
    currency = dq.Currency.of("CNY") if limits is None else limits.currency
    segment = dq.Segment.NON_RETAIL if name.endswith("-other") else dq.Segment.RETAIL
    account = loan(currency, segment)
    dues = [row.due_date for row in account.schedule]
    lines = [
        HEAD.format(
            amount="300.00",
            currency=currency.code,
            first=dues[0],
            last=dues[LAST_IN_TIME - 1],
            paid_up=PAID_UP,
            sound=SOUND,
            value=f"{VALUE:,}.00",
            valued=VALUED,
            lower_value=f"{LOWER_VALUE:,}.00",
        )
    ]
    with warnings.catch_warnings():
        # The page names the verification of each version.
        warnings.simplefilter("ignore", dq.DelinquencyWarning)
        lines += list(states(account, policy) if version.status else buckets(account, policy))
    return "\n".join(lines) + "\n"


def states(account: dq.Account, policy: dq.PolicyTimeline) -> Iterator[str]:
    """The states by every machine, and why."""
    answer = dq.assess_status(account, as_of=AS_OF, policy=policy)
    for machine in answer.machines:
        yield f"\n:::{{container}} days-and-reasons\n| from | {machine.name} | why |\n|---|---|---|"
        for span in answer.spans(machine.name):
            why = answer.why(span)
            told = " ".join(step.sentence() for step in why.because) or why.sentence()
            yield f"| {span.start} | {span.state.code} | {told} |"
        yield ":::"


def buckets(account: dq.Account, policy: dq.PolicyTimeline) -> Iterator[str]:
    """The days on which the bucket changes."""
    yield "\n| from | days past due | bucket |\n|---|---|---|"
    before = ""
    for number in range((AS_OF - BEGUN).days + 1):
        day = date.fromordinal(BEGUN.toordinal() + number)
        try:
            answer = dq.assess(account, as_of=day, policy=policy)
        except dq.PolicyNotInForceError:
            continue
        if answer.bucket.code != before:
            before = answer.bucket.code
            yield f"| {day} | {answer.days_past_due} | {before} |"
