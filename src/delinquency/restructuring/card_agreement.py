"""An individual instalment agreement for a card: what is agreed, and what an article asks of it.

The one idea: what the article demands is a field that must be given; what it allows at most is refused beyond
it, with the article.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final, TypeAlias

import attrs

from delinquency.calendar import Day, add_months_day, day_number, to_date
from delinquency.choices import checked_member, members_of
from delinquency.citation import Citation
from delinquency.daycount import DayCount
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.frequency import Frequency
from delinquency.identifiers import check_id
from delinquency.rates import Rate
from delinquency.restructuring.amount_measures import ArrearsWaiver, Capitalisation, Forgiveness
from delinquency.restructuring.measure_checks import check_rate
from delinquency.restructuring.rhythm import Rhythm
from delinquency.restructuring.term_measures import ReAgeing
from delinquency.sequences import checked_tuple

__all__ = ["ARTICLE_70", "MOST_MONTHS", "CardAgreement"]

ARTICLE_70: Final = Citation(
    "Measures for the Supervision of Credit Card Business of Commercial Banks (CBRC Order 2011 No. 2)",
    "Article 70",
    title_zh="商业银行信用卡业务监督管理办法",
)
"""The article that allows such an agreement and says what is in it."""

MOST_MONTHS: Final = 60
"""The longest term by the article, from the day of the agreement to the last due date [months]."""

_AmountMeasure: TypeAlias = ArrearsWaiver | Forgiveness | Capitalisation

_NEEDED = (
    ("beyond_capacity", "a debt beyond what the holder can pay"),
    ("willing", "a holder who is willing to pay"),
    ("promises_no_new_cards", "a promise to apply for no card until it is settled"),
)
_SAID = ("accrues_annual_fee", "accrues_interest", "accrues_other_fees", "is_oral")
_WHERE = "card agreement"


def _measures(items: Iterable[_AmountMeasure]) -> tuple[_AmountMeasure, ...]:
    kinds = (ArrearsWaiver, Forgiveness, Capitalisation)
    return checked_tuple(items, kinds, f"{_WHERE}, measure")


@attrs.frozen(slots=True, kw_only=True)
class CardAgreement:
    """All that is owed on a card is paid in equal parts of principal (个性化分期还款协议).

    Parameters
    ----------
    account_id : str
        Of the account that owes the instalments.
    effective_on : date
        From the start of this day it holds; what was paid before it is in it.
    instalments : int
        Each repays an equal part of the principal, the last one the rest of rounding.
    first_due_on : date
        On or after ``effective_on``.
    frequency : Frequency, default MONTHLY
    annual_rate : Rate, optional
        What the principal bears; default none.
    day_count : DayCount, optional
        Needed beside a rate above 0.
    measures : sequence of ArrearsWaiver, Forgiveness or Capitalisation, optional
        What is waived, forgiven or made principal before. The rest of interest, fees and penalty is paid in
        equal parts and bears nothing.
    beyond_capacity, willing : bool
        Whether the debt is beyond what the holder can pay, and the holder still willing; both are needed.
    promises_no_new_cards : bool
        That the holder applies for no card of any bank until it is settled; needed.
    accrues_annual_fee, accrues_interest, accrues_other_fees : bool
        Whether each is charged while the agreement runs. Interest, exactly where there is a rate.
    rights_and_duties, breach_terms : str
        Of both parties, and what follows from a breach, in the words of the agreement.
    other_terms : str, default ``""``
    is_oral : bool, default False
    recording_id : str, optional
        The recording of an oral agreement, which is kept at least until the debt is settled; needed for one,
        and for no other.

    Raises
    ------
    InvalidTypeError
        Wrong types; a ``datetime`` for a ``date``.
    InvalidValueError
        What the article needs is not given; a last due date more than 60 months after ``effective_on``; a
        first one before it; a rate that contradicts ``accrues_interest``, or without a day count.

    References
    ----------
    商业银行信用卡业务监督管理办法 (CBRC Order 2011 No. 2), Article 70.

    Examples
    --------
    Sixty months from 10 March 2025 end on 10 March 2030:

    >>> def agreed(first, count):
    ...     return CardAgreement(account_id="P-1", effective_on=date(2025, 3, 10), instalments=count,
    ...         first_due_on=first, beyond_capacity=True, willing=True, promises_no_new_cards=True,
    ...         accrues_annual_fee=False, accrues_interest=False, accrues_other_fees=False,
    ...         rights_and_duties="as in the contract of the card", breach_terms="all falls due")
    >>> agreed(date(2025, 4, 10), 60).last_due_on
    datetime.date(2030, 3, 10)
    >>> agreed(date(2025, 4, 11), 60)
    Traceback (most recent call last):
    ...
    delinquency.errors.InvalidValueError: card agreement, instalments: expected a last due date on or before \
