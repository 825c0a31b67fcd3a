"""Adjudication: pure functions from arrays and draws to arrays.

Each states a rule of ``docs/explanation/rules.md``. Arrays are (action, row) for
choices, where a row is one replication in which somebody chooses; parameters
have shape (1,) when fixed and (row,) when they differ between replications.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from wargame.scenario.ladder import ENCROACHMENT, FORCE, LETHAL, STRIKES, WAR

Floats = NDArray[np.float64]
Rungs = NDArray[np.int8]

DEATHS: dict[int, tuple[int, int]] = {LETHAL: (1, 99), STRIKES: (100, 999)}
"""Realised rung -> fewest and most people an act at it kills."""

DEATHS_UNCOUNTED = 1000
"""What stands for "1,000 or more" at rungs 8 and 9."""


class Weighing(TypedDict):
    """What an answer is weighed by: the keywords of `answer_logits`."""

    reciprocity: Floats
    restraint: Floats
    above_firebreak: Floats
    audience: Floats | None
    pull: Floats | None


def opening_chance(hazard: Floats) -> Floats:
    """Return the chance that an actor opens in a turn: 1 - exp(-hazard).

    Parameters
    ----------
    hazard : ndarray
        Expected unprovoked acts in the turn, >= 0.

    References
    ----------
    Hawkes, A. G. (1971), Biometrika 58(1), 83-90: a base rate plus excitation.
    """
    chance: Floats = -np.expm1(-hazard)
    return chance


def spiral_pull(spiral: Floats, tension: Floats, rungs: Rungs) -> Floats:
    """Return how tension moves choices up (spiral) or down (deterrence) the ladder, in logits.

    Parameters
    ----------
    spiral : ndarray, shape (1,) or (row,)
        -1..1.
    tension : ndarray, shape (row,)
        Strongest tension felt, 0..1.
    rungs : ndarray of int8, shape (action,)

    Returns
    -------
    ndarray, shape (action, row)
        spiral x tension x (rung - 3) / 6.

    References
    ----------
    Jervis, R. (1976), Perception and Misperception in International Politics, ch. 3.
    """
    return (spiral * tension)[np.newaxis, :] * ((rungs - 3.0) / 6.0)[:, np.newaxis]


def opening_logits(base: Floats, pull: Floats | None) -> Floats:
    """Return the log-odds of each opening act.

    Parameters
    ----------
    base : ndarray, shape (action, 1 or row)
        initiative + goals - cost.
    pull : ndarray, shape (action, row), or None for no pull at all.

    References
    ----------
    McKelvey, R. D. and Palfrey, T. R. (1995), Games and Economic Behavior 10, 6-38: logit choice.
    """
    return base if pull is None else base + pull


def perceive(realised: Rungs, misperception: Floats, normals: Floats) -> Floats:
    """Return an act's severity as its target reads it: the rung plus an error.

    Parameters
    ----------
    realised : ndarray of int8, shape (row,)
    misperception : ndarray, shape (1,) or (row,)
        Standard deviation in rungs, >= 0.
    normals : ndarray, shape (row,)
        Standard normal draws.

    References
    ----------
    Jervis (1976), ch. 4-5.
    """
    return realised + misperception * normals


def reply_chance(perceived: Floats, chances: Sequence[Floats]) -> Floats:
    """Return the chance of answering at all, by the perceived rung.

    Parameters
    ----------
    perceived : ndarray, shape (row,)
        In rungs; rounded here.
    chances : four ndarrays, each shape (1,) or (row,)
        For conciliatory (below 0), low (0..3), encroachment (4) and force (5 and above).
    """
    level = np.rint(perceived)
    conciliatory, low, encroachment, force = chances
    chance = np.where(level < 0, conciliatory, low)
    chance = np.where(level == ENCROACHMENT, encroachment, chance)
    return np.where(level >= FORCE, force, chance)


def answer_logits(
    base: Floats,
    rungs: Rungs,
    perceived: Floats,
    *,
    reciprocity: Floats,
    restraint: Floats,
    above_firebreak: Floats,
    audience: Floats | None,
    pull: Floats | None,
) -> Floats:
    """Return the log-odds of each answer to a perceived act.

    Parameters
    ----------
    base : ndarray, shape (action, 1 or row)
        reply + goals - cost.
    rungs : ndarray of int8, shape (action,)
    perceived : ndarray, shape (row,)
        In rungs.
    reciprocity : ndarray, shape (1,) or (row,)
        Logits per rung of mismatch.
    restraint : ndarray, shape (1,) or (row,)
        Logits per rung above the firebreak.
    above_firebreak : ndarray, shape (action,)
        max(0, rung - firebreak).
    audience : ndarray, shape (action, 1 or row), or None when nobody pays any
        Audience cost x how public the action is, in logits per rung conceded.
    pull : ndarray, shape (action, row), or None
        See `spiral_pull`.

    Returns
    -------
    ndarray, shape (action, row)

    References
    ----------
    Fearon, J. D. (1994), American Political Science Review 88(3), 577-592: audience costs.
    """
    steps_up = rungs[:, np.newaxis] - perceived[np.newaxis, :]
    logits: Floats = np.abs(steps_up)
    logits *= -reciprocity
    logits += base
    logits -= above_firebreak[:, np.newaxis] * restraint
    if audience is not None:
        logits -= audience * np.maximum(0.0, -steps_up)
    if pull is not None:
        logits += pull
    return logits


def answer_terms(
    rungs: Rungs,
    perceived: Floats,
    *,
    reciprocity: Floats,
    restraint: Floats,
    above_firebreak: Floats,
    audience: Floats | None,
    pull: Floats | None,
) -> dict[str, Floats]:
    """Return the terms of `answer_logits` one by one, to be explained.

    Parameters
    ----------
    rungs, perceived, reciprocity, restraint, above_firebreak, audience, pull
        As for `answer_logits`.

    Returns
    -------
    dict of str to ndarray, shape (action, row)
        "reciprocity", "restraint", "audience", "spiral", those that are not given left out.
        Added to the base in this order they give `answer_logits` to the last bit.
    """
    steps_up = rungs[:, np.newaxis] - perceived[np.newaxis, :]
    terms = {
        "reciprocity": np.abs(steps_up) * -reciprocity,
        "restraint": np.broadcast_to(-(above_firebreak[:, np.newaxis] * restraint), steps_up.shape),
    }
    if audience is not None:
        terms["audience"] = -(audience * np.maximum(0.0, -steps_up))
    if pull is not None:
        terms["spiral"] = pull
    return terms


def count_deaths(realised: Rungs, uniforms: Floats) -> NDArray[np.int32]:
    """Draw how many people an act kills: log-uniform inside its rung's fatality band.

    Parameters
    ----------
    realised : ndarray of int8, shape (row,)
        6 or above; lower rungs kill nobody.
    uniforms : ndarray, shape (row,)

    Returns
    -------
    ndarray of int32, shape (row,)
        1..99 at rung 6, 100..999 at 7; 1000 stands for "1,000 or more" above.

    Notes
    -----
    The bands are those of the Correlates of War fatality levels (Palmer et al. 2022); the shape
    inside a band is a judgement: small clashes are commoner than large ones.
    """
    deaths = np.where(realised >= WAR, DEATHS_UNCOUNTED, 0).astype(np.int32)
    for rung, (fewest, most) in DEATHS.items():
        here = realised == rung
        scale = (most + 1.0) / fewest
        deaths[here] = np.floor(fewest * scale ** uniforms[here])
    return deaths


def strengthened_tension(tension: Floats, decay: Floats, gain: Floats, strongest: Rungs) -> Floats:
    """Return tension at the start of the next turn, after the strongest act of this one.

    Parameters
    ----------
    tension : ndarray, shape (row,)
        At the start of this turn, 0..1.
    decay, gain : ndarray, shape (1,) or (row,)
        Share left after a turn; tension added by an act at rung 9.
    strongest : ndarray of int8, shape (row,)
        Highest realised rung of the other's acts on this actor; below 0 counts as 0.
    """
    added = gain * np.maximum(0, strongest) / 9.0
    return np.minimum(1.0, decay * tension + added)


def branching_number(excitation: Floats, memory: Floats, turn_days: int) -> float:
    """Return the mean-field branching number of excitation: acts caused per act.

    An actor's excitation is renewed by each of its active turns, so one active turn adds
    ``excitation x dt x sum over turns of exp(-k dt / memory)`` further acts. Every actor
    may be excited by the same act; the number given is the sum over actors, an upper bound
    (all of them source or target of every act).

    Parameters
    ----------
    excitation : ndarray, shape (actor,)
        Acts per week added by an active turn.
    memory : ndarray, shape (actor,)
        Weeks.
    turn_days : int
        Length of a turn.

    Returns
    -------
    float
        Below 1 the process cannot explode.

    References
    ----------
    Hawkes (1971), section 3.
    """
    dt = turn_days / 7.0
    left_after_turn = np.exp(-dt / memory)
    return float((excitation * dt / (1.0 - left_after_turn)).sum())
