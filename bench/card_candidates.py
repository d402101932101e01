"""Conditions over six statements of a card that a lender may ask, each with its direction and its words.

Written once here: ``write_card_rules.py`` makes the packaged card of them, ``cards_on_outcomes.py`` fits cards
on halves of real accounts. Amounts are NT$. Directions are those of sense: lateness, small payments, a full
limit and a card that is put away may raise risk and never lower it. A falling balance has none and is left out.
"""

# A condition and its words stand in one line.
# ruff: noqa: E501
from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from delinquency.back_testing.tuning.candidates import Candidate
from delinquency.early_warning import WarningFamily
from delinquency.early_warning.catalogue import CATALOGUE
from delinquency.early_warning.condition_text import parse_condition

MONEY = (
    500,
    1000,
    1500,
    2000,
    3000,
    5000,
    7500,
    10_000,
    15_000,
    20_000,
    30_000,
    50_000,
    100_000,
    150_000,
)
OF_LIMIT = ("0.01", "0.02", "0.03", "0.05", "0.1", "0.2", "0.3")
OF_ASKED = ("0.01", "0.02", "0.03", "0.05", "0.1", "0.2", "0.5", "0.9", "1")
USED = ("0.01", "0.05", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "0.95", "1")
ADDED = ("0.001", "0.005", "0.01", "0.02", "0.03", "0.05", "0.1", "0.15", "0.2", "0.3")
ADDED_OF_BALANCE = ("0.01", "0.02", "0.03", "0.04", "0.05", "0.1", "0.2")
ROOM = (0, 1000, 2000, 5000, 10_000, 20_000, 30_000, 50_000, 100_000, 150_000, 200_000, 300_000)
LIMITS = (20_000, 30_000, 50_000, 100_000, 150_000, 200_000, 300_000)
OWED = (1, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)
IN_USE = (2000, 5000, 10_000, 15_000, 20_000)

WHY = {
    WarningFamily.WILLINGNESS: (
        "late payment, the longer and the more often, foretells late payment",
        "逾期越久、越频繁，越可能再次逾期",
    ),
    WarningFamily.CAPACITY: (
        "small payments show that little money is coming in",
        "还款少，说明可用资金少",
    ),
    WarningFamily.LIQUIDITY: (
        "little room on the limit leaves nothing for a bad month",
        "剩余额度小，遇到困难时没有余地",
    ),
    WarningFamily.BEHAVIOUR: (
        "a card that is hardly charged any more has been put away, or can no longer be used",
        "卡片几乎不再用于消费，可能已被弃用或已无法使用",
    ),
}
OWES = ("there is a debt that the payments must meet", "确有余额需要偿还")

LATE, PAID, ROOM_LEFT, USE = (
    WarningFamily.WILLINGNESS,
    WarningFamily.CAPACITY,
    WarningFamily.LIQUIDITY,
    WarningFamily.BEHAVIOUR,
)


def _made(
    family: WarningFamily,
    topic: str,
    line: str,
    says: tuple[str, str],
    says_else: tuple[str, str],
    *,
    why: tuple[str, str] | None = None,
    only_beside_others: bool = False,
) -> Candidate:
    rationale, rationale_zh = why or WHY[family]
    return Candidate(
        when=parse_condition(line, terms=CATALOGUE, where="candidate"),
        topic=topic,
        family=family,
        says=says[0],
        says_zh=says[1],
        says_else=says_else[0],
        says_else_zh=says_else[1],
        rationale=rationale,
        rationale_zh=rationale_zh,
        only_beside_others=only_beside_others,
    )


def _money(amount: int) -> tuple[str, str]:
    return f"NT${amount:,}", f"新台币{amount:,}元"


def _percent(share: str) -> tuple[str, str]:
    told = (
        f"{Decimal(share) * 100:f}".rstrip("0").rstrip(".")
        if "." in share
        else f"{int(share) * 100}"
    )
    return f"{told} %", f"{told}%"


def _months(count: int) -> tuple[str, str]:
    return (
        ("the last month", "最近一个月")
        if count == 1
        else (f"the last {count} months", f"最近{count}个月")
    )


