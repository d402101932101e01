"""From an account to a draft: what is owed at the start of the day of a plan.

The one idea: the ledger at the close of the day before, with interest and penalty earned on the days before
the plan, is all that there is; nothing is estimated.
"""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from delinquency.amounts import from_minor
from delinquency.calendar import day_number, to_date
from delinquency.daycount import year_fraction
from delinquency.errors import InvalidValueError
from delinquency.ledger.running_interest import contract_periods, interest_to_come
from delinquency.obligations import DebtKind
from delinquency.replaying import replay_version
from delinquency.restructuring.draft import FEES, INTEREST, PRINCIPAL, Draft, PastDebt
from delinquency.restructuring.new_rows import NewRow
from delinquency.restructuring.plan_checks import check_day, check_facts, check_penalty
from delinquency.rounding import div_half_up

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from delinquency.account import Account
    from delinquency.calendar import Day
    from delinquency.daycount import DayCount
    from delinquency.ledger import Ledger
    from delinquency.obligations import Obligation
    from delinquency.policy import Policy
    from delinquency.restructuring.carried import Carried
    from delinquency.restructuring.plan import RestructuringPlan

__all__ = [
    "EarnedBy",
    "draft_of",
    "draft_owing",
    "dues_of",
    "earned_in",
    "ledger_before",
    "rows_to_come",
]


_IN_ADVANCE: Final = (
    "As much interest was paid in advance as is owed: pay it back, and close the account."
)


class EarnedBy(NamedTuple):
    """What of the interest of a row was earned by a day of its period, where it is not earned evenly."""

    day: Day
    amount: int
    """[minor units]"""


def ledger_before(
    account: Account,
    plan: RestructuringPlan,
    *,
    as_of: date,
    version: Policy,
    known_on: date | None,
    follows: bool = False,
) -> Ledger:
    """The ledger of an account at the close of the day before a plan, penalty accrued.

    ``follows``: whether an earlier plan is known, whose rows may stand in the schedule.

    Raises
    ------
    InvalidValueError, PolicyError
        As the checks of a plan; an empty plan may be put to any account.
    """
    check_day(account, plan, as_of)
    if plan.measures:
        day = day_number(plan.effective_on, where="restructuring plan", field="effective_on")
        check_facts(account, plan, day, follows=follows)
        check_penalty(version)
    return replay_version(
        account,
        as_of=plan.effective_on - timedelta(days=1),
        version=version,
        known_on=known_on,
        accrues_penalty=True,
    )


def draft_of(
    ledger: Ledger,
    day: Day,
    day_count: DayCount | None,
    carried: Mapping[Day, Carried] = MappingProxyType({}),
    earned_by: Mapping[Day, EarnedBy] = MappingProxyType({}),
) -> Draft:
    """The draft of a plan that changes nothing yet.

    Parameters
    ----------
    ledger : Ledger
        At the close of the day before ``day``, penalty accrued.
    day : int
    day_count : DayCount or None
        By which interest of the running period is earned; ``None``: by actual days.
    carried : mapping of int to Carried
        What rows to come carry of an earlier plan: what it spread goes on in equal parts, and what was
        earned before it is earned.
    earned_by : mapping of int to EarnedBy
        By due day, what was earned of a row when its interest was changed; the rest is earned from there on.
    """
    debts, opened, spread, earned_before = _without_carried(ledger, day, carried)
    past: list[PastDebt] = []
    principal = unpaid_interest = 0
    fees: list[tuple[Day, int]] = []
    beside = [0, 0, 0, 0]
    dues: set[Day] = set()
    for place, (debt, row) in enumerate(zip(debts, opened, strict=True)):
        if not ledger.is_in_force(debt):
            continue
        if any(ledger.open_rows[place]) and debt.due_day >= day and not debt.kind:
            dues.add(debt.due_day)
        is_row = debt.kind == DebtKind.INSTALMENT
        if debt.due_day < day or not is_row:
            if debt.due_day >= day:
                beside = [sum(pair) for pair in zip(beside, row, strict=True)]
            elif any(row):
                past.append(
                    PastDebt(place, debt.due_day, is_row, list(row), _charge_id(ledger, debt))
                )
            continue
        principal += row[PRINCIPAL]
        unpaid_interest += row[INTEREST]
        if row[FEES]:
            fees.append((debt.due_day, row[FEES]))
    earned, paid = interest_to_come(
        debts,
        opened,
        None if ledger.swept is None else ledger.moves.settled,
        originated_day=ledger.account.originated_day,
        day=day,
        stated=_earned(ledger, debts, day, day_count, earned_by),
    )
    # A row due on the day itself has earned all its interest.
    due_today = sum(
        row[INTEREST]
        for debt, row in zip(debts, opened, strict=True)
        if debt.kind == DebtKind.INSTALMENT and debt.due_day == day and ledger.is_in_force(debt)
    )
    owed = earned - paid + due_today
    accrual = ledger.accrual
    past.sort(key=lambda debt: (debt.due_day, debt.place))
    return Draft(
        day=day,
        past=past,
        principal=principal,
        earned=owed + earned_before,
        unearned=unpaid_interest - owed,
        fees=fees,
        beside=beside,
        unposted=0 if accrual is None else accrual.total(day) - accrual.posted_in_all(),
        dues=sorted(dues),
        spread=spread,
    )


