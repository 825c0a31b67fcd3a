"""What an umpire of a game on paper holds: the ruling sheet of a turn, and all menus by number."""

from __future__ import annotations

from wargame.classroom.lesson.dice import at_least, readings, slips, tolls
from wargame.classroom.lesson.flags import FLAG_HEADERS, flag_rows
from wargame.classroom.lesson.menus import letters_of
from wargame.classroom.lesson.plan import TURN_STEPS, Plan
from wargame.classroom.lesson.sheets.game_sheets import ALLY_RUNG, FLAG_RULE
from wargame.classroom.lesson.sheets.handouts import Level
from wargame.classroom.lesson.sheets.role_sheets import (
    FURTHER,
    MENU_HEADERS,
    MENU_WIDTHS,
    menu_rows,
)
from wargame.scenario.schema import Scenario
from wargame.show.sheets.sheet import Block, Heading, Items, Pair, Sheet, Table, Text
from wargame.show.words import capital

UMPIRE = "For the umpire: secret until the debrief"


def ruling_sheet(scenario: Scenario, plan: Plan, level: Level) -> Sheet:
    """Write the one page an umpire needs in a turn: what to do in which minute, and all dice.

    Parameters
    ----------
    level : {"basic", "advanced"}
        Whose menus.
    """
    rows = tuple((party.name, *[""] * 5) for party in scenario.actors.values())
    reads = Table(
        ("team", "+1", "-1"),
        tuple((who, high, low) for who, high, low, _, _ in readings(scenario)),
        (4, 2.6, 2.6),
    )
    dead = Table(("dice", "rung 6", "rung 7"), tolls(), (3, 2, 2))
    copies = len(plan.tables) * (len(plan.spans) + 1)
    return Sheet(
        "ruling_sheet",
        "Ruling sheet",
        UMPIRE,
        f"{copies} (one a game and turn, one for practice)",
        (
            Text("Game ......   Turn ......   Umpire ...................................."),
            Items(_steps(scenario, plan)),
            Table(
                ("team", "reads", "does, no.", "rung as done", "answers, no.", "rung as done"),
                rows,
                (3, 1.2, 2.2, 1.6, 2.2, 1.6),
                tall=0.8,
            ),
            Pair(
                (Heading("Table 1. How a team reads"), reads),
                (Heading("Table 2. Dead of an act"), dead),
            ),
            Heading("Table 3. Acts and answers that may go further than meant"),
            Items(_further(scenario, level)),
            *_holding(scenario, plan, level),
        ),
        "fit",
    )


def _steps(scenario: Scenario, plan: Plan) -> tuple[tuple[str, str], ...]:
    """Return what the umpire does in a turn, one check a line, with the minutes of each step."""
    minutes = plan.turn_steps
    broken_by = scenario.world.agreement.broken_by
    lines = [
        (
            f"{TURN_STEPS[0]}, {TURN_STEPS[1].lower()} ({minutes[0]} + {minutes[1]} min).",
            "Throw two dice once for each team (table 1): +1, 0 or -1 under 'reads'. Tell nobody.",
        ),
        (
            f"{TURN_STEPS[2]} ({minutes[2]} min).",
            "Collect the slips; teams go on talking. Note each number. The umpire's menus have its "
            "rung and at whom it is aimed: at everybody it names. No slip, or a condition that "
            "does not hold: HOLD, and no answer later.",
        ),
        ("", "Marked *: table 3. Write the rung as done."),
        (
            "",
            "On the slip of each team it is aimed at, under the one who acts: the rung as done "
            "plus that team's 'reads', 1 at least and 8 at most. Acts below 0 as they are, with "
            "their number.",
        ),
        (
            "",
            f"If done on rung {ALLY_RUNG} or above: the same in the second row of those who may "
            "answer for the target, have marked an answer there and are no target themselves.",
        ),
        (
            f"{TURN_STEPS[3]} ({minutes[3]} min).",
            "Hand the slips back; collect them again. A number that does not fit what the slip "
            "says, or whose condition does not hold, is no answer. Table 3 again. Nobody answers "
            "answers.",
        ),
        ("", "For each act and answer done on rung 6 or 7: dead by table 2; on 8 write 1,000."),
    ]
    ending = _endings(scenario)
    if ending:
        lines.append(("", ending))
    return (
        *lines,
        (
            f"{TURN_STEPS[4]} ({minutes[4]} min).",
            "What was done, acts and then answers, not how it was read. On the tracker numbers do: "
            "N20 > S 6. Keep this sheet for the debrief.",
        ),
        (
            "",
            "An offer taken up is an agreement, unless the two also met on rung 4 or above in this "
            f"turn. A later act or answer on rung {broken_by} or above between them breaks it.",
        ),
    )


