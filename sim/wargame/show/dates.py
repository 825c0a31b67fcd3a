"""Turns as dates, in words."""

from __future__ import annotations

import datetime

from wargame.scenario.schema import Scenario


def day(date: datetime.date) -> str:
    """Return a date such as "25 March 2024"."""
    return f"{date.day} {date:%B} {date.year}"


def period(scenario: Scenario, first: int, last: int) -> str:
    """Return turns with their dates.

    Parameters
    ----------
    first, last : int
        Turns, both counted.
    """
    begins = scenario.date_of(first)
    ends = scenario.date_of(last + 1) - datetime.timedelta(days=1)
    unit = unit_of(scenario)
    number = f"{unit} {first}" if first == last else f"{unit}s {first} to {last}"
    return f"{number}: {day(begins)}" + ("" if begins == ends else f" to {day(ends)}")


def unit_of(scenario: Scenario) -> str:
    """Return what a turn is called: "Week", "Day" or "Turn"."""
    return {7: "Week", 1: "Day"}.get(scenario.turn_days, "Turn")
