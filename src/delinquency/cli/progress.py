"""A progress bar for long work on a terminal, and none elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

__all__ = ["Progress", "quiet_progress", "shown_progress"]

Step = Callable[[str], object]
Progress = Callable[[int], AbstractContextManager[Step]]
"""Given the number of steps: a context in which each call names the step that begins."""


@contextmanager
def quiet_progress(steps: int) -> Iterator[Step]:
    """No bar."""
    del steps
    yield str


@contextmanager
def shown_progress(steps: int) -> Iterator[Step]:
    """A bar on standard error, where that is a terminal and the extra ``cli`` is installed."""
    try:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
    except ImportError:
        with quiet_progress(steps) as step:
            yield step
        return
    if not sys.stderr.isatty():
        with quiet_progress(steps) as step:
            yield step
        return
    columns = (TextColumn("{task.description:<24}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting", total=steps)
        begun: list[str] = []

        def step(name: str) -> None:
            bar.update(task, description=name, advance=1 if begun else 0)
            begun.append(name)

        yield step
