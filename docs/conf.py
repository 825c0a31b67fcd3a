"""Sphinx: how these pages are built. Offline, with warnings as errors."""

from __future__ import annotations

import json
import os
import shutil
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

import zmq
from jupyter_client.manager import KernelManager

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import generate  # noqa: E402  # beside this file
import validation  # noqa: E402  # beside this file

project = "wargame"
author = "The wargame authors"
copyright = "2026, The wargame authors"
version = release = metadata.version("wargame")

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.autosummary", "numpydoc"]
exclude_patterns = ["_build", "**.ipynb_checkpoints", "reference/generated/parts"]
root_doc = "index"
nitpicky = False

# Markdown: substitutions are numbers that docs/generate.py worked out, never typed by hand
myst_enable_extensions = ["colon_fence", "deflist", "substitution"]
myst_heading_anchors = 3
suppress_warnings = ["mystnb.unknown_mime_type"]

# code cells run at build time; a cell that fails fails the build
nb_execution_mode = "force"
nb_execution_timeout = 120
nb_execution_in_temp = True
nb_execution_raise_on_error = True
nb_merge_streams = True
nb_output_stderr = "remove-warn"  # a page that complains fails the build
os.environ["PYTHONWARNINGS"] = "ignore:IProgress not found"  # tqdm, in a kernel without widgets
if zmq.has("curve") and hasattr(KernelManager, "transport_encryption"):
    KernelManager.transport_encryption.default_value = "auto"  # else a kernel warns of plain TCP
nb_ipywidgets_js: dict[str, dict[str, str]] = {}  # the default loads scripts from elsewhere

autosummary_generate = True
autodoc_inherit_docstrings = False  # those of Mesa are its own
autodoc_typehints = "none"  # the docstrings say type, shape and unit
numpydoc_show_class_members = False
numpydoc_xref_param_type = False

html_theme = "pydata_sphinx_theme"
html_title = "wargame"
html_copy_source = False
html_show_sourcelink = False
html_static_path = ["_static"]
html_css_files = ["wargame.css"]
html_sidebars = {"index": []}
html_theme_options: dict[str, Any] = {
    "logo": {"text": "wargame"},
    "announcement": "Shares are shares of simulated runs under these assumptions, not a forecast.",
    "secondary_sidebar_items": ["page-toc"],
    "footer_start": ["copyright"],
    "footer_end": [],
    "navbar_align": "left",
    "header_links_before_dropdown": 7,
    "use_edit_page_button": False,
}


def setup(app: Any) -> None:
    """Write the generated pages before anything is read."""

    def write(_: Any, config: Any) -> None:
        folder = HERE / "reference" / "generated"
        shutil.rmtree(folder / "api", ignore_errors=True)  # autosummary keeps pages of old names
        said = [generate.write(folder), validation.write(folder)]
        (folder / "said.json").write_text(json.dumps(said), encoding="utf-8")  # for the tests
        config.myst_substitutions = said[0] | said[1]

    app.connect("config-inited", write, priority=100)
