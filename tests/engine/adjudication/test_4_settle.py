"""4. Settle: the peak, agreements, the crisis, effects."""

from __future__ import annotations

import pytest

from engine.adjudication.hand import (
    ALWAYS,
    NEVER,
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
    tension,
    u,
    world,
)

NUDGE = 1e-6
TALKS = {"reply": {**NEVER, "conciliatory": 1.0}, "chain": {"damping": 1.0, "longest": 1}}
OFFER, ACCEPT = act("offer", -2, "BB", reply=None), act("accept", -1, "AA")
OFFERS = forced(1, "AA", "offer")


def calendar(*does: tuple[int, str, str]) -> list[dict[str, object]]:
    return [forced(*done) for done in does]


def test_4_a_turn_peak(tell):
    """The turn's peak is its highest realised rung (0 if no act was above 0)."""
    menu = actor(act("low", 2, "BB"), act("high", 5, "BB"), act("kind", -1, "BB"))
    does = [(1, "AA", "kind"), (2, "AA", "low"), (2, "BB", "hit"), (3, "AA", "high")]
    case = world(*calendar(*does), turns=4, AA=menu, BB=actor(act("hit", 4, "AA")))  # fmt: skip
    history = tell(case)
    assert history.turn_peaks == [0, 4, 5, 0]
    assert history.columns["peak"] == 5


@pytest.mark.parametrize("side", [-1, 1])
def test_4_b_war_from_strikes(tell, side):
    """If the peak is 7 and u(war) < war_from_strikes, it is 8."""
    rules = {"war_from_strikes": u("war/2") + side * NUDGE}
    case = world(forced(2, "AA", "hit"), rules=rules, AA=actor(act("hit", 7, "BB")),
                 BB=bystander("AA"))  # fmt: skip
    history = tell(case)
    assert history.turn_peaks == [0, 8 if side == 1 else 7, 0]
    assert history.columns["peak"] == (8 if side == 1 else 7)
    assert history.columns["turns"] == (2 if side == 1 else 3)
    assert history.acts[0]["realised"] == 7


def test_4_c_only_strikes_become_war(tell):
    """A turn whose peak is 6 does not become war."""
    case = world(forced(1, "AA", "hit"), rules={"war_from_strikes": 1.0},
                 AA=actor(act("hit", 6, "BB")), BB=bystander("AA"))  # fmt: skip
    assert tell(case).columns["peak"] == 6


@pytest.mark.parametrize("rung", [8, 9])
def test_4_d_over_at_the_end_of_the_turn(tell, rung):
    """A turn peak of 8 or 9 ends the history, at the end of the turn: answers still happen."""
    rules = {"reply": ALWAYS, "chain": {"damping": 1.0, "longest": 1}, "nuclear": True}
    case = world(*calendar((1, "AA", "hit"), (2, "AA", "hit")), rules=rules,
                 AA=actor(act("hit", rung, "BB")), BB=actor(act("back", 3, "AA")))  # fmt: skip
    history = tell(case)
    assert story(history) == ["1.0 AA hit", "1.1 BB back"]
    assert history.columns["turns"] == 1
    assert history.turn_peaks == [rung, 0, 0]


def agreeing(*does, turns=6, term=4, extra=(), rules=None, **others):
    """Return a world where AA offers in turn 1 and BB accepts."""
    deal = {"turns": term, "tempo_factor": 1.0}
    return world(OFFERS, *calendar(*does), turns=turns,
                 rules={**TALKS, "agreement": deal, **(rules or {})},
                 AA=actor(OFFER, act("hit", 4, "BB"), act("astray", 4, "CC"), act("jab", 3, "BB"),
                          *extra),
                 BB=actor(ACCEPT, act("hit", 4, "AA", reply=None)),
                 **(others or {"CC": bystander("AA")}))  # fmt: skip


@pytest.mark.parametrize(
    ("done", "broken"),
    [
        ((2, "AA", "hit"), 1),
        ((5, "BB", "hit"), 1),
        ((6, "AA", "hit"), 0),  # its term of 4 turns is over
        ((2, "AA", "jab"), 0),  # below broken_by
        ((2, "AA", "astray"), 0),  # not at a party
        ((2, "CC", "strike"), 0),  # not by a party
    ],
)
def test_4_e_agreement_broken(tell, done, broken):
    """Broken by an act at `broken_by` or above by one party with the other among its targets."""
    case = agreeing(done, CC=actor(act("strike", 5, "AA", "BB")))
    columns = tell(case).columns
    assert (columns["agreements"], columns["broken"]) == (1, broken)


