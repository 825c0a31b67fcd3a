"""Menus: what a scenario takes from a file that others use, too, and where errors stand."""

import pytest
import yaml

from wargame.scenario.canonical import dump, to_data
from wargame.scenario.library import find_scenario, scenario_names
from wargame.scenario.library.menus import MOST_MENUS
from wargame.scenario.loader import load, loads
from wargame.scenario.validation import check

FIRST = find_scenario("first_steps").read_text(encoding="utf-8")
HEAD, ACTORS, TAIL = (
    FIRST[: FIRST.index("actors:\n")],
    FIRST[FIRST.index("actors:\n") : FIRST.index("\nworld:")],
    FIRST[FIRST.index("\nworld:") :],
)
USE = "use: [menus/two.yaml]\n"


@pytest.fixture
def write(tmp_path):
    """Write files below a folder, and return the first."""
    (tmp_path / "menus").mkdir()

    def write(**texts):
        for name, text in texts.items():
            place = tmp_path / f"{name}.yaml" if name == "mine" else tmp_path / f"menus/{name}.yaml"
            place.write_text(text, encoding="utf-8")
        return tmp_path / "mine.yaml"

    return write


def said(path):
    return [str(problem).replace(str(path.parent) + "/", "") for problem in check(path)[1]]


def test_actors_named_alone_are_all_as_in_the_menu(write):
    path = write(two=ACTORS, mine=f"{HEAD}{USE}actors:\n  PRK: {{}}\n  ROK: {{}}\n{TAIL}")
    assert said(path) == []
    assert load(path) == load("first_steps")


def test_own_words_win_and_nothing_comes_in_unseen(write):
    own = """\
actors:
  PRK:
    tempo: 0.3
    actions:
      - attack
      - freeze_drills
      - answer_hotline
      - {id: tank_exercise, label: A parade, slip: []}
      - {id: parade, label: Another, rung: 1, targets: [ROK], domain: rhetoric, initiative: 0}
  ROK: {}
"""
    found = load(write(two=ACTORS, mine=f"{HEAD}{USE}{own}{TAIL}"))
    whole = to_data(load("first_steps"))
    menu = {entry["id"]: entry for entry in whole["actors"]["PRK"]["actions"]}
    party = to_data(found)["actors"]["PRK"]
    assert [entry["id"] for entry in party["actions"]] == [
        "attack", "freeze_drills", "answer_hotline", "tank_exercise", "parade",
    ]  # fmt: skip
    assert party["actions"][:3] == [
        menu[name] for name in ("attack", "freeze_drills", "answer_hotline")
    ]
    changed = {**menu["tank_exercise"], "label": "A parade"}
    changed.pop("slip", None)
    assert party["actions"][3] == changed
    assert party["tempo"] == 0.3
    assert party["name"] == "North Korea"
    assert found.actors["ROK"] == load("first_steps").actors["ROK"]


def test_menus_come_in_order_each_before_those_it_uses(write):
    path = write(
        mine=f"{HEAD}use: [menus/a.yaml, menus/b.yaml]\nactors:\n  PRK: {{}}\n  ROK: {{}}\n{TAIL}",
        a="use: [menus/two.yaml]\nactors: {PRK: {tempo: 0.1}}\n",
        b="actors: {PRK: {tempo: 0.2, name: B}, ROK: {tempo: 0.2, name: B}}\n",
        two=ACTORS,
    )
    actors = load(path).actors
    assert (actors["PRK"].tempo.value, actors["PRK"].name) == (0.1, "North Korea")
    assert actors["ROK"].name == "South Korea"


def test_an_error_in_a_menu_is_told_with_the_menus_place(write):
    menu = ACTORS.replace("label: Attack a ship,", "rungs: 6\n        label: Attack a ship,")
    assert menu != ACTORS
    path = write(two=menu, mine=f"{HEAD}{USE}actors:\n  PRK: {{}}\n  ROK: {{tempos: 1}}\n{TAIL}")
    line = menu[: menu.index("rungs: 6")].count("\n") + 1
    of_menu, own = sorted(said(path), key=lambda text: text.startswith("mine"))
    assert of_menu.startswith(f"menus/two.yaml:{line}:9: actors.PRK.actions[5]: ")
    assert "Did you mean 'rung'" in of_menu
    own_line = path.read_text().count("\n", 0, path.read_text().index("tempos")) + 1
    assert own.startswith(f"mine.yaml:{own_line}:")


