"""The columns of what an ensemble records, and what their codes mean."""

from __future__ import annotations

from wargame.scenario.ladder import HIGHEST_RUNG, LOWEST_RUNG

RUNG_AXIS = tuple(range(LOWEST_RUNG, HIGHEST_RUNG + 1))
"""The rungs, as the axes of arrays count them."""
RUNG_COUNT = len(RUNG_AXIS)
CRISIS_ENDS = ("open", "agreement", "faded", "war")
STILL_OPEN, AGREED, FADED, WAR_CAME = range(len(CRISIS_ENDS))
AGREEMENT_ENDS = ("in force", "expired", "broken", "renewed")
IN_FORCE, EXPIRED, BROKEN, RENEWED = range(len(AGREEMENT_ENDS))

REPLICATION_COLUMNS: dict[str, tuple[str, str]] = {
    "peak": ("int8", "highest rung of the history"),
    "turns": ("int16", "turns played"),
    "first_4": ("int16", "first turn at rung 4 or above, 0 for never"),
    "first_5": ("int16", "first turn at rung 5 or above, 0 for never"),
    "first_6": ("int16", "first turn at rung 6 or above, 0 for never"),
    "crosser_4": (
        "int8",
        "who first reached 4: actor index, -1 nobody, number of actors for several",
    ),
    "crosser_5": ("int8", "who first reached 5"),
    "crosser_6": ("int8", "who first reached 6"),
    "turns_at_5": ("int16", "turns with an act at rung 5 or above"),
    "lethal_turns": ("int16", "turns with an act at rung 6 or above"),
    "incidents": ("int16", "acts at rung 2 to 8 against another side, one per side and link"),
    "deaths": ("int32", "people killed; 1,000 stands for 1,000 or more"),
    "crises": ("int16", "crises opened"),
    "crisis_turns": ("int16", "turns with a crisis open"),
    "agreements": ("int16", "agreements made"),
    "broken": ("int16", "agreements broken"),
    "acts": ("int16", "acts of all actors"),
    "accidental": ("int16", "acts that slipped"),
    "joined": ("int16", "answers on behalf of an ally"),
}
"""Per-replication column -> (dtype, meaning)."""

ACT_COLUMNS: dict[str, tuple[str, str]] = {
    "replication": ("int32", "0 is the first"),
    "turn": ("int16", "1 is the first"),
    "link": ("int8", "0 opens, 1 and later answer"),
    "actor": ("int8", "index in actors"),
    "action": ("int16", "index in the actor's menu"),
    "intended": ("int8", "rung that was meant"),
    "realised": ("int8", "rung that happened"),
    "accidental": ("bool", "whether it slipped"),
    "provoker": ("int8", "whose act it answers, -1 for none"),
    "trigger": ("int8", "realised rung of the act it answers, 0 for none"),
    "perceived": ("float32", "that act's rung as this actor read it, nan for none"),
    "behalf": ("int8", "ally it answers for, -1 for none"),
    "deaths": ("int32", "people killed"),
}
"""Column of the act log -> (dtype, meaning)."""

CRISIS_COLUMNS: dict[str, tuple[str, str]] = {
    "replication": ("int32", "0 is the first"),
    "opened": ("int16", "turn"),
    "ended": ("int16", "turn; the last turn for one still open"),
    "how": ("int8", "index in CRISIS_ENDS"),
}
"""Column of the crisis log -> (dtype, meaning)."""

AGREEMENT_COLUMNS: dict[str, tuple[str, str]] = {
    "replication": ("int32", "0 is the first"),
    "made": ("int16", "turn; it is in force from the next"),
    "one": ("int8", "index in actors"),
    "other": ("int8", "index in actors, the higher one"),
    "ended": ("int16", "turn; the last turn for one still in force"),
    "how": ("int8", "index in AGREEMENT_ENDS"),
    "breaker": ("int8", "who broke it, -1 for nobody"),
}
"""Column of the log of agreements -> (dtype, meaning)."""

LOGS = {
    "table": REPLICATION_COLUMNS,
    "acts": ACT_COLUMNS,
    "crises": CRISIS_COLUMNS,
    "agreements": AGREEMENT_COLUMNS,
}
"""What of results is put together row by row; `turn_peak` is, column by column."""
COUNTS = ("activity", "answers", "joined")
"""What is added up."""
