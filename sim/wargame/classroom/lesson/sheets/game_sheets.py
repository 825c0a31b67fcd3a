"""What teams play a game on paper with: order slips, and the tracker on the wall."""

from __future__ import annotations

from wargame.classroom.lesson.flags import FLAG_HEADERS, flag_rows
from wargame.classroom.lesson.plan import Plan
from wargame.classroom.lesson.sheets.handouts import EVERYBODY, Level, weeks
from wargame.scenario.ladder import ENCROACHMENT, RUNGS, WAR
from wargame.scenario.schema import Scenario
from wargame.show.sheets.html import NOTICE
from wargame.show.sheets.sheet import Block, Box, Heading, Lines, Sheet, Table, Text

ALLY_RUNG = ENCROACHMENT
"""From this rung on, an act counts as one an ally may answer (rule of the game on paper)."""

FLAG_RULE = (
    "What the calendar brings holds for the whole of that turn; what an action changes, from the "
    "next turn on."
)
_SLIPS_PER_PAGE = 3
_ANSWERS = "(  ) let it pass   (  ) one rung lower   (  ) match it   (  ) one rung higher"


def order_slips(scenario: Scenario, plan: Plan) -> Sheet:
    """Write a page of slips: one a team and turn; the lower half comes back from the umpire."""
    names = tuple(party.name for party in scenario.actors.values())
    seen = [("against us", *("",) * len(names))]
    marks: list[Block] = [Text(_ANSWERS, lead="If somebody acts against us (mark one):")]
    if any(party.commitments for party in scenario.actors.values()):
        seen.append((f"against an ally (done on {ALLY_RUNG} +)", *("",) * len(names)))
        lead = f"If against somebody we stand by, on rung {ALLY_RUNG} or above (mark one):"
        marks.append(Text(_ANSWERS, lead=lead))
    slip = Box(
        "Game ......   Team ....................................   Turn ......",
        (
            Table(
                ("we do (number on our menu, or HOLD)", "they will read it as rung, because"),
                (("", ""),),
                (3, 5),
                tall=0.8,
            ),
            *marks,
            Table(
                ("the umpire: on which rung you see it", *names),
                tuple(seen),
                (3.4, *(2,) * len(names)),
                tall=0.6,
            ),
            Text(
                "a number of our menu that names the one who acts, the nearest to the rung marked, "
                "of two as near the lower (below rung 1: none); only the gravest act for which we "
                "marked an answer. Or any on -1 or below for an offer (-2). Or nothing: "
                "............",
                lead="We answer with",
            ),
            Text(NOTICE, small=True),
        ),
        "cut",
    )
    teams = sum(len(table) for table in plan.tables)
    pages = -(-teams * (len(plan.spans) + 1) // _SLIPS_PER_PAGE)
    return Sheet(
        "order_slips",
        "Order slips",
        "For teams",
        f"{pages} ({_SLIPS_PER_PAGE} slips a page: one a team and turn, one for practice)",
        (slip,) * _SLIPS_PER_PAGE,
        "fit",
    )


def turn_tracker(scenario: Scenario, plan: Plan, level: Level) -> Sheet:
    """Write the page on the wall: what was done in each turn, not how it was read.

    Parameters
    ----------
    level : {"basic", "advanced"}
        Whose conditions are told.
    """
    rows = tuple((str(s.number), weeks(scenario, s), *[""] * 4) for s in plan.spans)
    strip = tuple(f"{rung}" for rung in sorted(RUNGS) if 0 <= rung <= WAR + scenario.world.nuclear)
    blocks: list[Block] = [
        Table(
            (
                "turn",
                "weeks",
                "highest rung",
                "who began, with what",
                "who answered, with what",
                "dead",
            ),
            rows,
            (1, 3, 1.6, 5.2, 5.2, 1.4),
            tall=9 / len(rows),
        ),
        Heading("Highest rung so far: cross off"),
        Table(strip, (("",) * len(strip),), tall=1.1),
        Heading("Agreements"),
        Table(("between", "about what", "since turn", "broken in turn"), (("",) * 4,) * 3,
              (3, 6, 2, 2),
              tall=0.9),
        *_flags(flag_rows(scenario, plan, level)),
        Heading("Moments to come back to in the debrief"),
        Lines(3),
    ]  # fmt: skip
    return Sheet(
        "turn_tracker",
        "Turn tracker",
        EVERYBODY,
        f"{len(plan.tables)} (one a game; on the wall, enlarged if you can)",
        tuple(blocks),
        "fit",
    )


def _flags(rows: tuple[tuple[str, str, str, str], ...]) -> tuple[Block, ...]:
    """Return room for what holds and changes; nothing for a scenario in which nothing does."""
    if not rows:
        return ()
    told = tuple((what, start, calendar, "") for what, start, calendar, _ in rows)
    return (
        Heading("What holds"),
        Table((*FLAG_HEADERS[:3], "changed in turn, to"), told, (2.4, 1.6, 3, 5), tall=0.7),
    )
