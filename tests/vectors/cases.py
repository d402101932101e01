"""All published figures that the library is to answer, in one list for every path.

The transcribed ones are always there; those of the collection where the machine has it.
"""

from __future__ import annotations

from tests.vectors import fineract, lending, regulatory, transcribed
from tests.vectors.case import Case
from tests.vectors.published import FOLDER

__all__ = ["Case", "all_cases", "collection_cases"]


def all_cases() -> list[Case]:
    """Transcribed cases, then those of the collection."""
    return [*transcribed.cases(), *collection_cases()]


def collection_cases() -> list[Case]:
    """The cases read from the collection; none where it is absent."""
    if not FOLDER.is_dir():
        return []
    return [*fineract.cases(), *lending.cases(), *regulatory.cases()]
