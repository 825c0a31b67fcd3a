"""HTML pages from templates: one environment, everything escaped, nothing undefined."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from wargame.show import chances, percentages, table, words

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).resolve().parent / "templates"


def render_page(
    template: str,
    folder: Path = TEMPLATES,
    finalize: Callable[..., object] | None = None,
    **values: object,
) -> str:
    """Return what a template makes of some values: HTML, unless `finalize` sees to it.

    Parameters
    ----------
    template : str
        The template's file name.
    folder : Path
        Where it lies.
    finalize : callable, optional
        What becomes of each value before it is escaped.
    **values
        What the template names; all text among it is escaped.

    Raises
    ------
    jinja2.UndefinedError
        When the template names a value that is not given.
    """
    return _environment(folder, finalize).get_template(template).render(**values)


@cache
def _environment(folder: Path, finalize: Callable[..., object] | None) -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=finalize,
    )
    environment.filters |= {
        "put": words.put,
        "to_text": table.to_text,
        "capital": words.capital,
        "percent": percentages.percent,
        "words": chances.words,
        "join_words": words.join_words,
    }
    return environment
