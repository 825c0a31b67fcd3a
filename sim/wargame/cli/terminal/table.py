"""A game at the terminal: what its players read, write and look back on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from wargame.cli.terminal.entries import COMMANDS, Entries
from wargame.cli.terminal.flags import with_flags
from wargame.cli.terminal.notes import Notes
from wargame.cli.terminal.screen import Screen, fit
from wargame.errors import RecordError, UsageError, WargameError

if TYPE_CHECKING:
    from wargame.classroom.play.log import GameLog, Replayed
    from wargame.engine.policies import Order


class _Quit(Exception):
    """The players stop for now."""


class GameTable:
    """A game, its log (with what that adds up to) and its screen, and what players do at them."""

    def __init__(self, log: GameLog, entries: Entries, replayed: Replayed) -> None:
        self._log, self._screen, self._entries = log, Screen(entries), entries
        self._game, self._ready = replayed.game, replayed.ready
        self._cards = list(replayed.cards)
        self._shared = len(self._game.setup.players) > 1

    def run(self, *, skip: bool) -> bool:
        """Play, with or without the setup, until the game is over (True) or the players stop."""
        try:
            self._get_ready(skip)
            while not self._game.over:
                for actor, order in self._game.scripted_orders().items():
                    self._record(actor, order)
                self._take_order(self._game.waiting[0])
        except _Quit:
            return False
        return True

    def _get_ready(self, skip: bool) -> None:
        """Let every player read its role and answer the questions, once."""
        from wargame.classroom.play import page

        if not skip and not self._game.orders:
            self._screen.head(self._game.scenario.title)
            for paragraph in page.opening_page(self._game.setup):
                self._screen.say([paragraph])
            self._screen.pause("Press Enter to begin. ")
        for player in self._game.setup.players:
            if player in self._ready or self._game.orders:
                continue
            tries = 0 if skip else self._welcome(player)
            self._log.append("ready", {"actor": player, "tries": tries, "skipped": skip})

    def _welcome(self, player: str) -> int:
        """Show a role and ask the questions; return how many answers it took."""
        from wargame.classroom.play.questions import GATE

        self._hand_over(player)
        self._screen.head(f"{self._game.scenario.actors[player].name}: your role")
        self._show_role(player)
        self._screen.pause("Read it; then press Enter. ")
        tries = 0
        for number, question in enumerate(GATE, 1):
            letters = "abc"[: len(question.options)]
            lines = [
                f"{letter}) {text}" for letter, text in zip(letters, question.options, strict=True)
            ]
            self._screen.say([f"Question {number} of {len(GATE)}. {question.text}", *lines])
            while True:
                answer = self._screen.ask(f"Your answer ({', '.join(letters)})> ")
                if answer is None or answer.lower() == "quit":
                    raise _Quit
                answer = answer.lower().rstrip(").")  # as the options are written: "b)"
                if answer not in list(letters):
                    self._screen.say([f"Write one letter: {', '.join(letters)}."])
                    continue
                tries += 1
                if answer == question.right:
                    self._screen.say([f"Right. {question.because}"])
                    break
                self._screen.say([f"Not quite. {question.because} Try again."])
        self._screen.pause("Press Enter to go on. ")
        return tries

    def _take_order(self, player: str) -> None:
        self._hand_over(player)
        self._show_turn(player)
        name, standing = self._game.scenario.actors[player].name, self._last_standing(player)
        while True:
            entered = self._screen.ask(f"{name}, your order> ")
            if entered is None or entered.lower() == "quit":
                raise _Quit
            try:
                self._entries.check_line(self._game.setup.players, self._game.waiting)
                verb, _, text = entered.partition(" ")
                if verb.lower() == "card":
                    self._deal(text.strip())
                elif entered.lower() in COMMANDS:
                    if self._obey(entered.lower(), player):
                        return
                elif entered:
                    self._give(player, entered, standing)
                    return
            except WargameError as error:
                if self._entries.scripted:
                    raise RecordError(f"{self._entries.place}{error}") from error
                self._screen.say([with_flags(str(error))])

    def _give(self, player: str, entered: str, standing: str) -> None:
        from wargame.classroom.history.weights import find_action
        from wargame.classroom.play.orders import read_order
        from wargame.classroom.play.page import STANDING
        from wargame.engine.policies import HOLD

        order = read_order(entered, player, self._game, standing)
        self._record(player, order)
        opening, answers = order.opening or HOLD, order.standing
        if opening != HOLD:
            opening = f'"{find_action(self._game.scenario, player, opening).label}"'
        self._screen.say([f"Saved: {opening}; answers: {answers}, {STANDING[answers]}."])
        if self._shared:
            self._screen.pause("Press Enter to pass the keyboard on. ")

    def _obey(self, command: str, player: str) -> bool:
        """Carry out what is not an order; return whether another page is to be shown."""
        from wargame.classroom.play import page
        from wargame.classroom.play.game import Game, cards_before

        if command == "undo":
            if any(turn == self._game.turn for turn, _ in self._cards):
                orders = {
                    key: o for key, o in self._game.orders.items() if key[0] < self._game.turn
                }
                game, what = Game(self._game.setup, orders), "this turn's card and orders"
            else:
                game, what = self._game.undone(), "the last orders"
            self._log.append("undo", {"turn": game.turn})
            self._game, self._cards = game, cards_before(self._cards, game.turn)
            self._screen.say([f"Taken back: {what}. You are in turn {game.turn} again."])
            return True
        if command == "odds":
            odds = self._game.odds()
            self._log.append("odds", {"turn": self._game.turn, "actor": player})
            self._screen.table(page.odds_table(odds))
        elif command == "role":
            self._show_role(player)
        else:
            self._screen.say(page.HELP)
        return False

    def _deal(self, text: str) -> None:
        """Put news of the facilitator's own on the pages of this turn."""
        if not text:
            raise UsageError("write what everybody is to read, for example: card Fog at sea.")
        card = self._game.turn, text
        self._log.append("card", {"turn": card[0], "text": text})
        self._cards.append(card)
        self._screen.say([text], "From the facilitator")

    def _show_role(self, player: str) -> None:
        from wargame.classroom.play import page

        for paragraph in page.role(self._game.scenario, player):
            self._screen.say([paragraph])

    def _record(self, actor: str, order: Order) -> None:
        """Save an order; only then is it given."""
        game = self._game.ordered(actor, order)
        body = {"turn": self._game.turn, "actor": actor}
        self._log.append("order", {**body, "opening": order.opening, "standing": order.standing})
        self._game = game

    def _last_standing(self, player: str) -> str:
        last = self._game.orders.get((self._game.turn - 1, player))
        return "match" if last is None else last.standing

    def _hand_over(self, player: str) -> None:
        """Give the keyboard to a player, with nothing of another's left on the screen."""
        if self._shared:
            name = self._game.scenario.actors[player].name
            self._screen.wipe()
            self._screen.head(f"Pass the keyboard to {name}")
            self._screen.pause(f"When only {name} sees the screen, press Enter. ")
            self._screen.wipe()

    def _show_turn(self, player: str) -> None:
        from wargame.classroom.play import menu, page

        game, screen = self._game, self._screen
        screen.head(page.title(game, player))
        if game.turn > 1:
            seen = page.sightings(game, player) or ["Nothing that you know of."]
            screen.say(seen, "What you saw last turn, as you take it")
        screen.say(page.news(game), "News")
        screen.say(page.cards(game, player), "A card for you")
        screen.say(
            [text for turn, text in self._cards if turn == game.turn], "From the facilitator"
        )
        screen.say(page.position(game, player), "Your position")
        screen.table(menu.menu(game, player))
        screen.say([text for text in (menu.unseen(game, player),) if text])
        brief = page.brief(game, player, sum(turn == game.turn for turn, _ in self._cards))
        screen.say([brief] if brief else [])
        answers = f"Without another word you answer: {self._last_standing(player)}."
        example = menu.example(game, player)
        screen.say([f"Write for example {example}, or odds, undo, help, quit. {answers}"])

    def look_back(self) -> None:
        """Show the debrief."""
        from wargame.classroom.story.page import render
        from wargame.classroom.story.text import WIDTH
        from wargame.classroom.whatif.lookback import look_back
        from wargame.classroom.whatif.lookback_tables import lookback_tables, remarks

        self._screen.head("The game is over")
        Notes().say(
            "the debrief is long; to keep it: "
            f"wargame play --resume --save {self._log.path} > debrief.txt"
        )
        with Notes().progress("looking back") as on_progress:
            found = look_back(self._game, on_progress=on_progress)
        typer.echo(render(found.story, self._game.scenario, "text", fit(WIDTH)))
        under = remarks(found)
        for table in lookback_tables(found):
            self._screen.table(table)
            self._screen.say([under[table.name]] if table.name in under else [])
