"""Odds from a moment, their course over a history, and what if."""

import numpy as np
import pytest

import shared
from engine.adjudication.hand import ALWAYS, SURE, act, actor, event, forced, opener, world
from wargame.classroom.futures.curve import follow
from wargame.classroom.futures.curve_tables import curve_tables
from wargame.classroom.futures.futures import futures_of, futures_seed
from wargame.classroom.futures.moment import moment_of
from wargame.classroom.futures.odds import odds_at
from wargame.classroom.futures.odds_figures import curve_figures
from wargame.classroom.futures.odds_tables import odds_document, odds_tables
from wargame.classroom.history.history import chunk_of
from wargame.classroom.whatif.whatif import what_if
from wargame.classroom.whatif.whatif_document import what_if_document
from wargame.classroom.whatif.whatif_tables import what_if_tables
from wargame.engine import ensemble
from wargame.engine.ensemble import chunks, snapshots
from wargame.engine.ensemble.chunks import Chunk
from wargame.engine.policies import Order
from wargame.errors import UnknownName, UsageError
from wargame.scenario.ladder import OUTCOMES, WATCHED
from wargame.show.figure.files import draw_all
from wargame.show.table import to_text


@pytest.fixture(scope="module")
def run():
    return shared.results("western_sea", 300, seed=4)


def eventful(run, least=5, before=30):
    """Return a history and the turn in which it first came to a level."""
    first = run.table[f"first_{least}"]
    number = int(np.flatnonzero((first > 5) & (first < before))[0])
    return number, int(first[number])


def test_the_past_is_the_history_s_own_in_every_future(run):
    number, turn = eventful(run)
    futures = futures_of(moment_of(run, number, turn + 1), 200)
    past = run.turn_peak[:turn, number]
    assert (futures.turn_peak[:turn] == past[:, np.newaxis]).all()
    assert (futures.table["first_5"] == turn).all()
    assert (futures.table["peak"] >= 5).all()
    assert (futures.table["acts"] >= (run.acts["turn"][_rows(run, number)] <= turn).sum()).all()


def _rows(run, number):
    return run.acts["replication"] == number


def test_from_the_first_turn_the_futures_are_fresh_histories(run):
    odds = odds_at(moment_of(run, 17, 1), 500)
    fresh = ensemble.run(run.scenario, 500, futures_seed(run.seed))
    assert np.array_equal(odds.futures.table["peak"], fresh.table["peak"])
    assert not np.array_equal(odds.futures.table["peak"][:300], run.table["peak"])
    assert sum(share.count for share in odds.outcomes.values()) == 500
    for level in WATCHED:
        assert odds.reached[level].count == (fresh.table["peak"] >= level).sum()


def test_a_drawn_history_keeps_its_own_numbers_in_its_futures():
    run = shared.results("western_sea", 20, seed=4, uncertainty=True)
    moment = moment_of(run, 9, 12)
    drawn = snapshots.take_snapshot(Chunk(run.scenario, 4, 9, 1, uncertainty=True), 12)
    assert moment.snapshot.leads_to_the_same(drawn)
    for name in ("excitation", "stocks"):
        assert np.array_equal(moment.snapshot.state[name], drawn.state[name])
    futures = futures_of(moment, 50)
    values = {path: np.full(50, drawn[9]) for path, drawn in run.parameters.items()}
    given = ensemble.run(
        run.scenario, 50, futures_seed(4), uncertainty=True, start=moment.snapshot, values=values
    )
    assert np.array_equal(futures.table["peak"], given.table["peak"])
    assert np.array_equal(futures.table["acts"], given.table["acts"])


