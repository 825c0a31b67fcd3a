"""The rules once more: slow, plain, one history at a time.

Written from ``docs/explanation/rules.md`` alone, phase by phase and in its words, so
that a reader can hold the two side by side. The engine plays many histories
side by side, compiled; the tests require it to tell the same history as this program,
replication by replication, from the same draws.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from scipy.special import ndtri

from reference_conditions import holds
from reference_record import History, record
from reference_world import Act, Crisis, Provocation, World, apply_effect
from wargame.scenario.schema import Action, Scenario


def simulate(
    scenario: Scenario,
    seed: int,
    replication: int,
    *,
    uncertainty: bool = False,
    orders: Mapping[tuple[int, str], Any] | None = None,
    aliases: Mapping[str, str] | None = None,
) -> History:
    """Tell one history.

    ``orders`` maps (turn, actor id) to something with ``opening`` and ``standing``;
    ``aliases`` maps an actor id to the name its draws go by.
    """
    world = World(scenario, seed, replication, uncertainty, orders or {}, aliases or {})
    for turn in range(1, scenario.turns + 1):
        world.turn = turn
        inject(world)
        links = [initiate(world)]
        for link in range(1, scenario.world.chain.longest + 1):
            links.append(react(world, link, links[-1]))
        acts = [act for link_acts in links for act in link_acts]
        settle(world, acts)
        update(world, acts)
        if world.over:
            break
    return record(world)


def inject(world: World) -> None:
    """1. Scheduled events take effect."""
    for event in world.scenario.calendar:
        if world.scenario.turn_of(event) == world.turn:
            for index, effect in enumerate(event.effects):
                place = ("calendar", event.id, f"effects[{index}]")
                apply_effect(world, effect, place, last=-1)


def initiate(world: World) -> list[Act]:
    """2. Each actor may open, unprovoked (link 0)."""
    openings = ((i, opening_of(world, i)) for i in world.actors)
    acts = [Act(world.turn, 0, i, action) for i, action in openings if action is not None]
    for act in acts:
        carry_out(world, act)
    return acts


def opening_of(world: World, i: str) -> Action | None:
    order = world.order(i)
    if order is not None and order.opening is not None:
        ordered = [a for a in world.menus[i] if a.id == order.opening and on_offer(world, i, a, 0)]
        return ordered[0] if ordered else None
    for event in reversed(world.scenario.calendar):
        starts_now = world.scenario.turn_of(event) == world.turn
        if starts_now and event.act is not None and event.act.actor == i:
            return next(a for a in world.menus[i] if a.id == event.act.action)
    hazard = world.trait(i, "tempo") * tempo_multiplier(world, i) + world.excitation[i]
    if not world.draw("initiate", world.turn, i) < 1 - math.exp(-hazard * world.dt):
        return None
    offered = [a for a in world.menus[i] if a.initiative is not None and on_offer(world, i, a, 0)]
    logits = []
    for a in offered:
        assert a.initiative is not None
        bias = world.number(a.initiative, "actors", i, "actions", a.id, "initiative")
        logits.append(bias + inclination(world, i, a))
    return pick(offered, logits, world.draw("choose", world.turn, 0, i))


def tempo_multiplier(world: World, i: str) -> float:
    m = 1.0
    for event in world.scenario.calendar:
        first = world.scenario.turn_of(event)
        if i in event.actors and first <= world.turn <= first + event.window - 1:
            m *= world.number(event.tempo_factor, "calendar", event.id, "tempo_factor")
    for actor, factor, last in world.tempo_effects.values():
        if actor == i and world.turn <= last:
            m *= factor
    rules = world.scenario.world
    for parties, last in world.agreements.items():
        if i in parties and world.turn <= last:
            m *= world.number(rules.agreement.tempo_factor, "world", "agreement", "tempo_factor")
    if world.crisis is not None and i in world.crisis.parties:
        m *= world.number(rules.crisis.tempo_factor, "world", "crisis", "tempo_factor")
    return m


def inclination(world: World, i: str, a: Action) -> float:
    """Return the terms that openings and answers share: goals, cost, spiral."""
    goals = world.scenario.actors[i].goals
    place = ("actors", i, "actions", a.id)
    served = sum(
        world.number(goals[g], "actors", i, "goals", g) * world.number(gain, *place, "gains", g)
        for g, gain in a.gains.items()
        if g in goals
    )
    pull = world.trait(i, "spiral") * world.strongest_tension(i) * (a.rung - 3) / 6
    return served - world.number(a.cost, *place, "cost") + pull


def on_offer(world: World, i: str, a: Action, link: int) -> bool:
    done = world.last_done.get((i, a.id))
    if done is not None and a.cooldown > 0 and world.turn < done + a.cooldown + 1:
        return False
    if a.limit is not None and world.times_done[i, a.id] >= a.limit:
        return False
    return a.condition is None or holds(world, a.condition, link)


def pick(actions: list[Action], logits: list[float], u: float) -> Action | None:
    if not actions:
        return None
    weights = [math.exp(logit - max(logits)) for logit in logits]
    cumulated, total = 0.0, sum(weights)
    for action, weight in zip(actions, weights, strict=True):
        cumulated += weight
        if cumulated > u * total:
            return action
    return actions[-1]


def carry_out(world: World, act: Act) -> None:
    """Do an act: it may slip, it may kill, it uses up cooldown and limit at once."""
    a, where = act.action, (world.turn, act.link, act.actor)
    act.realised = a.rung
    chances = 0.0
    for way, slip in enumerate(a.slip):
        path = ("actors", act.actor, "actions", a.id, f"slip[{way}]", "chance")
        chances += world.number(slip.chance, *path)
        if not act.accidental and world.draw("slip", *where) < chances:
            act.realised, act.accidental = slip.to, True
    if act.realised in (6, 7):
        low, high = {6: (1, 99), 7: (100, 999)}[act.realised]
        act.deaths = math.floor(low * ((high + 1) / low) ** world.draw("deaths", *where))
    elif act.realised >= 8:
        act.deaths = 1000
    world.last_done[act.actor, a.id] = world.turn
    world.times_done[act.actor, a.id] += 1
    world.acts.append(act)


def react(world: World, link: int, before: list[Act]) -> list[Act]:
    """3. All actors at once may answer an act of the link before."""
    acts = [act for i in world.actors if (act := answer_of(world, i, link, before)) is not None]
    for act in acts:
        carry_out(world, act)
    for i in world.actors:  # what met what, for the record
        taken = take_up(world, i, link, before)
        if taken is not None and taken.behalf is None:
            mine = [act.realised for act in acts if act.actor == i]
            world.answers[taken.act.realised, mine[0] if mine else None] += 1
    return acts


def take_up(world: World, i: str, link: int, before: list[Act]) -> Provocation | None:
    """Return the one provocation that i attends to."""
    found = []
    for act in before:
        if act.actor == i:
            continue
        if act.hits(i):
            found.append(Provocation(act, 1.0, None))
            continue
        promises = world.scenario.actors[i].commitments
        allies = [j for j in sorted(act.action.targets) if j in promises]
        weights = [world.number(promises[j], "actors", i, "commitments", j) for j in allies]
        if weights and max(weights) > 0:
            found.append(Provocation(act, max(weights), allies[weights.index(max(weights))]))

    def rank(p: Provocation) -> tuple[float, ...]:
        tie = world.draw("provocation", world.turn, link, i, p.act.actor)
        return (p.act.realised, p.weight, tie)

    return max(found, key=rank, default=None)


def answer_of(world: World, i: str, link: int, before: list[Act]) -> Act | None:
    taken = take_up(world, i, link, before)
    if taken is None:
        return None
    rules, where = world.scenario.world, (world.turn, link, i)
    z = float(ndtri(world.draw("perceive", *where)))
    s = taken.act.realised + world.trait(i, "misperception") * z
    order = world.order(i)
    standing = "model" if order is None else order.standing
    if standing == "hold":
        return None
    chance = taken.weight
    if standing == "model":
        met = round(s)
        kind = "conciliatory" if met < 0 else "low"
        kind = "force" if met >= 5 else "encroachment" if met == 4 else kind
        chance = world.number(getattr(rules.reply, kind), "world", "reply", kind) * taken.weight
    if link >= 2:
        chance *= world.number(rules.chain.damping, "world", "chain", "damping")
    if not world.draw("reply", *where) < chance:
        return None
    aimed = [
        a
        for a in world.menus[i]
        if a.reply is not None and taken.act.actor in a.targets and on_offer(world, i, a, link)
    ]
    if standing == "model":
        logits = [answer_logit(world, i, a, s) for a in aimed]
        chosen = pick(aimed, logits, world.draw("choose", *where))
    else:
        wanted = round(s) + {"match": 0, "one_lower": -1, "one_higher": 1}[standing]
        chosen = min(aimed, key=lambda a: (abs(a.rung - wanted), a.rung, a.id), default=None)
    if chosen is None:
        return None
    provoker, trigger = taken.act.actor, taken.act.realised
    return Act(world.turn, link, i, chosen, provoker, trigger, s, taken.behalf)


def answer_logit(world: World, i: str, a: Action, s: float) -> float:
    assert a.reply is not None
    place = ("actors", i, "actions", a.id)
    public = world.number(a.public, *place, "public")
    return (
        world.number(a.reply, *place, "reply")
        + inclination(world, i, a)
        - world.trait(i, "reciprocity") * abs(a.rung - s)
        - world.trait(i, "restraint") * max(0, a.rung - world.scenario.world.firebreak)
        - world.trait(i, "audience_cost") * public * max(0.0, s - a.rung)
    )


def settle(world: World, acts: list[Act]) -> None:
    """4. Peak and war, agreements broken and made, the crisis, effects of acts."""
    peak = max([0, *(act.realised for act in acts)])
    war = world.number(world.scenario.world.war_from_strikes, "world", "war_from_strikes")
    if peak == 7 and world.draw("war", world.turn) < war:
        peak = 8
    world.turn_peaks.append(peak)
    world.over = peak >= 8
    break_agreements(world, acts)
    made = make_agreements(world, acts)
    settle_crisis(world, acts, made)
    for act in acts:  # already by link, then actor id
        for index, effect in enumerate(act.action.effects):
            place = ("actors", act.actor, "actions", act.action.id, f"effects[{index}]")
            apply_effect(world, effect, place, last=0)


def break_agreements(world: World, acts: list[Act]) -> None:
    for parties in list(world.agreements):
        i, j = sorted(parties)
        if world.agreement_in_force(i, j) and any(
            act.realised >= world.scenario.world.agreement.broken_by
            and ((act.actor == i and act.hits(j)) or (act.actor == j and act.hits(i)))
            for act in acts
        ):
            del world.agreements[parties]
            world.broken += 1


def make_agreements(world: World, acts: list[Act]) -> set[frozenset[str]]:
    made = set()
    for answer in acts:
        taken_up = answer.provoker is not None and answer.behalf is None
        if taken_up and answer.trigger == -2 and answer.realised <= -1:
            parties = frozenset((answer.actor, str(answer.provoker)))
            world.agreements[parties] = world.turn + world.scenario.world.agreement.turns
            world.excitation.update(dict.fromkeys(parties, 0.0))
            world.made += 1  # two offers accepted in one turn count twice
            made.add(parties)
    return made


def settle_crisis(world: World, acts: list[Act], made: set[frozenset[str]]) -> None:
    rules, crisis = world.scenario.world.crisis, world.crisis
    serious = [act for act in acts if act.realised >= rules.opens_at]
    drawn_in = {party for act in serious for party in (act.actor, *act.action.targets)}
    if crisis is None and serious:
        crisis = world.crisis = Crisis(world.turn, drawn_in, world.turn)
        world.crises.append(crisis)
        crisis.how = "war" if world.over else "open"
    elif crisis is not None and world.over:
        crisis.how = "war"
    elif crisis is not None and any(parties <= crisis.parties for parties in made):
        crisis.how = "agreement"
    elif crisis is not None:
        crisis.parties |= drawn_in
        kept = (
            act.actor in crisis.parties and crisis.parties & set(act.action.targets)
            for act in acts
            if act.realised >= rules.sustained_by
        )
        if serious or any(kept):
            crisis.renewed = world.turn
        if world.turn - crisis.renewed >= rules.quiet_turns:
            crisis.how = "faded"
    if crisis is not None:
        crisis.ended = world.turn
        if crisis.how != "open":
            world.crisis = None


def severity(world: World, rung: int) -> float:
    """How much more a turn excites than one whose gravest act is at rung 2 to 4."""
    if rung < 5:
        return 1.0
    name = {5: "force", 6: "lethal"}.get(rung, "strikes")
    return world.number(getattr(world.scenario.world.severity, name), "world", "severity", name)


def update(world: World, acts: list[Act]) -> None:
    """5. Excitation and tension fade and build; stocks move on."""
    for i in world.actors:
        world.excitation[i] *= math.exp(-world.dt / world.trait(i, "memory"))
        gravest = max([0, *(a.realised for a in acts if a.actor == i or a.hits(i))])
        if gravest >= 2:
            world.excitation[i] += world.trait(i, "excitation") * severity(world, gravest)
    rules = world.scenario.world.tension
    decay = world.number(rules.decay, "world", "tension", "decay")
    gain = world.number(rules.gain, "world", "tension", "gain")
    for i, j in world.tension:
        strongest = max([0, *(act.realised for act in acts if act.actor == j and act.hits(i))])
        kept = decay**world.dt * world.tension[i, j]
        world.tension[i, j] = min(1.0, kept + gain * strongest / 9)
    for (i, name), left in world.stocks.items():
        change = world.scenario.actors[i].stocks[name].change
        moved = left + world.number(change, "actors", i, "stocks", name, "change")
        world.stocks[i, name] = min(1.0, max(0.0, moved))
