"""A game: a scenario, a seed, and the orders so far. Everything else follows from these.

A `Game` never changes; giving an order or taking one back makes another game. The engine
plays the same orders to the same history, so there is nothing else to keep.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from wargame.classroom.futures.futures import futures_of
from wargame.classroom.futures.moment import Moment
from wargame.classroom.history.weights import find_action
from wargame.classroom.play.scripts import style
from wargame.classroom.play.setup import Setup
from wargame.classroom.play.sight import Seen, see
from wargame.engine.ensemble import chunks, snapshots
from wargame.engine.policies import HOLD, Order
from wargame.engine.results import Results
from wargame.engine.world.snapshot import Snapshot
from wargame.errors import UsageError
from wargame.findings import Estimate
from wargame.scenario.conditions.words import words_of
from wargame.scenario.schema import Action, Scenario, menu_order
from wargame.scenario.waiting import names_of


@dataclass(frozen=True)
class Game:
    """A game so far.

    Attributes
    ----------
    orders : mapping of (turn, actor id) to Order
        Those of people and of scripted actors.
    """

    setup: Setup
    orders: Mapping[tuple[int, str], Order]

    @property
    def scenario(self) -> Scenario:
        """What is played."""
        return self.setup.scenario

    @cached_property
    def turn(self) -> int:
        """The turn about to be played; one more than the last when all are played."""
        turn = 1
        while all((turn, player) in self.orders for player in self.setup.players):
            turn += 1
        return turn

    @cached_property
    def over(self) -> bool:
        """Whether there is nothing left to order: war, or the last turn is played."""
        return self.turn > self.scenario.turns or self.snapshot.over

    @property
    def waiting(self) -> tuple[str, ...]:
        """The players who still have to give their orders for this turn."""
        return tuple(
            player for player in self.setup.players if (self.turn, player) not in self.orders
        )

    @property
    def chunk(self) -> chunks.Chunk:
        """What the engine needs to play it."""
        return chunks.Chunk(self.scenario, self.setup.seed, 0, 1, kept=1, orders=self.orders)

    @cached_property
    def snapshot(self) -> Snapshot:
        """The state at the start of the turn about to be played."""
        return snapshots.take_snapshot(self.chunk, min(self.turn, self.scenario.turns))

    @cached_property
    def past(self) -> Results | None:
        """What happened in the turns played; None while none was."""
        if self.turn == 1:
            return None
        shortened = self.scenario.model_copy(update={"turns": self.turn - 1})
        return chunks.run_chunk(replace(self.chunk, scenario=shortened))

    @cached_property
    def offers(self) -> Mapping[str, tuple[str, ...]]:
        """Actor id -> what it may open with this turn, in menu order."""
        return snapshots.offers(replace(self.chunk, start=self.snapshot))

    def seen_by(self, actor: str) -> tuple[Seen, ...]:
        """Return what an actor saw in the turns played."""
        return see(self.past, actor) if self.past is not None else ()

    def scripted_orders(self) -> dict[str, Order]:
        """Return the orders that scripted actors still have to give for this turn."""
        orders = {}
        for actor in self.setup.scripted:
            if (self.turn, actor) not in self.orders:
                offered = [find_action(self.scenario, actor, name) for name in self.offers[actor]]
                choose = style(self.setup.opponents)
                orders[actor] = choose(offered, self.seen_by(actor), self.turn)
        return orders

    def ordered(self, actor: str, order: Order) -> Game:
        """Return the game after an actor's order for this turn.

        Raises
        ------
        UsageError
            If the game is over, the actor has given its order, or the opening is not on offer.
        """
        if self.over:
            raise UsageError("the game is over: there is nothing left to order.")
        if (self.turn, actor) in self.orders:
            name = self.scenario.actors[actor].name
            raise UsageError(f"{name} has given its order for turn {self.turn} already.")
        if order.opening not in (None, HOLD, *self.offers[actor]):
            raise UsageError(self._why_not(actor, str(order.opening)))
        return Game(self.setup, {**self.orders, (self.turn, actor): order})

    def _why_not(self, actor: str, opening: str) -> str:
        """Say why an entry of an actor's menu is not on offer: the one reason that is true."""
        menu = menu_of(self.scenario, actor)
        places = {item.id: number for number, item in enumerate(menu, 1)}
        if opening not in places:
            name = self.scenario.actors[actor].name
            return f"'{opening}' is not in the menu of {name}. Give a number, a name or hold."
        action = menu[places[opening] - 1]
        turns = self._turns_done(actor, opening)
        if action.limit is not None and len(turns) >= action.limit:
            times = "once" if action.limit == 1 else f"{action.limit} times"
            why = f"it can be done {times} in a game, and was"
        elif turns and max(turns) + action.cooldown >= self.turn:
            last = max(turns)
            why = (
                f"it was done in turn {last} and can be done again from turn "
                f"{last + action.cooldown + 1}"
            )
        else:
            assert action.condition is not None  # nothing else bars it
            words = words_of(action.condition, names_of(self.scenario))
            why = f"it can be done only while {words}"
        return (
            f'{places[opening]}, "{action.label}", is not on offer in turn {self.turn}: {why}. '
            "Give another entry of the menu, or hold."
        )

    def _turns_done(self, actor: str, action: str) -> list[int]:
        past = self.past
        if past is None:
            return []
        acts, place = past.acts, past.menus[actor].index(action)
        done = (acts["actor"] == past.actors.index(actor)) & (acts["action"] == place)
        turns: list[int] = acts["turn"][done].tolist()
        return turns

    def undone(self) -> Game:
        """Return the game without this turn's orders, or if there are none the last turn's.

        Raises
        ------
        UsageError
            If nothing was ordered yet.
        """
        given = [turn for turn, actor in self.orders if actor in self.setup.players]
        if not given:
            raise UsageError("there is nothing to undo: no order was given yet.")
        last = max(given)
        kept = {key: order for key, order in self.orders.items() if key[0] < last}
        return Game(self.setup, kept)

    def moment(self, turn: int | None = None) -> Moment:
        """Return the start of a turn, with the truth about what led there.

        Parameters
        ----------
        turn : int, optional
            One that was played; the turn about to be played unless given.

        Raises
        ------
        UsageError
            If the game has not come so far, or it is over and no turn is named.
        """
        if turn is None and self.over:
            raise UsageError("the game is over: it has no futures.")
        last = self.turn - 1 if self.over else self.turn
        if turn is not None and not 1 <= turn <= last:
            raise UsageError(f"the game has not had turn {turn}. Use 1..{last}.", field="turn")
        at = self.snapshot if turn is None else snapshots.take_snapshot(self.chunk, turn)
        return Moment(self.scenario, self.setup.seed, -1, at)

    def odds(self, futures: int = 2000) -> dict[str, Estimate]:
        """Return how grave the worst still to come may be, if the model led everybody from here.

        What happened so far is left out: a player does not know what it was in truth.

        Parameters
        ----------
        futures : int
            How many.

        Returns
        -------
        dict of str to Estimate
            By outcome.

        Raises
        ------
        UsageError
            If the game is over.
        """
        results = futures_of(self.moment(), futures)
        ahead = results.turn_peak[self.turn - 1 :].max(axis=0)
        return replace(results, table={**results.table, "peak": ahead}).outcomes()


def cards_before(cards: Iterable[tuple[int, str]], turn: int) -> list[tuple[int, str]]:
    """Return the facilitator's cards that an undo back to a turn leaves: those of earlier turns."""
    return [card for card in cards if card[0] < turn]


def menu_of(scenario: Scenario, actor: str) -> tuple[Action, ...]:
    """Return an actor's menu in the engine's order: by rung, then id."""
    return menu_order(scenario.actors[actor].actions)