@pytest.mark.parametrize("same_luck", [False, True])
@pytest.mark.parametrize("least", [4, 5])
def test_the_same_decision_gives_exactly_zero(run, least, same_luck):
    number, turn = eventful(run, least)
    for actor_id in run.actors:
        acts = _rows(run, number) & (run.acts["turn"] == turn) & (run.acts["link"] == 0)
        own = run.acts["action"][acts & (run.acts["actor"] == run.actors.index(actor_id))]
        was = run.menus[actor_id][int(own[0])] if len(own) else "hold"
        found = what_if(run, number, turn, actor_id, was, futures=300, same_luck=same_luck)
        assert found.was == found.instead == Order(was)
        for change in found.changes:
            assert (change.difference.value, change.difference.low, change.difference.high) == (
                0.0,
                0.0,
                0.0,
            )
        for name, column in found.before.table.items():
            assert np.array_equal(column, found.after.table[name])
        assert "the difference is exactly zero" in what_if_tables(found)[0]


def sides(**more):
    return world(
        turns=4,
        AA=actor(opener("shoot", 6, "BB", limit=1), act("talk", -1, "BB", cost=9.0), tempo=SURE),
        BB=actor(act("talk", -1, "AA", reply=None)),
        **more,
    )


def test_a_decision_that_is_everything_changes_everything():
    run = ensemble.run(sides(), 10, 1)
    found = what_if(run, 3, 1, "AA", "hold", futures=400)
    at_six = next(change for change in found.changes if change.level == 6)
    assert found.was == Order("shoot")
    assert at_six.before.value == 1.0
    assert at_six.after.value == 1.0  # it shoots in the next turn instead
    quiet = sides()
    quiet = quiet.model_copy(update={"turns": 1})
    found = what_if(ensemble.run(quiet, 10, 1), 3, 1, "AA", "hold", futures=400)
    at_six = next(change for change in found.changes if change.level == 6)
    assert at_six.difference.value == -1.0


def test_an_answer_can_be_ordered_and_the_turn_keep_its_luck():
    case = world(
        forced(1, "AA", "hit"),
        turns=3,
        rules={"reply": ALWAYS, "chain": {"damping": 1.0, "longest": 1}},
        AA=actor(act("hit", 5, "BB", reply=None)),
        BB=actor(act("shoot", 6, "AA"), act("warn", 1, "AA")),
    )
    run = ensemble.run(case, 40, 1)
    shot = int(np.flatnonzero(run.table["first_6"])[0])
    own = what_if(run, shot, 1, "BB", standing="hold", futures=200, same_luck=True)
    at_six = next(change for change in own.changes if change.level == 6)
    assert (at_six.before.value, at_six.after.value) == (1.0, 0.0)
    anew = what_if(run, shot, 1, "BB", standing="hold", futures=200)
    at_six = next(change for change in anew.changes if change.level == 6)
    assert 0.2 < at_six.before.value < 0.8  # it is drawn again whether BB shoots or warns
    assert at_six.after.value == 0.0
    with pytest.raises(UsageError, match="turn 3 is the last"):
        what_if(run, shot, 3, "BB", "hold", futures=10, same_luck=True)


def test_what_the_calendar_forces_stays_forced():
    case = world(
        event(2, act={"actor": "AA", "action": "hit"}),
        turns=2,
        AA=actor(act("hit", 3, "BB", **{"if": "tension(AA) >= 0.9"})),  # not on offer
        BB=actor(act("talk", -1, "AA"), opener("wave", 0, "AA")),
    )
    run = ensemble.run(case, 5, 1)
    found = what_if(run, 0, 2, "BB", "wave", futures=50)
    assert (found.before.table["peak"] == 3).all()
    assert (found.after.table["peak"] == 3).all()
    assert (found.after.table["acts"] == 2).all()
    stopped = what_if(run, 0, 2, "AA", "hold", futures=50)
    assert stopped.was == Order()
    assert (stopped.before.table["peak"] == 3).all()
    assert (stopped.after.table["peak"] == 0).all()


