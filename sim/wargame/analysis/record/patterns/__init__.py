"""Patterns that a history leaves, worked out the same way for the record and for simulations."""

from wargame.analysis.record.patterns.bootstrap import block_bootstrap
from wargame.analysis.record.patterns.clusters import clustering
from wargame.analysis.record.patterns.replies import levels, reply_within_week
from wargame.analysis.record.patterns.summaries import LEAST, SERIOUS_WEEKS, YEAR_WEEKS, summaries

__all__ = [
    "LEAST",
    "SERIOUS_WEEKS",
    "YEAR_WEEKS",
    "block_bootstrap",
    "clustering",
    "levels",
    "reply_within_week",
    "summaries",
]