2030-03-10, found 2030-03-11. Hint: Measures for the Supervision of Credit Card Business of Commercial Banks \
(CBRC Order 2011 No. 2), Article 70: at most 60 months.
    """

    account_id: str
    effective_on: date
    instalments: int
    first_due_on: date
    frequency: Frequency = Frequency.MONTHLY
    annual_rate: Rate | None = None
    day_count: DayCount | None = None
    measures: tuple[_AmountMeasure, ...] = attrs.field(default=(), converter=_measures)
    beyond_capacity: bool
    willing: bool
    promises_no_new_cards: bool
    accrues_annual_fee: bool
    accrues_interest: bool
    accrues_other_fees: bool
    rights_and_duties: str
    breach_terms: str
    other_terms: str = ""
    is_oral: bool = False
    recording_id: str | None = None

    def __attrs_post_init__(self) -> None:
        check_id(self.account_id, where=f"{_WHERE}, account_id")
        self._check_conditions()
        self._check_texts()
        self._check_interest()
        self._check_dates()

    @property
    def re_ageing(self) -> ReAgeing:
        """The instalments as a measure."""
        return ReAgeing(self.instalments, self.first_due_on, self.frequency)

    @property
    def last_due_on(self) -> date:
        """The last due date."""
        measure = self.re_ageing
        first = day_number(measure.first_due_on, where=_WHERE, field="first_due_on")
        rhythm = Rhythm(first, measure.frequency.months, measure.frequency.days)
        return to_date(rhythm.after(first, measure.instalments - 1))

    def _check_conditions(self) -> None:
        for field in (*(name for name, _ in _NEEDED), *_SAID):
            value: object = getattr(self, field)
            if not isinstance(value, bool):
                raise InvalidTypeError.at(
                    f"{_WHERE}, {field}", expected="True or False", found=value
                )
        for field, wanted in _NEEDED:
            if not getattr(self, field):
                raise InvalidValueError.at(
                    f"{_WHERE}, {field}", expected=wanted, found="none", hint=f"{ARTICLE_70}."
                )

    def _check_texts(self) -> None:
        for field in ("rights_and_duties", "breach_terms", "other_terms"):
            value: object = getattr(self, field)
            if not isinstance(value, str):
                raise InvalidTypeError.at(f"{_WHERE}, {field}", expected="a text", found=value)
            if field != "other_terms" and not value.strip():
                raise InvalidValueError.at(
                    f"{_WHERE}, {field}", expected="a text", found="none", hint=f"{ARTICLE_70}."
                )
        if self.recording_id is not None:
            check_id(self.recording_id, where=f"{_WHERE}, recording_id")
        if self.is_oral is (self.recording_id is None):
            raise InvalidValueError.at(
                f"{_WHERE}, recording_id",
                expected="the recording of an oral agreement, and of no other",
                found="none" if self.is_oral else repr(self.recording_id),
                hint=f"{ARTICLE_70}: it is kept at least until the debt is settled.",
            )

    def _check_interest(self) -> None:
        if self.day_count is not None:
            checked_member(self.day_count, DayCount, f"{_WHERE}, day_count")
        if self.annual_rate is not None:
            check_rate(self.annual_rate, _WHERE)
        bears = self.annual_rate is not None and self.annual_rate.scaled > 0
        if bears is not self.accrues_interest:
            if self.accrues_interest:
                raise InvalidValueError.at(
                    f"{_WHERE}, annual_rate",
                    expected="a rate above 0, because accrues_interest=True",
                    found="none" if self.annual_rate is None else str(self.annual_rate),
                    hint='Write annual_rate=Rate.per_year("0.06"), or accrues_interest=False.',
                )
            raise InvalidValueError.at(
                f"{_WHERE}, accrues_interest",
                expected="True, because annual_rate is above 0",
                found="False",
            )
        if bears and self.day_count is None:
            raise InvalidValueError.at(
                f"{_WHERE}, day_count",
                expected="a day count, by which the interest is reckoned",
                found="none",
                hint=members_of(DayCount),
            )

    def _check_dates(self) -> None:
        last = self.last_due_on
        start = day_number(self.effective_on, where=_WHERE, field="effective_on")
        if self.first_due_on < self.effective_on:
            raise InvalidValueError.at(
                f"{_WHERE}, first_due_on",
                expected=f"a day on or after effective_on {self.effective_on}",
                found=str(self.first_due_on),
            )
        most: Day = add_months_day(start, MOST_MONTHS)
        if day_number(last, where=_WHERE, field="last_due_on") > most:
            raise InvalidValueError.at(
                f"{_WHERE}, instalments",
                expected=f"a last due date on or before {to_date(most)}",
                found=str(last),
                hint=f"{ARTICLE_70}: at most {MOST_MONTHS} months.",
            )
