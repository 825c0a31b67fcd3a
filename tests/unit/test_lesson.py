"""The lesson: minutes, seats, dice, what-ifs, and what may stand in whose file."""

import datetime
import hashlib
import html
import itertools
import json
import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wargame.analysis.pairs import Difference
from wargame.classroom import lesson as lessons
from wargame.classroom import pdf, web
from wargame.classroom.answers import answer_key
from wargame.classroom.claims import claims_table, run_claims
from wargame.classroom.counterfactuals import (
    RULES,
    Counterfactual,
    choose,
    headline,
    points,
    run_counterfactuals,
    yearly,
)
from wargame.classroom.dice import CHANCES, at_least, misreading, readings, slips, tolls
from wargame.classroom.discussion import card_answers, cards, debrief, questions_of
from wargame.classroom.exit_ticket import asked_outcome
from wargame.classroom.flags import FLAG_HEADERS
from wargame.classroom.game_sheets import order_slips, turn_tracker
from wargame.classroom.guide import guide
from wargame.classroom.handouts import LEVELS, briefing, cards_of
from wargame.classroom.misreadings import misread
from wargame.classroom.role_sheets import role_sheet
from wargame.classroom.sheet import Box, Sheet, Table, Text, words_of
from wargame.classroom.slides import slides
from wargame.classroom.timetable import MINUTES, TURN_STEPS, plan_lesson
from wargame.classroom.umpire import ruling_sheet, umpire_menus
from wargame.engine import ensemble
from wargame.engine.results import NOTE, share_of
from wargame.errors import RecordError, RunError, UnknownName, UsageError
from wargame.scenario import library, loader
from wargame.scenario.schema import Teaching

WHEN = datetime.datetime(2024, 3, 25, 12, tzinfo=datetime.UTC)
SCENARIOS = {name: loader.load(name) for name in library.scenario_names()}
TAUGHT = {name: item for name, item in SCENARIOS.items() if item.teaching is not None}
FIRST = SCENARIOS["first_steps"]


def changed_roles(scenario, **changes):
    """Return a scenario with other words in its role sheets: actor -> {field: words}."""
    roles = {
        actor: role.model_copy(update=changes.get(actor, {}))
        for actor, role in scenario.teaching.roles.items()
    }
    teaching = scenario.teaching.model_copy(update={"roles": roles})
    return scenario.model_copy(update={"teaching": teaching})


# --- timetable ---------------------------------------------------------------------------------


@pytest.mark.parametrize("minutes", MINUTES)
@pytest.mark.parametrize("name", SCENARIOS)
def test_the_minutes_add_up(name, minutes):
    plan = plan_lesson(SCENARIOS[name], minutes, 24)
    ends = [0]
    for slot in plan.slots:
        assert slot.start == ends[-1]
        assert slot.minutes > 0
        ends.append(slot.start + slot.minutes)
    assert ends[-1] == minutes
    debrief = next(slot for slot in plan.slots if slot.title == "Debrief")
    assert debrief.minutes >= minutes / 4


@pytest.mark.parametrize("minutes", MINUTES)
@pytest.mark.parametrize("turns", [1, 2, 3, 7, 42, 1000])
def test_turns_of_the_class_cover_the_scenario_once(minutes, turns):
    plan = plan_lesson(FIRST.model_copy(update={"turns": turns}), minutes, 24)
    covered = [turn for span in plan.spans for turn in range(span.first, span.last + 1)]
    assert covered == list(range(1, turns + 1))
    assert sum(slot.minutes for slot in plan.slots) == minutes
    assert sum(slot.title.startswith("Turn ") for slot in plan.slots) == len(plan.spans)


@given(st.integers(2, 400), st.sampled_from(sorted(TAUGHT)))
def test_everybody_has_one_seat_and_teams_are_even(students, name):
    plan = plan_lesson(TAUGHT[name], 50, students)
    seats = [size for table in plan.tables for size in table.values()]
    assert sum(seats) + sum(plan.umpires) == students
    assert len(plan.umpires) == len(plan.tables)
    assert min(plan.umpires) >= (len(plan.tables) > 1)
    for table, ruling in zip(plan.tables, plan.umpires, strict=True):
        assert max(table.values()) - min(table.values()) <= 1
        assert ruling < 2 or min(table.values()) >= 3
    assert max(seats) <= 6
    assert all(list(table) == list(TAUGHT[name].actors) for table in plan.tables)


