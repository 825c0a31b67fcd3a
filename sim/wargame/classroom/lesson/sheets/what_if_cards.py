"""The what-if cards: questions for groups, and their answers for the teacher."""

from __future__ import annotations

from wargame.classroom.lesson.plan import Plan
from wargame.classroom.lesson.sheets.guide import TEACHER
from wargame.classroom.whatif.counterfactuals import RULES, Counterfactual, in_words, points
from wargame.scenario.ladder import RUNGS
from wargame.scenario.schema import Scenario
from wargame.show.sheets.html import NOTICE
from wargame.show.sheets.sheet import Block, Box, Lines, Sheet, Text
from wargame.show.words import about, percent

_GROUP = 4
_GUESS = "more often   /   less often   /   no clear difference"


def cards(scenario: Scenario, plan: Plan, chosen: tuple[Counterfactual, ...]) -> Sheet:
    """Write the what-if cards: questions with room for a guess.

    Parameters
    ----------
    chosen : tuple of Counterfactual
        Those on cards.
    """
    blocks: list[Block] = []
    for number, item in enumerate(chosen, 1):
        blocks.append(
            Box(
                f"What if, card {number}",
                (
                    Text(_question(scenario, item)),
                    Text(_GUESS, lead="Your guess (mark one):"),
                    Text("", lead="Because:"),
                    Lines(1),
                    Text(NOTICE, small=True),
                ),
                "cut",
            )
        )
    groups = -(-plan.students // _GROUP)
    each = f"{groups} (one for every {_GROUP} people)" if groups > 1 else "1"
    return Sheet("what_if_cards", "What-if cards", "For groups", each, tuple(blocks))


def card_answers(chosen: tuple[Counterfactual, ...]) -> Sheet:
    """Write the answers to the what-if cards.

    Parameters
    ----------
    chosen : tuple of Counterfactual
        Those on cards.
    """
    blocks = tuple(
        Box(f"Answer to card {number}", (*_answer(item),), "cut")
        for number, item in enumerate(chosen, 1)
    )
    return Sheet("what_if_answers", "What-if answers", TEACHER, "1", blocks)


def _question(scenario: Scenario, item: Counterfactual) -> str:
    return (
        f"Suppose {scenario.actors[item.actor].name} had {RULES[item.rule][1]}, in every turn. "
        f"Without that, {about(item.before)} histories reach rung {item.level} "
        f"({RUNGS[item.level]}) or above. How often would they then?"
    )


def _answer(item: Counterfactual) -> tuple[Block, ...]:
    change = points(item.difference.value)
    low, high = points(item.difference.low), points(item.difference.high)
    why = {
        "never_opens": "Who never opens still answers, and is still answered: what goes away is "
        "the beginnings it made.",
        "lets_pass": "An act without an answer has no chain. But what opened was going to happen "
        "anyway, and offers to step back pass unanswered, too.",
        "one_lower": "Answering every time, but below, gives up the chance to let things pass and "
        "takes the steam out of chains: the two pull against each other.",
        "one_higher": "Each answer is a new provocation one rung up, and the other side answers in "
        "kind: few exchanges need many steps.",
    }[item.rule]
    if item.difference.verdict == "no clear difference":
        why = (
            "The interval holds zero. That does not say there is no effect: it says that it is "
            "too small to be told from luck with so many runs. Most parties are seldom the ones on "
            "whom it turns."
        )
    return (
        Text(
            f"{percent(item.before.value)} without, {percent(item.after.value)} with the change: "
            f"{change} percentage points (95% interval {low} to {high}), the same luck in both, "
            f"{item.before.n:,} histories each.",
            lead=f"{in_words(item).capitalize()}.",
        ),
        Text(why),
        Text(NOTICE, small=True),
    )
