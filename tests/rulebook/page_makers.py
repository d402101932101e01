"""The scripts that make pages of the docs, which are no package."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

__all__ = ["page_maker", "page_makers"]

DOCS = Path(__file__).parents[2] / "docs"


def page_maker(name: str) -> ModuleType:
    """A script of the docs as a module."""
    spec = importlib.util.spec_from_file_location(name, DOCS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def page_makers(package: str, *modules: str) -> list[ModuleType]:
    """A package of such scripts and some of its modules, which find each other as the build of the docs finds them."""
    sys.path.insert(0, str(DOCS))
    try:
        return [
            importlib.import_module(".".join((package, *rest)))
            for rest in ((), *((each,) for each in modules))
        ]
    finally:
        sys.path.remove(str(DOCS))
