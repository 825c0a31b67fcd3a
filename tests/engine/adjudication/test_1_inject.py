"""1. Inject: scheduled events."""

from __future__ import annotations

import pytest

from engine.adjudication.hand import (
    SURE,
    act,
    actor,
    bystander,
    event,
    excitation,
    flag,
    forced,
    opener,
    stock,
    story,
    tempo,
    tension,
    world,
)

PUSH = opener("push", 3, "BB")
EAGER = actor(PUSH, tempo=SURE)


def test_1_a_event_tempo_effect(tell):
    """A tempo effect of an event holds for turns t .. t + turns - 1."""
    case = world(event(2, tempo("AA", 0.0, 2)), turns=5, AA=EAGER, BB=bystander("AA"))
    assert story(tell(case)) == ["1.0 AA push", "4.0 AA push", "5.0 AA push"]


def test_1_b_event_window(tell):
    """An event's own tempo factor holds for turns t .. t + window - 1 for its actors."""
    stop = event(2, actors=["AA"], tempo_factor=0.0, window=2)
    other = actor(opener("pull", 3, "AA"), tempo=SURE)
    acts = story(tell(world(stop, turns=4, AA=EAGER, BB=other)))
    assert [a for a in acts if "AA" in a] == ["1.0 AA push", "4.0 AA push"]
    assert len([a for a in acts if "BB" in a]) == 4


def test_1_c_windows_multiply(tell):
    """m is the product of the factors of all events in their window."""
    stop = event(1, actors=["AA"], tempo_factor=0.0)
    more = event(1, actors=["AA"], tempo_factor=3.0)
    assert story(tell(world(stop, more, turns=1, AA=EAGER, BB=bystander("AA")))) == []


def test_1_d_forced_act_happens(tell):
    """A forced act happens in its turn, and only then."""
    case = world(forced(2, "AA", "push"), AA=actor(PUSH), BB=bystander("AA"))
    assert story(tell(case)) == ["2.0 AA push"]


def test_1_e_forced_act_replaces(tell):
    """A forced act replaces whatever the actor would have opened with this turn."""
    menu = actor(PUSH, opener("shout", 1, "BB", initiative=-20.0), tempo=SURE)
    case = world(forced(1, "AA", "shout"), turns=2, AA=menu, BB=bystander("AA"))
    assert story(tell(case)) == ["1.0 AA shout", "2.0 AA push"]


@pytest.mark.parametrize(
    "bar",
    [{"if": "open"}, {"limit": 1}, {"cooldown": 5}, {"initiative": None}],
    ids=["if", "limit", "cooldown", "initiative"],
)
def test_1_f_forced_act_needs_no_offer(tell, bar):
    """... whether or not it is on offer."""
    menu = actor(opener("push", 3, "BB", **bar))
    calendar = [forced(1, "AA", "push"), forced(2, "AA", "push")]
    case = world(*calendar, turns=2, flags={"open": False}, AA=menu, BB=bystander("AA"))
    assert story(tell(case)) == ["1.0 AA push", "2.0 AA push"]


@pytest.mark.parametrize("opening", ["hold", "shout"])
def test_1_g_order_before_forced_act(tell, opening):
    """An order from outside comes before a forced act."""
    menu = actor(PUSH, opener("shout", 1, "BB"))
    case = world(forced(1, "AA", "push"), turns=1, AA=menu, BB=bystander("AA"))
    expected = [] if opening == "hold" else ["1.0 AA shout"]
    assert story(tell(case, AA=(opening, "model"))) == expected


def test_1_h_standing_order_leaves_forced_act(tell):
    """An order without an opening leaves the forced act."""
    case = world(forced(1, "AA", "push"), turns=1, AA=actor(PUSH), BB=bystander("AA"))
    assert story(tell(case, AA=(None, "hold"))) == ["1.0 AA push"]


def test_1_i_event_flag(tell):
    """Flags are those after inject: one set by an event counts in the same turn."""
    menu = actor(opener("push", 3, "BB", **{"if": "open"}), tempo=SURE)
    calendar = [event(2, flag("open", True)), event(3, flag("open", False))]
    case = world(*calendar, turns=3, flags={"open": False}, AA=menu, BB=bystander("AA"))
    assert story(tell(case)) == ["2.0 AA push"]


@pytest.mark.parametrize(
    ("values", "acts"), [((True, False), []), ((False, True), ["1.0 AA push"])]
)
def test_1_j_events_in_file_order(tell, values, acts):
    """Events of one turn apply in file order: the last word on a flag stands."""
    menu = actor(opener("push", 3, "BB", **{"if": "open"}), tempo=SURE)
    apart = [event(1, flag("open", value)) for value in values]
    together = [event(1, *[flag("open", value) for value in values])]
    for calendar in (apart, together):
        case = world(*calendar, turns=1, flags={"open": False}, AA=menu, BB=bystander("AA"))
        assert story(tell(case)) == acts


def test_1_k_event_excitation(tell):
    """Excitation added by an event counts in the same turn's hazard."""
    spur = event(2, *[excitation("AA", 5.0)] * 4)
    case = world(spur, turns=3, AA=actor(PUSH, memory=0.01), BB=bystander("AA"))
    assert story(tell(case)) == ["2.0 AA push"]


@pytest.mark.parametrize("who", ["AA", "BB"])
def test_1_l_event_tension_both_ways(tell, who):
    """Tension added by an event is felt by both, in the same turn."""
    other = "BB" if who == "AA" else "AA"
    menu = actor(opener("push", 3, other, **{"if": "tension(AA) >= 0.4"}), tempo=SURE)
    actors = {who: menu, other: bystander(who)}
    assert story(tell(world(event(2, tension("AA", "BB", 0.5)), turns=3, **actors))) == [
        f"2.0 {who} push"
    ]


def test_1_m_event_stock(tell):
    """A stock filled by an event is there in the same turn."""
    menu = actor(
        opener("push", 3, "BB", **{"if": "stock(AA.shells) >= 0.5"}),
        tempo=SURE,
        stocks={"shells": {"start": 0.0}},
    )
    calendar = [event(2, stock("AA", 0.5)), event(3, stock("AA", -0.25))]
    assert story(tell(world(*calendar, turns=3, AA=menu, BB=bystander("AA")))) == ["2.0 AA push"]


def test_1_n_event_by_date(tell):
    """An event may be given by date: it falls in the turn that holds the day."""
    push = {"actor": "AA", "action": "push"}
    day = {"id": "day", "date": "2024-01-14", "act": push}
    case = world(day, turns=3, AA=actor(PUSH), BB=bystander("AA"))
    assert story(tell(case)) == ["2.0 AA push"]


def test_1_o_forced_act_uses_up(tell):
    """A forced act is an act: it uses up cooldown and limit."""
    menu = actor(act("push", 3, "BB", initiative=0.0, limit=1), tempo=SURE)
    case = world(forced(1, "AA", "push"), turns=2, AA=menu, BB=bystander("AA"))
    assert story(tell(case)) == ["1.0 AA push"]


@pytest.mark.parametrize("names", [("push", "shout"), ("shout", "push")])
def test_1_p_two_forced_acts(tell, names):
    """Of two forced acts of one actor the later in the file holds."""
    menu = actor(PUSH, opener("shout", 1, "BB"))
    calendar = [forced(1, "AA", name) for name in names]
    case = world(*calendar, turns=1, AA=menu, BB=bystander("AA"))
    assert story(tell(case)) == [f"1.0 AA {names[1]}"]
