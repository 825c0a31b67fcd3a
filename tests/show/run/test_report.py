from __future__ import annotations

import base64
import datetime
import itertools
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from synthetic import make_results, make_scenario
from wargame.engine.results import NOTE, Results
from wargame.errors import RecordError
from wargame.findings import Table, columns, share_of
from wargame.show.figure.run.captions import CAPTIONS
from wargame.show.page import TEMPLATES, render_page
from wargame.show.run import report
from wargame.show.run.summary import summarise
from wargame.store.manifest import provenance

PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
STARTED = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)


def page(results: Results) -> str:
    manifest = provenance(results, command=["wargame", "run"], started=STARTED)
    return report.render(
        results, summarise(results, manifest["digest"]), manifest, dict.fromkeys(CAPTIONS, PICTURE)
    )


class Reader(HTMLParser):
    """Collects tags, and what they would fetch."""

    VOID = frozenset({"meta", "img", "br", "link", "hr", "wbr"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def text() -> str:
    return page(make_results(200))


def test_the_page_is_well_formed(text: str) -> None:
    assert Reader(text).open == []


def test_no_request_leaves_the_page(text: str) -> None:
    for tag, attributes in Reader(text).tags:
        assert tag not in ("script", "link", "iframe", "object", "embed", "base", "form")
        for name in ("src", "href", "srcset", "action", "data", "poster"):
            assert (attributes.get(name) or "data:").startswith("data:"), (tag, name)
        assert not any(name.startswith("on") for name in attributes)
    assert "url(" not in text
    assert "@import" not in text
    assert re.search(r"Content-Security-Policy\" content=\"default-src 'none';", text)


def test_the_note_stands_on_it(text: str) -> None:
    assert NOTE in text
    assert text.count(NOTE[1:]) >= 2


def test_every_figure_is_inside_with_words_for_those_who_cannot_see_it(text: str) -> None:
    images = [attributes for tag, attributes in Reader(text).tags if tag == "img"]
    assert len(images) == len(CAPTIONS)
    for attributes in images:
        assert len(attributes["alt"] or "") > 30
        data = (attributes["src"] or "").split(",")[1]
        assert base64.b64decode(data) == PICTURE


def test_headings_do_not_skip_and_tables_have_headers(text: str) -> None:
    tags = Reader(text).tags
    levels = [int(tag[1]) for tag, _ in tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(following - level <= 1 for level, following in itertools.pairwise(levels))
    tables = text.split("<table>")[1:]
    assert len(tables) >= 8
    for table in tables:
        assert "<caption>" in table
        assert 'scope="col"' in table


def test_shares_intervals_words_and_provenance_are_there(text: str) -> None:
    results = make_results(200)
    share = results.outcomes()["calm"]
    assert f"about {round(100 * share.value)} in 100" in text
    assert str(results.seed) in text
    assert provenance(results, command="x", started=STARTED)["digest"] in text
    assert 'class="judgement">judgement' in text
    assert "0.03 to 0.08" in text  # the range of tempo


def test_a_table_of_findings_is_written_with_the_looks_of_its_columns(tmp_path: Path) -> None:
    said = columns(
        *(("path", "path", "path"), ("share", "share", "percent"), ("share", "so", "about")),
        *(("note", "note", "source"), "open"),
    )
    row = ("a.b<c", share_of(30, 100), "judgement", True)
    keys = ("path", "share", "note", "open")
    table = Table("t", "A <title>", said, (dict(zip(keys, row, strict=True)),))
    template = (TEMPLATES / "table.html.j2").read_text() + "{{ write(table, 'small') }}"
    (tmp_path / "page.html.j2").write_text(template)
    text = render_page("page.html.j2", tmp_path, table=table)
    assert '<div class="wide small" role="region" aria-label="A &lt;title&gt;"' in text
    assert '<th scope="col">Path</th><th scope="col" class="number">Share</th>' in text
    cells = re.sub(r"\s*\n\s*", "", text[text.index("<tbody>") :])
    assert cells.startswith(
        '<tbody><tr><th scope="row"><code>a.<wbr>b&lt;c</code></th><td class="number">30%</td>'
        '<td class="whole">about 30 in 100</td><td class="judgement">judgement</td>'
        "<td>yes</td></tr>"
    )


def test_text_of_a_scenario_cannot_become_markup() -> None:
    evil = '<script>alert("x")</script><img src=http://example.org/a>'
    text = page(make_results(20, scenario=make_scenario(title=evil)))
    assert "<script>" not in text
    assert "&lt;script&gt;" in text
    assert all(tag != "script" for tag, _ in Reader(text).tags)


@pytest.mark.parametrize("options", [{"acts_each": 0}, {"uncertainty": True}])
def test_quiet_and_uncertain_runs_have_a_report(options: dict[str, bool]) -> None:
    text = page(make_results(30, **options))
    shown = re.sub(r"base64,[^\"]*", "", text)
    assert re.findall(r"\b(nan|inf|None|True|False)\b", shown) == []
    assert ("drawn from their ranges" in text) == bool(options.get("uncertainty"))


def test_write_needs_the_figures_and_leaves_no_scrap(tmp_path: Path) -> None:
    results = make_results(20)
    manifest = provenance(results, command="x", started=STARTED)
    summary = summarise(results, manifest["digest"])
    with pytest.raises(RecordError, match=r"outcomes\.svg: cannot be read.*wargame plot"):
        report.write(results, tmp_path, summary, manifest)
    (tmp_path / "figures").mkdir()
    for name in CAPTIONS:
        (tmp_path / "figures" / f"{name}.svg").write_bytes(PICTURE)
    path = report.write(results, tmp_path, summary, manifest)
    assert sorted(item.name for item in tmp_path.iterdir()) == ["figures", "report.html"]
    assert path.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
