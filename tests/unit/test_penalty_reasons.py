"""The lines of penalty interest as an auditor reads them: every one is an equation that a calculator confirms."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import attrs
import pytest
from tests.strategies_internal import policy_of

import delinquency as dq
from delinquency.penalty import (
    AbsoluteCap,
    AnnualCap,
    Compounding,
    ContractMultiple,
    FixedPenaltyRate,
    PenaltyBase,
    PenaltyTerms,
    Posting,
    ReferenceMultiple,
    RoundingGrain,
    ShareOfBase,
)

CNY = dq.Currency.of("CNY")
MAY, JUN, JUL = (date(2025, month, 20) for month in (5, 6, 7))
AS_OF = date(2025, 8, 28)
HALF = dq.Proportion(1, 2)
SUMMER = dq.PenaltyWaiver(date(2025, 7, 1), date(2025, 8, 1), HALF)
TERMS = PenaltyTerms(
    rate=ContractMultiple("1.5"),
    base=PenaltyBase.OVERDUE_PRINCIPAL,
    compounding=Compounding.UNPAID_INTEREST,
    day_count=dq.DayCount.ACT_360,
    posting=Posting.ON_DEMAND,
    grain=RoundingGrain.INSTALMENT,
)


def loan(*events, **facts) -> dq.Account:
    amounts = (("2693.80", "3471.91"), ("2703.23", "3462.48"), ("2712.69", "3453.02"))
    rows = [
        dq.Instalment(due, Decimal(principal), Decimal(interest))
        for due, (principal, interest) in zip((MAY, JUN, JUL), amounts, strict=True)
    ]
    return dq.Account(
        account_id="S",
        originated_on=date(2025, 4, 20),
        schedule=dq.Schedule(CNY, rows),
        contract_rates=[dq.DatedRate(date(2025, 4, 20), dq.Rate.per_year("0.042"))],
        events=events,
        **facts,
    )


def consumer() -> dq.Account:
    """10,000.00 for a month at 20 %, not paid."""
    lent = date(2025, 1, 1)
    return dq.Account(
        account_id="C",
        originated_on=lent,
        schedule=dq.Schedule(CNY, [dq.Instalment(date(2025, 2, 1), 10_000, Decimal("169.86"))]),
        contract_rates=[dq.DatedRate(lent, dq.Rate.per_year("0.20"))],
    )


def told(account: dq.Account, as_of: date = AS_OF, **changes) -> dq.PenaltyInterest:
    policy = attrs.evolve(policy_of(), penalty=attrs.evolve(TERMS, **changes))
    return dq.penalty_interest(account, as_of=as_of, policy=policy)


def lines(answer: dq.PenaltyInterest, lang: str = "en") -> list[str]:
    return [line.strip() for line in answer.explanation.to_text(lang=lang).splitlines()]


def test_what_a_waiver_left_and_what_it_took_are_told_with_their_share_debt_and_kind():
    assert lines(told(loan(SUMMER)))[3:7] == [
        (
            "Instalment 1: [2025-07-01, 2025-08-01) × 2,693.80 × 6.3 % a year × 31/360 × 1/2 = "
            "7.306932… CNY, as the terms round 7.30 CNY."
        ),
        (
            "Instalment 1, waived and not owed: [2025-07-01, 2025-08-01) × 2,693.80 × 6.3 % a year × "
            "31/360 × 1/2 = 7.31 CNY."
        ),
        (
            "Instalment 1, on unpaid interest: [2025-07-01, 2025-08-01) × 3,471.91 × 6.3 % a year × "
            "31/360 × 1/2 = 9.42 CNY."
        ),
        (
            "Instalment 1, on unpaid interest, waived and not owed: [2025-07-01, 2025-08-01) × "
            "3,471.91 × 6.3 % a year × 31/360 × 1/2 = 9.417555… CNY, as the terms round 9.41 CNY."
        ),
    ]
    assert lines(told(loan(SUMMER)), "zh")[3:7] == [
        (
            "第 1 期：[2025-07-01, 2025-08-01) × 2,693.80 × 年利率 6.3% × 31/360 × 1/2 = 7.306932… CNY，"
            "按约定取整方式计 7.30 CNY。"
        ),
        (
            "第 1 期已减免的罚息：[2025-07-01, 2025-08-01) × 2,693.80 × 年利率 6.3% × 31/360 × 1/2 = "
            "7.31 CNY。"
        ),
        (
            "第 1 期未付利息的复利：[2025-07-01, 2025-08-01) × 3,471.91 × 年利率 6.3% × 31/360 × 1/2 = "
            "9.42 CNY。"
        ),
        (
            "第 1 期已减免的复利：[2025-07-01, 2025-08-01) × 3,471.91 × 年利率 6.3% × 31/360 × 1/2 = "
            "9.417555… CNY，按约定取整方式计 9.41 CNY。"
        ),
    ]


def test_a_line_is_told_the_same_by_itself():
    answer = told(loan(SUMMER))
    assert list(map(str, answer.segments)) == lines(answer)[1 : 1 + len(answer.segments)]


def test_the_debt_of_a_line_is_named_as_its_account_names_it():
    charge = dq.Charge("legal", dq.Component.FEES, 100, JUL)
    answer = told(
        loan(charges=[charge]),
        base=PenaltyBase.OVERDUE_AMOUNT,
        compounding=Compounding.NONE,
    )
    assert [(line.instalment_no, line.charge_id) for line in answer.segments] == [
        (1, None),
        (2, None),
        (3, None),
        (None, "legal"),
    ]
    assert str(answer.segments[-1]).startswith("legal: [2025-07-20, 2025-08-28) × 100.00 × ")


def test_what_caps_took_of_a_line_stands_on_the_line():
    [line] = told(
        consumer(),
        date(2025, 5, 1),
        day_count=dq.DayCount.ACT_365F,
        compounding=Compounding.NONE,
        caps=[AnnualCap(dq.Rate.per_year("0.24"), dq.DayCount.ACT_365F)],
    ).segments
    assert str(line) == (
        "Instalment 1: [2025-02-01, 2025-05-01) × 10,000.00 × 30 % a year × 89/365 = 731.51 CNY, of which "
        "caps took off 112.33 CNY and left 619.18 CNY."
    )
    assert line.explanation.sentence(lang="zh") == (
        "第 1 期：[2025-02-01, 2025-05-01) × 10,000.00 × 年利率 30% × 89/365 = 731.51 CNY，其中因上限减少 "
        "112.33 CNY，余 619.18 CNY。"
    )


NUMBER = r"([\d,.]+)(…?) CNY"
LINE = re.compile(
    r"^Instalment .+?: \[\S+, \S+\) × ([\d,.]+) × ([\d.]+) % a (?:year|month|day) × "
    rf"(?:(12) × )?(\d+)(?:/(\d+)| days)(?: × (\d+)/(\d+))? = {NUMBER}"
    rf"(?:, as the terms round {NUMBER})?"
    rf"(?:, of which caps took off {NUMBER} and left {NUMBER})?\.$"
)


def number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def checked(line: str) -> Decimal:
    """What a calculator makes of a line; the figure that the line ends with [currency units]."""
    base, rate, months, part, whole, share, of, product, dots, rounded, _, off, _, left, _ = (
        LINE.match(line).groups()
    )
    exact = Fraction(number(base)) * Fraction(rate) / 100 * int(months or 1)
    exact *= Fraction(int(part), int(whole or 1)) * Fraction(int(share or 1), int(of or 1))
    places = Decimal(1).scaleb(number(product).as_tuple().exponent)
    if rounded is None:
        told = Decimal(exact.numerator) / exact.denominator
        assert told.quantize(places, ROUND_HALF_UP) == number(product), line
    else:
        assert 0 <= exact - Fraction(number(product)) < Fraction(places), line
        assert bool(dots) == (exact != Fraction(number(product))), line
    kept = number(rounded or product)
    if left is None:
        return kept
    assert kept - number(off) == number(left), line
    return number(left)


@pytest.mark.parametrize("grain", list(RoundingGrain))
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"rounding": dq.RoundingMode.DOWN},
        {"rounding": dq.RoundingMode.HALF_EVEN},
        {"day_count": dq.DayCount.THIRTY_E_360},
        {"day_count": dq.DayCount.ACT_ACT_ISDA},
        {"rate": FixedPenaltyRate(dq.Rate.per_day("0.0005"))},
        {"rate": FixedPenaltyRate(dq.Rate.per_month("0.013"))},
        {"caps": [AbsoluteCap(120), ShareOfBase(dq.Proportion(1, 50))]},
    ],
    ids=str,
)
def test_a_calculator_confirms_every_line_and_their_sum(grain, changes):
    answer = told(loan(SUMMER), grain=grain, **changes)
    owed = [checked(str(line)) for line in answer.segments if not line.is_waived]
    waived = [checked(str(line)) for line in answer.segments if line.is_waived]
    assert (sum(owed), sum(waived)) == (answer.accrued, answer.waived)
    assert answer.accrued > 0 < answer.waived


LPR = dq.ReferenceRates(
    name="LPR 1Y",
    rates=[(date(2024, 10, 21), dq.Rate.per_year("0.031"))],
    covered_until=date(2025, 5, 20),
)


def capped(*caps, account: dq.Account | None = None, **changes) -> dq.PenaltyInterest:
    return told(
        consumer() if account is None else account,
        date(2025, 5, 1),
        day_count=dq.DayCount.ACT_365F,
        compounding=Compounding.NONE,
        caps=caps,
        **changes,
    )


def test_each_cap_is_named_with_its_own_limit_and_its_own_day():
    answer = capped(
        AnnualCap(dq.Rate.per_year("0.24"), dq.DayCount.ACT_365F),
        AnnualCap(ReferenceMultiple(LPR, 4), dq.DayCount.ACT_365F),
    )
    assert lines(answer)[2:5] == [
        "Taken off by caps: 493.70 CNY in all.",
        (
            "Cap of 24 % a year, Act/365F, on interest, fees and penalty together: of 731.51 CNY of "
            "penalty it has room for 619.18 CNY, and by itself takes off 112.33 CNY; it binds since "
            "2025-02-22."
        ),
        (
            "Cap of 12.4 % a year, Act/365F (4 × LPR 1Y), on interest, fees and penalty together: of "
            "731.51 CNY of penalty it has room for 237.81 CNY, and by itself takes off 493.70 CNY; it "
            "binds since 2025-02-02."
        ),
    ]
    assert lines(answer, "zh")[2:5] == [
        "因上限减少合计 493.70 CNY。",
        (
            "息费及罚息合计上限为年利率 24%（Act/365F）：罚息 731.51 CNY，上限内可计 619.18 CNY，"
            "单独计减少 112.33 CNY；自 2025-02-22 起达到上限。"
        ),
        (
            "息费及罚息合计上限为年利率 12.4%（Act/365F，4 × LPR 1Y）：罚息 731.51 CNY，上限内可计 "
            "237.81 CNY，单独计减少 493.70 CNY；自 2025-02-02 起达到上限。"
        ),
    ]


def test_a_cap_on_a_debt_names_the_debt_and_one_on_the_account_its_amount():
    answer = capped(ShareOfBase(dq.Proportion(1, 20)), AbsoluteCap(450))
    assert [bound.instalment_no for bound in answer.bound_caps] == [1, None]
    assert lines(answer)[2:5] == [
        "Taken off by caps: 281.51 CNY in all.",
        (
            "Instalment 1, cap of 1/20 of the base: of 731.51 CNY of penalty it has room for 500.00 "
            "CNY, and by itself takes off 231.51 CNY; it binds since 2025-04-03."
        ),
        (
            "Cap of 450 CNY on the account: of 500.00 CNY of penalty it has room for 450.00 CNY, and "
            "by itself takes off 50.00 CNY; it binds since 2025-03-28."
        ),
    ]
    assert lines(answer, "zh")[3:5] == [
        (
            "第 1 期罚息上限为基数的 1/20：罚息 731.51 CNY，上限内可计 500.00 CNY，单独计减少 231.51 "
            "CNY；自 2025-04-03 起达到上限。"
        ),
        (
            "账户罚息上限 450 CNY：罚息 500.00 CNY，上限内可计 450.00 CNY，单独计减少 50.00 CNY；自 "
            "2025-03-28 起达到上限。"
        ),
    ]


def test_without_a_cap_that_binds_none_is_told():
    assert told(loan(), caps=[AbsoluteCap(10_000)]).explanation.find("penalty_capped") is None


@pytest.mark.parametrize(
    ("grain", "rounding", "english", "chinese"),
    [
        (RoundingGrain.DAY, dq.RoundingMode.HALF_UP, "day by day, half up", "逐日取整，四舍五入"),
        (RoundingGrain.SEGMENT, dq.RoundingMode.DOWN, "line by line, down", "逐段取整，舍去尾数"),
        (
            RoundingGrain.INSTALMENT,
            dq.RoundingMode.HALF_EVEN,
            "in a running sum by instalment, half to the even neighbour",
            "按期累计取整，四舍六入五成双",
        ),
        (
            RoundingGrain.ACCOUNT,
            dq.RoundingMode.UP,
            "in a running sum of the account, up",
            "按户累计取整，进位",
        ),
    ],
)
def test_the_terms_say_what_is_rounded_and_how(grain, rounding, english, chinese):
    step = told(loan(), grain=grain, rounding=rounding).explanation.find("penalty_terms")
    assert step.sentence().endswith(f"Act/360; rounded {english}.")
    assert step.sentence(lang="zh").endswith(f"Act/360；{chinese}。")


@pytest.mark.parametrize("place", list(dq.PenaltyPlace))
def test_a_missing_contract_rate_is_told_with_its_account_and_a_hint(place):
    bare = attrs.evolve(loan(), contract_rates=())
    posting = {dq.PenaltyPlace.POSTED: Posting.ON_DUE_DATES}.get(place, Posting.ON_DEMAND)
    policy = attrs.evolve(
        policy_of(), penalty=attrs.evolve(TERMS, posting=posting), penalty_in_waterfall=place
    )
    for verb in (dq.breakdown, dq.penalty_interest):
        with pytest.raises(dq.InvalidValueError) as caught:
            verb(bare, as_of=AS_OF, policy=policy)
        assert str(caught.value) == (
            "account 'S', contract rates: expected at least one day and Rate, of which the penalty rate is a "
            "multiple, found none. Hint: A schedule says no rate: "
            "Account(contract_rates=[DatedRate(originated_on, rate)])."
        )


def test_a_day_that_no_table_covers_is_told_with_its_account():
    late = attrs.evolve(loan(), contract_rates=[dq.DatedRate(JUN, dq.Rate.per_year("0.042"))])
    policy = attrs.evolve(policy_of(), penalty=TERMS)
    for verb in (dq.breakdown, dq.penalty_interest):
        with pytest.raises(
            dq.InvalidValueError, match="^account 'S', contract rates: expected days"
        ):
            verb(late, as_of=AS_OF, policy=policy)


def test_the_source_of_the_limits_within_which_the_terms_stand_is_cited():
    policy = attrs.evolve(dq.rulebook.load("cn-loan").versions[-1], penalty=TERMS)
    answer = dq.penalty_interest(loan(), as_of=AS_OF, policy=policy)
    (terms,) = (step for step in answer.explanation.because if step.rule == "penalty_terms")
    assert [each.provision for each in terms.citations] == ["item 3"]
    assert "2003" in terms.citations[0].instrument
    assert "国人民银行关于人民币贷款利率" in answer.explanation.to_text(lang="zh")