def test_common_draws_save_at_least_three_times_the_histories(run):
    opened = (run.acts["link"] == 0) & (run.acts["realised"] == 3) & (run.acts["turn"] < 25)
    saved = []
    for row in np.flatnonzero(opened)[:60:12].tolist():
        number, turn = int(run.acts["replication"][row]), int(run.acts["turn"][row])
        who = run.actors[int(run.acts["actor"][row])]
        found = what_if(run, number, turn, who, "hold", futures=3000)
        saved += [
            change.saved
            for change in found.changes
            if change.level in (5, 6) and change.saved is not None
        ]
    assert len(saved) >= 5
    assert min(saved) >= 3.0


def test_an_arm_is_the_engine_with_that_order(run):
    number, turn = eventful(run, 4)
    found = what_if(run, number, turn, "PRK", "lethal_attack", futures=300)
    assert (found.after.table["peak"] >= 6).all()
    data = what_if_document(found)
    assert data["instead"] == {"opening": "lethal_attack", "standing": "model"}
    at_six = next(item for item in data["reached"] if item["rung"] == 6)
    assert at_six["difference"] == pytest.approx(
        (found.after.table["peak"] >= 6).mean() - (found.before.table["peak"] >= 6).mean()
    )


def test_the_curve_begins_open_and_ends_with_what_came(run):
    number, turn = eventful(run, 6, 40)
    curve = follow(run, number, 150)
    assert len(curve.turns) == run.table["turns"][number] + 1
    assert np.allclose(curve.outcomes.sum(axis=1), 1.0)
    peak = int(run.table["peak"][number])
    end = dict(zip(OUTCOMES, curve.outcomes[-1], strict=True))
    assert end[next(name for name, top in OUTCOMES.items() if peak <= top)] == 1.0
    assert turn in curve.decisive
    assert curve.shift[turn - 1] == max(curve.shift)
    assert curve.outcomes[turn - 1] == pytest.approx(
        [share.value for share in odds_at(moment_of(run, number, turn), 150).outcomes.values()]
        + [0.0]
    )
    chunk = chunk_of(run, number)
    title, tables = curve_tables(curve, chunk.scenario, chunks.run_chunk(chunk))
    assert str(turn) in title
    assert to_text(tables[0])[1][turn - 1][0].startswith(f"{turn} · ")
    assert to_text(tables[0])[1][turn - 1][0].endswith(" *")
    assert to_text(tables[0])[1][-1][0] == "the end"


def test_a_calm_history_has_no_decisive_turn():
    case = world(turns=5, AA=actor(act("talk", -1, "BB")), BB=actor(act("talk", -1, "AA")))
    curve = follow(ensemble.run(case, 3, 1), 1, 20)
    assert curve.decisive == ()
    assert (curve.shift == 0).all()


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            {"turn": 43},
            UsageError,
            "no turn 43. Its turns are 1 to 42 .no history of this scenario is longer",
        ),
        ({"turn": 0}, UsageError, "no turn 0. Its turns are 1 to 42. .* for example «turn» 21"),
        ({"number": 300}, UsageError, "no history 300"),
        ({"actor": "PRKK"}, UnknownName, "Did you mean 'PRK'"),
        ({"opening": "holdd"}, UnknownName, "Did you mean 'hold'"),
        ({"opening": "cut_contacts"}, UsageError, "not on offer"),
        ({"standing": "mach"}, UnknownName, "Did you mean 'match'"),
        ({"futures": 0}, UsageError, "at least 1, for example «futures» 2000"),
        ({"futures": 100_000_000}, UsageError, "at most 1,000,000"),
    ],
)
def test_mistakes_are_named(run, call, error, message):
    given = {"number": 0, "turn": 3, "actor": "PRK", "opening": "hold", "futures": 10, **call}
    with pytest.raises(error, match=message):
        what_if(run, **given)


