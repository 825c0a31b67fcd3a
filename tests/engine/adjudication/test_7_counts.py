"""7. What is counted."""

from __future__ import annotations

import math

import pytest

from engine.adjudication.hand import ALWAYS, NEVER, act, actor, bystander, forced, u, world

CHAIN = {"reply": ALWAYS, "chain": {"damping": 1.0, "longest": 1}}


def strikes(*does, turns=6, rules=None, more=None):
    """Return a world in which AA and CC do as told, by rung, to BB."""
    menu = tuple(act(f"r{rung}", rung, "BB", reply=None) for rung in range(1, 10))
    calendar = [forced(turn, who, f"r{rung}") for turn, who, rung in does]
    actors = {"AA": actor(*menu), "BB": bystander("AA"), "CC": actor(*menu), **(more or {})}
    return world(*calendar, turns=turns, rules={"nuclear": True, **(rules or {})}, **actors)


def test_7_a_first_turns(tell):
    """First turn at or above 4, 5 and 6, 0 for never, and who crossed."""
    columns = tell(strikes((1, "AA", 3), (2, "CC", 4), (4, "AA", 5), (5, "CC", 5))).columns
    assert [columns[f"first_{level}"] for level in (4, 5, 6)] == [2, 4, 0]
    assert [columns[f"crosser_{level}"] for level in (4, 5, 6)] == ["CC", "AA", None]


def test_7_b_a_jump_crosses_all(tell):
    """A jump crosses every level at once."""
    columns = tell(strikes((2, "AA", 6))).columns
    assert [columns[f"first_{level}"] for level in (4, 5, 6)] == [2, 2, 2]


def test_7_c_several_cross(tell):
    """Several at the same link: "several"."""
    columns = tell(strikes((2, "AA", 6), (2, "CC", 5))).columns
    assert [columns[f"crosser_{level}"] for level in (4, 5, 6)] == ["several", "several", "AA"]


def test_7_d_earliest_link(tell):
    """... the actor with the earliest link there: the one who answers did not cross."""
    back = {"BB": actor(act("back", 6, "AA"))}
    columns = tell(strikes((1, "AA", 5), rules=CHAIN, more=back)).columns
    assert [columns[f"crosser_{level}"] for level in (4, 5, 6)] == ["AA", "AA", "BB"]


def test_7_e_turns_at_levels(tell):
    """Turns at or above 5; lethal turns (peak 6 or more): turns, not acts."""
    does = [(1, "AA", 5), (1, "CC", 5), (2, "AA", 4), (3, "AA", 6), (3, "CC", 6), (4, "CC", 7)]
    columns = tell(strikes(*does)).columns
    assert (columns["turns_at_5"], columns["lethal_turns"]) == (3, 2)


def test_7_f_deaths(tell):
    """Deaths of all acts together."""
    six = [math.floor(100.0 ** u(f"deaths/{turn}/0/AA")) for turn in (1, 2)]
    assert tell(strikes((1, "AA", 6), (2, "AA", 6))).columns["deaths"] == sum(six)


@pytest.mark.parametrize("rung", [8, 9])
def test_7_g_deaths_of_war(tell, rung):
    """1,000 stands for 1,000 or more."""
    assert tell(strikes((1, "AA", 7), (2, "AA", rung))).columns["deaths"] == 1000


def test_7_h_strikes_that_became_war(tell):
    """Major strikes that became war count as 1,000 or more too."""
    columns = tell(strikes((1, "AA", 7), rules={"war_from_strikes": 1.0})).columns
    assert (columns["peak"], columns["deaths"]) == (8, 1000)


@pytest.mark.parametrize(("rung", "counts"), [(1, 0), (2, 1), (8, 1), (9, 0)])
def test_7_i_incidents_by_rung(tell, rung, counts):
    """Incidents: some act at realised rung 2..8 was aimed at another side."""
    assert tell(strikes((1, "AA", rung))).columns["incidents"] == counts


@pytest.mark.parametrize(
    ("sides", "counts"), [((None, None), 2), (("south", "south"), 1), (("south", "north"), 2)]
)
def test_7_j_allies_count_once(tell, sides, counts):
    """Per turn and link, the sides: allies who act together count once."""
    case = strikes((1, "AA", 3), (1, "CC", 4))
    document = case.model_dump()
    for who, side in zip(("AA", "CC"), sides, strict=True):
        document["actors"][who]["side"] = side
    assert tell(type(case).model_validate(document)).columns["incidents"] == counts


def test_7_k_links_count_apart(tell):
    """... per link: an answer is an incident of its own, and so is the next turn's act."""
    back = {"BB": actor(act("back", 2, "AA"), side="south"), "AA": actor(act("r3", 3, "BB"))}
    assert (
        tell(strikes((1, "AA", 3), (2, "AA", 3), rules=CHAIN, more=back)).columns["incidents"] == 4
    )


def test_7_k_one_side_on_two_links(tell):
    """... and what a side does on two links of a turn counts twice."""
    rules = {"reply": ALWAYS, "chain": {"damping": 1.0, "longest": 2}}
    back = {"BB": actor(act("back", 2, "AA")), "AA": actor(act("r3", 3, "BB"))}
    assert tell(strikes((1, "AA", 3), rules=rules, more=back)).columns["incidents"] == 3


@pytest.mark.parametrize(("targets", "counts"), [(("BB",), 0), (("BB", "CC"), 1)])
def test_7_l_own_side(tell, targets, counts):
    """An act at one's own side only is none."""
    case = world(forced(1, "AA", "hit"), turns=1, AA=actor(act("hit", 3, *targets), side="south"),
                 BB=bystander("AA", side="south"), CC=bystander("AA"))  # fmt: skip
    assert tell(case).columns["incidents"] == counts


def test_7_m_acts_accidents_joiners(tell):
    """Acts, accidental acts, acts on behalf of an ally."""
    slip = [{"to": 3, "chance": 1.0}]
    joiner = actor(act("back", 3, "AA", slip=slip), commitments={"BB": 1.0})
    history = tell(strikes((1, "AA", 3), (2, "AA", 3), rules=CHAIN, more={"CC": joiner}))
    assert [history.columns[c] for c in ("acts", "accidental", "joined")] == [4, 2, 2]
    assert history.joined == {("CC", "BB"): 2}


def test_7_n_answers(tell):
    """Provocations of weight 1 by their realised rung, against the rung of the answer."""
    rules = {"reply": {**NEVER, "low": 1.0}, "chain": {"damping": 1.0, "longest": 1}}
    back = {"BB": actor(act("back", 2, "AA", slip=[{"to": 4, "chance": 1.0}]))}
    does = [(1, "AA", 3), (2, "AA", 5), (3, "AA", 3)]
    assert tell(strikes(*does, rules=rules, more=back)).answers == {(3, 4): 2, (5, None): 1}


def test_7_o_answers_for_allies_are_apart(tell):
    """What was taken up on behalf of an ally is not among them."""
    joiner = actor(act("back", 3, "AA"), commitments={"BB": 1.0})
    history = tell(strikes((1, "AA", 3), rules=CHAIN, more={"CC": joiner}))
    assert history.answers == {(3, None): 1}
