"""Where the collection of published figures is, if this machine has it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

__all__ = ["FOLDER", "load", "needs_folder"]

FOLDER = Path(
    os.environ.get(
        "DELINQUENCY_VECTORS", Path(__file__).resolve().parents[3] / "shared" / "vectors"
    )
)
"""The collection; by default in a folder beside the repository."""

needs_folder = pytest.mark.skipif(
    not FOLDER.is_dir(),
    reason="the collection of published figures is not on this machine; "
    "DELINQUENCY_VECTORS names its folder",
)


def load(path: str) -> Any:
    """A file of the collection."""
    return json.loads((FOLDER / path).read_text(encoding="utf-8"))
