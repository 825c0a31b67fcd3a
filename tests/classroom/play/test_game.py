"""A game: set up, ordered, taken back, seen by its players, and looked back on."""

from dataclasses import replace

import numpy as np
import pytest

from wargame.classroom.play import menu
from wargame.classroom.play import page as view
from wargame.classroom.play.game import Game, menu_of
from wargame.classroom.play.orders import read_order
from wargame.classroom.play.setup import plan_end, set_up
from wargame.classroom.play.sight import PUBLIC, Seen
from wargame.classroom.whatif.branches import play_turn
from wargame.classroom.whatif.choices import Search
from wargame.classroom.whatif.lookback import look_back
from wargame.classroom.whatif.lookback_tables import lookback_tables, remarks
from wargame.engine import ensemble
from wargame.engine.policies import Order
from wargame.errors import ScenarioError, UnknownName, UsageError
from wargame.scenario import loader
from wargame.show.table import to_text


def begin(name="first_steps", players=("ROK",), seed=3, **more):
    return Game(set_up(name, players, seed, **more), {})


def play(game, *entries):
    """Give orders, player after player, until there are no more."""
    for entry in entries:
        player = game.waiting[0]
        game = game.ordered(player, read_order(entry, player, game, "match"))
    return game


def acts_of(results, before):
    rows = results.acts["turn"] < before
    return {
        name: column[rows].tolist() for name, column in results.acts.items() if name != "perceived"
    }


def test_a_game_is_the_history_the_engine_plays_with_the_same_orders():
    game = play(
        begin(), "hold match", "combined_exercise match", "call_hotline one_lower", "hold hold"
    )
    assert game.turn == 5
    whole = ensemble.run(game.scenario, 1, 3, orders=game.orders)
    assert acts_of(game.past, 5) == acts_of(whole, 5)
    assert len(game.past.acts["turn"]) > 0
    opened = whole.acts["turn"][(whole.acts["actor"] == 1) & (whole.acts["link"] == 0)]
    assert opened[opened < 5].tolist() == [2, 3]


def test_orders_of_an_unfinished_turn_change_nothing_that_is_shown():
    """Hot seat: what the first player ordered must not reach the second one's page."""
    game = begin("western_sea", ("ROK", "USA"))
    ordered = game.ordered("ROK", Order("strike_bases", "one_higher"))
    assert ordered.waiting == ("USA",)
    assert ordered.turn == game.turn == 1
    assert ordered.offers == game.offers
    assert ordered.odds(50) == game.odds(50)
    assert view.sightings(ordered, "USA") == view.sightings(game, "USA")


def test_undo_takes_back_this_turns_orders_and_then_the_last_turns():
    game = begin("western_sea", ("ROK", "USA"))
    half = play(game, "hold", "hold", "hold")
    assert (half.turn, half.waiting) == (2, ("USA",))
    back = half.undone()
    assert (back.turn, back.waiting) == (2, ("ROK", "USA"))
    assert back.undone().turn == 1
    with pytest.raises(UsageError, match="nothing to undo"):
        game.undone()


def test_undo_with_scripted_opponents_forgets_their_orders_too():
    game = begin(opponents="hawk")
    for actor, order in game.scripted_orders().items():
        game = game.ordered(actor, order)
    game = play(game, "hold")
    for actor, order in game.scripted_orders().items():
        game = game.ordered(actor, order)
    assert game.undone().orders == {}


def test_what_is_not_on_offer_is_refused():
    game = play(begin(), "freeze_live_fire")
    with pytest.raises(
        UsageError, match=r'1, "Offer a binding freeze.*not on offer in turn 2'
    ) as told:
        game.ordered("ROK", Order("freeze_live_fire"))
    assert "can be done again from turn" in str(told.value)
    assert "_" not in str(told.value)  # no name from inside
    assert "freeze_live_fire" not in game.offers["ROK"]
    assert "1 Offer a binding freeze" in menu.unseen(game, "ROK")


