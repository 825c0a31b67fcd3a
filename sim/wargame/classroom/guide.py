"""What the teacher needs before and during the lesson: timetable, guide, rubric, index."""

from __future__ import annotations

from wargame.analysis.wording import percent
from wargame.classroom.dice import CHANCES, at_least, misreading, slips
from wargame.classroom.flags import flag_rows
from wargame.classroom.handouts import (
    RULES_CHECK,
    Level,
    cards_of,
    weeks,
)
from wargame.classroom.narrative import join_words
from wargame.classroom.sheet import Block, Heading, Items, Sheet, Table, Text
from wargame.classroom.timetable import Plan
from wargame.engine.results import Results
from wargame.scenario.schema import Scenario, Teaching

__all__ = ["TEACHER", "guide", "index", "objectives", "rubric", "timetable"]

TEACHER = "For the teacher"
_OBJECTIVES = (
    "Tell apart how often incidents happen from how far they go.",
    "Show with one example from play how an act was read as something it was not meant to be.",
    "Read an interval, and say what a simulation cannot tell.",
)


def index(scenario: Scenario, plan: Plan, results: Results, level: Level) -> Sheet:
    """Write the page to open first; the list of files is put under it.

    Parameters
    ----------
    scenario : Scenario
    plan : Plan
    results : Results
        Of the scenario as it is.
    level : {"basic", "advanced"}
    """
    steps = (
        ("Read", "the facilitator guide and the debrief: half an hour."),
        ("Print", "what the table below says, role sheets on paper of another colour. Every sheet "
         "is there as a PDF for the printer and as a page for the screen."),
        ("Show", "the slides from this machine. Nothing here needs a network."),
        ("Keep back", "role sheets, cards with news and everything marked for the teacher."),
    )  # fmt: skip
    blocks: list[Block] = [
        Text(scenario.summary),
        Text(
            f"{plan.minutes} minutes, {plan.students} students, {len(plan.spans)} turns, "
            f"{len(plan.tables)} {'game' if len(plan.tables) == 1 else 'games side by side'}, "
            f"level {level}. Numbers come from {results.replications:,} simulated histories with "
            f"seed {results.seed}."
        ),
        Heading("What students can do afterwards"),
        Items(tuple(("", text) for text in objectives(scenario, level))),
        Heading("What to do"),
        Items(steps, ordered=True),
    ]
    title = f"A lesson of {plan.minutes} minutes"
    return Sheet("index", title, TEACHER, "-", tuple(blocks))


def objectives(scenario: Scenario, level: Level) -> tuple[str, ...]:
    """Return what the lesson is for: the scenario's, or general ones; three at basic level.

    Parameters
    ----------
    scenario : Scenario
    level : {"basic", "advanced"}
    """
    own = _teaching(scenario).objectives or _OBJECTIVES
    return own[:3] if level == "basic" else own


def timetable(scenario: Scenario, plan: Plan) -> Sheet:
    """Write minutes, weeks, cards and seats on one page.

    Parameters
    ----------
    scenario : Scenario
    plan : Plan
    """
    rows = [
        (f"{slot.start} to {slot.start + slot.minutes}", str(slot.minutes), slot.title, slot.doing)
        for slot in plan.slots
    ]
    rows.append(("all", str(sum(slot.minutes for slot in plan.slots)), "The lesson", ""))
    spans = tuple(
        (
            str(span.number),
            weeks(scenario, span),
            "; ".join(_card(scenario, card.audience, card.id) for card in cards_of(scenario, span))
            or "none",
        )
        for span in plan.spans
    )
    seats = tuple(
        (f"{number}", *(str(size) if size else "facilitator" for size in table.values()))
        for number, table in enumerate(plan.tables, 1)
    )
    blocks: list[Block] = [
        Table(
            ("from the bell", "minutes", "part", "what happens"), tuple(rows), (1.6, 1.1, 2.2, 9)
        ),
        Heading("What each turn stands for, and its cards"),
        Table(("turn", "weeks", "cards with news, and for whom"), spans, (0.8, 4, 9)),
        Heading("Who sits where: people in each team"),
        Table(("game", *(actor.name for actor in scenario.actors.values())), seats),
        Text(
            "Teams of three to five work best; larger ones leave people watching. Parallel games "
            "are an experiment of their own: compare how they ended before anybody explains why. "
            "A team that is missing holds, and answers one rung lower."
        ),
    ]
    return Sheet("timetable", "Timetable", TEACHER, "1", tuple(blocks), "one_page")


