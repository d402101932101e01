"""What a delay costs, as a file writes it: every kind, the slip of the pen, and the packaged law by date."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import attrs
import pytest

import delinquency as dq
from delinquency import rulebook
from delinquency.amortisation import ReferenceRates
from delinquency.dated_rates import DatedRate
from delinquency.late_fees import (
    BandFee,
    EveryDays,
    EveryMonths,
    FeeBase,
    FlatFee,
    LateFeeTerms,
    Once,
    SafeHarbourFee,
    ShareFee,
    amount_by_band,
    fee_table,
)
from delinquency.penalty import (
    AbsoluteCap,
    AnnualCap,
    Compounding,
    ContractMultiple,
    DatedFactor,
    FactorBand,
    FixedPenaltyRate,
    PenaltyBase,
    PenaltyGrace,
    PenaltyTerms,
    Posting,
    RateByAge,
    RateTier,
    ReferenceMultiple,
    ReferencePlusMargin,
    RoundingGrain,
    ShareOfBase,
)
from delinquency.rulebook.describe import to_markdown, to_text
from tests.rulebook.test_bad_files import GOOD
from tests.rulebook.test_lines_of_errors import without_line

PENALTY = """
[version.penalty]
rate = { kind = "contract_multiple", factor = "1.5", misuse_factor = "2" }
base = "overdue_principal"
compounding = "unpaid_interest"
day_count = "act_360"
posting = "on_due_dates"
grain = "instalment"
cites = ["manual"]
"""
TERMS = PenaltyTerms(
    rate=ContractMultiple("1.5", misuse_factor="2"),
    base=PenaltyBase.OVERDUE_PRINCIPAL,
    compounding=Compounding.UNPAID_INTEREST,
    day_count=dq.DayCount.ACT_360,
    posting=Posting.ON_DUE_DATES,
    grain=RoundingGrain.INSTALMENT,
    citations=[dq.Citation("Credit manual", "4.2")],
)
RATE = 'rate = { kind = "contract_multiple", factor = "1.5", misuse_factor = "2" }'
LPR = '{ name = "LPR 1Y", covered_until = 2025-01-19, rates = [{ published_on = 2024-10-21, value = "0.031" }] }'
LPR_1Y = ReferenceRates(
    name="LPR 1Y", rates=[(date(2024, 10, 21), dq.Rate.per_year("0.031"))], covered_until=date(2025, 1, 19)
)  # fmt: skip
EIGHTEEN = dq.Rate.percent(18)


def version_of(text: str) -> dq.Policy:
    return rulebook.loads(GOOD + text, source="house.toml").versions[0]


def terms_of(text: str) -> PenaltyTerms:
    found = version_of(text).penalty
    assert found is not None
    return found


def with_rate(rate: str) -> PenaltyTerms:
    return terms_of(PENALTY.replace(RATE, f"rate = {rate}"))


def test_a_file_without_terms_has_none() -> None:
    version = version_of("")
    assert (version.penalty, version.penalty_regime, version.late_fees) == (None, None, ())
    assert version.off_balance_from is None


def test_a_file_says_what_python_says() -> None:
    assert terms_of(PENALTY) == TERMS


@pytest.mark.parametrize(
    ("rate", "expected"),
    [
        ('{ kind = "contract_multiple", factor = "1.3" }', ContractMultiple("1.3")),
        (
            '{ kind = "contract_multiple", factors = [{ effective_on = 2004-01-01, factor = "1.3" }] }',
            ContractMultiple([DatedFactor(date(2004, 1, 1), "1.3")]),
        ),
        ('{ kind = "fixed", value = "0.18" }', FixedPenaltyRate(EIGHTEEN)),
        (
            '{ kind = "fixed", value = "0.0005", period = "day" }',
            FixedPenaltyRate(dq.Rate.per_day("0.0005")),
        ),
        (
            '{ kind = "fixed", rates = [{ effective_on = 2024-01-01, value = "0.015", period = "month" }] }',
            FixedPenaltyRate([DatedRate(date(2024, 1, 1), dq.Rate.per_month("0.015"))]),
        ),
        (
            f'{{ kind = "reference_plus_margin", margin = "-0.01", reference = {LPR} }}',
            ReferencePlusMargin(LPR_1Y, dq.Rate.per_year("-0.01")),
        ),
        (
            '{ kind = "by_age", tiers = [{ from_day = 1, value = "0.18" }, { from_day = 91, value = "0.24" }] }',
            RateByAge([RateTier(1, EIGHTEEN), RateTier(91, dq.Rate.percent(24))]),
        ),
    ],
)  # fmt: skip
def test_every_rule_of_a_rate_can_be_written(rate: str, expected: object) -> None:
    assert with_rate(rate).rate == expected


def test_every_other_choice_can_be_written() -> None:
    terms = terms_of(
        PENALTY.replace('"on_due_dates"', '"on_statement"\nstatement_day = 31')
        + 'grace_days = 3\ngrace_kind = "trigger_only"\nrounding = "down"\n'
    )
    assert (terms.posting, terms.statement_day) == (Posting.ON_STATEMENT, 31)
    assert (terms.grace_days, terms.grace_kind) == (3, PenaltyGrace.TRIGGER_ONLY)
    assert terms.rounding is dq.RoundingMode.DOWN


CAPS = f"""
[[version.penalty.caps]]
kind = "share_of_base"
share = "0.5"
[[version.penalty.caps]]
kind = "absolute"
amount = "1000.00"
[[version.penalty.caps]]
kind = "annual"
value = "0.24"
day_count = "act_365f"
[[version.penalty.caps]]
kind = "annual"
reference = {LPR}
factor = "4"
day_count = "act_360"
"""


def test_every_cap_can_be_written() -> None:
    assert terms_of(PENALTY + CAPS).caps == (
        ShareOfBase(dq.Proportion(1, 2)),
        AbsoluteCap(Decimal("1000.00")),
        AnnualCap(dq.Rate.percent(24), dq.DayCount.ACT_365F),
        AnnualCap(ReferenceMultiple(LPR_1Y, 4), dq.DayCount.ACT_360),
    )


REGIME = """
[version.penalty_regime]
multiple_band = ["1.3", "1.5"]
misuse_band = ["1.5", "2"]
forbids_compounding = true
cites = ["manual"]
"""


def test_what_law_allows_can_be_written() -> None:
    regime = version_of(REGIME).penalty_regime
    assert regime is not None
    assert (regime.multiple_band, regime.misuse_band) == (
        FactorBand("1.3", "1.5"),
        FactorBand("1.5", "2"),
    )
    assert (regime.forbids_interest, regime.forbids_compounding) == (False, True)


def fee_of(text: str) -> LateFeeTerms:
    return version_of(f'[[version.late_fees]]\nname = "late"\n{text}\n').late_fees[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('kind = "flat"\namount = "25.00"\ncurrency = "USD"', FlatFee(Decimal("25.00"))),
        (
            'kind = "share"\nshare = "0.05"\nof = "unpaid_minimum"',
            ShareFee(dq.Proportion(1, 20), FeeBase.UNPAID_MINIMUM),
        ),
        (
            'kind = "table"\ntable = "us-card-safe-harbour-30-41"',
            SafeHarbourFee(fee_table("us-card-safe-harbour-30-41")),
        ),
        (
            'kind = "bands"\ntable = "uk-fixed-compensation"\nof = "overdue_amount"',
            BandFee(amount_by_band("uk-fixed-compensation"), FeeBase.OVERDUE_AMOUNT),
        ),
    ],
)
def test_every_kind_of_fee_can_be_written(text: str, expected: object) -> None:
    assert fee_of(text).amount == expected


SHARE = 'kind = "share"\nshare = "0.05"\nof = "overdue_amount"\n'


@pytest.mark.parametrize(
    ("text", "field", "expected"),
    [
        ("", "recurrence", Once()),
        ("every_days = 30", "recurrence", EveryDays(30)),
        ("every_months = 1", "recurrence", EveryMonths()),
        ("", "maximum", None),
        ('maximum = "50"\ncurrency = "USD"', "maximum", Decimal(50)),
        (
            'maximum_share = "0.02"\nmaximum_of = "instalment"',
            "maximum",
            ShareFee(dq.Proportion(1, 50), FeeBase.INSTALMENT),
        ),
        ('minimum = "10"\ncurrency = "CNY"', "minimum", Decimal(10)),
        ("wait_days = 15", "wait_days", 15),
        ("due_in_days = 5", "due_in_days", 5),
        ("due_with_instalment = true", "due_with_instalment", True),
        ('component = "penalty"', "component", dq.Component.PENALTY),
        ("cap_by_minimum = true", "cap_by_minimum", True),
        ("ignores_unpaid_fees = true", "ignores_unpaid_fees", True),
        ("once_per_instalment = true", "once_per_instalment", True),
        ('rounding = "up"', "rounding", dq.RoundingMode.UP),
        ('cites = ["manual"]', "citations", (dq.Citation("Credit manual", "4.2"),)),
    ],
)
def test_every_term_of_a_fee_can_be_written(text: str, field: str, expected: object) -> None:
    assert getattr(fee_of(SHARE + text), field) == expected


def test_the_age_from_which_amounts_stand_off_balance_can_be_written() -> None:
    text = GOOD.replace('cites = ["manual"]', 'cites = ["manual"]\noff_balance_from = 91')
    assert rulebook.loads(text).versions[0].off_balance_from == 91


PLACE = "house.toml, version 1, penalty"
BAD_PENALTY = [
    ('"act_360"', '"act/360"', f"{PLACE}, day_count: expected one of act_360", "Did you mean 'act_360'"),
    ("base =", "bsae =", f"{PLACE}: expected the key 'base'", "Is 'bsae' meant?"),
    ('cites = ["manual"]', 'cite = ["manual"]', f"{PLACE}: expected only the keys", "Did you mean 'cites'"),
    ('cites = ["manual"]', 'cites = ["manul"]', f"{PLACE}, cites: expected one of manual", "Did you mean 'manual'"),
    ('factor = "1.5"', "factor = 1.5", f"{PLACE}, rate, factor: expected a text in quotes", ""),
    ('factor = "1.5"', 'factor = "x"', f"{PLACE}, rate, dated factor: expected factor", ""),
    ('factor = "1.5"', 'factr = "1.5"', f"{PLACE}, rate: expected the key 'factor'", "Is 'factr' meant?"),
    ('misuse_factor = "2"', 'misuse_facter = "2"', f"{PLACE}, rate: expected only the keys", "Did you mean 'misuse_factor'"),
    ('"contract_multiple"', '"contract_multipel"', f"{PLACE}, rate, kind: expected one of fixed", "Did you mean 'contract_multiple'"),
    ('"overdue_principal"', '"overdue_instalment"', f"{PLACE}, penalty terms, compounding", "bear twice"),
    (RATE, 'rate = { kind = "fixed", value = "0.18", period = "weak" }', f"{PLACE}, rate, period: expected one of year, month, day", ""),
    (RATE, 'rate = { kind = "fixed", value = "-0.18" }', f"{PLACE}, rate, fixed penalty rate", ""),
    (RATE, 'rate = { kind = "fixed", value = "0.180000001" }', f"{PLACE}, rate, value", ""),
    (RATE, 'rate = { kind = "fixed", rates = [] }', f"{PLACE}, rate, fixed penalty rate: expected at least one", ""),
    (RATE, 'rate = { kind = "by_age", tiers = [{ from_day = 0, value = "0.1" }] }', f"{PLACE}, rate, tiers 1, rate tier, from_day", ""),
    (RATE, 'rate = { kind = "by_age", tiers = [{ from_day = 1, value = "0.1", to = 2 }] }', f"{PLACE}, rate, tiers 1: expected only the keys", ""),
    (RATE, f'rate = {{ kind = "reference_plus_margin", margin = "-0.04", reference = {LPR} }}', f"{PLACE}, rate, reference plus margin", ""),
    (RATE, f'rate = {{ kind = "reference_plus_margin", margin = "0", reference = {LPR.replace("2025", "2023")} }}', f"{PLACE}, rate, reference", ""),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message", "hint"), BAD_PENALTY)
def test_a_slip_in_the_terms_is_told_with_file_line_version_and_key(
    old: str, new: str, message: str, hint: str
) -> None:
    assert old in PENALTY
    with pytest.raises(dq.PolicyError) as caught:
        version_of(PENALTY.replace(old, new))
    assert without_line(caught.value).startswith(message), caught.value
    assert hint in caught.value.hint


BAD_TEXTS = [
    (PENALTY + CAPS.replace('"absolute"', '"absolut"'), "penalty, caps 2, kind: expected one of share_of_base"),
    (PENALTY + CAPS.replace('"1000.00"', "1000"), "penalty, caps 2, amount: expected a text in quotes"),
    (PENALTY + CAPS.replace('"1000.00"', '"-1"'), "penalty, caps 2, absolute cap"),
    (PENALTY + CAPS.replace('share = "0.5"', 'share = "-1"'), "penalty, caps 1, share"),
    (REGIME.replace('["1.3", "1.5"]', '["1.5", "1.3"]'), "penalty_regime, penalty regime, band"),
    (REGIME.replace('["1.3", "1.5"]', '["1.3"]'), "penalty_regime, penalty regime, band: expected two"),
    (REGIME.replace("misuse_band", "misused_band"), "penalty_regime: expected only the keys"),
    (REGIME.replace('cites = ["manual"]', ""), "penalty_regime, penalty regime, citations"),
    ('[[version.late_fees]]\nname = "late"\nkind = "flatt"', "late_fees 1, kind: expected one of flat"),
    ('[[version.late_fees]]\nname = "late"\nkind = "flat"\namount = "5"', "late_fees 1, late fee 'late', currency"),
    ('[[version.late_fees]]\nname = "late"\nkind = "table"\ntable = "us-card"', "late_fees 1, table: expected one of uk-fixed"),
    ('[[version.late_fees]]\nname = "late"\nkind = "table"\ntable = "own.toml"', "late_fees 1, table: expected one of uk-fixed"),
    (f'[[version.late_fees]]\nname = "late"\n{SHARE}maximum = "1"\nmaximum_share = "1"\n', "late_fees 1, maximum_share: expected maximum or"),
    (f'[[version.late_fees]]\nname = "late"\n{SHARE}every_days = 1\nevery_months = 1\n', "late_fees 1, every_months: expected every_days or"),
    (f'[[version.late_fees]]\nname = "late"\n{SHARE}currency = "usd"\n', "late_fees 1, currency"),
    (f'[[version.late_fees]]\nname = "late"\n{SHARE}wait_dais = 1\n', "late_fees 1: expected only the keys"),
    ("[version.late_fees]\n", "late_fees: expected a list"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), BAD_TEXTS)
def test_a_slip_elsewhere_is_told_with_file_line_version_and_key(text: str, message: str) -> None:
    with pytest.raises(dq.PolicyError) as caught:
        version_of(text)
    assert without_line(caught.value).startswith(f"house.toml, version 1, {message}")


@pytest.mark.parametrize("age", ["0", "true", '"91"'])
def test_an_age_off_balance_is_a_number_from_1(age: str) -> None:
    text = GOOD.replace('cites = ["manual"]', f'cites = ["manual"]\noff_balance_from = {age}')
    with pytest.raises(dq.PolicyError, match="house.toml, line 13, version 1, .*off_balance_from"):
        rulebook.loads(text, source="house.toml")


def test_terms_beyond_the_regime_of_the_same_file_are_refused_with_the_article() -> None:
    with pytest.raises(
        dq.PolicyError, match="house.toml, line 10, version 1, penalty terms.*manual, 4.2"
    ):
        version_of(PENALTY + REGIME)


PAGE = PENALTY.replace('"on_due_dates"', '"on_statement"\nstatement_day = 31') + (
    'grace_days = 3\ngrace_kind = "trigger_only"\n' + CAPS + REGIME.replace("forbids_c", "# ")
)


BANDS = """
kind = "bands"
table = "uk-fixed-compensation"
of = "overdue_amount"
every_months = 2
due_with_instalment = true
ignores_unpaid_fees = true
cites = ["manual"]
"""


def page_policy() -> dq.PolicyTimeline:
    fees = "".join(
        f'[[version.late_fees]]\nname = "fee {n}"\n{text}\n'
        for n, text in enumerate(
            (
                'kind = "flat"\namount = "25"\ncurrency = "USD"\nmaximum = "30"\nminimum = "1"',
                f'{SHARE}maximum_share = "0.02"\nmaximum_of = "instalment"\nevery_days = 30',
                'kind = "table"\ntable = "us-card-safe-harbour-30-41"\ncap_by_minimum = true',
                BANDS,
                f"{SHARE}once_per_instalment = true\nwait_days = 15\ndue_in_days = 7",
            ),
            start=1,
        )
    )
    head = GOOD.replace('cites = ["manual"]', 'cites = ["manual"]\noff_balance_from = 91')
    return rulebook.loads(head + PAGE + fees)


LINES = [
    "- Penalty interest: on overdue_principal, compounding unpaid interest",
    "- Penalty rate: contract rate times 1.5; misused times 2; Act/360",
    "- Penalty grace: 3 days, trigger_only",
    "- Penalty posting: on_statement, day 31",
    "- Penalty rounding: half_up by instalment",
    "- Penalty cap: 0.5 of the base of each instalment",
    "- Penalty cap: 1000.00 for the account",
    "- Penalty cap: interest, fees and penalty together at most 24 % a year; Act/365F",
    "- Penalty cap: interest, fees and penalty together at most 4 times LPR 1Y of the day of the contract; Act/360",
    "- Penalty terms by: Credit manual, 4.2",
    "- Penalty allowed by law: contract rate times 1.3 to 1.5; misused times 1.5 to 2; by Credit manual, 4.2",
    "- Late fee: fee 1: 25 USD, at least 1 USD, at most 30 USD, once, after more than 0 late days, due 0 days after, as fees",
    "- Late fee: fee 2: 0.05 of overdue_amount, half_up, at most 0.02 of instalment, every 30 days, after more than 0 late days, due 0 days after, as fees",
    "- Late fee: fee 3: table us-card-safe-harbour-30-41, at most the minimum payment required before, once, after more than 0 late days, due 0 days after, as fees",
    "- Late fee: fee 4: bands uk-fixed-compensation of overdue_amount, every 2 months, after more than 0 late days, due with the instalment, not where an earlier late fee alone is unpaid, as fees; by Credit manual, 4.2",
    "- Late fee: fee 5: 0.05 of overdue_amount, half_up, once, after more than 15 late days, due 7 days after, one for each missed due date, as fees",
    "- Off balance: interest and penalty, from 91 days past due",
]  # fmt: skip


@pytest.mark.parametrize("line", LINES)
def test_a_page_says_what_a_delay_costs(line: str) -> None:
    assert line in to_markdown(page_policy()).splitlines()


@pytest.mark.parametrize(
    ("rate", "told"),
    [
        ('{ kind = "fixed", value = "0.0005", period = "day" }', "0.05 % a day; Act/360"),
        (
            '{ kind = "fixed", rates = [{ effective_on = 2024-01-01, value = "0.1" }, { effective_on = 2025-01-01, value = "0.2" }] }',
            "10 % a year from 2024-01-01, 20 % a year from 2025-01-01; Act/360",
        ),
        (f'{{ kind = "reference_plus_margin", margin = "0.01", reference = {LPR} }}', "LPR 1Y plus 1 % a year; Act/360"),
        (
            '{ kind = "by_age", tiers = [{ from_day = 1, value = "0.18" }, { from_day = 91, value = "0.24" }] }',
            "18 % a year from late day 1, 24 % a year from late day 91; Act/360",
        ),
    ],
)  # fmt: skip
def test_a_page_says_every_rule_of_a_rate(rate: str, told: str) -> None:
    page = to_markdown(rulebook.loads(GOOD + PENALTY.replace(RATE, f"rate = {rate}")))
    assert f"- Penalty rate: {told}" in page.splitlines()


@pytest.mark.parametrize(
    ("share", "told"),
    [((1, 3), "1/3"), ((1, 1), "1"), ((0, 1), "0"), ((1, 10**8), "0.00000001"), ((1, 10**9), "1/1000000000")],
)  # fmt: skip
def test_a_share_is_told_as_a_decimal_where_it_is_a_short_one(
    share: tuple[int, int], told: str
) -> None:
    policy = version_of(PENALTY)
    terms = attrs.evolve(TERMS, caps=[ShareOfBase(dq.Proportion(*share))])
    page = to_markdown(dq.PolicyTimeline(name="x", versions=[attrs.evolve(policy, penalty=terms)]))
    assert f"- Penalty cap: {told} of the base of each instalment" in page.splitlines()


@pytest.mark.parametrize(
    "word",
    ["罚息", "罚息利率", "罚息宽限", "罚息入账", "罚息取整", "罚息上限", "罚息条款出处", "法定罚息限制", "违约金", "表外"],
)  # fmt: skip
def test_the_text_has_chinese_words_for_all_of_it(word: str) -> None:
    lines = to_text(page_policy(), lang="zh").splitlines()
    assert any(line.startswith(f"{word} ") for line in lines)
    assert not any(line.startswith(("Penalty ", "Late ", "Off ")) for line in lines)


CHINA = ["cn-loan", "cn-bureau-loan"]


def in_force(name: str, day: date) -> dq.Policy:
    return rulebook.load(name).in_force(as_of=day, originated_on=day)


@pytest.mark.parametrize("name", CHINA)
@pytest.mark.parametrize(
    ("factor", "misuse", "is_allowed"),
    [
        ("1.3", None, True),
        ("1.5", "2", True),
        ("1.5", "1.5", True),
        ("1.29", None, False),
        ("1.51", None, False),
        ("1.5", "1.49", False),
        ("1.5", "2.01", False),
    ],
)
def test_china_allows_a_penalty_within_its_bands(
    name: str, factor: str, misuse: str | None, is_allowed: bool
) -> None:
    """银发〔2003〕251号, item 3: 30 to 50 per cent more; misused 50 to 100 per cent more."""
    terms = attrs.evolve(TERMS, rate=ContractMultiple(factor, misuse_factor=misuse))
    for version in rulebook.load(name).versions:
        if is_allowed:
            assert attrs.evolve(version, penalty=terms).penalty == terms
            continue
        with pytest.raises(dq.PolicyError, match="银发〔2003〕251号.*item 3"):
            attrs.evolve(version, penalty=terms)


@pytest.mark.parametrize("name", CHINA)
def test_china_asks_for_a_multiple_of_the_contract_rate(name: str) -> None:
    terms = attrs.evolve(TERMS, rate=FixedPenaltyRate(EIGHTEEN))
    with pytest.raises(dq.PolicyError, match="a ContractMultiple.*银发〔2003〕251号"):
        attrs.evolve(rulebook.load(name).versions[0], penalty=terms)


@pytest.mark.parametrize("name", ["in-sma", "in-nbfc-base"])
@pytest.mark.parametrize(
    ("day", "is_allowed"),
    [(date(2024, 3, 31), True), (date(2024, 4, 1), False), (date(2024, 4, 2), False)],
)
def test_india_forbids_penal_interest_from_april_2024(
    name: str, day: date, is_allowed: bool
) -> None:
    """RBI DoR.MCS.REC.28/01.01.001/2023-24: penal charges, not penal interest, from 1 April 2024."""
    version = in_force(name, day)
    assert (version.penalty_regime is None) == is_allowed
    if is_allowed:
        assert attrs.evolve(version, penalty=TERMS).penalty == TERMS
        return
    with pytest.raises(dq.PolicyError, match="no penalty interest.*DoR.MCS.REC.28"):
        attrs.evolve(version, penalty=TERMS)


@pytest.mark.parametrize("name", ["in-sma", "in-nbfc-base"])
def test_a_penal_charge_of_india_is_a_late_fee(name: str) -> None:
    charge = LateFeeTerms(
        name="penal charge",
        amount=FlatFee(500),
        currency=dq.Currency.of("INR"),
        component=dq.Component.PENALTY,
    )
    version = in_force(name, date(2024, 4, 1))
    assert attrs.evolve(version, late_fees=[charge]).late_fees == (charge,)


@pytest.mark.parametrize(
    ("name", "starts"),
    [
        ("in-sma", [date(2021, 11, 12), date(2024, 4, 1)]),
        ("in-nbfc-base", [date(2024, 3, 31), date(2024, 4, 1), date(2025, 3, 31), date(2026, 3, 31)]),
    ],
)  # fmt: skip
def test_the_versions_follow_each_other_without_a_gap(name: str, starts: list[date]) -> None:
    versions = rulebook.load(name).versions
    assert [version.validity.effective_from for version in versions] == starts
    ends = [version.validity.effective_until for version in versions]
    assert ends == [*starts[1:], None]
    for day in starts[1:]:
        assert in_force(name, day) is not in_force(name, day - timedelta(days=1))


def test_the_law_of_penal_charges_left_counting_and_buckets_as_they_were() -> None:
    for name in ("in-sma", "in-nbfc-base"):
        before, after = (in_force(name, day) for day in (date(2024, 3, 31), date(2024, 4, 1)))
        told = attrs.evolve(after, penalty_regime=None, validity=before.validity)
        assert told == before


@pytest.mark.parametrize("entry", rulebook.available(), ids=lambda entry: entry.name)
def test_a_packaged_regime_has_an_article_and_no_packaged_file_has_terms(
    entry: rulebook.RulebookEntry,
) -> None:
    """A regime is no terms: those are the contract's."""
    for version in rulebook.load(entry.name).versions:
        assert version.penalty is None
        if version.penalty_regime is not None:
            assert all(source.provision for source in version.penalty_regime.citations)
            assert str(version.penalty_regime.citations[0]) in to_markdown(
                rulebook.load(entry.name)
            )
