"""Menus on role sheets: short ones that can still be played, and what conditions rest on."""

import pytest

from taught import TAUGHT, basic_menus, flag_table, menu, planned_sheet, role_sheet
from wargame.classroom.lesson.menus import menus_of
from wargame.classroom.lesson.plan import LEVELS, plan_lesson
from wargame.scenario.waiting import can_hold, needs


@pytest.mark.parametrize("name", TAUGHT)
def test_a_short_menu_keeps_every_rung(name):
    scenario = TAUGHT[name]
    plan = plan_lesson(scenario, 50, 24)
    for actor, party in scenario.actors.items():
        rungs = {
            level: [row[1] for row in menu(role_sheet(scenario, plan, level, actor))]
            for level in ("basic", "advanced")
        }
        assert len(rungs["advanced"]) == len(party.actions)
        assert len(rungs["basic"]) >= min(14, len(party.actions))
        assert set(rungs["basic"]) == set(rungs["advanced"])


@pytest.mark.parametrize("name", TAUGHT)
def test_what_is_marked_is_on_every_short_menu(name):
    scenario = TAUGHT[name]
    for actor, kept in menus_of(scenario, "basic").items():
        marked = {action.id for action in scenario.actors[actor].actions if action.keep}
        assert marked <= {action.id for action in kept}


def test_a_mark_brings_the_least_likely_action_onto_a_short_menu():
    scenario = TAUGHT["western_sea"]
    party = scenario.actors["PRK"]
    short = menus_of(scenario, "basic")["PRK"]
    left = next(
        one for one in party.actions if one not in short and not needs(one) and not one.keep
    )
    marked = left.model_copy(update={"keep": True})
    actions = tuple(marked if one == left else one for one in party.actions)
    actors = {**scenario.actors, "PRK": party.model_copy(update={"actions": actions})}
    changed = scenario.model_copy(update={"actors": actors})
    assert marked in menus_of(changed, "basic")["PRK"]


@pytest.mark.parametrize("name", TAUGHT)
def test_a_short_menu_jumps_over_no_rung_towards_anybody(name):
    scenario = TAUGHT[name]
    for actor, kept in basic_menus(scenario).items():
        for target in scenario.actors:
            rungs = {action.rung for action in kept if target in action.targets}
            full = {a.rung for a in scenario.actors[actor].actions if target in a.targets}
            between = {rung for rung in full if rungs and min(rungs) < rung < max(rungs)}
            assert between <= rungs, f"{actor} at {target}: {sorted(between - rungs)} left out"


@pytest.mark.parametrize("name", TAUGHT)
def test_an_offer_on_a_short_menu_can_be_taken_up(name):
    scenario = TAUGHT[name]
    menus = basic_menus(scenario)
    for sender, kept in menus.items():
        for offer in (action for action in kept if action.rung == -2):
            known = set((scenario.flags | dict(needs(offer))).items())
            for target in offer.targets:
                could = answers_to(sender, scenario.actors[target].actions, known)
                assert answers_to(sender, menus[target], known) or not could, (offer.id, target)


def answers_to(sender, actions, known):
    """Return the steps down towards a sender that flags do not rule out."""
    return [
        action.id
        for action in actions
        if action.rung <= -1 and sender in action.targets and can_hold(action, known)
    ]


@pytest.mark.parametrize("name", TAUGHT)
def test_every_condition_on_a_short_menu_can_come_to_hold(name):
    scenario = TAUGHT[name]
    menus = basic_menus(scenario)
    can_be = set(scenario.flags.items())
    waiting = [action for kept in menus.values() for action in kept]
    effects = [effect for event in scenario.calendar for effect in event.effects]
    while True:
        can_be |= {(e.flag, e.value) for e in effects if e.kind == "flag"}
        usable = [a for a in waiting if can_hold(a, can_be)]
        if not usable:
            break
        waiting = [action for action in waiting if action not in usable]
        effects = [effect for action in usable for effect in action.effects]
    assert [action.id for action in waiting] == []


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("name", TAUGHT)
def test_guide_umpire_and_wall_say_what_holds_and_what_changes_it(name, level):
    scenario = TAUGHT[name]
    plan = plan_lesson(scenario, 50, 24)
    rows = flag_table(planned_sheet("guide", scenario, plan, level))
    assert rows == flag_table(planned_sheet("ruling_sheet", scenario, plan, level))
    wall = flag_table(planned_sheet("turn_tracker", scenario, plan, level))
    assert [row[:3] for row in wall] == [row[:3] for row in rows]
    assert all(row[3] == "" for row in wall)
    full = {actor: list(party.actions) for actor, party in scenario.actors.items()}
    menus = basic_menus(scenario) if level == "basic" else full
    sheets = {actor: menu(role_sheet(scenario, plan, level, actor)) for actor in scenario.actors}
    yes = {True: "yes", False: "no"}
    told = {row[0]: row[1:] for row in rows}
    for flag, start in scenario.flags.items():
        words = flag.replace("_", " ")
        changing = sorted(
            f"{line[0]}: {yes[effect.value]}"
            for actor, kept in menus.items()
            for action in kept
            for effect in action.effects
            if effect.kind == "flag" and effect.flag == flag
            for line in sheets[actor]
            if line[2].startswith(action.label) and line[1] == str(action.rung)
        )
        dated = [e for event in scenario.calendar for e in event.effects if e.kind == "flag"]
        if not changing and not any(effect.flag == flag for effect in dated):
            assert words not in told
            assert not any(words in row[2] for lines in sheets.values() for row in lines)
            continue
        by_calendar = any(effect.flag == flag for effect in dated)
        assert told[words][0] == ("-" if by_calendar else yes[start])
        assert sorted(told[words][2].split("; ")) == (changing or ["-"])
        assert told[words][1].endswith(f"; else {yes[start]}" if by_calendar else "-")
    tense = any("only under tension" in row[2] for rows in sheets.values() for row in rows)
    assert ("tension (calm: none)" in told) == tense


def test_what_the_calendar_brings_is_told_in_turns_of_the_class():
    scenario = TAUGHT["election_year"]
    rows = flag_table(planned_sheet("ruling_sheet", scenario, plan_lesson(scenario, 90, 24)))
    told = {row[0]: row[2] for row in rows}
    assert told["campaign south"] == "yes in turn 1; else no"  # turns 5 to 9 of 46
    assert told["campaign us"] == "yes in turn 3, 4; else no"  # turns 30 to 40: 2 September on
    assert told["transition us"] == "yes in turn 4; else no"