def guide(scenario: Scenario, plan: Plan, level: Level) -> Sheet:
    """Write how to run the game: set-up, adjudication with dice, care, and what may go wrong.

    Parameters
    ----------
    scenario : Scenario
    plan : Plan
    level : {"basic", "advanced"}
    """
    war = scenario.world.war_from_strikes.value
    blocks: list[Block] = [
        Heading("What this is for"),
        Items(tuple(("", text) for text in objectives(scenario, level))),
        Heading("Before the day"),
        Items(_before(plan)),
        Heading("The first minutes decide"),
        Text(
            "The commonest complaint about games like this one is that the rules were unclear and "
            "everything ended in war. Do not open turn 1 before every team has read its sheet, "
            "shared out the jobs and answered the rules check. The answers:"
        ),
        Items(tuple((question, answer) for question, answer in RULES_CHECK), ordered=True),
        Heading("A turn, step by step"),
        Items(_TURN, ordered=True),
        *_standing(scenario, plan, level),
        Heading("Dice: how an act is read"),
        Text(
            "Throw two dice for each act and each party it is aimed at. The team hears only the "
            "rung as read. Dice hold the model's chances roughly."
        ),
        Table(
            ("who reads", "one rung too high", "one rung too low", "chance of each"),
            tuple(_reading(party.name, party.misperception.value) for party in
                  scenario.actors.values()),
            (3, 2, 2, 2),
        ),
        Heading("Dice: whether an act goes further than meant"),
    ]  # fmt: skip
    rows = slips(scenario)
    if rows:
        head = ("party", "action", "in the model", "dice", "then rung")
        blocks.append(Table(head, rows, (2, 5, 1.6, 1.6, 1.4)))
    else:
        blocks.append(Text("In this scenario no act does."))
    if _reaches(scenario, 7):
        blocks.append(
            Text(
                f"If the highest rung of a turn is 7, throw once: at {at_least(war)} or more it "
                f"becomes war ({percent(war)} in the model) and the game is over. Say so quietly; "
                "a game that ends in war early has the longest debrief.",
                lead="From strikes to war.",
            )
        )
    blocks += [
        Heading("Agreements"),
        Text(
            "An act on rung -2 that its target answers on rung -1 or below is an agreement. Write "
            "it on the tracker. While it lasts, both sides may speak first in the next turn; an "
            f"act on rung {scenario.world.agreement.broken_by} or above between them breaks it."
        ),
        Heading("If something goes wrong"),
        Items(_TROUBLE),
        Heading("Care"),
        Items(_CARE),
        Heading("What is not at the table"),
        Text(
            "States are single decision-makers here, and whoever is not among the parties "
            f"({join_words([party.name for party in scenario.actors.values()])}) is left out, "
            "China too where it is not named; so are publics, firms, quarrels inside governments. "
            "Students will ask. It is the right question: which conclusion would it change first?"
        ),
    ]
    if level == "advanced":
        blocks += [
            Heading("Going further with the program"),
            Text(
                "Disputed claims are switches. Hold the same scenario under two theories on the "
                "same luck with: wargame compare SCENARIO --theory spiral --theory deterrence. Let "
                "each team change one number it does not believe (wargame run SCENARIO --set "
                "PATH=VALUE) and defend the change before it sees the result."
            ),
        ]
    return Sheet("guide", "Facilitator guide", TEACHER, "1", tuple(blocks))


_TURN = (
    ("News.", "Hand out the cards of the turn. Cards for one team are for that team only."),
    ("Plan and talk.", "Teams write their slip: an action or hold, and how they answer."),
    ("Collect all slips at once.", "A team without a slip holds and lets everything pass."),
    ("Read out the acts.", "Check each: is it on the menu, is its condition met? If not, the team "
     "holds. Dice: does it go further than meant?"),
    ("Read it as they read it.", "Dice for each party it is aimed at: tell that team on which rung "
     "it reads the act. Do not tell the others."),
    ("Answers.", "Each team that was acted upon answers once, the severest act first, as its slip "
     "says: with an action on its menu that may be aimed at the sender, as near as it has to the "
     "rung read, or one below or above. An ally of the target may answer for it."),
    ("A second round of answers", "only if an answer stood on rung 5 or above, and no third one."),
    ("Write it down.", "Highest rung, who began, how it was read, who answered. Then the next "
     "turn."),
)  # fmt: skip

