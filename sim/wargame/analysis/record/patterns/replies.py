"""Levels of incidents, and how soon the other side replies."""

from __future__ import annotations

import numpy as np

from wargame.analysis.record.incidents import (
    LEVELS,
    Counts,
    Incidents,
    Ints,
)
from wargame.analysis.record.patterns.ratios import Floats, ratio
from wargame.engine.draws import Streams
from wargame.scenario.ladder import ENCROACHMENT


def levels(counts: Counts) -> dict[str, Floats]:
    """Return the make-up of incidents (patterns P1 and P2), shape (history,) each.

    Parameters
    ----------
    counts : ndarray of int, shape (history, week, side, level)

    Returns
    -------
    dict of str to ndarray
        Shares: ``north_share`` by North Korea, ``threat_share``, ``display_share``, ``use_share``,
        and ``both_in_week``: of weeks with a threat or display by North Korea, those in which
        its opponents had an incident too.
    """
    by_side_level = counts.sum(axis=1, dtype=np.int64)
    total = by_side_level.sum(axis=(1, 2))
    found = {"north_share": ratio(by_side_level[:, 0].sum(axis=1), total)}
    for place, level in enumerate(LEVELS):
        found[f"{level}_share"] = ratio(by_side_level[:, :, place].sum(axis=1), total)
    low = (counts[:, :, 0, :2] > 0).any(axis=2)
    both = low & (counts[:, :, 1] > 0).any(axis=2)
    found["both_in_week"] = ratio(both.sum(axis=1), low.sum(axis=1))
    return found


def reply_within_week(incidents: Incidents, seed: int = 1) -> Floats:
    """Return the share of low North Korean incidents with an allied one in 7 days (P7).

    An incident of a later link of the same week follows; one of the same link or of the next
    week does if a uniform placing of each side's acts inside the week says so.

    Parameters
    ----------
    incidents : Incidents
        Simulated.
    seed : int
        Of the placing.

    Returns
    -------
    ndarray, shape (history,)
    """
    shape = (incidents.histories, incidents.weeks)
    allied = incidents.side == 1
    last = np.full((shape[0], shape[1] + 1), -1, np.int8)
    where = (incidents.history[allied], incidents.week[allied])
    np.maximum.at(last, where, incidents.link[allied].astype(np.int8))
    low = (incidents.side == 0) & (incidents.rung <= ENCROACHMENT)
    history, week, link = (
        part[low] for part in (incidents.history, incidents.week, incidents.link)
    )
    streams = Streams(seed, incidents.first, incidents.histories)
    own, other, after = (
        _placed(streams, purpose, history, week + lead)
        for purpose, lead in (("north", 0), ("allies", 0), ("allies", 1))
    )
    here = last[history, week]
    replied = (here > link) | ((here == link) & (other > own))
    replied |= (last[history, week + 1] >= 0) & (after <= own)
    return ratio(
        np.bincount(history, weights=replied, minlength=shape[0]),
        np.bincount(history, minlength=shape[0]),
    )


def _placed(streams: Streams, purpose: str, history: Ints, week: Ints) -> Floats:
    """Return where in its week each side's acts fall, 0..1."""
    order = np.argsort(week, kind="stable")
    bounds = np.flatnonzero(np.diff(week[order], prepend=-1))
    placed = np.empty(len(week))
    for rows in np.split(order, bounds[1:]):
        if len(rows):
            placed[rows] = streams.at(history[rows], f"place_{purpose}", int(week[rows[0]]))
    return placed
