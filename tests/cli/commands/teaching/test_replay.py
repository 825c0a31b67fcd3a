"""wargame replay, ledger, odds and whatif: output, formats, exit codes."""

import json

import pytest

from calls import wargame
from wargame.engine.results import NOTE


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("replay")
    done = wargame("run", "western_sea", "-n", 400, "--no-plots", "--out", "r", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_a_typical_history_is_told_and_can_be_told_again(place):
    first = wargame("replay", "r", "--typical", "lethal_clash", cwd=place)
    assert first.returncode == 0, first.stderr
    number = first.stderr.split()[1].rstrip(":")
    again = wargame("replay", "r", "--run", number, cwd=place)
    told, chosen = (
        first.stdout.split("\n\n"),
        [part for part in first.stdout.split("\n\n") if "chosen as the typical one" in part],
    )
    assert len(chosen) == 1
    assert "histories that end as lethal clash" in " ".join(chosen[0].split())
    assert again.stdout.split("\n\n") == [part for part in told if part not in chosen]
    assert again.stderr == ""
    assert NOTE in " ".join(first.stdout.split())
    assert "Week" in first.stdout
    assert "Why" not in first.stdout


def test_any_history_can_be_drawn(place):
    done = wargame("replay", "r", "--random", cwd=place)
    assert done.returncode == 0
    assert "to see it again, --run" in done.stderr


def test_one_turn_can_be_asked_why(place):
    whole = wargame("replay", "r", "--run", 3, "--why", cwd=place)
    assert "one turn only: add --turn T, for example --turn " in whole.stderr
    worst = whole.stderr.partition("example --turn ")[2].partition(",")[0]
    one = wargame("replay", "r", "--run", 3, "--why", "--turn", worst, cwd=place)
    assert one.returncode == 0, one.stderr
    assert "Why " in one.stdout
    assert one.stderr == ""
    assert f"Week {worst}:" in one.stdout
    assert one.stdout.count("\nWeek") == 1 < whole.stdout.count("\nWeek")


def test_the_format_follows_the_file(place):
    for name, sign in (
        ("a.html", "<!doctype html>"),
        ("a.md", "# The western"),
        ("a.txt", "The w"),
    ):
        done = wargame("replay", "r", "--run", 3, "--why", "-o", name, cwd=place)
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip() == name
        text = (place / name).read_text(encoding="utf-8")
        assert text.startswith(sign)
        assert "Why " in text
    page = (place / "a.html").read_text(encoding="utf-8")
    assert "http" not in page
    assert "<script" not in page


def test_the_ledger_says_draws_and_leaves_the_run_readable(place):
    done = wargame("ledger", "r", "--level", 5, cwd=place)
    assert done.returncode == 0, done.stderr
    assert "perceived above what it was" in done.stdout
    assert (place / "r" / "figures" / "ledger.png").is_file()
    one = wargame("ledger", "r", "--run", 3, "--no-plots", "--json", cwd=place)
    rows = json.loads(one.stdout)
    assert rows
    assert set(rows[0]) >= {"who acted", "rung", "who met it", "read as"}


def test_odds_as_a_table_and_as_json(place):
    table = wargame("odds", "r", "--run", 3, "--turn", 10, cwd=place)
    assert table.returncode == 0, table.stderr
    assert "2,000 futures of history 3 from the start of Week 10" in table.stdout
    assert NOTE in table.stdout
    done = wargame("odds", "r", "--run", 3, "--turn", 10, "-n", 300, "--json", cwd=place)
    data = json.loads(done.stdout)
    assert (data["run"], data["turn"], data["futures"]) == (3, 10, 300)
    assert sum(item["count"] for item in data["outcomes"]) == 300


def test_the_curve_marks_and_draws(place):
    done = wargame("odds", "r", "--run", 3, "--curve", "-n", 20, "--out", "f", cwd=place)
    assert done.returncode == 0, done.stderr
    assert "the end" in done.stdout
    assert (place / "f" / "odds-3.svg").is_file()


def test_a_what_if_and_the_same_decision(place):
    call = ("whatif", "r", "--run", 3, "--turn", 5, "--actor", "PRK", "-n", 400, "--json")
    done = wargame(*call, "--action", "lethal_attack", cwd=place)
    data = json.loads(done.stdout)
    at_six = next(item for item in data["reached"] if item["rung"] == 6)
    assert at_six["after"]["share"] == 1.0
    assert at_six["difference"] > 0.5
    was = data["was"]["opening"]
    same = json.loads(wargame(*call, "--action", was, cwd=place).stdout)
    assert [(item["difference"], item["low"], item["high"]) for item in same["reached"]] == [
        (0.0, 0.0, 0.0)
    ] * 5


MISTAKES = [
    (("replay", "r"), 2, "say which history"),
    (("replay", "r", "--run", 3, "--random"), 2, "say which history"),
    (("replay", "r", "--typical", "lethal"), 2, "Did you mean 'lethal_clash'"),
    (("replay", "r", "--run", 3, "--format", "htm"), 2, "Did you mean 'html'"),
    (("replay", "r", "--run", 400), 2, "Use 0..399"),
    (("replay", "r", "--run", 3, "--turn", 99), 2, "--turn: this history has no turn 99"),
    (("replay", "nowhere", "--run", 3), 4, "no such run folder"),
    (
        ("replay", ".", "--run", 3),
        4,
        ".: is not a run folder, but holds 1. Did you mean (newest first):\n  r",
    ),
    (("replay", "r", "--run", 3, "-o", "no/such/place.md"), 4, "cannot be written"),
    (("replay", "r", "--run", 3, "-o", "story.pdf"), 2, "print the .html"),
    (("odds", "r", "--turn", 3), 2, "say which history of the run: --run K"),
    (("odds", "nowhere", "--turn", 3), 4, "no such run folder"),
    (("odds", "r/manifest.json"), 4, "cannot be used as the log of a game"),
    (("odds", "r/manifest.json", "--run", 3), 2, "a saved game is meant"),
    (("ledger", "r", "--level", 3), 2, "Use 4, 5 or 6"),
    (("odds", "r", "--run", 3), 2, "--turn T for one moment, or --curve"),
    (("odds", "r"), 2, "--run K, 0 is the first; say from where: --turn T"),
    (("odds", "r", "--run", 3, "--turn", 3, "--curve"), 2, "Leave out one of the two"),
    (("odds", "r", "--run", 3, "--turn", 99), 2, "has no turn 99. Its turns are 1 to 42"),
    (("odds", "r", "--run", 3, "--turn", 0), 2, "for example --turn 21"),
    (("odds", "r", "--run", 3, "--turn", 3, "-n", 0), 2, "for example --futures 2000"),
    (("odds", "r", "--run", 3, "--turn", 3, "-n", 100_000_000), 2, "at most 1,000,000"),
    (("odds", "r", "--run", 3, "--curve", "--every", 0), 2, "for example 5"),
    (("odds", "r", "--run", 3, "--turn", 3, "--every", 2), 2, "--every is for --curve"),
    (("whatif", "r"), 2, "--run K (a history, 0 is the first), --turn T, --actor ID, --action"),
    (
        ("whatif", "r", "--run", 3, "--turn", 5, "--actor", "PRK", "--reply", "hold", "-n", 10**8),
        2,
        "at most 1,000,000",
    ),
    (("whatif", "r", "--run", 3, "--turn", 5, "--actor", "PRK"), 2, "say what is changed"),
    (("whatif", "r", "--run", 3, "--turn", 5, "--actor", "ROC", "--action", "hold"), 2, "'ROK'"),
    (
        ("whatif", "r", "--run", 3, "--turn", 5, "--actor", "ROK", "--reply", "lower"),
        2,
        "unknown standing order",
    ),
]


@pytest.mark.parametrize(("call", "code", "message"), MISTAKES)
def test_mistakes_have_a_remedy_and_a_code(place, call, code, message):
    done = wargame(*call, cwd=place)
    assert done.returncode == code, done.stderr
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    "call",
    [
        ("ledger", "r"),
        ("ledger", "r", "--run", 3),
        ("odds", "r", "--run", 3, "--curve", "-n", 10),
    ],
)
def test_figures_that_cannot_be_written_are_told_after_the_table(place, call):
    done = wargame(*call, "-o", "r/manifest.json", cwd=place)
    assert done.returncode == 4
    assert "r/manifest.json: is a file, not a folder. Name a new folder." in done.stderr
    assert "not a forecast" in done.stdout


def test_odds_of_a_saved_game(place):
    (place / "orders.txt").write_text("hold match\ncombined_exercise\n", encoding="utf-8")
    done = wargame(
        "play", "first_steps", "--as", "ROK", "--seed", 3, "--save", "a.game",
        "--orders", "orders.txt", cwd=place,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    before = (place / "a.game").read_bytes()
    now = json.loads(wargame("odds", "a.game", "--json", cwd=place).stdout)
    assert (now["turn"], now["futures"]) == (3, 2000)
    assert next(item for item in now["reached"] if item["rung"] == 5)["share"] == 1.0  # a slip
    told = wargame("odds", "a.game", cwd=place)
    assert "the game (led by the model on all sides) from the start of Week 3" in told.stdout
    first = json.loads(wargame("odds", "a.game", "--turn", 1, "--json", cwd=place).stdout)
    assert next(item for item in first["reached"] if item["rung"] == 5)["share"] < 0.3
    late = wargame("odds", "a.game", "--turn", 4, cwd=place)
    assert late.returncode == 2
    assert "Use 1..3" in late.stderr
    assert (place / "a.game").read_bytes() == before