def _statements(count: int) -> tuple[str, str]:
    return (
        ("the latest statement", "最近一期账单")
        if count == 1
        else (f"the last {count} statements", f"最近{count}期账单")
    )


def _lateness() -> Iterator[Candidate]:
    for late in (1, 2, 3):
        much, much_zh = (
            ("late", "逾期")
            if late == 1
            else (f"{late} or more months late", f"逾期{late}个月及以上")
        )
        yield _made(
            LATE, "late now", f"months_late >= {late}",
            (f"it is {much} today", f"目前{much_zh}"),
            ("it is not late today", "目前未逾期") if late == 1
            else (f"it is less than {late} months late today", f"目前逾期不足{late}个月"),
        )  # fmt: skip
        for over in (2, 3, 4, 5, 6):
            last, last_zh = _statements(over)
            yield _made(
                LATE, f"worst lateness over {over}", f"highest months_late over {over} >= {late}",
                (f"it was {much} at any of {last}", f"{last_zh}中曾{much_zh}"),
                (f"it was {much} at none of {last}", f"{last_zh}中从未{much_zh}"),
            )  # fmt: skip
    for late in (1, 2):
        much, much_zh = (
            ("late", "逾期") if late == 1 else ("2 or more months late", "逾期2个月及以上")
        )
        for over in (2, 3, 4, 6):
            last, last_zh = _statements(over)
            for count in range(2, over + 1):
                topic, line = (
                    f"times {late} late over {over}",
                    f"months_late >= {late} in {count} of {over} periods",
                )
                if count == over:
                    line = f"months_late >= {late} for {over} periods"
                    says = (f"it was {much} at each of {last}", f"{last_zh}中每期均{much_zh}")
                    other = (
                        f"it was {much} at not each of {last}",
                        f"{last_zh}中并非每期{much_zh}",
                    )
                else:
                    says = (
                        f"it was {much} at {count} or more of {last}",
                        f"{last_zh}中至少{count}期{much_zh}",
                    )
                    other = (
                        f"it was {much} at fewer than {count} of {last}",
                        f"{last_zh}中{much_zh}的少于{count}期",
                    )
                yield _made(LATE, topic, line, says, other)


def _payments() -> Iterator[Candidate]:
    for over in (1, 2, 3, 5, 6):
        last, last_zh = _months(over)
        total = "amount_paid" if over == 1 else f"total amount_paid over {over}"
        for amount in MONEY:
            much, much_zh = _money(amount)
            yield _made(
                PAID, f"paid over {over}", f"{total} < {amount}",
                (f"less than {much} in all was paid in {last}", f"{last_zh}还款合计不足{much_zh}"),
                (f"at least {much} in all was paid in {last}", f"{last_zh}还款合计不低于{much_zh}"),
            )  # fmt: skip
            if over > 1:
                yield _made(
                    PAID, f"largest payment over {over}", f"highest amount_paid over {over} < {amount}",
                    (f"less than {much} was paid in every one of {last}", f"{last_zh}每月还款均不足{much_zh}"),
                    (f"{much} or more was paid in any of {last}", f"{last_zh}中至少一个月还款达到{much_zh}"),
                )  # fmt: skip
                yield _made(
                    PAID, f"smallest payment over {over}", f"lowest amount_paid over {over} < {amount}",
                    (f"less than {much} was paid in any of {last}", f"{last_zh}中至少一个月还款不足{much_zh}"),
                    (f"{much} or more was paid in every one of {last}", f"{last_zh}每月还款均达到{much_zh}"),
                )  # fmt: skip
        for share in OF_LIMIT:
            part, part_zh = _percent(share)
            yield _made(
                PAID, f"paid of limit over {over}", f"{total} < {share} of credit_limit",
                (f"less than {part} of the limit was paid in {last}", f"{last_zh}还款合计不足额度的{part_zh}"),
                (f"at least {part} of the limit was paid in {last}", f"{last_zh}还款合计不低于额度的{part_zh}"),
            )  # fmt: skip
        if over > 1:
            yield from _small_payments(over)
    for over in (1, 2, 3, 5):
        yield from _of_what_was_asked(over)


