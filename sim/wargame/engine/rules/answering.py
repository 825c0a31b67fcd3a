"""Answers (link 1 and later): what provokes an actor, how it reads it, what it answers."""

from __future__ import annotations

from typing import Any

import numpy as np

from wargame.engine.chance import normal, uniform
from wargame.engine.compiled import rule
from wargame.engine.policies import ANSWER_AS_MODEL, ANSWER_NOTHING, MATCH, NOTHING
from wargame.engine.rules.acting import carry_out
from wargame.engine.rules.choosing import choose_nearest, choose_option, note_option, on_offer
from wargame.engine.rules.tension import pull, strongest_felt
from wargame.engine.world.here import Here
from wargame.engine.world.layout import NOBODY
from wargame.scenario.ladder import ENCROACHMENT, FORCE, LOWEST_RUNG


@rule
def take_up(here: Here, link: int, actor: int) -> int:
    """Return the place of the act of the link before that an actor takes up; -1 for none.

    Of all acts of others that provoke it: the highest realised rung, then the largest weight (1 for
    a target, else the largest commitment to one), then the largest draw.
    """
    best, best_weight = NOBODY, 0.0
    for place in range(here.state.acts_done):
        act = here.state.act[place]
        if act.link != link - 1 or act.actor == actor:
            continue
        weight = here.numbers.weight[actor, act.place]
        if weight <= 0.0:
            continue
        if best != NOBODY:
            strongest = here.state.act[best].realised
            if act.realised < strongest:
                continue
            if act.realised == strongest and weight < best_weight:
                continue
            if act.realised == strongest and weight == best_weight:
                ours = uniform(here.state.counter, here.turn.tie_key[link, actor, act.actor])
                theirs = uniform(
                    here.state.counter, here.turn.tie_key[link, actor, here.state.act[best].actor]
                )
                if ours <= theirs:
                    continue
        best, best_weight = place, weight
    return best


@rule
def largest_reply_chance(here: Here, weight: float, link: int) -> float:
    """Return the chance of an answer to an act that is always answered, 0..1."""
    return weight * here.numbers.damping if link > 1 else weight


@rule
def perceive(realised: int, misperception: float, z: float) -> float:
    """Return an act's severity as its target reads it: the rung plus an error, in rungs.

    Parameters
    ----------
    misperception : float
        Standard deviation in rungs, >= 0.
    z : float
        A standard normal draw.

    References
    ----------
    Jervis, R. (1976), Perception and Misperception in International Politics, ch. 4-5.
    """
    return realised + misperception * z


@rule
def read(here: Here, link: int, actor: int, realised: int) -> float:
    """Return the rung at which an actor reads an act in a link, by its draw there."""
    if here.numbers.misperception[actor] == 0.0:
        return float(realised)
    z = normal(uniform(here.state.counter, here.turn.perceive_key[link, actor]))
    return perceive(realised, here.numbers.misperception[actor], z)


@rule
def reply_chance(
    perceived: float, conciliatory: float, low: float, encroachment: float, force: float
) -> float:
    """Return the chance of answering at all, by the rung perceived (rounded here).

    Parameters
    ----------
    conciliatory, low, encroachment, force : float
        The chance below rung 0, from 0 to 3, at 4, and from 5.
    """
    level = np.rint(perceived)
    if level < 0:
        return conciliatory
    if level >= FORCE:
        return force
    return encroachment if level == ENCROACHMENT else low


@rule
def willing(here: Here, perceived: float) -> float:
    """Return the chance of answering an act read like this, before weight and damping."""
    return reply_chance(
        perceived,
        here.numbers.conciliatory,
        here.numbers.low,
        here.numbers.encroachment,
        here.numbers.force,
    )


@rule
def reciprocity_term(rung: int, perceived: float, reciprocity: float) -> float:
    """Return what it weighs that an answer is not of the severity of the act, in logits."""
    return abs(rung - perceived) * -reciprocity


@rule
def restraint_term(above_firebreak: float, restraint: float) -> float:
    """Return what the rungs above the firebreak weigh against an answer, in logits."""
    return -(above_firebreak * restraint)


@rule
def audience_term(rung: int, perceived: float, public: float, audience_cost: float) -> float:
    """Return what giving way in public weighs against an answer, in logits.

    References
    ----------
    Fearon, J. D. (1994), American Political Science Review 88(3), 577-592: audience costs.
    """
    return -(public * audience_cost * max(0.0, perceived - rung))


@rule
def answer_logit(here: Here, actor: int, action: int, perceived: float, tension: float) -> float:
    """Return the log-odds of an answer to an act as it was read.

    reply + goals - cost, less mismatch (reciprocity), less rungs above the firebreak (restraint),
    less giving way in public (audience costs), moved by tension.
    """
    rung = here.world.rung[action]
    logit = reciprocity_term(rung, perceived, here.numbers.reciprocity[actor])
    logit += here.numbers.answer_base[action]
    logit += restraint_term(here.world.above_firebreak[action], here.numbers.restraint[actor])
    if here.numbers.audience_cost[actor] != 0.0:
        logit += audience_term(
            rung, perceived, here.numbers.public[action], here.numbers.audience_cost[actor]
        )
    if here.numbers.spiral[actor] != 0.0:
        logit += pull(here.numbers.spiral[actor], tension, rung)
    return logit