@pytest.mark.parametrize("minutes", MINUTES)
def test_the_steps_of_a_turn_fill_it(minutes):
    plan = plan_lesson(FIRST, minutes, 24)
    turns = {slot.minutes for slot in plan.slots if slot.title.startswith("Turn ")}
    assert {sum(plan.turn_steps)} == turns
    assert all(length >= 1 for length in plan.turn_steps)
    told = next(slot.doing for slot in plan.slots if slot.title == "Turn 1")
    said = dict(re.findall(r"([a-z][a-z ]+) (\d+)", told))
    assert [int(said[step.lower()]) for step in TURN_STEPS] == list(plan.turn_steps)


def test_a_length_without_a_timetable_is_refused():
    with pytest.raises(UnknownName, match="lesson length in minutes '60'; one of: 50, 75, 90"):
        plan_lesson(FIRST, 60, 24)


@pytest.mark.parametrize("students", [-1, 0, 1, 401])
def test_a_class_too_small_or_large_is_refused(students):
    with pytest.raises(UsageError, match=f"--students: {students} is not a class. Use 2 to 400"):
        plan_lesson(FIRST, 50, students)


@pytest.mark.parametrize("name", TAUGHT)
@pytest.mark.parametrize("minutes", MINUTES)
def test_every_card_falls_into_one_turn(name, minutes):
    scenario = TAUGHT[name]
    plan = plan_lesson(scenario, minutes, 24)
    handed = [card.id for span in plan.spans for card in cards_of(scenario, span)]
    assert sorted(handed) == sorted(card.id for card in scenario.teaching.injects)


# --- dice --------------------------------------------------------------------------------------


def test_chances_of_two_dice():
    assert CHANCES[12] == 1 / 36
    assert CHANCES[8] == 15 / 36
    assert CHANCES[2] == 1
    assert CHANCES[13] == 0


@pytest.mark.parametrize(
    ("chance", "least"), [(0, 13), (0.001, 12), (0.1, 11), (0.4, 8), (0.5, 8), (1, 2)]
)
def test_the_nearest_sum_of_dice(chance, least):
    assert at_least(chance) == least


def test_dice_misread_no_rarer_than_the_model():
    assert misreading(0) == 13  # never
    assert misreading(0.2) == 13  # 0.6% beyond half a rung: less than once in a hundred acts
    assert misreading(0.3) == 11  # 4.8% each way, dice 8.3%
    assert misreading(0.5) == 10  # 15.9%, dice 16.7%
    assert misreading(5) == 8  # too high and too low together never more than always


@given(st.floats(0.215, 0.8))
def test_the_rarest_sum_that_is_no_rarer(spread):
    least, upwards = misreading(spread), math.erfc(0.5 / spread / math.sqrt(2)) / 2
    assert CHANCES[least] >= upwards > CHANCES[least + 1]


def test_parties_that_read_alike_share_a_row():
    assert readings(FIRST) == (("all", "11 or more", "3 or less", "8%", "5%"),)
    party = FIRST.actors["ROK"]
    exact = party.misperception.model_copy(update={"value": 0.0, "low": None, "high": None})
    actors = FIRST.actors | {"ROK": party.model_copy(update={"misperception": exact})}
    rows = readings(FIRST.model_copy(update={"actors": actors}))
    assert ("South Korea", "never", "never", "0%", "0%") in rows
    others = ", ".join(item.name for name, item in FIRST.actors.items() if name != "ROK")
    assert rows[0][0] == others


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("name", TAUGHT)
def test_slips_are_those_on_the_sheets(name, level):
    scenario = TAUGHT[name]
    rows = slips(scenario, level)
    plan = plan_lesson(scenario, 50, 24)
    marked = {}
    for actor in scenario.actors:
        for row in menu(role_sheet(scenario, plan, level, actor)):
            label, star, _ = row[2].partition(" *")
            if star:
                marked[row[0], label] = actor
    assert {row[:2] for row in rows} == set(marked)
    for number, label, _, _, rung in rows:
        actions = scenario.actors[marked[number, label]].actions
        (action,) = (item for item in actions if item.label == label)
        assert str(action.slip.rung) == rung


def test_the_dead_on_paper_lie_inside_their_rungs():
    rows = [(dice, int(six), int(seven)) for dice, six, seven in tolls()]
    assert [dice for dice, _, _ in rows] == ["2 to 5", "6 to 8", "9 to 12"]
    for (_, six, seven), (_, more_six, more_seven) in itertools.pairwise(rows):
        assert 1 <= six < more_six <= 99
        assert 100 <= seven < more_seven <= 999
    assert rows[1][1:] == (10, 316)  # the medians of a law that is even in logarithms


