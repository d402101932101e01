"""From the rows of the library's table to the events that the source lists."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction
from typing import Final, NamedTuple

from delinquency.amortisation import IrregularTableRow, irregular_table
from delinquency.amortisation.exact_numbers import exact_rate
from tests.vectors.actus.mapping import Plan, plan_of
from tests.vectors.actus.reading import Contract, Instant

__all__ = ["Event", "events_of"]

ORDER: Final = ("PR", "PI", "IP", "IPCI", "RRF", "RR", "PRF", "PRD", "TD", "MD")


class Event(NamedTuple):
    """One event, and the state after it."""

    date: str
    kind: str
    payoff: Fraction
    notional: Fraction
    rate: Fraction
    accrued: Fraction


def events_of(case: dict[str, object]) -> list[Event]:
    contract = Contract(case)
    plan = plan_of(contract)
    found = list(listed(contract, plan))
    sign = contract.sign
    assert not contract.unread, f"terms that were not read: {sorted(contract.unread)}"
    return [
        event._replace(
            payoff=sign * event.payoff,
            notional=sign * event.notional,
            accrued=sign * event.accrued,
        )
        for event in found
    ]


def listed(contract: Contract, plan: Plan) -> Iterator[Event]:
    """The events after the status date, or from the purchase on, up to the termination."""
    exchange, status = (
        datetime.fromisoformat(contract.text(name))
        for name in ("initialExchangeDate", "statusDate")
    )
    premium = contract.number("premiumDiscountAtIED")
    bought = contract.text("purchaseDate")
    terms = plan.terms
    if not bought and exchange > status:
        rate = exact_rate(terms.annual_rate, where="rate")
        lent = Fraction(terms.principal)
        borne = Fraction(terms.accrued_interest)
        yield Event(exchange.isoformat(), "IED", -(lent + premium), lent, rate, borne)
    table = irregular_table(terms)
    until = contract.analysed_to or "9999"
    for (instant, kinds), row in zip(plan.events.items(), table, strict=True):
        if (bought and instant.shown < bought) or instant.shown > until:
            continue
        for kind in (kind for kind in ORDER if kind in kinds):
            yield event(contract, plan, row, kind, instant)
        if "TD" in kinds:
            return


def event(
    contract: Contract, plan: Plan, row: IrregularTableRow, kind: str, instant: Instant
) -> Event:
    """The event, in the order of the source: principal first, then interest, then what is reset."""
    kinds, shown, nothing = plan.events[instant], instant.shown, Fraction(0)
    borne = row.interest + row.capitalised + row.accrued
    held = row.opening_balance if "MD" in kinds else row.closing_balance
    before = rate_at(plan, instant.accrues_to, inclusive=False)
    after = rate_at(plan, instant.accrues_to, inclusive=True)
    match kind:
        case "PR" | "PI":
            return Event(shown, kind, row.principal - row.capitalised, held, before, borne)
        case "IP":
            return Event(shown, kind, borne - row.accrued, held, before, row.accrued)
        case "IPCI":
            return Event(shown, kind, nothing, held, before, row.accrued)
        case "RR" | "RRF" | "PRF":
            return Event(shown, kind, nothing, held, after, row.accrued)
        case "PRD":
            price = contract.number("priceAtPurchaseDate")
            return Event(shown, kind, -(price + row.accrued), held, after, row.accrued)
        case "TD":
            price = contract.number("priceAtTerminationDate")
            return Event(shown, kind, price + row.accrued, nothing, after, nothing)
        case _:
            return Event(shown, kind, row.principal, nothing, after, nothing)


def rate_at(plan: Plan, day: date, *, inclusive: bool) -> Fraction:
    rate = plan.terms.annual_rate
    for change in plan.terms.rate_changes:
        if change.effective_on < day or (inclusive and change.effective_on == day):
            rate = change.annual_rate
    return exact_rate(rate, where="rate")
