"""Made-up results, random but consistent, for tests of what works from results alone."""

from __future__ import annotations

from typing import Any

import numpy as np

from wargame.engine.draws import DrawnNumbers, Streams
from wargame.engine.results import (
    ACT_COLUMNS,
    AGREEMENT_COLUMNS,
    AGREEMENT_ENDS,
    CRISIS_COLUMNS,
    REPLICATION_COLUMNS,
    RUNG_COUNT,
    Results,
)
from wargame.scenario.schema import Scenario

MENU = {
    -2: ("freeze", "Binding freeze"),
    -1: ("talks", "Offer of talks"),
    1: ("statement", "Statement"),
    2: ("threat", "Threat"),
    3: ("drill", "Drill near the line"),
    4: ("warning", "Warning shots"),
    5: ("fire", "Non-lethal fire"),
    6: ("attack", "Lethal attack"),
    7: ("strikes", "Major strikes"),
    8: ("invasion", "Invasion"),
}
NAMES = {
    "JPN": "Japan",
    "PRK": "North Korea",
    "ROK": "South Korea",
    "RUS": "Russia",
    "USA": "United States",
}
WEIGHTS = np.array([0.03, 0.1, 0.2, 0.17, 0.4, 0.08, 0.015, 0.003, 0.0004, 0.00003])


def make_scenario(
    turns: int = 12, nuclear: bool = False, title: str = "A made-up case"
) -> Scenario:
    """Five actors with the same ten actions."""
    actors = {}
    for actor, name in NAMES.items():
        others = ["ROK", "USA"] if actor in ("PRK", "RUS") else ["PRK"]
        actors[actor] = {
            "name": name,
            "tempo": {"value": 0.05, "low": 0.03, "high": 0.08},
            "actions": [
                {
                    "id": key,
                    "label": label,
                    "rung": rung,
                    "targets": others,
                    "domain": "ground",
                    "initiative": 0,
                }
                for rung, (key, label) in MENU.items()
            ],
        }
    return Scenario.model_validate(
        {
            "format": 1,
            "sources": ["record"],
            "title": title,
            "summary": "Invented for tests. It says nothing about the world.",
            "start": "2024-03-25",
            "turns": turns,
            "actors": actors,
            "world": {"nuclear": nuclear},
        }
    )


