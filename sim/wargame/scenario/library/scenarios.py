"""The scenarios that ship, found by name."""

from __future__ import annotations

from pathlib import Path

from wargame.errors import UnknownName, UsageError, did_you_mean
from wargame.scenario.library.folders import shipped_folder


def scenario_names() -> tuple[str, ...]:
    """Return the names of the shipped scenarios, sorted."""
    folder = shipped_folder("scenarios")
    return tuple(sorted(path.stem for path in folder.glob("*.yaml"))) if folder else ()


def find_scenario(name: str | Path) -> Path:
    """Return the file of a scenario.

    Parameters
    ----------
    name : str or Path
        A file, or the name of a shipped scenario (with or without .yaml).

    Returns
    -------
    Path
        Of an existing file; as given when it was a path.

    Raises
    ------
    UsageError
        When there is no such file or name, or it is a folder.
    """
    text, path = str(name), Path(name)
    if text == "-":
        raise UsageError("standard input is no scenario by itself. Name it as a file: /dev/stdin.")
    try:
        if path.exists() and not path.is_dir():
            return path
        is_folder = path.is_dir()
    except (OSError, ValueError) as error:  # a name too long, or one with a null character
        raise UsageError(f"'{text[:60]}' cannot be a file name. Name a scenario file.") from error
    bare = path.name == text
    stem = path.stem if path.suffix in {".yaml", ".yml"} else path.name
    shipped = scenario_names()
    if bare and stem in shipped:
        folder = shipped_folder("scenarios")
        assert folder is not None
        return folder / f"{stem}.yaml"
    if is_folder:
        raise UsageError(f"'{text}' is a folder. Name a scenario file inside it.")
    if bare and not path.suffix:
        raise UnknownName("scenario", text, shipped)
    if stem in shipped:
        hint = f" A scenario of that name is shipped: write {stem}."
    else:
        hint = did_you_mean(stem, shipped) or f" Shipped scenarios: {', '.join(shipped) or 'none'}."
    raise UsageError(f"there is no file '{text}'.{hint}")
