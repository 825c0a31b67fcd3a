"""What a world, a history and an act are made of: records of numbers, field by field.

Laws read `world.rung[action]`, `numbers.tempo[actor]`, `state.flag[place]`. Every record has room
for a little more than the scenario needs, so that scenarios of like size share one compiled form.

Actors are counted in the order of their ids; actions, flags, stocks, tempo effects, steps of
conditions and changes of all actors one after the other, an actor's actions by rung, then id.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from wargame.engine.results.columns import ACT_COLUMNS, RUNG_COUNT
from wargame.scenario.ladder import CROSSING_LEVELS
from wargame.scenario.schema import MOST_SLIPS

NOBODY = -1
NEVER = np.iinfo(np.int16).max
"""A turn that never comes."""

KEPT_TURNS = 64
"""For how many turns it is worked out beforehand what is left of tension."""

(
    NUMBER,
    FLAG,
    STOCK,
    TENSION,
    AGREED,
    CRISIS,
    TURN,
    PEAK,
    SINCE,
    ACTED,
    DEATHS,
    NOT,
    AND,
    OR,
    BELOW,
    AT_MOST,
    ABOVE,
    AT_LEAST,
    EQUAL,
) = range(19)
"""Steps of a condition: what is laid on the stack, and what is made of what lies on it."""
STACK = 32
"""So many values of a condition can lie on the stack."""
SET_FLAG, ADD_STOCK, ADD_EXCITATION, ADD_TENSION, TEMPO = range(5)
"""Kinds of change."""


@dataclass(frozen=True)
class Room:
    """For how many of each there is room in the records."""

    actors: int
    actions: int
    links: int
    flags: int
    stocks: int
    slots: int
    steps: int
    watched: int
    changes: int
    events: int

    @classmethod
    def for_at_least(cls, **needed: int) -> Room:
        """Return room for so many of each, rounded up to a power of two from a usual size."""
        return cls(**{name: _room(needed[name], least) for name, least in _USUAL.items()})


_USUAL = {
    "actors": 6,
    "actions": 128,
    "links": 5,
    "flags": 8,
    "stocks": 8,
    "slots": 16,
    "steps": 256,
    "watched": 8,
    "changes": 64,
    "events": 16,
}


def _room(needed: int, least: int) -> int:
    return least if needed <= least else 1 << (needed - 1).bit_length()


Fields = tuple[tuple[str, str, str, str], ...]
"""Of each field: its name, its kind, its dimensions, its meaning."""

_WORLD: Fields = (
    ("actors", "i8", "", "how many"),
    ("stocks", "i8", "", ""),
    ("slots", "i8", "", "tempo effects, counted through"),
    ("longest", "i8", "", "last link of a chain"),
    ("opens_at", "i8", "", "rung at which an act opens a crisis"),
    ("sustained_by", "i8", "", "rung at which an act between its parties keeps it alive"),
    ("quiet_turns", "i8", "", "turns after which it fades"),
    ("broken_by", "i8", "", "rung at which an act breaks an agreement"),
    ("agreement_turns", "i8", "", "how long an agreement holds"),
    ("dt", "f8", "", "weeks a turn"),
    ("first", "i8", "actors+1", "an actor's first action; the last entry is how many there are"),
    ("side", "i8", "actors", ""),
    ("flag_start", "i1", "flags", ""),
    ("owner", "i8", "actions", "actor"),
    ("rung", "i8", "actions", "as meant"),
    ("opens", "i1", "actions", "may be an opening; may be an answer"),
    ("answers", "i1", "actions", ""),
    ("always_on_offer", "i1", "actions", "has no cooldown, no limit, no condition"),
    ("above_firebreak", "f8", "actions", "rungs above the firebreak, 0 below"),
    ("cooldown", "i8", "actions", "turns"),
    ("limit", "i8", "actions", "times; 0 for no limit"),
    ("slips", "i8", "actions", "in how many ways it can slip"),
    ("slip_rung", "i8", "actions,slips", "rung when it slips, in each way"),
    ("hostile", "i1", "actions", "aimed at another side"),
    ("aimed", "i1", "actions,actors", "whether the actor is a target"),
    ("first_target", "i8", "actions", "whom it is aimed at first"),
    (
        "step_at",
        "i8",
        "actions+1",
        "first step of its condition; those up to the next action's are its own",
    ),
    ("change_at", "i8", "actions+1", "the same for its effects"),
    ("step_kind", "i8", "steps", "NUMBER, FLAG, ..."),
    ("step_of", "i8", "steps", "flag, stock, actor or what is watched"),
    ("step_other", "i8", "steps", "the other actor; -1 for anyone"),
    ("step_number", "f8", "steps", ""),
    ("watched", "i8", "", "acts that some condition asks for, counted through"),
    ("watched_kind", "i8", "watched", "SINCE, ACTED, DEATHS or PEAK"),
    ("watched_of", "i8", "watched", "whose acts; the action; the first target"),
    ("watched_other", "i8", "watched", "at whom; -1 for anyone"),
    ("watched_rung", "i8", "watched", "at this realised rung or above"),
    ("change_kind", "i8", "changes", "SET_FLAG, ..."),
    ("change_of", "i8", "changes", "flag, stock, actor or slot"),
    ("change_other", "i8", "changes", "of tension: the other actor"),
    ("change_turns", "i8", "changes", "of tempo: how long"),
    ("slot_actor", "i8", "slots", "whose tempo it moves; the change that begins it"),
    ("slot_change", "i8", "slots", ""),
    ("event_names", "i1", "events,actors", "whether the event moves the actor's tempo"),
)

_NUMBERS: Fields = (
    ("tempo", "f8", "actors", "acts opened a week"),
    ("excitation", "f8", "actors", "acts a week added by an active turn"),
    ("left_after_turn", "f8", "actors", "share of excitation left after a turn"),
    ("reciprocity", "f8", "actors", "logits a rung of mismatch"),
    ("misperception", "f8", "actors", "rungs, standard deviation"),
    ("restraint", "f8", "actors", "logits a rung above the firebreak"),
    ("audience_cost", "f8", "actors", "logits a rung conceded in public"),
    ("spiral", "f8", "actors", "-1..1"),
    ("opening_base", "f8", "actions", "logits"),
    ("opening_weight", "f8", "actions", "exp(base), as a share of that of the actor's likeliest"),
    ("answer_base", "f8", "actions", "logits"),
    ("public", "f8", "actions", "0..1"),
    ("slip_chance", "f8", "actions,slips", "probability of each way"),
    ("weight", "f8", "actors,actions", "how far the action provokes the actor, 0..1"),
    ("behalf", "i1", "actors,actions", "ally for whom the actor would answer it"),
    ("change_amount", "f8", "changes", "added; a flag is set above 0; factor of a tempo effect"),
    ("event_factor", "f8", "events", "tempo factor"),
    ("stock_start", "f8", "stocks", "0..1"),
    ("stock_change", "f8", "stocks", "a turn"),
    ("conciliatory", "f8", "", "chance of an answer, by the rung read"),
    ("low", "f8", "", ""),
    ("encroachment", "f8", "", ""),
    ("force", "f8", "", ""),
    ("damping", "f8", "", "share of that chance left from link 2 on"),
    ("war_from_strikes", "f8", "", "probability"),
    ("severity_force", "f8", "", "times the excitation of a lesser turn"),
    ("severity_lethal", "f8", "", ""),
    ("severity_strikes", "f8", "", ""),
    ("tension_decay", "f8", "", "share left after a turn"),
    ("tension_left", "f8", "kept_turns", "share left after so many turns"),
    ("tension_gain", "f8", "", "added by an act at rung 9"),
    ("crisis_factor", "f8", "", "tempo factor in a crisis, under an agreement"),
    ("agreement_factor", "f8", "", ""),
)

_TURN: Fields = (
    ("number", "i8", "", "1 is the first"),
    ("first_change", "i8", "", "changes that scheduled events bring, up to the last"),
    ("last_change", "i8", "", ""),
    ("windows", "i8", "", "how many events move somebody's tempo, and which"),
    ("window", "i8", "events", ""),
    ("forced", "i8", "actors", "action of the calendar; -1 for none"),
    ("opening", "i8", "actors", "order: an action, HOLD or MODEL"),
    ("standing", "i8", "actors", "order for answers, as a place in POLICIES"),
    ("open_key", "u8", "actors", "keys of draws"),
    ("war_key", "u8", "", ""),
    ("choose_key", "u8", "links,actors", ""),
    ("slip_key", "u8", "links,actors", ""),
    ("deaths_key", "u8", "links,actors", ""),
    ("reply_key", "u8", "links,actors", ""),
    ("perceive_key", "u8", "links,actors", ""),
    ("tie_key", "u8", "links,actors,actors", ""),
)

_LASTING: Fields = (
    ("over", "i2", "", "1 once the history is over"),
    ("crisis_opened", "i2", "", "turn; 0 when none is open"),
    ("crisis_fades", "i2", "", "turn in which it fades unless renewed"),
    ("crisis_parties", "i1", "actors", ""),
    ("excitation", "f8", "actors", "acts a week"),
    ("boost", "f8", "actors", "product of the tempo factors in force; kept, for it changes rarely"),
    ("stocks", "f8", "stocks", "0..1"),
    ("flag", "i1", "flags", ""),
    ("effect_until", "i2", "slots", "last turn in which a tempo effect is in force"),
    ("agreement_until", "i2", "actors,actors", "last turn of an agreement, at [lower, higher]"),
    (
        "tension",
        "f8",
        "actors,actors",
        "felt by the first from the second, as `tension_turn` began",
    ),
    ("tension_turn", "i2", "actors,actors", ""),
    ("ready", "i2", "actions", "first turn in which it may be done again"),
    ("used", "i2", "actions", "how often it was done, where that is limited"),
    ("met", "i8", "watched", "last turn of such an act, 0 for none; deaths; peak"),
)
"""What one turn hands to the next; what is asked every turn stands first, close together."""

_BOOKS: Fields = (
    ("counter", "u8", "", "of its draws"),
    ("soonest", "i2", "", "last turn before a tempo factor runs out"),
    ("acts_done", "i2", "", "in this turn"),
    ("number", "i4", "", "of the replication"),
)

_TALLY: Fields = (
    ("peak", "i8", "", "columns of the results, see REPLICATION_COLUMNS"),
    ("turns", "i8", "", ""),
    ("first", "i8", "levels", ""),
    ("crosser", "i8", "levels", ""),
    ("turns_at_5", "i8", "", ""),
    ("lethal_turns", "i8", "", ""),
    ("incidents", "i8", "", ""),
    ("deaths", "i8", "", ""),
    ("crises", "i8", "", ""),
    ("crisis_turns", "i8", "", ""),
    ("agreements", "i8", "", ""),
    ("broken", "i8", "", ""),
    ("acts", "i8", "", ""),
    ("accidental", "i8", "", ""),
    ("joined", "i8", "", ""),
    ("agreement_made", "i2", "actors,actors", "turn"),
    ("act", "act", "acts", "the acts of this turn, by link, then actor"),
)

_WORK: Fields = (
    ("options", "i8", "actions", "what is on offer, its log-odds, its weights summed up"),
    ("logits", "f8", "actions", ""),
    ("cumulated", "f8", "actions", ""),
    ("link", "i8", "", "being played: conditions see the acts of those before"),
    ("stack", "f8", "stack", "of a condition's steps"),
    ("hardest", "i8", "actors,actors", "strongest act of a turn on the first by the second"),
    ("seen", "i1", "links,actors", "whether a side's incident of a link was counted"),
    ("gravest", "i8", "actors", "highest rung of an act of which it was source or target"),
    ("logged", "i8", "", "how many stand in the logs of acts, of crises, of agreements"),
    ("crises", "i8", "", ""),
    ("agreements", "i8", "", ""),
    ("activity", "i8", "actors,rungs", "acts of this turn, all histories together"),
    ("answers", "i8", "rungs,rungs+1", "see Results.answers"),
    ("joined", "i8", "actors,actors", ""),
)


ACT = np.dtype(
    [(name, "i1" if dtype == "bool" else dtype) for name, (dtype, _) in ACT_COLUMNS.items()]
    + [("place", "i8")],
    align=True,
)
"""An act: the columns of the act log, and its action's place among all menus."""


