"""3. React: who answers what, how it is read, and with what."""

from __future__ import annotations

import math

import pytest
from scipy.special import ndtri

from engine.adjudication.hand import ALWAYS, NEVER, act, actor, bystander, forced, story, u, world

NUDGE = 1e-6
ANSWERS = {"reply": ALWAYS, "chain": {"damping": 1.0, "longest": 1}}
HIT, BACK = act("hit", 3, "BB"), act("back", 3, "AA")
START = forced(1, "AA", "hit")


def answer(history, who="BB"):
    """Return the one answer of an actor, or None."""
    found = [a for a in history.acts if a["actor"] == who and a["link"] > 0]
    assert len(found) <= 1
    return found[0] if found else None


def test_3_a_targets_are_provoked(tell):
    """Every act whose targets include i is a provocation of weight 1; others are none."""
    bystanders = actor(act("back", 3, "AA"))
    both = actor(act("hit", 3, "BB", "CC"))
    case = world(
        START, turns=1, rules=ANSWERS, AA=both, BB=actor(BACK), CC=actor(BACK), DD=bystanders
    )
    history = tell(case)
    assert story(history) == ["1.0 AA hit", "1.1 BB back", "1.1 CC back"]
    assert answer(history)["provoker"] == "AA"
    assert answer(history)["behalf"] is None


def test_3_b_longest(tell):
    """Links 1 .. longest: nobody answers the last link."""
    rules = {"reply": ALWAYS, "chain": {"damping": 1.0, "longest": 3}}
    case = world(START, turns=1, rules=rules, AA=actor(HIT), BB=actor(BACK))
    assert [a["link"] for a in tell(case).acts] == [0, 1, 2, 3]


def test_3_c_only_the_link_before(tell):
    """All actors at once, on the acts of the link before: an older act provokes no more."""
    rules = {"reply": ALWAYS, "chain": {"damping": 1.0, "longest": 4}}
    case = world(START, turns=1, rules=rules, AA=actor(HIT), BB=actor(act("turn", 3, "CC")),
                 CC=bystander("AA"))  # fmt: skip
    assert story(tell(case)) == ["1.0 AA hit"]
    late = actor(act("late", 3, "BB"), act("spare", 1, "AA"))
    case = world(START, turns=1, rules=rules, AA=actor(HIT, act("hush", 1, "CC", reply=None)),
                 BB=actor(act("back", 3, "AA", "CC", limit=1)), CC=late)  # fmt: skip
    assert story(tell(case)) == ["1.0 AA hit", "1.1 BB back", "1.2 AA hit", "1.2 CC late"]


@pytest.mark.parametrize("side", [-1, 1])
def test_3_d_commitment_weighs(tell, side):
    """It answers if u(reply) < chance(round(s)) x weight: here a commitment."""
    weight = u("reply/1/1/CC") / 0.9 + side * NUDGE
    rules = {"reply": dict.fromkeys(ALWAYS, 0.9), "chain": {"longest": 1, "damping": 0.0}}
    ally = actor(BACK, commitments={"BB": weight})
    case = world(START, turns=1, rules=rules, AA=actor(HIT), BB=bystander("AA"), CC=ally)
    got = answer(tell(case), "CC")
    assert (got is not None) == (side == 1)
    assert got is None or got["behalf"] == "BB"


@pytest.mark.parametrize(("promises", "behalf"), [((0.8, 1.0), "CC"), ((1.0, 1.0), "BB")])
def test_3_e_largest_commitment(tell, promises, behalf):
    """Weight = the largest of i's commitments to its targets; of equal ones the first by id."""
    both = actor(act("hit", 3, "CC", "BB"))
    ally = actor(BACK, commitments=dict(zip(("BB", "CC"), promises, strict=True)))
    calm = bystander("AA")
    case = world(START, turns=1, rules=ANSWERS, AA=both, BB=calm, CC=calm, DD=ally)
    assert answer(tell(case), "DD")["behalf"] == behalf


def test_3_f_weight_zero_is_none(tell):
    """Weight 0 is none: the ally hit elsewhere at a higher rung does not distract."""
    strong = actor(act("hit", 5, "BB"))
    weak = actor(act("hit", 1, "DD"))
    other = actor(act("x", 1, "AA"), act("y", 1, "CC"), commitments={"BB": 0.0})
    case = world(START, forced(1, "CC", "hit"), turns=1, rules=ANSWERS,
                 AA=strong, BB=bystander("AA"), CC=weak, DD=other)  # fmt: skip
    assert answer(tell(case), "DD")["provoker"] == "CC"


