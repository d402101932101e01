"""The reasons of an assessment, built from the figures that the computation left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from delinquency.amounts import from_minor, to_minor
from delinquency.calendar import to_date
from delinquency.citation import Verification
from delinquency.component import Component, component_position
from delinquency.counting import CountName, GraceKind, ScheduleChangeRule
from delinquency.counting.days import closed_late, held_out
from delinquency.counting.tolerance import tolerance_minor
from delinquency.event_rows import Decision
from delinquency.explanation import Explanation
from delinquency.ledger.deciding import standing_decisions
from delinquency.ledger.money import cut_of
from delinquency.obligations import DebtKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from delinquency.assessment import Assessment
    from delinquency.ledger import Ledger
    from delinquency.policy import Policy

__all__ = ["explain", "explain_policy"]

_INTEREST: Final = component_position(Component.INTEREST)
_PENALTY: Final = component_position(Component.PENALTY)

MOST_TOLD: Final = 5
"""How many payments that were left out are told one by one."""


def explain(answer: Assessment) -> Explanation:
    """The tree of reasons of an assessment, from the bucket down to the facts."""
    steps = [_bucket(answer), _arrears(answer), *_payments(answer), explain_policy(answer.policy)]
    return Explanation(
        "assessment",
        answer.bucket.code,
        {"account_id": answer.account_id, "as_of": answer.as_of, "known_on": answer.known_on},
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
        (),
        (
            *_material(answer),
            _frozen(answer) if answer.count.carried == "freeze" else _delinquent(answer),
        ),
    )


def _material(answer: Assessment) -> Iterator[Explanation]:
    """Both limbs of materiality beside arrears and exposure, where the scheme counts by them."""
    limits = answer.policy.counting.materiality
    if limits is None or answer.policy.buckets.reads is not CountName.MATERIAL_DAYS_PAST_DUE:
        return
    figures = {
        "currency": limits.currency.code,
        "amount": from_minor(
            to_minor(limits.amount, limits.currency, where="materiality"), limits.currency
        ),
        "share": str(limits.share),
        "arrears": answer.arrears,
        "exposure": answer.exposure,
    }
    yield Explanation("material_days", answer.reading, figures)


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
    if counting.grace_kind is None or not counting.grace_days or not count.own[0]:
        return ()
    before = count.own[0] - count.suspended_days
    figures = {
        "kind": counting.grace_kind.value,
        "before": before,
        "after": count.own[1],
        "passed": counting.grace_kind is GraceKind.TRIGGER and before > counting.grace_days,
    }
    return (Explanation("grace", counting.grace_days, figures),)


def _raw(answer: Assessment) -> tuple[Explanation, ...]:
    count = answer.count
    if answer.as_of < answer.account.originated_on:
        return (Explanation("not_begun", answer.account.originated_on),)
    if count.oldest_obligation < 0:
        steps = [Explanation("nothing_late", 0, {"tolerated": count.tolerated})]
    else:
        steps = [_days_past_due(answer)]
    if count.carried == "continue":
        steps.append(Explanation("carried", count.carried))
    return (
        *steps,
        *_disputed(answer),
        *_ended(answer),
        *_tolerance(answer),
        *_not_carried(answer),
    )


def _disputed(answer: Assessment) -> Iterator[Explanation]:
    """What is held out of counting, and that an age runs from the end of a dispute."""
    held = held_out(answer.ledger, answer.policy.counting)
    currency = answer.account.currency
    if held:
        figures = {"currency": currency.code, "debts": len(held)}
        yield Explanation("disputed", from_minor(sum(held.values()), currency), figures)
    place, counted_from = answer.count.oldest_obligation, answer.count.oldest_due_day
    if place >= 0 and answer.ledger.obligations[place].due_day < counted_from:
        yield Explanation("dispute_lost", to_date(counted_from))


def _ended(answer: Assessment) -> Iterator[Explanation]:
    """What the lender wrote off, and that it closed the account: both are counted as late no more."""
    ledger, currency = answer.ledger, answer.account.currency
    state = ledger.swept
    if state is None:
        return
    moves = state.moves
    if state.is_closed:
        yield Explanation("closed", _closed_on(ledger))
    elif moves.written_off:
        days = sorted({row[0] for row in moves.written_off})
        figures: dict[str, object] = {
            "days": ", ".join(str(to_date(day)) for day in days),
            "written_off": from_minor(sum(row[3] for row in moves.written_off), currency),
            "recovered": from_minor(sum(row[3] for row in moves.recovered), currency),
            "currency": currency.code,
        }
        ahead = sum(
            amount
            for day, place, column, amount in moves.written_off
            if column == _INTEREST and state.due_days[place] > day
        )
        if ahead:
            figures["interest_ahead"] = from_minor(ahead, currency)
        yield Explanation("written_off", ledger.written_off, figures)


def _closed_on(ledger: Ledger) -> date:
    as_of, known = ledger.as_of_day, ledger.known_day
    decisions = standing_decisions(ledger.account, as_of, known, cut_of(as_of, known))
    closing = (day for day, rows in decisions.items() if rows[-1].kind == Decision.CLOSURE)
    return to_date(min(closing))


def _days_past_due(answer: Assessment) -> Explanation:
    return Explanation(
        "days_past_due",
        answer.count.own[0],
        {
            "due_date": to_date(answer.count.oldest_due_day),
            "as_of": answer.as_of,
            "first_day": answer.policy.counting.first_day.value,
        },
        (),
        (_oldest(answer),),
    )


def _tolerance(answer: Assessment) -> tuple[Explanation, ...]:
    """What the tolerance excused, or that it excused nothing of what is late."""
    count, counting = answer.count, answer.policy.counting
    scope = counting.tolerance_scope
    if scope is None or not counting.tolerance or not (count.tolerated or count.late_count):
        return ()
    currency = answer.account.currency
    return (
        Explanation(
            "tolerance" if count.tolerated else "tolerance_exceeded",
            from_minor(tolerance_minor(counting, currency), currency),
            {"currency": currency.code, "scope": scope.value},
        ),
    )


def _not_carried(answer: Assessment) -> tuple[Explanation, ...]:
    """What was late before a change of schedule, where the policy forgets it."""
    counting, currency = answer.policy.counting, answer.account.currency
    if counting.schedule_change is not ScheduleChangeRule.FOLLOW_NEW:
        return ()
    return tuple(
        Explanation(
            "not_carried",
            from_minor(closed.open_amount, currency),
            {
                "changed_on": to_date(closed.changed_day),
                "debts": closed.debts,
                "days_past_due": closed.days_past_due,
                "currency": currency.code,
            },
        )
        for closed in closed_late(answer.ledger, counting)
    )


def _oldest(answer: Assessment) -> Explanation:
    account, ledger = answer.account, answer.ledger
    obligation = ledger.obligations[answer.count.oldest_obligation]
    number = obligation.instalment_no
    charge = ledger.name_of(obligation)
    charged, penalty = _charged(answer)
    held = held_out(ledger, answer.policy.counting).get(answer.count.oldest_obligation, 0)
    figures: dict[str, object] = {
        "due_date": to_date(obligation.due_day),
        "open_amount": from_minor(answer.count.oldest_open + held, account.currency),
        "amount": from_minor(charged, account.currency),
        "currency": account.currency.code,
    }
    if penalty:
        figures["penalty"] = from_minor(penalty, account.currency)
    rule = "oldest_instalment" if number else "oldest_charge"
    return Explanation(rule, number or charge, figures)


def _charged(answer: Assessment) -> tuple[int, int]:
    """What was charged on the oldest debt of what counts, and the penalty in it that accrued on the debt."""
    ledger, place = answer.ledger, answer.count.oldest_obligation
    columns = answer.policy.counting.counted_columns
    obligation = ledger.obligations[place]
    later = [0, 0, 0, 0]
    if ledger.swept is not None:
        for _, debt, column, amount in ledger.moves.charged:
            later[column] += amount * (debt == place)
    charged = sum(obligation[5 + column] + later[column] for column in columns)
    is_penalty_itself = obligation.kind in (DebtKind.POSTED_PENALTY, DebtKind.LATE_FEE)
    return charged, later[_PENALTY] * (_PENALTY in columns and not is_penalty_itself)


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
        told = [_why_left_out(answer, place) for place in left_out[:MOST_TOLD]]
        if len(left_out) > MOST_TOLD:
            told.append(Explanation("payments_more", len(left_out) - MOST_TOLD))
        steps.append(Explanation("payments_left_out", len(left_out), {}, (), tuple(told)))
    return steps


def _left_out(answer: Assessment) -> list[int]:
    """The places of the payments of the time that were reversed, or not yet known."""
    account, known = answer.account, answer.ledger.known_day
    if account.paid_running and answer.known_on is None:
        return []
    as_of = answer.ledger.as_of_day
    cut = as_of if answer.known_on is None else known
    return [
        place
        for place, row in enumerate(account.payment_rows)
        if row.value_day <= as_of and (row.reversed_day <= cut or row.recorded_day > known)
    ]


def _why_left_out(answer: Assessment, place: int) -> Explanation:
    """Not yet known comes first: nobody can have known of its reversal either."""
    account = answer.account
    payment, row = account.payments[place], account.payment_rows[place]
    figures: dict[str, object] = {
        "payment_id": payment.payment_id,
        "value_date": payment.value_date,
        "currency": account.currency.code,
    }
    if row.recorded_day > answer.ledger.known_day:
        rule = "payment_not_known"
        figures["recorded_on"] = to_date(row.recorded_day)
    else:
        rule = "payment_reversed"
        figures["reversed_on"] = payment.reversed_on
    return Explanation(rule, from_minor(row.amount, account.currency), figures)


def explain_policy(policy: Policy) -> Explanation:
    """The version that was used, with its sources."""
    return Explanation(
        "policy",
        policy.version,
        {
            "title": policy.title or policy.name,
            "title_zh": policy.title_zh or policy.title or policy.name,
            "unverified": policy.verification is Verification.UNVERIFIED,
        },
        policy.citations,
    )
