"""The contract of an actor of one's own: what it is asked, what comes first, what is done."""

from collections import Counter
from unittest import mock

import numpy as np
import pytest

from engine.adjudication.hand import ALWAYS, act, actor, forced, opener, world
from histories import require_same
from wargame.engine.actor import Actor
from wargame.engine.ensemble import chunks, run
from wargame.engine.policies import MODEL, NOTHING, Order
from wargame.errors import UnknownName, UsageError
from wargame.scenario import loader


class AsTheLaws(Actor):
    """Does what the laws would."""

    def decide(self, choice):
        return choice.pick


class Idle(Actor):
    """Does nothing."""

    def decide(self, choice):
        return NOTHING


class Fierce(Actor):
    """Takes the gravest act on offer."""

    def decide(self, choice):
        offered = np.flatnonzero(choice.offered)
        return int(offered[-1]) if len(offered) else NOTHING


class TitForTat(Actor):
    """Opens nothing; answers what it reads with the nearest rung on offer."""

    def decide(self, choice):
        offered = np.flatnonzero(choice.offered)
        if choice.met is None or not len(offered):
            return NOTHING
        return offered[np.argmin(np.abs(choice.rungs[offered] - choice.met.perceived))]


class ByLot(Actor):
    """Takes any act on offer, by the draw that the laws would use, and rarely."""

    def decide(self, choice):
        offered = np.flatnonzero(choice.offered)
        if choice.draw > 0.1 or not len(offered):
            return NOTHING
        return int(offered[int(choice.choice_draw * len(offered))])


OWN = {own.__name__: own for own in (AsTheLaws, Idle, Fierce, TitForTat, ByLot)}
WHO, RUNS, SEED = "ROK", 6, 5
ORDERS = {(2, WHO): Order("hold"), (3, WHO): Order(None, "match"), (5, WHO): Order("hold", "hold")}
OTHERS = {(turn, "PRK"): Order("tank_exercise") for turn in (2, 4)}


@pytest.fixture(scope="module")
def scenario():
    """A short history, in which every act is answered for certain."""
    return loader.load("first_steps", [f"world.reply.{kind}=1" for kind in ALWAYS])


def asked_of(own, scenario, orders=None, **options):
    """Run with an actor of one's own; return the results and what it was asked and took."""
    asked = []

    class Recorder(own):
        def decide(self, choice):
            pick = super().decide(choice)
            asked.append((choice, pick))
            return pick

    chunk = chunks.Chunk(scenario, SEED, 0, RUNS, kept=RUNS, orders=orders, **options)
    return chunks.run_chunk(replaced(chunk, Recorder)), asked


def replaced(chunk, own):
    return chunks.replace(chunk, actors={WHO: own})


def provoked(results, scenario):
    """Return (turn, link) -> in how many histories somebody's act of the link before provokes."""
    mine, acts = results.actors.index(WHO), results.acts
    allies = {name for name, weight in scenario.actors[WHO].commitments.items() if weight.value}
    places = set()
    for row in np.flatnonzero(acts["actor"] != mine):
        who = results.actors[acts["actor"][row]]
        name = results.menus[who][acts["action"][row]]
        action = next(item for item in scenario.actors[who].actions if item.id == name)
        if {WHO, *allies} & set(action.targets) and acts["link"][
            row
        ] < scenario.world.chain.longest:
            row_of = (acts[column][row] for column in ("replication", "turn", "link"))
            replication, turn, link = map(int, row_of)
            places.add((replication, turn, link + 1))
    return Counter((turn, link) for _, turn, link in places)


def done(results):
    """Return what the actor did, as (turn, link, action)."""
    acts, mine = results.acts, results.acts["actor"] == results.actors.index(WHO)
    rows = zip(acts["turn"][mine], acts["link"][mine], acts["action"][mine], strict=True)
    return Counter((int(turn), int(link), int(action)) for turn, link, action in rows)


