"""One history told: what is said, in which order, and that words are only ever words."""

import re
from html.parser import HTMLParser

import numpy as np
import pytest

import shared
from engine.adjudication.hand import ALWAYS, NEVER, act, actor, event, forced, opener, world
from wargame.classroom.history.history import chunk_of, relive
from wargame.classroom.history.typical import typical, why_typical
from wargame.classroom.story.narrative import tell
from wargame.classroom.story.page import FORMATS, excerpt, render
from wargame.engine import ensemble
from wargame.engine.results import ACT_COLUMNS, NOTE, REPLICATION_COLUMNS
from wargame.errors import UnknownName, UsageError
from wargame.scenario import loader
from wargame.scenario.ladder import OUTCOMES
from wargame.scenario.paths import pin
from wargame.show.names import period
from wargame.show.words import join_words

SURE_ANSWER = {"reply": ALWAYS, "chain": {"damping": 1.0, "longest": 1}}


@pytest.fixture(scope="module", params=[False, True], ids=["fixed", "drawn"])
def run(request):
    return shared.results("western_sea", 400, seed=2, uncertainty=request.param)


def told(scenario, number=0, why=False):
    run = ensemble.run(scenario, max(1, number + 1), 1)
    history = relive(run, number)
    return tell(history, run, why=why)


def lines(story):
    return [line.text for week in story.weeks for line in week.lines]


def test_a_history_lived_again_is_the_one_of_the_run(run):
    for number in (0, 7, 399):
        again = relive(run, number).results
        rows = run.acts["replication"] == number
        for name in ACT_COLUMNS:
            equal_nan = name == "perceived"
            assert np.array_equal(again.acts[name], run.acts[name][rows], equal_nan=equal_nan)
        for name in REPLICATION_COLUMNS:
            assert again.table[name][0] == run.table[name][number]


def test_every_act_is_told_once_in_its_turn(run):
    for number in range(30):
        history = relive(run, number)
        story = tell(history, run)
        told_acts = [
            (week.first, line.rung)
            for week in story.weeks
            for line in week.lines
            if line.rung is not None and line.link >= 0
        ]
        log = history.results.acts
        assert sorted(told_acts) == sorted(
            zip(log["turn"].tolist(), log["realised"].tolist(), strict=True)
        )


def test_an_answer_stands_under_the_act_it_answers(run):
    checked = 0
    for number in range(40):
        above = {}
        for text, link in (
            (line.text, line.link)
            for week in tell(relive(run, number), run).weeks
            for line in week.lines
            if line.link >= 0
        ):
            if link:
                checked += 1
                said = re.search(r"(?:answers?|joins in for .+? against) (the )?(\w+)", text)
                assert said is not None, text
                first = "The " if said[1] else ""
                assert above[link - 1].startswith(f"{first}{said[2]}"), (text, above[link - 1])
            above[link] = text
    assert checked > 100


def test_agreements_told_are_agreements_counted(run):
    made = broken = 0
    for number in np.flatnonzero(run.table["agreements"])[:40].tolist():
        said = lines(tell(relive(run, number), run))
        assert (
            sum("are bound by an agreement" in text for text in said)
            == (run.table["agreements"][number])
        )
        assert sum("is broken" in text for text in said) == run.table["broken"][number]
        made += int(run.table["agreements"][number])
        broken += int(run.table["broken"][number])
    assert made > 20
    assert broken > 0


