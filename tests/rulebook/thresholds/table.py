"""Every case, by the name of its file."""

from __future__ import annotations

from datetime import date
from typing import Final

from tests.rulebook.thresholds.china import cards_of_china, china, floors_of_china, older_china
from tests.rulebook.thresholds.elsewhere import (
    bahrain,
    basel,
    brazil,
    charged_off,
    delays_of_brazil,
    homes,
    stages,
)
from tests.rulebook.thresholds.europe import union
from tests.rulebook.thresholds.india import base_layer, india
from tests.rulebook.thresholds.kingdom import companies_of_the_kingdom, persons_of_the_kingdom

__all__ = ["CASES"]

CASES: Final = {
    "basel-npe": [*basel()],
    "bh-cbb": [*bahrain()],
    "br-352-c1": [*delays_of_brazil()],
    "br-352-c2": [*delays_of_brazil()],
    "br-352-c3": [*delays_of_brazil()],
    "br-352-c4": [*delays_of_brazil()],
    "br-352-c5": [*delays_of_brazil()],
    "br-4966": [*brazil()],
    "cn-card": [*cards_of_china()],
    "cn-loan": [*china()],
    "cn-loan-floors": [*floors_of_china()],
    "cn-loan-2007": [*older_china()],
    "eu-default-other": [*union("500", "500.01")],
    "eu-default-retail": [*union("100", "100.01")],
    "ifrs9": [*stages()],
    "in-nbfc-base": [*base_layer()],
    "in-sma": [*india()],
    "uk-default-other": [*companies_of_the_kingdom()],
    "uk-default-retail": [*persons_of_the_kingdom()],
    "us-ffiec-closed-end": [*charged_off(date(2024, 7, 29))],
    "us-ffiec-open-end": [*charged_off(date(2024, 9, 27))],
    "us-ffiec-residential": [*homes()],
}
