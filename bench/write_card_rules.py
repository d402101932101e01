"""Write the packaged rules of early warning for cards from what was fitted on real accounts.

    python bench/write_card_rules.py
    python bench/write_card_rules.py --fit DATA FILE

The first reads ``card_rules_fitted.json`` - for each rule its points, how many of its conditions must hold,
and the conditions - puts the words of ``card_candidates.py`` to it, and writes ``card-statements.toml``.
The second fits a card anew by ``tune_rules`` on all rows of the csv file of the data set, and writes it to
another file. The packaged card was fitted on 15,000 rows by an earlier form of the search, before it was a
part of the library: its model of risks saw sums and means of the observations beside their months, and
whole rules were exchanged one by one.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import attrs
import numpy as np
from card_candidates import card_candidates

import delinquency as dq
from delinquency.back_testing.tuning import tune_rules
from delinquency.back_testing.tuning.wording import named_rules
from delinquency.citation import Citation, Modality
from delinquency.early_warning import (
    ObservationPeriod,
    WarningRule,
    WarningRules,
    rules_to_toml,
)
from delinquency.early_warning.catalogue import CATALOGUE

HERE = Path(__file__).parent
FITTED = HERE / "card_rules_fitted.json"
FILE = HERE.parent / "src" / "delinquency" / "early_warning" / "files" / "card-statements.toml"

NOTES = """
Fitted on 15,000 card accounts of one bank in Taiwan, six statements from April to September 2005, with the
outcome of October 2005: the rows with an odd ID of "Default of credit card clients" (UCI Machine Learning
Repository, data set 350; Yeh, I-C. and Lien, C-h., 2009, The comparisons of data mining techniques for the
predictive accuracy of probability of default of credit card clients, Expert Systems with Applications
36(2), 2473-2480), used under CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/); rules and points
were made from it. No age, sex, education or marriage was read. Amounts are NT$ of that time and belong to
that book: for another currency, country or decade the thresholds must be fitted anew. The conditions are
directions that a lender would sign; which of them stand together, and with which points, the fit chose.
Rules with points below 0 speak for the borrower and have no severity. The severities are a choice of this
file: orange from half of the most points.
"""

DATA = Citation(
    "Default of credit card clients (UCI data set 350, CC BY 4.0)",
    "Yeh and Lien (2009); rows with an odd ID",
    address="https://archive.ics.uci.edu/dataset/350/default+of+credit+card+clients",
    published_on=date(2009, 3, 1),
)


def card_rules(fitted: Sequence[dict[str, object]]) -> list[WarningRule]:
    """The rules, the heaviest first."""
    known = {str(each.when): each for each in card_candidates()}
    return named_rules(
        [
            (
                int(str(each["points"])),
                int(str(each["needed"])),
                [known[str(line)] for line in each["of"]],  # type: ignore[attr-defined]
            )
            for each in fitted
        ],
        CATALOGUE,
    )


def with_words(rules: Sequence[WarningRule]) -> WarningRules:
    """The rules with their source, and what a reader should know of them."""
    return WarningRules(
        name="card-statements",
        title="Cards by six statements: a score of whole points, fitted on real accounts",
        title_zh="信用卡六期账单评分：依据真实账户拟合的整数分值",
        jurisdiction="TW",
        currency=dq.Currency.of("TWD"),
        period=ObservationPeriod.STATEMENT,
        notes=NOTES,
        rules=[attrs.evolve(rule, citations=(DATA,), modality=Modality.EVIDENCE) for rule in rules],
    )


def text_of_the_file() -> str:
    return rules_to_toml(with_words(card_rules(json.loads(FITTED.read_text(encoding="utf-8")))))


def fitted_anew(data: Path) -> list[WarningRule]:
    """A card of all accounts of a csv file."""
    import pandas as pd

    rows = pd.read_csv(data)
    tuned = tune_rules(
        dq.frames.read_statements(rows),
        dq.Outcomes.of_flags(
            rows["DEFAULT"], watched_until=date(2005, 10, 31), account_id=rows["ID"].astype(str)
        ),
        days=31,
        candidates=card_candidates(),
        period=ObservationPeriod.STATEMENT,
        fit_on=np.ones(len(rows), dtype=np.bool_),
    )
    return [each.rule for each in tuned.rules.rules]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--fit", nargs=2, type=Path, metavar=("DATA", "FILE"))
    asked = parser.parse_args()
    if asked.fit:
        data, file = asked.fit
        dq.save_warning_rules(with_words(fitted_anew(data)), file)
    else:
        file = FILE
        file.write_text(text_of_the_file(), encoding="utf-8", newline="\n")
    print(f"{file.name} is written")


if __name__ == "__main__":
    main()
