"""The answer key: for every question a lesson asks, and numbers to have at hand."""

from __future__ import annotations

import numpy as np

from wargame.analysis import statistics
from wargame.analysis.wording import about, per_year, percent, span, words
from wargame.classroom.counterfactuals import Counterfactual, in_words, points
from wargame.classroom.exit_ticket import asked_outcome
from wargame.classroom.guide import TEACHER
from wargame.classroom.handouts import RULES_CHECK, Level, outcome_rows
from wargame.classroom.sheet import Block, Heading, Items, Sheet, Text
from wargame.engine.results import Results, Share, share_of
from wargame.scenario.library import describe_cite
from wargame.scenario.schema import Scenario

__all__ = ["answer_key", "misread"]


def answer_key(
    scenario: Scenario, level: Level, results: Results, chosen: tuple[Counterfactual, ...]
) -> Sheet:
    """Write answers: rules check, exit ticket, what-if guesses, and numbers to have at hand.

    Parameters
    ----------
    scenario : Scenario
    level : {"basic", "advanced"}
    results : Results
        Of the scenario as it is.
    chosen : tuple of Counterfactual
        Those on cards.
    """
    _, share = asked_outcome(results)
    ticket = (
        ("1. (b).", f"{percent(share.share)}, interval {span(share.low, share.high)}: of simulated "
         "runs, under these assumptions. (a) takes a share for a forecast: the commonest mistake. "
         "(c) takes it for a clock: even a true yearly chance of one in ten leaves ten years "
         "without an event about one time in three."),
        ("2. Narrower, and no truer.", "Ten times the runs make it about three times narrower "
         "(the square root of ten). What is not known about the assumptions stays."),
        ("3. Any example", "that says what was meant, what was read, and what would have shown the "
         "difference: a message, a witness, time, distance from the line."),
        ("4. Good answers name", "the numbers that are judgements, who is missing, that rates of "
         "the past changed, and which outcomes have never been seen."),
    )  # fmt: skip
    guesses = tuple(
        (f"Card {number}:", f"{in_words(item)} ({points(item.difference.value)} points).")
        for number, item in enumerate(chosen, 1)
    )
    rates, matched = statistics.rates(results), statistics.match(results)
    at_hand: list[tuple[str, str]] = [
        ("Incidents:", f"{per_year(rates['incidents'])}, counting allies who act together once."),
        ("Turns with a lethal clash:", f"{per_year(rates['lethal_turns'])}."),
    ]
    at_hand += [(f"{label}:", _say(found)) for label, found in misread(results).items()]
    at_hand += [(f"Acts from rung 4 on, {label}:", _say(found)) for label, found in matched.items()]
    first = statistics.crossers(results, 5)
    leaders = sorted(scenario.actors, key=lambda actor: -first[actor].count)[:2]
    at_hand += [
        (f"First at rung 5, {scenario.actors[actor].name}:", _say(first[actor]))
        for actor in leaders
    ]
    blocks: list[Block] = [
        Heading("Rules check"),
        Items(RULES_CHECK, ordered=True),
        Heading("Guesses before the game"),
        Items(
            tuple(
                (f"{outcome}:", f"{_say(found)} In words: {words(found.share)}.")
                for outcome, _, found in outcome_rows(results)
            )
        ),
        Text(
            "Most guesses put too much on war and too little on calm and friction. Ask where the "
            "number came from: usually from what is easy to remember."
        ),
        Heading("What-if cards"),
        Items(guesses),
        Heading("Exit ticket"),
        Items(ticket),
        Heading("Numbers to have at hand"),
        Items(tuple(at_hand)),
    ]
    if level == "advanced":
        held = [
            (cite, describe_cite(cite))
            for card in (scenario.teaching.injects if scenario.teaching else ())
            for cite in card.cite
        ]
        if held:
            blocks.append(Heading("What the cards rest on"))
            blocks.append(
                Items(tuple(("", f"{said} ({cite})") for cite, said in dict(held).items()))
            )
    return Sheet("answer_key", "Answer key", TEACHER, "1", tuple(blocks))


def misread(results: Results) -> dict[str, Share]:
    """Return how often things were not as they were meant, as shares of acts.

    Parameters
    ----------
    results : Results
        With its acts kept.

    Returns
    -------
    dict of str to Share
        "Answers to an act read on another rung", "Acts that went further than meant", "Answers
        for an ally". A share of nothing is left out. Acts of one history are not independent, so
        the intervals are somewhat too narrow.
    """
    acts = results.acts
    answers = ~np.isnan(acts["perceived"])
    read = np.rint(acts["perceived"][answers]) != acts["trigger"][answers]
    counted = {
        "Answers to an act read on another rung": (read, int(answers.sum())),
        "Answers given for an ally": (acts["behalf"][answers] >= 0, int(answers.sum())),
        "Acts that went further than meant": (acts["accidental"], len(acts["accidental"])),
    }
    return {
        label: share_of(int(np.count_nonzero(hits)), total)
        for label, (hits, total) in counted.items()
        if total
    }


def _say(share: Share) -> str:
    return f"{about(share)} ({span(share.low, share.high)})."