# --- what-ifs ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def baseline():
    return ensemble.run(FIRST, 400, 3)


@pytest.fixture(scope="module")
def found(baseline):
    return run_counterfactuals(FIRST, baseline)


def test_every_party_under_every_rule_on_the_same_draws(baseline, found):
    assert [(item.actor, item.rule) for item in found] == [
        (actor, rule) for actor in FIRST.actors for rule in RULES
    ]
    for item in found:
        orders = {(turn, item.actor): RULES[item.rule][0] for turn in range(1, FIRST.turns + 1)}
        other = ensemble.run(FIRST, 400, 3, orders=orders)
        before, after = (run.table["peak"] >= item.level for run in (baseline, other))
        assert item.before == share_of(int(before.sum()), 400)
        assert item.after == share_of(int(after.sum()), 400)
        assert item.difference.value == pytest.approx(item.after.share - item.before.share)
        assert item.difference.low <= item.difference.value <= item.difference.high
        if item.rule == "never_opens":
            opened = other.acts["actor"][other.acts["link"] == 0]
            assert sorted(FIRST.actors).index(item.actor) not in opened


def test_the_level_is_the_highest_that_is_not_rare(baseline):
    peaks = baseline.table["peak"]
    level = headline(baseline)
    assert (peaks >= level).mean() >= 0.05 or level == 4
    assert level == 6 or (peaks >= level + 1).mean() < 0.05


def made(actor, rule, value, half):
    share, change = share_of(10, 100), Difference(value, value - half, value + half)
    return Counterfactual(actor, rule, 5, share, share, change, change)


def test_cards_take_large_changes_with_different_rules_and_one_unclear():
    large, second = made("PRK", "one_higher", 0.3, 0.1), made("ROK", "one_higher", 0.2, 0.1)
    other, none = made("ROK", "lets_pass", -0.15, 0.1), made("USA", "one_lower", 0.01, 0.1)
    vague = made("USA", "lets_pass", 0.05, 0.1)
    items = (none, second, vague, other, large)
    assert choose(items, 3) == (large, other, none)
    assert choose(items, 4) == (large, other, second, none)
    assert choose((large, second), 4) == (large, second)
    assert choose((none, vague), 4) == (none,)


def test_points_never_read_minus_zero():
    assert [points(value) for value in (0.189, -0.0004, 0.0004, -0.012)] == [
        "+18.9",
        "0.0",
        "0.0",
        "-1.2",
    ]


def test_misreadings_are_counted_among_answers(baseline):
    acts = baseline.acts
    answers = [k for k in range(len(acts["turn"])) if acts["link"][k] > 0]
    off = sum(round(float(acts["perceived"][k])) != acts["trigger"][k] for k in answers)
    counted = misread(baseline)
    share = counted["Answers to an act read on another rung"]
    assert (share.count, share.total) == (off, len(answers))
    assert 0 < off < len(answers)
    slipped = counted["Acts that went further than meant"]
    assert slipped.count == int(np.sum(acts["accidental"]))
    assert slipped.total == len(acts["turn"])


def test_the_ticket_asks_about_an_outcome_that_was_seen(baseline):
    name, share = asked_outcome(baseline)
    assert share == baseline.outcomes()[name]
    assert share.share >= 0.02


# --- disputed claims and questions ---------------------------------------------------------------


def test_claims_are_held_on_the_same_draws(baseline):
    held = run_claims(FIRST, baseline)
    assert [item.claim for item in held] == list(FIRST.teaching.claims)
    assert held
    for item in held:
        settings = [f"{path}={value}" for path, value in FIRST.variants[item.claim.variant].items()]
        other = ensemble.run(loader.load("first_steps", settings), 400, 3)
        peaks = (baseline.table["peak"] >= item.level, other.table["peak"] >= item.level)
        assert item.before.count == peaks[0].sum()
        assert item.after.count == peaks[1].sum()
        assert item.difference.value == pytest.approx(peaks[1].mean() - peaks[0].mean())
        per_year = [
            results.table["incidents"].sum() / results.years() for results in (baseline, other)
        ]
        assert item.incidents.value == pytest.approx(per_year[1] - per_year[0])


