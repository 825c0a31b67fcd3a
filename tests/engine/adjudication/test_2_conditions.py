"""2. Initiate: what an action waits for."""

import pytest

from engine.adjudication.hand import (
    ALWAYS,
    SURE,
    act,
    actor,
    bystander,
    event,
    forced,
    opener,
    story,
    world,
)


def turns_of(tell, condition, *calendar, **more):
    """Return the turns in which C opens with an action that waits for a condition."""
    key = opener("key", 1, "AA", **{"if": condition})
    menus = {
        "AA": actor(act("hit", 4, "BB", "CC"), act("jab", 3, "CC")),
        "BB": bystander("AA"),
        "CC": actor(key, tempo=SURE),
        **more,
    }
    case = world(*calendar, turns=4, **menus)
    return [a["turn"] for a in tell(case).acts if a["action"] == "key"]


@pytest.mark.parametrize(
    ("condition", "turns"),
    [
        ("turn >= 3", [3, 4]),
        ("turn == 2 or turn > 3", [2, 4]),
        ("not (turn < 2 or turn >= 4)", [2, 3]),
    ],
)
def test_2_c_turn(tell, condition, turns):
    """turn: its number, from 1."""
    assert turns_of(tell, condition) == turns


@pytest.mark.parametrize(
    ("condition", "turns"),
    [
        ("since(AA, 4) <= 1 weeks", [3]),
        ("since(AA, 4) < 100 weeks", [3, 4]),
        ("since(AA, 4) > 1 weeks", [1, 2, 4]),
        ("since(AA, BB, 4) <= 3 weeks", [3, 4]),
        ("since(AA, BB, 5) <= 3 weeks", []),
        ("since(BB, AA, 4) <= 3 weeks", []),
        ("acted(AA.hit)", [3, 4]),
        ("acted(AA.jab)", []),
        ("peak >= 4", [3, 4]),
        ("peak < 4", [1, 2]),
    ],
)
def test_2_c_what_was_done(tell, condition, turns):
    """since, acted, peak: of acts of turns before, and of links before; never done is infinite."""
    assert turns_of(tell, condition, forced(2, "AA", "hit")) == turns


@pytest.mark.parametrize(("target", "turns"), [("BB", [3, 4]), ("CC", [])])
def test_2_c_deaths(tell, target, turns):
    """deaths(a): the dead of acts whose first target is a."""
    menu = actor(act("strike", 6, "BB", "CC"))
    calendar = forced(2, "AA", "strike")
    assert turns_of(tell, f"deaths({target}) >= 1", calendar, AA=menu) == turns


@pytest.mark.parametrize(("parties", "turns"), [("AA, BB", [3]), ("BB, AA", [3])])
def test_2_c_crisis(tell, parties, turns):
    """crisis(a, b): both are parties to an open crisis, as the turn began."""
    key = opener("key", 1, "AA", **{"if": f"crisis({parties})"})
    case = world(
        forced(2, "AA", "hit"),
        turns=4,
        rules={"crisis": {"opens_at": 4, "quiet_turns": 1}},
        AA=actor(act("hit", 4, "BB")),
        BB=bystander("AA"),
        CC=actor(key, tempo=SURE),
    )
    assert [a["turn"] for a in tell(case).acts if a["action"] == "key"] == turns


@pytest.mark.parametrize(
    ("condition", "answers"),
    [
        ("since(AA, 4) <= 0 weeks", True),
        ("acted(AA.hit)", True),
        ("peak >= 4", True),
        ("not acted(AA.hit)", False),
        ("tension(BB, AA) > 0", False),
        ("crisis(AA, BB)", False),
    ],
)
def test_2_c_earlier_links_are_seen(tell, condition, answers):
    """since, acted, peak, deaths see the links before; flags, stocks, tension, crises do not."""
    case = world(
        forced(1, "AA", "hit"),
        turns=1,
        rules={"reply": ALWAYS, "chain": {"longest": 1}},
        AA=actor(act("hit", 4, "BB")),
        BB=actor(act("back", 4, "AA", **{"if": condition})),
    )
    assert ("1.1 BB back" in story(tell(case))) == answers


def test_2_c_the_same_link_is_not_seen(tell):
    """All act at once in a link: what another does in it is not seen."""
    late = opener("late", 1, "AA", **{"if": "acted(AA.hit)"})
    case = world(
        event(1), forced(1, "AA", "hit"), turns=1, AA=actor(act("hit", 4, "BB")),
        BB=bystander("AA"), CC=actor(late, tempo=SURE),
    )  # fmt: skip
    assert story(tell(case)) == ["1.0 AA hit"]
