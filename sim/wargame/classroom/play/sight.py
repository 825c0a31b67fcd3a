"""What one actor sees of a game: built from nothing, one permitted thing after another.

A viewer sees its own acts as they were, acts aimed at it, and acts done in public. Of others'
acts it sees who, whom, in which field, and how grave they look to it: never the action's name
and never its true rung.
"""

from __future__ import annotations

from dataclasses import dataclass

from wargame.classroom.history.weights import find_action
from wargame.engine.chance import normal
from wargame.engine.draws import Streams
from wargame.engine.results import Results
from wargame.engine.rules.answering import perceive

PUBLIC = 0.5
"""An act done at least this publicly is seen by those it is not aimed at."""


@dataclass(frozen=True)
class Seen:
    """An act as a viewer knows it.

    Attributes
    ----------
    turn, link : int
        Link 0 opens, 1 and later answer.
    actor : str
        Who did it.
    targets : tuple of str
        Whom it was aimed at, sorted.
    domain : str
        One of `wargame.scenario.schema.DOMAINS`.
    aimed : bool
        Whether the viewer is among the targets.
    read : float
        The rung as the viewer takes it; of its own acts the rung they had.
    action : str or None
        Of its own acts; None for those of others.
    provoker : str or None
        Of its own acts: whom it answered.
    slipped : bool
        Of its own acts: whether it went further than was ordered.
    """

    turn: int
    link: int
    actor: str
    targets: tuple[str, ...]
    domain: str
    aimed: bool
    read: float
    action: str | None = None
    provoker: str | None = None
    slipped: bool = False


def see(results: Results, viewer: str) -> tuple[Seen, ...]:
    """Return what an actor saw of the acts of one history, in the order they happened.

    Parameters
    ----------
    results : Results
        Of one replication with fixed numbers, its acts kept.
    viewer : str
        Actor id.

    Returns
    -------
    tuple of Seen
        An act that the viewer answered is read exactly as the engine had it read: by the draw of
        that turn and link.
    """
    scenario, log = results.scenario, results.acts
    noise = scenario.actors[viewer].misperception.value
    streams = Streams(results.seed, results.first, 1)
    seen = []
    for row in range(len(log["turn"])):
        turn, link = int(log["turn"][row]), int(log["link"][row])
        actor = results.actors[int(log["actor"][row])]
        action = find_action(scenario, actor, results.menus[actor][int(log["action"][row])])
        targets, realised = tuple(sorted(action.targets)), int(log["realised"][row])
        if actor == viewer:
            provoker = int(log["provoker"][row])
            seen.append(
                Seen(
                    turn,
                    link,
                    actor,
                    targets,
                    action.domain,
                    aimed=False,
                    read=float(realised),
                    action=action.id,
                    provoker=results.actors[provoker] if provoker >= 0 else None,
                    slipped=bool(log["accidental"][row]),
                )
            )
        elif viewer in targets or action.public.value >= PUBLIC:
            u = float(streams.row("perceive", turn, link + 1, viewer)[0])
            read = perceive(realised, noise, normal(u))
            aimed = viewer in targets
            seen.append(Seen(turn, link, actor, targets, action.domain, aimed, read))
    return tuple(seen)


def gravest(seen: tuple[Seen, ...], turn: int) -> Seen | None:
    """Return the act aimed at the viewer in a turn that it takes for the gravest.

    Returns
    -------
    Seen or None
        Of equally grave ones the first; None if nothing was aimed at it.
    """
    aimed = [act for act in seen if act.aimed and act.turn == turn]
    return max(aimed, key=lambda act: act.read, default=None)