def make_results(
    replications: int = 200,
    seed: int = 1,
    turns: int = 12,
    acts_each: float = 6.0,
    uncertainty: bool = False,
    scenario: Scenario | None = None,
    acts_kept: int | None = None,
) -> Results:
    """Random acts, and everything else worked out from them."""
    scenario = scenario or make_scenario(turns)
    turns, rng = scenario.turns, np.random.default_rng(seed)
    actors = tuple(sorted(scenario.actors))
    rungs = np.array(list(MENU))
    number = rng.poisson(acts_each * replications)
    replication = rng.integers(0, replications, number)
    turn = rng.integers(1, turns + 1, number)
    link = rng.choice(5, number, p=[0.5, 0.3, 0.12, 0.05, 0.03])
    actor = rng.choice(len(actors), number, p=[0.08, 0.4, 0.25, 0.07, 0.2])
    action = rng.choice(len(MENU), number, p=WEIGHTS / WEIGHTS.sum())
    realised = rungs[action].copy()
    slipped = (realised == 4) & (rng.random(number) < 0.1)
    realised[slipped] = 5
    peak_by_turn = np.zeros((turns, replications), dtype=np.int8)
    np.maximum.at(peak_by_turn, (turn - 1, replication), realised.astype(np.int8))
    over = peak_by_turn >= 8
    last = np.where(over.any(axis=0), over.argmax(axis=0) + 1, turns)
    peak_by_turn[np.arange(1, turns + 1)[:, None] > last] = 0
    keep = turn <= last[replication]
    order = np.lexsort((actor, link, turn, replication))
    order = order[keep[order]]
    replication, turn, link, actor, action, realised, slipped = (
        column[order] for column in (replication, turn, link, actor, action, realised, slipped)
    )
    answer = link > 0
    trigger = np.where(answer, np.clip(realised + rng.integers(-1, 2, len(order)), -2, 9), 0)
    perceived = np.where(answer, trigger + rng.normal(0, 0.3, len(order)), np.nan)
    provoker = np.where(answer, (actor + 1) % len(actors), -1)
    behalf = np.where(answer & (rng.random(len(order)) < 0.1), (actor + 2) % len(actors), -1)
    low = np.where(realised == 7, 100, 1)
    deaths = np.where((realised == 6) | (realised == 7), low * rng.integers(1, 10, len(order)), 0)
    deaths = np.where(realised >= 8, 1000, deaths)
    columns: dict[str, Any] = {
        "replication": replication,
        "turn": turn,
        "link": link,
        "actor": actor,
        "action": action,
        "intended": rungs[action],
        "realised": realised,
        "accidental": slipped,
        "provoker": provoker,
        "trigger": trigger,
        "perceived": perceived,
        "behalf": behalf,
        "deaths": deaths,
    }

    def per(mask: Any = None) -> Any:
        picked = replication if mask is None else replication[mask]
        return np.bincount(picked, minlength=replications)

    table: dict[str, Any] = {
        "peak": peak_by_turn.max(axis=0),
        "turns": last,
        "turns_at_5": (peak_by_turn >= 5).sum(axis=0),
        "lethal_turns": (peak_by_turn >= 6).sum(axis=0),
        "incidents": per((realised >= 2) & (realised <= 8)),
        "deaths": np.bincount(replication, weights=deaths, minlength=replications),
        "acts": per(),
        "accidental": per(slipped),
        "joined": per(behalf >= 0),
        "agreements": per(answer & (realised == -2)),
        "broken": np.zeros(replications),
    }
    for level in (4, 5, 6):
        hit = peak_by_turn >= level
        table[f"first_{level}"] = np.where(hit.any(axis=0), hit.argmax(axis=0) + 1, 0)
        who = np.full(replications, -1)
        reaching = np.flatnonzero(
            (realised >= level) & (turn == table[f"first_{level}"][replication])
        )
        for act in reaching[::-1]:  # the earliest link last; ties are "several"
            who[replication[act]] = actor[act]
        firsts: dict[int, int] = {}
        for act in reaching:
            history = int(replication[act])
            if firsts.setdefault(history, act) != act and link[firsts[history]] == link[act]:
                who[history] = len(actors)
        table[f"crosser_{level}"] = who
    opened = np.flatnonzero(table["first_4"] > 0)
    length = rng.integers(0, 6, len(opened))
    ended = np.minimum(table["first_4"][opened] + length, last[opened])
    how = np.where(ended == turns, 0, rng.integers(1, 3, len(opened)))
    how = np.where(table["peak"][opened] >= 8, 3, how)
    crises: dict[str, Any] = {
        "replication": opened,
        "opened": table["first_4"][opened],
        "ended": ended,
        "how": how,
    }
    table["crises"] = np.bincount(opened, minlength=replications)
    table["crisis_turns"] = np.bincount(
        opened, weights=ended - table["first_4"][opened] + 1, minlength=replications
    )
    agreements = agreements_of(columns, answer & (realised == -2), last)
    activity = np.zeros((turns, len(actors), RUNG_COUNT), dtype=np.int64)
    np.add.at(activity, (turn - 1, actor, realised + 2), 1)
    answers = np.zeros((RUNG_COUNT, RUNG_COUNT + 1), dtype=np.int64)
    np.add.at(answers, (trigger[answer] + 2, realised[answer] + 2), 1)
    answers[:, -1] = rng.binomial(answers.sum(axis=1) * 2, 0.4)
    joined = np.zeros((len(actors), len(actors)), dtype=np.int64)
    np.add.at(joined, (actor[behalf >= 0], behalf[behalf >= 0]), 1)
    kept = replications if acts_kept is None else min(acts_kept, replications)
    held = replication < kept
    return Results(
        scenario=scenario,
        seed=seed,
        replications=replications,
        uncertainty=uncertainty,
        actors=actors,
        menus={actor: tuple(key for key, _ in MENU.values()) for actor in actors},
        table={name: table[name].astype(dtype) for name, (dtype, _) in REPLICATION_COLUMNS.items()},
        turn_peak=peak_by_turn,
        activity=activity,
        answers=answers,
        joined=joined,
        acts={name: columns[name][held].astype(dtype) for name, (dtype, _) in ACT_COLUMNS.items()},
        acts_kept=kept,
        crises={name: crises[name].astype(dtype) for name, (dtype, _) in CRISIS_COLUMNS.items()},
        agreements={
            name: agreements[name].astype(dtype) for name, (dtype, _) in AGREEMENT_COLUMNS.items()
        },
        parameters=(DrawnNumbers(scenario, Streams(seed, 0, replications)) if uncertainty else {}),
    )


def agreements_of(acts: dict[str, Any], makes: Any, last: Any) -> dict[str, Any]:
    """Each agreement holds for eight turns, unless it is made again or the history ends."""
    rows: list[tuple[int, ...]] = []
    latest: dict[tuple[int, ...], int] = {}
    expired, renewed, in_force = map(AGREEMENT_ENDS.index, ("expired", "renewed", "in force"))
    for at in np.flatnonzero(makes):
        history, turn = int(acts["replication"][at]), int(acts["turn"][at])
        pair = sorted((int(acts["actor"][at]), int(acts["provoker"][at])))
        end = int(last[history])
        ended, how = (turn + 8, expired) if turn + 8 <= end else (end, in_force)
        before = latest.get((history, *pair))
        if before is not None and rows[before][4] >= turn:
            rows[before] = (*rows[before][:4], turn, renewed, -1)
        latest[history, *pair] = len(rows)
        rows.append((history, turn, *pair, ended, how, -1))
    columns = np.array(rows, dtype=np.int64).reshape(-1, len(AGREEMENT_COLUMNS))
    return dict(zip(AGREEMENT_COLUMNS, columns.T, strict=True))
