"""6. Orders from outside."""

from __future__ import annotations

import pytest
from scipy.special import ndtri

from engine.adjudication.hand import (
    ALWAYS,
    NEVER,
    SURE,
    act,
    actor,
    bystander,
    forced,
    opener,
    story,
    u,
    world,
)

NUDGE = 1e-6
HIT = act("hit", 4, "BB", reply=None)
START = forced(1, "AA", "hit")
ONE_LINK = {"reply": NEVER, "chain": {"damping": 0.0, "longest": 1}}
LADDER = tuple(act(f"r{rung}", rung, "AA") for rung in (1, 3, 4, 5, 7))


def reply_to(tell, standing, menu=LADDER, rules=None, k=0, **traits):
    """Return the id of BB's answer to a hit at rung 4, or None."""
    case = world(START, turns=1, rules={**ONE_LINK, **(rules or {})}, AA=actor(HIT),
                 BB=actor(*menu, **traits))  # fmt: skip
    acts = tell(case, k, BB=(None, standing)).acts
    return acts[1]["action"] if len(acts) > 1 else None


def test_6_a_opening(tell):
    """An opening instead of its own choice: it needs no hazard."""
    menu = actor(opener("push", 3, "BB"), opener("shout", 1, "BB"))
    case = world(turns=2, AA=menu, BB=bystander("AA"))
    assert story(tell(case, AA=("shout", "model"))) == ["1.0 AA shout"]


def test_6_b_hold(tell):
    """`hold`: it does not open, for that turn alone."""
    case = world(turns=2, AA=actor(opener("push", 3, "BB"), tempo=SURE), BB=bystander("AA"))
    assert story(tell(case, AA=("hold", "model"))) == ["2.0 AA push"]


def test_6_c_no_opening_ordered(tell):
    """A standing order alone leaves the opening to the actor."""
    case = world(turns=1, AA=actor(opener("push", 3, "BB"), tempo=SURE), BB=bystander("AA"))
    assert story(tell(case, AA=(None, "hold"))) == ["1.0 AA push"]


def test_6_d_not_on_offer_is_a_hold(tell):
    """An ordered opening that is not on offer becomes a hold."""
    locked = opener("locked", 3, "BB", **{"if": "open"})
    menu = actor(locked, opener("push", 3, "BB"), tempo=SURE)
    case = world(turns=1, flags={"open": False}, AA=menu, BB=bystander("AA"))
    assert story(tell(case, AA=("locked", "model"))) == []


def test_6_e_an_order_needs_no_initiative(tell):
    """On offer says nothing of `initiative`: what only answers may be ordered too."""
    case = world(turns=1, AA=actor(act("push", 3, "BB")), BB=bystander("AA"))
    assert story(tell(case, AA=("push", "model"))) == ["1.0 AA push"]


def test_6_f_model(tell):
    """`model` answers as ever."""
    assert reply_to(tell, "model") is None
    assert reply_to(tell, "model", rules={"reply": ALWAYS}, reciprocity=50.0) == "r4"


def test_6_g_standing_hold(tell):
    """`hold` never answers."""
    assert reply_to(tell, "hold", rules={"reply": ALWAYS}) is None


@pytest.mark.parametrize(
    ("standing", "expected"), [("match", "r4"), ("one_lower", "r3"), ("one_higher", "r5")]
)
def test_6_h_certain_on_link_1(tell, standing, expected):
    """They answer every provocation of weight 1 on link 1 for certain, at the rung nearest."""
    assert reply_to(tell, standing) == expected


@pytest.mark.parametrize(
    ("standing", "rungs", "expected"),
    [
        ("match", (1, 3, 5), "r3"),  # two equally near: the lower
        ("match", (1, 6), "r6"),
        ("one_lower", (2, 4), "r2"),
        ("one_higher", (-2, 4), "r4"),
        ("one_higher", (8, 9), "r8"),
        ("one_higher", (5, 6), "r5"),
    ],
)
def test_6_i_nearest(tell, standing, rungs, expected):
    """... nearest to round(s), round(s) - 1 or round(s) + 1; of two equally near the lower."""
    menu = [act(f"r{rung}".replace("-", "m"), rung, "AA") for rung in rungs]
    assert reply_to(tell, standing, menu, rules={"nuclear": True}) == expected


def test_6_j_equal_rungs_by_id(tell):
    """Of equal rungs the first by id, whatever its logit."""
    menu = [act("b", 4, "AA", reply=20.0), act("a", 4, "AA")]
    assert reply_to(tell, "match", menu) == "a"


def test_6_k_on_offer_and_aimed(tell):
    """The action on offer, aimed at the provoker, reply not null."""
    menu = [
        act("mute", 4, "AA", reply=None),
        act("astray", 4, "CC"),
        act("locked", 4, "AA", **{"if": "tension(BB) == 1"}),
        act("r1", 1, "AA"),
    ]
    case = world(START, turns=1, rules=ONE_LINK, AA=actor(HIT), BB=actor(*menu),
                 CC=bystander("AA"))  # fmt: skip
    assert story(tell(case, BB=(None, "match"))) == ["1.0 AA hit", "1.1 BB r1"]


def test_6_l_what_is_perceived(tell):
    """It goes by round(s), as perceived."""
    sigma = (4.6 - 4) / ndtri(u("perceive/1/1/BB", k_up()))
    assert reply_to(tell, "match", k=k_up(), misperception=sigma) == "r5"
    sigma = (4.4 - 4) / ndtri(u("perceive/1/1/BB", k_up()))
    menu = [act("r3", 3, "AA"), act("r5", 5, "AA")]  # equally near round(s), not s
    assert reply_to(tell, "match", menu, k=k_up(), misperception=sigma) == "r3"


def k_up() -> int:
    """Return a replication in which BB reads acts too high."""
    return next(k for k in range(9) if u("perceive/1/1/BB", k) > 0.6)


@pytest.mark.parametrize("side", [-1, 1])
def test_6_m_for_an_ally(tell, side):
    """... and otherwise with probability weight: no reply chance enters."""
    weight = u("reply/1/1/CC") + side * NUDGE
    ally = actor(act("back", 3, "AA"), commitments={"BB": weight})
    case = world(START, turns=1, rules=ONE_LINK, AA=actor(HIT), BB=bystander("AA"), CC=ally)
    assert (len(tell(case, CC=(None, "match")).acts) == 2) == (side == 1)


@pytest.mark.parametrize("side", [-1, 1])
def test_6_n_damping_from_link_2(tell, side):
    """... x damping from link 2 on."""
    rules = {"reply": {**NEVER, "encroachment": 1.0},
             "chain": {"damping": u("reply/1/2/AA") + side * NUDGE, "longest": 2}}  # fmt: skip
    case = world(START, turns=1, rules=rules, AA=actor(act("hit", 4, "BB")),
                 BB=actor(act("back", 3, "AA")))  # fmt: skip
    assert (len(tell(case, AA=(None, "match")).acts) == 3) == (side == 1)


def test_6_o_order_of_one_turn(tell):
    """Orders are for a turn: the next one is the actor's own."""
    rules = {"reply": ALWAYS, "chain": {"damping": 0.0, "longest": 1}}
    case = world(START, forced(2, "AA", "hit"), turns=2, rules=rules, AA=actor(HIT),
                 BB=actor(act("back", 3, "AA")))  # fmt: skip
    acts = story(tell(case, BB=(None, "hold")))
    assert acts == ["1.0 AA hit", "2.0 AA hit", "2.1 BB back"]
