"""Put several accounts of one debtor into one.

The one idea: every account is read as a plan reads it; what is owed on all is one draft, to which the plan is
put, and which a new account owes from then on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from delinquency.account import Account
from delinquency.calendar import day_number
from delinquency.dated_rates import DatedRate, rate_on
from delinquency.daycount import DayCount
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.identifiers import check_id
from delinquency.replaying import named_errors, version_in_force
from delinquency.restructuring.applying import apply_measures
from delinquency.restructuring.changed_account import closed_account
from delinquency.restructuring.consolidated import Consolidated
from delinquency.restructuring.consolidation_checks import (
    agreed_rates,
    check_accounts,
    check_measures,
)
from delinquency.restructuring.draft import PRINCIPAL, Draft
from delinquency.restructuring.measure_checks import check_rate
from delinquency.restructuring.merging import carried_charges, merged_draft, merged_rows
from delinquency.restructuring.new_account import NewAccountHead, new_account
from delinquency.restructuring.new_rows import NewRow, new_rows
from delinquency.restructuring.plan import RestructuringPlan
from delinquency.restructuring.plan_run import PlanRun, no_rate
from delinquency.restructuring.present_value import part_given_up, value_of
from delinquency.restructuring.reading import draft_owing, ledger_before, rows_to_come
from delinquency.restructuring.review.verb import check_allowed
from delinquency.restructuring.weighted_rates import weighted_rates
from delinquency.sequences import checked_tuple

if TYPE_CHECKING:
    from delinquency.ledger import Ledger
    from delinquency.policy import Policy
    from delinquency.policy_versions import PolicyTimeline
    from delinquency.restructuring.review.facts import PlanFacts
    from delinquency.restructuring.review.rules import PlanRules

__all__ = ["consolidate"]

_WHERE = "consolidate"


@attrs.frozen(slots=True)
class _Read:
    """An account as a plan reads it."""

    account: Account
    version: Policy
    ledger: Ledger
    draft: Draft
    to_come: Sequence[NewRow]


def consolidate(
    accounts: Iterable[Account],
    plan: RestructuringPlan,
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    account_id: str,
    contract_rates: Iterable[DatedRate] | None = None,
    known_on: date | None = None,
    rules: PlanRules | None = None,
    facts: PlanFacts | None = None,
) -> Consolidated:
    """Put accounts of one debtor into one new account from the start of ``plan.effective_on`` (债务合并).

    What is owed on all, due or not, is added by component; measures of amounts are put to the sum, and the
    re-ageing that ends the plan says when it falls due. The new account owes the sum less what was waived and
    forgiven, to the minor unit. Each old account ends on the day: its rows end, what stands beside its
    schedule and penalty that accrued are waived there, and it is closed.

    Penalty that accrued is posted on the day and in the new instalments. A charge that is not due yet goes on
    as a charge of the new account with its due date. What secures an old account is not carried over, nor how
    late or in which state it was: the new account has the fact of the restructuring alone.

    Parameters
    ----------
    accounts : iterable of Account
        At least two, of one currency, segment and debtor; the order has no influence.
    plan : RestructuringPlan
        A ReAgeing, after waivers of arrears, forgiveness and capitalisation alone. Charges are named by the
        id of the account, a comma and their own.
    as_of : date
        On or after ``plan.effective_on``.
    policy : Policy or PolicyTimeline
        By which the ledgers are kept.
    account_id : str
        Of the new account.
    contract_rates : iterable of DatedRate, optional
        Agreed for the new account, the first on or before the day of the plan; default the rates of the old
        contracts weighted by the principal owed, half up to 1e-6. Whatever is agreed, the new account is
        valued at the weighted rates, so that a lower rate shows as a loss.
    known_on : date, optional
        As of :func:`~delinquency.restructuring.verb.restructure`.
    rules : PlanRules, optional
        Whose limits the plan must pass: :func:`~delinquency.restructuring.review.loading.load_plan_rules`.
    facts : PlanFacts, optional
        What the accounts cannot know of it; with rules alone.

    Raises
    ------
    InvalidTypeError
        Not accounts, a plan, dates, a policy, rates; facts without rules.
    InvalidValueError
        Fewer than two accounts; one twice; other currencies, segments or debtors; a card; one that owes
        nothing; a charge or charge-back on the day or later; a plan of other measures; an id in use; rates
        that do not hold on the day. What :func:`~delinquency.restructuring.verb.restructure` refuses.
    PolicyError, PolicyNotInForceError
        As there; a limit of the rules that is failed.

    References
    ----------
    EBA Q&A 2021_6045 on EBA/GL/2016/07, paragraph 51: what was agreed anew is valued at the original rate.

    Examples
    --------
    >>> import delinquency as dq
    >>> from delinquency.restructuring import ReAgeing
    >>> def loan(name, *amounts):
    ...     rows = [dq.Instalment(date(2025, month, 15), each) for month, each in enumerate(amounts, start=1)]
    ...     return dq.Account(account_id=name, originated_on=date(2024, 12, 15), obligor_id="O-1",
    ...         schedule=dq.Schedule(dq.Currency.of("CNY"), rows))
    >>> plan = RestructuringPlan(measures=[ReAgeing(4, date(2025, 4, 1))], effective_on=date(2025, 3, 1))
    >>> done = consolidate([loan("A", 100, 100, 100), loan("B", 50, 50)], plan, as_of=date(2025, 3, 1),
    ...     policy=dq.rulebook.load("founding-report"), account_id="AB")
    >>> [str(row.total) for row in done.account.schedule], done.debt_after.total
    (['100.00', '100.00', '100.00', '100.00'], Decimal('400.00'))
    """
    if not isinstance(plan, RestructuringPlan):
        raise InvalidTypeError.at(f"{_WHERE}, plan", expected="a RestructuringPlan", found=plan)
    kept = sorted(checked_tuple(accounts, Account, f"{_WHERE}, account"), key=_account_id)
    check_id(account_id, where=f"{_WHERE}, account_id")
    check_accounts(kept, account_id, plan.effective_on)
    check_measures(plan)
    day = day_number(plan.effective_on, where=_WHERE, field="effective_on")
    given = None if contract_rates is None else agreed_rates(contract_rates, day)
    read = [
        _read(account, plan, version_in_force(account, as_of, policy, _WHERE), as_of, known_on)
        for account in kept
    ]
    weighted = weighted_rates(
        [each.draft.owed()[PRINCIPAL] for each in read],
        [account.contract_rates for account in kept],
        day,
    )
    rates = weighted if given is None else given
    currency = kept[0].currency
    before = merged_draft([(each.account.account_id, each.draft) for each in read], day)
    draft = deepcopy(before)
    apply_measures(PlanRun(draft, currency, draft.dues, rate_on(rates, day)), plan.measures)
    rows = [row for row in new_rows(draft, plan, currency, rates, []) if row.total]
    if not rows:
        raise InvalidValueError.at(
            f"{_WHERE}, plan", expected="measures that leave something owed", found="nothing left"
        )
    day_count = DayCount.ACT_365F if plan.day_count is None else plan.day_count
    value_before = sum(
        (
            value_of(each.draft, each.to_come, each.account.contract_rates, day_count)
            for each in read
        ),
        Fraction(0),
    )
    value_after = value_of(draft, rows, weighted, day_count)
    on = plan.effective_on
    head = NewAccountHead(
        account_id=account_id,
        obligor_id=max(account.obligor_id for account in kept),
        segment=kept[0].segment,
        currency=currency,
        contract_rates=rates,
        in_difficulty=plan.in_difficulty,
    )
    carried = [each for row in read for each in carried_charges(row.ledger, day, on)]
    done = Consolidated(
        before=tuple(kept),
        closed=tuple(closed_account(each.ledger, each.draft) for each in read),
        account=new_account(head, on, rows, part_given_up(value_before, value_after), carried),
        policies=tuple(each.version for each in read),
        drafts_before=tuple(each.draft for each in read),
        rates=weighted,
        is_rate_given=given is not None,
        plan=plan,
        as_of=as_of,
        known_on=known_on,
        currency=currency,
        draft_before=before,
        draft_after=draft,
        rows_before=tuple(merged_rows([each.to_come for each in read])),
        rows_after=tuple(rows),
        value_before=value_before,
        value_after=value_after,
    )
    check_allowed(done, rules, facts, _WHERE)
    return done


def _account_id(account: Account) -> str:
    return account.account_id


def _read(
    account: Account,
    plan: RestructuringPlan,
    version: Policy,
    as_of: date,
    known_on: date | None,
) -> _Read:
    """An account at the start of the day of the plan, and the rates by which it is weighed."""
    day = day_number(plan.effective_on, where=_WHERE, field="effective_on")
    with named_errors(account):
        ledger = ledger_before(account, plan, as_of=as_of, version=version, known_on=known_on)
        draft = draft_owing(ledger, day, plan.day_count)
        for each in account.contract_rates:
            check_rate(each.rate, "contract")
        if (draft.earned or draft.unearned) and rate_on(account.contract_rates, day) is None:
            raise no_rate("restructuring plan")
    return _Read(account, version, ledger, draft, rows_to_come(ledger, day))