def test_claims_stand_in_debrief_and_key_and_their_numbers_not_on_slides(baseline):
    plan = plan_lesson(FIRST, 50, 24)
    held = run_claims(FIRST, baseline)
    found = run_counterfactuals(FIRST, baseline)
    told = debrief(FIRST, plan, "basic", baseline, found, held)
    key = " ".join(words_of(answer_key(FIRST, "basic", baseline, found[:4], held).blocks))
    (table,) = (b for b in claims_table(held, baseline) if isinstance(b, Table))
    assert table in told.blocks
    for row, item in zip(table.rows, held, strict=True):
        assert item.claim.says in row[0]
        assert f"({points(item.difference.low)} to {points(item.difference.high)})" in row[2]
        assert item.claim.evidence in key
        assert f"--variant {item.claim.variant}" not in key
    deep = " ".join(words_of(answer_key(FIRST, "advanced", baseline, found[:4], held).blocks))
    assert all(f"--variant {item.claim.variant}" in deep for item in held)
    shown = " ".join(words_of(slides(FIRST, plan, baseline, "basic").blocks))
    assert all(item.claim.says in shown for item in held)
    assert not any(row[2] in shown for row in table.rows)


def test_a_scenario_without_claims_has_no_table_of_them(baseline):
    teaching = FIRST.teaching.model_copy(update={"claims": ()})
    plain = FIRST.model_copy(update={"teaching": teaching})
    assert run_claims(plain, baseline) == ()
    assert claims_table((), baseline) == ()


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("name", TAUGHT)
def test_every_question_has_its_answer_in_the_key(name, level):
    scenario = TAUGHT[name]
    asked = questions_of(scenario, level)
    assert asked
    assert all(item.look_for for item in asked)


def test_a_question_may_be_plain_text_and_general_ones_stand_in(baseline):
    own = Teaching.model_validate({"questions": ["Why?"]})
    assert own.questions[0].ask == "Why?"
    teaching = FIRST.teaching.model_copy(update={"questions": own.questions})
    asking = FIRST.model_copy(update={"teaching": teaching})
    key = list(words_of(answer_key(asking, "basic", baseline, ()).blocks))
    assert key[key.index("Why?") + 1] == "No answer is written down for it: ask for reasons."
    silent = FIRST.model_copy(update={"teaching": teaching.model_copy(update={"questions": ()})})
    assert all(item.look_for for item in questions_of(silent, "basic"))


# --- what stands in which file -----------------------------------------------------------------


@pytest.fixture(scope="module")
def marked():
    """Return a lesson whose secrets are marked: every role's, every card's for some teams only."""
    scenario = SCENARIOS["pacific_reach"]
    words = {
        actor: {"confidential": f'CANARY{actor}SECRET <script>alert(1)</script> #panic() " \\ {{x'}
        for actor in scenario.actors
    }
    scenario = changed_roles(scenario, **words)
    cards = tuple(
        card.model_copy(update={"text": f"CANARYCARD{number}END", "audience": ("PRK",)})
        for number, card in enumerate(scenario.teaching.injects)
    )
    teaching = scenario.teaching.model_copy(update={"injects": cards})
    scenario = scenario.model_copy(update={"teaching": teaching})
    return lessons.prepare(scenario, 75, 30, "advanced", replications=100)


@pytest.fixture(scope="module")
def written(marked, tmp_path_factory):
    folder = tmp_path_factory.mktemp("lesson") / "pacific"
    lessons.save(marked, folder, command="test", started=WHEN)
    return folder


def test_secrets_stand_only_on_their_own_sheet(marked, written):
    sources = {path.name: path.read_text() for path in written.rglob("*.html")}
    sources |= {
        f"{sheet.name}.typ": pdf.source_of(sheet, marked.scenario, "a4") for sheet in marked.sheets
    }
    sources["manifest.json"] = (written / "manifest.json").read_text()
    for actor in marked.scenario.actors:
        holding = {name for name, text in sources.items() if f"CANARY{actor}SECRET" in text}
        assert holding == {f"role_{actor}.html", f"role_{actor}.typ"}
    for number in range(len(marked.scenario.teaching.injects)):
        holding = {name for name, text in sources.items() if f"CANARYCARD{number}END" in text}
        assert holding == {"inject_cards.html", "inject_cards.typ"}


def test_public_words_are_in_the_briefing(marked, written):
    text = html.unescape((written / "briefing.html").read_text())
    for role in marked.scenario.teaching.roles.values():
        assert role.public in text


def test_what_a_scenario_says_stays_words(written):
    page = (written / "role_PRK.html").read_text()
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; #panic() &#34; \\ {x" in page
    assert (written / "role_PRK.pdf").read_bytes().startswith(b"%PDF")