def test_after_a_war_there_are_no_odds():
    case = world(
        forced(2, "AA", "strike"), turns=6, AA=actor(act("strike", 8, "BB")), BB=actor(
            act("talk", -1, "AA")
        ),
    )  # fmt: skip
    run = ensemble.run(case, 2, 1)
    assert odds_at(moment_of(run, 0, 2), 10).reached[8].value == 1.0
    with pytest.raises(UsageError, match=r"Its turns are 1 to 2 \(it ended by war\)"):
        moment_of(run, 0, 3)


def test_what_a_history_has_come_to_is_settled_and_has_no_interval(run):
    number, turn = eventful(run)
    odds = odds_at(moment_of(run, number, turn + 1), 100)
    past = int(run.turn_peak[:turn, number].max())
    assert odds.moment.past == past
    _, (outcomes, reached) = odds_tables(odds)
    for row in to_text(outcomes)[1]:
        assert (row[1:] == ("-", "-", "no longer possible")) == (OUTCOMES[row[0]] < past)
    for row, level in zip(to_text(reached)[1], WATCHED, strict=True):
        assert (row[1:] == ("-", "-", "already reached")) == (level <= past)
    data = odds_document(odds)
    calm, five = data["outcomes"][0], data["reached"][1]
    assert (calm["low"], calm["high"], calm["settled"]) == (None, None, "no longer possible")
    assert (five["low"], five["high"], five["settled"]) == (None, None, "already reached")
    assert data["outcomes"][-1]["settled"] is None
    assert data["outcomes"][-1]["high"] > 0


@pytest.mark.parametrize("futures", [1, 5])
def test_so_few_futures_are_only_counted(run, futures):
    title, tables = odds_tables(odds_at(moment_of(run, 17, 1), futures))
    assert f"{futures} future{'s' if futures > 1 else ''} of" in title
    assert {row[3] for table in tables for row in to_text(table)[1]} == {"too few to say more"}
    assert to_text(tables[0])[1][0][1].endswith(f" of {futures}")


def test_a_curve_of_every_few_turns_is_the_curve_at_those_turns(run):
    number, turn = eventful(run, 6, 40)
    whole, some = follow(run, number, 60), follow(run, number, 60, every=5)
    last = int(run.table["turns"][number])
    assert some.every == 5
    assert some.turns.tolist() == [*range(1, last + 1, 5), last + 1]
    assert np.array_equal(some.peaks, whole.peaks[some.turns - 1])
    begins = 1 + 5 * ((turn - 1) // 5)
    assert begins in some.decisive
    assert some.stretch(begins) == (begins, min(begins + 4, last))
    assert some.moved(begins) == pytest.approx(
        np.abs(some.outcomes[begins // 5 + 1] - some.outcomes[begins // 5]).sum() / 2
    )
    history = chunks.run_chunk(chunk_of(run, number))
    title, tables = curve_tables(some, history.scenario, history)
    assert f"{begins} to {min(begins + 4, last)}" in title
    assert "every 5 weeks" in tables[0].title
    with pytest.raises(UsageError, match="«every»: 0 is too few"):
        follow(run, number, 60, every=0)


def test_a_long_history_is_followed_at_a_few_moments():
    case = world(turns=150, AA=actor(act("talk", -1, "BB")), BB=actor(act("talk", -1, "AA")))
    curve = follow(ensemble.run(case, 2, 1), 1, 2)
    assert (curve.every, len(curve.turns)) == (3, 51)


def test_tables_and_figure_of_odds(run, tmp_path):
    number, turn = eventful(run)
    odds = odds_at(moment_of(run, number, turn + 1), 100)
    _, tables = odds_tables(odds)
    assert "worst so far: rung" in tables[0].title
    assert odds_document(odds)["turn"] == turn + 1
    curve = follow(run, number, 30)
    history = chunks.run_chunk(chunk_of(run, number))
    paths = draw_all(curve_figures(curve, run, history), tmp_path)
    assert [path.name for path in paths] == [f"odds-{number}.png", f"odds-{number}.svg"]
    assert all(path.stat().st_size > 5000 for path in paths)
