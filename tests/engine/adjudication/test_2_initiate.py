"""2. Initiate: who opens, and with what."""

from __future__ import annotations

import math

import pytest

from engine.adjudication.hand import (
    ALWAYS,
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
    u,
    world,
)

PUSH = opener("push", 3, "BB")
NUDGE = 1e-6


@pytest.mark.parametrize("turn_days", [1, 3, 7, 14])
@pytest.mark.parametrize("side", [-1, 1])
def test_2_a_hazard(tell, turn_days, side):
    """It opens if u(initiate) < 1 - exp(-h), h = tempo x dt, dt = turn_days / 7."""
    hazard = -math.log1p(-u("initiate/1/AA")) + side * NUDGE
    menu = actor(PUSH, tempo=hazard * 7 / turn_days)
    case = world(turns=1, turn_days=turn_days, AA=menu, BB=bystander("AA"))
    assert len(tell(case).acts) == (side == 1)


def test_2_b_excitation_is_not_multiplied(tell):
    """h = (tempo x m + excitation E) x dt: m does not touch E."""
    spur = event(1, *[excitation("AA", 5.0)] * 4, actors=["AA"], tempo_factor=0.0)
    case = world(spur, turns=1, AA=actor(PUSH, tempo=SURE), BB=bystander("AA"))
    assert story(tell(case)) == ["1.0 AA push"]


def test_2_c_act_tempo_effect(tell):
    """A tempo effect of an act holds for turns t + 1 .. t + turns."""
    halt = act("halt", 1, "BB", effects=[tempo("AA", 0.0, 2)])
    menu = actor(PUSH, halt, tempo=SURE)
    case = world(forced(1, "AA", "halt"), turns=4, AA=menu, BB=bystander("AA"))
    assert story(tell(case)) == ["1.0 AA halt", "4.0 AA push"]


@pytest.mark.parametrize("side", [-1, 1])
def test_2_d_tempo_effect_does_not_stack(tell, side):
    """Done again while in force: the later end counts, the factor does not stack."""
    spur = act("spur", 1, "BB", effects=[tempo("AA", 2.0, 2)])
    hazard = -math.log1p(-u("initiate/4/AA")) + side * NUDGE
    menu = actor(PUSH, spur, tempo=hazard / 2)
    calendar = [forced(turn, "AA", "spur") for turn in (1, 2)]
    still = [event(3, actors=["AA"], tempo_factor=0.0)]
    case = world(*calendar, *still, turns=4, AA=menu, BB=bystander("AA"))
    assert len(tell(case).acts) == 2 + (side == 1)


def test_2_e_crisis_factor(tell):
    """m holds the crisis factor if the actor is a party to an open crisis."""
    clash = act("clash", 4, "BB")
    eager = actor(opener("push", 1, "AA"), tempo=SURE)
    rules = {"crisis": {"tempo_factor": 0.0}}
    case = world(
        forced(2, "AA", "clash"),
        turns=4,
        rules=rules,
        AA=actor(clash),
        BB=eager,
        CC=eager,
    )
    acts = story(tell(case))
    assert [a for a in acts if "BB" in a] == ["1.0 BB push", "2.0 BB push"]
    assert len([a for a in acts if "CC" in a]) == 4


def test_2_f_agreement_factor(tell):
    """For each agreement in force to which it is a party, m holds the agreement's factor."""
    offer, accept = act("offer", -2, "BB", reply=None), act("accept", -1, "AA")
    rules = {"reply": ALWAYS, "agreement": {"tempo_factor": 0.0, "turns": 2}}
    case = world(
        forced(1, "AA", "offer"),
        turns=5,
        rules=rules,
        AA=actor(offer, PUSH, tempo=SURE),
        BB=actor(accept),
        CC=actor(opener("pull", 1, "AA"), tempo=SURE),
    )
    acts = [a for a in story(tell(case)) if ".0 " in a]
    assert [a for a in acts if "AA" in a] == ["1.0 AA offer", "4.0 AA push", "5.0 AA push"]
    assert len([a for a in acts if "CC" in a]) == 5


