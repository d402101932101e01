"""Put an individual instalment agreement to a card.

The one idea: the card is replayed to the start of the day, where the agreement takes over all that is owed;
that is a draft, to which the measures of the agreement are put as to any other.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta
from typing import TYPE_CHECKING

import attrs

from delinquency.amortisation import AmortisationMethod
from delinquency.amounts import from_minor
from delinquency.assessment import days_past_due
from delinquency.calendar import Day, day_number
from delinquency.component import COMPONENTS
from delinquency.dated_rates import DatedRate, rate_on
from delinquency.daycount import DayCount
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.rates import Rate, RatePeriod
from delinquency.replaying import version_in_force
from delinquency.restructuring.agreed_card import AgreedCard
from delinquency.restructuring.applying import apply_measures
from delinquency.restructuring.card_agreement import CardAgreement
from delinquency.restructuring.draft import Draft, PastDebt
from delinquency.restructuring.new_account import NewAccountHead, new_account
from delinquency.restructuring.new_rows import new_rows
from delinquency.restructuring.plan import RestructuringPlan
from delinquency.restructuring.plan_run import PlanRun
from delinquency.restructuring.present_value import part_given_up, value_of
from delinquency.restructuring.review.verb import check_allowed
from delinquency.restructuring.weighted_rates import weighted_rates
from delinquency.revolving import BALANCE_KINDS, BalanceKind, CardAccount, requirements
from delinquency.revolving.formulas import yearly_rate
from delinquency.revolving.kinds import component_of
from delinquency.revolving.ledger import replayed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from delinquency.policy import Policy
    from delinquency.policy_versions import PolicyTimeline
    from delinquency.restructuring.review.facts import PlanFacts
    from delinquency.restructuring.review.rules import PlanRules

__all__ = ["agree_on_card"]

_WHERE = "agree_on_card"
_PRINCIPAL = (BalanceKind.PURCHASE, BalanceKind.CASH_ADVANCE, BalanceKind.PLAN)


def agree_on_card(
    card: CardAccount,
    agreement: CardAgreement,
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    known_on: date | None = None,
    rules: PlanRules | None = None,
    facts: PlanFacts | None = None,
) -> AgreedCard:
    """Turn all that is owed on a card into instalments of an account, from the start of a day.

    What is owed is read at the start of ``agreement.effective_on``: every balance, parts of plans that no
    statement has billed, interest that is decided for the days before, and a late fee that waits. Interest
    that is not decided, what a promotion keeps aside, and the cost of parts not billed are not owed and never
    asked for. What is owed less what was waived and forgiven, by component, is owed by the new account, to
    the minor unit; the card has nothing open from the day on, is closed to transactions, and collection stops
    unless the agreement is broken.

    Parameters
    ----------
    card : CardAccount
    agreement : CardAgreement
    as_of : date
        The day on which it is made or looked at; on or after ``agreement.effective_on``.
    policy : Policy or PolicyTimeline
        By which the minimums of the card are counted: in China ``cn-card``. Any policy can count them; what
        the law makes of the agreement is for a review.
    known_on : date, optional
        As of :func:`~delinquency.revolving.ledger.card_ledger`.
    rules : PlanRules, optional
        Whose limits the agreement must pass:
        :func:`~delinquency.restructuring.review.loading.load_plan_rules`.
    facts : PlanFacts, optional
        What the card cannot know of it; with rules alone.

    Raises
    ------
    InvalidTypeError
        Not a card, an agreement, a date or a policy; facts without rules.
    InvalidValueError
        An agreement after ``as_of``, or not after the opening of the card and its transactions and payments;
        one of them recorded or reversed on the day or later; a card under an agreement already; the id of the
        card for the account; nothing owed, or nothing left.
    PolicyError
        A limit of the rules that is failed.
    PolicyNotInForceError
        No version is in force.

    References
    ----------
    商业银行信用卡业务监督管理办法 (CBRC Order 2011 No. 2), Article 70.

    Examples
    --------
    >>> import delinquency as dq
    >>> from delinquency.revolving import (ByKind, CardInterest, CardTerms, CardTransaction, DueAfterDays,
    ...     InterestMethod, MinimumPaymentRule, MinimumShare, TransactionKind)
    >>> terms = CardTerms(currency=dq.Currency.of("CNY"), cycle_day=5, due=DueAfterDays(18),
    ...     minimum=MinimumPaymentRule(shares=[MinimumShare(BalanceKind.PURCHASE, dq.Proportion(1, 10))]),
    ...     interest=CardInterest(rates=[], method=InterestMethod.FULL_STATEMENT),
    ...     order=ByKind(kinds=BALANCE_KINDS))
    >>> spent = CardTransaction(kind=TransactionKind.PURCHASE, posted_on=date(2025, 3, 30), amount=1000,
    ...     transaction_id="T-1")
    >>> card = CardAccount(account_id="C-1", originated_on=date(2025, 3, 1), terms=terms,
    ...     transactions=[spent])
    >>> agreement = CardAgreement(account_id="P-1", effective_on=date(2025, 8, 1), instalments=12,
    ...     first_due_on=date(2025, 9, 1), beyond_capacity=True, willing=True, promises_no_new_cards=True,
    ...     accrues_annual_fee=False, accrues_interest=False, accrues_other_fees=False,
    ...     rights_and_duties="as in the contract of the card", breach_terms="all falls due")
    >>> done = agree_on_card(card, agreement, as_of=date(2025, 8, 1), policy=dq.rulebook.load("cn-card"))
    >>> [str(row.principal) for row in done.account.schedule][::11], done.stops_collection_from
    (['83.33', '83.37'], datetime.date(2025, 8, 1))
    >>> dq.revolving.card_ledger(done.closed, as_of=date(2025, 8, 1)).open_amount
    Decimal('0.00')
    """
    if not isinstance(card, CardAccount):
        raise InvalidTypeError.at(_WHERE, expected="a CardAccount", found=card)
    if not isinstance(agreement, CardAgreement):
        raise InvalidTypeError.at(
            f"{_WHERE}, agreement", expected="a CardAgreement", found=agreement
        )
    day_number(as_of, where=_WHERE, field="as_of")
    on = agreement.effective_on
    day = day_number(on, where=_WHERE, field="effective_on")
    _check(card, agreement, as_of)
    closed = attrs.evolve(card, agreement_on=on)
    eve = on - timedelta(days=1)
    minimums = requirements(card, as_of=eve, known_on=known_on)
    version = version_in_force(minimums, as_of, policy, _WHERE)
    owed = replayed(closed, on, known_on, _WHERE).taken_over
    before = _draft(owed, day)
    if not any(before.owed()):
        raise InvalidValueError.at(
            f"card {card.account_id!r}",
            expected="a card on which something is owed",
            found="nothing open",
        )
    plan = RestructuringPlan(
        measures=[*agreement.measures, agreement.re_ageing],
        effective_on=on,
        method=AmortisationMethod.EQUAL_PRINCIPAL,
        day_count=agreement.day_count,
    )
    rates = [] if agreement.annual_rate is None else [DatedRate(on, agreement.annual_rate)]
    draft = deepcopy(before)
    apply_measures(PlanRun(draft, card.currency, [], rate_on(rates, day)), plan.measures)
    rows = [row for row in new_rows(draft, plan, card.currency, rates, []) if row.total]
    if not rows:
        raise InvalidValueError.at(
            "card agreement, measures",
            expected="something that is still owed",
            found="nothing left",
        )
    weighted = _rates_of(card, owed, on)
    day_count = DayCount.ACT_365F if plan.day_count is None else plan.day_count
    value_before = value_of(before, [], weighted, day_count)
    value_after = value_of(draft, rows, weighted, day_count)
    head = NewAccountHead(
        account_id=agreement.account_id,
        obligor_id=card.obligor_id,
        segment=card.segment,
        currency=card.currency,
        contract_rates=rates,
        in_difficulty=plan.in_difficulty,
    )
    done = AgreedCard(
        before=card,
        closed=closed,
        account=new_account(head, on, rows, part_given_up(value_before, value_after)),
        agreement=agreement,
        policy=version,
        days_past_due_before=days_past_due(minimums, as_of=eve, policy=version, known_on=known_on),
        structure=tuple(
            (kind, from_minor(owed[kind], card.currency))
            for kind in BALANCE_KINDS
            if owed.get(kind)
        ),
        rates=weighted,
        plan=plan,
        as_of=as_of,
        known_on=known_on,
        currency=card.currency,
        draft_before=before,
        draft_after=draft,
        rows_before=(),
        rows_after=tuple(rows),
        value_before=value_before,
        value_after=value_after,
    )
    check_allowed(done, rules, facts, _WHERE)
    return done


def _draft(owed: Mapping[BalanceKind, int], day: Day) -> Draft:
    """All that is owed as one debt that is past due."""
    amounts = [0, 0, 0, 0]
    for kind, amount in owed.items():
        amounts[COMPONENTS.index(component_of(kind))] += amount
    past = [PastDebt(0, day, is_row=False, open=amounts)]
    return Draft(
        day=day,
        past=past,
        principal=0,
        earned=0,
        unearned=0,
        fees=[],
        beside=[0, 0, 0, 0],
        unposted=0,
        dues=[],
    )


def _rates_of(
    card: CardAccount, owed: Mapping[BalanceKind, int], on: date
) -> tuple[DatedRate, ...]:
    """The rates of the balances that are principal, weighted by them."""
    day = day_number(on, where=_WHERE, field="effective_on")
    terms: list[Sequence[DatedRate]] = []
    for kind in _PRINCIPAL:
        dated = card.terms.interest.rate_of(kind)
        rate = None if dated is None else dated.on(day)
        if rate is None:
            terms.append(())
            continue
        scaled = yearly_rate(rate.scaled, rate.period is RatePeriod.DAY)
        terms.append((DatedRate(on, Rate(scaled, RatePeriod.YEAR)),))
    return weighted_rates([owed.get(kind, 0) for kind in _PRINCIPAL], terms, day)


def _check(card: CardAccount, agreement: CardAgreement, as_of: date) -> None:
    """Refuse what the agreement cannot be made of, and what it would not know.

    Raises
    ------
    InvalidValueError
        So.
    """
    on, where = agreement.effective_on, f"card {card.account_id!r}"
    if card.agreement_on is not None:
        raise InvalidValueError.at(
            where, expected="a card without an agreement", found=f"one of {card.agreement_on}"
        )
    if on > as_of:
        raise InvalidValueError.at(
            "card agreement, effective_on", expected=f"at most as_of, {as_of}", found=str(on)
        )
    if agreement.account_id == card.account_id:
        raise InvalidValueError.at(
            "card agreement, account_id",
            expected="another id than that of the card",
            found=repr(card.account_id),
        )
    records = [(each.recorded_on, each.reversed_on) for each in card.transactions]
    records += [(each.recorded_on, each.reversed_on) for each in card.payments]
    for recorded, undone in records:
        known = max(recorded or date.min, undone or date.min)
        if known >= on:
            raise InvalidValueError.at(
                where,
                expected=f"facts that were known before {on}",
                found=f"a record of {known}",
                hint="An agreement is of what was known; with a later record it is another one.",
            )
