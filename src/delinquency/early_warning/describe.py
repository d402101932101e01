"""Rules of early warning as a page or as text: what raises each, what clears it, why, and by which source.

The one idea: what a rule says is listed once, in a language, and a page and a terminal lay out the same list.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from delinquency.citation import Citation
from delinquency.early_warning.catalogue import CATALOGUE, ObservationTerm
from delinquency.early_warning.reasons import basis_of
from delinquency.early_warning.rule import WarningRule
from delinquency.early_warning.rules import DatedRule, WarningRules
from delinquency.early_warning.wording import condition_in_words
from delinquency.explanation_text import known_language, words_of
from delinquency.rulebook.describe import source_line
from delinquency.rulebook.describing_words import validity_in

__all__ = [
    "observations_to_markdown",
    "observations_to_text",
    "rule_facts",
    "to_markdown",
    "to_text",
]

_WORDS: Final = {
    "en": {
        "raised": "Raised where",
        "cleared": "Cleared where",
        "confirmed": "Confirmed",
        "confirm_after": "from {count} periods in a row on",
        "cleared_after": "Cleared after",
        "clear_after": "{count} periods in a row",
        "cools": "Not raised again",
        "cool_down": "for {count} periods after it was cleared",
        "why": "Why",
        "owner": "Looked at by",
        "escalation": "What follows",
        "in_force": "In force",
        "basis": "Basis",
        "source": "Source",
        "points": "points {count}",
        "period": "One period is a {period}.",
        "currency": "Amounts are in {code}.",
        "month": "month",
        "statement": "statement",
        ":": ": ",
        "head": "{name} ({told})",
        ",": ", ",
        "observations": "Observations that these rules read",
        "catalogue": "Observations that rules may read; a file of rules may declare further ones",
        "own": "declared in this file",
    },
    "zh": {
        "raised": "触发条件",
        "cleared": "解除条件",
        "confirmed": "确认",
        "confirm_after": "连续 {count} 期起",
        "cleared_after": "解除所需",
        "clear_after": "连续 {count} 期",
        "cools": "冷却",
        "cool_down": "解除后 {count} 期内不再触发",
        "why": "理由",
        "owner": "负责人",
        "escalation": "后续措施",
        "in_force": "有效期",
        "basis": "依据",
        "source": "出处",
        "points": "{count} 分",
        "period": "每期为一{period}。",
        "currency": "金额以{code}计。",
        "month": "个月",
        "statement": "个账单周期",
        ":": "：",
        "head": "{name}（{told}）",
        ",": "，",
        "observations": "以上规则所读取的观察项",
        "catalogue": "规则可读取的观察项；规则文件可另行声明",
        "own": "由本文件声明",
    },
}


_OF_OBSERVATIONS: Final = (
    "What rules of early warning may read, of one account at the end of one period. An amount is in currency "
    "units, a share is 1 for the whole, a flag is yes or no. Source: computed from the *account* or its "
    "*statements*, or given from *outside*. A file of rules may declare further ones."
)


def rule_facts(
    dated: DatedRule, rules: WarningRules, lang: str = "en"
) -> Iterator[tuple[str, str]]:
    """What a rule says besides its sentence, by name, in a language; what it leaves unsaid has no line.

    Examples
    --------
    >>> from delinquency.early_warning.loading import load_warning_rules
    >>> rules = load_warning_rules("sama")
    >>> dict(rule_facts(rules.rules[6], rules))["Raised where"]
    'the borrower lost the job: yes'
    """
    words, rule = _WORDS[lang], dated.rule
    yield words["raised"], condition_in_words(rule.when, rules.terms, lang)
    if rule.clears is not None:
        yield words["cleared"], condition_in_words(rule.clears, rules.terms, lang)
    for name, field, least in (
        ("confirmed", "confirm_after", 1),
        ("cleared_after", "clear_after", 1),
        ("cools", "cool_down", 0),
    ):
        count = getattr(rule, field)
        if count > least:
            yield words[name], words[field].format(count=count)
    for name, field in (("why", "rationale"), ("owner", "owner"), ("escalation", "escalation")):
        text = _in(rule, field, lang)
        if text:
            yield words[name], text
    if dated.validity.effective_from or dated.validity.effective_until:
        yield words["in_force"], validity_in(dated.validity, lang)
    yield words["basis"], words_of(basis_of(rule), lang)
    for citation in rule.citations:
        yield words["source"], citation.text(lang)


def _in(record: object, field: str, lang: str) -> str:
    """A text for readers in a language; one that is not there in Chinese is told as it is."""
    text = str(getattr(record, field))
    return str(getattr(record, f"{field}_zh")) or text if lang == "zh" else text


def _head(name: str, rule: WarningRule, lang: str) -> str:
    """A name, and how grave the signal is, of which family, and how many points."""
    words = _WORDS[lang]
    choices = (f"severity_{rule.severity.name.lower()}", f"family_{rule.family.value}")
    points = words["points"].format(count=rule.points)
    told = words[","].join((*(words_of(each, lang) for each in choices), points))
    return words["head"].format(name=name, told=told)


def to_text(rules: WarningRules, lang: str = "en") -> str:
    """The rules as text: of each what it says, what raises and clears it, why, and its source.

    Then the names of the observations that they read, with those that they declare themselves.

    Raises
    ------
    InvalidValueError
        No texts in ``lang``.
    """
    known_language(lang, "rules of early warning")
    colon = _WORDS[lang][":"]
    title = _in(rules, "title", lang)
    lines = [f"{rules.name}{colon}{title}" if title else rules.name, *_notes(rules, lang)]
    for dated in rules.rules:
        rule = dated.rule
        lines += ["", f"{_head(rule.rule_id, rule, lang)}{colon}{_in(rule, 'says', lang)}"]
        lines += [f"  {name}{colon}{told}" for name, told in rule_facts(dated, rules, lang)]
    lines += ["", _WORDS[lang]["observations"]]
    own = [term.name for term in rules.own_terms]
    names = dict.fromkeys((*rules.observations, *own))
    lines += [_term_line(rules.terms[name], lang, is_own=name in own) for name in names]
    return "\n".join(lines) + "\n"


def _term_line(term: ObservationTerm, lang: str, *, is_own: bool) -> str:
    words, meaning = _WORDS[lang], _in(term, "meaning", lang)
    told = words[","].join(
        filter(None, (term.unit.value, term.source, words["own"] if is_own else ""))
    )
    head = words["head"].format(name=term.name, told=told)
    return f"  {head}{words[':']}{meaning}" if meaning else f"  {head}"


def observations_to_text(lang: str = "en") -> str:
    """Every observation of the catalogue as text: name, unit, source, meaning.

    Raises
    ------
    InvalidValueError
        No texts in ``lang``.

    Examples
    --------
    >>> observations_to_text().splitlines()[1]
    '  days_past_due (days, account): days past due at the close of the period'
    """
    known_language(lang, "observations")
    lines = [_term_line(term, lang, is_own=False) for term in CATALOGUE.values()]
    return "\n".join((_WORDS[lang]["catalogue"], *lines)) + "\n"


def _notes(rules: WarningRules, lang: str) -> Iterator[str]:
    yield from _measures(rules, lang)
    if rules.notes:
        yield rules.notes


def _measures(rules: WarningRules, lang: str) -> Iterator[str]:
    """What one period is, and the currency of amounts where the rules say it."""
    words = _WORDS[lang]
    yield words["period"].format(period=words[rules.period.value])
    if rules.currency is not None:
        yield words["currency"].format(code=rules.currency.code)


def to_markdown(rules: WarningRules) -> str:
    """A page in Markdown that describes every rule in English and in Chinese.

    Examples
    --------
    >>> from delinquency.early_warning.loading import load_warning_rules
    >>> print(to_markdown(load_warning_rules("founding-report")).splitlines()[0])
    # Three families of a bank's report: willingness, capacity, liquidity
    """
    return "\n".join(_page(rules)) + "\n"


def _page(rules: WarningRules) -> Iterator[str]:
    yield f"# {rules.title or rules.name}"
    yield ""
    if rules.title_zh:
        yield rules.title_zh
        yield ""
    where = f", jurisdiction {rules.jurisdiction}." if rules.jurisdiction else "."
    yield f"`load_warning_rules({rules.name!r})`{where} " + " ".join(_measures(rules, "en"))
    if rules.notes:
        yield ""
        yield rules.notes
    yield ""
    yield "| rule | severity | family | points | says |"
    yield "|---|---|---|---|---|"
    for dated in rules.rules:
        rule = dated.rule
        told = (rule.rule_id, rule.severity.name.lower(), rule.family.value, str(rule.points))
        yield f"| `{told[0]}` | {' | '.join(told[1:])} | {rule.says} |"
    for dated in rules.rules:
        yield from _section(dated, rules)
    yield ""
    yield "## Observations"
    yield ""
    yield from _observation_rows(rules.terms[name] for name in rules.observations)
    yield from _sources(rules)


def _section(dated: DatedRule, rules: WarningRules) -> Iterator[str]:
    rule = dated.rule
    yield ""
    yield f"## {rule.rule_id}"
    for lang in ("en", "zh"):
        yield ""
        yield _head(f"**{_in(rule, 'says', lang)}**", rule, lang)
        yield ""
        for name, told in rule_facts(dated, rules, lang):
            yield f"- {name}{_WORDS[lang][':']}{told}"


def _sources(rules: WarningRules) -> Iterator[str]:
    found: dict[Citation, None] = {}
    for dated in rules.rules:
        found.update(dict.fromkeys(dated.rule.citations))
    if found:
        yield ""
        yield "## Sources"
        yield ""
        for number, citation in enumerate(found, start=1):
            yield f"{number}. {source_line(citation)}"


def _observation_rows(terms: Iterator[ObservationTerm]) -> Iterator[str]:
    yield "| observation | unit | meaning | 中文 | source |"
    yield "|---|---|---|---|---|"
    for term in terms:
        yield (
            f"| `{term.name}` | {term.unit.value} | {term.meaning} | {term.meaning_zh} | {term.source} |"
        )


def observations_to_markdown() -> str:
    """A page in Markdown with every observation of the catalogue: unit, meaning in two languages, source.

    Examples
    --------
    >>> "| `utilisation` | share |" in observations_to_markdown()
    True
    """
    rows = _observation_rows(iter(CATALOGUE.values()))
    return "\n".join(("# Observations", "", _OF_OBSERVATIONS, "", *rows)) + "\n"
