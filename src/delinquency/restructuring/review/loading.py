"""Rules for plans from files: the packaged ones by name, one's own by path.

The one idea: a file is read key by key, so that a slip of the pen is told with its line and never a silent
default.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from delinquency.account import Product, Segment
from delinquency.citation import Citation, Modality, Verification
from delinquency.cited_tables import CitedFolder, citations_of, cited, verification_of
from delinquency.restructuring.review.concessions import Concession, ModificationType, RateCut
from delinquency.restructuring.review.facts import DifficultyGround
from delinquency.restructuring.review.kinds import PlanTestKind
from delinquency.restructuring.review.plan_tests import ExtensionBand, PlanClass, PlanTest
from delinquency.restructuring.review.rules import PlanRules
from delinquency.restructuring.review.status_after import StatusAfter
from delinquency.rounding import Proportion
from delinquency.validity import SelectedBy, Validity

if TYPE_CHECKING:
    from delinquency.rule_files.tables import Table

__all__ = ["available_plan_rules", "load_plan_rules"]

E = TypeVar("E", bound=Enum)

_FILES: Final = CitedFolder("delinquency.restructuring.review", "files", "rules for plans")

_RENAMED: Final = {"test_id": "id", "citations": "cites", "validity": "effective_from"}
"""Fields of a test as files call them."""


def available_plan_rules() -> tuple[str, ...]:
    """The names of the packaged rules, in order.

    Examples
    --------
    >>> "cn-plan" in available_plan_rules()
    True
    """
    return _FILES.names()


def load_plan_rules(name: str | Path) -> PlanRules:
    """Packaged rules by name, or a file of one's own by path (``.toml``, in UTF-8).

    Parameters
    ----------
    name : str or Path
        A text that ends in ``.toml`` is a path.

    Raises
    ------
    InvalidTypeError
        Neither a text nor a path.
    PolicyError
        No such rules, or a file that contradicts itself; the message names the file, the line and the key.

    Examples
    --------
    >>> rules = load_plan_rules("us-reg-x-plan")
    >>> for test in rules.tests:
    ...     print(test.test_id, test.months, test.citations[0])
    us_reg_x_arrears_months 3 12 CFR Part 1024 (Regulation X), 1024.41(c)(2)(iii)
    us_reg_x_arrears_term 6 12 CFR Part 1024 (Regulation X), 1024.41(c)(2)(iii)
    """
    table = _FILES.open(name)
    head = table.take_name("id")
    title, title_zh = table.take("title", str, ""), table.take("title_zh", str, "")
    jurisdiction, notes = table.take("jurisdiction", str, ""), table.take("notes", str, "")
    table.take_date("verified_on")
    known, level = citations_of(table), verification_of(table)
    statuses = [_status(each, known) for each in table.take_optional_tables("status")]
    tests = [_test(each, known, level) for each in table.take_tables("test")]
    table.close()
    with table.telling(of=f"plan rules {head!r}", renamed={"name": "id"}):
        return PlanRules(
            name=head,
            tests=tests,
            statuses_after=statuses,
            title=title,
            title_zh=title_zh,
            jurisdiction=jurisdiction,
            notes=" ".join(notes.split()),
        )


def _status(table: Table, known: Mapping[str, Citation]) -> StatusAfter:
    with table.telling(of="status after a plan"):
        status = StatusAfter(
            policy=table.take_name("policy"),
            product=table.take_optional_enum("product", Product),
            segment=table.take_optional_enum("segment", Segment),
            left_out=cited(table, known, "left_out"),
            unverified_policy=_text(table, "unverified_policy"),
        )
    table.close()
    return status


def _test(table: Table, known: Mapping[str, Citation], level: Verification | None) -> PlanTest:
    test_id = table.take_name("id")
    with table.telling(of=f"plan test {test_id!r}", renamed=_RENAMED):
        fields: dict[str, Any] = {
            "test_id": test_id,
            "kind": table.take_enum("kind", PlanTestKind),
            "modality": table.take_enum("modality", Modality),
            "validity": Validity(
                table.take_date("effective_from"),
                table.take_date("effective_until"),
                table.take_enum("selected_by", SelectedBy, SelectedBy.AS_OF),
            ),
            "product": table.take_optional_enum("product", Product),
            "segment": table.take_optional_enum("segment", Segment),
            "only_in_difficulty": table.take("only_in_difficulty", bool, default=False),
            "classes": _choices(table, "classes", PlanClass),
            "citations": cited(table, known),
            "verification": verification_of(table, level),
            "months": _number(table, "months"),
            "days": _number(table, "days"),
            "periods": _number(table, "periods"),
            "share": _share(table),
            "follows": _text(table, "follows"),
            "grounds": _choices(table, "grounds", DifficultyGround),
            "concessions": _choices(table, "concessions", Concession),
            "modifications": _choices(table, "modifications", ModificationType),
            "rate_cut": table.take_optional_enum("rate_cut", RateCut),
            "bands": [_band(each) for each in table.take_optional_tables("bands")],
            "policy": _text(table, "policy"),
        }
        # A key that is misspelt is told as that, and not as a figure that is missing.
        table.close()
        return PlanTest(**fields)


def _choices(table: Table, key: str, kind: type[E]) -> list[E]:
    words = enumerate(table.take_texts(key, ()), start=1)
    return [table.choice(key, word, kind, number=number) for number, word in words]


def _number(table: Table, key: str) -> int | None:
    return table.take(key, int) if table.has(key) else None


def _text(table: Table, key: str) -> str | None:
    return table.take_name(key) if table.has(key) else None


def _share(table: Table) -> Decimal | None:
    return table.take_required_amount("share") if table.has("share") else None


def _band(table: Table) -> ExtensionBand:
    with table.telling(of="extension band"):
        band = ExtensionBand(
            up_to_months=_number(table, "up_to_months"),
            share=Proportion.parse(table.take("share", str), where="share")
            if table.has("share")
            else None,
            months=_number(table, "months"),
            to_longest_term=table.take("to_longest_term", bool, default=False),
        )
    table.close()
    return band