@rule
def answer_logits(here: Here, actor: int, perceived: float, tension: float) -> Any:
    """Return the log-odds of every action of an actor as an answer, shape (action,)."""
    first, last = here.world.first[actor], here.world.first[actor + 1]
    logits = np.empty(last - first)
    for action in range(first, last):
        logits[action - first] = answer_logit(here, actor, action, perceived, tension)
    return logits


@rule
def weigh_answers(here: Here, actor: int, provoker: int, perceived: float) -> int:
    """Note the answers on offer, aimed at the provoker, and their log-odds; return how many."""
    count, tension = 0, 0.0
    if here.numbers.spiral[actor] != 0.0:
        tension = strongest_felt(here, actor)
    for action in range(here.world.first[actor], here.world.first[actor + 1]):
        if not (here.world.answers[action] and here.world.aimed[action, provoker]):
            continue
        if on_offer(here, action):
            logit = answer_logit(here, actor, action, perceived, tension)
            count = note_option(here, count, action, logit)
    return count


@rule
def choose_answer(here: Here, link: int, actor: int, provoker: int, perceived: float) -> int:
    """Return the action an actor answers with, by the model or its standing order; -1 for none."""
    here.work.link = link
    count = weigh_answers(here, actor, provoker, perceived)
    standing = here.turn.standing[actor]
    if standing == ANSWER_AS_MODEL:
        return choose_option(
            here, count, uniform(here.state.counter, here.turn.choose_key[link, actor])
        )
    return choose_nearest(here, count, np.rint(perceived) + (standing - MATCH))


@rule
def answer_by(here: Here, link: int, actor: int) -> None:
    """Let one actor answer the act of the link before that it takes up, if it does."""
    place = take_up(here, link, actor)
    if place == NOBODY:
        return
    weight = here.numbers.weight[actor, here.state.act[place].place]
    action, perceived = consider(
        here,
        link,
        actor,
        int(here.state.act[place].actor),
        int(here.state.act[place].realised),
        weight,
    )
    answer_with(here, link, actor, place, action, perceived)


@rule
def answer_with(
    here: Here, link: int, actor: int, place: int, action: int, perceived: float
) -> None:
    """Carry out an answer, or none (-1), to the act at a place; count what answers what."""
    trigger, provoker = int(here.state.act[place].realised), int(here.state.act[place].actor)
    behalf = int(here.numbers.behalf[actor, here.state.act[place].place])
    answered = here.work.answers.shape[1] - 1  # the last column: not answered
    if action != NOTHING:
        carry_out(here, link, actor, action, provoker, trigger, behalf, perceived)
        answered = here.state.act[here.state.acts_done - 1].realised - LOWEST_RUNG
    if behalf == NOBODY:
        here.work.answers[trigger - LOWEST_RUNG, answered] += 1


@rule
def consider(
    here: Here, link: int, actor: int, provoker: int, trigger: int, weight: float
) -> tuple[int, float]:
    """Return the answer to an act taken up (-1 for none), and how the act was read."""
    most = largest_reply_chance(here, weight, link)
    u = uniform(here.state.counter, here.turn.reply_key[link, actor])
    # The chance is at most this, so most need not be read to know they are not answered.
    if here.turn.standing[actor] == ANSWER_NOTHING or u >= most:
        return NOTHING, np.nan
    perceived = read(here, link, actor, trigger)
    return answer_to(here, link, actor, provoker, weight, perceived), perceived


@rule
def answer_to(
    here: Here, link: int, actor: int, provoker: int, weight: float, perceived: float
) -> int:
    """Return the answer to an act taken up, if it is read like this; -1 for none."""
    if here.turn.standing[actor] == ANSWER_AS_MODEL:
        chance = largest_reply_chance(here, weight, link) * willing(here, perceived)
        if uniform(here.state.counter, here.turn.reply_key[link, actor]) >= chance:
            return NOTHING
    return choose_answer(here, link, actor, provoker, perceived)


@rule
def weigh_readings(
    rungs: Any, public: Any, reciprocity: float, audience_cost: float, readings: Any
) -> Any:
    """Return what reciprocity and audience costs weigh for each action under each reading.

    Parameters
    ----------
    rungs, public : ndarray, shape (action,)
    readings : ndarray, shape (reading,)

    Returns
    -------
    ndarray, shape (action, reading)
    """
    weighed = np.empty((len(rungs), len(readings)))
    for action in range(len(rungs)):
        for column in range(len(readings)):
            read = readings[column]
            weighed[action, column] = reciprocity_term(
                rungs[action], read, reciprocity
            ) + audience_term(rungs[action], read, public[action], audience_cost)
    return weighed
