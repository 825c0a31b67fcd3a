"""Rules on the whole scenario: what each finds, and that it finds nothing in a sound one."""

import pytest

from wargame.scenario.laws.balance import BALANCE_RULES
from wargame.scenario.laws.checks import RULES
from wargame.scenario.library import starting_text
from wargame.scenario.validation import check_text

START = starting_text()


def _found(*changes: tuple[str, str]) -> list[tuple[str, str, str]]:
    text = START
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return [(item.severity, item.path, item.message) for item in check_text(text)[1]]


@pytest.mark.parametrize("rule", [*RULES, *BALANCE_RULES], ids=lambda rule: rule.__name__)
def test_a_sound_scenario_passes(rule):
    scenario, _ = check_text(START)
    assert list(rule(scenario)) == []


def test_menu_mostly_above_a_display():
    ((severity, path, message),) = _found(
        ("rung: 1, targets: [NORTH]", "rung: 4, targets: [NORTH]"),
        ("rung: 3, targets: [NORTH]", "rung: 5, targets: [NORTH]"),
    )
    assert (severity, path) == ("warning", "actors.SOUTH.actions")
    assert message.startswith("3 of 5 actions lie above rung 3")


def test_half_above_a_display_is_no_warning():
    assert _found(
        ("rung: 3, targets: [NORTH]", "rung: 5, targets: [NORTH]"),
    ) == [
        (
            "warning",
            "actors.SOUTH.actions",
            "the menu jumps from rung 1 to 4, which sends SOUTH to 4 where it would choose "
            "something between. Add an action there.",
        )
    ]


def test_a_hole_of_two_rungs_is_no_warning():
    assert _found(("rung: 4, targets: [NORTH]", "rung: 5, targets: [NORTH]")) == []


def test_never_opens():
    found = _found(*[(line, line.split(", initiative")[0] + "}") for line in _openings()])
    assert found == [
        (
            "warning",
            "actors.SOUTH.actions",
            "no action has an initiative, so SOUTH never opens. Give one to some.",
        )
    ]


def _openings() -> list[str]:
    south = START[START.index("  SOUTH:") : START.index("calendar:")]
    return [line.strip() for line in south.splitlines() if "initiative" in line]


def test_nobody_can_answer():
    south = START[START.index("  SOUTH:") : START.index("calendar:")]
    silent = south.replace("domain", "reply: null, domain")
    assert [(severity, path) for severity, path, _ in _found((south, silent))] == [
        ("warning", "actors.NORTH")
    ]


@pytest.mark.parametrize(
    ("required", "effect", "reachable"),
    [
        ("talks_open", "true", True),
        ("talks_open", "false", False),
        ("not talks_open", "true", True),
        ("turn > 3 or talks_open", "false", True),
        ("turn > 3 and talks_open", "false", False),
    ],
)
def test_required_flags_can_come_true(required, effect, reachable):
    found = _found(
        (
            "if: talks_open",
            f"if: {required}",
        ),
        ("flag: talks_open, value: true", f"flag: talks_open, value: {effect}"),
    )
    assert (found == []) is reachable
    assert all("nothing ever sets 'talks_open'" in message for _, _, message in found)


def test_an_event_may_set_a_flag():
    assert (
        _found(
            ("flag: talks_open, value: true", "flag: talks_open, value: false"),
            (
                "    window: 2 ",
                "    effects: [{kind: flag, flag: talks_open, value: true}]\n    window: 2 ",
            ),
        )
        == []
    )


def test_rung_nine_is_lawful_where_it_is_on():
    changes = ("label: Warning shots\n        rung: 4", "label: Use\n        rung: 9")
    assert ("error", "actors.NORTH.actions[4].rung") in [item[:2] for item in _found(changes)]
    on = ("calendar:", "world: {nuclear: true}\ncalendar:")
    assert {severity for severity, _, _ in _found(changes, on)} == {"warning"}


def test_dates_at_the_edges_of_the_history():
    for date, sound in [
        ("2024-01-01", True),
        ("2023-12-31", False),
        ("2024-06-30", True),
        ("2024-07-01", False),
    ]:
        found = _found(("    turn: 10 ", f"    date: {date} "))
        assert (found == []) is sound, date


def test_a_factor_that_touches_nobody():
    ((severity, path, _),) = _found(("    actors: [NORTH]\n", ""))
    assert (severity, path) == ("warning", "calendar[0].tempo_factor")


def test_cites_of_every_kind_are_looked_up():
    number = "{value: 0.02, source: data, cite: record.war_given_serious}"
    sources = ("sources: []", "sources: [record, tables, article]")
    sound = ("    tempo: 0.02", f"    tempo: {number}")
    assert _found(sources, sound) == []
    assert [item[1] for item in _found(sound)] == ["actors.SOUTH.tempo.cite"]
    wrong = ("    tempo: 0.02", f"    tempo: {number.replace('serious', 'serius')}")
    ((_, _, message),) = _found(sources, wrong)
    assert "Did you mean 'war_given_serious'?" in message
    event = ("    window: 2 ", "    cite: tables.severity_crosswalk\n    window: 2 ")
    assert _found(sources, event) == []
    assert [item[1] for item in _found(event)] == ["calendar[0].cite[0]"]


def test_the_defaults_own_cites_need_no_source():
    assert _found(("calendar:", "world: {firebreak: 6}\ncalendar:")) == []