def test_sheets_are_in_words_a_class_can_read(marked, written):
    role = html.unescape((written / "role_PRK.html").read_text())
    assert "N: North Korea" not in role  # nobody aims at itself
    assert "S: South Korea" in role
    assert "as readily as for itself" in html.unescape((written / "role_USA.html").read_text())
    assert " of 1)" not in role
    cards = html.unescape((written / "what_if_answers.html").read_text())
    key = html.unescape((written / "answer_key.html").read_text())
    said = re.findall(r"(More often|Less often|No clear difference)\.", cards)
    in_key = re.findall(r"</strong> (more often|less often|no clear difference) \(", key)
    assert [words.lower() for words in said] == in_key
    assert "against it, one" not in cards
    assert "<strong>article." not in key


def test_files_are_whole_and_listed(marked, written):
    names = {path.name for path in written.iterdir()}
    expected = {f"{sheet.name}.{ending}" for sheet in marked.sheets for ending in ("html", "pdf")}
    assert names == expected | {"index.html", "figures", "manifest.json"}
    manifest = json.loads((written / "manifest.json").read_text())
    for name, digest in manifest["files"].items():
        assert hashlib.sha256((written / name).read_bytes()).hexdigest() == digest
    assert len(manifest["files"]) == len(names) - 2 + 2  # pictures as PNG and SVG


def test_every_link_leads_to_a_file_and_nowhere_else(written):
    for page in written.glob("*.html"):
        text = page.read_text()
        assert not re.search(r"https?:|//[a-z]|@import|url\(|<script|<link|<iframe", text), (
            page.name
        )
        for target in re.findall(r'(?:href|src)="([^"]*)"', text):
            assert (written / target).is_file(), f"{page.name}: {target}"
    listed = re.findall(r'href="([^"]*)"', (written / "index.html").read_text())
    assert sorted(listed) == sorted(
        path.name
        for path in written.glob("*.*")
        if path.name not in ("index.html", "manifest.json")
    )


def test_the_standing_sentence_is_on_every_page_slide_and_card(marked, written):
    assert web.NOTICE.lower() == f"{NOTE}."
    for sheet in marked.sheets:
        page = (written / f"{sheet.name}.html").read_text()
        in_flow = page.partition("<body>")[2].count(f'note">{web.NOTICE}') + page.count(
            f'note last">{web.NOTICE}'
        )
        assert in_flow >= 1
        if sheet.style == "slides":
            assert in_flow == page.count('<section class="slide">')
        assert pdf.source_of(sheet, marked.scenario, "a4").count(web.NOTICE) >= 1
        for block in sheet.blocks:
            if isinstance(block, Box) and block.style == "cut":
                assert web.NOTICE in list(words_of((block,)))


def test_numbers_of_the_debrief_are_those_of_the_run(marked, written):
    text = html.unescape((written / "debrief.html").read_text())
    fresh = ensemble.run(marked.scenario, 100, 1)
    again = run_counterfactuals(marked.scenario, fresh)
    for item in again:
        difference = f"({points(item.difference.low)} to {points(item.difference.high)})</td>"
        assert difference in text
        assert f"<td>{yearly(item.incidents)}</td>" in text
    claims = len(marked.scenario.teaching.claims)
    assert len(re.findall(r"<tr><td>", text)) == len(again) + len(fresh.outcomes()) + claims


# --- pages -------------------------------------------------------------------------------------


def luminance(colour):
    channels = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_enough_on_screen_and_paper():
    """WCAG 2.2: 4.5 to 1 for text, 3 to 1 for lines one has to see."""
    style = (web.TEMPLATES / "sheet.html.j2").read_text()
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", style))
    for ground in ("paper", "tint", "secret-tint"):
        for ink in ("ink", "soft", "secret", "link"):
            assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
        assert contrast(colours["rule"], colours[ground]) >= 3, ground
    look = (web.TEMPLATES / "sheet.typ").read_text()
    for name, colour in re.findall(r'#let ([a-z-]+) = rgb\("(#[0-9a-f]{6})"\)', look):
        assert colours[name] == colour
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("name", TAUGHT)
def test_role_sheets_fit_one_page_of_either_paper(name, tmp_path):
    import typst

    scenario = TAUGHT[name]
    for level in ("basic", "advanced"):
        plan = plan_lesson(scenario, 50, 24)
        for actor in scenario.actors:
            sheet = role_sheet(scenario, plan, level, actor)
            source = pdf.source_of(sheet, scenario, "letter").encode()
            pages = typst.compile(source, format="png", ppi=10)
            assert isinstance(pages, bytes), f"{actor} {level}: {len(pages)} pages"