def test_an_order_is_given_once_and_only_before_the_end():
    game = begin("western_sea", ("ROK", "USA")).ordered("ROK", Order("hold"))
    with pytest.raises(UsageError, match="has given its order"):
        game.ordered("ROK", Order("hold"))
    over = play(begin(turns=1), "hold")
    assert over.over
    with pytest.raises(UsageError, match="over"):
        over.ordered("ROK", Order("hold"))
    with pytest.raises(UsageError, match="over"):
        over.odds()


def test_war_ends_a_game_at_once():
    game = play(begin("western_sea"), "full_defence")
    assert game.over
    assert game.turn == 2


@pytest.mark.parametrize(
    ("text", "opening", "standing"),
    [
        ("hold", "hold", "one_lower"),
        ("4 match", "combined_exercise", "match"),
        ("Call_Hotline, hold", "call_hotline", "hold"),
        ("  6   one_higher ", "strike_back", "one_higher"),
    ],
)
def test_orders_are_read(text, opening, standing):
    assert read_order(text, "ROK", begin(), "one_lower") == Order(opening, standing)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is not an order"),
        ("hold match now", "is not an order"),
        ("0", "no number 0 in the menu. Use 1..6"),
        ("99999999999999999999", "no number"),
        ("call_hotlin", "Did you mean 'call_hotline'"),
        ("hold mtach", "Did you mean 'match'"),
        ("²", "not in the menu"),
        ("match", "'match' says how you answer; what you open with comes first: 'hold match'"),
    ],
)
def test_what_is_no_order_is_told(text, said):
    with pytest.raises(UsageError, match=said.replace(".", r"\.")):
        read_order(text, "ROK", begin(), "match")


def test_the_orders_given_as_examples_can_be_given():
    for name in ("first_steps", "western_sea"):
        for player in ("ROK", "PRK"):
            game = begin(name, (player,))
            for text in menu.example(game, player).split(" or "):
                order = read_order(text.strip("'"), player, game, "match")
                assert game.ordered(player, order).turn == 2


def test_what_is_not_on_offer_is_no_example():
    first = next(action for action in menu_of(loader.load("western_sea"), "ROK") if action.rung > 0)
    game = begin("western_sea", settings=[f"actors.ROK.actions.{first.id}.cooldown=5"])
    text = menu.example(game, "ROK").split(" or ")[0].strip("'")
    later = play(game, text)
    assert menu.example(later, "ROK") != menu.example(game, "ROK")
    assert play(later, menu.example(later, "ROK").split(" or ")[0].strip("'")).turn == 3


def test_menu_numbers_run_by_rung():
    scenario = loader.load("western_sea")
    rungs = [action.rung for action in menu_of(scenario, "ROK")]
    assert rungs == sorted(rungs)
    numbers = [int(row[0]) for row in to_text(menu.menu(begin("western_sea"), "ROK"))[1]]
    assert numbers == sorted(numbers)


@pytest.mark.parametrize("players", [["XYZ"], [], ["ROK", "rok"], [""]])
def test_players_must_be_actors_each_once(players):
    with pytest.raises(UsageError, match="«players»"):
        set_up("first_steps", players, 1)


def test_opponents_must_be_known():
    with pytest.raises(UnknownName, match="Did you mean 'hawk'"):
        set_up("first_steps", ["ROK"], 1, opponents="hwak")


def test_opponents_may_be_a_theory():
    plain, moved = (
        set_up("western_sea", ["ROK"], 1, opponents=name) for name in ("model", "spiral")
    )
    assert moved.scenario != plain.scenario
    assert moved.scripted == ()


def test_settings_are_checked():
    with pytest.raises(ScenarioError):
        set_up("first_steps", ["ROK"], 1, settings=["actors.PRK.tempo=-1"])


def test_a_hidden_end_lies_in_the_last_two_fifths_and_is_not_told():
    ends = {plan_end(40, seed) for seed in range(400)}
    assert ends == set(range(24, 41))
    game = begin(hidden_end=True)
    assert game.scenario.turns == plan_end(16, 3)
    page = " ".join([view.title(game, "ROK"), *view.opening_page(game.setup)])
    assert f" {game.scenario.turns} " not in page
    assert "of 16" in view.title(begin(), "ROK")


