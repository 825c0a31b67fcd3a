"""What would have tipped a choice: the nearest value of one number, all draws the same."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from wargame.classroom.explanation.tipping_point import Flip, Floats, Weigh, nearest_flip, picks
from wargame.classroom.history.weights import find_action
from wargame.engine.decision import Decision
from wargame.engine.rules.answering import weigh_readings
from wargame.scenario.schema import Actor, Scenario

MOST = 4.0
"""Up to how many times its value a number is raised in search of another choice."""

FARTHEST = 10.0
"""How far an inclination is moved, in logits."""

_BEYOND = 1.001
"""How far past a threshold worked out in closed form the search goes that finds it exactly."""

READINGS = 4.0
"""How far a reading is moved either way, in rungs."""


_NUMBERS = {
    "reciprocity": "reciprocity",
    "restraint": "restraint",
    "audience": "audience_cost",
    "spiral": "spiral",
}


def chances_of(decision: Decision) -> Floats:
    """Return each action's chance to be chosen, shape (action,); 0 where not on offer."""
    masked = np.where(decision.offered, decision.logits, -np.inf)
    weights = np.exp(masked - masked.max())
    shares: Floats = weights / weights.sum()
    return shares


def flips_of(decision: Decision, scenario: Scenario) -> tuple[Flip, ...]:
    """Return the nearest changes, of one thing each, that would have changed the choice.

    Parameters
    ----------
    decision : Decision
        With a choice among two actions or more.

    Returns
    -------
    tuple of Flip
        For each term whose number matters (scaled between 0 and 4 times its value), the
        inclination to the chosen action and the one to another action that tips it soonest (by
        up to 10 logits either way; the same change of an act's cost, the other way round, does
        as much) and the reading (up to 4 rungs off), by `Flip.size`; the draw last. What cannot
        change the choice is left out.
    """
    actor = scenario.actors[decision.actor]
    pick = decision.pick
    found = [_inclined(decision, pick, -FARTHEST)]
    other = _soonest(decision)
    if other is not None:
        found.append(_inclined(decision, *other))
    for name, term in decision.terms.items():
        if name not in ("inclination", "cost") and np.any(term[decision.offered] != 0.0):
            value = _value(name, actor)
            for end in (0.0, MOST * value):
                found.append(
                    nearest_flip(decision, name, value, end, _scaled(decision, term, value))
                )
    if decision.met is not None:
        seen = decision.met.perceived
        for end in (seen - READINGS, seen + READINGS):
            found.append(nearest_flip(decision, "reading", seen, end, _reread(decision, scenario)))
    flips: dict[tuple[str, str | None], Flip] = {}
    for flip in sorted((flip for flip in found if flip is not None), key=lambda flip: flip.size):
        flips.setdefault((flip.name, flip.of), flip)
    drawn = _other_draw(decision)
    return (*flips.values(), *((drawn,) if drawn is not None else ()))


def _inclined(decision: Decision, action: int, change: float) -> Flip | None:
    """Move the inclination to one action by up to a change, in logits."""
    moved = np.arange(len(decision.menu)) == action
    was = float(decision.terms["inclination"][action])

    def weigh(values: Floats) -> Floats:
        return decision.logits[:, np.newaxis] + np.outer(moved, values - was)

    flip = nearest_flip(decision, "inclination", was, was + change, weigh)
    return None if flip is None else replace(flip, of=decision.menu[action])


def _soonest(decision: Decision) -> tuple[int, float] | None:
    """Return the other action whose inclination tips the choice soonest, and by how much.

    The draw u picks the action in whose stretch of the cumulated weights u times their sum lies.
    Changing the weight of one action by d moves the sum by d, and the stretch by d if that action
    comes before it.
    """
    pick, draw = decision.pick, decision.choice_draw
    masked = np.where(decision.offered, decision.logits, -np.inf)
    weights = np.exp(masked - masked.max())
    ends, whole = float(weights[: pick + 1].sum()), float(weights.sum())
    begins = ends - float(weights[pick])
    found: list[tuple[float, int]] = []
    for action in np.flatnonzero(decision.offered).tolist():
        if action == pick:
            continue
        if action > pick:
            changes = [edge / draw - whole for edge in (begins, ends)] if draw > 0 else []
        else:
            changes = [(draw * whole - edge) / (1 - draw) for edge in (begins, ends)]
        for change in changes:
            if change > -weights[action]:
                found.append((float(np.log1p(change / weights[action])), action))
    near = min(found, key=lambda item: abs(item[0]), default=None)
    if near is None or abs(near[0]) > FARTHEST:
        return None
    return near[1], near[0] * _BEYOND + float(np.copysign(1e-9, near[0]))


def _scaled(decision: Decision, term: Floats, value: float) -> Weigh:
    def weigh(values: Floats) -> Floats:
        return decision.logits[:, np.newaxis] + np.outer(term / value, values - value)

    return weigh


def _reread(decision: Decision, scenario: Scenario) -> Weigh:
    """Weigh the same choice under other readings of the act it answers."""
    actor = scenario.actors[decision.actor]
    fixed = np.zeros(len(decision.menu))
    for name, term in decision.terms.items():
        if name not in ("reciprocity", "audience"):
            fixed = fixed + term
    public = np.array(
        [find_action(scenario, decision.actor, name).public.value for name in decision.menu]
    )

    def weigh(values: Floats) -> Floats:
        read = weigh_readings(
            decision.rungs, public, actor.reciprocity.value, actor.audience_cost.value, values
        )
        changed: Floats = fixed[:, np.newaxis] + read
        return changed

    return weigh


def read_rightly(decision: Decision, scenario: Scenario) -> str | None:
    """Return what would have been chosen had the act been read for what it was; None for none."""
    if decision.met is None:
        return None
    truth = np.array([float(decision.met.trigger)])
    return decision.menu[int(picks(decision, _reread(decision, scenario)(truth))[0])]


def _other_draw(decision: Decision) -> Flip | None:
    """Return the nearest draw that would have given another action."""
    chances = chances_of(decision)
    upto = np.cumsum(chances)
    begins, ends = upto[decision.pick] - chances[decision.pick], upto[decision.pick]
    draw = decision.choice_draw
    edges = []
    if decision.offered[: decision.pick].any():
        edges.append((float(np.nextafter(begins, -1.0)), -1))
    if decision.offered[decision.pick + 1 :].any():
        edges.append((float(ends), 1))
    if not edges:
        return None
    edge, way = min(edges, key=lambda item: abs(item[0] - draw))
    rows = np.flatnonzero(decision.offered)
    then = int(rows[np.searchsorted(rows, decision.pick) + way])
    return Flip("draw", draw, edge, decision.menu[then], 0.0)


def _value(name: str, actor: Actor) -> float:
    """Return the actor's number that a term is in proportion to."""
    if name.startswith("goal "):
        return actor.goals[name.removeprefix("goal ")].value
    return float(getattr(actor, _NUMBERS[name]).value)
