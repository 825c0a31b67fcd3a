"""One self-contained HTML file about a run: no request leaves the page."""

from __future__ import annotations

import base64
from collections import Counter
from pathlib import Path
from typing import Any

from wargame.analysis.estimates import annual_rates, statistics
from wargame.analysis.record.base_rates import base_rates
from wargame.engine.results import NOTE, Results
from wargame.errors import RecordError, WargameError
from wargame.findings import Estimate
from wargame.scenario import library
from wargame.scenario.ladder import OUTCOMES, RUNGS
from wargame.scenario.parameters import Parameter, Source
from wargame.scenario.paths import parameters_of
from wargame.show import chances, numbers, percentages
from wargame.show.figure.run.captions import CAPTIONS
from wargame.show.page import render_page
from wargame.show.run.overview import uncertainty_table
from wargame.show.table import to_text
from wargame.store.files import write_file

_CLASSES: tuple[Source, ...] = ("data", "literature", "judgement")
_ENDS = {
    "agreement": "ended by an agreement",
    "faded": "faded away",
    "war": "ended in war",
    "open": "still open at the end",
}


def write(
    results: Results, folder: Path, summary: dict[str, Any], manifest: dict[str, Any]
) -> Path:
    """Write report.html into a run folder whose figures are drawn.

    Parameters
    ----------
    folder : Path
        The run folder, with figures/.
    summary, manifest : dict
        As `wargame.show.run.run_folder` makes and reads them.

    Returns
    -------
    Path
        The report; it appears whole or not at all.

    Raises
    ------
    RecordError
        When a figure is missing or the file cannot be written.
    """
    path = folder / "report.html"
    text = render(results, summary, manifest, read_figures(folder / "figures"))
    write_file(path, text, replace=True)
    return path


def read_figures(folder: Path) -> dict[str, bytes]:
    """Return figure name -> SVG, for every figure.

    Raises
    ------
    RecordError
        When one is missing.
    """
    figures = {}
    for name in CAPTIONS:
        path = folder / f"{name}.svg"
        try:
            figures[name] = path.read_bytes()
        except OSError as error:
            raise RecordError(
                f"{path}: cannot be read ({error.strerror or error}). Draw the figures again with "
                "wargame plot."
            ) from error
    return figures


def render(
    results: Results, summary: dict[str, Any], manifest: dict[str, Any], figures: dict[str, bytes]
) -> str:
    """Return the report as HTML.

    Parameters
    ----------
    summary, manifest : dict
        As `wargame.show.run.run_folder` makes and reads them.
    figures : dict of str to bytes
        Name -> SVG; drawn in the order of `CAPTIONS`.

    Returns
    -------
    str
        One page: styles and pictures inside, no script, nothing fetched.
    """
    command = manifest["command"]
    return render_page(
        "report.html.j2",
        scenario=results.scenario,
        summary=summary,
        manifest=manifest,
        command=command if isinstance(command, str) else " ".join(command),
        note=NOTE,
        results=results,
        outcomes=_outcomes(results),
        splits=to_text(uncertainty_table(results))[1] if results.sharing > 1 else (),
        compared=bool(base_rates(results.scenario)),
        figures=[
            {
                "name": caption.name,
                "title": caption.title(results),
                "reading": caption.reading,
                "data": base64.b64encode(figures[name]).decode(),
            }
            for name, caption in CAPTIONS.items()
        ],
        rates=_rates(results),
        first=_first(results),
        matches=[_row(name, share) for name, share in statistics.match(results).items()],
        endings=[
            _row(_ENDS[how], share) for how, share in annual_rates.crises(results).ended.items()
        ],
        crises=annual_rates.crises(results),
        sources=_sources(results),
        parameters=_parameters(results),
        menus=_menus(results),
        rungs=RUNGS,
    )


def _row(label: str, share: Estimate) -> dict[str, str]:
    return {
        "label": label,
        "count": f"{share.count:,}",
        "about": chances.about(share),
        "words": chances.words(share.value),
        "percent": percentages.percent(share.value),
        "interval": percentages.span(share.low, share.high),
    }


def _outcomes(results: Results) -> list[dict[str, str]]:
    records = base_rates(results.scenario)
    rows = []
    for outcome, share in results.outcomes().items():
        row = _row(outcome, share)
        row["rung"] = RUNGS[OUTCOMES[outcome]] if outcome != "calm" else "display of force at most"
        record = records.get(outcome)
        row["record"] = (
            f"{percentages.percent(record.value)} ({percentages.span(record.low, record.high)})"
            if record
            else ""
        )
        rows.append(row)
    return rows


def _rates(results: Results) -> list[tuple[str, str]]:
    rates = annual_rates.rates(results)
    names = {
        "incidents": "Militarised incidents (rung 2 to 8; allies acting together count once)",
        "lethal_turns": "Turns with a lethal clash or worse",
        "wars": "Wars",
        "agreements": "Agreements made",
        "broken": "Agreements broken",
    }
    crises = ("Crises opened", numbers.per_year(annual_rates.crises(results).per_year))
    return [(name, numbers.per_year(rates[key])) for key, name in names.items()] + [crises]


def _first(results: Results) -> list[dict[str, str]]:
    actors = results.scenario.actors
    names = {"several": "Several at the same moment", "nobody": "Nobody"}
    return [
        _row(actors[who].name if who in actors else names[who], share)
        for who, share in statistics.crossers(results, 5).items()
    ]


def _sources(results: Results) -> dict[str, int]:
    held = parameters_of(results.scenario).values()
    tally: Counter[str] = Counter(parameter.source for parameter in held)
    uncertain = sum(parameter.uncertain for parameter in held)
    counts: dict[str, int] = {name: tally[name] for name in _CLASSES}
    return {"total": len(held), "uncertain": uncertain, **counts}


def _parameters(results: Results) -> list[dict[str, str]]:
    """Return every number but those of menus, with where it comes from."""
    return [
        {
            "path": path,
            "value": f"{parameter.value:g}",
            "range": (
                f"{parameter.low:g} to {parameter.high:g}"
                if parameter.low is not None and parameter.high is not None
                else ""
            ),
            "source": parameter.source,
            "why": _why(parameter),
        }
        for path, parameter in parameters_of(results.scenario).items()
        if ".actions." not in path
    ]


def _why(parameter: Parameter) -> str:
    reasons = [parameter.note or ""]
    if parameter.cite:
        reasons.append(_cited(parameter.cite))
    return " ".join(reason for reason in reasons if reason)


def _cited(cite: str) -> str:
    try:
        return f"{cite}: {library.describe_cite(cite)}"
    except WargameError:
        return cite


def _menus(results: Results) -> list[dict[str, Any]]:
    scenario = results.scenario
    menus = []
    for actor in results.actors:
        by_id = {action.id: action for action in scenario.actors[actor].actions}
        menus.append(
            {
                "name": scenario.actors[actor].name,
                "actions": [by_id[name] for name in results.menus[actor]],
            }
        )
    return menus
