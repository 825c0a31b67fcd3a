"""The debrief: the teacher's path through it, with every number it needs."""

from __future__ import annotations

from wargame.analysis.estimates.statistics import rates
from wargame.analysis.record.base_rates import base_rates
from wargame.classroom.lesson.claims import Held, change_words, claims_table
from wargame.classroom.lesson.misreadings import MISREAD, misread
from wargame.classroom.lesson.plan import Plan
from wargame.classroom.lesson.sheets.guide import TEACHER
from wargame.classroom.lesson.sheets.handouts import Level, outcome_rows
from wargame.classroom.lesson.sheets.slides import figure_words
from wargame.classroom.whatif.counterfactuals import SHORT, Counterfactual, yearly
from wargame.engine.results import Results
from wargame.scenario.ladder import RUNGS
from wargame.scenario.schema import Question, Scenario
from wargame.show.sheets.sheet import Block, Break, Figure, Heading, Items, Sheet, Table, Text
from wargame.show.words import about, per_year, percent, span

_QUESTIONS = (
    Question(
        ask="Which single decision in your history mattered most, and how do you know it was not "
        "luck?",
        look_for="A decision and what it is held against: the same turn with another choice, or "
        "other games and histories. One history alone cannot tell the two apart.",
    ),
    Question(
        ask="Where did somebody answer an act that was not meant the way it was read?",
        look_for="The rung as done and the rung as read, from the ruling sheet, and what would "
        "have shown the difference in time.",
    ),
    Question(
        ask="What would you need to know before you used any of these shares to speak about next "
        "year?",
        look_for="Which numbers are judgements, who is missing, whether rates of the past still "
        "hold, and which outcomes have never been seen.",
    ),
)
_SHORT_DEBRIEF = 18
"""Minutes below which a class gets through two cards and one question."""


def debrief(
    scenario: Scenario,
    plan: Plan,
    level: Level,
    results: Results,
    found: tuple[Counterfactual, ...],
    held: tuple[Held, ...] = (),
) -> Sheet:
    """Write the teacher's path through the debrief, with every number it needs.

    Parameters
    ----------
    results : Results
        Of the scenario as it is.
    found : tuple of Counterfactual
        All that were run.
    held : tuple of Held
        The scenario's disputed claims.
    """
    length = next(slot.minutes for slot in plan.slots if slot.title == "Debrief")
    parts = _parts(length)
    short, several = length < _SHORT_DEBRIEF, len(plan.tables) > 1
    steps = (
        (f"Out of the role ({parts[0]} min).", "Change seats. One sentence a team: what surprised "
         "you?"),
        (f"What happened ({parts[1]} min).",
         ("Each umpire says in a sentence how the game ended; then take one game. " if several
          else "")
         + "Tell the game from the tracker, no reasons yet. Every team reads its first "
         "confidential sentence. Open the ruling sheet: where was an act read as something it was "
         "not, and who answered it?"),
        (f"So what ({parts[2]} min).", "Guesses against the simulation. Then "
         + ("two" if short else "two or three") + " what-if cards: guess first, answer second."),
        (f"Now what ({parts[3]} min).",
         ("What is disputed: what would change if it were so? Then the table below. " if held
          else "")
         + ("A question below if there is time; " if short and held else "One or two of the "
            "questions below; ")
         + "then what no simulation can say."),
    )  # fmt: skip
    records = base_rates(scenario)
    rows = tuple(
        (
            name,
            meaning,
            percent(share.value) if share.count else "none seen",
            span(share.low, share.high),
            f"{percent(records[name].value)} ({span(records[name].low, records[name].high)})"
            if name in records
            else "-",
        )
        for name, meaning, share in outcome_rows(results)
    )
    blocks: list[Block] = [
        Items(steps, ordered=True),
        Heading("The simulation"),
        Table(
            (
                "worst that happened",
                "what that means",
                "share",
                "95% interval",
                "historical record",
            ),
            rows,
            (2, 4.4, 1.4, 2.3, 3),
        ),
        Text(
            f"Of {results.replications:,} simulated histories, seed {results.seed}. The interval "
            "covers the luck of a finite number of runs and nothing else. 'Historical record': "
            "what the historical rate gives for the same span, where there is one. The record has "
            "no war since 1953: its figure for war is what so long a time without one still "
            "allows, not something seen. An outcome never seen rests on assumptions alone.",
            small=True,
        ),
        Figure("outcomes", figure_words(results)),
        Text(
            "Where does your game stand in the table? One game is one history: it can no more "
            "refute the table than prove it. Ask instead which of its turns could have gone "
            "otherwise.",
            lead="The class's own game.",
        ),
        *_misreadings(results),
        Heading("Questions"),
        Items(tuple(("", item.ask) for item in questions_of(scenario, level)), ordered=True),
        Break(),
        *claims_table(held, results),
        Heading("What-if: one party under another rule, all else and all luck equal"),
        Text(
            f"Share of histories that reach rung {found[0].level} ({RUNGS[found[0].level]}) or "
            f"above; without a change {100 * found[0].before.value:.1f}% "
            f"({span(found[0].before.low, found[0].before.high)}). And incidents a year: without, "
            f"{per_year(rates(results)['incidents'])}. Hold the two columns apart: some rules "
            "change how often something happens, some how far it goes, some both."
        ),
        Table(
            ("if", "had", "share", "change, points", "incidents a year"),
            tuple(_row(scenario, item) for item in found),
            (2.1, 4.2, 1.2, 3.2, 3.4),
        ),
        _how_often_how_far(scenario, found),
        Text(
            f"{len(found)} comparisons, taken before rounding, with their 95% intervals: about one "
            "in twenty would leave out zero by luck alone. A rule holds for all turns; the other "
            "parties do not learn of it.",
            small=True,
        ),
    ]
    return Sheet("debrief", "Debrief", TEACHER, "1", tuple(blocks))


