"""How an audit is shown."""

from __future__ import annotations

from dataclasses import replace

from wargame.analysis.studies.audit.audit import Audit
from wargame.analysis.studies.audit.liveness import Judged
from wargame.engine.results import NOTE
from wargame.findings import Cell, Table, columns, share_of
from wargame.scenario import canonical
from wargame.show.studies.finding import Finding


def present(found: Audit, every: bool = False) -> Finding:
    """Return an audit for people and machines.

    Parameters
    ----------
    every : bool
        Show people every number, not only those that do not clearly move anything.
    """
    checks = Table(
        "checks",
        "Checks",
        columns("verdict", ("name", "what must hold"), "found"),
        tuple(vars(check) for check in found.checks),
    )
    actions = Table(
        "actions",
        "Share of histories in which each action is done",
        columns(
            *("actor", "rung", "action", ("share", "share", "percent")),
            *(("share", "95% interval", "interval"), ("why", "why never")),
        ),
        tuple({**vars(item), "why": item.why or None} for item in found.reached),
    )
    numbers = Table(
        "numbers",
        "Numbers",
        columns(
            *(("path", "number"), "value", ("low", "moved to"), ("high", "and to"), "verdict"),
            *("why", ("what", "most moved"), ("differ", "histories changed", "percent")),
        ),
        tuple(_row(item) for item in found.numbers),
    )
    still = replace(
        numbers,
        title="Numbers that do not clearly move anything",
        rows=tuple(row for row in numbers.rows if row["verdict"] != "moves"),
    )
    state = "passed" if found.passed else "FAILED"
    return Finding(
        f"{found.scenario.title}: audit {state}, seed {found.seed} ({NOTE})",
        (checks, actions, numbers if every else still),
        (checks, actions, numbers),
        {
            "scenario": found.scenario.title,
            "digest": canonical.digest(found.scenario),
            "seed": found.seed,
            "passed": found.passed,
        },
        {"numbers.csv": numbers, "actions.csv": actions},
        {"scenario.yaml": canonical.dump(found.scenario)},
        {"digest": canonical.digest(found.scenario), "seed": found.seed},
    )


def _row(item: Judged) -> dict[str, Cell]:
    live = item.live
    return {
        **vars(live),
        "what": live.what if live.differ else None,
        "differ": share_of(round(live.differ * live.runs), live.runs),
        "verdict": item.verdict,
        "why": item.why or None,
    }
