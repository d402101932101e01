"""The table: each example, by what the library is asked, and who answers.

A row reads: under these rules this question was put, and the figures are those of the function.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from tests.vectors.worked_examples import america, china, elsewhere, europe, india, several

__all__ = ["TABLE", "Row"]


class Row(NamedTuple):
    """The policy or verb that answers, and the answers by the name of each published figure."""

    by: str
    answers: Callable[[Mapping[str, Any]], Mapping[str, object]]

    @property
    def question(self) -> str:
        """What is asked, in words."""
        return (self.answers.__doc__ or "").strip()


TABLE: Final = MappingProxyType(
    {
        "WE-01": Row("in-sma", india.day_end_timeline),
        "WE-02": Row("six policies", several.one_due_date),
        "WE-03": Row("MBA and OTS months", america.mba_and_ots),
        "WE-04": Row("OTS months", america.ots),
        "WE-05": Row("eu-default-retail", europe.probation),
        "WE-06": Row("eu-default-retail", europe.second_measure),
        "WE-07": Row("record_hidden_by", china.credit_repair),
        "WE-08": Row("judgment_interest", china.doubled_part),
        "WE-09": Row("penalty_interest", china.overdue_interest),
        "WE-10": Row("cn-card", china.card_payment),
        "WE-11": Row("cn-loan", china.observation),
        "WE-12": Row("diminished_share, eu-default-retail", europe.longer_and_cheaper),
        "WE-13": Row("eu-default-retail", europe.both_limbs),
        "WE-14": Row("br-352-c1 to br-352-c5", elsewhere.provisions_by_months),
        "WE-16": Row("cn-loan", china.cure),
        "WE-17": Row("ReferenceMultiple", china.four_times_the_reference_rate),
        "WE-18": Row("annualised_cost_of_balances", china.simple_rate_of_a_year),
        "WE-19": Row("days past due", america.rolling_delinquency),
        "WE-20": Row("payments in arrears", america.partial_payments),
        "WE-21": Row("us-card-safe-harbour", america.cap_of_a_late_fee),
        "WE-22": Row("us-card-safe-harbour", america.one_fee_a_due_date),
        "WE-23": Row("us-card-safe-harbour", america.late_or_returned),
        "WE-24": Row("diminished_share, eu-default-retail", europe.deferred),
        "WE-25": Row("OTS months, instalment_ages", america.closed_end_table),
        "WE-26": Row("penalty_interest", europe.high_cost_credit),
        "WE-27": Row("eu-default-retail", europe.ninety_consecutive_days),
        "NPA-01": Row("in-sma, assess_obligor", india.every_loan_of_a_customer),
        "RES-01": Row("in-sma", india.changed_before_npa),
        "RES-03": Row("in-sma", india.changed_after_npa),
        "RES-05": Row("restructure", india.charge_by_charge),
        "MET-01": Row("us-metro2, metro2_status", america.statuses_by_days),
        "MET-02": Row("us-metro2, metro2_status", america.history_profile),
        "suryoday-upgrade": Row("in-sma", india.upgrade),
        "suryoday-borrower-level": Row("in-sma, assess_obligor", india.all_facilities),
        "ffiec-rccp-chargeoff": Row("us-ffiec-closed-end, us-ffiec-open-end", america.charge_off),
        "zeb-2y-deferral": Row("diminished_share", europe.two_years_at_five_percent),
        "eu-2018-171-materiality": Row(
            "eu-default-retail, eu-default-other", europe.thresholds_of_materiality
        ),
    }
)
"""By published id."""
