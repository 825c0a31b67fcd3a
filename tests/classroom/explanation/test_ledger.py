"""The perception ledger against the same counts made by hand."""

from dataclasses import replace

import numpy as np
import pytest

import shared
from engine.adjudication.hand import ALWAYS, act, actor, forced, world
from wargame.classroom.explanation.ledger import Decisive, Readings, decisive_acts, keep_ledger
from wargame.classroom.explanation.ledger_figures import belief_figures, ledger_figures
from wargame.classroom.explanation.ledger_tables import (
    document,
    history_table,
    ledger_tables,
    sentence,
)
from wargame.classroom.history.history import relive
from wargame.engine import ensemble
from wargame.engine.results import NOTE
from wargame.errors import UsageError
from wargame.findings import share_of
from wargame.show.figure.files import draw_all
from wargame.show.percentages import percent, span
from wargame.show.table import to_text


@pytest.fixture(scope="module")
def run():
    return shared.results("western_sea", 1500, seed=6)


@pytest.fixture(scope="module")
def ledger(run):
    return keep_ledger(run, 5)


def by_history(run):
    """Return each history's acts as plain dicts, in order."""
    histories = {}
    for values in zip(*run.acts.values(), strict=True):
        row = dict(zip(run.acts, (value.item() for value in values), strict=True))
        histories.setdefault(row["replication"], []).append(row)
    return histories


def test_readings_are_counted_by_actor(run, ledger):
    for place, name in enumerate(run.actors):
        own = [
            round(row["perceived"]) - row["trigger"]
            for acts in by_history(run).values()
            for row in acts
            if row["actor"] == place and row["provoker"] >= 0
        ]
        readings = ledger.by_actor[name]
        assert readings.total == len(own) > 0
        assert readings.above.count == sum(wrong > 0 for wrong in own)
        assert readings.below.count == sum(wrong < 0 for wrong in own)
        assert readings.right.count == sum(wrong == 0 for wrong in own)
    assert ledger.whole.total == sum(item.total for item in ledger.by_actor.values())


def test_the_decisive_act_is_the_first_at_the_level(run, ledger):
    counts = dict.fromkeys(("opening", "slip", "answer", "above"), 0)
    reached = 0
    for acts in by_history(run).values():
        first = next((row for row in acts if row["realised"] >= 5), None)
        if first is None:
            continue
        reached += 1
        if first["accidental"] and first["intended"] < 5:
            counts["slip"] += 1
        elif first["provoker"] < 0:
            counts["opening"] += 1
        else:
            counts["answer"] += 1
            counts["above"] += round(first["perceived"]) > first["trigger"]
    found = ledger.decisive
    assert found.histories == reached == len(decisive_acts(run, 5))
    assert (found.opening.count, found.slip.count, found.answer.count) == (
        counts["opening"],
        counts["slip"],
        counts["answer"],
    )
    assert found.readings.above.count == counts["above"] > 0


@pytest.mark.parametrize("drawn", [False, True])
def test_what_right_readings_would_have_given_is_what_a_world_without_error_gives(drawn):
    def case(misperception):
        answers = [act("warn", 1, "AA"), act("drill", 3, "AA"), act("shoot", 6, "AA", reply=3.0)]
        return world(
            forced(1, "AA", "hit"),
            turns=1,
            rules={
                "reply": {**ALWAYS, "low": 0.5, "encroachment": 0.7},
                "chain": {"damping": 1.0, "longest": 1},
            },
            AA=actor(act("hit", 4, "BB")),
            BB=actor(
                *answers,
                misperception=misperception,
                reciprocity={"value": 1.5, "low": 1.0, "high": 2.0},
            ),
        )

    run = ensemble.run(case(1.5), 3000, 1, uncertainty=drawn)
    right = ensemble.run(case(0.0), 3000, 1, uncertainty=drawn)
    shot = run.table["first_6"] > 0
    still = right.table["first_6"] > 0
    found = keep_ledger(run).decisive
    assert found.answer.count == found.histories == shot.sum()
    assert found.milder.count == (shot & ~still).sum() > 50


