"""The menu of a turn: what a player may order, what it costs, and an example."""

from __future__ import annotations

from wargame.classroom.play.game import Game, menu_of
from wargame.findings import Table, columns
from wargame.scenario.ladder import LETHAL, OFFER, WAR
from wargame.scenario.schema import Action, Scenario, StockEffect
from wargame.show.percentages import percent


def menu(game: Game, actor: str) -> Table:
    """Return what an actor may open with now, by rung, with what it costs in words."""
    offered = set(game.offers[actor])
    rows = (
        (
            number,
            action.rung,
            action.label,
            ", ".join(game.scenario.actors[target].name for target in sorted(action.targets)),
            "; ".join(_costs(action, actor, game.scenario)),
        )
        for number, action in enumerate(menu_of(game.scenario, actor), 1)
        if action.id in offered
    )
    seen = columns("no.", "rung", "what you may open with", "aimed at", "what it means for you")
    return Table.of("menu", "Your menu (or hold: open with nothing)", seen, rows)


def example(game: Game, actor: str) -> str:
    """Return two orders an actor could give now: the mildest act at rung 1 or above, and hold."""
    numbered = [
        (action.rung < 1, number)
        for number, action in enumerate(menu_of(game.scenario, actor), 1)
        if action.id in game.offers[actor]
    ]
    return f"'{min(numbered)[1]} match' or 'hold'" if numbered else "'hold'"


def unseen(game: Game, actor: str) -> str:
    """Name what is in the menu and not on offer now, or nothing."""
    offered = set(game.offers[actor])
    missing = [
        f"{number} {action.label}"
        for number, action in enumerate(menu_of(game.scenario, actor), 1)
        if action.id not in offered
    ]
    return f"Not on offer now: {'; '.join(missing)}." if missing else ""


def _costs(action: Action, actor: str, scenario: Scenario) -> list[str]:
    """Say what an action costs and gains its actor, and what may come of it."""
    said = []
    cost = action.cost.value
    if abs(cost) >= 0.05:
        size = "a little" if abs(cost) < 0.5 else "something" if abs(cost) < 1.5 else "a lot"
        said.append(f"{'costs' if cost > 0 else 'saves'} {size}")
    for goal, weight in sorted(scenario.actors[actor].goals.items()):
        served = weight.value * action.gains[goal].value if goal in action.gains else 0.0
        if abs(served) >= 0.01:
            said.append(f"{'serves' if served > 0 else 'hurts'} {goal.replace('_', ' ')}")
    for effect in action.effects:
        if isinstance(effect, StockEffect) and effect.actor == actor and effect.amount.value:
            stock = scenario.actors[actor].stocks[effect.stock]
            label = (stock.label or effect.stock.replace("_", " ")).lower()
            said.append(f"{'uses' if effect.amount.value < 0 else 'adds to'} {label}")
    said += _consequences(action, scenario)
    said += [
        f"may slip to rung {slip.to} ({percent(slip.chance.value)})"
        for slip in action.slip
        if slip.chance.value > 0
    ]
    if action.public.value < 0.5:
        said.append("out of sight of others")
    if action.limit is not None:
        said.append("only once" if action.limit == 1 else f"{action.limit} times at most")
    elif action.cooldown:
        said.append(f"then not for {action.cooldown} turn{'' if action.cooldown == 1 else 's'}")
    return said or ["no cost of its own"]


def _consequences(action: Action, scenario: Scenario) -> list[str]:
    """Say what the rules attach to an action's rung."""
    if action.rung >= WAR:
        return ["war: ends the game"]
    if action.rung >= LETHAL:
        return ["opens a crisis; people die"]
    if action.rung >= scenario.world.crisis.opens_at:
        return ["opens a crisis"]
    if action.rung == OFFER:
        return [f"binds both for {scenario.world.agreement.turns} turns if accepted"]
    return []