def test_3_g_own_wound_is_no_alliance(tell):
    """An act that hits i itself has weight 1, whatever it is committed to."""
    both = actor(act("hit", 3, "BB", "CC"))
    ally = actor(BACK, commitments={"BB": 1.0})
    case = world(START, turns=1, rules=ANSWERS, AA=both, BB=bystander("AA"), CC=ally)
    assert answer(tell(case), "CC")["behalf"] is None


def test_3_h_own_act_provokes_not(tell):
    """Only acts of another actor provoke: one's own, on an ally, does not distract."""
    menu = actor(act("hit", 5, "BB"), act("back", 3, "CC"), commitments={"BB": 1.0})
    case = world(START, forced(1, "CC", "jab"), turns=1, rules=ANSWERS, BB=bystander("AA"),
                 AA=menu, CC=actor(act("jab", 3, "AA")))  # fmt: skip
    assert story(tell(case)) == ["1.0 AA hit", "1.0 CC jab", "1.1 AA back"]


@pytest.mark.parametrize(("aa", "cc", "provoker"), [(3, 4, "CC"), (4, 3, "AA")])
def test_3_i_takes_up_the_highest(tell, aa, cc, provoker):
    """It takes up one: the highest realised rung ..."""
    case = world(START, forced(1, "CC", "hit"), turns=1, rules=ANSWERS,
                 AA=actor(act("hit", aa, "BB")), CC=actor(act("hit", cc, "BB")),
                 BB=actor(act("x", 1, "AA", "CC")))  # fmt: skip
    assert answer(tell(case))["provoker"] == provoker
    slip = [{"to": cc, "chance": 1.0}]  # what was meant does not count
    meant = {"AA": actor(act("hit", aa, "BB")), "CC": actor(act("hit", 1, "BB", slip=slip))}
    case = world(START, forced(1, "CC", "hit"), turns=1, rules=ANSWERS,
                 BB=actor(act("x", 1, "AA", "CC")), **meant)  # fmt: skip
    assert answer(tell(case))["provoker"] == provoker


@pytest.mark.parametrize(("first", "provoker"), [(3, "CC"), (4, "AA")])
def test_3_j_then_the_larger_weight(tell, first, provoker):
    """... then the larger weight (the rung counts first) ..."""
    case = world(START, forced(1, "CC", "hit"), turns=1, rules=ANSWERS,
                 AA=actor(act("hit", first, "DD")), CC=actor(act("hit", 3, "BB")),
                 BB=actor(act("x", 1, "AA", "CC"), commitments={"DD": 0.999999}),
                 DD=bystander("AA"))  # fmt: skip
    assert answer(tell(case))["provoker"] == provoker


@pytest.mark.parametrize("k", range(6))
def test_3_k_then_the_larger_draw(tell, k):
    """... then the larger u(provocation)."""
    case = world(START, forced(1, "CC", "hit"), turns=1, rules=ANSWERS, AA=actor(HIT),
                 CC=actor(HIT), BB=actor(act("x", 1, "AA", "CC")))  # fmt: skip
    draws = {who: u(f"provocation/1/1/BB/{who}", k) for who in ("AA", "CC")}
    assert answer(tell(case, k))["provoker"] == max(draws, key=draws.__getitem__)


@pytest.mark.parametrize("k", range(4))
def test_3_l_perception(tell, k):
    """It perceives s = realised rung + misperception x z, z the inverse normal of u(perceive)."""
    case = world(START, turns=1, rules=ANSWERS, AA=actor(HIT), BB=actor(BACK, misperception=1.5))
    got = answer(tell(case, k))
    assert got["perceived"] == pytest.approx(3 + 1.5 * ndtri(u("perceive/1/1/BB", k)), rel=1e-6)
    assert got["trigger"] == 3


@pytest.mark.parametrize(
    ("rung", "kind"),
    [
        (-2, "conciliatory"),
        (-1, "conciliatory"),
        (0, "low"),
        (3, "low"),
        (4, "encroachment"),
        (5, "force"),
        (8, "force"),
    ],
)
def test_3_m_chance_by_rung(tell, rung, kind):
    """chance: conciliatory below 0, low 0..3, encroachment at 4, force from 5."""
    menus = {"AA": actor(act("hit", rung, "BB")), "BB": actor(BACK)}
    chain = {"longest": 1}
    only = world(START, turns=1, rules={"reply": {**NEVER, kind: 1.0}, "chain": chain}, **menus)
    rest = world(START, turns=1, rules={"reply": {**ALWAYS, kind: 0.0}, "chain": chain}, **menus)
    assert answer(tell(only)) is not None
    assert answer(tell(rest)) is None