def _small_payments(over: int) -> Iterator[Candidate]:
    last, last_zh = _months(over)
    yield _made(
        PAID, f"unpaid over {over}", f"amount_paid <= 0 for {over} periods",
        (f"nothing was paid in each of {last}", f"{last_zh}中每个月均没有还款"),
        (f"something was paid in at least one of {last}", f"{last_zh}中至少一个月有还款"),
    )  # fmt: skip
    for count in range(1, over):
        yield _made(
            PAID, f"unpaid over {over}", f"amount_paid <= 0 in {count} of {over} periods",
            (f"nothing was paid in {count} or more of {last}", f"{last_zh}中至少{count}个月没有还款"),
            (f"nothing was paid in fewer than {count} of {last}", f"{last_zh}中没有还款的月份少于{count}个"),
        )  # fmt: skip
    for amount in (1000, 1500, 2000, 3000, 5000):
        much, much_zh = _money(amount)
        for count in range(2, over):
            yield _made(
                PAID, f"under {amount} over {over}", f"amount_paid < {amount} in {count} of {over} periods",
                (f"less than {much} was paid in {count} or more of {last}", f"{last_zh}中至少{count}个月还款不足{much_zh}"),
                (f"less than {much} was paid in fewer than {count} of {last}", f"{last_zh}中还款不足{much_zh}的月份少于{count}个"),
            )  # fmt: skip


def _of_what_was_asked(over: int) -> Iterator[Candidate]:
    last, last_zh = _months(over)
    for share in OF_ASKED:
        part, part_zh = _percent(share)
        sums = f"total amount_paid over {over} < {share} of total carried_balance over {over}"
        yield _made(
            PAID, f"paid of asked over {over}",
            f"amount_paid < {share} of carried_balance" if over == 1 else sums,
            (f"less than {part} of what the statements showed was paid in {last}", f"{last_zh}还款合计不足账单合计的{part_zh}"),
            (f"at least {part} of what the statements showed was paid in {last}", f"{last_zh}还款合计不低于账单合计的{part_zh}"),
        )  # fmt: skip
        if over > 1:
            for count in range(1, over + 1):
                yield _below_share(share, count, over)


def _below_share(share: str, count: int, over: int) -> Candidate:
    last, last_zh = _months(over)
    part, part_zh = _percent(share)
    ends = f"for {over} periods" if count == over else f"in {count} of {over} periods"
    if count == 1:
        says = (
            f"in any of {last} less than {part} of the statement before was paid",
            f"{last_zh}中至少一个月还款不足上期账单的{part_zh}",
        )
        other = (
            f"in each of {last} at least {part} of the statement before was paid",
            f"{last_zh}每月还款不低于上期账单的{part_zh}",
        )
    else:
        says = (
            f"in {count} or more of {last} less than {part} of the statement before was paid",
            f"{last_zh}中至少{count}个月还款不足上期账单的{part_zh}",
        )
        other = (
            f"in fewer than {count} of {last} less than {part} of the statement before was paid",
            f"{last_zh}中还款不足上期账单{part_zh}的月份少于{count}个",
        )
    topic = f"smallest share over {over}" if count == 1 else f"below {share} over {over}"
    return _made(PAID, topic, f"amount_paid < {share} of carried_balance {ends}", says, other)


