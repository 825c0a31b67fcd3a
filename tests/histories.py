"""One replication of the engine's results, told as the reference program tells it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from reference_record import History
from wargame.engine.results import ACT_COLUMNS, CRISIS_ENDS, REPLICATION_COLUMNS, Results
from wargame.scenario.ladder import LOWEST_RUNG


def history_of(results: Results, k: int) -> History:
    """Return the history at position ``k`` of the results, with ids for indices.

    ``answers`` and ``joined`` are kept for all replications together: see `totals_of`.
    """
    names = dict(enumerate(results.actors))
    number = results.first + k
    acts = []
    for row in np.flatnonzero(results.acts["replication"] == number):
        act: dict[str, Any] = {
            column: results.acts[column][row].item()
            for column in ACT_COLUMNS
            if column != "replication"
        }
        who = names[act["actor"]]
        act.update(actor=who, action=results.menus[who][act["action"]])
        act.update(provoker=names.get(act["provoker"]), behalf=names.get(act["behalf"]))
        acts.append(act)
    columns = {name: results.table[name][k].item() for name in REPLICATION_COLUMNS}
    for level in (4, 5, 6):
        crosser = columns[f"crosser_{level}"]
        several = crosser == len(names)
        columns[f"crosser_{level}"] = "several" if several else names.get(crosser)
    crises = [
        {
            "opened": results.crises["opened"][row].item(),
            "ended": results.crises["ended"][row].item(),
            "how": CRISIS_ENDS[results.crises["how"][row]],
        }
        for row in np.flatnonzero(results.crises["replication"] == number)
    ]
    return History(acts, results.turn_peak[:, k].tolist(), columns, crises)


def totals_of(results: Results) -> tuple[Counter[Any], Counter[Any]]:
    """Return the answers and the joiners of all replications, as counters of ids."""
    answers: Counter[Any] = Counter()
    for (trigger, answer), count in np.ndenumerate(results.answers):
        last = answer == results.answers.shape[1] - 1
        answers[trigger + LOWEST_RUNG, None if last else answer + LOWEST_RUNG] += int(count)
    joined: Counter[Any] = Counter()
    for (i, ally), count in np.ndenumerate(results.joined):
        joined[results.actors[i], results.actors[ally]] += int(count)
    return +answers, +joined


def require_same(one: Results, other: Results) -> None:
    """Require two results to tell the same histories, to the last bit."""
    assert (one.actors, one.menus) == (other.actors, other.menus)
    for name in ("table", "acts", "crises", "agreements", "parameters"):
        ones, others = getattr(one, name), getattr(other, name)
        assert sorted(ones) == sorted(others)
        for column in ones:
            assert ones[column].dtype == others[column].dtype, column
            np.testing.assert_array_equal(ones[column], others[column], err_msg=column)
    for name in ("turn_peak", "activity", "answers", "joined"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), err_msg=name)
