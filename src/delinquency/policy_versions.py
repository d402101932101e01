"""A policy through changes of law, and the version of it that a date asks for.

The one idea: every verb takes a policy or a timeline of its versions, and works with the one in force. A date
outside every version is an error, never a default.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Never

import attrs

from delinquency.calendar import day_number, to_date
from delinquency.call_sites import callers_level
from delinquency.citation import Verification
from delinquency.errors import (
    InvalidTypeError,
    InvalidValueError,
    PolicyError,
    PolicyNotInForceError,
    UnverifiedWarning,
)
from delinquency.policy import Policy
from delinquency.sequences import checked_tuple
from delinquency.validity import ALWAYS, NO_DEFAULT, SelectedBy

__all__ = [
    "PolicyTimeline",
    "UnverifiedPolicyWarning",
    "policy_in_force",
    "versions_between",
]


class UnverifiedPolicyWarning(UnverifiedWarning):
    """A version is used whose figures nobody has compared with the official text."""


def _versions(items: Iterable[Policy]) -> tuple[Policy, ...]:
    return checked_tuple(items, Policy, "policy, version")


@attrs.frozen(slots=True, kw_only=True, init=False)
class PolicyTimeline:
    """The versions of one policy, of which at most one is in force on any date.

    Parameters
    ----------
    name : str
    versions : tuple of Policy
        In order of ``effective_from``, without overlap.
    title, title_zh : str, optional
    jurisdiction : str, optional
    notes : str, optional
        What a reader must know beside the rules: what is left out, what was not seen.

    Raises
    ------
    PolicyError
        No version; versions that overlap or are out of order.
    """

    name: str
    versions: tuple[Policy, ...] = attrs.field(converter=_versions)
    title: str = ""
    title_zh: str = ""
    jurisdiction: str = ""
    notes: str = ""

    def __init__(
        self,
        *,
        name: str,
        versions: Iterable[Policy],
        title: str = "",
        title_zh: str = "",
        jurisdiction: str = "",
        notes: str = "",
        **changes: Never,
    ) -> None:
        for field in changes:
            raise InvalidTypeError.at(
                f"policy {name!r}, {field}",
                expected="only name, versions, title, title_zh, jurisdiction and notes",
                found=field,
                hint=f"Rules are of a version: policy.evolve({field}=...) changes each one.",
            )
        # attrs makes it; pyright knows the methods of dataclasses alone.
        self.__attrs_init__(  # pyright: ignore[reportAttributeAccessIssue]
            name=name,
            versions=versions,
            title=title,
            title_zh=title_zh,
            jurisdiction=jurisdiction,
            notes=notes,
        )

    def __attrs_post_init__(self) -> None:
        where = f"policy {self.name!r}"
        if not isinstance(self.name, str) or not self.name:
            raise InvalidTypeError.at(
                "policy timeline, name", expected="a text that is not empty", found=self.name
            )
        if not self.versions:
            raise PolicyError.at(where, expected="at least one version", found="none")
        for index in range(1, len(self.versions)):
            earlier, later = self.versions[index - 1].validity, self.versions[index].validity
            if earlier.selected_by is not later.selected_by:
                raise PolicyError.at(
                    f"{where}, version {index + 1}",
                    expected=f"selected_by = {earlier.selected_by.value!r} as the version before",
                    found=later.selected_by.value,
                )
            if later.days[0] < earlier.days[1]:
                raise PolicyError.at(
                    f"{where}, version {index + 1}",
                    expected=f"effective_from on or after {earlier.effective_until}"
                    if earlier.effective_until
                    else "the version before to have an effective_until",
                    found=str(later.effective_from),
                    hint="A change in law closes one version and opens the next.",
                )
            if later.selected_by is SelectedBy.AS_OF:
                self._check_states(f"{where}, version {index + 1}, status", index)

    def _check_states(self, where: str, index: int) -> None:
        """Refuse a version that does not know a state of the version before, in which accounts may be."""
        earlier, later = self.versions[index - 1].status, self.versions[index].status
        if [machine.name for machine in earlier] != [machine.name for machine in later]:
            raise PolicyError.at(
                where,
                expected=f"the machines of the version before: {[m.name for m in earlier]}",
                found=str([machine.name for machine in later]),
                hint="A status goes on through a change of law.",
            )
        for before, after in zip(earlier, later, strict=True):
            codes = {state.code for state in after.states}
            gone = [state.code for state in before.states if state.code not in codes]
            if gone:
                raise PolicyError.at(
                    f"{where} {after.name!r}",
                    expected=f"the state {gone[0]!r} of the version before",
                    found=", ".join(sorted(codes)),
                    hint="A status goes on through a change of law.",
                )

    def in_force(self, *, as_of: date, originated_on: date) -> Policy:
        """The version for an account and a date.

        Raises
        ------
        PolicyNotInForceError
            The date lies outside every version; there is no default.
        """
        for version in self.versions:
            day = as_of if version.validity.selected_by is SelectedBy.AS_OF else originated_on
            if version.validity.contains(day):
                return version
        raise _not_in_force(self, as_of if self._selects_by_as_of else originated_on)

    def evolve(self, **changes: Any) -> PolicyTimeline:
        """The same timeline with changes made to each version: the terms of a contract under a rulebook.

        A ``name``, ``title`` or ``title_zh`` becomes that of the timeline too.

        Parameters
        ----------
        **changes
            Fields of :class:`~delinquency.policy.Policy` by name, but ``validity``, which each version has
            for itself.

        Raises
        ------
        InvalidValueError
            What is no field of a policy; a validity.
        InvalidTypeError, PolicyError
            What a version refuses, as ``Policy`` says.

        Examples
        --------
        >>> from delinquency import rulebook
        >>> house = rulebook.load("cn-loan").evolve(name="house", off_balance_from=91)
        >>> house.name, {version.off_balance_from for version in house.versions}
        ('house', {91})
        """
        where = f"policy {self.name!r}, evolve"
        fields = {field.name for field in attrs.fields(Policy)} - {"validity"}
        for name in changes:
            if name not in fields:
                raise InvalidValueError.at(
                    where,
                    expected="fields of a Policy other than validity",
                    found=name,
                    hint="A version of one's own validity is a Policy: PolicyTimeline(versions=[...]).",
                )
        own: dict[str, Any] = {
            name: changes[name] for name in ("name", "title", "title_zh") if name in changes
        }
        versions = [attrs.evolve(version, **changes) for version in self.versions]
        return attrs.evolve(self, versions=versions, **own)

    @property
    def _selects_by_as_of(self) -> bool:
        return self.versions[0].validity.selected_by is SelectedBy.AS_OF


def _not_in_force(policy: Policy | PolicyTimeline, day: date) -> PolicyNotInForceError:
    versions = policy.versions if isinstance(policy, PolicyTimeline) else (policy,)
    return PolicyNotInForceError.at(
        f"policy {policy.name!r}",
        expected="a date in force: " + "; ".join(str(version.validity) for version in versions),
        found=str(day),
        hint=NO_DEFAULT,
    )


def check_policy(policy: object) -> None:
    """Refuse what is no policy.

    Raises
    ------
    InvalidTypeError
        Neither a ``Policy`` nor a ``PolicyTimeline``.
    """
    if not isinstance(policy, Policy | PolicyTimeline):
        raise InvalidTypeError.at(
            "policy",
            expected="a Policy or a PolicyTimeline",
            found=policy,
            hint='delinquency.rulebook.load("cn-loan")',
        )


def policy_in_force(policy: Policy | PolicyTimeline, *, as_of: date, originated_on: date) -> Policy:
    """The version of ``policy`` for an account and a date; warns if it was never verified.

    Raises
    ------
    InvalidTypeError
        Not a policy.
    PolicyNotInForceError
        No version is in force.
    """
    day_number(as_of, where="policy", field="as_of")
    check_policy(policy)
    if isinstance(policy, PolicyTimeline):
        version = policy.in_force(as_of=as_of, originated_on=originated_on)
    else:
        version = policy
        if version.validity is not ALWAYS:
            by_date = version.validity.selected_by is SelectedBy.AS_OF
            day = as_of if by_date else originated_on
            if not version.validity.contains(day):
                raise _not_in_force(policy, day)
    if version.verification is Verification.UNVERIFIED:
        warnings.warn(
            f"policy {version.version} was never compared with the official text; "
            "check its figures before you rely on them",
            UnverifiedPolicyWarning,
            stacklevel=callers_level(),
        )
    return version


def versions_between(
    policy: Policy | PolicyTimeline, first: int, last: int, *, originated_on: date
) -> Iterator[tuple[int, int, Policy]]:
    """The versions in force on the days from ``first`` to ``last``, each with its first and last day.

    Days before the first of them are left out; after it they follow one another without a gap.

    Raises
    ------
    PolicyNotInForceError
        No version is in force on ``last``.
    PolicyError
        None is in force on a day between two.
    """
    of_last = policy_in_force(policy, as_of=to_date(last), originated_on=originated_on)
    by_date = of_last.validity.selected_by is SelectedBy.AS_OF
    if not by_date:
        yield first, last, of_last
        return
    versions = policy.versions if isinstance(policy, PolicyTimeline) else (policy,)
    begun = first
    for version in versions:
        start, end = version.validity.days
        start, end = max(start, first), min(end - 1, last)
        if start > end:
            continue
        if start > begun > first:
            raise PolicyError.at(
                f"policy {policy.name!r}",
                expected=f"a version in force on {to_date(begun)}",
                found="none",
                hint="A status cannot go on through days without a rule.",
            )
        yield start, end, version
        begun = end + 1