def test_4_f_broken_once(tell):
    """A broken agreement is no longer in force: it is not broken again."""
    assert (
        tell(agreeing((2, "AA", "hit"), (2, "BB", "hit"), (3, "AA", "hit"))).columns["broken"] == 1
    )


@pytest.mark.parametrize(
    ("offered", "answered", "made"), [(-2, -2, 1), (-2, -1, 1), (-2, 0, 0), (-1, -2, 0)]
)
def test_4_g_agreement_made(tell, offered, answered, made):
    """An act at -2 answered at -1 or below makes an agreement."""
    case = world(OFFERS, turns=1, rules=TALKS, AA=actor(act("offer", offered, "BB", reply=None)),
                 BB=actor(act("accept", answered, "AA")))  # fmt: skip
    history = tell(case)
    assert len(history.acts) == 2
    assert history.columns["agreements"] == made


@pytest.mark.parametrize("slipped", ["AA", "BB"])
def test_4_h_realised_rungs_agree(tell, slipped):
    """It is the realised rungs that count: a slip can spoil an offer or an answer."""
    slip = [{"to": 0, "chance": 1.0}]
    offer = {**OFFER, **({"slip": slip} if slipped == "AA" else {})}
    accept = {**ACCEPT, **({"slip": slip} if slipped == "BB" else {})}
    rules = {**TALKS, "reply": ALWAYS}
    history = tell(world(OFFERS, turns=1, rules=rules, AA=actor(offer), BB=actor(accept)))
    assert len(history.acts) == 2
    assert history.columns["agreements"] == 0


def test_4_i_no_agreement_for_an_ally(tell):
    """... taken up as a provocation of weight 1: an ally's answer makes none."""
    ally = actor(act("accept", -1, "AA"), commitments={"BB": 1.0})
    case = world(OFFERS, turns=1, rules=TALKS, AA=actor(OFFER), BB=bystander("AA"), CC=ally)
    history = tell(case)
    assert history.columns["joined"] == 1
    assert history.columns["agreements"] == 0


@pytest.mark.parametrize(("second", "end"), [(None, 3), (2, 4)])
def test_4_j_term(tell, second, end):
    """In force for turns t + 1 .. t + turns; made again, the term starts anew and it counts."""
    watch = opener("watch", 1, "AA", **{"if": "agreed(AA, BB)"})
    asked = [forced(second, "BB", "offer")] if second else []
    case = world(OFFERS, *asked, turns=6, rules={**TALKS, "agreement": {"turns": 2}},
                 AA=actor(OFFER, act("fine", -1, "BB", reply=0.0)),
                 BB=actor(ACCEPT, act("offer", -2, "AA", reply=None), watch,
                          tempo=SURE))  # fmt: skip
    history = tell(case)
    watched = [a["turn"] for a in history.acts if a["action"] == "watch"]
    expected = [t for t in range(2, end + 1) if t != second]
    assert watched == expected
    assert history.columns["agreements"] == (2 if second else 1)


@pytest.mark.parametrize("who", ["AA", "BB"])
def test_4_k_agreement_calms(tell, who):
    """Both excitations become 0."""
    spur = event(1, *[excitation(who, 5.0)] * 8)
    hot = opener("push", 1, "CC")
    menus = {"AA": actor(OFFER, hot, memory=1000.0), "BB": actor(ACCEPT, hot, memory=1000.0)}
    case = world(spur, OFFERS, turns=2, rules=TALKS, CC=bystander("AA"), **menus)
    assert [a for a in story(tell(case)) if a.startswith("2.")] == []
    deaf = world(spur, OFFERS, turns=2, CC=bystander("AA"), **menus)
    assert [a for a in story(tell(deaf)) if a.startswith("2.")] == [f"2.0 {who} push"]


def test_4_l_not_broken_in_its_own_turn(tell):
    """An agreement made this turn is not broken this turn."""
    case = world(OFFERS, forced(1, "BB", "hit"), turns=1, rules=TALKS, AA=actor(OFFER),
                 BB=actor(ACCEPT, act("hit", 5, "AA", reply=None)))  # fmt: skip
    columns = tell(case).columns
    assert (columns["agreements"], columns["broken"]) == (1, 0)