def _use_of_the_limit() -> Iterator[Candidate]:
    for share in USED:
        part, part_zh = _percent(share)
        yield _made(
            ROOM_LEFT, "used now", f"utilisation >= {share}",
            (f"at least {part} of the limit is used now", f"目前使用率不低于{part_zh}"),
            (f"less than {part} of the limit is used now", f"目前使用率低于{part_zh}"),
        )  # fmt: skip
        for over in (2, 3, 6):
            last, last_zh = _statements(over)
            for how, topic, high, low, zh in (
                (
                    "mean",
                    "mean use",
                    "was used on average over",
                    "was used on average over",
                    "平均",
                ),
                (
                    "highest",
                    "highest use",
                    "was used at any of",
                    "was used at every one of",
                    "最高",
                ),
                ("lowest", "lowest use", "was used at every one of", "was used at any of", "最低"),
            ):
                yield _made(
                    ROOM_LEFT, f"{topic} over {over}", f"{how} utilisation over {over} >= {share}",
                    (f"at least {part} of the limit {high} {last}", f"{last_zh}{zh}使用率不低于{part_zh}"),
                    (f"less than {part} of the limit {low} {last}", f"{last_zh}{zh}使用率低于{part_zh}"),
                )  # fmt: skip
    for amount in ROOM:
        much, much_zh = _money(amount)
        yield _made(
            ROOM_LEFT, "headroom", f"headroom < {amount}",
            (f"less than {much} of the limit is free now", f"目前可用额度低于{much_zh}") if amount else ("the limit is passed today", "目前超过额度"),
            (f"at least {much} of the limit is free now", f"目前可用额度不低于{much_zh}") if amount else ("the limit is not passed today", "目前未超过额度"),
        )  # fmt: skip
        yield _made(
            ROOM_LEFT, "lowest headroom", f"lowest headroom over 6 < {amount}",
            (f"less than {much} of the limit was free at any of six statements", f"六期账单中可用额度曾低于{much_zh}"),
            (f"at least {much} of the limit was free at each of six statements", f"六期账单中可用额度始终不低于{much_zh}"),
        )  # fmt: skip
    for amount in LIMITS:
        much, much_zh = _money(amount)
        yield _made(
            ROOM_LEFT, "limit", f"credit_limit <= {amount}",
            (f"the limit is at most {much}", f"额度不超过{much_zh}"),
            (f"the limit is over {much}", f"额度超过{much_zh}"),
        )  # fmt: skip


def _charges() -> Iterator[Candidate]:
    for over in (1, 2, 3, 5):
        last, last_zh = _months(over)
        total = "amount_added" if over == 1 else f"total amount_added over {over}"
        for share in ADDED:
            part, part_zh = _percent(share)
            yield _made(
                USE, f"added of limit over {over}", f"{total} < {share} of credit_limit",
                (f"less than {part} of the limit was newly charged in {last}", f"{last_zh}新增款项不足额度的{part_zh}"),
                (f"{part} of the limit or more was newly charged in {last}", f"{last_zh}新增款项达到额度的{part_zh}"),
            )  # fmt: skip
            if over > 1:
                yield _made(
                    USE, f"largest added over {over}", f"amount_added < {share} of credit_limit for {over} periods",
                    (f"less than {part} of the limit was newly charged in every one of {last}", f"{last_zh}每月新增款项均不足额度的{part_zh}"),
                    (f"{part} of the limit or more was newly charged in any of {last}", f"{last_zh}中至少一个月新增款项达到额度的{part_zh}"),
                )  # fmt: skip
        for share in ADDED_OF_BALANCE:
            part, part_zh = _percent(share)
            yield _made(
                USE, f"added of balance over {over}",
                f"{total} < {share} of carried_balance" if over == 1 else f"{total} < {share} of total carried_balance over {over}",
                (f"less than {part} of the balance was newly charged in {last}", f"{last_zh}新增款项不足余额的{part_zh}"),
                (f"{part} of the balance or more was newly charged in {last}", f"{last_zh}新增款项达到余额的{part_zh}"),
            )  # fmt: skip


def _debt() -> Iterator[Candidate]:
    for topic, reading, words, words_zh in (
        ("owed now", "statement_balance", "is owed now", "目前余额"),
        ("owed on average", "mean statement_balance over 6", "was owed on average over six statements", "六期账单平均余额"),
    ):  # fmt: skip
        for amount in OWED:
            much, much_zh = _money(amount)
            says = (f"at least {much} {words}", f"{words_zh}不低于{much_zh}")
            other = (f"less than {much} {words}", f"{words_zh}低于{much_zh}")
            yield _made(USE, topic, f"{reading} >= {amount}", says, other, why=OWES)
        for amount in IN_USE:
            much, much_zh = _money(amount)
            says = (f"less than {much} {words}", f"{words_zh}低于{much_zh}")
            other = (f"at least {much} {words}", f"{words_zh}不低于{much_zh}")
            yield _made(USE, topic, f"{reading} < {amount}", says, other, only_beside_others=True)


def card_candidates() -> list[Candidate]:
    """Every candidate, each once."""
    made = (*_lateness(), *_payments(), *_use_of_the_limit(), *_charges(), *_debt())
    return list({str(each.when): each for each in made}.values())
