"""Rules on menus: whether the scenario lets its actors act freely and is all reachable.

A menu must not push its owner upward by what it leaves out: a menu that jumps from a
display of force to major strikes sends its owner to major strikes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from wargame.scenario.ladder import DISPLAY, NUCLEAR
from wargame.scenario.laws.finding import Finding
from wargame.scenario.schema import Scenario
from wargame.scenario.waiting import can_hold, needs, settable

HIGH_RUNG = DISPLAY
"""A menu should not lie mostly above this rung."""
WIDEST_HOLE = 2
"""Hostile rungs of a menu should not lie further apart than this."""


def check_way_down(scenario: Scenario) -> Iterator[Finding]:
    """Require two actions below rung 0 of every actor."""
    for name, actor in scenario.actors.items():
        count = sum(action.rung < 0 for action in actor.actions)
        if count < 2:
            message = (
                f"{name} has {count or 'no'} {'action' if count == 1 else 'actions'} below rung 0. "
                "Give every actor at least two, such as an offer of talks and a freeze."
            )
            yield Finding(("actors", name, "actions"), message)


def check_nuclear(scenario: Scenario) -> Iterator[Finding]:
    """Refuse rung 9 where the scenario does not turn it on."""
    if scenario.world.nuclear:
        return
    for name, actor in scenario.actors.items():
        for index, action in enumerate(actor.actions):
            steps = ("actors", name, "actions", index)
            message = "rung 9 is off. Set world.nuclear: true to allow it, or use a lower rung."
            if action.rung == NUCLEAR:
                yield Finding((*steps, "rung"), message)
            for way, slip in enumerate(action.slip):
                if slip.to == NUCLEAR:
                    yield Finding((*steps, "slip", way, "to"), message)


def check_height(scenario: Scenario) -> Iterator[Finding]:
    """Warn of a menu mostly above a display of force."""
    for name, actor in scenario.actors.items():
        high = sum(action.rung > HIGH_RUNG for action in actor.actions)
        if 2 * high > len(actor.actions):
            message = (
                f"{high} of {len(actor.actions)} actions lie above rung {HIGH_RUNG}, which pushes "
                f"{name} upward. Add lower ones."
            )
            yield Finding(("actors", name, "actions"), message, "warning")


def check_holes(scenario: Scenario) -> Iterator[Finding]:
    """Warn of hostile rungs of a menu that lie far apart."""
    for name, actor in scenario.actors.items():
        rungs = sorted({action.rung for action in actor.actions if action.rung >= 1})
        for lower, higher in pairwise(rungs):
            if higher - lower > WIDEST_HOLE:
                message = (
                    f"the menu jumps from rung {lower} to {higher}, which sends {name} to {higher} "
                    "where it would choose something between. Add an action there."
                )
                yield Finding(("actors", name, "actions"), message, "warning")


def check_openings(scenario: Scenario) -> Iterator[Finding]:
    """Warn of an actor that can never open."""
    for name, actor in scenario.actors.items():
        if all(action.initiative is None for action in actor.actions):
            message = f"no action has an initiative, so {name} never opens. Give one to some."
            yield Finding(("actors", name, "actions"), message, "warning")


def check_slips(scenario: Scenario) -> Iterator[Finding]:
    """Refuse chances that add up to more than 1; warn of a slip that changes nothing."""
    for name, actor in scenario.actors.items():
        for index, action in enumerate(actor.actions):
            steps = ("actors", name, "actions", index, "slip")
            total = sum(
                slip.chance.value if slip.chance.high is None else slip.chance.high
                for slip in action.slip
            )
            if total > 1:
                message = (
                    f"the chances to slip add up to {total:g}, at the upper end of their ranges. "
                    "One act slips once at most: let them add up to 1 or less."
                )
                yield Finding(steps, message)
            for way, slip in enumerate(action.slip):
                if slip.to == action.rung:
                    message = f"the slip leads to the action's own rung ({action.rung}). Change it."
                    yield Finding((*steps, way, "to"), message, "warning")


def check_reachable(scenario: Scenario) -> Iterator[Finding]:
    """Warn of an action that waits for a flag which nothing sets so."""
    reached = settable(scenario)
    for name, actor in scenario.actors.items():
        for index, action in enumerate(actor.actions):
            if can_hold(action, reached):
                continue
            for flag, value in sorted(needs(action) - reached):
                if flag in scenario.flags:
                    verb = "sets" if value else "clears"
                    message = f"nothing ever {verb} '{flag}', so {action.id} is never on offer."
                    steps = ("actors", name, "actions", index, "if")
                    yield Finding(steps, f"{message} Add an effect that does.", "warning")


def check_answerable(scenario: Scenario) -> Iterator[Finding]:
    """Warn of an actor at whom nobody can aim an answer."""
    for name in scenario.actors:
        aimed = any(
            name in action.targets and action.reply is not None
            for other, actor in scenario.actors.items()
            if other != name
            for action in actor.actions
        )
        if not aimed:
            message = (
                f"no one has an answer that may be aimed at {name}. Add {name} to the targets "
                "of some actions with a reply."
            )
            yield Finding(("actors", name), message, "warning")


BALANCE_RULES: tuple[Callable[[Scenario], Iterator[Finding]], ...] = (
    check_way_down,
    check_nuclear,
    check_height,
    check_holes,
    check_openings,
    check_slips,
    check_reachable,
    check_answerable,
)
"""All rules of this module."""
