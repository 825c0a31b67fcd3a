"""`Actor`: one Mesa agent per state, holding vectors over replications.

An actor reads the world at the start of a phase and writes only its own acts, so
all decide simultaneously and their order cannot matter.
"""

from __future__ import annotations

import mesa
import numpy as np
from numpy.typing import NDArray

from wargame.engine import rules
from wargame.engine.acts import NOBODY, Acts
from wargame.engine.menus import NEVER, pick_rows, value_at
from wargame.engine.observer import Choice, Surroundings
from wargame.engine.policies import HOLD, MODEL, Order, policy
from wargame.engine.provocations import Provocations, take_up
from wargame.scenario.ladder import LETHAL

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
Marks = NDArray[np.bool_]
_NO_ORDER = Order()


class Actor(mesa.Agent):  # type: ignore[misc]  # Mesa ships no types
    """A state, taken as one decision-maker in every replication at once.

    Parameters
    ----------
    model : Surroundings
        The ensemble it belongs to, a `Crisis`.
    place : int
        Its index among the actors.

    Attributes
    ----------
    excitation, boost : ndarray, shape (replication,)
        Views of the model's state.
    tension, tension_turn : ndarray, shape (actor, replication)
        What it feels from each other actor; views.
    acts : Acts
        What it did in the link just played.
    """

    model: Surroundings

    def __init__(self, model: Surroundings, place: int) -> None:
        super().__init__(model)
        tables, state = model.tables, model.state
        self.place = place
        self.id = tables.actors[place]
        self.menu = tables.menus[place]
        own = slice(self.menu.first, self.menu.first + len(self.menu.ids))
        self.excitation = state.excitation[place]
        self.boost = state.boost[place]
        self.tension = state.tension[place]
        self.tension_turn = state.tension_turn[place]
        self.ready = state.ready[own]
        self.used = state.used[own]
        self._tempo = tables.tempo[place]
        self._spiral = tables.spiral[place]
        self._left_after_turn = np.exp(-tables.dt / tables.memory[place])
        self._has_spiral = bool(np.any(self._spiral != 0.0))
        self._has_audience = bool(np.any(tables.audience_cost[place] != 0.0))
        self._misperceives = bool(np.any(tables.misperception[place] != 0.0))
        self.acts = self._no_acts()

    # --- phase: initiate ---------------------------------------------------------------

    def initiate(self) -> None:
        """Open in the replications where the hazard, an order or the calendar says so."""
        order = self._order()
        forced = self.model.forced_action(self.place)
        if order.opening == HOLD:
            self.acts = self._no_acts()
        elif order.opening is not None:
            rows = self.model.living()
            action = self.menu.ids.index(order.opening)
            rows = rows[self.on_offer(rows, self.menu.every)[action]]
            self.acts = self._do(rows, np.full(len(rows), action))
        elif forced is not None:
            rows = self.model.living()
            self.acts = self._do(rows, np.full(len(rows), forced))
        else:
            self.acts = self._open(self._openers())

    def _openers(self) -> Indices:
        """Return the replications in which the actor opens by itself."""
        model = self.model
        hazard = self.hazard()
        # 1 - exp(-h) <= h: the exact test is needed only where this one passes.
        rows, uniforms = model.streams.below(hazard, "initiate", model.turn, self.id)
        opens = uniforms < rules.opening_chance(hazard[rows])
        return rows[opens & model.state.alive[rows]]

    def hazard(self) -> Floats:
        """Return how many acts it is expected to open with this turn, shape (replication,)."""
        hazard: Floats = self.boost * (self._tempo * self.model.calendar_factor(self.place))
        hazard += self.excitation
        if self.model.tables.dt != 1.0:
            hazard *= self.model.tables.dt
        return hazard

    def _open(self, rows: Indices) -> Acts:
        if not len(rows):
            return self._no_acts()
        menu = self.menu
        offered = self.on_offer(rows, menu.opens)
        pull = self._pull(rows)
        logits = rules.opening_logits(value_at(menu.opening_base, rows), pull)
        nothing = np.zeros(len(rows))
        picks = policy(MODEL)(logits, offered, menu.rungs, nothing, self.draw(rows, "choose"))
        if self.model.observer is not None:
            terms = {} if pull is None else {"spiral": pull}
            self.model.observer.chose(Choice(self, rows, offered, logits, terms, picks))
        acts = picks >= 0
        return self._do(rows[acts], picks[acts])

    # --- phase: react ------------------------------------------------------------------

    def react(self) -> None:
        """Answer the acts of the link before, at most one a replication."""
        provocations = take_up(self)
        if not len(provocations):
            self.acts = self._no_acts()
            return
        if self.model.observer is not None:
            self.model.observer.met(self, provocations)
        direct = provocations.behalf == NOBODY
        self.model.count_provocations(provocations.trigger[direct])
        self.acts = self._answer(*self._answered(provocations))
        direct = self.acts.behalf == NOBODY
        self.model.count_answers(self.acts.trigger[direct], self.acts.realised[direct])

    def _answered(self, provocations: Provocations) -> tuple[Provocations, Floats]:
        """Return the provocations that are answered at all, and how each is read."""
        model, standing = self.model, self._order().standing
        if standing == HOLD:
            return provocations.at(np.zeros(0, np.intp)), np.zeros(0)
        most = provocations.weight
        if model.link > 1:
            most = most * value_at(model.tables.damping, provocations.replications)
        uniforms = self.draw(provocations.replications, "reply")
        # The chance is at most this, so most need not be read to know they are not answered.
        rows = (uniforms < most).nonzero()[0]
        provocations, uniforms, most = provocations.at(rows), uniforms[rows], most[rows]
        perceived = self.perceive(provocations)
        if standing != MODEL:
            return provocations, perceived
        here = provocations.replications
        chances = [value_at(numbers, here) for numbers in model.tables.chances]
        rows = (uniforms < most * rules.reply_chance(perceived, chances)).nonzero()[0]
        return provocations.at(rows), perceived[rows]

    def perceive(self, provocations: Provocations) -> Floats:
        """Return how each provocation is read, in rungs, shape (row,)."""
        rows = provocations.replications
        if not self._misperceives:
            return provocations.trigger.astype(np.float64)
        misperception = value_at(self.model.tables.misperception[self.place], rows)
        from scipy.special import ndtri  # loaded by Mesa already

        normals = ndtri(self.draw(rows, "perceive"))
        return rules.perceive(provocations.trigger, misperception, normals)

    def _answer(self, provocations: Provocations, perceived: Floats) -> Acts:
        rows = provocations.replications
        if not len(rows):
            return self._no_acts()
        menu = self.menu
        offered = self.on_offer(rows, menu.answers)
        offered &= menu.targets[:, provocations.provoker]
        weighing = self.weighing(rows)
        logits = rules.answer_logits(
            value_at(menu.answer_base, rows), menu.rungs, perceived, **weighing
        )
        choose = policy(self._order().standing)
        picks = choose(logits, offered, menu.rungs, perceived, self.draw(rows, "choose"))
        if self.model.observer is not None:
            terms = rules.answer_terms(menu.rungs, perceived, **weighing)
            self.model.observer.chose(
                Choice(self, rows, offered, logits, terms, picks, provocations, perceived)
            )
        acts = (picks >= 0).nonzero()[0]
        return self._do(rows[acts], picks[acts], provocations.at(acts), perceived[acts])

    def weighing(self, rows: Indices) -> rules.Weighing:
        """Return what an answer is weighed by, besides how the act is read."""
        menu, tables = self.menu, self.model.tables
        audience = None
        if self._has_audience:
            cost = value_at(tables.audience_cost[self.place], rows)
            audience = value_at(menu.public, rows) * cost
        return {
            "reciprocity": value_at(tables.reciprocity[self.place], rows),
            "restraint": value_at(tables.restraint[self.place], rows),
            "above_firebreak": menu.above_firebreak,
            "audience": audience,
            "pull": self._pull(rows),
        }

    # --- phase: update -----------------------------------------------------------------

    def update(self) -> None:
        """Let excitation fade, and renew it where the actor was part of an act at rung 2+."""
        self.excitation *= self._left_after_turn
        active = self.model.active_replications(self.place)
        self.excitation[active] += value_at(self.model.tables.excitation[self.place], active)

    # --- what the phases share ---------------------------------------------------------

    def _order(self) -> Order:
        return self.model.orders.get((self.model.turn, self.id), _NO_ORDER)

    def draw(self, rows: Indices, purpose: str, *more: object) -> Floats:
        """Draw for some replications, for this actor in the link being played."""
        model = self.model
        return model.streams.at(rows, purpose, model.turn, model.link, self.id, *more)

    def strongest_tension(self, rows: Indices) -> Floats:
        """Return the strongest tension the actor feels, shape (row,), 0..1."""
        # What it would feel from itself stays at nothing, the least there is.
        gone_by = self.model.turn - self.tension_turn.take(rows, axis=1)
        felt = self.tension.take(rows, axis=1)
        felt *= self.model.tables.faded(gone_by, rows)
        strongest: Floats = felt.max(axis=0)
        return strongest

    def _pull(self, rows: Indices) -> Floats | None:
        if not self._has_spiral:
            return None
        spiral = value_at(self._spiral, rows)
        return rules.spiral_pull(spiral, self.strongest_tension(rows), self.menu.rungs)

    def on_offer(self, rows: Indices, asked: Marks) -> Marks:
        """Return which of the actions asked about may be done now, shape (action, row)."""
        menu, model = self.menu, self.model
        offered = np.empty((len(menu.ids), len(rows)), np.bool_)
        offered[:] = asked[:, np.newaxis]
        for action in menu.held_back:
            if asked[action]:
                offered[action] = self.ready[action][rows] <= model.turn
        tension = None
        for action, need in menu.needs.items():
            if not asked[action]:
                continue
            if tension is None and need.asks_tension:
                tension = self.strongest_tension(rows)
            offered[action] &= model.satisfied(need, tension, rows)
        return offered

    def _do(
        self,
        rows: Indices,
        picks: Indices,
        provocations: Provocations | None = None,
        perceived: Floats | None = None,
    ) -> Acts:
        """Carry acts out: let them slip, count their dead, start their cooldowns."""
        if not len(rows):
            return self._no_acts()
        menu, model = self.menu, self.model
        intended = menu.rungs[picks]
        realised = intended
        accidental = np.zeros(len(rows), np.bool_)
        if menu.slips:
            chance = pick_rows(menu.slip_chance, picks, rows)
            risky = (chance > 0.0).nonzero()[0]
            slipped = risky[self.draw(rows[risky], "slip") < chance[risky]]
            accidental[slipped] = True
            realised = np.where(accidental, menu.slip_rung[picks], intended)
        if menu.held_back:
            self._hold_back(rows, picks)
        deaths = np.zeros(len(rows), np.int32)
        lethal = (realised >= LETHAL).nonzero()[0]
        if len(lethal):
            draws = self.draw(rows[lethal], "deaths")
            deaths[lethal] = rules.count_deaths(realised[lethal], draws)
        if provocations is None:
            nobody = np.full(len(rows), NOBODY, np.int8)
            answered = (nobody, np.zeros(len(rows), np.int8), nobody)
        else:
            answered = (provocations.provoker, provocations.trigger, provocations.behalf)
        return Acts(
            link=model.link,
            actor=self.place,
            replications=rows,
            actions=picks,
            intended=intended,
            realised=realised,
            accidental=accidental,
            provoker=answered[0],
            trigger=answered[1],
            behalf=answered[2],
            perceived=_as_read(perceived, len(rows)),
            deaths=deaths,
        )

    def _hold_back(self, rows: Indices, picks: Indices) -> None:
        """Start the cooldowns of actions just done; close those whose limit is reached."""
        menu = self.menu
        waits = (menu.cooldown[picks] > 0).nonzero()[0]
        if len(waits):
            back = self.model.turn + menu.cooldown[picks[waits]] + 1
            self.ready[picks[waits], rows[waits]] = back
        limited = menu.is_limited[picks].nonzero()[0]
        if len(limited):
            actions, here = picks[limited], rows[limited]
            used = self.used[actions, here] + 1
            self.used[actions, here] = used
            spent = (used >= menu.limit[actions]).nonzero()[0]
            self.ready[actions[spent], here[spent]] = NEVER

    def _no_acts(self) -> Acts:
        none, small = np.zeros(0, np.intp), np.zeros(0, np.int8)
        return Acts(
            link=self.model.link,
            actor=self.place,
            replications=none,
            actions=none,
            intended=small,
            realised=small,
            accidental=np.zeros(0, np.bool_),
            provoker=small,
            trigger=small,
            behalf=small,
            perceived=np.zeros(0, np.float32),
            deaths=np.zeros(0, np.int32),
        )


def _as_read(perceived: Floats | None, count: int) -> NDArray[np.float32]:
    if perceived is None:
        return np.full(count, np.nan, np.float32)
    return perceived.astype(np.float32)
