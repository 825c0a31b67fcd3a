"""The theories that ship, found by name."""

from __future__ import annotations

from pathlib import Path

from wargame.errors import UnknownName
from wargame.scenario.library.folders import shipped_folder


def theory_names() -> tuple[str, ...]:
    """Return the names of the shipped theories, sorted."""
    folder = shipped_folder("scenarios")
    return (
        tuple(sorted(path.stem for path in (folder / "theories").glob("*.yaml"))) if folder else ()
    )


def find_theory(name: str | Path) -> Path:
    """Return the file of a theory.

    Parameters
    ----------
    name : str or Path
        The name of a shipped theory, or a file that ends with .yaml.

    Raises
    ------
    UnknownName
        When there is no such theory.
    """
    path, folder = Path(name), shipped_folder("scenarios")
    if folder is not None and str(name) in theory_names():
        return folder / "theories" / f"{name}.yaml"
    if path.suffix in {".yaml", ".yml"} and path.is_file():
        return path
    raise UnknownName("theory", str(name)[:60], theory_names())
