"""Published charges of a public loan system, capitalised and waived charge by charge."""

from __future__ import annotations

from decimal import Decimal

import delinquency as dq
from delinquency.restructuring import TermExtension
from delinquency.restructuring.draft import MoveKind
from tests.vectors.after_lending.test_published import lending
from tests.vectors.published import needs_folder
from tests.vectors.restructuring.lending import POLICY, restructured

pytestmark = needs_folder


def test_charges_are_capitalised_and_the_rest_of_them_waived_res_05() -> None:
    case = lending("restructure", "RES-05")
    done = restructured(case["input"])
    assert done.capitalised.fees == Decimal(case["derived"]["charges_capitalised"])
    assert done.waived.fees == Decimal(case["derived"]["charges_waived"])
    assert done.forgiven.interest == Decimal(case["input"]["restructure"]["interest_waiver"])
    of_fees = [move.kind for move in done.draft_after.moved if move.column == 2]
    assert of_fees.count(MoveKind.CAPITALISED) == case["expected"]["charges_capitalization_entries"]
    assert of_fees.count(MoveKind.WAIVED) == case["expected"]["charges_waiver_entries"]


def test_each_charge_has_what_the_source_gives_it_res_05() -> None:
    """6,000 of processing fees and 2,500 of 3,000 of documentation."""
    case = lending("restructure", "RES-05")
    done = restructured(case["input"])
    amounts = [move.amount for move in done.draft_after.moved if move.kind is MoveKind.CAPITALISED]
    wanted = [Decimal(row["capitalize"]) for row in case["input"]["restructure"]["charges"]]
    assert amounts == [int(amount * 100) for amount in wanted]


def test_what_was_capitalised_is_in_the_rows_and_no_charge_is_open_res_05() -> None:
    case = lending("restructure", "RES-05")
    done = restructured(case["input"], TermExtension(2))
    owed = dq.breakdown(done.after, as_of=done.plan.effective_on, policy=POLICY)
    parts = (owed.past_due, owed.due, owed.not_due)
    assert sum(part.fees for part in parts) == 0
    principal = Decimal(case["input"]["principal"]) + Decimal(
        case["derived"]["charges_capitalised"]
    )
    assert sum(part.principal for part in parts) == principal
