"""What an ensemble gave: the record of every replication, as arrays and as data frames."""

from wargame.engine.results.columns import (
    ACT_COLUMNS,
    AGREEMENT_COLUMNS,
    AGREEMENT_ENDS,
    CRISIS_COLUMNS,
    CRISIS_ENDS,
    REPLICATION_COLUMNS,
    RUNG_AXIS,
    RUNG_COUNT,
)
from wargame.engine.results.results import NOTE, Results, Table

__all__ = [
    "ACT_COLUMNS",
    "AGREEMENT_COLUMNS",
    "AGREEMENT_ENDS",
    "CRISIS_COLUMNS",
    "CRISIS_ENDS",
    "NOTE",
    "REPLICATION_COLUMNS",
    "RUNG_AXIS",
    "RUNG_COUNT",
    "Results",
    "Table",
]
