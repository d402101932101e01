"""Policies: data with a validity, chosen by date."""

from __future__ import annotations

import re
import warnings
from datetime import date

import attrs
import pytest
from tests.strategies_internal import CNY, policy_of

import delinquency as dq
from delinquency.policy_versions import policy_in_force

CHANGE = date(2023, 7, 1)
ORIGIN = date(2020, 1, 1)


def version(start: date | None, end: date | None = None, **fields) -> dq.Policy:
    by = fields.pop("selected_by", dq.SelectedBy.AS_OF)
    return policy_of(validity=dq.Validity(start, end, by), **fields)


def timeline(*versions: dq.Policy) -> dq.PolicyTimeline:
    return dq.PolicyTimeline(name="house", versions=versions)


def in_force(policy, as_of: date, originated_on: date = ORIGIN) -> dq.Policy:
    return policy_in_force(policy, as_of=as_of, originated_on=originated_on)


def test_a_validity_holds_its_first_day_and_not_its_last():
    validity = dq.Validity(CHANGE, date(2024, 1, 1))
    days = [date(2023, 6, 30), CHANGE, date(2023, 12, 31), date(2024, 1, 1)]
    assert [validity.contains(day) for day in days] == [False, True, True, False]
    assert dq.Validity().contains(date(1900, 1, 1))
    assert dq.Validity(None, CHANGE).contains(date(2023, 6, 30))


def test_a_validity_says_its_days_in_words():
    assert str(dq.Validity()) == "always"
    assert str(dq.Validity(CHANGE)) == "from 2023-07-01"
    assert (
        str(dq.Validity(CHANGE, date(2024, 1, 1))) == "from 2023-07-01 until 2024-01-01 (excluded)"
    )


@pytest.mark.parametrize("end", [CHANGE, date(2023, 6, 30)])
def test_a_validity_is_at_least_a_day_long(end):
    with pytest.raises(dq.PolicyError, match=f"effective_until after 2023-07-01, found {end}"):
        dq.Validity(CHANGE, end)


def test_a_version_is_quoted_with_its_first_day():
    assert policy_of().version == "house"
    assert version(CHANGE).version == "house@2023-07-01"


def test_the_version_changes_on_the_day_of_the_law():
    old, new = version(None, CHANGE), version(CHANGE)
    rules = timeline(old, new)
    assert in_force(rules, date(2023, 6, 30)) is old
    assert in_force(rules, CHANGE) is new


def test_a_law_for_new_credits_is_chosen_by_the_day_of_origination():
    by = {"selected_by": dq.SelectedBy.ORIGINATED_ON}
    old, new = version(None, CHANGE, **by), version(CHANGE, **by)
    rules = timeline(old, new)
    assert in_force(rules, date(2024, 1, 1), originated_on=date(2023, 6, 30)) is old
    assert in_force(rules, date(2024, 1, 1), originated_on=CHANGE) is new
    assert in_force(new, date(2023, 1, 1), originated_on=CHANGE) is new
    late_only = timeline(new)
    with pytest.raises(dq.PolicyNotInForceError, match="found 2020-01-01"):
        in_force(late_only, date(2024, 1, 1))


def test_a_date_outside_every_version_has_no_default():
    rules = timeline(version(CHANGE, date(2024, 1, 1)), version(date(2025, 1, 1)))
    for gap in (date(2023, 6, 30), date(2024, 1, 1), date(2024, 12, 31)):
        with pytest.raises(dq.PolicyNotInForceError, match=f"found {gap}") as caught:
            in_force(rules, gap)
        assert (
            "from 2023-07-01 until 2024-01-01 (excluded); from 2025-01-01" in caught.value.expected
        )
        assert isinstance(caught.value, LookupError)
    single = version(CHANGE)
    assert in_force(single, CHANGE) is single
    with pytest.raises(
        dq.PolicyNotInForceError, match="a date in force: from 2023-07-01, found 2023"
    ):
        in_force(single, date(2023, 6, 30))


def test_a_policy_of_ones_own_is_always_in_force():
    mine = policy_of()
    assert in_force(mine, date(1900, 1, 1)) is mine


def test_versions_do_not_overlap():
    overlapping = version(None), version(CHANGE)
    with pytest.raises(
        dq.PolicyError, match="version 2: expected the version before to have an effective_until"
    ):
        timeline(*overlapping)
    with pytest.raises(dq.PolicyError, match="effective_from on or after 2023-07-01"):
        timeline(version(None, CHANGE), version(date(2023, 6, 30)))


