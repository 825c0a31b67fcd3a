"""The exit ticket: what everybody answers alone before leaving."""

from __future__ import annotations

from wargame.classroom.lesson.plan import Plan
from wargame.engine.results import Results
from wargame.findings import Estimate
from wargame.show.sheets.html import NOTICE
from wargame.show.sheets.sheet import Block, Box, Lines, Sheet, Text
from wargame.show.words import about

SHORT = (1, 3)
"""The questions of a ticket for which there are three minutes; otherwise all four."""


def questions(plan: Plan) -> tuple[int, ...]:
    """Return the numbers of the questions that a lesson has time for."""
    return SHORT if plan.minutes <= 50 else (1, 2, 3, 4)


def exit_ticket(results: Results, plan: Plan) -> Sheet:
    """Write two or four questions to answer alone, two tickets to a page.

    Parameters
    ----------
    results : Results
        Of the scenario as it is.
    """
    name, share = asked_outcome(results)
    years = max(2, round(1 / share.value))
    asked: dict[int, tuple[Block, ...]] = {
        1: (
            Text(
                f"In the simulation, {name} was the worst that happened in {about(share)} "
                "histories. Mark what follows. (a) That is the chance of it next year. "
                "(b) Under the scenario's assumptions, that share of simulated runs "
                f"ended so. (c) It will happen about once in {years} years.",
                lead="1.",
            ),
        ),
        2: (
            Text(
                "Ten times as many runs would make its interval ........ and the model ........",
                lead="2.",
            ),
        ),
        3: (
            Text(
                "One act in our game that was read as something else, or might have been, "
                "and what would have corrected it:",
                lead="3.",
            ),
            Lines(3),
        ),
        4: (
            Text(
                "Before I used such a number to speak about the real world, I would need to know:",
                lead="4.",
            ),
            Lines(3),
        ),
    }
    box = Box(
        "Exit ticket     Name or number: ..............................",
        (
            *(block for number in questions(plan) for block in asked[number]),
            Text(NOTICE, small=True),
        ),
        "cut",
    )
    pages = -(-plan.students // 2)
    copies = f"{pages} (2 tickets a page)"
    return Sheet("exit_ticket", "Exit ticket", "For everybody", copies, (box, box), "one_page")


def asked_outcome(results: Results) -> tuple[str, Estimate]:
    """Return the outcome the exit ticket asks about: the severest that is not rare."""
    shares = results.outcomes()
    usual = [name for name, share in shares.items() if share.value >= 0.02]
    return usual[-1], shares[usual[-1]]