# --- what is seen ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def lively():
    """Games of eight turns in which North Korea acts often, and South Korea answers."""
    busy = ["actors.PRK.tempo=1", "actors.ROK.misperception=0.5"]
    setups = [set_up("western_sea", ["ROK"], seed, settings=busy) for seed in range(5)]
    return [
        Game(setup, {(turn, "ROK"): Order("hold", "match") for turn in range(1, 9)})
        for setup in setups
    ]


def test_acts_of_others_are_shown_as_read_and_never_by_name_or_true_rung(lively):
    acts = [act for game in lively for act in game.seen_by("ROK")]
    others = [act for act in acts if act.actor != "ROK"]
    assert len(others) > 20
    assert {(act.action, act.provoker, act.slipped) for act in others} == {(None, None, False)}
    assert any(abs(act.read - round(act.read)) > 0.2 for act in others)
    for game in lively:
        labels = {
            action.label
            for actor, item in game.scenario.actors.items()
            if actor != "ROK"
            for action in item.actions
        } - {action.label for action in game.scenario.actors["ROK"].actions}
        assert not any(label in line for line in view.sightings(game, "ROK") for label in labels)


def test_what_is_answered_is_read_as_the_engine_had_it_read(lively):
    compared = 0
    for game in lively:
        past = game.past
        rok = past.actors.index("ROK")
        for row in np.flatnonzero((past.acts["actor"] == rok) & (past.acts["link"] > 0)):
            turn, link = int(past.acts["turn"][row]), int(past.acts["link"][row])
            provoker = past.actors[int(past.acts["provoker"][row])]
            (met,) = [
                act
                for act in game.seen_by("ROK")
                if (act.turn, act.link, act.actor) == (turn, link - 1, provoker)
            ]
            assert met.read == pytest.approx(float(past.acts["perceived"][row]), abs=1e-5)
            compared += 1
    assert compared > 5


def test_what_is_neither_aimed_at_one_nor_public_is_not_seen(lively):
    hidden = 0
    for game in lively:
        past = game.past
        seen = {(act.turn, act.link, act.actor): act for act in game.seen_by("ROK")}
        for row in range(len(past.acts["turn"])):
            actor = past.actors[int(past.acts["actor"][row])]
            name = past.menus[actor][int(past.acts["action"][row])]
            action = next(item for item in game.scenario.actors[actor].actions if item.id == name)
            place = (int(past.acts["turn"][row]), int(past.acts["link"][row]), actor)
            known = actor == "ROK" or "ROK" in action.targets or action.public.value >= PUBLIC
            assert (place in seen) == known
            hidden += not known
            if known:
                assert seen[place].aimed == (actor != "ROK" and "ROK" in action.targets)
    assert hidden > 0


def test_role_sheets_and_cards_reach_only_their_actor():
    setup = set_up("western_sea", ["ROK", "PRK"], 1)
    mine, other = (" ".join(view.role(setup.scenario, actor)) for actor in ("ROK", "PRK"))
    assert setup.scenario.teaching.roles["PRK"].confidential in other
    assert setup.scenario.teaching.roles["PRK"].confidential not in mine
    for card in setup.scenario.teaching.injects:
        game = Game(
            setup,
            {
                (turn, actor): Order("hold")
                for turn in range(1, card.turn)
                for actor in setup.players
            },
        )
        if game.turn != card.turn:
            continue
        for actor in setup.players:
            told = card.text in view.cards(game, actor)
            assert told == (not card.audience or actor in card.audience)


@pytest.mark.parametrize(
    ("read", "said"),
    [
        (5.0, "about rung 5"),
        (4.8, "about rung 5"),
        (5.24, "about rung 5"),
        (4.7, "between rung 4 and 5, nearer 5"),
        (4.3, "between rung 4 and 5, nearer 4"),
        (-2.4, "about rung -2"),
        (9.7, "about rung 9"),
    ],
)
def test_a_reading_is_said_as_a_rung(read, said):
    act = Seen(1, 0, "USA", ("ROK",), "ground", aimed=True, read=read)
    text = view._sighting(act, loader.load("western_sea"))
    assert text.startswith("The United States acted on land, aimed at you. You take it for ")
    assert f"for {said}, " in text


