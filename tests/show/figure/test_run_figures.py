from __future__ import annotations

from pathlib import Path

import matplotlib as mpl
import pytest

from synthetic import make_results, make_scenario
from wargame.engine.results import NOTE, Results
from wargame.errors import RecordError, UnknownName
from wargame.show.figure.files import draw_all
from wargame.show.figure.run import figures
from wargame.show.figure.run.captions import CAPTIONS

CASES = {
    "ordinary": lambda: make_results(300),
    "nothing happens": lambda: make_results(40, acts_each=0),
    "one history": lambda: make_results(1, acts_each=8),
    "many wars": lambda: make_results(60, acts_each=300),
    "few acts kept": lambda: make_results(60, acts_kept=3),
    "nuclear, drawn": lambda: make_results(
        60, uncertainty=True, scenario=make_scenario(nuclear=True)
    ),
    "one turn": lambda: make_results(50, scenario=make_scenario(turns=1)),
    "dollar signs": lambda: make_results(
        20, scenario=make_scenario(title="Costs $x_{2$ in a <b>title</b>")
    ),
}


@pytest.fixture(scope="module")
def results() -> Results:
    return make_results(300)


def test_every_figure_has_words() -> None:
    assert list(figures.FIGURES) == list(CAPTIONS)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", figures.FIGURES)
def test_a_figure_is_titled_labelled_and_honest(name: str, case: str) -> None:
    results = CASES[case]()
    figure = figures.draw(name, results)
    texts = [text.get_text() for text in figure.texts]
    title = " ".join(texts[0].split())
    assert title == CAPTIONS[name].title(results)
    assert title.endswith(tuple("abcdefghijklmnopqrstuvwxyz0123456789"))
    footer = texts[1]
    assert NOTE[1:] in footer
    assert f"seed {results.seed}" in footer
    assert ("parameters drawn" in footer) == results.uncertainty
    for axes in figure.axes:
        assert axes.get_xlabel() or name == "timelines"
    with figures.style():
        figure.canvas.draw()


def test_all_are_written_twice_each(results: Results, sharp: int, tmp_path: Path) -> None:
    paths = draw_all(figures.run_figures(results), tmp_path / "figures", sharp)
    assert [path.name for path in paths] == [
        f"{name}.{ending}" for name in figures.FIGURES for ending in ("png", "svg")
    ]
    for path in paths:
        raw = path.read_bytes()
        if path.suffix == ".png":
            assert raw.startswith(b"\x89PNG")
            assert int.from_bytes(raw[16:20]) == 2100  # 7 inches at 300 dpi
        else:
            assert b"</svg>" in raw


def test_the_same_results_give_the_same_files(results: Results, tmp_path: Path) -> None:
    one = draw_all(figures.run_figures(results), tmp_path / "a")
    other = draw_all(figures.run_figures(results), tmp_path / "b")
    for mine, yours in zip(one, other, strict=True):
        assert mine.read_bytes() == yours.read_bytes(), mine.name


def test_drawing_leaves_matplotlibs_settings_alone(results: Results) -> None:
    before = dict(mpl.rcParams)
    figures.draw("outcomes", results)
    assert dict(mpl.rcParams) == before


def test_what_was_never_seen_is_drawn_as_an_upper_limit() -> None:
    figure = figures.draw("outcomes", make_results(40, acts_each=0))
    texts = [text.get_text() for text in figure.axes[0].texts]
    assert texts.count("fewer than 3 in 40") == 5
    arrows = [text for text in figure.axes[0].texts if getattr(text, "arrow_patch", None)]
    assert len(arrows) == 5
    assert all(arrow.xyann[0] == pytest.approx(3 / 40) for arrow in arrows)


def test_the_records_base_rate_stands_beside_only_where_the_record_is_a_source() -> None:
    scenario = make_scenario(turns=52)
    beside = figures.draw("outcomes", make_results(40, scenario=scenario))
    texts = [text.get_text() for text in beside.axes[0].texts]
    assert any(text.startswith("record: 24%") for text in texts)  # 1 - exp(-0.28)
    alone = scenario.model_copy(update={"sources": ()})
    texts = [
        text.get_text()
        for text in figures.draw("outcomes", make_results(40, scenario=alone)).axes[0].texts
    ]
    assert not any(text.startswith("record") for text in texts)


def test_titles_say_what_the_results_say() -> None:
    quiet = make_results(40, acts_each=0)
    assert CAPTIONS["outcomes"].title(quiet).startswith("Fewer than 3 in 40 simulated")
    assert CAPTIONS["crossers"].title(quiet).startswith("Nobody used force")
    assert CAPTIONS["answers"].title(quiet) == "No act at rung 4 or above was answered"


def test_an_unknown_figure_is_told_with_the_nearest(results: Results) -> None:
    with pytest.raises(UnknownName, match="Did you mean 'ladder'"):
        figures.draw("lader", results)


def test_a_folder_that_cannot_be_made_is_told(results: Results, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RecordError, match="figures cannot be written"):
        draw_all(figures.run_figures(results), tmp_path / "file" / "figures")
