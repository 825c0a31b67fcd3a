"""The lesson as a folder: what may stand in whose file, pages, and writing it."""

import hashlib
import html
import json
import re

import pytest

from taught import FIRST, SCENARIOS, TAUGHT, WHEN, changed_roles, planned_sheet, role_sheet
from wargame.classroom.lesson import lesson as lessons
from wargame.classroom.lesson.plan import plan_lesson
from wargame.classroom.whatif.counterfactuals import points, run_counterfactuals, yearly
from wargame.engine import ensemble
from wargame.engine.results import NOTE
from wargame.errors import RecordError, UnknownName, UsageError
from wargame.show.page import TEMPLATES
from wargame.show.run.verify import verify
from wargame.show.sheets import html as web
from wargame.show.sheets import pdf, typst_source
from wargame.show.sheets.blocks import Box, Text
from wargame.show.sheets.sheet import Sheet, words_of
from wargame.store.folder import claim


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


def save(lesson, folder, force=False, with_pdf=True):
    with claim(folder, "lesson", replace=force) as place:
        lessons.save(lesson, place, command="x", started=WHEN, with_pdf=with_pdf)
        lessons.illustrate(lesson, place)
        if with_pdf:
            lessons.add_pdf(lesson, place, started=WHEN)


@pytest.fixture(scope="module")
def written(marked, tmp_path_factory):
    folder = tmp_path_factory.mktemp("lesson") / "pacific"
    save(marked, folder)
    return folder


def test_secrets_stand_only_on_their_own_sheet(marked, written):
    sources = {path.name: path.read_text() for path in written.rglob("*.html")}
    sources |= {
        f"{sheet.name}.typ": typst_source.source_of(sheet, marked.scenario, "a4")
        for sheet in marked.sheets
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
        assert typst_source.source_of(sheet, marked.scenario, "a4").count(web.NOTICE) >= 1
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


def luminance(colour):
    channels = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_enough_on_screen_and_paper():
    """WCAG 2.2: 4.5 to 1 for text, 3 to 1 for lines one has to see."""
    style = (TEMPLATES / "sheet.html.j2").read_text()
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", style))
    for ground in ("paper", "tint", "secret-tint"):
        for ink in ("ink", "soft", "secret", "link"):
            assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
        assert contrast(colours["rule"], colours[ground]) >= 3, ground
    look = (TEMPLATES / "sheet.typ").read_text()
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
            source = typst_source.source_of(sheet, scenario, "letter").encode()
            pages = typst.compile(source, format="png", ppi=10)
            assert isinstance(pages, bytes), f"{actor} {level}: {len(pages)} pages"


def test_a_role_too_long_for_its_page_goes_on_to_the_next(tmp_path):
    long = changed_roles(FIRST, PRK={"confidential": "word " * 1590})
    sheet = role_sheet(long, plan_lesson(long, 50, 24), "basic", "PRK")
    assert (
        len(re.findall(rb"/Type ?/Page\b", pdf.write_pdf(sheet, long, "letter", tmp_path, WHEN)))
        > 1
    )


@pytest.mark.parametrize(("level", "most"), [("basic", 2500), ("advanced", 8000)])
@pytest.mark.parametrize("name", TAUGHT)
def test_there_is_not_too_much_to_read(name, level, most):
    scenario = TAUGHT[name]
    plan = plan_lesson(scenario, 50, 24)
    common = count(planned_sheet("briefing", scenario, plan, level))
    for actor in scenario.actors:
        assert common + count(role_sheet(scenario, plan, level, actor)) <= most


def count(sheet):
    return sum(len(text.split()) for text in words_of(sheet.blocks))


def test_letters_that_cannot_be_seen_do_not_reach_a_page(tmp_path):
    sheet = Sheet("x", "x", "x", "1", (Text("a\x07b\u202ec"),))
    assert '"a b c"' in typst_source.source_of(sheet, FIRST, "a4")


@pytest.fixture(scope="module")
def small():
    return lessons.prepare(FIRST, replications=100)


def test_the_same_lesson_gives_the_same_files(small, tmp_path):
    for name in ("one", "two"):
        made_again = small if name == "one" else lessons.prepare(FIRST, replications=100)
        save(made_again, tmp_path / name)
    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*.*"))
    assert len(files) > 20
    for path in files:
        if path.name != "manifest.json":
            assert (tmp_path / "one" / path).read_bytes() == (tmp_path / "two" / path).read_bytes()


def test_a_failure_of_the_pdf_keeps_the_pages(small, tmp_path, monkeypatch):
    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pdf, "write_pdf", fail)
    with pytest.raises(RecordError, match="the disk is full"):
        save(small, tmp_path / "x")
    assert [path.name for path in tmp_path.iterdir()] == ["x"]
    assert verify(tmp_path / "x").sound
    assert not list((tmp_path / "x").glob("*.pdf"))


def test_a_folder_is_replaced_only_when_asked(small, tmp_path):
    save(small, tmp_path / "x", with_pdf=False)
    with pytest.raises(RecordError, match="«force»"):
        save(small, tmp_path / "x", with_pdf=False)
    save(small, tmp_path / "x", with_pdf=False, force=True)
    assert not list((tmp_path / "x").glob("*.pdf"))
    assert ".pdf" not in (tmp_path / "x" / "index.html").read_text()


def test_a_scenario_without_roles_is_refused():
    with pytest.raises(UsageError, match="has none for PRK, ROK, USA, JPN, RUS"):
        lessons.prepare(SCENARIOS["history_1993_2010"])


def test_without_the_package_the_remedy_is_told(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(UsageError, match="pip install typst; or leave them out with «no_pdf»"):
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