@pytest.mark.parametrize(
    ("read", "answers"), [(3.49, False), (3.51, True), (4.49, True), (4.51, False)]
)
def test_3_n_chance_of_what_is_perceived(tell, read, answers):
    """The chance is that of round(s), not of the realised rung."""
    k = next(k for k in range(9) if u("perceive/1/1/BB", k) > 0.6)
    sigma = (read - 3) / ndtri(u("perceive/1/1/BB", k))
    rules = {"reply": {**NEVER, "encroachment": 1.0}, "chain": {"longest": 1}}
    menus = {"AA": actor(HIT), "BB": actor(BACK, misperception=sigma)}
    got = answer(tell(world(START, turns=1, rules=rules, **menus), k))
    assert (got is not None) == answers


@pytest.mark.parametrize("side", [-1, 1])
@pytest.mark.parametrize("link", [1, 2, 3])
def test_3_o_damping(tell, link, side):
    """x damping if the link is 2 or later; the same factor on every later link."""
    who = "BB" if link % 2 else "AA"
    limit = u(f"reply/1/{link}/{who}") + side * NUDGE
    damping = 1.0 if link == 1 else limit
    rules = {
        "reply": dict.fromkeys(ALWAYS, limit if link == 1 else 1.0),
        "chain": {"damping": damping, "longest": link},
    }
    ks = world(START, turns=1, rules=rules, AA=actor(HIT), BB=actor(BACK))
    reached = max(a["link"] for a in tell(ks).acts)
    before = [u(f"reply/1/{n}/{'BB' if n % 2 else 'AA'}") for n in range(2, link)]
    if all(draw < damping for draw in before):
        assert (reached == link) == (side == 1)
    else:
        assert reached < link


def test_3_p_reply_null_and_aim(tell):
    """It picks among the actions that have a `reply` and whose targets include j."""
    menu = actor(act("mute", 3, "AA", reply=None), act("astray", 3, "CC"), act("back", 9, "AA"),
                 reciprocity=50.0)  # fmt: skip
    case = world(START, turns=1, rules={**ANSWERS, "nuclear": True}, AA=actor(HIT), BB=menu,
                 CC=bystander("AA"))  # fmt: skip
    assert story(tell(case)) == ["1.0 AA hit", "1.1 BB back"]


def test_3_q_no_such_action(tell):
    """No such action: it does not answer."""
    menu = actor(act("mute", 3, "AA", reply=None), act("astray", 3, "CC"),
                 act("locked", 3, "AA", **{"if": "open"}))  # fmt: skip
    case = world(START, turns=1, rules=ANSWERS, flags={"open": False}, AA=actor(HIT), BB=menu,
                 CC=bystander("AA"))  # fmt: skip
    assert story(tell(case)) == ["1.0 AA hit"]


def choice(tell, low, high, k=0, rung=3, rules=None, **traits):
    """Return whether BB answers with ``high`` rather than ``low``."""
    menus = {"AA": actor(act("hit", rung, "BB")), "BB": actor(low, high, **traits)}
    case = world(START, turns=1, rules={**ANSWERS, **(rules or {})}, **menus)
    return answer(tell(case, k))["action"] == "high"


def bias():
    """Return the logit by which "high" must lead "low" to be picked in replication 0."""
    draw = u("choose/1/1/BB")
    return math.log(draw / (1 - draw))  # "low" is picked if the draw is below its share


@pytest.mark.parametrize("side", [-1, 1])
def test_3_r_logit_reply_and_cost(tell, side):
    """logit = reply + goals - cost ..."""
    low = act("low", 3, "AA", cost=1.0, gains={"pride": 2.0})
    high = act("high", 4, "AA", reply=1.0 - bias() + side * NUDGE, cost=0.5)
    assert choice(tell, low, high, goals={"pride": 0.75}) == (side == 1)  # low: 1.5 - 1 = .5


@pytest.mark.parametrize("side", [-1, 1])
def test_3_s_logit_reciprocity(tell, side):
    """... - reciprocity x |rung - s|, s as perceived, not rounded ..."""
    s = 3 + 0.4 * ndtri(u("perceive/1/1/BB"))
    lead = 0.7 * (abs(2 - s) - abs(5 - s))
    low, high = act("low", 2, "AA"), act("high", 5, "AA", reply=-bias() - lead + side * NUDGE)
    assert choice(tell, low, high, misperception=0.4, reciprocity=0.7) == (side == 1)


@pytest.mark.parametrize("side", [-1, 1])
@pytest.mark.parametrize("firebreak", [4, 6])
def test_3_t_logit_restraint(tell, side, firebreak):
    """... - restraint x max(0, rung - firebreak) ..."""
    lead = -0.5 * (7 - firebreak)
    low = act("low", firebreak - 2, "AA")
    high = act("high", 7, "AA", reply=-bias() - lead + side * NUDGE)
    rules = {"firebreak": firebreak}
    assert choice(tell, low, high, restraint=0.5, rules=rules) == (side == 1)