@pytest.mark.parametrize("own", OWN.values(), ids=OWN)
class TestContract:
    def test_it_is_asked_in_every_turn_and_about_every_act_it_takes_up(self, own, scenario):
        results, asked = asked_of(own, scenario)
        living = Counter(
            turn for last in results.table["turns"].tolist() for turn in range(1, last + 1)
        )
        openings = Counter(choice.turn for choice, _ in asked if choice.met is None)
        assert openings == living
        answers = Counter((choice.turn, choice.link) for choice, _ in asked if choice.met)
        assert answers == provoked(results, scenario)
        assert answers

    def test_what_it_is_told_is_true(self, own, scenario):
        results, asked = asked_of(own, scenario)
        for choice, _ in asked:
            assert (choice.actor, choice.menu) == (WHO, results.menus[WHO])
            assert (choice.link == 0) == (choice.met is None)
            assert not choice.bound
            assert choice.standing == MODEL
            rungs = {action.id: action.rung for action in scenario.actors[WHO].actions}
            assert choice.rungs.tolist() == [rungs[name] for name in choice.menu]
            assert choice.pick == NOTHING or choice.offered[choice.pick]

    def test_what_it_picks_is_done_and_nothing_else(self, own, scenario):
        results, asked = asked_of(own, scenario)
        picked = Counter((choice.turn, choice.link, int(pick)) for choice, pick in asked)
        assert done(results) == Counter(
            {place: count for place, count in picked.items() if place[2] != NOTHING}
        )

    def test_orders_come_first(self, own, scenario):
        results, asked = asked_of(own, scenario, ORDERS | OTHERS)
        openings = {choice.turn for choice, _ in asked if choice.met is None}
        assert not openings & {2, 5}
        assert {1, 3, 4} <= openings
        assert not {choice.turn for choice, _ in asked if choice.met} & {3, 5}
        acted = {(turn, link == 0) for turn, link, _ in done(results)}
        assert not acted & {(2, True), (5, True), (5, False)}

    @pytest.mark.parametrize("uncertainty", [False, True])
    def test_neither_blocks_nor_threads_change_anything(self, own, scenario, uncertainty):
        options = {"seed": SEED, "uncertainty": uncertainty, "actors": {WHO: own}}
        whole = run(scenario, 9, **options)
        for size in (1, 4, 9):
            with mock.patch.multiple(chunks, BLOCK=size, BLOCK_OF_OWN_NUMBERS=size):
                require_same(run(scenario, 9, jobs=2, **options), whole)
        require_same(run(scenario, 9, chunk=4, **options), whole)

    def test_a_history_is_the_same_alone(self, own, scenario):
        options = {"seed": SEED, "actors": {WHO: own}}
        whole, alone = run(scenario, 4, **options), run(scenario, 1, first=2, **options)
        assert np.array_equal(whole.turn_peak[:, 2:3], alone.turn_peak)


HIT, PUSH, BACK = (
    act("hit", 4, "BB", reply=None),
    opener("push", 3, "BB"),
    act("back", 3, "AA", reply=0.0),
)


def test_the_calendar_comes_first():
    asked = []

    class Asked(Fierce):
        def decide(self, choice):
            asked.append(choice.turn)
            return super().decide(choice)

    case = world(forced(2, "AA", "hit"), turns=3, AA=actor(HIT, PUSH), BB=actor(BACK))
    results = run(case, 1, actors={"AA": Asked})
    assert asked == [1, 3]
    menu = results.menus["AA"]
    assert [menu[action] for action in results.acts["action"]] == ["push", "hit", "push"]


def test_what_may_not_be_an_opening_is_not_on_offer_as_one():
    seen = {}

    class Asked(Idle):
        def decide(self, choice):
            seen[choice.link] = dict(zip(choice.menu, choice.offered.tolist(), strict=True))
            return super().decide(choice)

    case = world(
        forced(1, "BB", "back"), turns=1, AA=actor(HIT, PUSH, act("answer", 1, "BB")),
        BB=actor(BACK),
    )  # fmt: skip
    run(case, 1, actors={"AA": Asked})
    assert seen[0] == {"answer": False, "push": True, "hit": False}
    assert seen[1] == {"answer": True, "push": False, "hit": False}


def test_it_answers_whatever_the_laws_would_have_made_of_it():
    """No chance, no draw stands between an actor of one's own and its answer."""
    case = world(forced(1, "AA", "hit"), turns=1, AA=actor(HIT), BB=actor(BACK))
    assert run(case, 20).table["acts"].sum() == 20
    assert run(case, 20, actors={"BB": Fierce}).table["acts"].sum() == 40


@pytest.mark.parametrize("pick", [0, 2, 17, -2, "hit", None, 0.5])
def test_what_is_not_on_offer_is_refused_by_its_place(pick):
    class Stubborn(Actor):
        def decide(self, choice):
            return pick if choice.turn == 2 else NOTHING

    case = world(turns=3, AA=actor(HIT, PUSH, act("answer", 1, "BB")), BB=actor(BACK))
    named = {0: "'answer'", 2: "'hit'"}.get(pick, repr(pick))
    with pytest.raises(UsageError, match=rf"AA decided for {named} in turn 2, link 0, .* not on"):
        run(case, 1, actors={"AA": Stubborn})


def test_an_answer_that_is_not_on_offer_is_refused_too():
    class Stubborn(Actor):
        def decide(self, choice):
            return NOTHING if choice.met is None else 1

    case = world(
        forced(1, "AA", "hit"), turns=1, AA=actor(HIT), BB=actor(BACK, opener("shove", 5, "AA"))
    )
    where = "BB decided for 'shove' in turn 1, link 1, which is not on offer"
    with pytest.raises(UsageError, match=rf"{where}\. Return a place in the menu"):
        run(case, 1, actors={"BB": Stubborn})


def test_what_cannot_decide_is_refused(scenario):
    with pytest.raises(UsageError, match=r"'hold' cannot decide for PRK\. Give a class"):
        run(scenario, 1, actors={"PRK": "hold"})


def test_an_actor_that_is_not_in_the_scenario_is_refused(scenario):
    with pytest.raises(UnknownName, match="unknown actor 'CHN'"):
        run(scenario, 1, actors={"CHN": Idle})
