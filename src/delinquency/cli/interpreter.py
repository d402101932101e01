"""The Python that runs, as a user types it."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

__all__ = ["interpreter"]


def interpreter() -> str:
    """The Python that runs; relative where it is below the current folder, quoted for a shell."""
    running, here = Path(sys.executable or "python"), Path.cwd()
    return shlex.quote(str(running.relative_to(here) if running.is_relative_to(here) else running))
