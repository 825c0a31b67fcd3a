"""Two ensembles on common draws: what differs between them, replication by replication."""

from wargame.analysis.estimates.paired.differences import (
    count_difference,
    rate_difference,
    share_difference,
    variance_saved,
)
from wargame.analysis.estimates.paired.pairs import NO_CHANGE, Pair, compare_levels
from wargame.analysis.estimates.paired.sign_test import holm, sign_test
from wargame.analysis.estimates.paired.tango import tango

__all__ = [
    "NO_CHANGE",
    "Pair",
    "compare_levels",
    "count_difference",
    "holm",
    "rate_difference",
    "share_difference",
    "sign_test",
    "tango",
    "variance_saved",
]
