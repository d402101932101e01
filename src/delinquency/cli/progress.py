"""A progress bar for long work on a terminal, and none elsewhere."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any, Self

__all__ = ["ProgressBar"]


class ProgressBar:
    """Names the step that begins; shows a bar on standard error where that is a terminal.

    The bar needs the extra ``cli``; without it, or with ``quiet``, nothing is shown.
    """

    def __init__(self, steps: int, *, quiet: bool = False) -> None:
        self._bar: Any = None if quiet or not sys.stderr.isatty() else _new_bar()
        self._task: Any = None if self._bar is None else self._bar.add_task("", total=steps)
        self._begun = False

    def step(self, name: str) -> None:
        """Begin the next step."""
        if self._bar is not None:
            self._bar.update(self._task, description=name, advance=int(self._begun))
        self._begun = True

    def __enter__(self) -> Self:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.stop()


def _new_bar() -> Any:
    try:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
    except ImportError:
        return None
    columns = (TextColumn("{task.description:<24}"), BarColumn(), TimeElapsedColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)