def test_versions_are_chosen_by_one_kind_of_date():
    other = version(CHANGE, selected_by=dq.SelectedBy.ORIGINATED_ON)
    with pytest.raises(dq.PolicyError, match=r"selected_by = 'as_of'.*found originated_on"):
        timeline(version(None, CHANGE), other)


def test_a_timeline_has_a_version():
    with pytest.raises(dq.PolicyError, match="at least one version, found none"):
        timeline()


def test_a_version_that_nobody_verified_warns_when_it_is_used():
    unverified = attrs.evolve(policy_of(), verification=dq.Verification.UNVERIFIED)
    with pytest.warns(dq.UnverifiedPolicyWarning, match="never compared with the official text"):
        in_force(unverified, CHANGE)
    for level in (None, dq.Verification.SECONDARY, dq.Verification.OFFICIAL_TEXT):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            in_force(attrs.evolve(policy_of(), verification=level), CHANGE)


def test_penalty_on_demand_needs_terms_and_posted_penalty_does_not():
    with pytest.raises(dq.PolicyError, match="terms of penalty where it stands in the order"):
        attrs.evolve(policy_of(), penalty_in_waterfall=dq.PenaltyPlace.ON_DEMAND)
    posted = attrs.evolve(policy_of(), penalty_in_waterfall=dq.PenaltyPlace.POSTED)
    assert posted.penalty is None


def test_the_place_of_penalty_has_no_default():
    with pytest.raises(TypeError, match="penalty_in_waterfall"):
        dq.Policy(
            name="house",
            counting=dq.Counting(),
            allocation=policy_of().allocation,
            buckets=policy_of().buckets,
        )


def test_totals_decide_only_if_everything_counts_and_the_oldest_is_emptied_first():
    assert dq.settles_by_totals(policy_of())
    assert not dq.settles_by_totals(policy_of(dq.Counting(components=(dq.Component.PRINCIPAL,))))
    by_component = dq.AllocationOrder(
        policy_of().allocation.steps, dq.AllocationGrain.COMPONENT_FIRST
    )
    assert not dq.settles_by_totals(policy_of(allocation=by_component))


def test_a_counting_names_its_columns_in_one_order():
    counting = dq.Counting(components=(dq.Component.FEES, dq.Component.PRINCIPAL))
    assert counting.counted_columns == (0, 2)
    assert not counting.counts_everything
    assert dq.Counting().counts_everything


def test_a_timeline_evolves_in_every_version_and_keeps_their_days():
    house = timeline(version(None, CHANGE), version(CHANGE))
    later = house.evolve(off_balance_from=91, title="House", title_zh="本行")
    assert [each.off_balance_from for each in later.versions] == [91, 91]
    assert [each.validity for each in later.versions] == [each.validity for each in house.versions]
    assert (later.name, later.title, later.title_zh) == ("house", "House", "本行")
    assert [each.title for each in later.versions] == ["House", "House"]
    assert house.evolve() == house
    renamed = house.evolve(name="own")
    assert {renamed.name, *(each.name for each in renamed.versions)} == {"own"}


@pytest.mark.parametrize("field", ["validity", "versions", "penalties"])
def test_a_timeline_evolves_by_fields_of_a_policy_alone(field):
    with pytest.raises(dq.InvalidValueError, match=f"other than validity, found {field}"):
        timeline(version(CHANGE)).evolve(**{field: None})


def test_what_a_version_refuses_its_timeline_refuses():
    with pytest.raises(dq.PolicyError, match="expected terms of penalty"):
        timeline(version(CHANGE)).evolve(penalty_in_waterfall=dq.PenaltyPlace.ON_DEMAND)
    with pytest.raises(dq.InvalidTypeError, match="an instance of PenaltyTerms"):
        timeline(version(CHANGE)).evolve(penalty=0.5)


def test_terms_of_a_contract_go_into_a_rulebook_as_the_hint_says():
    account = dq.Account(
        account_id="A-1",
        originated_on=date(2024, 12, 31),
        schedule=dq.Schedule(CNY, [dq.Instalment(date(2025, 1, 31), 100)]),
    )
    book = dq.rulebook.load("cn-loan")
    for policy, hint in ((book, "policy.evolve("), (book.versions[-1], "attrs.evolve(policy, ")):
        with pytest.raises(dq.PolicyError, match=re.escape(f": {hint}penalty=PenaltyTerms(...)).")):
            dq.penalty_interest(account, as_of=date(2025, 2, 28), policy=policy)