def test_a_page_ends_with_its_news_in_one_line():
    game = play(begin(seed=3), "hold match")
    text = view.brief(game, "ROK", 1)
    assert text.startswith("Above: ")
    assert "the gravest North Korea's, " in text
    assert text.endswith("2 cards.")  # the scenario's own and one dealt
    assert view.brief(begin(seed=3), "ROK") == ""


def test_costs_are_said_in_words():
    rows = {row[2]: row[4] for row in to_text(menu.menu(begin("western_sea"), "ROK"))[1]}
    assert "ends the game" in rows["Fight a full war of defence"]
    assert "may slip to rung 5" in rows["Fire warning shots"]
    assert "out of sight" in rows["Call the hotline and leave a message"]
    assert all(rows.values())


def test_odds_are_of_what_is_still_to_come():
    game = play(begin(seed=3), "hold match", "hold match")
    assert game.past.turn_peak.max() == 5  # a clash in turn 1, so that no whole history is calm
    odds = game.odds(500)
    assert odds["calm"].value > 0.2
    assert sum(share.count for share in odds.values()) == 500


# --- looking back ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def finished():
    game = play(begin(seed=3), "hold match", "combined_exercise match", *["hold match"] * 14)
    return look_back(game, futures=300, histories=500)


def test_a_debrief_needs_a_finished_game():
    with pytest.raises(UsageError, match="not over"):
        look_back(begin())


def test_a_debrief_tells_the_game_decisive_turns_three_what_ifs_and_its_place(finished):
    assert "on your order" in " ".join(
        line.text for week in finished.story.weeks for line in week.lines
    )
    assert len(finished.alternatives) == 3
    assert finished.curve.decisive == (1,)  # the slip at sea; what follows moves next to nothing
    assert finished.curve.shift.shape == (16,)
    assert finished.curve.shift.max() == finished.curve.shift[0] > 0.5
    tables = {section.name: section for section in lookback_tables(finished)}
    assert set(tables) == {"decisive", "what_if", "place"}
    assert all("not a forecast" in section.title for section in tables.values())
    assert any("your game" in row[-1] for row in to_text(tables["place"])[1])


def test_a_what_if_that_changes_nothing_is_exactly_zero(finished):
    """Where the player's decision left the turn as it was, both arms are the same."""
    same = [item for item in finished.alternatives if item.before == item.after]
    assert all(item.difference.value == 0.0 for item in same)
    for item in finished.alternatives:
        assert item.was != item.instead
        gap = item.after.value - item.before.value
        assert item.difference.value == pytest.approx(gap, abs=1e-12)


def test_a_what_if_keeps_the_luck_of_its_turn(finished):
    """Another answer in turn 1 leaves the other side's opening, and its slip, as they were."""
    order = Order("hold", "one_lower")
    after = play_turn(finished.game, begin().snapshot, 1, "ROK", order)
    changed = ensemble.run(finished.game.scenario, 1, 3, orders={(1, "ROK"): order})
    assert [after.turn_peak[0]] == changed.turn_peak[0].tolist() == [5]
    for results in (changed, finished.results):
        opening = (results.acts["turn"] == 1) & (results.acts["link"] == 0)
        assert results.acts["realised"][opening].tolist() == [5]


def test_a_what_if_shows_what_a_decision_did():
    """After an attack every future has one; had it held, few have."""
    game = play(begin(seed=12), "hold hold", "strike_back hold", "hold hold")
    while not game.over:
        game = play(game, "hold hold")
    found = look_back(game, futures=300, histories=100)
    attack = next(item for item in found.alternatives if item.turn == 2)
    assert (attack.was.opening, attack.instead.opening) == ("strike_back", "hold")
    assert attack.before.value == 1.0
    assert attack.after.value < 0.3
    assert attack.difference.high < 0


