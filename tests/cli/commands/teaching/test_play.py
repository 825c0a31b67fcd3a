"""wargame play: a whole game from a file of orders, saved, killed, resumed."""

import contextlib
import os
import re
import signal
import struct
import subprocess
import threading

import pytest

from calls import start, wargame


def play(cwd, orders, *more):
    (cwd / "orders.txt").write_text(orders, encoding="utf-8")
    return wargame("play", *more, "--orders", "orders.txt", cwd=cwd)


START = ("first_steps", "--as", "ROK", "--seed", "3", "--save", "a.game")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A game of four turns played in one go."""
    cwd = tmp_path_factory.mktemp("whole")
    orders = "hold match\ncombined_exercise   # a display\n\ncall_hotline one_lower\nhold\n"
    done = play(cwd, orders, *START, "--turns", 4)
    assert done.returncode == 0, done.stderr
    return done


def debrief_of(text):
    return text[text.index("The game is over") :]


def test_a_game_from_a_file_ends_in_a_debrief(whole):
    text = whole.stdout
    assert text.count("South Korea, your order>") == 4
    assert "What you saw last turn, as you take it" in text
    assert "A card for you:" in text
    for part in ("your game", "Decisive turns", "What if", "Your game among 10,000"):
        assert part in debrief_of(text), part
    assert "share of simulated runs under these assumptions, not a forecast" in text
    assert "\x1b" not in text
    assert "saved on every order" in whole.stderr
    assert "to go on later: wargame play --resume --save a.game" in whole.stderr


def test_the_same_seed_and_orders_give_the_same_game(whole, tmp_path):
    orders = "hold match\n4 match\n2 one_lower\nhold one_lower\n"
    again = play(tmp_path, orders, *START, "--turns", 4)
    assert debrief_of(again.stdout) == debrief_of(whole.stdout)


def test_a_game_in_parts_is_the_same_game(whole, tmp_path):
    first = play(tmp_path, "hold match\n", *START, "--turns", 4)
    assert first.returncode == 0
    assert "wargame play --resume --save a.game" in first.stderr
    assert "The game is over" not in first.stdout
    rest = "strike_back\nundo\ncombined_exercise\ncall_hotline one_lower\nodds\nhelp\nhold\n"
    second = play(tmp_path, rest, "--resume", "--save", "a.game")
    assert second.returncode == 0, second.stderr
    assert "Taken back: the last orders. You are in turn 2 again" in second.stdout
    assert debrief_of(second.stdout) == debrief_of(whole.stdout)


def test_kill_9_between_orders_loses_none(whole, tmp_path):
    words = ("play", *START, "--turns", 4, "--skip-setup")
    for entry in ("hold match", "combined_exercise", "call_hotline one_lower"):
        with start(
            *words, cwd=tmp_path, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        ) as process:  # fmt: skip
            late = threading.Timer(60, process.kill)  # rather than waiting for ever
            late.start()
            process.stdin.write(f"{entry}\n")
            process.stdin.flush()
            saved = any("Saved:" in line for line in process.stdout)
            late.cancel()
            assert saved
            os.kill(process.pid, signal.SIGKILL)
        words = ("play", "--resume", "--save", "a.game")
    done = wargame("play", "--resume", "--save", "a.game", cwd=tmp_path, entered="hold\n")
    assert done.returncode == 0, done.stderr
    assert debrief_of(done.stdout) == debrief_of(whole.stdout)


def test_a_finished_game_shows_its_debrief_again(whole, tmp_path):
    play(tmp_path, "hold\n", *START, "--turns", 1)
    done = wargame("play", "--resume", "--save", "a.game", cwd=tmp_path)
    assert done.returncode == 0
    assert "your order>" not in done.stdout
    assert "Your game among" in done.stdout


def test_the_setup_asks_until_it_is_understood(tmp_path):
    entered = "x\na\nb)\nA.\nquit\n"
    done = wargame("play", *START, cwd=tmp_path, entered=entered)
    assert done.returncode == 0, done.stderr
    assert "You govern South Korea" in done.stdout
    assert "For you only:" in done.stdout
    assert "Write one letter" in done.stdout
    assert done.stdout.count("Not quite.") == 1
    assert done.stdout.count("Right.") == 2
    again = wargame("play", "--resume", "--save", "a.game", cwd=tmp_path, entered="quit\n")
    assert "Question" not in again.stdout
    assert "Week 1 of 16" in again.stdout


def test_leaving_the_setup_does_not_begin_the_game(tmp_path):
    done = wargame("play", *START, cwd=tmp_path, entered="quit\n")
    assert "your order>" not in done.stdout
    again = wargame("play", "--resume", "--save", "a.game", cwd=tmp_path, entered="")
    assert "Question 1" in again.stdout


def test_hot_seat_players_read_only_their_own_page(tmp_path):
    entered = "b\na\nb\na\n25 one_higher\nquit\n"
    done = wargame(
        "play", "western_sea", "--as", "PRK,ROK", "--seed", 1, "--save", "h.game",
        cwd=tmp_path, entered=entered,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    pages = re.split(r"Pass the keyboard to (.*)\n", done.stdout)
    assert pages[1::2] == ["North Korea", "South Korea", "North Korea", "South Korea"]
    north, south = pages[2], pages[4]
    assert "Your first aim is survival" in " ".join(north.split())
    assert "Your first aim is survival" not in " ".join(south.split())
    assert "A war would destroy in days" in " ".join(south.split())
    assert "A war would destroy in days" not in " ".join(north.split())
    assert "Munitions to spare" in pages[6]
    assert "Munitions to spare" not in pages[8]
    assert "one_higher" not in pages[8]


def test_a_hidden_end_is_nowhere_on_the_pages(tmp_path):
    done = play(tmp_path, "hold\n" * 3, *START, "--hidden-end", "--opponents", "dove")
    assert done.returncode == 0
    assert "Week 2:" in done.stdout
    assert "Week 2 of" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("first_steps",), 2, "say what is played and as whom"),
        (("first_steps", "--as", "RKO"), 2, "Did you mean 'ROK'"),
        (("frist_steps", "--as", "ROK"), 2, "Did you mean 'first_steps'"),
        (("first_steps", "--as", "ROK", "--opponents", "hawks"), 2, "Did you mean 'hawk'"),
        (("first_steps", "--as", "ROK", "--set", "actors.PRK.tempo=x"), 3, "actors.PRK.tempo"),
        (("--resume",), 2, "--resume needs --save"),
        (("first_steps", "--resume", "--save", "x"), 2, "--resume needs --save"),
        (("--resume", "--save", "none.game"), 4, "there is no such game"),
        (("first_steps", "--as", "ROK", "--orders", "none.txt"), 4, "none.txt: cannot be read"),
    ],
)
def test_mistakes_are_told_without_a_traceback(tmp_path, arguments, code, said):
    done = wargame("play", *arguments, cwd=tmp_path)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_bad_line_of_orders_is_named_and_what_came_before_is_kept(tmp_path):
    done = play(tmp_path, "hold\n\nhold mtach  # typo\n", *START)
    assert done.returncode == 4
    assert "orders.txt:3: unknown standing order 'mtach'" in done.stderr
    assert "Did you mean 'match'" in done.stderr
    again = wargame("play", "--resume", "--save", "a.game", cwd=tmp_path, entered="")
    assert "Week 2 of 16" in again.stdout


@pytest.mark.parametrize(
    ("players", "orders", "said"),
    [
        ("ROK,PRK", "hold\nhold; hold\n", "1 order for 2 players"),
        ("ROK,PRK", "hold; hold; hold\n", "3 orders for 2 players"),
        ("ROK", "# two turns on a line\nhold; hold\n", "2 orders for 1 player."),
    ],
)
def test_a_line_with_too_many_or_too_few_orders_is_refused(tmp_path, players, orders, said):
    more = ("first_steps", "--as", players, "--seed", 3, "--save", "a.game")
    done = play(tmp_path, orders, *more)
    assert done.returncode == 4
    assert f"orders.txt:{2 if orders.startswith('#') else 1}: {said}" in done.stderr
    assert f"--as {players}" in done.stderr
    assert "Saved:" not in done.stdout


def test_a_line_may_mend_and_finish_a_turn(tmp_path):
    more = ("first_steps", "--as", "ROK,PRK", "--seed", 3, "--save", "a.game")
    orders = "card Fog; hold; hold\nodds; hold; hold\nundo; 2; hold\n"
    done = play(tmp_path, orders, *more)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("Saved:") == 6


def test_lines_after_the_end_are_named(tmp_path):
    done = play(tmp_path, "hold\n\nhold\nhold\n", *START, "--turns", 1)
    assert done.returncode == 0
    assert "the game is over and 2 lines not used, from line 3 on" in done.stderr


def test_a_game_that_is_there_is_not_replaced(tmp_path):
    play(tmp_path, "hold\n", *START)
    before = (tmp_path / "a.game").read_bytes()
    done = play(tmp_path, "hold\n", *START)
    assert done.returncode == 4
    assert "Add --resume" in done.stderr
    assert (tmp_path / "a.game").read_bytes() == before


def test_at_the_keyboard_a_mistake_is_told_and_asked_again(tmp_path):
    done = wargame(
        "play", *START, "--turns", 1, "--skip-setup", cwd=tmp_path, entered="hotline\nundo\nhold\n"
    )
    assert done.returncode == 0, done.stderr
    assert "Did you mean 'call_hotline'" in " ".join(done.stdout.split())
    assert "nothing to undo" in done.stdout
    assert "Saved: hold" in done.stdout


def test_a_facilitators_card_is_on_the_pages_of_its_turn_and_undo_takes_it_back(tmp_path):
    done = wargame(
        "play", *START, "--turns", 4, "--skip-setup", cwd=tmp_path,
        entered="card\nhold\ncard Fgo at sea\nundo\ncard Fog at sea\ncard A ship is late\n",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "write what everybody is to read" in " ".join(done.stdout.split())
    assert "Taken back: this turn's card and orders. You are in turn 2 again." in done.stdout
    again = wargame("play", "--resume", "--save", "a.game", cwd=tmp_path)
    assert "Week 2 of 4" in again.stdout
    assert "From the facilitator:\n- Fog at sea\n- A ship is late" in again.stdout
    assert "Fgo" not in again.stdout
    over = wargame("play", "--resume", "--save", "a.game", cwd=tmp_path, entered="hold\nundo\n")
    assert "Fog at sea" not in over.stdout[over.stdout.index("Week 3 of 4") :]


def test_the_rules_are_told_before_they_are_asked(tmp_path):
    done = wargame("play", *START, cwd=tmp_path, entered="")
    text = " ".join(done.stdout.split())
    assert "-2 binding de-escalation" in text
    assert "8 war" in text
    for name in ("hold", "match", "one_lower", "one_higher", "model"):
        assert f"{name}, " in text
    assert text.index("standing order") < text.index("Question 1 of 2")


def test_what_is_saved_is_said_in_words(whole):
    said = 'Saved: "Exercise together with allies"; answers: match, answer at the rung you take'
    assert said in " ".join(whole.stdout.split())


def test_a_folder_is_no_place_for_a_game(tmp_path):
    (tmp_path / "a.game").mkdir()
    done = play(tmp_path, "hold\n", *START)
    assert done.returncode == 4
    assert "a.game: is a folder" in done.stderr


def test_no_line_is_wider_than_the_terminal(tmp_path):
    """On a real terminal of 60 columns: no word is broken at the edge, in the game or after it."""
    fcntl, pty, termios = (pytest.importorskip(name) for name in ("fcntl", "pty", "termios"))
    (tmp_path / "orders.txt").write_text("hold\nhold\n", encoding="utf-8")
    held, side = pty.openpty()
    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 60, 0, 0))
    environment = {key: value for key, value in os.environ.items() if key != "COLUMNS"}
    done = start(
        "play", *START, "--turns", 2, "--orders", "orders.txt",
        cwd=tmp_path, stdin=subprocess.DEVNULL, stdout=side, stderr=subprocess.DEVNULL,
        env=environment,
    )  # fmt: skip
    os.close(side)
    shown = b""
    with contextlib.suppress(OSError):  # a terminal whose other side is gone says so
        while part := os.read(held, 65536):
            shown += part
    os.close(held)
    assert done.wait(timeout=60) == 0
    text = re.sub(r"\x1b\[[0-9;]*m", "", shown.decode())
    assert "The game is over" in text
    assert "Your game among" in text
    assert [line for line in text.splitlines() if len(line) > 60] == []