def test_a_role_that_cannot_fit_is_refused_with_a_remedy(tmp_path):
    long = changed_roles(FIRST, PRK={"confidential": "word " * 1590})
    sheet = role_sheet(long, plan_lesson(long, 50, 24), "basic", "PRK")
    with pytest.raises(RunError, match=r"'North Korea' does not fit one page .* --level basic"):
        pdf.write_pdf(sheet, long, "letter", tmp_path, WHEN)


@pytest.mark.parametrize(("level", "most"), [("basic", 2500), ("advanced", 8000)])
@pytest.mark.parametrize("name", TAUGHT)
def test_there_is_not_too_much_to_read(name, level, most):
    scenario = TAUGHT[name]
    plan = plan_lesson(scenario, 50, 24)
    common = count(briefing(scenario, plan, level))
    for actor in scenario.actors:
        assert common + count(role_sheet(scenario, plan, level, actor)) <= most


def count(sheet):
    return sum(len(text.split()) for text in words_of(sheet.blocks))


@pytest.mark.parametrize("name", TAUGHT)
def test_a_short_menu_keeps_every_rung(name):
    scenario = TAUGHT[name]
    plan = plan_lesson(scenario, 50, 24)
    for actor, party in scenario.actors.items():
        rungs = {
            level: [row[1] for row in menu(role_sheet(scenario, plan, level, actor))]
            for level in ("basic", "advanced")
        }
        assert len(rungs["advanced"]) == len(party.actions)
        assert len(rungs["basic"]) >= min(14, len(party.actions))
        assert set(rungs["basic"]) == set(rungs["advanced"])


def basic_menus(scenario):
    """Return actor -> the actions printed on its basic sheet."""
    plan = plan_lesson(scenario, 50, 24)
    menus = {}
    for actor, party in scenario.actors.items():
        rows = menu(role_sheet(scenario, plan, "basic", actor))
        said = {row[2].partition(" (")[0].removesuffix(" *") for row in rows}
        menus[actor] = [
            action for action in party.actions if action.label.partition(" (")[0] in said
        ]
        assert len(menus[actor]) == len(rows)
    return menus


@pytest.mark.parametrize("name", TAUGHT)
def test_a_short_menu_jumps_over_no_rung_towards_anybody(name):
    scenario = TAUGHT[name]
    for actor, kept in basic_menus(scenario).items():
        for target in scenario.actors:
            rungs = {action.rung for action in kept if target in action.targets}
            full = {a.rung for a in scenario.actors[actor].actions if target in a.targets}
            between = {rung for rung in full if rungs and min(rungs) < rung < max(rungs)}
            assert between <= rungs, f"{actor} at {target}: {sorted(between - rungs)} left out"


@pytest.mark.parametrize("name", TAUGHT)
def test_an_offer_on_a_short_menu_can_be_taken_up(name):
    scenario = TAUGHT[name]
    menus = basic_menus(scenario)
    for sender, kept in menus.items():
        for offer in (action for action in kept if action.rung == -2):
            known = scenario.flags | (offer.requires.flags if offer.requires else {})
            for target in offer.targets:
                could = answers_to(sender, scenario.actors[target].actions, known)
                assert answers_to(sender, menus[target], known) or not could, (offer.id, target)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("name", TAUGHT)
def test_guide_umpire_and_wall_say_what_holds_and_what_changes_it(name, level):
    scenario = TAUGHT[name]
    plan = plan_lesson(scenario, 50, 24)
    rows = flag_table(guide(scenario, plan, level))
    assert rows == flag_table(ruling_sheet(scenario, plan, level))
    wall = flag_table(turn_tracker(scenario, plan, level))
    assert [row[:3] for row in wall] == [row[:3] for row in rows]
    assert all(row[3] == "" for row in wall)
    full = {actor: list(party.actions) for actor, party in scenario.actors.items()}
    menus = basic_menus(scenario) if level == "basic" else full
    sheets = {actor: menu(role_sheet(scenario, plan, level, actor)) for actor in scenario.actors}
    yes = {True: "yes", False: "no"}
    told = {row[0]: row[1:] for row in rows}
    for flag, start in scenario.flags.items():
        words = flag.replace("_", " ")
        changing = sorted(
            f"{line[0]}: {yes[effect.value]}"
            for actor, kept in menus.items()
            for action in kept
            for effect in action.effects
            if effect.kind == "flag" and effect.flag == flag
            for line in sheets[actor]
            if line[2].startswith(action.label) and line[1] == str(action.rung)
        )
        dated = [e for event in scenario.calendar for e in event.effects if e.kind == "flag"]
        if not changing and not any(effect.flag == flag for effect in dated):
            assert words not in told
            assert not any(words in row[2] for lines in sheets.values() for row in lines)
            continue
        by_calendar = any(effect.flag == flag for effect in dated)
        assert told[words][0] == ("-" if by_calendar else yes[start])
        assert sorted(told[words][2].split("; ")) == (changing or ["-"])
        assert told[words][1].endswith(f"; else {yes[start]}" if by_calendar else "-")
    tense = any("only under tension" in row[2] for rows in sheets.values() for row in rows)
    assert ("tension (calm: none)" in told) == tense


