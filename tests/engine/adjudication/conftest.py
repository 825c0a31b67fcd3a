"""Every case is told by the engine and by the reference program."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from histories import history_of, totals_of
from reference import simulate
from reference_record import History
from wargame.engine import ensemble
from wargame.engine.policies import Order
from wargame.scenario.schema import Scenario

Tell = Callable[..., History]


@pytest.fixture(params=["engine", "reference"])
def tell(request: pytest.FixtureRequest) -> Tell:
    """Return a function that plays a scenario once with seed 1."""

    def play(scenario: Scenario, k: int = 0, **given: tuple[str | None, str]) -> History:
        orders = {(1, who): Order(opening, standing) for who, (opening, standing) in given.items()}
        if request.param == "reference":
            return simulate(scenario, 1, k, orders=orders)
        options: dict[str, Any] = {"seed": 1, "orders": orders, "first": k}
        results = ensemble.run(scenario, replications=1, **options)
        history = history_of(results, 0)
        history.answers, history.joined = totals_of(results)
        return history

    return play
