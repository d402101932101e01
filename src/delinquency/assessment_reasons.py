"""The reasons of an assessment, built from the figures that the computation left behind."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from delinquency.amounts import from_minor
from delinquency.calendar import to_date
from delinquency.explanation import Explanation

if TYPE_CHECKING:
    from delinquency.assessment import Assessment

__all__ = ["explain"]


def explain(answer: Assessment) -> Explanation:
    """The tree of reasons of an assessment, from the bucket down to the facts."""
    steps = [_bucket(answer), _arrears(answer), *_payments(answer), _policy(answer)]
    return Explanation(
        "assessment",
        answer.bucket.code,
        {"account_id": answer.account_id, "as_of": answer.as_of},
        (),
        tuple(steps),
    )


def _bucket(answer: Assessment) -> Explanation:
    scheme = answer.policy.buckets
    bucket = answer.bucket
    last = bucket.last_day
    return Explanation(
        "bucket",
        bucket.code,
        {
            "reading": answer.reading,
            "range": f"{bucket.first_day}+" if last is None else f"{bucket.first_day}-{last}",
            "scheme": scheme.name,
            "reads": scheme.reads.value,
        },
        answer.policy.citations,
        (_frozen(answer) if answer.count.carried == "freeze" else _delinquent(answer),),
    )


def _frozen(answer: Assessment) -> Explanation:
    count = answer.count
    return Explanation(
        "frozen_days",
        count.delinquent_days,
        {"days_past_due": count.days_past_due, "changed_on": to_date(count.frozen_on)},
        (),
        (_delinquent(answer),),
    )


def _delinquent(answer: Assessment) -> Explanation:
    count = answer.count
    return Explanation(
        "delinquent_days",
        count.own[1],
        {
            "days_past_due": count.own[0],
            "suspended_days": count.suspended_days,
        },
        (),
        (*_grace(answer), *_raw(answer)),
    )


def _grace(answer: Assessment) -> tuple[Explanation, ...]:
    count, counting = answer.count, answer.policy.counting
    if not counting.grace_days or not count.own[0]:
        return ()
    figures = {
        "kind": counting.grace_kind.value,
        "before": count.own[0] - count.suspended_days,
        "after": count.own[1],
    }
    return (Explanation("grace", counting.grace_days, figures),)


def _raw(answer: Assessment) -> tuple[Explanation, ...]:
    count = answer.count
    steps: list[Explanation] = []
    if count.oldest_obligation >= 0:
        steps.append(
            Explanation(
                "days_past_due",
                count.own[0],
                {
                    "due_date": to_date(count.oldest_due_day),
                    "as_of": answer.as_of,
                    "first_day": answer.policy.counting.first_day.value,
                },
                (),
                (_oldest(answer),),
            )
        )
    else:
        steps.append(Explanation("nothing_late", 0))
    if count.carried == "continue":
        steps.append(Explanation("carried", count.carried))
    if count.tolerated:
        counting = answer.policy.counting
        steps.append(
            Explanation(
                "tolerance",
                Decimal(counting.tolerance),
                {
                    "currency": answer.account.currency.code,
                    "scope": counting.tolerance_scope.value,
                },
            )
        )
    return tuple(steps)


def _oldest(answer: Assessment) -> Explanation:
    account = answer.account
    obligation = answer.ledger.obligations[answer.count.oldest_obligation]
    columns = answer.policy.counting.counted_columns
    number = obligation.instalment_no
    charge = "" if number else account.charges[obligation.charge_no - 1].charge_id
    return Explanation(
        "oldest_instalment" if number else "oldest_charge",
        number or charge,
        {
            "due_date": to_date(obligation.due_day),
            "open_amount": from_minor(answer.count.oldest_open, account.currency),
            "amount": from_minor(sum(obligation[5 + c] for c in columns), account.currency),
            "currency": account.currency.code,
        },
    )


def _arrears(answer: Assessment) -> Explanation:
    return Explanation(
        "arrears",
        answer.arrears,
        {"currency": answer.account.currency.code, "late_count": answer.count.late_count},
    )


def _payments(answer: Assessment) -> list[Explanation]:
    ledger = answer.ledger
    figures = {"currency": answer.account.currency.code, "unallocated": ledger.unallocated}
    steps = [Explanation("payments", ledger.paid, figures)]
    left_out = _left_out(answer)
    if left_out:
        steps.append(Explanation("payments_left_out", left_out))
    return steps


def _left_out(answer: Assessment) -> int:
    """Payments of the time that were reversed, or not yet known."""
    account, known = answer.account, answer.ledger.known_day
    if account.paid_running and answer.known_on is None:
        return 0
    as_of = answer.ledger.as_of_day
    cut = as_of if answer.known_on is None else known
    return sum(
        1
        for row in account.payment_rows
        if row.value_day <= as_of and (row.reversed_day <= cut or row.recorded_day > known)
    )


def _policy(answer: Assessment) -> Explanation:
    policy = answer.policy
    return Explanation(
        "policy",
        policy.version,
        {"title": policy.title or policy.name, "title_zh": policy.title_zh or policy.name},
    )