CRISIS = {"opens_at": 4, "sustained_by": 3, "quiet_turns": 2}
MENU_A = tuple(
    act(name, rung, target, reply=None)
    for name, rung, target in (
        ("clash", 4, "BB"),
        ("show", 3, "BB"),
        ("word", 2, "BB"),
        ("aside", 3, "CC"),
        ("reach", 4, "CC"),
        ("war", 8, "BB"),
    )
)


def crisis_of(tell, *does, turns=8, **more):
    """Return (opened, ended, how) of every crisis."""
    others = {
        "BB": actor(ACCEPT, act("show", 3, "CC", reply=None)),
        "CC": actor(act("show", 3, "AA")),
    }
    case = world(*calendar(*does), turns=turns, rules={**TALKS, "crisis": CRISIS},
                 AA=actor(OFFER, *MENU_A), **{**others, **more})  # fmt: skip
    history = tell(case)
    spans = [(c["opened"], c["ended"], c["how"]) for c in history.crises]
    assert history.columns["crises"] == len(spans)
    assert history.columns["crisis_turns"] == sum(end - start + 1 for start, end, _ in spans)
    return spans


def test_4_m_crisis_opens(tell):
    """If none was open and some act reached `opens_at`: one opens. Still open at the end: open."""
    assert crisis_of(tell, (1, "AA", "show"), turns=4) == []
    assert crisis_of(tell, (3, "AA", "clash"), turns=4) == [(3, 4, "open")]


def test_4_n_crisis_fades(tell):
    """It ends "faded" when the turn is `quiet_turns` or more after the last renewal."""
    assert crisis_of(tell, (2, "AA", "clash")) == [(2, 4, "faded")]
    assert crisis_of(tell, (2, "AA", "clash"), (3, "AA", "word")) == [(2, 4, "faded")]


def test_4_o_crisis_renewed(tell):
    """An act at `sustained_by` or above by a party with a party among its targets renews it."""
    assert crisis_of(tell, (2, "AA", "clash"), (4, "AA", "show")) == [(2, 6, "faded")]


@pytest.mark.parametrize(("who", "what"), [("AA", "aside"), ("BB", "show"), ("CC", "show")])
def test_4_p_outsiders_do_not_renew(tell, who, what):
    """An act below `opens_at` by, or only at, an outsider does not renew it."""
    assert crisis_of(tell, (2, "AA", "clash"), (3, who, what)) == [(2, 4, "faded")]


def test_4_q_crisis_widens(tell):
    """Acts at `opens_at` or above renew it and add their sources and targets to its parties."""
    spans = crisis_of(tell, (2, "AA", "clash"), (3, "AA", "reach"), (5, "CC", "show"))
    assert spans == [(2, 7, "faded")]


def test_4_q_opening_rung_renews(tell):
    """(or any act at `opens_at` or above) renews it, even where `sustained_by` is higher."""
    high = {"opens_at": 4, "sustained_by": 6, "quiet_turns": 2}
    case = world(*calendar((1, "AA", "clash"), (2, "AA", "clash")), turns=5,
                 rules={"crisis": high}, AA=actor(*MENU_A), BB=bystander("AA"),
                 CC=bystander("AA"))  # fmt: skip
    assert [(c["ended"], c["how"]) for c in tell(case).crises] == [(4, "faded")]


def test_4_r_crisis_ends_in_agreement(tell):
    """It ends "agreement" if one was made this turn between two of its parties."""
    assert crisis_of(tell, (1, "AA", "clash"), (2, "AA", "offer")) == [(1, 2, "agreement")]


def test_4_s_agreement_with_an_outsider(tell):
    """An agreement with an outsider does not end it."""
    outsider = actor(act("deal", -2, "AA", reply=None))
    menu = actor(act("fine", -1, "CC"), *MENU_A)
    case = world(*calendar((1, "AA", "clash"), (2, "CC", "deal")), turns=5,
                 rules={**TALKS, "crisis": CRISIS}, AA=menu, BB=bystander("AA"),
                 CC=outsider)  # fmt: skip
    history = tell(case)
    assert history.columns["agreements"] == 1
    assert [(c["ended"], c["how"]) for c in history.crises] == [(3, "faded")]


def test_4_t_agreement_in_the_opening_turn(tell):
    """If a crisis *is* open: one that opens this turn is not ended by this turn's agreement."""
    spans = crisis_of(tell, (1, "AA", "offer"), (1, "BB", "clash"), turns=2,
                      BB=actor(ACCEPT, act("clash", 4, "AA", reply=None)))  # fmt: skip
    assert spans == [(1, 2, "open")]


