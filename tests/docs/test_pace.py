"""A scenario in turns of another length: the same weeks, cut finer or coarser."""

import math

import numpy as np
import pytest

from docs.generated import pace
from wargame.engine import ensemble
from wargame.errors import UsageError
from wargame.scenario import canonical, library, loader
from wargame.scenario.paths import parameters_of

EFFECT = "[{kind: excitation, actor: ROK, amount: 0.2}]"


@pytest.fixture(scope="module")
def scenario():
    return loader.load("western_sea")


def spans(scenario):
    """Return everything that is said in turns, by its place."""
    found = {
        "agreement": scenario.world.agreement.turns,
        "quiet": scenario.world.crisis.quiet_turns,
    }
    for name, actor in scenario.actors.items():
        for action in actor.actions:
            found[name, action.id] = action.cooldown
            for place, effect in enumerate(action.effects):
                if effect.kind == "tempo":
                    found[name, action.id, place] = effect.turns
    found |= {event.id: event.window for event in scenario.calendar}
    return found


def test_what_is_said_in_turns_lasts_as_many_days(scenario):
    daily = pace.with_turn_days(scenario, 1)
    assert (daily.turn_days, daily.turns) == (1, 7 * scenario.turns)
    weeks = spans(scenario)
    assert len({type(key) for key in weeks}) == 2  # actions' and others'
    assert any(len(key) == 3 for key in weeks if isinstance(key, tuple))
    assert spans(daily) == {key: 7 * turns for key, turns in weeks.items()}


def test_numbers_said_by_the_week_stay(scenario):
    before, after = parameters_of(scenario), parameters_of(pace.with_turn_days(scenario, 1))
    moved = {path for path, item in before.items() if item.value != after[path].value}
    assert moved
    assert {path.rpartition(".")[2] for path in moved} <= {"excitation", "change", "amount"}
    assert {path for path in before if path.endswith(".excitation")} <= moved


def test_stocks_move_as_fast_by_the_week():
    scenario = loader.load("munitions_for_russia")
    before, after = parameters_of(scenario), parameters_of(pace.with_turn_days(scenario, 1))
    changes = [path for path in before if path.endswith(".change") and before[path].value]
    assert changes
    for path in changes:
        assert 7 * after[path].value == pytest.approx(before[path].value)


def test_declared_variants_are_left_out(scenario):
    declared = scenario.model_copy(update={"variants": {"calm": {"world.crisis.quiet_turns": 2}}})
    assert pace.with_turn_days(declared, 1).variants == {}


def test_claims_go_with_their_variants():
    taught = loader.load("first_steps")
    assert taught.teaching.claims
    assert pace.with_turn_days(taught, 1).teaching.claims == ()


def test_ranges_move_with_their_values(scenario):
    before, after = (
        item.actors["PRK"].excitation for item in (scenario, pace.with_turn_days(scenario, 1))
    )
    assert before.uncertain
    assert after.low / before.low == pytest.approx(after.value / before.value)
    assert after.high / before.high == pytest.approx(after.value / before.value)


@pytest.mark.parametrize("days", [1, 7])
def test_events_and_cards_begin_on_the_same_day(scenario, days):
    turns = {"date": None, "turn": 5}
    named = tuple(
        event.model_copy(update=turns if place % 2 else {})
        for place, event in enumerate(scenario.calendar)
    )
    coarse = pace.with_turn_days(scenario.model_copy(update={"calendar": named}), 14)
    fine = pace.with_turn_days(coarse, days)
    assert {event.turn for event in coarse.calendar} == {None, 3}  # the fifth week
    for event, moved in zip(coarse.calendar, fine.calendar, strict=True):
        assert (event.date, event.id) == (moved.date, moved.id)
        if event.turn is not None:
            assert coarse.date_of(event.turn) == fine.date_of(moved.turn)
    for card, moved in zip(coarse.teaching.injects, fine.teaching.injects, strict=True):
        assert coarse.date_of(card.turn) == fine.date_of(moved.turn)


@pytest.mark.parametrize("name", library.scenario_names())
def test_every_shipped_scenario_stays_valid(name):
    scenario = loader.load(name)
    changed = pace.with_turn_days(scenario, 2)
    assert changed.turns == math.ceil(scenario.turns * 7 / 2)
    assert loader.loads(canonical.dump(changed)) == changed


def set_off(days, memory, excitation, amount):
    """Return the openings that one active turn and one effect set off, by the rules, in weeks."""
    weeks = days / 7
    level, total = amount, 0.0
    level = level * math.exp(-weeks / memory) + excitation
    for _ in range(4000):
        total += level * weeks
        level *= math.exp(-weeks / memory)
    return total


@pytest.mark.parametrize("days", [1, 3, 14])
def test_an_active_turn_sets_off_as_many_openings(days):
    scenario = loader.load("western_sea", [f"actors.PRK.actions.lethal_attack.effects={EFFECT}"])
    changed = pace.with_turn_days(scenario, days)
    memory = scenario.actors["ROK"].memory.value

    def both(spec):
        menu = {action.id: action for action in spec.actors["PRK"].actions}
        effect = menu["lethal_attack"].effects[0]
        return spec.actors["ROK"].excitation.value, effect.amount.value

    for part in (0, 1):
        before = [value * (place == part) for place, value in enumerate(both(scenario))]
        after = [value * (place == part) for place, value in enumerate(both(changed))]
        assert sum(before) > 0
        assert set_off(days, memory, *after) == pytest.approx(set_off(7, memory, *before))


@pytest.mark.parametrize("days", [1, 7])
def test_openings_a_year_follow_from_the_tempo_alone(days):
    # no answers, no contagion, nothing that moves the tempo: openings are independent
    settings = [f"world.reply.{kind}=0" for kind in ("conciliatory", "low", "encroachment")]
    settings += ["world.reply.force=0", "world.crisis.tempo_factor=1", "turns=260"]
    start = loader.load("history_1993_2010", settings)
    settings += [f"actors.{name}.excitation=0" for name in start.actors]
    spec = pace.with_turn_days(loader.load("history_1993_2010", settings), days)
    results = ensemble.run(spec, 400, 1)
    played = results.table["turns"].sum()
    for place, name in enumerate(results.actors):
        chance = -math.expm1(-spec.actors[name].tempo.value * days / 7)
        expected, spread = played * chance, math.sqrt(played * chance * (1 - chance))
        assert abs(results.activity[:, place].sum() - expected) < 4 * spread, name
    assert np.all(results.table["peak"] < 9)


def test_the_same_length_is_the_same_scenario(scenario):
    assert pace.with_turn_days(scenario, 7) is scenario


@pytest.mark.parametrize("days", [0, 32, -1])
def test_days_out_of_range_are_refused(scenario, days):
    with pytest.raises(UsageError, match=f"{days} days in a turn are out of range"):
        pace.with_turn_days(scenario, days)


def test_too_many_turns_are_refused(scenario):
    long = scenario.model_copy(update={"turns": 2000})
    with pytest.raises(UsageError, match="would be 14,000 turns of 1"):
        pace.with_turn_days(long, 1)
