"""5. Update: excitation, tension and stocks move on."""

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
    forced,
    opener,
    story,
    tension,
    u,
    world,
)

NUDGE = 1e-6


def hazard(row: str) -> float:
    """Return the hazard at which an actor just opens."""
    return -math.log1p(-u(row))


@pytest.mark.parametrize("side", [-1, 1])
@pytest.mark.parametrize("turn_days", [1, 7])
def test_5_a_excitation_fades(tell, turn_days, side):
    """E <- E x exp(-dt / memory)."""
    dt = turn_days / 7
    needed = hazard("initiate/3/AA") / dt + side * NUDGE
    memory = 1.5
    start = needed * math.exp(2 * dt / memory)
    assert start < 20
    menu = actor(opener("push", 1, "BB", limit=1, **{"if": "third"}), memory=memory)
    parts = [excitation("AA", min(5.0, start - 5.0 * n)) for n in range(4) if start > 5.0 * n]
    third = event(3, {"kind": "flag", "flag": "third", "value": True})
    case = world(event(1, *parts), third, turn_days=turn_days, flags={"third": False}, AA=menu,
                 BB=bystander("AA"))  # fmt: skip
    assert len(tell(case).acts) == (side == 1)


@pytest.mark.parametrize("side", [-1, 1])
@pytest.mark.parametrize("who", ["AA", "BB"])
def test_5_b_excitation_once_a_turn(tell, who, side):
    """... plus `excitation` once if it was source or target of an act at 2 or above this turn."""
    amount = hazard(f"initiate/2/{who}") + side * NUDGE
    push = opener("push", 1, "CC")
    rules = {"reply": ALWAYS, "chain": {"damping": 1.0, "longest": 3}}
    menus = {
        "AA": actor(act("hit", 2, "BB"), push),
        "BB": actor(act("back", 4, "AA"), push),
    }
    menus[who]["excitation"] = amount
    case = world(forced(1, "AA", "hit"), turns=2, rules=rules, CC=bystander("AA"), **menus)
    second = [a for a in story(tell(case)) if a.startswith("2.0")]
    assert second == ([f"2.0 {who} push"] if side == 1 else [])


@pytest.mark.parametrize("side", [-1, 1])
@pytest.mark.parametrize(("rung", "times"), [(2, 1.0), (4, 1.0), (5, 2.5), (6, 3.5), (7, 4.5)])
def test_5_b_severity(tell, rung, times, side):
    """... x severity, by the gravest act it did or met: 1 up to rung 4, then by the world's."""
    amount = (hazard("initiate/2/BB") + side * NUDGE) / times
    rules = {"severity": {"force": 2.5, "lethal": 3.5, "strikes": 4.5}, "war_from_strikes": 0.0,
             "reply": ALWAYS, "chain": {"damping": 1.0, "longest": 1}}  # fmt: skip
    case = world(forced(1, "AA", "hit"), turns=2, rules=rules, AA=actor(act("hit", rung, "BB")),
                 BB=actor(opener("push", 1, "AA"), act("back", 2, "AA"), excitation=amount),
                 )  # fmt: skip
    second = [a for a in story(tell(case)) if a.startswith("2.0")]
    assert second == (["2.0 BB push"] if side == 1 else [])


@pytest.mark.parametrize(("rung", "opens"), [(1, False), (2, True)])
@pytest.mark.parametrize("who", ["AA", "BB", "CC"])
def test_5_c_excitation_needs_rung_2(tell, who, rung, opens):
    """Source or target of an act at realised rung 2 or above; an outsider is not excited."""
    other = "CC" if who != "CC" else "BB"
    menus = {"AA": actor(act("hit", rung, "BB")), "BB": bystander("AA"), "CC": bystander("AA")}
    push = opener("push", 1, other)
    menus[who] = actor(*menus[who]["actions"], push, excitation=SURE)
    case = world(forced(1, "AA", "hit"), turns=2, **menus)
    assert ("2.0" in "".join(story(tell(case)))) == (opens and who != "CC")