def umpire_menus(scenario: Scenario, plan: Plan, level: Level) -> Sheet:
    """Write all menus with their numbers, what holds when, and who stands by whom."""
    menus = menu_rows(scenario, level)
    tables: list[tuple[Block, ...]] = [
        (Heading(scenario.actors[actor].name), Table(MENU_HEADERS, rows, MENU_WIDTHS))
        for actor, rows in menus.items()
    ]
    half = _half([len(rows) for rows in menus.values()])
    blocks: list[Block] = [
        Pair(
            tuple(block for table in tables[:half] for block in table),
            tuple(block for table in tables[half:] for block in table),
        )
    ]
    key = "; ".join(
        f"{letter}: {scenario.actors[actor].name}" for actor, letter in letters_of(scenario).items()
    )
    blocks.append(Text(f"{key}. {FURTHER}: table 3 of the ruling sheet."))
    return Sheet(
        "umpire_menus",
        "Umpire's menus",
        UMPIRE,
        f"{len(plan.tables)} (one a game)",
        tuple(blocks),
        "fit",
    )


def _half(lengths: list[int]) -> int:
    """Return after how many menus the second column begins, for columns as even as can be."""
    return min(range(1, len(lengths) + 1), key=lambda n: abs(sum(lengths[:n]) - sum(lengths[n:])))


def _further(scenario: Scenario, level: Level) -> tuple[tuple[str, str], ...]:
    """Return what the dice must show, and the numbers of the acts that then go further."""
    numbers: dict[str, list[str]] = {}
    for number, _, _, dice, rung in slips(scenario, level):
        numbers.setdefault(f"{dice}: rung {rung}.", []).append(number)
    return tuple((lead, f"{', '.join(those)}.") for lead, those in sorted(numbers.items())) or (
        ("", "In this scenario none does."),
    )


def _holding(scenario: Scenario, plan: Plan, level: Level) -> tuple[Block, ...]:
    """Return who may answer for whom, and what holds when."""
    allies = [
        f"for {target.name}: "
        + ", ".join(party.name for party in scenario.actors.values() if name in party.commitments)
        for name, target in scenario.actors.items()
        if any(name in party.commitments for party in scenario.actors.values())
    ]
    blocks: list[Block] = []
    if allies:
        said = "; ".join(allies)
        blocks.append(Text(f"{capital(said)}.", lead="Who may answer for whom."))
    flags = flag_rows(scenario, plan, level)
    if flags:
        blocks += [
            Heading("What holds"),
            Table(FLAG_HEADERS, flags, (2.4, 1.6, 3, 5)),
            Text(FLAG_RULE, small=True),
        ]
    return tuple(blocks)


def _endings(scenario: Scenario) -> str:
    """Say when a turn ends in war, as far as the menus can lead there."""
    said = ""
    if reaches(scenario, 7):
        least = at_least(scenario.world.war_from_strikes.value)
        said = f"Highest rung 7: throw once; {least} or more makes it war (rung 8). "
    if reaches(scenario, 8) or said:
        said += "Rung 8 is war: the game is over when the turn is read out."
    return said


def reaches(scenario: Scenario, rung: int) -> bool:
    """Say whether any action can be done, or can slip, at a rung or above."""
    return any(
        action.rung >= rung or (action.slip is not None and action.slip.rung >= rung)
        for party in scenario.actors.values()
        for action in party.actions
    )
