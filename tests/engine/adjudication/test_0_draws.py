"""0. Draws and numbers."""

from __future__ import annotations

import math

import pytest

import reference_world
from engine.adjudication.hand import act, actor, bystander, forced, opener, story, u, world
from wargame.engine import ensemble


def test_0_a_published_vectors(monkeypatch):
    """z = key + (k + 1) x 0x9E3779B97F4A7C15, SplitMix64's mixing, u = ((z >> 12) + 0.5) x 2^-52.

    The first outputs of SplitMix64 from the state 1234567 are published with several
    implementations (among them Rosetta Code, "Pseudo-random numbers/Splitmix64").
    """
    monkeypatch.setattr(reference_world, "row_key", lambda name: 1234567)
    published = [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
        4593380528125082431,
        16408922859458223821,
    ]
    expected = [((z >> 12) + 0.5) * 2.0**-52 for z in published]
    assert [reference_world.uniform("any", k) for k in range(5)] == expected


def test_0_b_key():
    """key = the 8-byte BLAKE2b digest of the row's name, read as a little-endian number.

    As ``printf 1/perceive/12/2/PRK | b2sum -l 64`` prints it, bytes reversed.
    """
    assert reference_world.row_key("1/perceive/12/2/PRK") == 0x4F1C673B890660CA


@pytest.mark.parametrize("k", [0, 1, 7])
@pytest.mark.parametrize("seed", [0, 1, 2**40])
def test_0_c_the_engine_draws_alike(k, seed):
    """A row is named by the seed, a purpose and where it is used, joined by `/`."""
    hazard = -math.log1p(-u("initiate/1/AA", k, seed))
    for tempo, opens in ((hazard - 1e-6, False), (hazard + 1e-6, True)):
        menu = actor(opener("push", 3, "BB"), tempo=tempo)
        case = world(turns=1, AA=menu, BB=bystander("AA"))
        results = ensemble.run(case, replications=1, seed=seed, first=k)
        assert bool(results.table["acts"][0]) == opens


def test_0_d_value_without_uncertainty(tell):
    """Without parameter uncertainty its `value` is used."""
    slip = [{"to": 5, "chance": {"value": 0.0, "low": 0.0, "high": 1.0}}]
    case = world(*[forced(t, "AA", "hit") for t in (1, 2, 3)],
                 AA=actor(act("hit", 3, "BB", slip=slip)), BB=bystander("AA"))  # fmt: skip
    assert not any(a["accidental"] for a in tell(case).acts)


@pytest.mark.parametrize("k", range(6))
def test_0_e_triangular(k):
    """With it, low < high is drawn once per replication: triangular, by inverse distribution."""
    number = {"value": 1.0, "low": 0.5, "high": 3.0}
    menu = actor(
        opener("push", 3, "BB", cost=number), tempo={"value": 1.0, "low": 1.0, "high": 1.0}
    )
    case = world(turns=1, AA=menu, BB=bystander("AA"))
    results = ensemble.run(case, replications=1, seed=1, first=k, uncertainty=True)
    draw = u("parameter/actors.AA.actions.push.cost", k)
    if draw < 0.2:  # (value - low)/(high - low)
        expected = 0.5 + math.sqrt(draw * 2.5 * 0.5)
    else:
        expected = 3.0 - math.sqrt((1 - draw) * 2.5 * 2.0)
    assert results.parameters["actors.AA.actions.push.cost"][0] == pytest.approx(
        expected, rel=1e-12
    )
    assert "actors.AA.tempo" not in results.parameters


def test_0_f_menu_order():
    """The engine sorts actors by id, and a menu by (rung, id)."""
    menu = actor(act("b", 3, "BB"), act("c", 1, "BB"), act("a", 3, "BB"))
    results = ensemble.run(world(ZZ=menu, BB=bystander("ZZ")), replications=1, seed=1)
    assert results.actors == ("BB", "ZZ")
    assert results.menus["ZZ"] == ("c", "a", "b")


def test_0_g_turns_count_from_one(tell):
    """Turns are 1, 2, ... to the last."""
    menu = actor(opener("push", 1, "BB"), tempo=20.0)
    case = world(turns=2, AA=menu, BB=bystander("AA"))
    assert story(tell(case)) == ["1.0 AA push", "2.0 AA push"]
