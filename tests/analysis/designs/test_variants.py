"""Variants: gathered from files, theories and values; declared in a file; on common draws."""

import pytest

from wargame.analysis.designs.common_draws import run_all, shorten_all
from wargame.analysis.designs.variants import gather, read_alternative
from wargame.errors import ScenarioError, UnknownName, UsageError
from wargame.scenario import canonical, loader
from wargame.scenario.horizon import with_turns
from wargame.scenario.library import starting_text

START = starting_text()
DECLARED = START + (
    "\nvariants:\n"
    "  hasty: {actors.NORTH.tempo: 0.4, world.firebreak: 5}\n"
    "  patient: {actors.NORTH.tempo: 0.01}\n"
)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "start.yaml"
    path.write_text(DECLARED, encoding="utf-8")
    return str(path)


def test_the_baseline_comes_first_then_files_theories_and_values(file):
    found = gather(["western_sea", file], ["spiral"], ["calm:actors.PRK.tempo=0.01"])
    assert [item.label for item in found] == ["western_sea", "start", "spiral", "calm"]
    assert found[0].scenario == loader.load("western_sea")
    assert found[1].scenario == loader.load(file)
    assert found[2].scenario == loader.load("western_sea", theory="spiral")
    assert found[3].scenario == loader.load("western_sea", ["actors.PRK.tempo=0.01"])


def test_settings_reach_every_variant_and_a_variants_own_come_last():
    found = gather(
        ["western_sea"], ["spiral"], ["own:world.firebreak=4"], ["world.firebreak=5", "turns=41"]
    )
    assert [item.scenario.world.firebreak for item in found] == [5, 5, 4]
    assert {item.scenario.turns for item in found} == {41}


def test_declared_variants_are_compared_when_nothing_else_is_named(file):
    found = gather([file])
    assert [item.label for item in found] == ["start", "hasty", "patient"]
    assert found[1].scenario.actors["NORTH"].tempo.value == 0.4
    assert found[1].scenario.world.firebreak == 5
    assert [item.label for item in gather([file], [], ["patient"])] == ["start", "patient"]


def test_nothing_to_compare_is_said():
    with pytest.raises(UsageError, match="nothing to compare 'history_1993_2010' with"):
        gather(["history_1993_2010"])


def test_labels_are_told_apart():
    found = gather(["western_sea", "western_sea"], [], ["western_sea:turns=42"])
    assert [item.label for item in found] == ["western_sea", "western_sea (2)", "western_sea (3)"]


def test_commas_inside_brackets_do_not_part():
    scenario = loader.loads(START)
    label, settings = read_alternative("a: x={value: 1, low: 0, high: 2}, y=[1,2]", scenario)
    assert (label, settings) == ("a", ("x={value: 1, low: 0, high: 2}", "y=[1,2]"))


@pytest.mark.parametrize("text", ["a:", ":turns=3", "turns=3", "a: ,"])
def test_an_alternative_that_is_none(text):
    with pytest.raises(UsageError, match="«variants» '"):
        read_alternative(text, loader.loads(START))


def test_an_unknown_declared_variant(file):
    with pytest.raises(UnknownName, match=r"Did you mean 'hasty'\?"):
        gather([file], [], ["hastey"])


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "a: {world.firbreak: 5}",
            r":\d+:23: variants.a.world.firbreak: .*Did you mean 'firebreak'",
        ),
        ("a: {actors.NORTH.tempo: 99}", r"variants.a.actors.NORTH.tempo: .*Use 0..20."),
        ("a: {actors.NORTH.tempo: [1]}", "a list or mapping is no plain value"),
        ("a: {actors.NORTH.tempo: }", "nothing is no plain value"),
        ("a: {turns: 2}", r"variants.a: calendar\[0\].turn: turn 10 is after the last"),
        ("a: {world.nuclear: 3}", "variants.a.world.nuclear: 3 is neither true nor false"),
        ("A: {turns: 30}", "'A' is not a name"),
    ],
)
def test_a_declared_variant_must_resolve_and_hold(line, message):
    with pytest.raises(ScenarioError, match=message):
        loader.loads(START + f"\nvariants:\n  {line}\n", "x.yaml")


def test_declared_variants_survive_writing():
    loaded = loader.loads(DECLARED)
    assert loader.loads(canonical.dump(loaded)) == loaded
    values = loaded.variants["hasty"]
    assert values == {"actors.NORTH.tempo": 0.4, "world.firebreak": 5}
    assert isinstance(values["world.firebreak"], int)
    assert canonical.digest(loaded) != canonical.digest(loader.loads(START))


def test_a_shorter_history_drops_variants_that_speak_of_what_is_gone():
    loaded = loader.loads(START)
    event = loaded.calendar[0].id
    text = DECLARED + f"  late: {{calendar.{event}.tempo_factor: 2}}\n"
    shorter, dropped = with_turns(loader.loads(text), 5)
    assert {event, "late"} <= set(dropped)
    assert set(shorter.variants) == {"hasty", "patient"}
    assert loader.loads(canonical.dump(shorter)) == shorter


def test_variants_meet_the_same_draws():
    found = gather(["western_sea"], ["baseline"], ["calm:actors.PRK.tempo=0.01"])
    first, same, calm = run_all(found, 60, 7, acts_kept=40)
    assert {item.seed for item in (first, same, calm)} == {7}
    for name, column in first.table.items():
        assert (column == same.table[name]).all()
    assert first.acts_kept == 40
    assert calm.table["acts"].sum() < first.table["acts"].sum()


def test_progress_is_of_all_together():
    told = []
    found = gather(["western_sea"], ["spiral"])
    run_all(found, 10, 1, on_progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (2 * 10 * 42, 2 * 10 * 42)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_shortening_reaches_every_variant():
    found, dropped = shorten_all(gather(["western_sea"], ["spiral"]), 10)
    assert {item.scenario.turns for item in found} == {10}
    assert dropped.count("us_election") == 1
