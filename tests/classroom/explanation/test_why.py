"""Why cards: terms that sum to the engine's logits, chances, and changes that really tip."""

from functools import reduce

import numpy as np
import pytest

from engine.adjudication.hand import ALWAYS, act, actor, forced, world
from wargame.classroom.explanation.flips import chances_of, flips_of
from wargame.classroom.explanation.terms import strength
from wargame.classroom.explanation.why import card_of
from wargame.classroom.explanation.why_cards import speak
from wargame.classroom.history.history import relive
from wargame.engine import ensemble
from wargame.engine.ensemble.chunks import Chunk, open_model
from wargame.engine.policies import Order
from wargame.engine.rules import answering
from wargame.engine.rules.choosing import choose_each
from wargame.engine.rules.tension import pull
from wargame.scenario import loader

EVERYTHING = [
    *(f"actors.{who}.spiral=0.4" for who in ("PRK", "ROK", "USA")),
    *(f"actors.{who}.audience_cost=0.3" for who in ("PRK", "ROK", "USA")),
]
TRAITS = ("reciprocity", "restraint", "audience_cost", "spiral")
MENU = {"talk": -1, "warn": 1, "drill": 3, "cross": 4, "strike": 7}


@pytest.fixture(scope="module", params=[False, True], ids=["fixed", "drawn"])
def run(request):
    scenario = loader.load("western_sea", EVERYTHING)
    return ensemble.run(scenario, 40, seed=3, uncertainty=request.param)


@pytest.fixture(scope="module")
def lived(run):
    return [relive(run, number) for number in range(40)]


def test_terms_sum_to_the_logits_of_the_engine_to_the_last_bit(lived):
    seen = set()
    for history in lived:
        for decision in history.decisions:
            total = reduce(np.add, decision.terms.values())
            assert np.array_equal(total, decision.logits)
            seen |= {name for name, term in decision.terms.items() if np.any(term != 0.0)}
    assert seen >= {"inclination", "reciprocity", "restraint", "audience", "spiral"}
    assert any(name.startswith("goal ") for name in seen)


def test_answer_terms_are_those_of_answer_logits():
    draws = np.random.default_rng(1)
    for _ in range(50):
        numbers = dict(zip(TRAITS, draws.uniform(0, 1, 4).tolist(), strict=True))
        scenario = moment(**{name: {"value": value} for name, value in numbers.items()})
        perceived, tension = draws.normal(4, 2), draws.uniform(0, 1)
        with open_model(Chunk(scenario, 1, 0, 1)) as model:
            here, actions = model.here(0), model.world.actions_of(1)
        for place, rung in zip(actions, MENU.values(), strict=True):
            terms = (
                answering.reciprocity_term(rung, perceived, numbers["reciprocity"]),
                here.numbers["answer_base"][place],
                answering.restraint_term(max(0, rung - 6), numbers["restraint"]),
                answering.audience_term(rung, perceived, 1.0, numbers["audience_cost"]),
                pull(numbers["spiral"], tension, rung),
            )
            logit = answering.answer_logit(here, 1, place, perceived, tension)
            assert logit == reduce(np.add, terms)
            assert len({*terms}) > 1


def test_every_decision_is_one_of_the_acts_and_every_draw_is_below_its_chance(lived, run):
    for history in lived:
        log = history.results.acts
        done = {
            (int(t), int(link), run.actors[a]): run.menus[run.actors[a]][c]
            for t, link, a, c in zip(
                log["turn"], log["link"], log["actor"], log["action"], strict=True
            )
        }
        decided = {
            (d.turn, d.link, d.actor): d.menu[d.pick] for d in history.decisions if d.pick >= 0
        }
        assert decided.items() <= done.items()
        assert {key for key in done if key[1] > 0} <= decided.keys()
        assert all(d.draw < d.chance for d in history.decisions)


def test_the_draw_lies_in_the_stretch_of_the_chosen_action(lived):
    count = 0
    for history in lived:
        for decision in history.decisions:
            chances = chances_of(decision)
            upto = np.cumsum(chances)
            assert upto[-1] == pytest.approx(1.0)
            begins = upto[decision.pick] - chances[decision.pick]
            assert begins - 1e-9 <= decision.choice_draw <= upto[decision.pick] + 1e-9
            count += 1
    assert count > 200


def moment(**more):
    """A world in which BB answers one act of AA, and chooses among five."""
    answers = [
        act("talk", -1, "AA"),
        act("warn", 1, "AA", gains={"calm": 1.0}),
        act("drill", 3, "AA", reply=0.2, gains={"pride": 0.7}),
        act("cross", 4, "AA", reply=-0.1),
        act("strike", 7, "AA", reply=4.0),
    ]
    return world(
        forced(1, "AA", "hit"),
        turns=1,
        rules={"reply": ALWAYS, "chain": {"damping": 1.0, "longest": 1}},
        AA=actor(act("hit", 3, "BB")),
        BB=actor(*answers, goals={"calm": 0.5, "pride": 0.8}, **more),
    )