def _without_carried(
    ledger: Ledger, day: Day, carried: Mapping[Day, Carried]
) -> tuple[Sequence[Obligation], Sequence[Sequence[int]], list[int], int]:
    """Debts and what is open of them less what rows to come carry; that: spread by component, and earned.

    Money that was paid in advance is of what a row asks for by itself first.
    """
    if not carried:
        return ledger.obligations, ledger.open_rows, [0, 0, 0, 0], 0
    debts: list[Obligation] = []
    opened: list[Sequence[int]] = []
    spread, earned_before = [0, 0, 0, 0], 0
    for debt, row in zip(ledger.obligations, ledger.open_rows, strict=True):
        is_row = not debt.kind and debt.due_day >= day and ledger.is_in_force(debt)
        part = carried.get(debt.due_day) if is_row else None
        if part is None:
            debts.append(debt)
            opened.append(row)
            continue
        principal, interest = min(part.principal, row[PRINCIPAL]), min(part.interest, row[INTEREST])
        spread[PRINCIPAL] += principal
        earned = min(part.earned, row[INTEREST] - interest)
        spread[INTEREST] += interest
        earned_before += earned
        debts.append(debt._replace(interest=debt.interest - part.all_interest))
        left = row[INTEREST] - interest - earned
        opened.append([row[PRINCIPAL] - principal, left, *row[2:]])
    return debts, opened, spread, earned_before


def dues_of(ledger: Ledger) -> list[Day]:
    """Every due date of the schedule in force, once."""
    return sorted(
        {
            debt.due_day
            for debt in ledger.obligations
            if not debt.kind and ledger.is_in_force(debt) and any(debt[5:9])
        }
    )


def rows_to_come(ledger: Ledger, day: Day) -> list[NewRow]:
    """What is open of the rows to come, by due date."""
    found: dict[Day, list[int]] = {}
    for debt, row in zip(ledger.obligations, ledger.open_rows, strict=True):
        if not debt.kind and debt.due_day >= day and ledger.is_in_force(debt):
            sums = found.setdefault(debt.due_day, [0, 0, 0, 0])
            for column in range(4):
                sums[column] += row[column]
    return [NewRow(due, *amounts) for due, amounts in sorted(found.items()) if any(amounts)]


def draft_owing(
    ledger: Ledger,
    day: Day,
    day_count: DayCount | None,
    carried: Mapping[Day, Carried] = MappingProxyType({}),
) -> Draft:
    """:func:`draft_of` of an account that owes something.

    Raises
    ------
    InvalidValueError
        Nothing is open; more interest was paid in advance than is owed.
    """
    draft = draft_of(ledger, day, day_count, carried)
    owed = draft.owed()
    if sum(owed) <= 0:
        in_advance = any(owed)
        whole = from_minor(sum(owed), ledger.account.currency)
        raise InvalidValueError.at(
            "restructuring plan",
            expected="an account that owes something",
            found=f"{whole}, interest paid in advance taken off" if in_advance else "nothing open",
            hint=_IN_ADVANCE if in_advance else "",
        )
    return draft


def _charge_id(ledger: Ledger, debt: Obligation) -> str:
    return ledger.account.charges[debt.charge_no - 1].charge_id if debt.charge_no else ""


def _earned(
    ledger: Ledger,
    debts: Sequence[Obligation],
    day: Day,
    day_count: DayCount | None,
    earned_by: Mapping[Day, EarnedBy],
) -> int:
    """The interest of the running period that is earned by a day, half up [minor units]."""
    for place, start in contract_periods(debts, ledger.account.originated_day, day):
        if debts[place].due_day > day:
            return earned_in(debts[place], start, day, day_count, earned_by)
    return 0


def earned_in(
    debt: Obligation,
    start: Day,
    day: Day,
    day_count: DayCount | None,
    earned_by: Mapping[Day, EarnedBy],
) -> int:
    """The interest of a period ``[start, due)`` that is earned by a day of it, half up [minor units].

    By actual days where no day count is said.
    """
    begun = earned_by.get(debt.due_day, EarnedBy(start, 0))
    if begun.day >= day:
        return begun.amount
    rest = debt.interest - begun.amount
    if day_count is None:
        return begun.amount + div_half_up(rest * (day - begun.day), debt.due_day - begun.day)
    days = [to_date(each) for each in (begun.day, day, debt.due_day)]
    whole = year_fraction(days[0], days[2], day_count=day_count)
    if not whole:
        return begun.amount
    part = Fraction(year_fraction(days[0], days[1], day_count=day_count), whole)
    return begun.amount + div_half_up(rest * part.numerator, part.denominator)
