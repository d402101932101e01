"""The words of ageing tables, in two languages.

The one idea: a bucket is named as its readers name it, and money that seems out of place is explained.
"""

from __future__ import annotations

from typing import Final

from delinquency.buckets import Bucket
from delinquency.counting.rule import CountName

__all__ = ["FOOTNOTES", "HEADS", "HISTORY_HEADS", "TOTAL", "named"]

HISTORY_HEADS: Final = {"en": ("date", "arrears"), "zh": ("日期", "逾期金额")}
HEADS: Final = {
    "en": ("bucket", "accounts", "accounts %", "arrears", "exposure", "exposure %"),
    "zh": ("级别", "户数", "户数占比", "逾期金额", "风险敞口", "敞口占比"),
}
TOTAL: Final = {"en": "total", "zh": "合计"}
FOOTNOTES: Final = {
    CountName.DELINQUENT_DAYS: {
        "en": "Arrears of {bucket} accounts: suspended, within grace, or tolerated.",
        "zh": "“{bucket}”账户的逾期金额：暂停计数、宽限期内或容差以内。",
    },
    CountName.DAYS_PAST_DUE: {
        "en": "Arrears of {bucket} accounts: tolerated.",
        "zh": "“{bucket}”账户的逾期金额：容差以内。",
    },
    CountName.MATERIAL_DAYS_PAST_DUE: {
        "en": "Arrears of {bucket} accounts: not material, or suspended.",
        "zh": "“{bucket}”账户的逾期金额：未达重要性门槛，或暂停计数。",
    },
}
"""Why accounts of no day of a count can have arrears; months and payments say nothing of it."""


def named(bucket: Bucket, lang: str) -> str:
    """A bucket as a table names it: by its code, in Chinese by its label where it has one."""
    return bucket.text(lang) if lang == "zh" else bucket.code
