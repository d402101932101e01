"""The tests that a plan is reviewed by, and those of them that a day asks for.

The one idea: a change in law closes one test and opens another of the same id; a day on which no test is in
force is an error, never a default.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import attrs

from delinquency.account import Product, Segment
from delinquency.errors import PolicyError
from delinquency.identifiers import check_id
from delinquency.restructuring.review.kinds import KIND_READS
from delinquency.restructuring.review.plan_tests import PlanTest
from delinquency.restructuring.review.status_after import StatusAfter
from delinquency.sequences import checked_tuple
from delinquency.validity import SelectedBy, none_in_force

__all__ = ["PlanRules"]


def _tests(items: Iterable[PlanTest]) -> tuple[PlanTest, ...]:
    return checked_tuple(items, PlanTest, "plan rules, test")


def _statuses(items: Iterable[StatusAfter]) -> tuple[StatusAfter, ...]:
    return checked_tuple(items, StatusAfter, "plan rules, status after")


@attrs.frozen(slots=True, kw_only=True)
class PlanRules:
    """The tests that a plan is reviewed by, in order.

    Parameters
    ----------
    name : str
    tests : tuple of PlanTest
        Of one id several, if their days in force do not overlap.
    statuses_after : tuple of StatusAfter, optional
        By which policies accounts are classified after a plan.
    title, title_zh, jurisdiction, notes : str, optional
        For readers.

    Raises
    ------
    InvalidTypeError
        Wrong types.
    PolicyError
        No test; two of one id that are in force together; a test that follows none before it.
    """

    name: str
    tests: tuple[PlanTest, ...] = attrs.field(converter=_tests)
    statuses_after: tuple[StatusAfter, ...] = attrs.field(default=(), converter=_statuses)
    title: str = ""
    title_zh: str = ""
    jurisdiction: str = ""
    notes: str = ""

    def __attrs_post_init__(self) -> None:
        check_id(self.name, where="plan rules, name")
        where = f"plan rules {self.name!r}"
        if not self.tests:
            raise PolicyError.at(where, expected="at least one test", found="none")
        seen: dict[str, list[PlanTest]] = {}
        for test in self.tests:
            place = f"{where}, test {test.test_id!r}"
            _check_versions(seen.setdefault(test.test_id, []), test, place)
            seen[test.test_id].append(test)
            if test.follows is not None and (
                test.follows not in seen or test.follows == test.test_id
            ):
                raise PolicyError.at(
                    f"{place}, follows", expected="the id of a test before it", found=test.follows
                )

    @property
    def facts(self) -> frozenset[str]:
        """The facts that its tests read."""
        return frozenset(name for test in self.tests for name in KIND_READS[test.kind].facts)

    def status_policies(self, *, product: Product, segment: Segment) -> tuple[str, ...]:
        """The policies by whose status accounts of a kind are classified after a plan, by name."""
        return tuple(each.policy for each in self.statuses_of(product=product, segment=segment))

    def statuses_of(self, *, product: Product, segment: Segment) -> tuple[StatusAfter, ...]:
        """Those of ``statuses_after`` that are of accounts of a kind."""
        return tuple(each for each in self.statuses_after if each.is_of(product, segment))

    def in_force(self, *, as_of: date, originated_on: date) -> tuple[PlanTest, ...]:
        """The tests in force for a plan of a day and a credit that began on another.

        Raises
        ------
        PolicyNotInForceError
            None is.
        """
        found = tuple(
            test
            for test in self.tests
            if test.validity.contains(
                as_of if test.validity.selected_by is SelectedBy.AS_OF else originated_on
            )
        )
        if not found:
            days = (test.validity for test in self.tests)
            raise none_in_force(f"plan rules {self.name!r}", "test", days, as_of)
        return found


def _check_versions(earlier: list[PlanTest], test: PlanTest, where: str) -> None:
    """Refuse two tests of one id that are in force together."""
    start, end = test.validity.days
    for each in earlier:
        first, last = each.validity.days
        by = each.validity.selected_by
        apart = end <= first or last <= start
        if by is not test.validity.selected_by or not apart:
            raise PolicyError.at(
                where,
                expected=f"days apart from those before: {each.validity}, by {by.value}",
                found=f"{test.validity}, by {test.validity.selected_by.value}",
            )
