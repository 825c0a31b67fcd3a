"""Theories move what they claim and nothing else."""

import re

import pytest

from wargame.errors import ScenarioError, UnknownName, UsageError
from wargame.scenario import canonical, loader
from wargame.scenario.changes.moves import moves_of
from wargame.scenario.changes.theories import Change, Theory
from wargame.scenario.changes.theory_file import load_theories, load_theory
from wargame.scenario.library import scenario_names, starting_text, theory_names
from wargame.scenario.parameters import Parameter
from wargame.scenario.paths import parameters_of

START = starting_text()
NAMES = ("baseline", "deterrence", "exercises_provoke", "internal_drivers", "spiral")

CLAIMED = {
    "baseline": set(),
    "spiral": {
        *(f"actors.{actor}.spiral" for actor in ("PRK", "ROK", "USA", "JPN", "RUS")),
        "actors.USA.actions.deterrence_plan_update.effects[0].amount",
        "actors.USA.actions.strategic_asset_visit.effects[1].factor",
    },
    "exercises_provoke": {
        *(
            f"calendar.{event}.tempo_factor"
            for event in ("spring_exercises", "freedom_edge", "ulchi_freedom_shield")
        ),
        "actors.ROK.actions.combined_exercise.effects[0].factor",
        "actors.USA.actions.joint_exercise.effects[0].factor",
    },
}
CLAIMED["deterrence"] = CLAIMED["spiral"]
CLAIMED["internal_drivers"] = CLAIMED["exercises_provoke"] | {
    f"actors.PRK.{name}" for name in ("excitation", "tempo", "reciprocity")
}


def theory(**changes):
    """Return a theory that makes one change."""
    return Theory(
        name="mine",
        title="Mine",
        argument="Nobody's.",
        cites="literature.jervis1976",
        changes=[{"why": "to test", **changes}],
    )