def test_4_u_crisis_ends_in_war(tell):
    """It ends "war" if the replication is over; one that opens then ends in the same turn."""
    assert crisis_of(tell, (1, "AA", "clash"), (2, "AA", "war")) == [(1, 2, "war")]
    assert crisis_of(tell, (2, "AA", "war")) == [(2, 2, "war")]


def test_4_v_crises_follow_one_another(tell):
    """One that ended makes room for another, from the next turn on."""
    does = [(1, "AA", "clash"), (2, "AA", "offer"), (2, "CC", "clash"), (4, "AA", "clash")]
    spans = crisis_of(tell, *does, CC=actor(act("clash", 4, "AA", reply=None)))
    assert spans == [(1, 2, "agreement"), (4, 6, "faded")]


@pytest.mark.parametrize(("a", "c"), [(True, False), (False, True)])
def test_4_w_effects_in_order(tell, a, c):
    """Effects of this turn's acts, by link, then actor id: the last word on a flag stands."""
    key = opener("key", 1, "AA", **{"if": "open"})
    case = world(forced(1, "AA", "set"), forced(1, "CC", "set"), turns=2, flags={"open": not c},
                 AA=actor(act("set", 1, "BB", effects=[flag("open", a)])),
                 BB=actor(key, tempo=SURE),
                 CC=actor(act("set", 1, "BB", effects=[flag("open", c)])))  # fmt: skip
    turns = [x["turn"] for x in tell(case).acts if x["action"] == "key"]
    assert turns == [t for t, value in ((1, not c), (2, c)) if value]


def test_4_x_effects_of_later_links_last(tell):
    """... by link first: an answer's effects come after an opening's, whoever makes them."""
    key = opener("key", 1, "BB", **{"if": "open"})
    rules = {"reply": {**NEVER, "encroachment": 1.0}, "chain": {"longest": 1}}
    case = world(forced(1, "BB", "set"), turns=2, rules=rules, flags={"open": False},
                 AA=actor(act("unset", 1, "BB", effects=[flag("open", False)])),
                 BB=actor(act("set", 4, "AA", effects=[flag("open", True)])),
                 CC=actor(key, tempo=SURE))  # fmt: skip
    assert story(tell(case)) == ["1.0 BB set", "1.1 AA unset"]


def test_4_y_effects_in_list_order(tell):
    """... then list order, each clipped in turn: tension to 0..1."""
    key = opener("key", 1, "AA", **{"if": "tension(BB) >= 0.25"})
    up, down = tension("AA", "BB", 1.0), tension("BB", "AA", -1.0)
    half = tension("AA", "BB", 0.5)  # a quarter once it has decayed
    for effects, opens in (((down, half), True), ((up, up, down), False)):
        case = world(forced(1, "AA", "do"), turns=2, AA=actor(act("do", 1, "BB", effects=effects)),
                     BB=actor(key, tempo=SURE))  # fmt: skip
        assert ("2.0 BB key" in story(tell(case))) == opens


def test_4_z_stock_and_excitation_floors(tell):
    """`stock` adds (clipped to 0..1); `excitation` adds (not below 0)."""
    fire = opener("fire", 1, "BB", **{"if": "stock(AA.shells) >= 0.5"})
    spend = act("do", 1, "BB", effects=[stock("AA", -1.0), stock("AA", 0.5)])
    menu = actor(fire, spend, tempo=SURE, stocks={"shells": {"start": 0.25}})
    assert "2.0 AA fire" in story(tell(world(forced(1, "AA", "do"), turns=2, AA=menu,
                                             BB=bystander("AA"))))  # fmt: skip
    fill = act("do", 1, "BB", effects=[stock("AA", 1.0), stock("AA", -0.75)])
    menu = actor(fire, fill, tempo=SURE, stocks={"shells": {"start": 0.25}})
    case = world(forced(1, "AA", "do"), turns=2, AA=menu, BB=bystander("AA"))
    assert story(tell(case)) == ["1.0 AA do"]
    rouse = act("do", 1, "BB", effects=[excitation("AA", -5.0), excitation("AA", 5.0)])
    menu = actor(opener("push", 1, "BB"), rouse, memory=1000.0)
    assert "2.0 AA push" in story(tell(world(forced(1, "AA", "do"), turns=2, AA=menu,
                                             BB=bystander("AA"))))  # fmt: skip
