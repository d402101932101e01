"""A policy as a page or as text: its bands, how it counts, in which order, by which source.

The one idea: what a version says is listed once, and a page and a terminal lay out the same list.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from types import MappingProxyType
from typing import Final

from delinquency.allocation import AllocationOrder, Excess
from delinquency.buckets import Bucket
from delinquency.citation import Citation
from delinquency.counting import Counting, LostDispute, PartialPayments, ScheduleChangeRule
from delinquency.explanation_text import known_language
from delinquency.policy import Level, Policy
from delinquency.policy_versions import PolicyTimeline
from delinquency.text_layout import aligned

__all__ = ["band_cells", "facts", "source_line", "to_markdown", "to_text", "word_in"]

_ZH: Final = MappingProxyType(
    {
        "In force": "有效期",
        "Jurisdiction": "法域",
        "Level": "判定层级",
        "Verification": "核对程度",
        "Selected by": "版本选择依据",
        "First late day": "逾期首日",
        "Grace": "宽限",
        "Tolerance": "容差",
        "After a change of schedule": "还款计划变更后",
        "Partial payments": "部分还款的计算",
        "Least payment": "视为还款的最低金额",
        "Counted": "计入",
        "Order of payment": "冲抵顺序",
        "Order by age": "按逾期天数切换的冲抵顺序",
        "Order by kind": "按款项来源的冲抵顺序",
        "Waived on closing": "结清时豁免的尾差",
        "Penalty in the order of payment": "罚息在冲抵顺序中",
        "Bucket scheme": "分级方案",
        "Buckets read": "分级依据",
        "State": "状态",
        "Rated with": "报告付款评级的状态码",
        "Penalty interest": "罚息",
        "Penalty rate": "罚息利率",
        "Reference rate": "参考利率",
        "Penalty grace": "罚息宽限",
        "Penalty posting": "罚息入账",
        "Penalty rounding": "罚息取整",
        "Penalty cap": "罚息上限",
        "Penalty terms by": "罚息条款出处",
        "Penalty allowed by law": "法定罚息限制",
        "Late fee": "违约金",
        "Off balance": "表外",
        "Material": "重要性门槛",
        "Status": "状态",
        "Trigger": "触发条件",
        "Provisions": "准备计提",
        "Provision": "计提比例",
        "Exit": "恢复条件",
        "Re-ageing": "账龄重置",
        "Extensions": "展期限制",
        "Re-ageing in a workout": "债务纾困方案内的账龄重置",
        "Sources": "出处",
        "Source": "出处",
        "bucket": "级别",
        "from": "起",
        "to": "止",
        "stressed": "计为逾期",
        "label": "名称",
        "other codes": "其他代码",
        "yes": "是",
        "no": "否",
    }
)
"""The words of this module in Chinese; values that a rulebook file writes stay as they are written."""

_CHANGES: Final = {
    ScheduleChangeRule.FOLLOW_NEW: "follow_new; what was late before it is not counted",
    ScheduleChangeRule.CONTINUE: "continue; what was late before it goes on ageing until made up for",
    ScheduleChangeRule.FREEZE: "freeze; the days of the close before it stay, for good",
}

_IN_TABLES: Final = frozenset({"Status", "Trigger", "Exit"})
"""What a page lays out as tables of its own."""


def to_markdown(timeline: PolicyTimeline) -> str:
    """A page in Markdown that describes every version of a policy.

    Examples
    --------
    >>> from delinquency import rulebook
    >>> print(to_markdown(rulebook.load("ifrs9")).splitlines()[0])
    # IFRS 9: backstops of 30 and 90 days
    """
    return "\n".join(_page(timeline)) + "\n"


def _page(timeline: PolicyTimeline) -> Iterator[str]:
    yield f"# {timeline.title or timeline.name}"
    yield ""
    if timeline.title_zh:
        yield f"{timeline.title_zh}"
        yield ""
    yield f"`rulebook.load({timeline.name!r})`" + (
        f", jurisdiction {timeline.jurisdiction}." if timeline.jurisdiction else "."
    )
    for version in timeline.versions:
        yield ""
        yield f"## In force: {version.validity}"
        yield ""
        yield from _version(version)


def _version(policy: Policy) -> Iterator[str]:
    for name, value in facts(policy):
        if name in _IN_TABLES:
            continue
        yield f"- {name}: **{value}**" if name == "Verification" else f"- {name}: {value}"
    yield ""
    rows = [band_cells(bucket) for bucket in policy.buckets]
    yield f"| {' | '.join(rows[0])} |"
    yield f"|{'---|' * len(rows[0])}"
    for row in rows:
        yield f"| {' | '.join(row.values())} |"
    if policy.status:
        from delinquency.rulebook.describe_status import status_page

        yield from status_page(policy)
    sources = _sources(policy)
    if sources:
        yield ""
        yield "Sources:"
        yield ""
        for number, citation in enumerate(sources, start=1):
            yield f"{number}. {source_line(citation)}"


def _sources(policy: Policy) -> tuple[Citation, ...]:
    """The sources of a version; those of the rules of its status after its own."""
    if not policy.status:
        return policy.citations
    from delinquency.rulebook.describe_status import sources_of

    return sources_of(policy)


def _grace(counting: Counting) -> str:
    if counting.grace_kind is None or not counting.grace_days:
        return "none"
    return f"{counting.grace_days} days, {counting.grace_kind.value}"


def _tolerance(counting: Counting) -> str:
    if counting.tolerance_scope is None or not counting.tolerance:
        return "none"
    return f"{counting.tolerance} by {counting.tolerance_scope.value}"


def facts(policy: Policy) -> Iterator[tuple[str, str]]:
    """What a version says besides its validity, bands and sources, by name.

    A name may come more than once; what is not said has no line. A new part of a policy is listed here
    once, and pages, the terminal and comparisons all tell it.

    Examples
    --------
    >>> from delinquency import rulebook
    >>> dict(facts(rulebook.load("in-sma").versions[0]))["First late day"]
    'due_date'
    """
    if policy.verification is not None:
        yield "Verification", policy.verification.value
    if policy.level is not Level.ACCOUNT:
        yield "Level", policy.level.value
    yield "Selected by", policy.validity.selected_by.value
    yield from _counted(policy.counting)
    yield from _ordered(policy)
    if policy.penalty or policy.penalty_regime or policy.late_fees:
        from delinquency.rulebook.describe_owed import owed_facts

        yield from owed_facts(policy)
    if policy.off_balance_from is not None:
        yield "Off balance", f"interest and penalty, from {policy.off_balance_from} days past due"
    yield from _states(policy)
    yield "Bucket scheme", policy.buckets.name
    yield "Buckets read", policy.buckets.reads.value
    if policy.status:
        from delinquency.rulebook.describe_status import status_lines

        for machine in policy.status:
            yield from status_lines(machine)
    if policy.provisions is not None:
        from delinquency.rulebook.describe_provisions import provision_lines

        yield from provision_lines(policy.provisions)
    if policy.re_ageing is not None:
        from delinquency.rulebook.describe_concessions import re_ageing_lines

        yield from re_ageing_lines(policy.re_ageing)
    if policy.extensions is not None:
        from delinquency.rulebook.describe_concessions import limits_told

        yield "Extensions", limits_told(policy.extensions)


def _counted(counting: Counting) -> Iterator[tuple[str, str]]:
    yield "First late day", counting.first_day.value
    yield "Grace", _grace(counting)
    yield "Tolerance", _tolerance(counting)
    yield "After a change of schedule", _CHANGES[counting.schedule_change]
    if counting.partial_payments is PartialPayments.NEARLY_FULL:
        yield "Partial payments", f"nearly_full, from {counting.full_payment_share} of a payment"
    if counting.least_payment:
        yield "Least payment", str(counting.least_payment)
    if counting.lost_dispute is not LostDispute.AS_IF_NEVER_HELD:
        yield "Lost dispute", counting.lost_dispute.value
    yield "Counted", ", ".join(component.value for component in counting.components)
    if counting.materiality is not None:
        limits = counting.materiality
        amount = f"{limits.amount} {limits.currency.code}"
        yield "Material", f"above {amount}, and above {limits.share} of the exposure"


def _ordered(policy: Policy) -> Iterator[tuple[str, str]]:
    yield "Order of payment", _order(policy.allocation)
    for switch in policy.allocation_by_age:
        yield "Order by age", f"from {switch.at_least} days past due: {_order(switch.order)}"
    for own in policy.allocation_by_kind:
        yield "Order by kind", f"{own.kind.value}: {_order(own.order)}"
    if policy.closing_tolerance:
        yield "Waived on closing", f"up to {policy.closing_tolerance}"
    yield "Penalty in the order of payment", policy.penalty_in_waterfall.value


def _states(policy: Policy) -> Iterator[tuple[str, str]]:
    if policy.state_codes is None:
        return
    for row in policy.state_codes.rows:
        code = [f"code {row.code}"] if row.code else []
        others = [f"{name} {text}" for name, text in row.codes.items()]
        labels = [text for text in (row.label, row.label_zh) if text]
        yield "State", f"{row.state.value}: {', '.join((*code, *others, *labels))}"
    if policy.state_codes.rated:
        yield "Rated with", ", ".join(policy.state_codes.rated)


def band_cells(bucket: Bucket) -> dict[str, str]:
    """What a band says, by column.

    Examples
    --------
    >>> from delinquency import rulebook
    >>> cells = band_cells(rulebook.load("in-sma").versions[0].buckets[1])
    >>> cells["bucket"], cells["from"], cells["to"], cells["stressed"]
    ('SMA-0', '1', '30', 'yes')
    """
    return {
        "bucket": bucket.code,
        "from": str(bucket.first_day),
        "to": "" if bucket.last_day is None else str(bucket.last_day),
        "stressed": "yes" if bucket.is_stressed else "no",
        "label": bucket.label,
        "中文": bucket.label_zh,
        "other codes": ", ".join(f"{name} {code}" for name, code in bucket.codes.items()),
    }


def word_in(lang: str, text: str) -> str:
    """The name of what is listed, in a language; a text that is none stays as it is."""
    return _ZH.get(text, text) if lang == "zh" else text


def to_text(timeline: PolicyTimeline, lang: str = "en") -> str:
    """The versions of a policy as lines for a terminal.

    Parameters
    ----------
    timeline : PolicyTimeline
    lang : str, default "en"
        ``"en"`` or ``"zh"``: the titles, the labels of the bands and the names of what is listed.
        Values are as a rulebook file writes them.

    Examples
    --------
    >>> from delinquency import rulebook
    >>> lines = to_text(rulebook.load("ifrs9")).splitlines()
    >>> lines[0], lines[3].split()
    ('ifrs9: IFRS 9: backstops of 30 and 90 days', ['In', 'force', 'from', '2018-01-01'])
    """
    known_language(lang, "policy")

    word = partial(word_in, lang)
    colon = "：" if lang == "zh" else ": "
    title = (timeline.title_zh if lang == "zh" else "") or timeline.title or timeline.name
    lines = [f"{timeline.name}{colon}{title}"]
    if timeline.jurisdiction:
        lines.append(f"{word('Jurisdiction')}{colon}{timeline.jurisdiction}")
    for version in timeline.versions:
        said = [("In force", str(version.validity)), *facts(version)]
        named = [(word(name), value) for name, value in said]
        lines += ["", *aligned(named, left=(0, 1)), ""]
        bands = [_labelled(bucket, lang) for bucket in version.buckets]
        table = [tuple(map(word, row)) for row in (bands[0], *(band.values() for band in bands))]
        lines += [f"  {line}" for line in aligned(table, left=(0, 3, 4, 5))]
        sources = _sources(version)
        if sources:
            lines += ["", f"{word('Sources')}{colon.rstrip()}"]
            lines += [f"  - {source_line(citation)}" for citation in sources]
    return "\n".join(lines) + "\n"


def source_line(citation: Citation) -> str:
    """A source as a list of sources shows it."""
    published = f", published {citation.published_on}" if citation.published_on else ""
    address = f", {citation.address}" if citation.address else ""
    return f"{citation}{f' ({citation.title_zh})' if citation.title_zh else ''}{published}{address}"


def _labelled(bucket: Bucket, lang: str) -> dict[str, str]:
    """The columns of a band in one language."""
    cells = band_cells(bucket) | {"label": bucket.text(lang)}
    return {name: cell for name, cell in cells.items() if name != "中文"}


def _order(order: AllocationOrder) -> str:
    grain = order.grain.value.replace("_", " ")
    if order.is_uniform:
        names = [step.component.value for step in order.steps[:4]]
        return f"oldest first; {', '.join(names)}; {grain}{_excess(order)}"
    steps = ", ".join(f"{step.state.value} {step.component.value}" for step in order.steps)
    return f"{steps}; {grain}{_excess(order)}"


def _excess(order: AllocationOrder) -> str:
    if order.excess is Excess.NEXT_INSTALMENT:
        return ""
    held = "held" if order.excess is Excess.HOLD else order.excess.value.replace("_", " ")
    return f", excess {held}"
