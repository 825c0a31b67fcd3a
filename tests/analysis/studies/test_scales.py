"""Other scales of severity: read off the crosswalk, compared by order, never averaged."""

import numpy as np
import pytest

from synthetic import make_results
from wargame.analysis.studies import scales
from wargame.analysis.studies.scales import RUNG_SCALE, Scale
from wargame.analysis.studies.severity import compare_on, exceedance, worst
from wargame.errors import RecordError
from wargame.scenario.library import table

KNOWN = {scale.name: scale for scale in scales.scales()}


def test_the_scales_are_those_of_the_table():
    assert list(KNOWN) == [
        "rungs of this project",
        "Goldstein",
        "EscalAItion points",
        "MID hostility",
    ]
    goldstein, points, mid = list(KNOWN.values())[1:]
    assert goldstein.values == (-8.5, -4, 0, 3.5, 6, 7.2, 8.35, 8.5, 10, 10, 10, 10)
    assert points.values == (-2, -1, 0, 12, 8, 8, 12, 28, 28, 28, 28, 60)
    assert mid.values == (1, 1, 1, 1, 2, 3, 3, 4, 4, 4, 5, 5)
    assert (
        mid.values[:-1]
        == tuple(  # whole levels in the table stay what they are
            float(row["mid_hostlev"]) for row in table("severity_crosswalk")[:-1]
        )
    )


def test_where_scales_saturate():
    assert RUNG_SCALE.ties == ()
    assert KNOWN["Goldstein"].ties == ((6, 7, 8, 9),)
    assert KNOWN["MID hostility"].ties == ((3, 4), (5, 6, 7), (8, 9))
    assert KNOWN["EscalAItion points"].ties == ((1, 4), (2, 3), (5, 6, 7, 8))
    assert KNOWN["EscalAItion points"].inversions == ((1, 2), (1, 3))
    assert KNOWN["Goldstein"].inversions == ()
    assert "it puts rung 1 above 2" in KNOWN["EscalAItion points"].limits


def test_a_damaged_table_is_refused(monkeypatch):
    rows = table("severity_crosswalk")
    monkeypatch.setattr(scales, "table", lambda name: rows[:-1])
    with pytest.raises(RecordError, match="no row for every rung"):
        scales.scales()
    rows[4]["goldstein_range"] = "-"
    monkeypatch.setattr(scales, "table", lambda name: rows)
    with pytest.raises(RecordError, match="goldstein_range has an empty cell"):
        scales.scales()


@pytest.mark.parametrize("scale", KNOWN.values(), ids=KNOWN.keys())
def test_the_worst_act_is_the_worst_of_all_acts(scale):
    results = make_results(300, acts_kept=200)
    found = worst(results, scale)
    log = results.acts
    for k in range(200):
        rungs = [0, int(results.table["peak"][k]), *log["realised"][log["replication"] == k]]
        assert found[k] == max(scale.of(int(rung)) for rung in rungs)
    assert len(found) == 200


def test_on_the_rungs_the_worst_act_is_the_peak():
    results = make_results(300)
    assert (worst(results, RUNG_SCALE) == results.table["peak"]).all()


def test_only_the_order_counts():
    first, second = make_results(400, seed=1), make_results(400, seed=2, acts_each=7)
    stretched = Scale("stretched", tuple(value**3 for value in RUNG_SCALE.values), "")
    one, two = (compare_on(scale, first, second) for scale in (RUNG_SCALE, stretched))
    assert (one.worse, one.milder, one.net) == (two.worse, two.milder, two.net)
    peaks = [item.table["peak"] for item in (first, second)]
    assert one.worse.count == int((peaks[1] > peaks[0]).sum())
    assert one.worse.count + one.milder.count + one.equal.count == 400
    back = compare_on(RUNG_SCALE, second, first)
    assert (back.worse, back.net.value) == (one.milder, -one.net.value)


def test_verdicts():
    calm, rough = make_results(400, seed=1, acts_each=3), make_results(400, seed=1, acts_each=9)
    assert compare_on(RUNG_SCALE, calm, rough).verdict == "riskier"
    assert compare_on(RUNG_SCALE, rough, calm).verdict == "less risky"
    assert compare_on(RUNG_SCALE, calm, calm).verdict == "no clear difference"


def test_exceedance_falls_from_everything_to_the_top():
    results = make_results(500)
    for scale in KNOWN.values():
        found = exceedance(results, scale)
        counts = [share.count for share in found.values()]
        assert counts == sorted(counts, reverse=True)
        assert list(found) == sorted({scale.of(rung) for rung in range(1, 10)})
    assert exceedance(results, RUNG_SCALE)[5.0].count == np.sum(results.table["peak"] >= 5)