@pytest.mark.parametrize("slack", [-1e-9, 1e-9])
@pytest.mark.parametrize("turn_days", [7, 14])
def test_5_d_tension(tell, turn_days, slack):
    """T <- min(1, decay^dt x T + gain x max(0, strongest realised rung of j's acts on i)/9)."""
    dt = turn_days / 7
    felt = 0.5**dt * 0.8 + 0.9 * 4 / 9
    needs = {"if": f"tension(BB, AA) >= {felt + slack}"}
    key = opener("key", 1, "AA", **needs)
    rules = {"tension": {"decay": 0.5, "gain": 0.9}, "reply": ALWAYS,
             "chain": {"damping": 1.0, "longest": 2}}  # fmt: skip
    menu = actor(act("hit", 4, "BB", limit=1), act("jab", 2, "BB"), reciprocity=0.0)
    case = world(event(1, tension("AA", "BB", 0.8)), forced(1, "AA", "hit"), turns=2,
                 turn_days=turn_days, rules=rules, AA=menu,
                 BB=actor(key, act("back", 3, "AA"), tempo=SURE))  # fmt: skip
    second = [a for a in story(tell(case)) if a.startswith("2.0 BB key")]
    assert len(second) == (slack < 0)


def test_5_e_tension_is_felt_by_the_target(tell):
    """Tension felt by i from j builds on j's acts with i among the targets, not on i's own."""
    rules = {"tension": {"decay": 0.5, "gain": 1.0}}
    menus = {
        "AA": actor(
            act("hit", 3, "BB"), opener("a", 1, "BB", **{"if": "tension(AA) >= 0.1"}), tempo=SURE
        ),
        "BB": actor(opener("b", 1, "AA", **{"if": "tension(BB) >= 0.1"}), tempo=SURE),
        "CC": actor(opener("c", 1, "AA", **{"if": "tension(CC) >= 0.1"}), tempo=SURE),
    }
    case = world(forced(1, "AA", "hit"), turns=2, rules=rules, **menus)
    assert story(tell(case)) == ["1.0 AA hit", "2.0 BB b"]


def test_5_f_kindness_adds_no_tension(tell):
    """max(0, ...): an act below 0 neither adds nor takes away."""
    key = opener("key", 1, "AA", **{"if": "tension(BB, AA) == 0.4"})
    rules = {"tension": {"decay": 1.0, "gain": 3.0}}
    case = world(event(1, tension("AA", "BB", 0.4)), forced(1, "AA", "kind"), turns=2, rules=rules,
                 AA=actor(act("kind", -2, "BB")), BB=actor(key, tempo=SURE))  # fmt: skip
    assert story(tell(case)) == ["1.0 AA kind", "1.0 BB key", "2.0 BB key"]


def test_5_g_tension_stays_below_one(tell):
    """min(1, ...)."""
    key = opener("key", 1, "AA", **{"if": "tension(BB) <= 0.5"})
    rules = {"tension": {"decay": 0.5, "gain": 9.0}}
    case = world(forced(1, "AA", "hit"), turns=3, rules=rules, AA=actor(act("hit", 7, "BB")),
                 BB=actor(key, tempo=SURE))  # fmt: skip
    assert story(tell(case)) == ["1.0 AA hit", "1.0 BB key", "3.0 BB key"]


@pytest.mark.parametrize(
    ("start", "change", "turns"),
    [(0.25, 0.25, [2, 3, 4]), (0.75, -0.25, [1, 2]), (1.0, 0.5, [1, 2, 3, 4]), (0.0, -0.5, [])],
)
def test_5_h_stocks_change(tell, start, change, turns):
    """Stocks move by their change."""
    fire = opener("fire", 1, "BB", **{"if": "stock(AA.shells) >= 0.5"})
    store = {"shells": {"start": start, "change": change}}
    case = world(turns=4, AA=actor(fire, tempo=SURE, stocks=store), BB=bystander("AA"))
    assert [a["turn"] for a in tell(case).acts] == turns


@pytest.mark.parametrize(("change", "start", "opens"), [(1.0, 0.75, False), (-1.0, 0.25, True)])
def test_5_i_stocks_are_clipped(tell, change, start, opens):
    """... clipped to 0..1."""
    fire = opener("fire", 1, "BB", **{"if": "stock(AA.shells) >= 0.5"})
    store = {"shells": {"start": start, "change": change}}
    amount = {"kind": "stock", "actor": "AA", "stock": "shells", "amount": 0.5 if opens else -0.75}
    menu = actor(fire, tempo=SURE, stocks=store)
    case = world(event(2, amount), turns=2, AA=menu, BB=bystander("AA"))
    assert ("2.0 AA fire" in story(tell(case))) == opens
