"""Results for other tools: pandas DataFrames and an xarray Dataset."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, get_args

import numpy as np
from numpy.typing import NDArray

from wargame.engine.results import (
    AGREEMENT_ENDS,
    CRISIS_ENDS,
    REPLICATION_COLUMNS,
    RUNG_AXIS,
    Results,
    Table,
)
from wargame.errors import MissingExtra, UnknownName
from wargame.findings import share_of
from wargame.scenario.ladder import OUTCOMES, outcome_classes

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

_CROSSERS = ("crosser_4", "crosser_5", "crosser_6")


def to_frame(results: Results, table: Table = "replications") -> pd.DataFrame:
    """Return a table of results as a pandas DataFrame, ids in place of indices.

    Parameters
    ----------
    table : {"replications", "acts", "turns", "crises", "agreements", "parameters"}
        A row a replication; an act; a turn and rung; a crisis; a draw of the uncertain numbers
        (its first replication).

    Returns
    -------
    DataFrame
        Names are categories. "Never" is a missing value; so is "none" of an act.

    Raises
    ------
    UnknownName
        For another table.
    """
    import pandas as pd

    makers: Mapping[str, Callable[[Results], dict[str, Any]]] = {
        "replications": _replications,
        "acts": _acts,
        "turns": _turns,
        "crises": _crises,
        "agreements": _agreements,
        "parameters": _parameters,
    }
    if table not in makers:
        raise UnknownName("table", table, get_args(Table))
    return pd.DataFrame(makers[table](results))


def _category(codes: NDArray[Any], names: Sequence[str]) -> Any:
    """Return names by code; a code outside them is a missing value."""
    import pandas as pd

    known = np.where((codes >= 0) & (codes < len(names)), codes, -1)
    return pd.Categorical.from_codes(known.astype(np.int32), categories=list(names))


def _never(turns: NDArray[Any]) -> Any:
    import pandas as pd

    return pd.arrays.IntegerArray(turns.astype(np.int16), turns == 0)  # type: ignore[attr-defined,unused-ignore]


def _dates(results: Results, turns: NDArray[Any]) -> NDArray[np.datetime64]:
    days = np.array(results.scenario.start, dtype="datetime64[D]")
    return (days + (turns.astype(np.int64) - 1) * results.scenario.turn_days).astype(
        "datetime64[s]"
    )


def _replications(results: Results) -> dict[str, Any]:
    outcome = outcome_classes(results.table["peak"])
    first, count = results.first, results.replications
    columns: dict[str, Any] = {
        "replication": np.arange(first, first + count, dtype=np.int64),
        "outcome": _category(outcome, list(OUTCOMES)),
    }
    for name in REPLICATION_COLUMNS:
        column = results.table[name]
        if name in _CROSSERS:
            columns[name] = _category(column, [*results.actors, "several"])
        elif name.startswith("first_"):
            columns[name] = _never(column)
        else:
            columns[name] = column
    return columns


def _acts(results: Results) -> dict[str, Any]:
    log = results.acts
    ids = list(dict.fromkeys(name for actor in results.actors for name in results.menus[actor]))
    place = {name: at for at, name in enumerate(ids)}
    sizes = [len(results.menus[actor]) for actor in results.actors]
    starts = np.cumsum([0, *sizes])
    flat = [place[name] for actor in results.actors for name in results.menus[actor]]
    action = np.array(flat)[starts[log["actor"]] + log["action"]]
    names = ("actor", "provoker", "behalf")
    columns: dict[str, Any] = {name: log[name] for name in ("replication", "turn", "link")}
    columns["date"] = _dates(results, log["turn"])
    columns["actor"] = _category(log["actor"], results.actors)
    columns["action"] = _category(action, ids)
    columns |= {name: log[name] for name in ("intended", "realised", "accidental")}
    columns |= {name: _category(log[name], results.actors) for name in names[1:]}
    answered = log["provoker"] >= 0
    columns["trigger"] = np.where(answered, log["trigger"].astype(np.float32), np.float32("nan"))
    columns |= {name: log[name] for name in ("perceived", "deaths")}
    return columns


def _turns(results: Results) -> dict[str, Any]:
    reached, in_turn = results.turn_counts()
    turns, rungs = reached.shape
    turn = np.repeat(np.arange(1, turns + 1), rungs)
    columns: dict[str, Any] = {
        "turn": turn,
        "date": _dates(results, turn),
        "rung": np.tile(np.array(RUNG_AXIS, dtype=np.int8), turns),
    }
    for name, counts in (("reached", reached), ("in_turn", in_turn)):
        shares = [share_of(count, results.replications) for count in counts.ravel().tolist()]
        columns[name] = [item.value for item in shares]
        columns[f"{name}_low"] = [item.low for item in shares]
        columns[f"{name}_high"] = [item.high for item in shares]
    for at, actor in enumerate(results.actors):
        columns[f"acts_{actor}"] = results.activity[:, at].ravel() / results.replications
    return columns


def _crises(results: Results) -> dict[str, Any]:
    log = results.crises
    return {
        **{name: log[name] for name in ("replication", "opened", "ended")},
        "how": _category(log["how"], CRISIS_ENDS),
    }


def _agreements(results: Results) -> dict[str, Any]:
    log = results.agreements
    return {
        **{name: log[name] for name in ("replication", "made")},
        **{name: _category(log[name], results.actors) for name in ("one", "other")},
        "ended": log["ended"],
        "how": _category(log["how"], AGREEMENT_ENDS),
        "breaker": _category(log["breaker"], results.actors),
    }


def _parameters(results: Results) -> dict[str, Any]:
    draws = results.draws()
    drawn = {path: values[draws] for path, values in sorted(results.parameters.items())}
    return {"replication": results.first + draws, **drawn}


def to_xarray(results: Results) -> xr.Dataset:
    """Return results as an xarray Dataset, replication the last axis as everywhere.

    Returns
    -------
    Dataset
        Dimensions ``turn``, ``actor``, ``rung``, ``trigger``, ``answer`` and ``replication``; every
        column of `REPLICATION_COLUMNS` and every drawn number a variable of its own; the acts are
        not in it (see `to_frame`).

    Raises
    ------
    MissingExtra
        When xarray is not installed.
    """
    try:
        import xarray as xr
    except ImportError as error:
        raise MissingExtra("an xarray Dataset", "xarray", "xarray") from error
    first, count = results.first, results.replications
    rungs = np.array(RUNG_AXIS)
    turn = np.arange(1, results.turn_peak.shape[0] + 1)
    variables: dict[str, Any] = {
        "turn_peak": (("turn", "replication"), results.turn_peak),
        "activity": (("turn", "actor", "rung"), results.activity),
        "answers": (("trigger", "answer"), results.answers),
        "joined": (("actor", "ally"), results.joined),
    }
    for name, (_, meaning) in REPLICATION_COLUMNS.items():
        # the matrix of who answered for whom has the name joined
        own = "joined_count" if name == "joined" else name
        variables[own] = (("replication",), results.table[name], {"description": meaning})
    for path, drawn in sorted(results.parameters.items()):
        variables[path] = (("replication",), drawn)
    return xr.Dataset(
        variables,
        coords={
            "replication": np.arange(first, first + count),
            "turn": turn,
            "date": (("turn",), _dates(results, turn)),
            "actor": list(results.actors),
            "ally": list(results.actors),
            "rung": rungs,
            "trigger": rungs,
            "answer": [*map(str, rungs), "none"],
        },
        attrs={
            "scenario": results.scenario.title,
            "seed": results.seed,
            "uncertainty": int(results.uncertainty),
        },
    )