def _how_often_how_far(scenario: Scenario, found: tuple[Counterfactual, ...]) -> Text:
    """Name the rule that moves incidents most, and the one that moves how far it goes most."""
    often = max(found, key=lambda item: abs(item.incidents.value))
    far = max(found, key=lambda item: item.size)
    return Text(
        f"How often changes most if {scenario.actors[often.actor].name} {SHORT[often.rule]}: "
        f"incidents by {yearly(often.incidents)} a year. How far changes most if "
        f"{scenario.actors[far.actor].name} {SHORT[far.rule]}: rung {far.level} or above by "
        f"{change_words(far.difference)} points. Ask what each of the two is made of.",
        lead="What drives which.",
    )


def questions_of(scenario: Scenario, level: Level) -> tuple[Question, ...]:
    """Return what the class discusses: the scenario's questions, or general ones.

    Parameters
    ----------
    level : {"basic", "advanced"}
        Basic: the first four.
    """
    assert scenario.teaching is not None  # held by wargame.classroom.lesson.lesson
    questions = scenario.teaching.questions or _QUESTIONS
    return questions[:4] if level == "basic" else questions


def _misreadings(results: Results) -> tuple[Block, ...]:
    """Say what to ask a class whose dice misread nothing; nothing if the model never misreads."""
    share = misread(results).get(MISREAD)
    if share is None or not share.count:
        return ()
    return (
        Text(
            f"{about(share).capitalize()} answers in the simulation "
            f"({span(share.low, share.high)}) met an act read on another rung than it was done on. "
            "If the dice misread nothing in your game, ask: which of its acts would have changed "
            "most, had it been read one rung higher, and what did its sender do to prevent that?",
            lead="No act was misread?",
        ),
    )


def _row(scenario: Scenario, item: Counterfactual) -> tuple[str, ...]:
    return (
        scenario.actors[item.actor].name,
        SHORT[item.rule],
        f"{100 * item.after.value:.1f}%",
        change_words(item.difference),
        yearly(item.incidents),
    )


def _parts(minutes: int) -> tuple[int, int, int, int]:
    """Split the debrief's minutes over its four parts; they add up."""
    first, second, last = max(1, minutes // 10), minutes // 4, minutes // 3
    return first, second, minutes - first - second - last, last