def write(tmp_path, text, name="mine.yaml"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return str(path)


HEAD = "name: mine\ntitle: Mine\nargument: Nobody's.\ncites: [literature.jervis1976]\n"


def test_the_shipped_theories():
    assert theory_names() == NAMES
    known = load_theories()
    assert next(iter(known)) == "baseline"
    for name, item in known.items():
        assert item.name == name
        assert bool(item.changes) == bool(item.cites) == (name != "baseline")


@pytest.mark.parametrize("name", NAMES)
def test_a_theory_moves_what_it_claims_and_nothing_else(name):
    before, after = loader.load("western_sea"), loader.load("western_sea", theory=name)
    numbers, moved = parameters_of(before), parameters_of(after)
    assert numbers.keys() == moved.keys()
    different = {path for path, number in moved.items() if number != numbers[path]}
    assert different == CLAIMED[name]
    # and what is not a number is as it was
    assert strip(canonical.to_data(before)) == strip(canonical.to_data(after))


def strip(value):
    """Drop numbers that may be moved, and the sources list that goes with them."""
    if isinstance(value, dict):
        if "value" in value:
            return "number"
        return {key: strip(item) for key, item in value.items() if key != "sources"}
    if isinstance(value, list):
        return [strip(item) for item in value]
    return "number" if isinstance(value, float) else value


def test_directions():
    def moved(name):
        return parameters_of(loader.load("western_sea", theory=name))

    base, spiral, deterrence = moved("baseline"), moved("spiral"), moved("deterrence")
    for path in CLAIMED["spiral"]:
        assert deterrence[path].value < base[path].value < spiral[path].value
    provoked, inside = moved("exercises_provoke"), moved("internal_drivers")
    for path in CLAIMED["exercises_provoke"]:
        assert provoked[path].value > base[path].value == inside[path].value == 1
        assert base[path].uncertain
        assert not inside[path].uncertain
    assert inside["actors.PRK.excitation"].value < base["actors.PRK.excitation"].value
    assert inside["actors.PRK.reciprocity"].value < base["actors.PRK.reciprocity"].value
    assert inside["actors.PRK.tempo"].value > base["actors.PRK.tempo"].value


def test_baseline_is_the_scenario_itself():
    before, after = loader.load("western_sea"), loader.load("western_sea", theory="baseline")
    assert canonical.digest(before) == canonical.digest(after)


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_scenario_takes_it_or_says_why_not(name):
    for scenario in scenario_names():
        moves = moves_of(load_theory(name), loader.load(scenario))
        if moves or name == "baseline":
            loaded = loader.load(scenario, theory=name)
            assert loader.loads(canonical.dump(loaded)) == loaded  # the run folder gives it again
        else:
            with pytest.raises(UsageError, match=f"'{name}' changes nothing in"):
                loader.load(scenario, theory=name)


def test_a_moved_number_says_whence():
    number = parameters_of(loader.load("western_sea", theory="spiral"))["actors.PRK.spiral"]
    assert (number.source, number.cite) == ("literature", "literature.jervis1976")
    assert number.note.startswith("theory spiral: ")


def test_a_source_that_is_cited_is_added(tmp_path):
    file = write(tmp_path, START, "start.yaml")
    assert "literature" not in loader.load(file).sources
    assert "literature" in loader.load(file, theory="spiral").sources


def test_settings_come_after_the_theory():
    loaded = loader.load("western_sea", ["actors.PRK.spiral=0.1"], "spiral")
    assert loaded.actors["PRK"].spiral.value == 0.1
    assert loaded.actors["ROK"].spiral.value == 0.5


@pytest.mark.parametrize(
    ("change", "value", "low", "high"),
    [
        ({"set": 2.0}, 2.0, None, None),
        ({"multiply": 2.0}, 2.0, 1.0, 6.0),
        ({"multiply": -1.0}, -1.0, -3.0, -0.5),
        ({"add": 1.0}, 2.0, 1.5, 4.0),
    ],
)
def test_operations_move_the_range_too(change, value, low, high):
    after = Change(path="x", why="test", **change).apply(Parameter(value=1, low=0.5, high=3))
    assert (after.value, after.low, after.high) == (value, low, high)


def test_paths_that_a_scenario_lacks_are_passed_over():
    item = Theory(
        name="mine",
        title="Mine",
        argument="Nobody's.",
        cites="literature.jervis1976",
        changes=[
            {"path": "actors.ATLANTIS.tempo", "multiply": 2.0, "why": "x"},
            {"path": "actors.NORTH.tempo", "multiply": 2.0, "why": "x"},
        ],
    )
    assert list(moves_of(item, loader.loads(START))) == ["actors.NORTH.tempo"]


@pytest.mark.parametrize(
    ("path", "where", "expected"),
    [
        ("actors.*.tempo", {}, 5),
        ("actors.tempo", {}, 0),
        ("actors.*", {}, 0),
        ("*.PRK.tempo", {}, 1),
        ("calendar.*.tempo_factor", {"id": "us_election"}, 1),
        ("calendar.*.tempo_factor", {"id": ["us_election", "kr_election"]}, 2),
        ("calendar.*.tempo_factor", {"id": "us_election", "actor": "ROK"}, 0),
        ("calendar.*.tempo_factor", {"actor": "ROK"}, 1),
        ("actors.ROK.actions.*.effects[*].factor", {"domain": "exercise"}, 1),
        ("actors.ROK.actions.*.effects[*].factor", {"domain": "missile"}, 0),
        ("actors.ROK.actions.*.effects[*].factor", {"kind": "tempo", "actor": "PRK"}, 1),
        ("actors.ROK.actions.*.effects[*].factor", {"actor": "USA"}, 0),
        ("actors.ROK.actions.*.effects[1].factor", {}, 0),
        ("world.reply.*", {"cite": "record.reply_within_week"}, 1),
    ],
)
def test_which_numbers_a_path_means(path, where, expected):
    item = theory(path=path, where=where, add=0.0625)
    assert len(moves_of(item, loader.load("western_sea"))) == expected


def test_of_two_changes_the_second_works_on_the_first():
    item = Theory(
        name="mine",
        title="Mine",
        argument="Nobody's.",
        cites="literature.jervis1976",
        changes=[
            {"path": "actors.NORTH.tempo", "set": 0.2, "why": "x"},
            {"path": "actors.*.tempo", "multiply": 2.0, "why": "x"},
        ],
    )
    assert moves_of(item, loader.loads(START))["actors.NORTH.tempo"].after.value == 0.4


def test_a_value_out_of_range_names_the_theory_and_the_number(tmp_path):
    text = HEAD + "changes:\n  - {path: actors.NORTH.tempo, multiply: 1000, why: x}\n"
    with pytest.raises(ScenarioError) as caught:
        loader.load(write(tmp_path, START, "start.yaml"), theory=write(tmp_path, text))
    assert "theory mine (multiply by 1000): actors.NORTH.tempo: " in str(caught.value)
    assert "Use 0..20." in str(caught.value)


def test_a_broken_scenario_is_told_of_first(tmp_path):
    broken = write(tmp_path, START.replace("rung: 4", "rung: 40", 1), "broken.yaml")
    with pytest.raises(ScenarioError, match=r"broken.yaml:\d+:\d+: .*40"):
        loader.load(broken, theory="spiral")


def test_an_unknown_theory():
    with pytest.raises(UnknownName, match=r"Did you mean 'spiral'\?"):
        load_theory("spirral")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("changes: []\ncolour: red\n", ":6:1: .*'colour' is no key here.*Keys: name, title"),
        ("changes:\n  - {path: a, set: 1}\n", "'why' is missing"),
        ("changes:\n  - {path: a, why: x}\n", "no operation is given. Give exactly one"),
        ("changes:\n  - {path: a, why: x, set: 1, add: 1}\n", "set and add are given"),
        (
            "changes:\n  - {path: a, why: x, sett: 1}\n",
            r"'sett' is no key here. Did you mean 'set'",
        ),
        ("changes:\n  - {path: a, why: x, set: 1, where: {ide: x}}\n", r"Did you mean 'id'\?"),
        ("changes:\n  - {path: 'a b', why: x, set: 1}\n", r"changes\[0\].path"),
        ("", "'changes' is missing"),
    ],
)
def test_a_bad_theory_file(tmp_path, text, message):
    path = write(tmp_path, HEAD + text)
    with pytest.raises(ScenarioError, match=message) as caught:
        load_theory(path)
    assert str(caught.value).startswith(f"{path}:")


def test_a_cite_must_resolve(tmp_path):
    path = write(tmp_path, HEAD.replace("jervis1976", "jervis1967") + "changes: []\n")
    with pytest.raises(ScenarioError, match=r"'literature.jervis1967' does not resolve"):
        load_theory(path)


def test_changes_without_a_cite_are_refused(tmp_path):
    head = re.sub("cites.*\n", "", HEAD)
    path = write(tmp_path, head + "changes:\n  - {path: a, why: x, set: 1}\n")
    with pytest.raises(ScenarioError, match="nothing is cited"):
        load_theory(path)
