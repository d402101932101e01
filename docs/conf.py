"""Configuration of the documentation."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import delinquency
from delinquency import rulebook
from delinquency.daycount import DayCount, definition_of
from delinquency.daycount.describe import to_markdown as convention_to_markdown
from delinquency.early_warning import available_warning_rules, load_warning_rules
from delinquency.early_warning.describe import observations_to_markdown
from delinquency.early_warning.describe import to_markdown as warnings_to_markdown
from delinquency.rulebook.describe import to_markdown

project = "delinquency"
author = "The delinquency developers"
copyright = "the delinquency developers; Apache-2.0"
release = delinquency.__version__
extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.doctest",
    "sphinx.ext.napoleon",
    "sphinx.ext.viewcode",
    "sphinx_copybutton",
    "sphinx_design",
]
source_suffix = {".md": "myst-nb", ".rst": "restructuredtext"}
exclude_patterns = ["_build"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
# A page that is a notebook is run whenever it is read, so that its answers are those of this library.
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 120
nb_merge_streams = True
html_theme = "furo"
html_css_files = ["reading.css"]
html_title = "delinquency"
html_static_path = ["_static"]
autodoc_default_options = {"members": True}
autodoc_typehints = "none"
autodoc_member_order = "bysource"
# Docstrings are run by pytest, each in the namespace of its module.
doctest_test_doctest_blocks = ""
napoleon_google_docstring = False
napoleon_numpy_docstring = True
napoleon_use_rtype = False
napoleon_use_param = False
napoleon_use_ivar = True
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True
nitpicky = True
nitpick_ignore_regex = [
    # Types in numpydoc sections are words ("int32 array [days]"), which are no classes to link to;
    # functions, methods and modules that are linked must exist.
    ("py:class", r".*"),
]
suppress_warnings = ["ref.python"]


def write_if_changed(path: Path, text: str) -> None:
    """Leave a page alone that says the same already, so that it is not built again."""
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def write_policy_pages() -> None:
    """One page for each file of the rulebook, made from the file, and one with all side by side."""
    sys.path.insert(0, str(Path(__file__).parent))
    import side_by_side
    import worked_example

    folder = Path(__file__).parent / "reference" / "policies"
    folder.mkdir(exist_ok=True)
    for entry in rulebook.available():
        page = (
            to_markdown(rulebook.load(entry.name)) + "\n" + worked_example.to_markdown(entry.name)
        )
        write_if_changed(folder / f"{entry.name}.md", page)
    write_if_changed(folder / "compare.md", side_by_side.to_markdown())
    names = "\n".join(["compare", *(entry.name for entry in rulebook.available())])
    index = f"# Packaged policies\n\n```{{toctree}}\n:maxdepth: 1\n\n{names}\n```\n"
    write_if_changed(folder / "index.md", index)


def write_day_count_pages() -> None:
    """One page for each convention, made from its definition, and a table of all."""
    folder = Path(__file__).parent / "reference" / "day-counts"
    folder.mkdir(exist_ok=True)
    lines = ["# Conventions", "", "| convention | rule | needs |", "|---|---|---|"]
    for convention in DayCount:
        write_if_changed(folder / f"{convention.value}.md", convention_to_markdown(convention))
        definition = definition_of(convention)
        needs = ", ".join(f"`{field}`" for field in definition.needs)
        lines.append(f"| [{convention}]({convention.value}.md) | {definition.rule} | {needs} |")
    names = "\n".join(convention.value for convention in DayCount)
    lines.append(f"\n```{{toctree}}\n:hidden:\n\n{names}\n```\n")
    write_if_changed(folder / "index.md", "\n".join(lines))


def write_warning_pages() -> None:
    """One page for each packaged file of rules of early warning, and one with the observations."""
    folder = Path(__file__).parent / "reference" / "warning-rules"
    folder.mkdir(exist_ok=True)
    names = available_warning_rules()
    for name in names:
        write_if_changed(folder / f"{name}.md", warnings_to_markdown(load_warning_rules(name)))
    write_if_changed(folder / "observations.md", observations_to_markdown())
    listed = "\n".join(("observations", *names))
    index = f"# Packaged rules of early warning\n\n```{{toctree}}\n:maxdepth: 1\n\n{listed}\n```\n"
    write_if_changed(folder / "index.md", index)


def write_worked_plans() -> None:
    """One page for each worked plan with its chart, made from the table of cases, and one that lists them."""
    sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent / "charts")]
    import plan_through_time
    from plan_cases import CASES, page

    folder = Path(__file__).parent / "worked-plans"
    (folder / "charts").mkdir(parents=True, exist_ok=True)
    for case in CASES:
        write_if_changed(folder / f"{case.name}.md", page.to_markdown(case))
        write_if_changed(
            folder / "charts" / f"{case.name}.svg", plan_through_time.to_svg(case.shown)
        )
    write_if_changed(folder / "index.md", page.index_to_markdown(CASES))


write_policy_pages()
write_day_count_pages()
write_warning_pages()
write_worked_plans()

SEVERAL_NAMES = re.compile(r"(\w+(?:, \w+)+) : (.+)")


def one_name_each(app, what, name, obj, options, lines) -> None:
    """Attributes that share a line and a type, as a line each: their fields cannot be read else."""
    if what != "class" or "Attributes" not in lines:
        return
    place = lines.index("Attributes")
    while place < len(lines):
        shared = SEVERAL_NAMES.fullmatch(lines[place])
        if shared:
            body = place + 1
            while body < len(lines) and lines[body].startswith("    "):
                body += 1
            text = lines[place + 1 : body]
            each = [[f"{word} : {shared[2]}", *text] for word in shared[1].split(", ")]
            lines[place:body] = [line for entry in each for line in entry]
        place += 1


def setup(app) -> None:
    # Before the extension that reads the sections, whose priority is 500.
    app.connect("autodoc-process-docstring", one_name_each, priority=400)
