"""One self-contained HTML file about a run: no request leaves the page."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from wargame.analysis.estimates import annual_rates, statistics
from wargame.analysis.record.base_rates import base_rates
from wargame.engine.results import NOTE, Results
from wargame.errors import RecordError, WargameError
from wargame.findings import Estimate, Row, Table, columns
from wargame.scenario import library
from wargame.scenario.ladder import OUTCOMES, RUNGS
from wargame.scenario.parameters import Parameter, Source
from wargame.scenario.paths import parameters_of
from wargame.show.figure.run.captions import CAPTIONS
from wargame.show.page import render_page
from wargame.show.percentages import percent, span
from wargame.show.run.overview import uncertainty_table
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
    return render_page(
        "report.html.j2",
        scenario=results.scenario,
        summary=summary,
        note=NOTE,
        results=results,
        outcomes=_outcomes(results),
        splits=uncertainty_table(results) if results.sharing > 1 else None,
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
        matches=_shares(
            "matches",
            "'Answered' is a share of such acts, the rest are shares of the answers",
            "answer",
            statistics.match(results),
        ),
        endings=_endings(results),
        crises=annual_rates.crises(results),
        sources=_sources(results),
        parameters=_parameters(results),
        menus={
            results.scenario.actors[actor].name: _menu(results, actor) for actor in results.actors
        },
        provenance=_provenance(results, manifest),
    )


def _outcomes(results: Results) -> Table:
    records = base_rates(results.scenario)
    said = columns(
        *("outcome", ("share", "share", "percent"), ("share", "95% interval", "interval")),
        *(("share", "in words", "about"), ("share", "on the scale", "on the scale")),
        ("rung", "most severe act"),
        *([("record", "record", "whole")] if records else []),
    )
    rows: list[Row] = []
    for outcome, share in results.outcomes().items():
        rung = RUNGS[OUTCOMES[outcome]] if outcome != "calm" else "display of force at most"
        found = records.get(outcome)
        record = f"{percent(found.value)} ({span(found.low, found.high)})" if found else ""
        rows.append({"outcome": outcome, "share": share, "rung": rung, "record": record})
    title = "Share of histories by outcome, with 95% Wilson intervals"
    if records:
        title += (
            '; "record" is the chance of one or more in the same span at the historical yearly rate'
        )
    return Table("outcomes", title, said, tuple(rows))


def _shares(name: str, title: str, header: str, shares: Mapping[str, Estimate]) -> Table:
    """Return shares of one total, a row each."""
    said = columns(
        *(("label", header), ("share", "in words", "about"), ("share", "share", "percent")),
        ("share", "95% interval", "interval"),
    )
    rows: list[Row] = [{"label": label, "share": share} for label, share in shares.items()]
    return Table(name, title, said, tuple(rows))


def _rates(results: Results) -> Table:
    rates = annual_rates.rates(results)
    names = {
        "incidents": "Militarised incidents (rung 2 to 8; allies acting together count once)",
        "lethal_turns": "Turns with a lethal clash or worse",
        "wars": "Wars",
        "agreements": "Agreements made",
        "broken": "Agreements broken",
    }
    rows = [(text, rates[name]) for name, text in names.items()]
    rows.append(("Crises opened", annual_rates.crises(results).per_year))
    said = columns("what", ("rate", "how often"))
    return Table.of("rates", "Per simulated year, with 95% intervals", said, rows)


def _first(results: Results) -> Table:
    names = {"several": "Several at the same moment", "nobody": "Nobody"}
    names |= {actor: said.name for actor, said in results.scenario.actors.items()}
    found = statistics.crossers(results, 5)
    return _shares(
        "first", "Share of all histories", "first", {names[who]: found[who] for who in found}
    )


def _endings(results: Results) -> Table:
    ended = annual_rates.crises(results).ended
    return _shares(
        "endings", "Share of crises", "ending", {_ENDS[how]: ended[how] for how in ended}
    )


def _sources(results: Results) -> dict[str, int]:
    held = parameters_of(results.scenario).values()
    tally: Counter[str] = Counter(parameter.source for parameter in held)
    uncertain = sum(parameter.uncertain for parameter in held)
    counts: dict[str, int] = {name: tally[name] for name in _CLASSES}
    return {"total": len(held), "uncertain": uncertain, **counts}


def _parameters(results: Results) -> Table:
    """Return every number but those of menus, with where it comes from."""
    return Table.of(
        "parameters",
        "Numbers of the actors, the calendar and the world",
        columns(
            ("path", "parameter", "path"), "value", "range", ("source", "source", "source"), "why"
        ),
        (
            (path, f"{found.value:g}", _range(found), found.source, _why(found))
            for path, found in parameters_of(results.scenario).items()
            if ".actions." not in path
        ),
    )


def _range(parameter: Parameter) -> str:
    if parameter.low is None or parameter.high is None:
        return ""
    return f"{parameter.low:g} to {parameter.high:g}"


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


def _menu(results: Results, actor: str) -> Table:
    by_id = {action.id: action for action in results.scenario.actors[actor].actions}
    return Table.of(
        "menu",
        f"Actions by rung; rung -2 is {RUNGS[-2]}, 9 {RUNGS[9]}",
        columns(
            *("action", "rung", ("targets", "aimed at"), ("opens", "opens with it")),
            *(("answers", "answers with it"), ("cite", "rests on", "source")),
        ),
        (
            (
                *(action.label, action.rung, ", ".join(action.targets)),
                *(bool(action.initiative), bool(action.reply)),
                ", ".join(action.cite) or "judgement",
            )
            for action in (by_id[name] for name in results.menus[actor])
        ),
    )


def _provenance(results: Results, manifest: Mapping[str, Any]) -> Table:
    command = manifest["command"]
    return Table.of(
        "provenance",
        "Provenance",
        columns("what", "value"),
        (
            ("Seed", str(results.seed)),
            ("Scenario digest (sha256)", manifest["digest"]),
            ("Command", command if isinstance(command, str) else " ".join(command)),
            ("Started", manifest["started"]),
            ("Ended", manifest["ended"]),
            ("Versions", "; ".join(" ".join(item) for item in manifest["versions"].items())),
            ("Histories whose acts were kept", results.acts_kept),
        ),
    )
