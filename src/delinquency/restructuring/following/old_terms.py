"""What is owed under the terms of before a plan, had there been no plan but for what it gave up for good.

The one idea: the account before the plan is replayed with what was paid since; what the plan gave up for good
is waived on its day, and nothing else of the plan is in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

import attrs

from delinquency.amounts import from_minor
from delinquency.calendar import Day, day_number, to_date
from delinquency.charges import Charge
from delinquency.component import COMPONENTS, Component
from delinquency.errors import InvalidValueError
from delinquency.events import PenaltyWaiver, Waiver
from delinquency.replaying import replay_version
from delinquency.restructuring.carried import Carried, carried_from
from delinquency.restructuring.changed_account import unposted_spans
from delinquency.restructuring.draft import PENALTY, PRINCIPAL, Draft, MoveKind
from delinquency.restructuring.following.paid_beyond import paid_beyond
from delinquency.restructuring.reading import draft_of

if TYPE_CHECKING:
    from delinquency.account import Account
    from delinquency.ledger import Ledger
    from delinquency.policy import Policy
    from delinquency.restructuring.answer import Restructured

__all__ = ["OldTerms", "conditional", "given_up", "old_terms"]


@attrs.frozen(slots=True)
class OldTerms:
    """The account before a plan at the start of a day after it [minor units, by component].

    Attributes
    ----------
    begun : Draft
        At the start of the day of the plan.
    owed : Draft
        At the start of the day.
    ledger : Ledger
        At the close of the day before.
    paid : list of int
        What money settled from the day of the plan on, what it repaid beyond what was due among it.
    given_up : list of int
        What was not asked for any more from the day of the plan on.
    """

    begun: Draft
    owed: Draft
    ledger: Ledger
    paid: list[int]
    given_up: list[int]


def conditional(done: Restructured) -> list[int]:
    """What a plan gave up on condition that it is completed, by component [minor units]."""
    return _gone(done, on_completion=True)


def given_up(done: Restructured) -> list[int]:
    """What a plan gave up for good, by what it was before the plan [minor units].

    Principal that is more than there was had been something else that the plan made principal: it is given up
    of that, in the order of the measures.
    """
    gone = _gone(done, on_completion=False)
    for move in done.draft_after.moved:
        over = gone[PRINCIPAL] - done.draft_before.owed()[PRINCIPAL]
        if over > 0 and move.kind is MoveKind.CAPITALISED and move.column != PRINCIPAL:
            part = max(0, min(over, move.amount))  # below 0: interest that was paid in advance
            gone[PRINCIPAL] -= part
            gone[move.column] += part
    return gone


def _gone(done: Restructured, *, on_completion: bool) -> list[int]:
    """What was waived and forgiven, on completion or for good, by component [minor units]."""
    gone = [0, 0, 0, 0]
    for move in done.draft_after.moved:
        is_gone = move.kind in (MoveKind.FORGIVEN, MoveKind.WAIVED)
        if is_gone and move.on_completion is on_completion:
            gone[move.column] += move.amount
    return gone


def old_terms(
    done: Restructured,
    account: Account,
    *,
    on: date,
    version: Policy,
) -> OldTerms:
    """Replay the account before a plan to the start of a day, with what was paid since.

    Money beyond what was due when it came repays principal: :func:`~.paid_beyond.paid_beyond`.

    Parameters
    ----------
    done : Restructured
    account : Account
        That of before the plan, with the payments made since.
    on : date
        After the day of the plan.
    version : Policy

    Raises
    ------
    InvalidValueError
        More was paid than is owed.
    """
    begun_on = done.plan.effective_on
    first = day_number(begun_on, where="old terms", field="effective_on")
    eve = replay_version(
        account, as_of=begun_on - timedelta(days=1), version=version, accrues_penalty=True
    )
    count = done.plan.day_count
    carried: Mapping[Day, Carried] = {}
    if done.previous is not None:
        carried = carried_from(done.previous, first)
    begun = draft_of(eve, first, count, carried)
    gone = given_up(done)
    accrued = min(gone[PENALTY], begun.unposted)
    account = _without(account, gone, accrued, begun, eve, begun_on)
    beyond = paid_beyond(
        account, first=first, on=on, version=version, day_count=count, carried=carried
    )
    ledger = replay_version(
        beyond.account, as_of=on - timedelta(days=1), version=version, accrues_penalty=True
    )
    if ledger.unallocated_minor:
        raise InvalidValueError.at(
            "reinstate, on",
            expected="old terms under which more is owed than was paid",
            found=f"{from_minor(ledger.unallocated_minor, account.currency)} paid beyond it",
        )
    day = day_number(on, where="old terms", field="on")
    moves = ledger.moves
    paid, waived = _by_column(moves.settled, first), _by_column(moves.waived, first)
    paid[PRINCIPAL] += beyond.principal
    waived[PENALTY] += accrued
    return OldTerms(
        begun, draft_of(ledger, day, count, carried, beyond.earned), ledger, paid, waived
    )


def _by_column(rows: Iterable[tuple[int, int, int, int]], first: int) -> list[int]:
    found = [0, 0, 0, 0]
    for day, _, column, amount in rows:
        if day >= first:
            found[column] += amount
    return found


def _without(
    account: Account, gone: list[int], accrued: int, begun: Draft, eve: Ledger, on: date
) -> Account:
    """The account without what was given up for good; of penalty what was not posted goes first."""
    currency = account.currency
    debts = [amount - (accrued if column == PENALTY else 0) for column, amount in enumerate(gone)]
    events = [
        *account.events,
        *(
            Waiver(on, component, from_minor(amount, currency))
            for component, amount in zip(COMPONENTS, debts, strict=True)
            if amount
        ),
    ]
    charges = list(account.charges)
    if accrued:
        events += _not_posted(eve, begun, on)
        left = begun.unposted - accrued
        if left:
            amount = from_minor(left, currency)
            charges.append(Charge(f"left {on}", Component.PENALTY, amount, on, charged_on=on))
    return attrs.evolve(account, events=events, charges=charges)


def _not_posted(eve: Ledger, begun: Draft, on: date) -> Iterator[PenaltyWaiver]:
    for start, end in unposted_spans(eve, begun.day):
        yield PenaltyWaiver(to_date(start), to_date(end), recorded_on=on)
