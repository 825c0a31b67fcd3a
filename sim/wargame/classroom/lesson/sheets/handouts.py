"""What students are given to read: the briefing and the cards with news."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from wargame.classroom.lesson.plan import Plan, Span
from wargame.engine.results import Results
from wargame.findings import Estimate
from wargame.scenario.ladder import NUCLEAR, OUTCOMES, RUNGS
from wargame.scenario.schema import Inject, Scenario, Teaching
from wargame.show.names import day, period
from wargame.show.sheets.html import NOTICE
from wargame.show.sheets.sheet import Block, Box, Heading, Items, Sheet, Table, Text

Level = Literal["basic", "advanced"]
LEVELS: tuple[Level, ...] = ("basic", "advanced")

EVERYBODY = "For everybody"

RULES_CHECK = (
    ("May your team do nothing in a turn?", "Yes. Holding is always allowed, and often wise."),
    (
        "You see an act against you on rung 4. On which rung do you answer?",
        "As you marked beforehand: not at all, or on rung 3, 4 or 5; if your menu has none there, "
        "on the nearest it has. You may always let it pass, or take up an offer instead.",
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
    """Write what everybody reads: the situation, the parties, the ladder, how a turn goes."""
    parties: list[Block] = [
        Box(actor.name, (Text(_teaching(scenario).roles[name].public),))
        for name, actor in scenario.actors.items()
    ]
    steps = (
        ("News.", "Some is read out to all, some comes on a card for your team only."),
        ("Plan and talk.", "Send people or notes to other teams; promises bind nobody. Write a "
         "slip: one action of your menu by its number, or HOLD; how you answer if somebody acts "
         "against you: not at all, one rung lower, at the same rung, one rung higher; and, apart "
         "from that, how if somebody acts on rung 4 or above against a state you stand by."),
        ("Ruling.", "All slips come in at the same time; nothing can be changed then. The umpire "
         "throws dice, in secret: whether an act goes further than meant, and on which rung each "
         "team sees it. Your slip comes back and says what it looks like to you. Go on talking."),
        ("Answers.", "Each team may answer once, as it marked: the gravest act it sees, with the "
         "nearest its menu has towards the one who acted; or it takes up an offer. You may always "
         "let it pass."),
        ("Reading out.", "What was really done is read out. The highest rung and the dead go on "
         "the tracker."),
    )  # fmt: skip
    blocks: list[Block] = [
        Text(scenario.summary),
        Heading("Before anything else: your guess"),
        Text(
            f"The same situation was simulated thousands of times over {span_words(scenario)}. "
            "What share of these histories ends with each as the worst "
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
            tall=0.65,
        ),
        Heading("The parties: what everybody knows of them"),
        Text("Each is written to those who will play it. Their secret aims are not here."),
        *parties,
        Heading("The ladder"),
        Text(
            "Every act stands on a rung. Steps down are below zero. A ladder orders how severe "
            "acts are; the distance between two rungs means nothing, so never average them."
        ),
        ladder(scenario),
        Heading("How a turn goes"),
        Items(steps, ordered=True),
        Text(
            f"There are {len(plan.spans)} turns. Each stands for a part of these weeks: "
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
        EVERYBODY,
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
    """Write the cards in the order in which they are handed out, one for each team that gets it."""
    blocks: list[Block] = []
    for span in plan.spans:
        for card in cards_of(scenario, span):
            date = day(scenario.date_of(card.turn))
            readers = [f"only for {scenario.actors[name].name}" for name in card.audience]
            for reader in readers or ["read out to all"]:
                blocks.append(
                    Box(
                        f"Turn {span.number}: {card.id.replace('_', ' ')} ({reader})",
                        (Text(card.text, lead=f"{date}."), Text(NOTICE, small=True)),
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
    return Sheet("inject_cards", "Cards with news", "For the umpire", each, tuple(blocks))


def cards_of(scenario: Scenario, span: Span) -> tuple[Inject, ...]:
    """Return the cards that fall into a turn of the class, earliest first.

    Parameters
    ----------
    span : Span
        A turn of the class.
    """
    held = [card for card in _teaching(scenario).injects if span.first <= card.turn <= span.last]
    return tuple(sorted(held, key=lambda card: (card.turn, card.id)))


def weeks(scenario: Scenario, span: Span) -> str:
    """Say which days a turn of the class stands for.

    Parameters
    ----------
    span : Span
        A turn of the class.
    """
    return period(scenario, span.first, span.last).partition(": ")[2]


def ladder(scenario: Scenario) -> Table:
    """Return the rungs and what they mean, in two columns.

    Parameters
    ----------
    scenario : Scenario
        Without nuclear weapons the highest rung is left out.
    """
    rungs = [
        (str(rung), RUNGS[rung])
        for rung in sorted(RUNGS)
        if rung < NUCLEAR or scenario.world.nuclear
    ]
    half = -(-len(rungs) // 2)
    second = [*rungs[half:], ("", "")][:half]
    rows = tuple((*one, *other) for one, other in zip(rungs[:half], second, strict=True))
    return Table(("rung", "what", "rung", "what"), rows, (1, 5, 1, 5))


def span_words(scenario: Scenario) -> str:
    """Say how long a history of the scenario is, for example "42 weeks"."""
    days = scenario.turns * scenario.turn_days
    return f"{days // 7} weeks" if days % 7 == 0 else f"{days} days"


def outcome_rows(results: Results) -> Iterable[tuple[str, str, Estimate]]:
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
    assert scenario.teaching is not None  # held by wargame.classroom.lesson.lesson
    return scenario.teaching