PATHS = {
    "reciprocity": "reciprocity",
    "restraint": "restraint",
    "audience": "audience_cost",
    "goal calm": "goals.calm",
    "goal pride": "goals.pride",
}


def with_number(scenario, name, action, value):
    """Return a scenario with the number that a flip names at another value."""
    data = scenario.model_dump(mode="json", exclude_none=True)
    own = data["actors"]["BB"]
    if name == "inclination":
        entry = next(item for item in own["actions"] if item["id"] == action)
        entry["reply"] = value
    elif name.startswith("goal "):
        own["goals"][name.removeprefix("goal ")] = value
    else:
        own[PATHS[name]] = value
    return type(scenario).model_validate(data)


def answer_of(scenario, k, seed=1):
    results = ensemble.run(scenario, 1, seed, first=k)
    row = np.flatnonzero(results.acts["link"] == 1)
    return results.menus["BB"][int(results.acts["action"][row[0]])]


def test_a_flip_really_tips_the_engine_and_nothing_smaller_does():
    scenario = moment(misperception=0.5, reciprocity=1.5, restraint=1.0, audience_cost=0.4)
    run = ensemble.run(scenario, 60, 1)
    tipped = set()
    for k in range(60):
        (decision,) = relive(run, k).decisions
        was = decision.menu[decision.pick]
        for flip in flips_of(decision, scenario):
            if flip.name in ("reading", "draw"):
                continue
            margin = 1e-6 * np.sign(flip.flips_at - flip.was)
            beyond = with_number(scenario, flip.name, flip.of, float(flip.flips_at + margin))
            short = with_number(scenario, flip.name, flip.of, float(flip.flips_at - margin))
            assert answer_of(beyond, k) == flip.action != was
            assert answer_of(short, k) == was
            tipped.add(flip.name if flip.of in (None, was) else "another's inclination")
    assert tipped >= {"inclination", "reciprocity", "restraint", "audience", "goal calm"}
    assert "another's inclination" in tipped


def test_no_smaller_change_of_any_inclination_would_have_tipped_a_choice(lived):
    """Every inclination is tried on a grid, both ways, up to just short of the card's change."""
    tried = 0
    for history in lived:
        for decision in history.decisions[:6]:
            if decision.offered.sum() < 2:
                continue
            smallest = card_of(decision, history.scenario).smallest
            assert smallest is not None
            for action in np.flatnonzero(decision.offered):
                for change in np.linspace(-0.99, 0.99, 41) * smallest.size:
                    logits = decision.logits.copy()
                    logits[action] += change
                    picked = choose_each(
                        logits[:, np.newaxis], decision.offered, decision.choice_draw
                    )
                    assert picked.tolist() == [decision.pick]
            tried += 1
    assert tried > 50


def test_what_a_right_reading_would_have_given_is_what_the_engine_gives_without_error():
    scenario = moment(misperception=1.5, reciprocity=1.5)
    run, right = ensemble.run(scenario, 80, 1), moment(misperception=0.0, reciprocity=1.5)
    others = 0
    for k in range(80):
        history = relive(run, k)
        card = card_of(history.decisions[0], history.scenario)
        assert card.read_rightly == answer_of(right, k)
        others += card.read_rightly != card.action
    assert others > 5


def test_a_choice_of_one_has_no_runner_up_and_no_flips():
    only = world(
        forced(1, "AA", "hit"),
        turns=1,
        rules={"reply": ALWAYS, "chain": {"damping": 1.0, "longest": 1}},
        AA=actor(act("hit", 3, "BB")),
        BB=actor(act("back", 3, "AA")),
    )
    history = relive(ensemble.run(only, 1, 1), 0)
    card = card_of(history.decisions[0], only)
    assert (card.action, card.chance, card.runner_up, card.flips) == ("back", 1.0, None, ())
    assert "the only one" in " ".join(speak(card, only).sentences)


def test_under_a_standing_order_the_order_is_the_reason():
    scenario = moment()
    run = ensemble.run(scenario, 1, 1)
    history = relive(run, 0, {(1, "BB"): Order(None, "match")})
    card = card_of(history.decisions[0], scenario)
    assert card.action == "drill"
    assert speak(card, scenario).sentences == (
        "A standing order told it to answer at the rung it read.",
    )


def test_the_smallest_change_comes_first_and_a_card_says_it(lived):
    history = next(item for item in lived if item.decisions)
    card = card_of(history.decisions[0], history.scenario)
    sizes = [flip.size for flip in card.flips if flip.name != "draw"]
    assert sizes == sorted(sizes)
    said = speak(card, history.scenario)
    assert said.tipping[0].startswith("Smallest change of one number (by ")
    assert said.rows[-1][0] == "sum, in logits"
    assert said.rows[-1][1] == f"{card.total:+.2f}"


@pytest.mark.parametrize(
    ("logits", "words"),
    [(0.0, "no weight"), (0.3, "slightly for it"), (-1.0, "against it"), (4, "strongly for it")],
)
def test_strengths_in_words(logits, words):
    assert strength(logits) == words