_TROUBLE = (
    ("Too slow.", "Drop the cards of the last turn, never the debrief."),
    ("Nothing happens.", "That is a result: most weeks are like this. Play a card and go on."),
    ("Everything explodes.", "Ask each team to read aloud its own first sentence of aims. Then ask "
     "who gains. Then go on."),
    ("A team argues with a ruling.", "Write the objection on the tracker and go on; you may "
     "overrule the dice once, with the reason written down, and it is discussed at the end."),
    ("Somebody is away.", "A team of one plays. An empty team holds and answers one rung lower."),
)  # fmt: skip

_CARE = (
    ("Say 'pause'.", "Anybody may, without a reason. Stop, ask what is needed, go on or do not."),
    ("Governments, not peoples.", "No accents, no costumes, no jokes about hunger or hair."),
    ("The dead count.", "Read out deaths in the same voice as everything else, and write them "
     "down."),
    ("Out of the role.", "Begin the debrief by having all stand up, change seats and say one "
     "sentence as themselves."),
)  # fmt: skip


def _before(plan: Plan) -> tuple[tuple[str, str], ...]:
    games = len(plan.tables)
    reading = "Hand out the briefing a lesson earlier" + (
        ": fifty minutes do not hold the reading." if plan.minutes <= 50 else ", if you can."
    )
    return (
        ("Print", "what the index lists. Role sheets in envelopes, one a team."),
        ("Reading.", reading),
        (
            "Room.",
            f"{games} {'game' if games == 1 else 'games'}: teams around the walls, the tracker "
            "where all of a game can see it, two dice and somebody who reads the table of dice "
            "for each game.",
        ),
        ("Put teams together", "by lot. Nobody has to play a country they have to live with."),
    )


def _standing(scenario: Scenario, plan: Plan, level: Level) -> tuple[Block, ...]:
    """Return how flags stand and who changes them; nothing for a scenario without any."""
    rows = flag_rows(scenario, plan, level)
    if not rows:
        return ()
    return (
        Heading("How things stand at the start"),
        Text(
            "Some actions are on offer only while one of these holds. Say how they stand before "
            "turn 1 and at every change; the tracker has room for it. What an action changes "
            "counts from the next turn on; what the calendar changes counts in its turn, and what "
            "it both begins and ends in one turn holds in that turn."
        ),
        Table(("what", "at the start", "what changes it"), rows, (2.4, 1.3, 8)),
    )


def _reading(name: str, spread: float) -> tuple[str, str, str, str]:
    least = misreading(spread)
    if least > 12:
        return name, "never", "never", "0%"
    return name, f"{least} or more", f"{14 - least} or less", percent(CHANCES[least])


def _reaches(scenario: Scenario, rung: int) -> bool:
    return any(
        action.rung >= rung or (action.slip is not None and action.slip.rung >= rung)
        for party in scenario.actors.values()
        for action in party.actions
    )


def rubric() -> Sheet:
    """Write how written work after the lesson is marked: four criteria, four levels."""
    rows = (
        ("Evidence from play", "names turns, acts and how they were read, with the log",
         "names acts, not how they were read", "speaks of the game in general", "none"),
        ("Cause", "tells how often from how far, and luck from decision; uses a what-if card",
         "one of the two, with an example", "asserts a cause", "none"),
        ("The other side", "gives every party a reason its government would accept",
         "most of them", "one side only", "caricature"),
        ("What numbers can say", "reads share and interval rightly; names an assumption that "
         "matters and how to test it", "reads them rightly", "repeats a number",
         "takes a share for a forecast"),
    )  # fmt: skip
    blocks: list[Block] = [
        Text(
            "For a reflection of 500 to 750 words: which decision in your game mattered most, and "
            "how would you know? Winning is not marked; nor is peace."
        ),
        Table(("", "4", "3", "2", "1"), rows, (2, 4, 3, 2.4, 2)),
        Heading("Marks"),
        Text(
            "16 to 14 excellent, 13 to 11 good, 10 to 8 sufficient, below 8: talk. Hand the rubric "
            "out with the task."
        ),
        Heading("Each for the others"),
        Text(
            "In the team, everybody writes two sentences on what each other member did for the "
            "decision. Read them; mark only who wrote none."
        ),
    ]
    return Sheet("rubric", "Rubric", TEACHER, "1 (and with the task)", tuple(blocks), "one_page")


def _card(scenario: Scenario, audience: tuple[str, ...], name: str) -> str:
    readers = join_words([scenario.actors[actor].name for actor in audience]) or "all"
    return f"{name.replace('_', ' ')} ({readers})"


def _teaching(scenario: Scenario) -> Teaching:
    assert scenario.teaching is not None  # held by wargame.classroom.lesson
    return scenario.teaching