def test_a_what_if_takes_back_the_answer_that_killed():
    """In turn 1 the player opened with a drill; its answers went one higher, and one killed."""
    game = play(begin(seed=3), "combined_exercise one_higher", *["hold match"] * 15)
    found = look_back(game, futures=300, histories=100)
    assert found.curve.decisive == (1,)
    first = found.alternatives[0]
    assert first.level == 6
    assert (first.was.standing, first.instead.standing) == ("one_higher", "match")
    assert first.before.value == 1.0
    assert first.after.value < 0.3
    tables = {section.name: section for section in lookback_tables(found)}
    assert to_text(tables["what_if"])[1][0][1:4] == (
        "South Korea answers at the rung it reads",
        "South Korea answers one rung above what it reads",
        "6",
    )
    assert "South Korea (yours)" in to_text(tables["decisive"])[1][0][2]
    assert "an answer" in to_text(tables["decisive"])[1][0][2]
    assert found.search.helpless == ()


def test_the_what_ifs_of_a_calm_game_are_about_rung_4():
    game = play(begin(seed=7), *["hold hold"] * 16)
    found = look_back(game, futures=300, histories=100)
    assert found.results.table["peak"][0] < 4
    assert {item.level for item in found.alternatives} == {4}
    assert len(found.alternatives) == 3
    assert all(0 < item.before.value < 1 for item in found.alternatives)
    assert "4 encroachment" in next(s.title for s in lookback_tables(found) if s.name == "what_if")


@pytest.fixture(scope="module", params=[1, 3])
def patient(request):
    """Games of a player who holds for 24 weeks: what is grave in them is others' doing."""
    setup = set_up("western_sea", ["ROK"], request.param, turns=24)
    orders = {(turn, "ROK"): Order("hold", "match") for turn in range(1, 25)}
    return look_back(Game(setup, orders), futures=600, histories=100)


def test_what_ifs_are_about_what_was_not_reached_yet_and_say_something(patient):
    assert len(patient.alternatives) == 3
    for item in patient.alternatives:
        reached = patient.results.turn_peak[: item.turn - 1, 0].max(initial=0)
        assert item.level > reached
        assert item.difference.verdict != "no clear difference"


def test_a_decisive_turn_names_whose_act_it_was(patient):
    tables = {section.name: section for section in lookback_tables(patient)}
    assert to_text(tables["decisive"])[1]
    for row in to_text(tables["decisive"])[1]:
        assert row[2].startswith("North Korea: ")
    assert patient.search.helpless == patient.curve.decisive
    said = remarks(patient)
    assert "not in your hands" in said["what_if"]
    assert "not thereby the cause" in said["decisive"]


def test_where_no_order_matters_the_act_that_did_is_named():
    """One turn, in which nobody's order can reach the act that comes of its own accord."""
    setup = set_up("first_steps", ["ROK"], 3, turns=1)
    game = Game(setup, {(1, "ROK"): Order("hold", "hold")})
    found = look_back(game, futures=200, histories=50)
    found = replace(found, alternatives=(), search=Search((), 4, 1))
    said = remarks(found)["what_if"]
    assert said.startswith("Nothing found that South Korea alone could have ordered")
    assert 'What moved the odds most was North Korea: "' in said
    assert said.endswith("in week 1.")


def test_what_ifs_against_a_script_say_who_leads_the_futures():
    game = begin("western_sea", seed=3, opponents="hawk")
    while not game.over:
        for actor, order in game.scripted_orders().items():
            game = game.ordered(actor, order)
        game = game.ordered("ROK", Order("hold", "match"))
    found = look_back(game, futures=200, histories=50)
    table = next(section for section in lookback_tables(found) if section.name == "what_if")
    assert "against the model and not against your hawk" in table.title
    assert "as it was" not in to_text(table)[0]


def test_no_turn_nobody_played_is_told_of(lively):
    for game in lively:
        fresh = Game(game.setup, {})
        assert fresh.past is None
        assert fresh.seen_by("ROK") == ()
