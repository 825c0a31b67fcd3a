"""Variants of a scenario: gathered from files, theories and values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from wargame.errors import UnknownName, UsageError
from wargame.scenario import loader
from wargame.scenario.changes.theory_file import load_theory
from wargame.scenario.laws.declared import settings_of
from wargame.scenario.schema import Scenario

_OPENING, _CLOSING = "[{", "]}"


@dataclass(frozen=True)
class Variant:
    """A scenario to be compared with others.

    Attributes
    ----------
    label : str
        What tables and figures call it; unique among those compared.
    what : str
        What makes it differ from the first.
    scenario : Scenario
        Whole, every change made.
    """

    label: str
    what: str
    scenario: Scenario


def gather(
    sources: Sequence[str],
    theories: Sequence[str] = (),
    alternatives: Sequence[str] = (),
    settings: Sequence[str] = (),
) -> tuple[Variant, ...]:
    """Return what is to be compared, the baseline first.

    Parameters
    ----------
    sources : sequence of str
        Scenario files or names, 1 or more; the first is the baseline.
    theories : sequence of str
        Each makes a variant of the first scenario.
    alternatives : sequence of str
        Each makes a variant of the first scenario: see `read_alternative`. When there is nothing
        else to compare with, all that the file itself declares.
    settings : sequence of str
        Made in every variant, before an alternative's own.

    Raises
    ------
    UsageError, ScenarioError
        When a scenario, theory or value cannot be had, or there is nothing to compare.
    """
    first = loader.load(sources[0], settings)
    found = [Variant(Path(sources[0]).stem, "the baseline", first)]
    for source in sources[1:]:
        found.append(Variant(Path(source).stem, str(source), loader.load(source, settings)))
    for name in theories:
        theory = load_theory(name)
        what = f"theory: {theory.title}"
        found.append(Variant(theory.name, what, loader.load(sources[0], settings, name)))
    if not (sources[1:] or theories or alternatives):
        alternatives = tuple(first.variants)
    for text in alternatives:
        label, own = read_alternative(text, first)
        changed = loader.load(sources[0], [*settings, *own])
        found.append(Variant(label, ", ".join(own), changed))
    if len(found) < 2:
        raise UsageError(
            f"there is nothing to compare '{sources[0]}' with. Name a second scenario, a «theory», "
            "or a «variants» such as calm:actors.PRK.tempo=0.03; or declare variants: in the file."
        )
    return _told_apart(found)


def read_alternative(text: str, scenario: Scenario) -> tuple[str, tuple[str, ...]]:
    """Return the label and the settings that a text names.

    Parameters
    ----------
    text : str
        ``label:path=value,path=value``, or only the name of a variant that the file declares.
    scenario : Scenario
        That may declare it.

    Raises
    ------
    UsageError
        When it is neither.
    """
    label, colon, rest = text.partition(":")
    label = label.strip()
    if not colon:
        if label not in scenario.variants:
            if "=" in text:
                raise UsageError(
                    f"«variants» '{text}' has no name. Write name:path=value, for example "
                    f"other:{text}."
                )
            raise UnknownName("variant of this scenario", label, scenario.variants)
        return label, settings_of(scenario.variants[label])
    settings = tuple(part.strip() for part in _parts(rest) if part.strip())
    if not label or not settings:
        raise UsageError(
            f"«variants» '{text}' is not name:path=value. For example "
            "calm:actors.PRK.tempo=0.03,world.firebreak=5."
        )
    return label, settings


def _parts(text: str) -> list[str]:
    """Split at commas that stand outside brackets."""
    parts, depth = [""], 0
    for sign in text:
        depth += (sign in _OPENING) - (sign in _CLOSING)
        if sign == "," and depth <= 0:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def _told_apart(found: Sequence[Variant]) -> tuple[Variant, ...]:
    """Return variants with a number behind each label that stood before."""
    used: set[str] = set()
    named = []
    for item in found:
        label, number = item.label, 2
        while label in used:
            label, number = f"{item.label} ({number})", number + 1
        used.add(label)
        named.append(Variant(label, item.what, item.scenario))
    return tuple(named)
