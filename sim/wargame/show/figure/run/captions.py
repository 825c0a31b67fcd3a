"""What each figure says, as a sentence worked out from the results, and how to read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from wargame.analysis.estimates import statistics
from wargame.engine.results import Results
from wargame.findings import share_of
from wargame.scenario.ladder import ENCROACHMENT, FORCE, LETHAL, WAR
from wargame.show.chances import about
from wargame.show.percentages import percent
from wargame.show.words import capital


@dataclass(frozen=True)
class Caption:
    """Words for a figure.

    Attributes
    ----------
    name : str
        What it is, in a few words.
    title : callable
        Results to the sentence that the figure says.
    reading : str
        How to read it; stands below it in the report.
    """

    name: str
    title: Callable[[Results], str]
    reading: str


def _outcomes(results: Results) -> str:
    peak = results.table["peak"]
    lethal = share_of(int((peak >= LETHAL).sum()), results.replications)
    war = share_of(int((peak >= WAR).sum()), results.replications)
    return capital(
        f"{about(lethal)} simulated histories see a lethal clash or worse, {about(war)} a war"
    )


def _ladder(results: Results) -> str:
    reached = statistics.crossings(results)
    return capital(
        f"by the end {about(reached[ENCROACHMENT])} histories have seen rung 4 or above, "
        f"{about(reached[FORCE])} the use of force"
    )


def _first_acts(results: Results) -> str:
    turns = results.scenario.turns
    first = results.table["first_5"]
    share = share_of(int(((first > 0) & (first <= turns / 2)).sum()), results.replications)
    whole = statistics.crossings(results)[FORCE]
    if whole.count == 0:
        return capital(f"{about(whole)} histories come to the use of force")
    return capital(
        f"the first use of force comes in {about(whole)} histories, "
        f"by half-time (turn {turns // 2}) in {about(share)}"
    )


def _crossers(results: Results) -> str:
    shares = statistics.crossers(results, 5)
    nobody = shares.pop("nobody")
    if nobody.count == nobody.n:
        return f"Nobody used force first: none of {nobody.n:,} histories came to it"
    first = max(shares, key=lambda name: shares[name].count)
    actors = results.scenario.actors
    who = actors[first].name if first in actors else "several actors at once"
    verb = "are" if first == "several" else "is"
    return capital(
        f"{who} {verb} most often first to use force, in {about(shares[first])} histories; "
        f"nobody does in {about(nobody)}"
    )


def _answers(results: Results) -> str:
    shares = statistics.match(results)
    if "same rung" not in shares:
        return "No act at rung 4 or above was answered"
    return (
        f"Of the answers to acts at rung 4 or above, {percent(shares['same rung'].value)} are at "
        f"the same rung, {percent(shares['higher'].value)} higher, "
        f"{percent(shares['lower'].value)} lower"
    )


def _timelines(results: Results) -> str:
    peaks = [int(results.table["peak"][k]) for k in statistics.sample_histories(results)]
    if not peaks:
        return "No history's acts were kept"
    if min(peaks) == max(peaks):
        return f"Sample histories: all peak at rung {peaks[0]}"
    return f"The same start, different histories: peaks from rung {min(peaks)} to {max(peaks)}"


CAPTIONS: dict[str, Caption] = {
    "outcomes": Caption(
        "Outcomes",
        _outcomes,
        "Each dot is the share of histories whose most severe act was of that class, its line the "
        "95% interval; the scale is logarithmic, so that rare outcomes can be seen. An arrow is an "
        "upper limit where nothing was seen. Diamonds are what the historical record would "
        "give over the same span, where it has a rate. Under parameter uncertainty pale bands show "
        "where the share lies for 95% of the draws of the uncertain numbers.",
    ),
    "ladder": Caption(
        "The ladder over time",
        _ladder,
        "The share of histories that have reached a rung or gone beyond it by the end of each "
        "turn, with 95% bands. The scale is logarithmic.",
    ),
    "first_acts": Caption(
        "When the first acts come",
        _first_acts,
        "The share of histories in which the first act at rung 4, 5 and 6 or above has come by the "
        "end of each turn, with 95% bands. A history ended by war stays in the count.",
    ),
    "crossers": Caption(
        "Who is first to use force",
        _crossers,
        "Who did the first act at rung 5 (non-lethal use of force) or above, as shares of all "
        "histories with 95% intervals. 'Several' acted at the same moment. To be first is not to "
        "be at fault: what is first depends on what came just below it.",
    ),
    "answers": Caption(
        "What answers what",
        _answers,
        "Each row is an act met at that rung; across it, the share of such acts answered at each "
        "rung, or not answered. The outlined cells are answers in kind. "
        "Few acts met (small n) make a row uncertain: answers.csv has the 95% intervals.",
    ),
    "timelines": Caption(
        "Sample histories",
        _timelines,
        "Five histories at even steps through the ensemble ranked by severity, then the most "
        "severe one kept. Marks differ in shape and size by rung; one open circle around a mark "
        "means that the act went further than was meant.",
    ),
}
"""Figure name -> words, in the order of the report."""