def test_an_opening_an_answer_and_how_it_was_read():
    case = world(
        forced(2, "AA", "hit"),
        turns=3,
        rules=SURE_ANSWER,
        AA=actor(act("hit", 3, "BB")),
        BB=actor(act("back", 3, "AA"), misperception=1.0),
    )
    run = ensemble.run(case, 50, 1)
    perceived = run.acts["perceived"][run.acts["link"] == 1]
    for number, wanted in (
        (int(np.argmax(perceived)), "graver than it was (rung 3)"),
        (int(np.argmin(perceived)), "milder than it was (rung 3)"),
        (int(np.argmin(np.abs(perceived - 3))), "It read the act for what it was (rung 3"),
    ):
        story = tell(relive(run, number), run)
        assert [week.title for week in story.weeks] == [
            "Week 1: 1 January 2024 to 7 January 2024",
            "Week 2: 8 January 2024 to 14 January 2024",
            "Week 3: 15 January 2024 to 21 January 2024",
        ]
        first, second = [text for text in lines(story) if "calendar" not in text]
        assert first == (
            'somebody acts as it was set to: "hit", aimed at somebody (rung 3, display of force).'
        )
        assert second.startswith('somebody answers somebody: "back", aimed at somebody (rung 3')
        assert wanted in second
        assert f"rung {round(perceived[number])}" in second.partition("It ")[2]


def test_an_accident_is_told_as_meant_and_as_it_went():
    case = world(
        turns=1,
        AA=actor(opener("probe", 4, "BB", slip=[{"to": 6, "chance": 1.0}]), tempo=20.0),
        BB=actor(act("talk", -1, "AA")),
    )
    story = told(case)
    (text,) = [line.text for week in story.weeks for line in week.lines if line.rung == 6]
    assert "of its own accord" in text
    assert "(rung 4, encroachment or warning fire)" in text
    assert "meant as rung 4 and went to rung 6, lethal limited clash (1-99 dead) by accident" in (
        text
    )
    assert re.search(r"\d+ (people die|person dies)\.", text)
    assert "The scenario ends with week 1, with a crisis still open." in story.ending[0]


def test_strikes_that_become_war_end_the_story():
    case = world(
        forced(2, "AA", "strike"),
        turns=9,
        rules={"war_from_strikes": 1.0},
        AA=actor(act("strike", 7, "BB")),
        BB=actor(act("talk", -1, "AA")),
    )
    story = told(case)
    assert "The strikes do not stop there: they grow into war." in lines(story)
    assert story.weeks[-1].last == 2
    assert story.ending[0].startswith("It ends in week 2 with war")
    assert "Dead: a thousand or more." in story.ending[1]


def test_who_joins_is_told_with_the_ally():
    case = world(
        forced(1, "AA", "hit"),
        turns=1,
        rules=SURE_ANSWER,
        AA=actor(act("hit", 3, "BB")),
        BB=actor(act("talk", -1, "AA", reply=None)),
        CC=actor(act("side", 3, "AA"), name="a friend", commitments={"BB": 1.0}),
    )
    said = lines(told(case))
    assert any(text.startswith("a friend joins in for somebody against somebody") for text in said)
    assert "somebody does not answer somebody (taken for rung 3)." in said


def test_why_nobody_answers_is_told():
    case = world(
        forced(1, "AA", "hit"),
        turns=1,
        rules={"reply": {**NEVER, "force": 1.0}, "chain": {"damping": 0.0, "longest": 2}},
        AA=actor(act("hit", 5, "BB")),
        BB=actor(act("hit_back", 5, "AA"), name="the other"),
    )
    said = " ".join(lines(told(case, why=True)))
    assert "somebody does not answer the other (taken for rung 5). somebody read it as " in said
    assert (
        "a use of force: answered with chance 1.00, times 0.00 because it would answer an answer: "
        "0.00. The draw was "
    ) in said


def test_an_offer_accepted_binds_and_a_breach_breaks():
    case = world(
        forced(1, "AA", "offer"),
        forced(3, "BB", "cross"),
        turns=4,
        rules={"reply": {**NEVER, "conciliatory": 1.0}, "chain": {"damping": 0.0, "longest": 1}},
        AA=actor(act("offer", -2, "BB", reply=None)),
        BB=actor(act("accept", -1, "AA"), act("cross", 4, "AA", reply=None), name="the other"),
    )
    story = told(case)
    by_turn = {week.first: [line.text for line in week.lines] for week in story.weeks}
    assert "somebody and the other are bound by an agreement, for 26 weeks." in by_turn[1]
    assert "The agreement between somebody and the other is broken." in by_turn[3]
    assert "A crisis opens." in by_turn[3]


