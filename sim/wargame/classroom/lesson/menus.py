"""What stands on the sheets of a lesson: whole menus, or short ones that can still be played."""

from __future__ import annotations

from wargame.classroom.lesson.plan import Level
from wargame.scenario.ladder import HIGHEST_RUNG, LOWEST_RUNG, OFFER
from wargame.scenario.schema import Action, Scenario, menu_order
from wargame.scenario.waiting import can_hold, needs, settable, settings_of

_SHORT = 14

Menus = dict[str, list[Action]]


def menus_of(scenario: Scenario, level: Level) -> dict[str, tuple[Action, ...]]:
    """Return actor -> the actions on its sheet, from the lowest rung up.

    Parameters
    ----------
    level : {"basic", "advanced"}
        Advanced: all. Basic: those marked ``keep``, the likeliest of every other rung and the
        likeliest left, fourteen in all if no more are marked; then whatever else is needed so that
        nobody has to jump over a rung towards anybody, that an offer can be taken up, and that
        every condition that is a flag can come to hold.
    """
    menus = {actor: list(party.actions) for actor, party in scenario.actors.items()}
    if level == "basic":
        menus = _shorten(scenario, menus)
    return {actor: menu_order(actions) for actor, actions in menus.items()}


def letters_of(scenario: Scenario) -> dict[str, str]:
    """Return actor -> what its menu lines begin with: the first letter of its name, if unique."""
    letters = {actor: party.name[0].upper() for actor, party in scenario.actors.items()}
    alone = len(set(letters.values())) == len(letters)
    return letters if alone else {actor: actor for actor in letters}


def codes_of(scenario: Scenario, level: Level) -> dict[str, dict[str, str]]:
    """Return actor -> action -> the number its line has on the sheets, for example "N12"."""
    letters = letters_of(scenario)
    return {
        actor: {action.id: f"{letters[actor]}{place}" for place, action in enumerate(actions, 1)}
        for actor, actions in menus_of(scenario, level).items()
    }


def _shorten(scenario: Scenario, full: Menus) -> Menus:
    """Shorten; start anew without actions whose condition nothing on the sheets can bring about."""
    while True:
        menus = {actor: _likeliest(actions) for actor, actions in full.items()}
        while (
            _fill_rungs(full, menus)
            or _add_answers(scenario, full, menus)
            or (_add_setters(scenario, full, menus))
        ):
            pass  # each adds at least one action
        barred = _barred(scenario, menus)
        if not barred:
            return menus
        full = {
            actor: [action for action in actions if action not in barred.get(actor, ())]
            for actor, actions in full.items()
        }


def _likeliest(actions: list[Action]) -> list[Action]:
    """Return fourteen actions: those to keep, the likeliest of other rungs, the likeliest left."""
    ranked = sorted(actions, key=_rank)
    kept = [action for action in ranked if action.keep]
    for new_rungs_only in (True, False):
        for action in ranked:
            rungs = {one.rung for one in kept}
            new = action not in kept and not (new_rungs_only and action.rung in rungs)
            if new and len(kept) < _SHORT:
                kept.append(action)
    return kept


def _rank(action: Action) -> tuple[float, str]:
    chances = [n.value for n in (action.initiative, action.reply) if n is not None]
    return action.cost.value - max(chances, default=-20.0), action.id


def _fill_rungs(full: Menus, menus: Menus) -> bool:
    """Add what is missing between the lowest and the highest rung towards each target."""
    added = False
    for actor, kept in menus.items():
        for target in full:
            rungs = {action.rung for action in kept if target in action.targets}
            aimed = [action for action in full[actor] if target in action.targets]
            for action in sorted(aimed, key=_rank):
                between = (
                    min(rungs, default=HIGHEST_RUNG) < action.rung < max(rungs, default=LOWEST_RUNG)
                )
                if between and action.rung not in rungs:
                    kept.append(action)
                    rungs.add(action.rung)
                    added = True
    return added


def _add_answers(scenario: Scenario, full: Menus, menus: Menus) -> bool:
    """Add a step down for each offer's target that keeps none it could answer with."""
    offers = [
        (sender, offer) for sender, kept in menus.items() for offer in kept if offer.rung == OFFER
    ]
    added = False
    for sender, offer in offers:
        known = set((scenario.flags | dict(needs(offer))).items())
        for target in offer.targets:
            answers = [
                action
                for action in sorted(full[target], key=_rank)
                if action.rung <= -1 and sender in action.targets and can_hold(action, known)
            ]
            if answers and not any(action in menus[target] for action in answers):
                menus[target].append(answers[0])
                added = True
    return added


def _add_setters(scenario: Scenario, full: Menus, menus: Menus) -> bool:
    """Add a conciliatory act that brings about a condition which nothing kept brings about."""
    for wanted in _missing(scenario, menus):
        setters = [
            (_rank(action), actor, action)
            for actor, actions in full.items()
            for action in actions
            if wanted in settings_of(action.effects)
            and action.rung < 0
            and action not in menus[actor]
        ]
        if setters:
            _, actor, action = min(setters, key=lambda setter: setter[:2])
            menus[actor].append(action)
            return True
    return False


def _missing(scenario: Scenario, menus: Menus) -> list[tuple[str, bool]]:
    """Return the conditions on the sheets that cannot come to hold, sorted."""
    kept = [action for actions in menus.values() for action in actions]
    can_be = settable(scenario, kept)
    stuck = [needs(action) for action in kept if not can_hold(action, can_be)]
    return sorted(set().union(*stuck) - can_be)


def _barred(scenario: Scenario, menus: Menus) -> Menus:
    """Return actor -> those of its actions whose flags cannot all come to hold."""
    can_be = settable(scenario, [action for kept in menus.values() for action in kept])
    found = {
        actor: [action for action in kept if not can_hold(action, can_be)]
        for actor, kept in menus.items()
    }
    return {actor: actions for actor, actions in found.items() if actions}