def test_2_g_no_initiative_never_opens(tell):
    """It picks among the actions on offer that have an `initiative`."""
    case = world(turns=2, AA=actor(act("push", 3, "BB"), tempo=SURE), BB=bystander("AA"))
    assert tell(case).acts == []


@pytest.mark.parametrize("k", range(8))
def test_2_h_pick_in_menu_order(tell, k):
    """The first action, in menu order (rung, id), whose cumulated weight exceeds u x total."""
    weights = {"b_low": 2.0, "a_mid": 1.0, "b_mid": 1.0}
    rungs = {"b_low": 1, "a_mid": 3, "b_mid": 3}
    menu = [
        opener(name, rungs[name], "BB", initiative=math.log(weights[name]))
        for name in ("b_mid", "b_low", "a_mid")
    ]
    case = world(turns=1, AA=actor(*menu, tempo=SURE), BB=bystander("AA"))
    draw = u("choose/1/0/AA", k)
    expected = "b_low" if draw < 0.5 else "a_mid" if draw < 0.75 else "b_mid"
    assert story(tell(case, k)) == [f"1.0 AA {expected}"]


@pytest.mark.parametrize("weight", [-5.0, 5.0])
def test_2_i_goals(tell, weight):
    """The logit holds the sum over goals of weight x gain; a goal it has not counts nothing."""
    menu = actor(
        opener("a", 3, "BB", gains={"pride": 5.0}),
        opener("b", 3, "BB", gains={"other": 5.0}),
        goals={"pride": weight},
        tempo=SURE,
    )
    case = world(turns=1, AA=menu, BB=bystander("AA"))
    assert story(tell(case)) == ["1.0 AA a" if weight > 0 else "1.0 AA b"]


def test_2_j_cost(tell):
    """... minus the cost."""
    menu = actor(opener("a", 3, "BB", cost=20.0), opener("b", 3, "BB"), tempo=SURE)
    assert story(tell(world(turns=1, AA=menu, BB=bystander("AA")))) == ["1.0 AA b"]


@pytest.mark.parametrize("spiral", [-1.0, 1.0])
@pytest.mark.parametrize("side", [-1, 1])
def test_2_k_spiral(tell, spiral, side):
    """... plus spiral x T x (rung - 3)/6, T the strongest tension it feels from anyone."""
    draw = u("choose/1/0/AA")  # the low action is picked if its share exceeds the draw
    even = math.log(draw / (1 - draw)) - spiral * 0.75  # 0.75 = T x [(4 - 3) - (-2 - 3)]/6
    low = opener("low", -2, "BB", initiative=0.0)
    high = opener("high", 4, "BB", initiative=-even - 1.5 * spiral + side * NUDGE)
    strain = event(1, tension("AA", "BB", 0.25), tension("AA", "CC", 0.75))
    menu = actor(low, high, tempo=SURE, spiral=spiral)
    case = world(strain, turns=1, AA=menu, BB=bystander("AA"), CC=bystander("AA"))
    assert story(tell(case)) == ["1.0 AA high" if side == 1 else "1.0 AA low"]


def test_2_l_nothing_on_offer(tell):
    """Nothing on offer: nothing happens."""
    menu = actor(opener("push", 3, "BB", limit=1), tempo=SURE)
    assert story(tell(world(AA=menu, BB=bystander("AA")))) == ["1.0 AA push"]


@pytest.mark.parametrize(("cooldown", "turns"), [(0, [1, 2, 3, 4, 5]), (1, [1, 3, 5]), (3, [1, 5])])
def test_2_m_cooldown(tell, cooldown, turns):
    """An action done in turn t with cooldown c is back in turn t + c + 1."""
    menu = actor(opener("push", 3, "BB", cooldown=cooldown), tempo=SURE)
    case = world(turns=5, AA=menu, BB=bystander("AA"))
    assert [a["turn"] for a in tell(case).acts] == turns


