"""From the text of a rulebook file to a timeline of policies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeVar

from delinquency.buckets import Bucket, BucketScheme
from delinquency.citation import Citation, Modality, Verification
from delinquency.cited_tables import citations_of, cited, verification_of
from delinquency.component import COMPONENTS, Component
from delinquency.counting.materiality import Materiality
from delinquency.counting.rule import (
    Counting,
    CountName,
    FirstDay,
    GraceKind,
    LostDispute,
    PartialPayments,
    ScheduleChangeRule,
    ToleranceScope,
)
from delinquency.currency import Currency
from delinquency.errors import PolicyError
from delinquency.penalty_place import PenaltyPlace
from delinquency.policy import Policy
from delinquency.policy_versions import PolicyTimeline
from delinquency.reported_states import ReportedState, StateCode, StateCodes
from delinquency.rounding import Proportion
from delinquency.rule_files.tables import Table
from delinquency.rule_files.toml_text import read_table
from delinquency.rulebook.allocation_parsing import parse_allocation
from delinquency.validity import SelectedBy, Validity

if TYPE_CHECKING:
    from delinquency.concession_limits import ConcessionLimits, ReAgeingRule
    from delinquency.provision_table import ProvisionTable
    from delinquency.status import StatusMachine

__all__ = ["parse_timeline"]

T = TypeVar("T")

_OF_BANDS: Final = MappingProxyType({"bucket": "band", "first_day": "from", "last_day": "to"})
"""Fields of a scheme as files call them."""


def parse_timeline(text: str, *, source: str) -> PolicyTimeline:
    """The versions of a policy from the text of a file named ``source``.

    Raises
    ------
    PolicyError
        Not TOML; a key that is unknown, missing or of another type; a rule that contradicts itself.
        The message names the file, the line, the version and the key.
    """
    head = read_table(text, source=source, noun="a rulebook file")
    name = head.take_name("id")
    title, title_zh = head.take("title", str), head.take("title_zh", str, "")
    jurisdiction = head.take("jurisdiction", str, "")
    verification = verification_of(head)
    head.take_date("verified_on")
    notes = head.take("notes", str, "")
    place = head.take_enum("penalty_in_waterfall", PenaltyPlace)
    citations = citations_of(head)
    tables = head.take_tables("version")
    common = _status(head, citations)
    head.close()
    versions: list[Policy] = []
    for table in tables:
        with table.telling():
            versions.append(
                Policy(
                    name=name,
                    title=title,
                    title_zh=title_zh,
                    penalty_in_waterfall=place,
                    verification=verification_of(table, verification),
                    validity=_validity(table),
                    citations=cited(table, citations),
                    counting=_counting(table.take_table("counting")),
                    **parse_allocation(table.take_table("allocation"))._asdict(),
                    buckets=_buckets(table.take_table("buckets")),
                    state_codes=_states(table.take_table("state_codes"))
                    if table.has("state_codes")
                    else None,
                    **_owed_terms(table, citations),
                    status=_status(table, citations) or common,
                    provisions=_provisions(table, citations),
                    re_ageing=_re_ageing(table, citations),
                    extensions=_extensions(table, citations),
                )
            )
            table.take_enum("modality", Modality, Modality.MUST)
            table.close()
            _check_verified(versions[-1], table)
    with head.telling(of=f"policy {name!r}"):
        return PolicyTimeline(
            name=name,
            versions=versions,
            title=title,
            title_zh=title_zh,
            jurisdiction=jurisdiction,
            notes=" ".join(notes.split()),
        )


def _owed_terms(table: Table, citations: Mapping[str, Citation]) -> dict[str, Any]:
    """What a delay costs, and from when on it is shown off balance; loaded where a file says so."""
    found: dict[str, Any] = {}
    if table.has("penalty"):
        from delinquency.rulebook.penalty_parsing import parse_penalty

        found["penalty"] = _parsed(table.take_table("penalty"), citations, parse_penalty)
    if table.has("penalty_regime"):
        from delinquency.rulebook.penalty_parsing import parse_penalty_regime

        regime = table.take_table("penalty_regime")
        found["penalty_regime"] = _parsed(regime, citations, parse_penalty_regime)
    if table.has("late_fees"):
        from delinquency.rulebook.late_fee_parsing import parse_late_fee

        fees = table.take_tables("late_fees")
        found["late_fees"] = [_parsed(fee, citations, parse_late_fee) for fee in fees]
    if table.has("off_balance_from"):
        found["off_balance_from"] = table.take("off_balance_from", int)
    return found


def _status(table: Table, citations: Mapping[str, Citation]) -> tuple[StatusMachine, ...]:
    """What has memory; said once for every version, or by a version for itself."""
    if not table.has("status"):
        return ()
    from delinquency.rulebook.status_parsing import parse_machine

    machines = table.take_tables("status")
    return tuple(_parsed(machine, citations, parse_machine) for machine in machines)


def _provisions(table: Table, citations: Mapping[str, Citation]) -> ProvisionTable | None:
    if not table.has("provisions"):
        return None
    from delinquency.rulebook.provision_parsing import parse_provisions

    return _parsed(table.take_table("provisions"), citations, parse_provisions)


def _re_ageing(table: Table, citations: Mapping[str, Citation]) -> ReAgeingRule | None:
    if not table.has("re_ageing"):
        return None
    from delinquency.rulebook.concession_parsing import parse_re_ageing

    return _parsed(table.take_table("re_ageing"), citations, parse_re_ageing)


def _extensions(table: Table, citations: Mapping[str, Citation]) -> ConcessionLimits | None:
    if not table.has("extensions"):
        return None
    from delinquency.rulebook.concession_parsing import parse_limits

    return _parsed(table.take_table("extensions"), citations, parse_limits)


def _parsed(
    table: Table,
    citations: Mapping[str, Citation],
    parse: Callable[[Table, Mapping[str, Citation]], T],
) -> T:
    with table.telling():
        return parse(table, citations)


def _check_verified(policy: Policy, table: Table) -> None:
    """Refuse a version that says it was compared, but not with what."""
    compared = (Verification.OFFICIAL_TEXT, Verification.SECONDARY)
    if policy.verification in compared and not policy.citations:
        raise PolicyError.at(
            table.at("verification"),
            expected="a citation of what was compared",
            found=f"{policy.verification.value!r} without one",
            hint="Cite the text, or leave verification out: rules of one's own need none.",
        )


def _validity(table: Table) -> Validity:
    with table.telling(of="validity"):
        return Validity(
            table.take_date("effective_from"),
            table.take_date("effective_until"),
            table.take_enum("selected_by", SelectedBy, SelectedBy.AS_OF),
        )


def _counting(table: Table) -> Counting:
    components = table.take_texts("components", tuple(item.value for item in COMPONENTS))
    with table.telling(of="counting"):
        counting = Counting(
            first_day=table.take_enum("first_day", FirstDay),
            grace_days=table.take("grace_days", int, 0),
            grace_kind=table.take_optional_enum("grace_kind", GraceKind),
            components=[table.choice("components", text, Component) for text in components],
            tolerance=table.take_amount("tolerance"),
            tolerance_scope=table.take_optional_enum("tolerance_scope", ToleranceScope),
            schedule_change=table.take_enum(
                "schedule_change", ScheduleChangeRule, ScheduleChangeRule.FOLLOW_NEW
            ),
            partial_payments=table.take_enum(
                "partial_payments", PartialPayments, PartialPayments.AGGREGATE
            ),
            full_payment_share=Proportion.parse(
                table.take("full_payment_share", str, "0.9"), where="full_payment_share"
            ),
            least_payment=table.take_amount("least_payment"),
            materiality=_materiality(table.take_table("materiality"))
            if table.has("materiality")
            else None,
            lost_dispute=table.take_enum("lost_dispute", LostDispute, LostDispute.AS_IF_NEVER_HELD),
        )
    table.close()
    return counting


def _materiality(table: Table) -> Materiality:
    with table.telling():
        materiality = Materiality(
            table.take_required_amount("amount"),
            Proportion.parse(table.take("share", str), where="share"),
            Currency.of(table.take("currency", str)),
        )
    table.close()
    return materiality


def _buckets(table: Table) -> BucketScheme:
    name, reads = table.take("name", str), table.take_enum("reads", CountName)
    bands = [_band(band) for band in table.take_tables("band")]
    table.close()
    with table.telling(of=f"bucket scheme {name!r}", renamed=_OF_BANDS):
        return BucketScheme(name, reads, bands)


def _states(table: Table) -> StateCodes:
    states = StateCodes(
        [_state(state) for state in table.take_tables("state")],
        table.take_texts("rated", ()),
        table.take("history_months", int, 24),
    )
    table.close()
    return states


def _state(table: Table) -> StateCode:
    state = StateCode(
        table.take_enum("state", ReportedState),
        table.take("code", str, ""),
        table.take("label", str, ""),
        table.take("label_zh", str, ""),
        table.take("codes", dict, {}),
    )
    table.close()
    return state


def _band(table: Table) -> Bucket:
    code = table.take("code", str)
    first, last = table.take("from", int), table.take("to", int) if table.has("to") else None
    is_stressed = table.take("is_stressed", bool, default=True)
    label, label_zh = table.take("label", str, ""), table.take("label_zh", str, "")
    codes: dict[str, str] = table.take("codes", dict, {})
    table.close()
    with table.telling(of=f"bucket {code!r}" if code else "bucket", renamed=_OF_BANDS):
        return Bucket(code, first, last, is_stressed, label, label_zh, codes)