def test_the_sentence_says_the_counts(ledger):
    text, found = sentence(ledger), ledger.decisive
    above, answers = found.readings.above.count, found.answer.count
    assert text.startswith(f"Of the {found.histories:,} histories that reached rung 5 ")
    of_all = share_of(above, found.histories)
    assert (
        f"in {above} ({percent(of_all.value)}, {span(of_all.low, of_all.high)}) the decisive "
        "answer followed an act perceived above what it was."
    ) in text
    assert f"That is {above} of these {answers} answers (" in text
    assert f" {found.milder.count} of these {answers} answers (" in text
    assert "counted by the nearest rung" in text
    _, (readings, first) = ledger_tables(ledger)
    assert "to the nearest rung" in readings.title
    assert [row[1] for row in to_text(first)[1][2:]] == [
        f"{answers} of {found.histories}",
        f"{above} of {answers}",
        f"{found.milder.count} of {answers}",
    ]
    assert all(row[0].startswith(f"of these {answers} answers: ") for row in to_text(first)[1][3:])


def test_few_cases_are_counted_and_no_more(ledger):
    few = Decisive(
        level=6,
        histories=2,
        opening=share_of(1, 2),
        slip=share_of(0, 2),
        answer=share_of(1, 2),
        readings=Readings(1, share_of(1, 1), share_of(0, 1), share_of(0, 1)),
        milder=share_of(1, 1),
    )
    found = replace(ledger, decisive=few)
    text = sentence(found)
    assert text.startswith("Of the 2 histories")
    assert text.endswith("These are too few to say more.")
    assert "%" not in text
    assert "in 100" not in text
    _, (readings, first) = ledger_tables(found)
    assert to_text(readings)[1][-1][1:] == ("1", "1 of 1", "0 of 1", "0 of 1")
    assert to_text(first)[1][0][1:] == ("1 of 2", "-", "too few to say more")


def test_a_run_that_kept_the_acts_of_some_says_of_how_many():
    some = shared.results("western_sea", 300, seed=1, acts_kept=10)
    found = keep_ledger(some)
    assert (
        "the run has 300 histories, and only the first 10 kept their acts"
        in ledger_tables(found)[0]
    )
    plain = document(found)
    assert (plain["histories"], plain["histories_of_the_run"]) == (10, 300)


def test_nothing_reached_is_said_plainly():
    calm = world(
        forced(1, "AA", "hit"),
        turns=1,
        AA=actor(act("hit", 3, "BB")),
        BB=actor(act("talk", 1, "AA")),
    )
    found = keep_ledger(ensemble.run(calm, 20, 1))
    assert sentence(found).startswith("No history kept reached rung 6")
    assert found.whole.total == 0
    title, tables = ledger_tables(found)
    assert to_text(tables[0])[1][0][2:] == ("-", "-", "-")
    assert title.startswith("No history")


def test_tables_carry_the_note_and_plain_data_the_same_numbers(ledger):
    _, tables = ledger_tables(ledger)
    assert NOTE in tables[0].title
    plain = document(ledger)
    assert plain["decisive"]["readings"]["above"]["count"] == ledger.decisive.readings.above.count
    assert plain["readings"]["all"]["answers"] == ledger.whole.total


def test_truth_and_belief_of_one_history_agree_with_its_acts(run):
    number = int(np.argmax(run.table["acts"]))
    history = relive(run, number)
    read = {
        (row["turn"], row["link"], run.actors[row["actor"]]): row
        for row in by_history(run)[number]
        if row["provoker"] >= 0
    }
    assert len(read) > 3
    answered = {(met.turn, met.link, met.actor): met for met in history.meetings if met.answers}
    for key, row in read.items():
        assert answered[key].trigger == row["trigger"]
        assert np.float32(answered[key].perceived) == np.float32(row["perceived"])
    section = history_table(history)
    assert len(to_text(section)[1]) == len(history.meetings)
    assert sum(cells[-1] == "yes" for cells in to_text(section)[1]) == len(answered)


def test_another_level_and_a_run_without_acts_are_refused(run):
    with pytest.raises(UsageError, match="«level»: 7 is no crossing"):
        keep_ledger(run, 7)
    bare = ensemble.run(run.scenario, 10, 1, acts_kept=0)
    with pytest.raises(UsageError, match="kept no single acts"):
        keep_ledger(bare)


def test_figures_are_written_whole(run, ledger, tmp_path):
    number = int(np.argmax(run.table["acts"]))
    paths = draw_all(
        {**ledger_figures(ledger), **belief_figures(relive(run, number), run)}, tmp_path
    )
    assert {path.name for path in paths} == {
        "ledger.png",
        "ledger.svg",
        f"beliefs-{number}.png",
        f"beliefs-{number}.svg",
    }
    assert all(path.stat().st_size > 5000 for path in paths)
