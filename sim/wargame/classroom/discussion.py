"""The debrief: what the simulation says about this scenario, and the what-if cards."""

from __future__ import annotations

from wargame.analysis.baserates import base_rates
from wargame.analysis.wording import about, percent, span
from wargame.classroom.counterfactuals import RULES, Counterfactual, in_words, points
from wargame.classroom.guide import TEACHER
from wargame.classroom.handouts import Level, outcome_rows
from wargame.classroom.sheet import (
    Block,
    Box,
    Break,
    Figure,
    Heading,
    Items,
    Lines,
    Sheet,
    Table,
    Text,
)
from wargame.classroom.slides import figure_words
from wargame.classroom.timetable import Plan
from wargame.classroom.web import NOTICE
from wargame.engine.results import Results
from wargame.scenario.schema import RUNGS, Scenario

__all__ = ["cards", "debrief"]

_QUESTIONS = (
    "Which single decision in your history mattered most, and how do you know it was not luck?",
    "Where did somebody answer an act that was not meant the way it was read?",
    "What would you need to know before you used any of these shares to speak about next year?",
)
_GUESS = "more often   /   less often   /   no clear difference"


def debrief(
    scenario: Scenario,
    plan: Plan,
    level: Level,
    results: Results,
    found: tuple[Counterfactual, ...],
) -> Sheet:
    """Write the teacher's path through the debrief, with every number it needs.

    Parameters
    ----------
    scenario : Scenario
    plan : Plan
    level : {"basic", "advanced"}
    results : Results
        Of the scenario as it is.
    found : tuple of Counterfactual
        All that were run.
    """
    assert scenario.teaching is not None  # held by wargame.classroom.lesson
    questions = scenario.teaching.questions or _QUESTIONS
    if level == "basic":
        questions = questions[:4]
    length = next(slot.minutes for slot in plan.slots if slot.title == "Debrief")
    parts = _parts(length)
    steps = (
        (f"Out of the role ({parts[0]} min).", "Change seats. One sentence each as yourself: what "
         "surprised you?"),
        (f"What happened ({parts[1]} min).", "Tell the game from the tracker, no reasons yet. Open "
         "the role sheets: every team reads its first confidential sentence."),
        (f"So what ({parts[2]} min).", "Guesses against the simulation, then the what-if cards: "
         "guess first, card second."),
        (f"Now what ({parts[3]} min).", "Two of the questions below; then what no simulation can "
         "say."),
    )  # fmt: skip
    records = base_rates(scenario)
    rows = tuple(
        (
            name,
            meaning,
            percent(share.share) if share.count else "none seen",
            span(share.low, share.high),
            f"{percent(records[name].share)} ({span(records[name].low, records[name].high)})"
            if name in records
            else "-",
        )
        for name, meaning, share in outcome_rows(results)
    )
    blocks: list[Block] = [
        Items(steps, ordered=True),
        Heading("The simulation"),
        Table(
            ("worst that happened", "what that means", "share", "95% interval", "from the record"),
            rows,
            (2, 4.4, 1.4, 2.3, 3),
        ),
        Text(
            f"Of {results.replications:,} simulated histories, seed {results.seed}. The interval "
            "covers the luck of a finite number of runs and nothing else. 'From the record': what "
            "the historical rate gives for the same span, where there is one. The record has no "
            "war since 1953: its figure for war is what so long a time without one still allows, "
            "not something seen. An outcome never seen rests on assumptions alone.",
            small=True,
        ),
        Figure("outcomes", figure_words(results)),
        Text(
            "Where does your game stand in the table? One game is one history: it can no more "
            "refute the table than prove it. Ask instead which of its turns could have gone "
            "otherwise.",
            lead="The class's own game.",
        ),
        Heading("Questions"),
        Items(tuple(("", text) for text in questions), ordered=True),
        Break(),
        Heading("What-if: one party under another rule, all else and all luck equal"),
        Text(
            f"Share of histories that reach rung {found[0].level} ({RUNGS[found[0].level]}) or "
            f"above; without a change {percent(found[0].before.share)} "
            f"({span(found[0].before.low, found[0].before.high)})."
        ),
        Table(
            ("if", "had", "share then", "change, points", "95% interval"),
            tuple(_row(scenario, item) for item in found),
            (2, 6.2, 1.4, 1.6, 2.2),
        ),
        Text(
            f"{len(found)} comparisons: at 95% about one in twenty would leave out zero by luck "
            "alone. A rule holds for all turns; the other parties do not learn of it.",
            small=True,
        ),
    ]
    return Sheet("debrief", "Debrief", TEACHER, "1", tuple(blocks))


def cards(scenario: Scenario, chosen: tuple[Counterfactual, ...]) -> Sheet:
    """Write the what-if cards: questions, and on another sheet of paper the answers.

    Parameters
    ----------
    scenario : Scenario
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
    blocks.append(Break(leaf=True))
    for number, item in enumerate(chosen, 1):
        blocks.append(Box(f"Answer to card {number}", (*_answer(item),), "cut"))
    return Sheet(
        "what_if_cards",
        "What-if cards",
        "Questions for the class, answers for the teacher",
        "questions: 1 a group; answers: 1; one-sided",
        tuple(blocks),
    )


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
            f"{percent(item.before.share)} without, {percent(item.after.share)} with the change: "
            f"{change} percentage points (95% interval {low} to {high}), the same luck in both, "
            f"{item.before.total:,} histories each.",
            lead=f"{in_words(item).capitalize()}.",
        ),
        Text(why),
        Text(NOTICE, small=True),
    )


def _row(scenario: Scenario, item: Counterfactual) -> tuple[str, ...]:
    change = item.difference
    return (
        scenario.actors[item.actor].name,
        RULES[item.rule][1],
        percent(item.after.share),
        points(change.value),
        f"{points(change.low)} to {points(change.high)}",
    )


def _parts(minutes: int) -> tuple[int, int, int, int]:
    """Split the debrief's minutes over its four parts; they add up."""
    first, second, last = max(1, minutes // 10), minutes // 4, minutes // 3
    return first, second, minutes - first - second - last, last
