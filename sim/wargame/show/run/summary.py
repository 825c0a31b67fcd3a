"""The summary of an ensemble as one plain document."""

from __future__ import annotations

from typing import Any

from wargame.analysis.estimates import annual_rates, statistics
from wargame.analysis.estimates.uncertainty import Split, split_outcomes, split_rate
from wargame.engine.results import NOTE, Results
from wargame.findings import share_of
from wargame.scenario.ladder import OUTCOMES
from wargame.show.table import record_of
from wargame.store.files import plain

_COVERS_DRAWS = (
    "Every uncertain number was drawn afresh, from the triangular law on its range: the shares are "
    "over draws of the numbers as well as over chance. low and high cover only the error of a "
    "finite number of replications; what is due to the numbers stands under parameter_uncertainty."
)
_GROUPS = (
    "Several replications in a row (sharing) have one draw of the numbers; what their means differ "
    "more than chance would have it is the variance due to the numbers (law of total variance). "
    "from and to hold the share for 95% of the draws, by the beta law of the same mean and spread; "
    "they are null where the groups cannot tell the numbers from chance."
)
_COVERS_BEST = (
    "Parameters were held at their best values: intervals cover only the error of a finite number "
    "of replications, not what is unknown about the parameters."
)


def summarise(results: Results, digest: str) -> dict[str, Any]:
    """Return the summary of an ensemble, ready for JSON.

    Parameters
    ----------
    digest : str
        sha256 of the resolved scenario.

    Returns
    -------
    dict
        Plain Python types only; floats rounded to 10 significant digits, so that the same run
        gives the same bytes. Shares are 0..1, rates per simulated year.
    """
    rates = annual_rates.rates(results)
    crises = annual_rates.crises(results)
    acts = int(results.table["acts"].sum())
    document: dict[str, Any] = {
        "scenario": results.scenario.title,
        "digest": digest,
        "seed": results.seed,
        "replications": results.replications,
        "turns": results.scenario.turns,
        "turn_days": results.scenario.turn_days,
        "simulated_years": results.years(),
        "actors": list(results.actors),
        "outcomes": [
            {"outcome": outcome, "rung": OUTCOMES[outcome], **record_of(share)}
            for outcome, share in results.outcomes().items()
        ],
        "reached": [
            {"rung": level, **record_of(share)}
            for level, share in statistics.crossings(results).items()
        ],
        "first_use_of_force": {
            who: record_of(share) for who, share in statistics.crossers(results, 5).items()
        },
        "incidents_per_year": record_of(rates["incidents"]),
        "lethal_per_year": record_of(rates["lethal_turns"]),
        "war_per_year": record_of(rates["wars"]),
        "answers": {name: record_of(share) for name, share in statistics.match(results).items()},
        "crises": {
            "per_year": record_of(crises.per_year),
            "median_turns": crises.median_turns,
            "ended": {how: record_of(share) for how, share in crises.ended.items()},
        },
        "agreements": {
            "made_per_year": record_of(rates["agreements"]),
            "broken_per_year": record_of(rates["broken"]),
        },
        "accidental": _accidental(results, acts),
        "parameter_uncertainty": _uncertainty(results),
        "intervals": "95% intervals. " + (_COVERS_DRAWS if results.uncertainty else _COVERS_BEST),
        "note": NOTE,
    }
    written: dict[str, Any] = plain(document)
    return written


def _accidental(results: Results, acts: int) -> dict[str, Any] | None:
    if not acts:
        return None
    slips = int(results.table["accidental"].sum())
    return {"acts": acts, **record_of(share_of(slips, acts))}


def _uncertainty(results: Results) -> dict[str, Any] | None:
    if not results.uncertainty:
        return None
    ranges = statistics.parameter_ranges(results)
    document: dict[str, Any] = {
        "drawn": {
            path: {"p5": low, "p50": middle, "p95": high}
            for path, (low, middle, high) in ranges.items()
        }
    }
    if results.sharing > 1:
        document["method"] = _GROUPS
        document["sharing"] = results.sharing
        document["draws"] = -(-results.replications // results.sharing)
        document["outcomes"] = [
            {"outcome": outcome, **_split_columns(part)}
            for outcome, part in split_outcomes(results).items()
        ]
        document["rates"] = {
            name: dict(zip(_RATE_SPLIT, split_rate(results, name), strict=True))
            for name in ("incidents", "lethal_turns")
        }
    return document


_RATE_SPLIT = ("per_year", "monte_carlo_error", "spread_over_numbers", "explained_by_numbers")


def _split_columns(part: Split) -> dict[str, float]:
    share = part.share.at(())
    return {
        "share": share.value,
        "monte_carlo_low": share.low,
        "monte_carlo_high": share.high,
        "spread_over_numbers": float(part.spread),
        "from": float(part.from_low),
        "to": float(part.to_high),
        "explained_by_numbers": float(part.explained),
    }