@pytest.mark.parametrize(("turn", "told_times"), [(3, 1), (4, 0)])
def test_an_agreement_can_be_broken_up_to_its_last_turn(turn, told_times):
    case = world(
        forced(1, "AA", "offer"),
        forced(turn, "BB", "cross"),
        turns=5,
        rules={
            "reply": {**NEVER, "conciliatory": 1.0},
            "chain": {"damping": 0.0, "longest": 1},
            "agreement": {"turns": 2},
        },
        AA=actor(act("offer", -2, "BB", reply=None)),
        BB=actor(act("accept", -1, "AA"), act("cross", 4, "AA", reply=None)),
    )
    run = ensemble.run(case, 1, 1)
    said = lines(tell(relive(run, 0), run))
    assert "somebody and somebody are bound by an agreement, for 2 weeks." in said
    assert sum("is broken" in text for text in said) == told_times == run.table["broken"][0]


def test_quiet_turns_are_told_together_and_the_calendar_is_news():
    case = world(
        event(4, label="Harvest festival"),
        turns=8,
        AA=actor(act("talk", -1, "BB")),
        BB=actor(act("talk", -1, "AA")),
    )
    story = told(case)
    assert [(week.first, week.last) for week in story.weeks] == [(1, 3), (4, 4), (5, 8)]
    assert lines(story) == ["In the calendar: Harvest festival."]
    assert story.weeks[2].title == "Weeks 5 to 8: 29 January 2024 to 25 February 2024"


def test_days_and_other_turns_have_their_own_names():
    sides = {"AA": actor(act("a", 0, "BB")), "BB": actor(act("b", 0, "AA"))}
    assert period(world(turn_days=1, **sides), 2, 2) == "Day 2: 2 January 2024"
    assert period(world(turn_days=3, **sides), 1, 2) == (
        "Turns 1 to 2: 1 January 2024 to 6 January 2024"
    )
    assert join_words(["a", "b", "c"]) == "a, b and c"


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found, self.addresses = set(), []

    def handle_starttag(self, tag, attrs):
        self.found.add(tag)
        self.addresses += [value for name, value in attrs if name in ("src", "href", "action")]


NASTY = 'Fire <script>alert(1)</script> & "*go* [x](http://e.x) | \x1b[31m'


@pytest.mark.parametrize("why", [False, True])
def test_words_of_a_scenario_are_only_words(why):
    case = world(
        turns=2,
        rules=SURE_ANSWER,
        AA=actor({**opener("fire", 3, "BB"), "label": NASTY}, tempo=20.0, name="<b>A</b>"),
        BB=actor({**act("back", 3, "AA"), "label": NASTY}, act("talk", 1, "AA")),
    )
    story = told(case, why=why)
    page = render(story, case, "html")
    tags = Tags()
    tags.feed(page)
    assert tags.addresses == []
    assert not tags.found & {"script", "b", "a", "img", "link", "iframe"}
    assert "&lt;script&gt;" in page
    for form in ("text", "md"):
        assert "\x1b" not in render(story, case, form)
    markdown = render(story, case, "md")
    assert r"\*go\* \[x\](http" in markdown
    assert r"\<script\>" in markdown


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_has_the_whole_story_and_the_note(run, form):
    history = relive(run, typical(run, "friction"))
    story = tell(history, run, why=True)
    text = re.sub(r"[\\>\s]+", " ", render(story, history.scenario, form))
    assert NOTE in text
    assert text.count("Why ") >= len(history.decisions) > 0
    assert "number of" not in text
    assert story.ending[0].split(",")[0] in text


