"""Configuration of the documentation."""

from __future__ import annotations

import delinquency

project = "delinquency"
author = "The delinquency developers"
release = delinquency.__version__
extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx.ext.viewcode",
    "sphinx_copybutton",
    "sphinx_design",
]
source_suffix = {".md": "markdown", ".rst": "restructuredtext"}
exclude_patterns = ["_build"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = "delinquency"
html_static_path = ["_static"]
autodoc_default_options = {"members": True, "show-inheritance": False}
autodoc_typehints = "none"
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
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
