"""The fit of self-exciting incidents, on series whose answer is known."""

import numpy as np
import pytest

from wargame.analysis.record.contagion import fit_contagion, place_days, profile_interval

SPAN = 6570.0  # eighteen years


def self_exciting(base, branching, decay, generator):
    """Simulate by clusters: an incident has a Poisson number of children (Hawkes, Oakes 1974)."""
    waiting = list(generator.uniform(0, SPAN, generator.poisson(base * SPAN)))
    days = []
    while waiting:
        day = waiting.pop()
        days.append(day)
        children = day + generator.exponential(decay, generator.poisson(branching))
        waiting += [child for child in children if child < SPAN]
    return np.sort(days)


@pytest.mark.parametrize(("branching", "decay"), [(0.55, 36.0), (0.3, 10.0)])
def test_branching_is_recovered_within_two_standard_errors(branching, decay):
    generator = np.random.default_rng(7)
    base = 0.0218 * (1 - branching)  # 143 incidents in the span, as in the record
    histories = [self_exciting(base, branching, decay, generator) for _ in range(120)]
    found = fit_contagion(histories, SPAN)
    spread = found.branching.std(ddof=1)
    single = found.branching[:20]
    assert np.mean(np.abs(single - branching) < 2 * spread) >= 0.8
    # The median of 120 fits is known far better than one; short histories bias it downward.
    assert abs(np.median(found.branching) - branching) < spread / 2
    assert spread < 0.2
    assert decay / 2 < np.median(found.decay) < decay * 2


def test_independent_incidents_give_zero():
    generator = np.random.default_rng(8)
    histories = [np.sort(generator.uniform(0, SPAN, 143)) for _ in range(200)]
    found = fit_contagion(histories, SPAN)
    spread = found.branching.std(ddof=1)
    assert np.median(found.branching) < 0.05
    assert found.branching.mean() < 2 * spread
    # The likelihood ratio is "significant" about as often as it should be.
    assert np.mean(2 * found.gain > 3.84) < 0.12


def test_the_fit_is_the_top_of_the_likelihood():
    generator = np.random.default_rng(9)
    days = self_exciting(0.01, 0.5, 30.0, generator)
    found = fit_contagion([days], SPAN)

    def height(base, branching, decay):
        felt = np.array([np.exp(-(day - days[days < day]) / decay).sum() for day in days])
        rates = base + branching / decay * felt
        seen = (1 - np.exp(-(SPAN - days) / decay)).sum()
        return np.log(rates).sum() - base * SPAN - branching * seen

    number, decay = found.branching[0], found.decay[0]
    seen = (1 - np.exp(-(SPAN - days) / decay)).sum()
    base = (len(days) - number * seen) / SPAN
    top = height(base, number, decay)
    constant = height(len(days) / SPAN, 0.0, decay)
    assert top - constant == pytest.approx(found.gain[0], rel=1e-6)
    for step in (0.97, 1.03):
        assert height(base * step, number, decay) < top
        assert height(base, number * step, decay) < top


def test_the_profile_interval_encloses_the_fit_and_the_truth():
    days = self_exciting(0.01, 0.55, 36.0, np.random.default_rng(10))
    low, high = profile_interval(days, SPAN)
    assert low < fit_contagion([days], SPAN).branching[0] < high
    assert low < 0.55 < high
    assert profile_interval(np.linspace(10, SPAN - 10, 143), SPAN)[0] == 0.0


def test_too_few_days_give_no_number():
    found = fit_contagion([np.arange(9.0), np.arange(0.0, 600.0, 30.0)], SPAN)
    assert np.isnan(found.branching[0])
    assert np.isfinite(found.branching[1])


def test_a_history_is_fitted_the_same_alone_and_among_others():
    generator = np.random.default_rng(11)
    histories = [self_exciting(0.01, 0.5, 20.0, generator) for _ in range(4)]
    together = fit_contagion(histories, SPAN)
    for place, days in enumerate(histories):
        alone = fit_contagion([days], SPAN)
        assert alone.branching[0] == pytest.approx(together.branching[place])


def test_incidents_are_placed_inside_their_week():
    weekly = np.array([[0, 2, 0, 1], [0, 0, 0, 0], [3, 0, 0, 0]])
    days = place_days(weekly, seed=3)
    assert [len(part) for part in days][1] == 0
    assert set((days[0] // 7).tolist()) == {1.0, 3.0}
    assert (days[2] < 7).all()
    assert 1 <= len(days[2]) <= 3
    again = place_days(weekly, seed=3)
    assert all((one == two).all() for one, two in zip(days, again, strict=True))
