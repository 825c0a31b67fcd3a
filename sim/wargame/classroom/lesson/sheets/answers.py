"""The answer key: for every question a lesson asks, and numbers to have at hand."""

from __future__ import annotations

from wargame.analysis.estimates import statistics
from wargame.classroom.lesson.claims import Held, evidence
from wargame.classroom.lesson.misreadings import misread
from wargame.classroom.lesson.plan import Plan
from wargame.classroom.lesson.sheets.discussion import questions_of
from wargame.classroom.lesson.sheets.exit_ticket import asked_outcome, questions
from wargame.classroom.lesson.sheets.guide import TEACHER
from wargame.classroom.lesson.sheets.handouts import RULES_CHECK, Level, outcome_rows
from wargame.classroom.whatif.counterfactuals import Counterfactual, in_words, points, yearly
from wargame.engine.results import Results
from wargame.findings import Estimate
from wargame.scenario.library import describe_cite
from wargame.scenario.schema import Scenario
from wargame.show.sheets.sheet import Block, Heading, Items, Sheet, Text
from wargame.show.words import about, per_year, percent, span, words


def answer_key(
    scenario: Scenario,
    plan: Plan,
    level: Level,
    results: Results,
    chosen: tuple[Counterfactual, ...],
    held: tuple[Held, ...] = (),
) -> Sheet:
    """Write answers to whatever the lesson asks, and numbers to have at hand.

    Parameters
    ----------
    results : Results
        Of the scenario as it is.
    chosen : tuple of Counterfactual
        Those on cards.
    held : tuple of Held
        The scenario's disputed claims.
    """
    _, share = asked_outcome(results)
    ticket = (
        ("1. (b).", f"{percent(share.value)}, interval {span(share.low, share.high)}: of simulated "
         "runs, under these assumptions. (a) takes a share for a forecast: the commonest mistake. "
         "(c) takes it for a clock: even a true yearly chance of one in ten leaves ten years "
         "without an event about one time in three."),
        ("2. Narrower, and no truer.", "Ten times the runs make it about three times narrower "
         "(the square root of ten). What is not known about the assumptions stays."),
        ("3. Any example", "of what was misread, or might have been, that says what was meant, "
         "what was read, and what would have shown the difference: a message, a witness, time, "
         "distance from the line."),
        ("4. Good answers name", "the numbers that are judgements, who is missing, that rates of "
         "the past changed, and which outcomes have never been seen."),
    )  # fmt: skip
    guesses = tuple(
        (
            f"Card {number}:",
            f"{in_words(item)} ({points(item.difference.value)} points; incidents a year "
            f"{yearly(item.incidents)}).",
        )
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
                (f"{outcome}:", _share_in_words(found))
                for outcome, _, found in outcome_rows(results)
            )
        ),
        Text(
            "Most guesses put too much on war and too little on calm and friction. Ask where the "
            "number came from: usually from what is easy to remember."
        ),
        Heading("What-if cards"),
        Items(guesses),
        Heading("Questions of the debrief: what to look for"),
        Items(
            tuple(
                (item.ask, item.look_for or "No answer is written down for it: ask for reasons.")
                for item in questions_of(scenario, level)
            ),
            ordered=True,
        ),
        *evidence(held, level),
        Heading("Exit ticket"),
        Items(tuple(ticket[number - 1] for number in questions(plan))),
        Heading("Numbers to have at hand"),
        Items(tuple(at_hand)),
    ]
    if level == "advanced":
        rests = [
            (cite, describe_cite(cite))
            for card in (scenario.teaching.injects if scenario.teaching else ())
            for cite in card.cite
        ]
        if rests:
            blocks.append(Heading("What the cards rest on"))
            blocks.append(
                Items(tuple(("", f"{said} ({cite})") for cite, said in dict(rests).items()))
            )
    return Sheet("answer_key", "Answer key", TEACHER, "1", tuple(blocks))


def _share_in_words(share: Estimate) -> str:
    if not share.count:
        return (
            f"none in {share.n:,} ({span(share.low, share.high)}): so many runs cannot rule it out."
        )
    return f"{_say(share)} In words: {words(share.value)}."


def _say(share: Estimate) -> str:
    return f"{about(share)} ({span(share.low, share.high)})."
