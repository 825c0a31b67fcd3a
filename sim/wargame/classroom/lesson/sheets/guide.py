"""The facilitator guide: how to run the game, what the dice stand for, what may go wrong."""

from __future__ import annotations

from wargame.classroom.lesson.dice import at_least, readings, slips
from wargame.classroom.lesson.flags import FLAG_HEADERS, flag_rows
from wargame.classroom.lesson.plan import TURN_STEPS, Plan
from wargame.classroom.lesson.sheets.game_sheets import FLAG_RULE
from wargame.classroom.lesson.sheets.handouts import RULES_CHECK, Level
from wargame.classroom.lesson.sheets.umpire import reaches
from wargame.scenario.schema import Scenario, Teaching
from wargame.show.sheets.sheet import Block, Heading, Items, Sheet, Table, Text
from wargame.show.words import join_words, percent

TEACHER = "For the teacher"
_OBJECTIVES = (
    "Tell apart how often incidents happen from how far they go.",
    "Show with one example from play how an act was read as something it was not meant to be.",
    "Read an interval, and say what a simulation cannot tell.",
)


def objectives(scenario: Scenario, level: Level) -> tuple[str, ...]:
    """Return what the lesson is for: the scenario's, or general ones; three at basic level."""
    own = _teaching(scenario).objectives or _OBJECTIVES
    return own[:3] if level == "basic" else own


def guide(scenario: Scenario, plan: Plan, level: Level) -> Sheet:
    """Write how to run the game: set-up, adjudication with dice, care, and what may go wrong."""
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
        Text(
            "The ruling sheet has the whole turn on one page, with the dice; the umpire's menus "
            "have every act by its number. " + _umpires(plan)
        ),
        Items(_turn(plan), ordered=True),
        *_standing(scenario, plan, level),
        Heading("What the dice stand for"),
        Text(
            "In the model every act is read with an error by each party it is aimed at. On paper "
            "one throw a team and turn stands for all that it reads in it. A turn stands for "
            f"{_length(scenario, plan)}, so a throw misreads somewhat oftener than the model "
            "misreads a single act. Errors of two rungs are left to the model."
        ),
        Table(
            ("who reads", "one rung too high", "one rung too low", "chance of each",
             "in the model, each act"),
            readings(scenario),
            (3, 2, 2, 1.8, 2.4),
        ),
        *_further(scenario, level),
        Text(
            "The table of dead is the model's rule at the middle of what each throw stands for: "
            "small clashes are commoner than large ones.",
            lead="Deaths.",
        ),
    ]  # fmt: skip
    if reaches(scenario, 7):
        war = scenario.world.war_from_strikes.value
        blocks.append(
            Text(
                f"If the highest rung of a turn is 7 as done, throw once: at {at_least(war)} or "
                f"more it becomes war ({percent(war)} in the model). A turn with rung 8 in it is "
                "war, too. The turn is read out to its end, then the game is over. Say so quietly; "
                "a game that ends in war early has the longest debrief.",
                lead="War.",
            )
        )
    blocks += [
        Heading("Agreements"),
        Text(
            "In the model an agreement makes both sides act less often for "
            f"{_weeks(scenario.world.agreement.turns * scenario.turn_days)}. On paper it is a "
            "promise in writing on the wall: an act or answer on rung "
            f"{scenario.world.agreement.broken_by} or above between the two breaks it, and "
            "everybody sees who did."
        ),
        Heading("If something goes wrong"),
        Items(_TROUBLE),
        Heading("Care"),
        Items(_CARE),
        Heading("What is not at the table"),
        Text(
            "Not in the game on paper are the model's stocks, its finer measure of tension, chains "
            "of answers, most of the weeks. A question about one of these needs a history from the "
            "program: wargame replay."
        ),
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
                "same luck: wargame compare, with the theories spiral and deterrence. Let "
                "each team change one number it does not believe (wargame run, with "
                "that number set) and defend the change before it sees the result."
            ),
        ]
    return Sheet("guide", "Facilitator guide", TEACHER, "1", tuple(blocks))


def _turn(plan: Plan) -> tuple[tuple[str, str], ...]:
    """Return the steps of a turn with their minutes, as the ruling sheet has them, for reading."""
    told = (
        "Read out the news for all; hand out the cards that are for one team only.",
        "Teams write the upper half of their slip. The umpire throws how each team reads in this "
        "turn, and tells nobody.",
        "All slips at once. Whoever an act is aimed at gets the slip back with a number in the "
        "column of the one who acted: the rung as that team sees it. So nobody hears what another "
        "team reads. Meanwhile teams go on talking.",
        "One answer a team at most; the slips come in a second time. Answers are not answered: "
        "the model lets chains go on, here that is the next turn.",
        "What was really done, in one voice; then the dead, the highest rung, agreements, what "
        "holds now.",
    )
    return tuple(
        (f"{step} ({minutes} min).", words)
        for step, minutes, words in zip(TURN_STEPS, plan.turn_steps, told, strict=True)
    )


def _umpires(plan: Plan) -> str:
    if any(plan.umpires):
        return (
            "Students are the umpires (the timetable says how many): give them both sheets a day "
            "before. Of two, one rules and one keeps the tracker. A game that is over early writes "
            "down which turn it would take back."
        )
    return "You are the umpire; somebody to keep the tracker helps."


def _length(scenario: Scenario, plan: Plan) -> str:
    return _weeks(scenario.turns * scenario.turn_days / len(plan.spans))


def _weeks(days: float) -> str:
    return f"about {round(days / 7)} weeks" if days >= 14 else f"about {round(days)} days"


def _further(scenario: Scenario, level: Level) -> tuple[Block, ...]:
    rows = slips(scenario, level)
    if not rows:
        return ()
    return (
        Text("Some acts on the menus, marked * there, can go further than meant."),
        Table(
            ("no.", "action", "in the model", "dice", "then rung"), rows, (0.8, 8, 1.5, 1.5, 1.2)
        ),
    )


_TROUBLE = (
    ("Too slow.", "The first turn is the slowest. Drop the cards of the last turn or the whole "
     "last turn, never the debrief."),
    ("Nothing happens.", "That is a result: most weeks are like this. Play a card and go on."),
    ("Everything explodes.", "Ask each team to read aloud its own first sentence of aims. Then ask "
     "who gains. Then go on."),
    ("A team argues with a ruling.", "Write the objection on the tracker and go on; you may "
     "overrule the dice once, with the reason written down, and it is discussed at the end."),
    ("Somebody is away.", "A team of one plays. An empty team holds and lets everything pass."),
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
        ", and role sheets, too, if teams can be made then: fifty minutes do not hold the reading."
        if plan.minutes <= 50
        else ", if you can."
    )
    return (
        (
            "Print",
            "what the index lists. Role sheets of a team go into an envelope, one sheet each.",
        ),
        ("Reading.", reading),
        (
            "Room.",
            f"{games} {'game' if games == 1 else 'games'}: teams around the walls, the tracker "
            "where all of a game can see it; the umpire's sheets on a table of their own.",
        ),
        (
            "Bring",
            "for each game two dice and a coin; envelopes for the role sheets; scissors and tape.",
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
            f"turn 1 and at every change; the tracker has them, too. {FLAG_RULE}"
        ),
        Table(FLAG_HEADERS, rows, (3, 1.6, 3, 4)),
    )


def _teaching(scenario: Scenario) -> Teaching:
    assert scenario.teaching is not None  # held by wargame.classroom.lesson.lesson
    return scenario.teaching
