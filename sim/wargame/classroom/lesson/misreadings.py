"""How often things are not what they were meant as, in simulated histories."""

from __future__ import annotations

import numpy as np

from wargame.engine.results import Results
from wargame.findings import Estimate, share_of

MISREAD = "Answers to an act read on another rung"


def misread(results: Results) -> dict[str, Estimate]:
    """Return how often things were not as they were meant, as shares of acts.

    Parameters
    ----------
    results : Results
        With its acts kept.

    Returns
    -------
    dict of str to Estimate
        "Answers to an act read on another rung", "Acts that went further than meant", "Answers
        for an ally". A share of nothing is left out. Acts of one history are not independent, so
        the intervals are somewhat too narrow.
    """
    acts = results.acts
    answers = ~np.isnan(acts["perceived"])
    read = np.rint(acts["perceived"][answers]) != acts["trigger"][answers]
    counted = {
        MISREAD: (read, int(answers.sum())),
        "Answers given for an ally": (acts["behalf"][answers] >= 0, int(answers.sum())),
        "Acts that went further than meant": (acts["accidental"], len(acts["accidental"])),
    }
    return {
        label: share_of(int(np.count_nonzero(hits)), total)
        for label, (hits, total) in counted.items()
        if total
    }
