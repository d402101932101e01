"""Penalty as it accrues: facts in, minor units and their lines out.

A ledger learns what is open as it goes, asks what has accrued before each payment, and must not owe a cent
more for asking. The one idea: posted by a day is what has accrued by that day, rounded once, less what was
posted before; nothing that is asked is remembered, so splitting, asking and the order within a day change
nothing.

Days are numbers since 1970-01-01 here, amounts minor units, of an account at most 10**15 together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from delinquency.amounts import check_sum
from delinquency.calendar import Day
from delinquency.currency import Currency
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.penalty.account_room import AccountRoom
from delinquency.penalty.bearing_runs import Measure
from delinquency.penalty.conventions import PenaltyBase, RoundingGrain
from delinquency.penalty.daily_rates import Waiver, daily_rates
from delinquency.penalty.debts import (
    Amounts,
    Debt,
    bearing_columns,
    check_day,
    checked_amounts,
    new_debt,
)
from delinquency.penalty.listing import list_segments
from delinquency.penalty.outstanding import OutstandingPrincipal
from delinquency.penalty.owed import OwedPenalty
from delinquency.penalty.segments import AccrualSegment, BoundCap
from delinquency.penalty.steps import Span
from delinquency.penalty.terms import PenaltyTerms
from delinquency.rates import Rate
from delinquency.whole_numbers import check_int

__all__ = ["PenaltyAccrual"]


class PenaltyAccrual:
    """The penalty of one account under its terms.

    A debt is named by its place, its number in the order in which the debts of the account rank. Facts
    of a debt come in order of days; several of one day count as the last leaves them, at the close. A fact
    that comes late restates the past: make a new accrual and feed it anew.

    Parameters
    ----------
    terms : PenaltyTerms
    currency : Currency
    contract_rates : sequence of tuple of int and Rate
        The contract rate by the day from which it holds; asked for by ``ContractMultiple``.
    contract_day : int, optional
        Asked for by a cap that is a multiple of a reference rate [days since 1970-01-01].
    misused : sequence of tuple of int and int
        ``[start, end)`` while the money is not used as agreed; an end of 2**31 - 1 is open.
    waived : sequence of tuple of int, int and Proportion
        ``[start, end)`` and the share of the accrual of those days that is not owed.
    suspended : sequence of tuple of int and int
        ``[start, end)`` in which nothing accrues; late days go on.
    interest_accrued : callable, optional
        The contract interest accrued by a day, ever the same for it [minor units]; for an annual cap.

    Raises
    ------
    InvalidTypeError, InvalidValueError
        Wrong types; what the terms need and do not find; spans that overlap; a penalty rate finer than 1e-8.

    Examples
    --------
    100,000.00 of principal and 500.00 of interest, 30 days late at 1.5 × 6 %:

    >>> from delinquency.daycount import DayCount
    >>> from delinquency.penalty.conventions import Compounding, Posting
    >>> from delinquency.penalty.rate_rules import ContractMultiple
    >>> terms = PenaltyTerms(rate=ContractMultiple("1.5"), base=PenaltyBase.OVERDUE_PRINCIPAL,
    ...     compounding=Compounding.UNPAID_INTEREST, day_count=DayCount.ACT_360,
    ...     posting=Posting.ON_DEMAND, grain=RoundingGrain.INSTALMENT)
    >>> accrual = PenaltyAccrual(terms, Currency.of("CNY"), contract_rates=[(0, Rate.per_year("0.06"))])
    >>> accrual.open_debt(0, 20000, (10_000_000, 50_000, 0, 0))
    >>> accrual.accrued(0, 20000), accrual.accrued(0, 20001), accrual.accrued(0, 20030)
    (0, 2513, 75375)
    >>> for line in accrual.segments(20030):
    ...     print(line)
    Debt 0: [2024-10-04, 2024-11-03) × 100,000.00 × 9 % a year × 30/360 = 750.00 CNY.
    Debt 0, on unpaid interest: [2024-10-04, 2024-11-03) × 500.00 × 9 % a year × 30/360 = 3.75 CNY.

    Posted in two parts, and paid:

    >>> accrual.post(0, 20007), accrual.post(0, 20030)
    (17588, 57787)
    >>> accrual.change(0, 20030, (0, 0, 0, 0))
    >>> accrual.accrued(0, 20100)
    75375
    """

    __slots__ = (
        "_bases",
        "_currency",
        "_debts",
        "_is_outstanding",
        "_measure",
        "_open",
        "_outstanding",
        "_owed",
        "_posted",
        "_rates",
        "_room",
        "_terms",
    )

    def __init__(
        self,
        terms: PenaltyTerms,
        currency: Currency,
        *,
        contract_rates: Sequence[tuple[Day, Rate]] = (),
        contract_day: Day | None = None,
        misused: Sequence[Span] = (),
        waived: Sequence[Waiver] = (),
        suspended: Sequence[Span] = (),
        interest_accrued: Callable[[Day], int] | None = None,
    ) -> None:
        if not isinstance(terms, PenaltyTerms):
            raise InvalidTypeError.at("penalty, terms", expected="PenaltyTerms", found=terms)
        self._terms = terms
        self._currency = currency
        self._rates = daily_rates(
            terms.rate,
            contract_rates=contract_rates,
            misused=misused,
            waived=waived,
            suspended=suspended,
        )
        is_daily = terms.grain is RoundingGrain.DAY
        self._measure = Measure(terms.day_count, self._rates.parts, terms.rounding, is_daily)
        self._room = AccountRoom(
            terms.caps, currency, contract_day=contract_day, interest_accrued=interest_accrued
        )
        self._bases = bearing_columns(terms)
        self._owed = OwedPenalty(terms, self._measure, self._room)
        self._outstanding = OutstandingPrincipal(terms)
        self._is_outstanding = terms.base is PenaltyBase.OUTSTANDING_PRINCIPAL
        self._debts: dict[int, Debt] = {}
        self._open = 0
        self._posted = 0

    def open_debt(self, place: int, due_day: Day, amounts: Amounts) -> None:
        """A debt falls due, now or later, and bears from that day on.

        Parameters
        ----------
        place : int
        due_day : int
        amounts : tuple of int
            Principal, interest, fees and posted penalty, open when it falls due [minor units].

        Raises
        ------
        InvalidTypeError
            Not whole numbers.
        InvalidValueError
            A place that is taken; amounts below 0, or more than 10**15 in all.
        """
        check_int(place, "penalty, place")
        where = f"penalty, debt {place}"
        if place in self._debts:
            raise InvalidValueError.at(
                where, expected="a place of its own", found="one that is taken"
            )
        check_day(due_day, where, "due_day")
        amounts = checked_amounts(amounts, where)
        check_sum(self._open + sum(amounts), where)
        debt = new_debt(place, due_day, amounts, self._terms, self._measure, self._rates)
        self._open += sum(amounts)
        self._debts[place] = debt
        self._owed.add(debt)
        self._feed(debt, due_day, amounts)

    def change(self, place: int, day: Day, amounts: Amounts) -> None:
        """From the close of a day on, these amounts of a debt are open.

        A change before the due date says with what the debt will fall due.

        Raises
        ------
        InvalidTypeError
            Not whole numbers.
        InvalidValueError
            No such debt; amounts as of :meth:`open_debt`; a day before an earlier fact of the debt or
            before days of which penalty was posted.
        """
        debt = self._debt(place)
        check_day(day)
        amounts = checked_amounts(amounts, f"penalty, debt {place}")
        more = sum(amounts) - sum(debt.open_on(max(day, debt.due_day)))
        check_sum(self._open + more, f"penalty, debt {place}")
        debt.change(day, amounts)
        self._open += more
        self._feed(debt, max(day, debt.due_day), amounts)

    def enter(self, place: int, amounts: Amounts) -> None:
        """A debt that was opened empty entered the ledger with this, before any payment of its day.

        Shares are taken of it where that is on the due date or later; :meth:`change` says what is open.

        Raises
        ------
        InvalidTypeError, InvalidValueError
            No such debt; amounts as of :meth:`open_debt`.
        """
        self._debt(place).at_due = checked_amounts(amounts, f"penalty, debt {place}")
        self._owed.forget()

    def change_outstanding(self, day: Day, amount: int) -> None:
        """From the close of a day on, this principal of the account is open, due or not.

        Asked for by the base ``OUTSTANDING_PRINCIPAL``, from the first due date on, and by an annual cap,
        from the day of the loan on.

        Raises
        ------
        InvalidTypeError
            Not whole numbers.
        InvalidValueError
            Below 0, more than 10**15, or a day before an earlier one.
        """
        self._outstanding.change(day, amount)
        self._owed.forget()
        self._room.change_outstanding(day, amount)

    def charge_all_in(self, day: Day, amount: int) -> None:
        """Interest or fees were charged on a day, and take of the room of an annual cap from it on.

        Amounts of one day add up; a negative one takes back. They come before what the day posts.

        Raises
        ------
        InvalidTypeError
            Not whole numbers.
        """
        check_day(day)
        self._owed.forget()
        self._room.charge(day, amount)

    def accrued(self, place: int, day: Day) -> int:
        """What has accrued on a debt for the days before ``day``, rounded and capped [minor units].

        Neither posting nor asking changes it.

        Raises
        ------
        InvalidTypeError
            Not whole numbers.
        InvalidValueError
            No such debt; a day that bears and that no table covers, or beyond the calendar.
        """
        debt = self._debt(place)
        self._settle(day)
        return self._owed.of(debt, day)

    def exact(self, place: int, day: Day) -> Fraction:
        """The same before rounding and caps, without what was waived [minor units]."""
        debt = self._debt(place)
        self._settle(day)
        return Fraction(self._owed.exact(debt, day), self._measure.denominator)

    def post(self, place: int, day: Day) -> int:
        """What is newly posted on a debt by a day: accrued, less what was posted before; 0 or more.

        Where a sum or a cap is the account's, the account as a whole is posted at most what it accrued;
        debts that are posted in the order in which they rank are together posted exactly that.

        Raises
        ------
        InvalidTypeError, InvalidValueError
            As :meth:`accrued`.
        """
        debt = self._debt(place)
        new = self.accrued(place, day) - debt.posted
        if new > 0 and self._owed.is_shared:
            new = min(new, sum(self._owed.by_debt(day)) - self._posted)
        debt.posted_until = max(debt.posted_until, day)
        if new <= 0:
            return 0
        debt.posted += new
        self._posted += new
        return new

    def posted(self, place: int) -> int:
        """What was posted on a debt so far [minor units]; errors as of :meth:`accrued`."""
        return self._debt(place).posted

    def posted_in_all(self) -> int:
        """What was posted so far, on all debts together [minor units]."""
        return self._posted

    def total(self, day: Day) -> int:
        """What has accrued on all debts for the days before ``day``, as :meth:`accrued`."""
        self._settle(day)
        return sum(self._owed.by_debt(day))

    def segments(self, day: Day) -> tuple[AccrualSegment, ...]:
        """The lines of the days before ``day``, by debt, first day and kind.

        Those not waived add up to :meth:`total`, and before rounding and caps to :meth:`exact`.
        """
        self._settle(day)
        return list_segments(
            self._owed.bearing(day),
            day=day,
            grain=self._terms.grain,
            measure=self._measure,
            currency=self._currency,
        )

    def bound_caps(self, day: Day) -> tuple[BoundCap, ...]:
        """The caps by which something was held back by some day up to ``day``, and since when."""
        self._settle(day)
        return tuple(self._owed.bound_caps(day))

    def _debt(self, place: int) -> Debt:
        if type(place) is not int:
            check_int(place, "penalty, place")
        debt = self._debts.get(place)
        if debt is None:
            raise InvalidValueError.at(
                "penalty, place", expected="the place of a debt that was opened", found=repr(place)
            )
        return debt

    def _feed(self, debt: Debt, day: Day, amounts: Amounts) -> None:
        self._owed.forget()
        if debt.compound is not None:
            debt.compound.set_base(day, amounts[1])
        if self._is_outstanding:
            self._outstanding.touch(day)
        else:
            debt.penalty.set_base(day, sum(amounts[column] for column in self._bases))

    def _settle(self, day: Day) -> None:
        check_day(day)
        if self._is_outstanding:
            self._outstanding.settle(self._owed.debts, day)