@pytest.mark.parametrize("form", FORMATS)
def test_one_turn_is_told_as_in_the_whole_story_and_nothing_else(run, form):
    history = relive(run, typical(run, "friction"))
    story = tell(history, run, why=True)
    decided = {decision.turn for decision in history.decisions}
    for week in story.weeks:
        part = excerpt(story, week.last)
        assert part.weeks == (week,)
        text = render(part, history.scenario, form)
        whole = render(story, history.scenario, form)
        assert ("Why " in text) == (week.first in decided)
        assert "How it ends" not in text
        assert f"turn {week.last}" in text.partition("\n\n")[0]
        for line in text.splitlines():
            if line.lstrip().startswith(("- ", "&gt;", "<p>", "Why")) and "turn " not in line:
                assert line in whole
    assert decided


def test_a_turn_that_was_not_played_is_refused(run):
    story = tell(relive(run, 0), run)
    last = story.weeks[-1].last
    for turn in (0, last + 1):
        with pytest.raises(UsageError, match=rf"has no turn {turn}\. Use 1\.\.{last}\."):
            excerpt(story, turn)


def test_an_unknown_format_is_refused(run):
    history = relive(run, 0)
    with pytest.raises(UnknownName, match="unknown format 'pdf'"):
        render(tell(history, run), history.scenario, "pdf")


def test_the_typical_history_is_of_its_class_and_in_its_middle(run):
    peaks = run.table["peak"]
    for outcome, low, high in (("calm", -2, 3), ("friction", 4, 4), ("lethal_clash", 6, 6)):
        number = typical(run, outcome)
        members = (peaks >= low) & (peaks <= high)
        assert members[number]
        acts = run.table["acts"][members]
        assert np.percentile(acts, 15) <= run.table["acts"][number] <= np.percentile(acts, 85)


def test_why_a_history_is_typical_names_class_size_and_every_measure(run):
    number = typical(run, "lethal_clash")
    said = why_typical(run, number)
    members = run.outcome_counts()["lethal clash"]
    assert f"of the {members} histories that end as lethal clash" in said
    for measure in ("acts", "dead", "crises", "turns in which force was used", "worst moment"):
        assert measure in said
    alone = shared.results("western_sea", 1, seed=2)
    outcome = next(name for name, count in alone.outcome_counts().items() if count)
    assert why_typical(alone, 0) == f"It is the only history of this run that ends as {outcome}."


def test_a_class_that_did_not_occur_is_named_with_those_that_did(run):
    with pytest.raises(UsageError, match="none of the 400 histories came to 'nuclear_use'"):
        typical(run, "nuclear_use")
    with pytest.raises(UnknownName, match="Did you mean 'lethal_clash'"):
        typical(run, "lethal-clsh")
    with pytest.raises(UnknownName, match="clash, friction, lethal_clash, major_strikes, war"):
        typical(run, "bogus")
    assert "nuclear use" in OUTCOMES


def test_a_history_that_is_not_there_is_refused(run):
    with pytest.raises(UsageError, match=r"no history 400 in this run. Use 0\.\.399"):
        relive(run, 400)


def test_pinning_changes_only_what_is_named():
    scenario = loader.load("western_sea")
    pinned = pin(scenario, {"actors.PRK.tempo": 0.05, "world.war_from_strikes": 0.3})
    assert pinned.actors["PRK"].tempo.value == 0.05
    assert pinned.world.war_from_strikes.value == 0.3
    assert not pinned.actors["PRK"].tempo.uncertain
    back = pin(pinned, {"actors.PRK.tempo": scenario.actors["PRK"].tempo.value})
    assert back.actors["ROK"] == scenario.actors["ROK"]
    assert back.calendar == scenario.calendar


def test_a_drawn_run_is_played_again_with_the_numbers_of_that_history():
    run = shared.results("western_sea", 5, seed=2, uncertainty=True)
    spec = chunk_of(run, 3).scenario
    assert spec.actors["PRK"].tempo.value == run.parameters["actors.PRK.tempo"][3]
