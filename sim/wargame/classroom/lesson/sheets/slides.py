"""What is shown on the wall: nothing that is confidential."""

from __future__ import annotations

from wargame.classroom.lesson.plan import TURN_STEPS, Plan
from wargame.classroom.lesson.sheets.guide import objectives
from wargame.classroom.lesson.sheets.handouts import (
    Level,
    ladder,
    outcome_rows,
    span_words,
    weeks,
)
from wargame.engine.results import Results
from wargame.scenario.schema import Scenario
from wargame.show.sheets.sheet import Block, Break, Figure, Heading, Items, Sheet, Table, Text
from wargame.show.words import percent, span


def slides(scenario: Scenario, plan: Plan, results: Results, level: Level) -> Sheet:
    """Write what is shown on the wall; nothing that is confidential.

    Parameters
    ----------
    results : Results
        Of the scenario as it is.
    """
    blocks: list[Block] = [
        Text(scenario.summary),
        Break(),
        Heading("Today"),
        Items(tuple(("", text) for text in objectives(scenario, level))),
        Break(),
        Heading("Your guess, in writing, before anything else"),
        Text(
            f"The same {span_words(scenario)} were simulated {results.replications:,} times. What "
            "share ended with each of these as the worst that happened?"
        ),
        Table(
            ("worst that happens", "what that means"),
            tuple((name, meaning) for name, meaning, _ in outcome_rows(results)),
            (2, 5),
        ),
        Break(),
        Heading("The ladder"),
        ladder(scenario),
        Text("Nobody has to climb it step by step. Holding is always allowed."),
        Break(),
        Heading("A turn"),
        Items(
            (
                ("News.", "Read your cards. Say nothing."),
                ("Plan and talk.", "One action or hold; how you answer."),
                ("Ruling.", "Slips, all at once. The umpire throws dice; yours comes back: this "
                 "is how it looks."),
                ("Answers.", "One at most, as marked; or take up an offer."),
                ("Reading out.", "What was really done; then the tracker."),
            ),
            ordered=True,
        ),
        Text("Anybody may say 'pause'. Play governments with reasons."),
    ]  # fmt: skip
    minutes = "Minutes: " + "; ".join(
        f"{step.lower()} {length}" for step, length in zip(TURN_STEPS, plan.turn_steps, strict=True)
    )
    for turn in plan.spans:
        blocks += [
            Break(),
            Heading(f"Turn {turn.number}"),
            Text(weeks(scenario, turn) + "."),
            Items(
                (
                    ("", "What do you know, and how sure are you?"),
                    ("", "What will they take your act for?"),
                    ("", "What do you do if you are wrong?"),
                )
            ),
            Text(minutes + ".", small=True),
        ]
    blocks += [
        Break(),
        Heading("Out of the role"),
        Text("Stand up. Change seats. One sentence as yourself."),
        Items((("What happened?", ""), ("So what?", ""), ("Now what?", "")), ordered=True),
        Break(),
        Heading("Your guess against the simulation"),
        Table(
            ("worst that happened", "share of simulated histories", "95% interval"),
            tuple(
                (
                    name,
                    percent(share.value) if share.count else "none seen",
                    span(share.low, share.high),
                )
                for name, _, share in outcome_rows(results)
            ),
            (3, 4, 3),
        ),
        Break(),
        Heading("The same, on a scale that shows rare things"),
        Figure("outcomes", figure_words(results)),
        *_disputed(scenario),
        Break(),
        Heading("What it cannot tell"),
        Items(
            (
                ("", "When, and whether: it has no date and no forecast in it."),
                ("", "What rests on no case at all: an outcome never seen rests on assumptions."),
                ("", "Whoever is not at the table."),
            )
        ),
        Text("Exit ticket: alone, in writing."),
    ]
    return Sheet("slides", scenario.title, "Slides", "-", tuple(blocks), "slides")


def _disputed(scenario: Scenario) -> tuple[Block, ...]:
    """Return a slide with the scenario's disputed claims, without what would follow from them."""
    claims = scenario.teaching.claims if scenario.teaching is not None else ()
    if not claims:
        return ()
    return (
        Break(),
        Heading("Disputed: what would change if it were so?"),
        Items(tuple(("", claim.says) for claim in claims)),
        Text("More often, less often, or no clear difference? And what would show that it is so?"),
    )


def figure_words(results: Results) -> str:
    """Say in words what the figure of outcomes shows, for those who do not see it.

    Parameters
    ----------
    results : Results
        Of the scenario as it is.
    """
    said = [
        f"{name} {percent(share.value)}" if share.count else f"{name} in none"
        for name, share in results.outcomes().items()
    ]
    return f"Shares of {results.replications:,} simulated histories: {', '.join(said)}."
