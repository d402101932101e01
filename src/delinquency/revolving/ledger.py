"""The ledger of a card: the verb, and the passage from whole numbers to what people read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from delinquency.amounts import from_minor
from delinquency.calendar import NONE_DAY, day_number, to_date
from delinquency.errors import InvalidTypeError
from delinquency.revolving.accruing import accrue_bearing, priced
from delinquency.revolving.billing import limit_on
from delinquency.revolving.card import CardAccount
from delinquency.revolving.kinds import BALANCE_KINDS
from delinquency.revolving.record import (
    CardAllocation,
    CardLedger,
    CardStatement,
    InterestSegment,
    MinimumRequirement,
)
from delinquency.revolving.sweep import replay_card

if TYPE_CHECKING:
    from delinquency.revolving.rows import AllocationRow, Requirement, SegmentRow, StatementDraft
    from delinquency.revolving.state import CardState

__all__ = ["card_ledger"]


def card_ledger(card: CardAccount, *, as_of: date, known_on: date | None = None) -> CardLedger:
    """Replay a card to the close of ``as_of``.

    Parameters
    ----------
    card : CardAccount
    as_of : date
        Facts of that day count, and its statement is drawn. A card that is opened later is empty.
    known_on : date, optional
        Leave out what was recorded after it, and what was reversed by it. Without it, facts recorded after
        ``as_of`` count, and one reversed after ``as_of`` still stands.

    Raises
    ------
    InvalidTypeError
        Not a card; not a date.

    References
    ----------
    商业银行信用卡业务监督管理办法, Article 57; 银发〔2016〕111号; 12 CFR 1026.53; FCA CONC 6.7.4R.

    Examples
    --------
    The statement of 5 April asks for 10 % of 1,000.00, due on the 23rd; the interest-free days end at the
    close of that day.

    >>> from delinquency.currency import Currency
    >>> from delinquency.rates import Rate
    >>> from delinquency.revolving import (BALANCE_KINDS, BalanceKind, BalanceRate, ByKind, CardInterest,
    ...     CardTerms, CardTransaction, DueAfterDays, InterestMethod, MinimumPaymentRule, MinimumShare,
    ...     TransactionKind)
    >>> from delinquency.rounding import Proportion
    >>> terms = CardTerms(currency=Currency.of("CNY"), cycle_day=5, due=DueAfterDays(18),
    ...     minimum=MinimumPaymentRule(shares=[MinimumShare(BalanceKind.PURCHASE, Proportion(1, 10))]),
    ...     interest=CardInterest(rates=[BalanceRate(BalanceKind.PURCHASE, Rate.per_day("0.0005"))],
    ...         method=InterestMethod.FULL_STATEMENT),
    ...     order=ByKind(kinds=BALANCE_KINDS))
    >>> spent = CardTransaction(kind=TransactionKind.PURCHASE, posted_on=date(2025, 3, 30), amount=1000,
    ...     transaction_id="T-1")
    >>> card = CardAccount(account_id="C-1", originated_on=date(2025, 3, 1), terms=terms,
    ...     transactions=[spent])
    >>> statement = card_ledger(card, as_of=date(2025, 4, 5)).statements[-1]
    >>> statement.minimum_due, str(statement.due_date)
    (Decimal('100.00'), '2025-04-23')
    >>> [str(card_ledger(card, as_of=date(2025, 4, day)).accrued_interest) for day in (22, 23)]
    ['0.00', '12.50']
    """
    state = replayed(card, as_of, known_on, "card ledger")
    accrue_bearing(state, state.as_of + 1)
    rows, _ = priced(state)
    view = _View(card)
    settled = sum(row.amount for row in state.allocations)
    limit = 0 if card.agreement_day <= state.as_of else limit_on(state, state.as_of)
    return CardLedger(
        card=card,
        as_of=as_of,
        known_on=known_on,
        statements=tuple(view.statement(draft) for draft in state.statements),
        requirements=tuple(view.requirement(row) for row in state.requirements),
        allocations=tuple(view.allocation(row) for row in state.allocations),
        balances=tuple(
            (kind, view.amount(sum(item.open for item in state.items if item.kind is kind)))
            for kind in BALANCE_KINDS
        ),
        plan_principal_unbilled=view.amount(state.unbilled_plans),
        accrued_segments=tuple(view.segment(row) for row in rows),
        accrued_interest=view.amount(sum(row.amount for row in rows)),
        credit_balance=view.amount(state.held),
        credit_limit=None if limit < 0 else view.amount(limit),
        charged=view.amount(state.charged),
        settled=view.amount(settled),
        paid=view.amount(state.paid),
        converted=view.amount(state.converted),
        missed_consecutive=state.missed_run,
        missed_still_open=_still_open(state),
        credits_to_minimums=tuple(
            (to_date(day), view.amount(amount)) for day, amount in state.settled_minimum
        ),
    )


def replayed(card: CardAccount, as_of: date, known_on: date | None, verb: str) -> CardState:
    """The state of a card, with the arguments of a verb checked."""
    if not isinstance(card, CardAccount):
        raise InvalidTypeError.at(verb, expected="a CardAccount", found=card)
    as_of_day = day_number(as_of, where=verb, field="as_of")
    known = NONE_DAY
    if known_on is not None:
        known = day_number(known_on, where=verb, field="known_on")
    return replay_card(card, as_of_day, known)


def _still_open(state: CardState) -> int:
    return sum(1 for row in state.requirements if row.open and row.judged_day <= state.as_of)


class _View:
    """Rows of a card as objects of the surface."""

    __slots__ = ("card",)

    def __init__(self, card: CardAccount) -> None:
        self.card = card

    def amount(self, minor: int) -> Decimal:
        return from_minor(minor, self.card.currency)

    def name(self, place: int) -> str | None:
        return None if place < 0 else self.card.transactions[place].transaction_id

    def segment(self, row: SegmentRow) -> InterestSegment:
        return InterestSegment(
            row.kind,
            self.name(row.place),
            to_date(row.start),
            to_date(row.end),
            self.amount(row.base),
            row.rate,
            self.amount(row.amount),
        )

    def allocation(self, row: AllocationRow) -> CardAllocation:
        return CardAllocation(
            to_date(row.value_day),
            row.source,
            row.kind,
            self.name(row.place),
            None if row.billed < 0 else row.billed + 1,
            row.age,
            self.amount(row.amount),
        )

    def requirement(self, row: Requirement) -> MinimumRequirement:
        return MinimumRequirement(
            row.statement + 1,
            to_date(row.from_day),
            to_date(row.due_day),
            self.amount(row.principal),
            self.amount(row.interest),
            self.amount(row.fees),
            self.amount(row.open),
        )

    def statement(self, draft: StatementDraft) -> CardStatement:
        lines, amount = draft.lines, self.amount
        return CardStatement(
            number=draft.number + 1,
            statement_date=to_date(draft.day),
            due_date=to_date(draft.due_day),
            judged_on=to_date(draft.judged_day),
            opening_balance=amount(draft.opening),
            purchases=amount(lines.purchases),
            cash_advances=amount(lines.cash_advances),
            plan_parts=amount(lines.plan_parts),
            fees=amount(lines.fees),
            late_fees=amount(lines.late_fees),
            interest=amount(lines.interest),
            payments=amount(lines.payments),
            refunds=amount(lines.refunds),
            converted=amount(lines.converted),
            interest_and_charges_paid=amount(lines.interest_and_charges_paid),
            principal_paid=amount(lines.principal_paid),
            closing_balance=amount(draft.closing),
            full_payment=amount(draft.full_payment),
            minimum_due=amount(draft.minimum_due),
            newly_required=amount(draft.newly_required),
            past_due_part=amount(draft.past_due),
            over_limit=amount(draft.over_limit),
            plan_principal_unbilled=amount(draft.unbilled_plans),
            missed_cycles=draft.missed_run,
            segments=tuple(map(self.segment, draft.segments)),
            is_paid_in_full=draft.is_paid_in_full if draft.is_judged else None,
            is_minimum_met=not draft.is_missed if draft.is_judged else None,
        )