@pytest.mark.parametrize(
    ("bar", "links"), [({"cooldown": 0}, 2), ({"cooldown": 1}, 1), ({"limit": 1}, 1)]
)
def test_2_n_cooldown_and_limit_at_once(tell, bar, links):
    """c = 0: back at once, even in the same turn; cooldowns and limits count at once."""
    menu, other = actor(act("push", 3, "BB", **bar)), actor(act("pull", 3, "AA"))
    rules = {"reply": ALWAYS, "chain": {"damping": 1.0, "longest": 2}}
    case = world(forced(1, "AA", "push"), turns=1, rules=rules, AA=menu, BB=other)
    assert len([a for a in tell(case).acts if a["actor"] == "AA"]) == links


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_2_o_limit(tell, limit):
    """Its limit is not used up."""
    menu = actor(opener("push", 3, "BB", limit=limit), tempo=SURE)
    assert len(tell(world(turns=4, AA=menu, BB=bystander("AA"))).acts) == min(4, limit)


@pytest.mark.parametrize("wanted", [True, False])
@pytest.mark.parametrize("value", [True, False])
def test_2_p_flags(tell, wanted, value):
    """The name of a flag holds while it is set; `not` turns it round, `and` asks for both."""
    needs = {"if": f"{'open' if wanted else 'not open'} and not other"}
    menu = actor(opener("push", 3, "BB", **needs), tempo=SURE)
    flags = {"open": value, "other": False}
    case = world(turns=1, flags=flags, AA=menu, BB=bystander("AA"))
    assert len(tell(case).acts) == (wanted == value)


@pytest.mark.parametrize(
    ("needs", "holds"),
    [
        ("tension(AA) >= 0.5", True),
        ("tension(AA) >= 0.51", False),
        ("tension(AA) <= 0.5", True),
        ("tension(AA, CC) > 0.25", False),
        ("tension(AA, CC) == 0.25", True),
        ("tension(BB, CC) > 0", False),
        ("tension(AA) <= 0.49", False),
    ],
)
def test_2_q_tension(tell, needs, holds):
    """tension(a, b): what a feels from b; tension(a): the strongest, not the sum."""
    menu = actor(opener("push", 3, "BB", **{"if": needs}), tempo=SURE)
    strain = event(1, tension("AA", "BB", 0.5), tension("AA", "CC", 0.25))
    case = world(strain, turns=1, AA=menu, BB=bystander("AA"), CC=bystander("AA"))
    assert len(tell(case).acts) == holds


@pytest.mark.parametrize(("least", "times"), [(0.5, 1), (0.25, 2)])
def test_2_r_stock(tell, least, times):
    """stock(a.x): what is left of it as the turn began."""
    fire = opener(
        "fire",
        3,
        "BB",
        effects=[stock("AA", -0.25)],
        **{"if": f"stock(AA.shells) >= {least}"},
    )
    menu = actor(fire, tempo=SURE, stocks={"shells": {"start": 0.5}})
    assert len(tell(world(turns=3, AA=menu, BB=bystander("AA"))).acts) == times


@pytest.mark.parametrize(
    ("kind", "turns"), [("agreed(AA, BB)", [2, 3]), ("not agreed(BB, AA)", [1, 4])]
)
def test_2_s_agreed(tell, kind, turns):
    """agreed(a, b): an agreement between the two is in force."""
    offer, accept = act("offer", -2, "BB", reply=None), act("accept", -1, "AA")
    needy = opener("needy", 1, "AA", "CC", **{"if": kind})
    case = world(
        forced(1, "AA", "offer"),
        turns=4,
        rules={"reply": ALWAYS, "agreement": {"turns": 2, "tempo_factor": 1.0}},
        AA=actor(offer),
        BB=actor(accept, needy, tempo=SURE),
        CC=bystander("AA"),
    )
    acts = tell(case).acts
    assert [a["turn"] for a in acts if a["action"] == "needy"] == turns


def test_2_t_flags_wait_for_the_next_turn(tell):
    """Flags are those at the start of the phase: an act's flag counts from the next turn."""
    key = opener("key", 3, "BB", **{"if": "open"})
    first = act("first", 1, "BB", effects=[flag("open", True)])
    case = world(
        forced(1, "CC", "first"),
        turns=2,
        flags={"open": False},
        AA=actor(key, tempo=SURE),
        BB=bystander("AA"),
        CC=actor(first),
    )
    assert story(tell(case)) == ["1.0 CC first", "2.0 AA key"]