@pytest.mark.parametrize("side", [-1, 1])
def test_3_u_logit_audience_cost(tell, side):
    """... - audience_cost x public x max(0, s - rung): an answer above s concedes nothing."""
    lead = 0.8 * 0.5 * 2
    low = act("low", 1, "AA", public=0.5)
    high = act("high", 5, "AA", reply=-bias() - lead + side * NUDGE)
    assert choice(tell, low, high, audience_cost=0.8) == (side == 1)


@pytest.mark.parametrize("side", [-1, 1])
def test_3_v_logit_spiral(tell, side):
    """... + spiral x T x (rung - 3)/6, T from before this turn's acts."""
    draw = u("choose/2/1/BB")
    lead = 0.5 * (0.6 * 3 / 9) * (7 - 1) / 6  # T after turn 1: gain 0.6, rung 3
    low = act("low", 1, "AA")
    high = act("high", 7, "AA", reply=-math.log(draw / (1 - draw)) - lead + side * NUDGE)
    hush = act("hush", 3, "BB", reply=None)
    rules = {**ANSWERS, "tension": {"gain": 0.6, "decay": 1.0}}
    rules["reply"] = {**NEVER, "force": 1.0}
    case = world(forced(1, "AA", "hush"), forced(2, "AA", "hit"), turns=2, rules=rules,
                 AA=actor(hush, act("hit", 5, "BB")), BB=actor(low, high, spiral=0.5))  # fmt: skip
    assert (answer(tell(case))["action"] == "high") == (side == 1)


@pytest.mark.parametrize("side", [-1, 1])
def test_3_w_slip(tell, side):
    """If u(slip) is below the slip's chance the realised rung is the slip's; others meet that."""
    slip = [{"to": 5, "chance": u("slip/1/0/AA") + side * NUDGE}]
    case = world(START, turns=1, rules=ANSWERS, AA=actor(act("hit", 3, "BB", slip=slip)),
                 BB=actor(BACK))  # fmt: skip
    history = tell(case)
    assert [history.acts[0][c] for c in ("intended", "realised", "accidental")] == [
        3,
        5 if side == 1 else 3,
        side == 1,
    ]
    assert history.acts[1]["trigger"] == (5 if side == 1 else 3)
    assert history.columns["accidental"] == (side == 1)


@pytest.mark.parametrize(("first", "second", "realised"), [
    (-1, 1, 2), (1, -1, 5), (1, 1, 5), (-1, -1, 3),
])  # fmt: skip
def test_3_w_several_slips(tell, first, second, realised):
    """Chances are added up in the order of the file; the first sum above u(slip) names the slip."""
    luck = u("slip/1/0/AA")
    one = luck + NUDGE if first == 1 else luck / 2
    slips = [{"to": 5, "chance": one}, {"to": 2, "chance": max(luck - one, 0.0) + second * NUDGE}]
    if second == -1 and first == 1:
        slips[1]["chance"] = 0.0
    case = world(START, turns=1, rules=ANSWERS, AA=actor(act("hit", 3, "BB", slip=slips)),
                 BB=actor(BACK))  # fmt: skip
    hit = tell(case).acts[0]
    assert (hit["realised"], hit["accidental"]) == (realised, realised != 3)


def test_3_x_answers_slip_too(tell):
    """Any act may slip, an answer as well."""
    slip = [{"to": 4, "chance": 1.0}]
    case = world(START, turns=1, rules=ANSWERS, AA=actor(HIT), BB=actor({**BACK, "slip": slip}))
    assert answer(tell(case))["realised"] == 4


@pytest.mark.parametrize("k", range(5))
@pytest.mark.parametrize(("rung", "low", "high"), [(6, 1, 99), (7, 100, 999)])
def test_3_y_deaths(tell, rung, low, high, k):
    """Realised rung 6 or 7 kills floor(low x ((high + 1)/low)^u(deaths)) people."""
    case = world(START, turns=1, AA=actor(act("hit", rung, "BB")), BB=bystander("AA"))
    expected = math.floor(low * ((high + 1) / low) ** u("deaths/1/0/AA", k))
    assert tell(case, k).acts[0]["deaths"] == expected


@pytest.mark.parametrize(("rung", "deaths"), [(5, 0), (8, 1000), (9, 1000)])
def test_3_z_deaths_are_not_drawn(tell, rung, deaths):
    """Nobody dies below 6; at 8 and 9 deaths are not drawn: 1,000 stands for 1,000 or more."""
    case = world(START, turns=1, rules={"nuclear": True}, AA=actor(act("hit", rung, "BB")),
                 BB=bystander("AA"))  # fmt: skip
    assert tell(case).acts[0]["deaths"] == deaths
