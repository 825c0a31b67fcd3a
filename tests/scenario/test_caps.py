"""What a scenario may have at most: 40 actors, 200 actions; all of it is used rightly."""

import numpy as np
import pytest

from wargame.engine import ensemble
from wargame.engine.rules.choosing import choose
from wargame.scenario import loader, validation

RUNGS = (-2, -1, 1, 1, 2, 3, 3, 4, 5, 6)


def crowded(actors, actions):
    """Return a scenario's text; each actor does only the last of its actions, and often."""
    ids = [f"A{place:02d}" for place in range(actors)]
    lines = ["format: 1", "title: Many", "summary: Many of all.", "start: 2024-04-01", "turns: 3"]
    lines.append("actors:")
    for place, name in enumerate(ids):
        target = ids[(place + 1) % actors]
        lines += [f"  {name}:", f"    name: State {place}", "    tempo: 2", "    actions:"]
        for number in range(actions):
            rung = 7 if number == actions - 1 else RUNGS[number % len(RUNGS)]
            odds = 9 if rung == 7 else -9
            lines.append(
                f"      - {{id: a{number:03d}, label: Action {number}, rung: {rung}, "
                f"targets: [{target}], domain: ground, initiative: {odds}}}"
            )
    return "\n".join(lines)


@pytest.mark.slow  # forms of their own are compiled
@pytest.mark.parametrize(("actors", "actions"), [(40, 3), (2, 200)])
def test_the_last_actor_and_the_last_action_are_told_as_such(actors, actions):
    scenario = loader.loads(crowded(actors, actions), "crowded")
    results = ensemble.run(scenario, 20, 1)
    assert set(results.acts["actor"].tolist()) == set(range(actors))
    assert results.acts["action"].max() == actions - 1
    assert results.acts["action"].min() >= 0
    crossed = results.table["crosser_6"]
    assert crossed.min() >= -1
    assert crossed.max() <= actors


@pytest.mark.parametrize(("actors", "actions", "place"), [(41, 3, "actors"), (2, 201, "actions")])
def test_more_is_refused_by_its_place(actors, actions, place):
    _, problems = validation.check_text(crowded(actors, actions))
    assert any(place in problem.path for problem in problems if problem.severity == "error")


def test_the_last_of_200_can_be_picked():
    space = np.empty(200)
    picks = [choose(np.zeros(200), space, 200, u) for u in (0.001, 0.6402, 0.9999)]
    assert picks == [0, 128, 199]
