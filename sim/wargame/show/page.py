"""HTML pages from templates: one environment, everything escaped, nothing undefined."""

from __future__ import annotations

from pathlib import Path

TEMPLATES = Path(__file__).resolve().parent / "templates"


def render_page(template: str, folder: Path = TEMPLATES, **values: object) -> str:
    """Return a page as HTML.

    Parameters
    ----------
    template : str
        The template's file name.
    folder : Path
        Where it lies.
    **values
        What the template names; all text among it is escaped.

    Raises
    ------
    jinja2.UndefinedError
        When the template names a value that is not given.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(template).render(**values)
