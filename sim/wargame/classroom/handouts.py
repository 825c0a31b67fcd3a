"""What students hold in their hands: briefing, cards, slips, tracker."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from wargame.classroom.narrative import day, join_words, period
from wargame.classroom.sheet import (
    Block,
    Box,
    Heading,
    Items,
    Lines,
    Sheet,
    Table,
    Text,
)
from wargame.classroom.timetable import Plan, Span
from wargame.classroom.web import NOTICE
from wargame.engine.results import Results, Share
from wargame.scenario.schema import OUTCOMES, RUNGS, Inject, Scenario, Teaching

__all__ = [
    "LEVELS",
    "RULES_CHECK",
    "Level",
    "briefing",
    "cards_of",
    "inject_cards",
    "order_slips",
    "outcome_rows",
    "turn_tracker",
    "weeks",
]

Level = Literal["basic", "advanced"]
LEVELS: tuple[Level, ...] = ("basic", "advanced")

_EVERYBODY = "For everybody"
_ANSWERS = "let it pass  /  one lower  /  match it  /  one higher"

RULES_CHECK = (
    ("May your team do nothing in a turn?", "Yes. Holding is always allowed, and often wise."),
    (
        "An act aimed at you is on rung 4. On which rung may you answer?",
        "On any rung your menu has, also below. Nobody has to climb, and nobody has to climb one "
        "step at a time.",
    ),
    (
        "You did something on rung 3. Is that how the others will read it?",
        "Not for certain. The dice decide how it is read; you learn it only from the answer.",
    ),
    (
        "Who may see the framed part of your sheet?",
        "Your team. Others may be told, or lied to, but never shown it.",
    ),
)
"""Questions before the first turn, with their answers."""


def briefing(scenario: Scenario, plan: Plan, level: Level) -> Sheet:
    """Write what everybody reads: the situation, the parties, the ladder, how a turn goes.

    Parameters
    ----------
    scenario : Scenario
    plan : Plan
    level : {"basic", "advanced"}
    """
    parties: list[Block] = [
        Box(f"{actor.name} says", (Text(_teaching(scenario).roles[name].public),))
        for name, actor in scenario.actors.items()
    ]
    steps = (
        ("News.", "Cards with news are handed out; some go to one team only. Read, say nothing."),
        ("Plan.", "Choose one action from your menu, or hold. Choose how you answer if somebody "
         "acts against you: let it pass, one rung lower, match it, one rung higher."),
        ("Talk.", "Send people or notes to other teams. Promises bind nobody; agreements are "
         "possible where your menu offers them."),
        ("Slips.", "All teams hand in their slip at the same time. Nothing can be changed then."),
        ("What happens.", "Acts are read out. Dice say how each act is read by those it is aimed "
         "at, and whether one goes further than meant. Answers follow. The highest rung goes on "
         "the tracker."),
    )  # fmt: skip
    blocks: list[Block] = [
        Text(scenario.summary),
        Heading("Before anything else: your guess"),
        Text(
            f"The same situation was simulated thousands of times over {scenario.turns} turns of "
            f"{scenario.turn_days} days. What share of these histories ends with each as the worst "
            "that happened? Write percentages that add up to 100. Nobody grades them."
        ),
        Table(
            ("worst that happens", "what that means", "your guess", "simulated (later)"),
            tuple(
                (name, _meaning(name), "", "")
                for name in OUTCOMES
                if name != "nuclear use" or scenario.world.nuclear
            ),
            (2, 5, 2, 2),
            tall=0.75,
        ),
        Heading("What the parties say in public"),
        *parties,
        Heading("The ladder"),
        Text(
            "Every act stands on a rung. Steps down are below zero. A ladder orders how severe "
            "acts are; the distance between two rungs means nothing, so never average them."
        ),
        Table(
            ("rung", "what it means"),
            tuple(
                (str(rung), RUNGS[rung])
                for rung in sorted(RUNGS)
                if rung < 9 or scenario.world.nuclear
            ),
            (1, 8),
        ),
        Heading("How a turn goes"),
        Items(steps, ordered=True),
        Text(
            f"There are {len(plan.spans)} turns. Each stands for several weeks of the situation: "
            + "; ".join(f"turn {s.number}, {weeks(scenario, s)}" for s in plan.spans)
            + "."
        ),
        Heading("Rules check: four questions for your team"),
        Items(tuple(("", question) for question, _ in RULES_CHECK), ordered=True),
        Heading("Before you speak for a country"),
        Text(
            "Real people live where this is set, and some may be in the room. Play a government "
            "with reasons, not a caricature: no accents, no insults. Count the dead as dead. "
            "Whoever says 'pause' stops the game for everybody, without giving a reason."
        ),
    ]
    if level == "basic":
        blocks.append(Heading("Words"))
        blocks.append(Items(_WORDS))
    return Sheet(
        "briefing",
        "Briefing",
        _EVERYBODY,
        f"{plan.students} (one each)",
        tuple(blocks),
    )


_WORDS = (
    ("history:", "one run through all the weeks, with its own luck."),
    ("share:", "how many of all simulated histories, as a percentage."),
    ("interval:", "the range a share would mostly fall in if the runs were done again."),
    ("rung:", "a step of the ladder of severity."),
    ("deterrence:", "keeping somebody from acting by the answer they would have to expect."),
    ("ally:", "a state that has promised to help another one when it is attacked."),
)


def inject_cards(scenario: Scenario, plan: Plan) -> Sheet:
    """Write the facilitator's cards, in the order in which they are handed out.

    Parameters
    ----------
    scenario : Scenario
    plan : Plan
    """
    blocks: list[Block] = []
    for span in plan.spans:
        for card in cards_of(scenario, span):
            readers = [scenario.actors[name].name for name in card.audience]
            date = day(scenario.date_of(card.turn))
            blocks.append(
                Box(
                    f"Turn {span.number}: {join_words(readers) if readers else 'all teams'}",
                    (
                        Text(card.text, lead=f"{date}."),
                        Text(NOTICE, small=True),
                    ),
                    "cut",
                )
            )
    if not blocks:
        blocks.append(
            Text(
                "This scenario has no cards of its own. Write one for each turn: a report that "
                "may be wrong, and a question that a team must answer before it acts."
            )
        )
    each = f"{len(plan.tables)} (one a game; cut)"
    return Sheet("inject_cards", "Cards with news", "For the facilitator", each, tuple(blocks))


def order_slips(scenario: Scenario, plan: Plan) -> Sheet:
    """Write a page of slips: one a team and turn.

    Parameters
    ----------
    scenario : Scenario
    plan : Plan
    """
    slip = Box(
        "Game ......   Team ....................................   Turn ......",
        (
            Text("", lead="We do (an action of our menu, or HOLD), aimed at:"),
            Lines(1),
            Text(_ANSWERS, lead="If somebody acts against us (mark one):"),
            Text("", lead="They will probably read our act as rung ......, because:"),
            Lines(1),
            Text(NOTICE, small=True),
        ),
        "cut",
    )
    teams = sum(len(table) for table in plan.tables)
    pages = -(-teams * (len(plan.spans) + 1) // 4)
    return Sheet(
        "order_slips",
        "Order slips",
        "For teams",
        f"{pages} page{'' if pages == 1 else 's'} (4 slips each; one for practice)",
        (slip, slip, slip, slip),
        "one_page",
    )


def turn_tracker(scenario: Scenario, plan: Plan) -> Sheet:
    """Write the page on the wall: what happened in each turn.

    Parameters
    ----------
    scenario : Scenario
    plan : Plan
    """
    rows = tuple((str(s.number), weeks(scenario, s), *[""] * 5) for s in plan.spans)
    strip = tuple(
        f"{rung}" for rung in sorted(RUNGS) if rung != 0 and (rung < 9 or scenario.world.nuclear)
    )
    blocks: list[Block] = [
        Table(
            (
                "turn",
                "weeks",
                "highest rung",
                "who began, with what",
                "read as",
                "who answered, with what",
                "dead",
            ),
            rows,
            (1, 3, 1.6, 4.5, 1.5, 4.5, 1.4),
            tall=9 / len(rows),
        ),
        Heading("Highest rung so far: move a coin"),
        Table(strip, (("",) * len(strip),), tall=1.1),
        Heading("Agreements"),
        Table(("between", "about what", "since turn", "broken in turn"), (("",) * 4,) * 3,
              (3, 6, 2, 2),
              tall=0.9),
        *_flags(scenario),
        Heading("Moments to come back to in the debrief"),
        Lines(3 if scenario.flags else 5),
    ]  # fmt: skip
    return Sheet(
        "turn_tracker",
        "Turn tracker",
        _EVERYBODY,
        f"{len(plan.tables)} (one a game; on the wall)",
        tuple(blocks),
        "one_page",
    )


def _flags(scenario: Scenario) -> tuple[Block, ...]:
    """Return a line to write changes of flags on; nothing for a scenario without any."""
    if not scenario.flags:
        return ()
    stand = "; ".join(
        f"{flag.replace('_', ' ')}: {'yes' if value else 'no'} (since turn ....: ......)"
        for flag, value in scenario.flags.items()
    )
    return (Heading("What holds"), Text(f"{stand}.", lead="At the start:"))


def cards_of(scenario: Scenario, span: Span) -> tuple[Inject, ...]:
    """Return the cards that fall into a turn of the class, earliest first.

    Parameters
    ----------
    scenario : Scenario
    span : Span
        A turn of the class.
    """
    held = [card for card in _teaching(scenario).injects if span.first <= card.turn <= span.last]
    return tuple(sorted(held, key=lambda card: (card.turn, card.id)))


def weeks(scenario: Scenario, span: Span) -> str:
    """Say which days a turn of the class stands for.

    Parameters
    ----------
    scenario : Scenario
    span : Span
        A turn of the class.
    """
    return period(scenario, span.first, span.last).partition(": ")[2]


def outcome_rows(results: Results) -> Iterable[tuple[str, str, Share]]:
    """Yield outcome, what it means, and its share.

    Parameters
    ----------
    results : Results
        Of the scenario as it is.
    """
    for name, share in results.outcomes().items():
        yield name, _meaning(name), share


def _meaning(outcome: str) -> str:
    if outcome == "calm":
        return "no act above rung 3"
    return f"rung {OUTCOMES[outcome]}, {RUNGS[OUTCOMES[outcome]]}"


def _teaching(scenario: Scenario) -> Teaching:
    assert scenario.teaching is not None  # held by wargame.classroom.lesson
    return scenario.teaching