def test_what_the_calendar_brings_is_told_in_turns_of_the_class():
    scenario = TAUGHT["election_year"]
    rows = flag_table(ruling_sheet(scenario, plan_lesson(scenario, 90, 24), "basic"))
    told = {row[0]: row[2] for row in rows}
    assert told["campaign south"] == "yes in turn 1; else no"  # turns 5 to 9 of 46
    assert told["campaign us"] == "yes in turn 3, 4; else no"  # turns 30 to 40: 2 September on
    assert told["transition us"] == "yes in turn 4; else no"


def flag_table(sheet):
    found = [b for b in sheet.blocks if isinstance(b, Table) and b.headers[:3] == FLAG_HEADERS[:3]]
    return [row for table in found for row in table.rows]


@pytest.mark.parametrize("name", TAUGHT)
@pytest.mark.parametrize("minutes", MINUTES)
def test_the_tracker_fits_one_page(name, minutes):
    import typst

    scenario = TAUGHT[name]
    sheet = turn_tracker(scenario, plan_lesson(scenario, minutes, 24), "advanced")
    source = pdf.source_of(sheet, scenario, "letter").encode()
    assert isinstance(typst.compile(source, format="png", ppi=10), bytes)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("name", TAUGHT)
def test_ruling_sheet_and_slips_fit_one_page(name, level):
    import typst

    scenario = TAUGHT[name]
    plan = plan_lesson(scenario, 50, 24)
    for sheet in (ruling_sheet(scenario, plan, level), order_slips(scenario, plan)):
        source = pdf.source_of(sheet, scenario, "letter").encode()
        assert isinstance(typst.compile(source, format="png", ppi=10), bytes)


def test_menus_too_long_for_a_page_go_on_to_the_next():
    import typst

    scenario = TAUGHT["western_sea"]
    sheet = umpire_menus(scenario, plan_lesson(scenario, 50, 24), "advanced")
    pages = typst.compile(pdf.source_of(sheet, scenario, "letter").encode(), format="png", ppi=10)
    assert len(pages) == 2


def test_how_acts_are_read_is_the_umpires_secret():
    plan = plan_lesson(FIRST, 50, 24)
    tables = [b for b in turn_tracker(FIRST, plan, "basic").blocks if isinstance(b, Table)]
    assert not any("read" in header for table in tables for header in table.headers)
    (own,) = (b for b in ruling_sheet(FIRST, plan, "basic").blocks if isinstance(b, Table))
    assert [row[0] for row in own.rows] == [party.name for party in FIRST.actors.values()]
    assert "reads" in own.headers


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("name", TAUGHT)
def test_the_umpire_has_every_line_of_every_menu(name, level):
    scenario = TAUGHT[name]
    plan = plan_lesson(scenario, 50, 24)
    held = [
        row for row in menu(umpire_menus(scenario, plan, level)) if re.match(r"[A-Z]+\d", row[0])
    ]
    sheets = [menu(role_sheet(scenario, plan, level, actor)) for actor in scenario.actors]
    assert held == [row for rows in sheets for row in rows]
    numbers = [row[0] for row in held]
    assert len(set(numbers)) == len(numbers)
    first = {actor: rows[0][0] for actor, rows in zip(scenario.actors, sheets, strict=True)}
    assert all(number.endswith("1") for number in first.values())


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("name", TAUGHT)
def test_the_umpire_has_every_act_that_may_go_further(name, level):
    scenario = TAUGHT[name]
    said = " ".join(words_of(ruling_sheet(scenario, plan_lesson(scenario, 50, 24), level).blocks))
    rows = slips(scenario, level)
    for number, _, _, dice, rung in rows:
        assert re.search(rf"\b{number}\b", said)
        assert f"{dice}: rung {rung}." in said
    assert rows or "In this scenario none does." in said