@dataclass(frozen=True)
class Layout:
    """The forms of all records, for one size of scenario."""

    world: np.dtype[Any]
    numbers: np.dtype[Any]
    turn: np.dtype[Any]
    state: np.dtype[Any]
    act: np.dtype[Any]
    work: np.dtype[Any]

    @classmethod
    def of(cls, room: Room) -> Layout:
        """Return the forms for so much room."""
        return cls(
            world=_form(_WORLD, room),
            numbers=_form(_NUMBERS, room),
            turn=_form(_TURN, room),
            state=_form(_BOOKS + _LASTING + _TALLY, room),
            act=ACT,
            work=_form(_WORK, room),
        )


def _form(parts: Fields, room: Room) -> np.dtype[Any]:
    sizes = {part.name: getattr(room, part.name) for part in fields(room)}
    sizes |= {"levels": len(CROSSING_LEVELS), "rungs": RUNG_COUNT}
    sizes |= {"acts": room.actors * room.links, "kept_turns": KEPT_TURNS, "slips": MOST_SLIPS}
    sizes |= {"stack": STACK}
    made: list[tuple[str, Any, tuple[int, ...]]] = []
    for name, kind, dimensions, _ in parts:
        words = [size.partition("+") for size in dimensions.split(",") if size]
        made.append(
            (
                name,
                ACT if kind == "act" else kind,
                tuple(sizes[word] + int(more or 0) for word, _, more in words),
            )
        )
    return np.dtype(made, align=True)


LASTING = tuple(name for name, *_ in _LASTING)
"""What one turn hands to the next, the books aside."""