@pytest.mark.parametrize(
    ("use", "message"),
    [
        ("[menus/tow.yaml]", "there is no menu 'menus/tow.yaml'. Write a .yaml file in or below "
         "the scenario's folder, or one that ships. Did you mean 'menus/two.yaml'?"),
        ("[../two.yaml]", "there is no menu '../two.yaml'."),
        ("[/etc/hosts]", "there is no menu '/etc/hosts'."),
        ("[mine.yml]", "there is no menu 'mine.yml'."),
        ("[3]", "this is no name of a menu. Write the name of a file, such as menus/korea.yaml."),
        ("menus/two.yaml", "this is no list of menus. Write [menus/korea.yaml]."),
    ],
)  # fmt: skip
def test_what_is_no_menu(write, use, message):
    path = write(two=ACTORS, mine=f"{HEAD}use: {use}\n{ACTORS}{TAIL}")
    (only,) = said(path)
    line = HEAD.count("\n") + 1
    assert only.startswith(f"mine.yaml:{line}:")
    assert message in only


def test_a_menu_that_is_missing_is_not_followed_by_all_that_it_would_have_said(write):
    path = write(mine=f"{HEAD}use: [menus/tow.yaml]\nactors:\n  PRK: {{}}\n  ROK: {{}}\n{TAIL}")
    assert len(said(path)) == 1


def test_a_menu_that_uses_itself(write):
    path = write(
        mine=f"{HEAD}use: [menus/a.yaml]\n{ACTORS}{TAIL}",
        a="use: [menus/b.yaml]\nactors: {}\n",
        b="use: [menus/a.yaml]\nactors: {}\n",
    )
    (only,) = said(path)
    chain = "menus/a.yaml -> menus/b.yaml -> menus/a.yaml"
    assert only.startswith(f"menus/b.yaml:1:7: use[0]: a menu uses itself: {chain}.")


def test_what_does_not_belong_into_a_menu(write):
    path = write(two=f"actor: {{}}\n{ACTORS}", mine=f"{HEAD}{USE}{ACTORS}{TAIL}")
    (only,) = said(path)
    assert only.startswith("menus/two.yaml:1:1: actor: 'actor' does not belong into a menu.")


def test_a_menu_that_is_no_mapping(write):
    path = write(two="- 1\n", mine=f"{HEAD}{USE}{ACTORS}{TAIL}")
    (only,) = said(path)
    assert only.startswith("menus/two.yaml:1:1: the file holds a list, not a mapping.")


def test_more_menus_than_are_read(write):
    names = [f"m{number}" for number in range(MOST_MENUS + 1)]
    path = write(
        **dict.fromkeys(names, "actors: {}\n"),
        mine=f"{HEAD}use: [{', '.join(f'menus/{name}.yaml' for name in names)}]\n{ACTORS}{TAIL}",
    )
    (only,) = said(path)
    assert f"use[{MOST_MENUS}]: more than {MOST_MENUS} menus are used." in only


def test_an_action_by_its_id_alone_must_be_in_a_menu(write):
    menu = "actors:\n  PRK:\n    actions: [atack]\n  ROK: {}\n"
    (only,) = [text for text in said(write(two=ACTORS, mine=f"{HEAD}{USE}{menu}{TAIL}"))
               if "atack" in text]  # fmt: skip
    assert "'atack' is in no menu that this file uses. Did you mean 'attack'?" in only
    (only,) = [text for text in said(write(mine=f"{HEAD}{menu}{TAIL}")) if "atack" in text]
    assert "stands alone, and this file uses no menu" in only


@pytest.mark.parametrize("name", scenario_names())
def test_a_scenario_written_out_is_the_same(name):
    scenario = load(name)
    text = dump(scenario)
    assert loads(text) == scenario
    assert "use" not in yaml.safe_load(text)