def test_answers_are_on_a_sheet_of_their_own():
    items = (made("PRK", "one_higher", 0.3, 0.1), made("ROK", "one_higher", 0.2, 0.1))
    asked = " ".join(words_of(cards(FIRST, plan_lesson(FIRST, 50, 24), items).blocks))
    answered = " ".join(words_of(card_answers(items).blocks))
    assert asked.count("What if, card") == answered.count("Answer to card") == 2
    assert points(items[0].difference.value) in answered
    assert points(items[0].difference.value) not in asked


def answers_to(sender, actions, known):
    """Return the steps down towards a sender that flags do not rule out."""
    return [
        action.id
        for action in actions
        if action.rung <= -1
        and sender in action.targets
        and (
            action.requires is None
            or all(known[flag] == value for flag, value in action.requires.flags.items())
        )
    ]


@pytest.mark.parametrize("name", TAUGHT)
def test_every_condition_on_a_short_menu_can_come_to_hold(name):
    scenario = TAUGHT[name]
    menus = basic_menus(scenario)
    can_be = set(scenario.flags.items())
    waiting = [action for kept in menus.values() for action in kept]
    effects = [effect for event in scenario.calendar for effect in event.effects]
    while True:
        can_be |= {(e.flag, e.value) for e in effects if e.kind == "flag"}
        usable = [a for a in waiting if not a.requires or a.requires.flags.items() <= can_be]
        if not usable:
            break
        waiting = [action for action in waiting if action not in usable]
        effects = [effect for action in usable for effect in action.effects]
    assert [action.id for action in waiting] == []


def menu(sheet):
    tables = []
    for block in sheet.blocks:
        inner = (block.left + block.right) if hasattr(block, "left") else (block,)
        tables += [item for item in inner if isinstance(item, Table)]
    return [row for table in tables for row in table.rows]


def test_letters_that_cannot_be_seen_do_not_reach_a_page(tmp_path):
    sheet = Sheet("x", "x", "x", "1", (Text("a\x07b\u202ec"),))
    assert '"a b c"' in pdf.source_of(sheet, FIRST, "a4")


# --- the folder --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def small():
    return lessons.prepare(FIRST, replications=100)


def test_the_same_lesson_gives_the_same_files(small, tmp_path):
    for name in ("one", "two"):
        made_again = small if name == "one" else lessons.prepare(FIRST, replications=100)
        lessons.save(made_again, tmp_path / name, command="x", started=WHEN)
    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*.*"))
    assert len(files) > 20
    for path in files:
        if path.name != "manifest.json":
            assert (tmp_path / "one" / path).read_bytes() == (tmp_path / "two" / path).read_bytes()


def test_a_failure_leaves_nothing(small, tmp_path, monkeypatch):
    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pdf, "write_pdf", fail)
    with pytest.raises(RecordError, match="No space left on device"):
        lessons.save(small, tmp_path / "x", command="x", started=WHEN)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_replaced_only_when_asked(small, tmp_path):
    lessons.save(small, tmp_path / "x", command="x", started=WHEN, with_pdf=False)
    with pytest.raises(RecordError, match="--force"):
        lessons.save(small, tmp_path / "x", command="x", started=WHEN, with_pdf=False)
    lessons.save(small, tmp_path / "x", command="x", started=WHEN, with_pdf=False, force=True)
    assert not list((tmp_path / "x").glob("*.pdf"))
    assert ".pdf" not in (tmp_path / "x" / "index.html").read_text()


def test_a_scenario_without_roles_is_refused():
    with pytest.raises(UsageError, match="has none for PRK, ROK, USA, JPN, RUS"):
        lessons.prepare(SCENARIOS["history_1993_2010"])


def test_without_the_package_the_remedy_is_told(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(UsageError, match="pip install typst; or leave them out with --no-pdf"):
        pdf.check_available()


@pytest.mark.parametrize(("text", "hint"), [("basics", "basic"), ("advance", "advanced")])
def test_a_level_is_read_by_name(text, hint):
    with pytest.raises(UnknownName, match=f"Did you mean '{hint}'"):
        lessons.read_level(text)
    assert lessons.read_level(hint) == hint


def test_paper_is_read_by_name():
    assert lessons.read_paper("A4") == "a4"
    with pytest.raises(UnknownName, match="unknown paper 'a5'; one of: a4, letter"):
        lessons.read_paper("a5")
