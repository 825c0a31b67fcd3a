"""The teller: one turn of a history in sentences."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from wargame.classroom.explanation.why import card_of
from wargame.classroom.history.history import History
from wargame.classroom.history.weights import find_action
from wargame.classroom.story.story import Line, Week
from wargame.engine.decision import Met
from wargame.engine.results import AGREEMENT_ENDS, CRISIS_ENDS, Results
from wargame.scenario.ladder import ENCROACHMENT, RUNGS, STRIKES, WAR
from wargame.show.names import day, named, period, unit_of
from wargame.show.words import capital, join_words

_OVER = {"agreement": "is settled by the agreement", "faded": "has faded away"}


class Teller:
    """Tells turn after turn."""

    def __init__(self, history: History, why: bool, players: Collection[str]) -> None:
        self._history, self._scenario, self._why = history, history.scenario, why
        self._players = players
        self._names = {actor: named(history.scenario, actor) for actor in history.scenario.actors}
        self._acts = acts_of(history.results)
        self._decisions = {(d.turn, d.link, d.actor): d for d in history.decisions}
        self._meetings = {(m.turn, m.link, m.actor): m for m in history.meetings}

    def week(self, turn: int) -> Week:
        """Tell one turn."""
        acts = [act for act in self._acts if act["turn"] == turn]
        lines = list(self._news(turn))
        for act in acts:
            if act["link"] == 0:
                lines += self._exchange(act, acts)
        lines += self._agreements(turn)
        lines += self._settled(turn, acts)
        return Week(turn, turn, period(self._scenario, turn, turn), tuple(lines))

    def _news(self, turn: int) -> Iterable[Line]:
        for event in self._scenario.calendar:
            if self._scenario.turn_of(event) == turn:
                yield Line(f"In the calendar: {event.label or event.id.replace('_', ' ')}.")

    def _exchange(self, act: dict[str, Any], acts: list[dict[str, Any]]) -> Iterable[Line]:
        """Tell an act and, under it, its answers with theirs, and who let it pass."""
        yield self._act(act)
        link = act["link"] + 1
        for answer in acts:
            if answer["link"] == link and answer["provoker"] == act["actor"]:
                yield from self._exchange(answer, acts)
        yield from self._let_pass(act, acts)

    def _act(self, act: dict[str, Any]) -> Line:
        turn, link, actor = act["turn"], act["link"], act["actor"]
        action = find_action(self._scenario, actor, act["action"])
        targets = join_words([self._names[target] for target in sorted(action.targets)])
        met = self._meetings.get((turn, link, actor)) if link else None
        decision = self._decisions.get((turn, link, actor))
        name = self._names[actor]
        if met is not None:
            lead = f"{name} answers {self._names[met.provoker]}"
            if met.behalf is not None:
                ally = self._names[met.behalf]
                lead = f"{name} joins in for {ally} against {self._names[met.provoker]}"
        elif decision is not None:
            lead = f"{name} acts of its own accord"
        else:
            mine = act["actor"] in self._players
            lead = f"{name} acts {'on your order' if mine else 'as it was set to'}"
        text = f'{lead}: "{action.label}", aimed at {targets} ({rung_words(act["intended"])}).'
        if met is not None:
            text += f" {reading_of(met)}"
        if act["accidental"]:
            text += (
                f" It was meant as rung {act['intended']} and went to {rung_words(act['realised'])}"
                " by accident."
            )
        text += _toll(act["deaths"])
        card = card_of(decision, self._scenario) if self._why and decision is not None else None
        return Line(_begin(text), link, act["realised"], card)

    def _let_pass(self, act: dict[str, Any], acts: list[dict[str, Any]]) -> Iterable[Line]:
        """Say who met an act as its target and did not answer."""
        turn, link, provoker = act["turn"], act["link"] + 1, act["actor"]
        acted = {other["actor"] for other in acts if other["link"] == link}
        silent = [
            met
            for met in self._history.meetings
            if (met.turn, met.link, met.provoker) == (turn, link, provoker)
            if met.behalf is None and met.actor not in acted
        ]
        if silent:
            names = join_words([self._names[met.actor] for met in silent])
            verb = "does" if len(silent) == 1 else "do"
            read = {round(met.perceived) for met in silent}
            took = f" (taken for rung {read.pop()})" if len(read) == 1 else ""
            text = f"{names} {verb} not answer {self._names[provoker]}{took}."
            if not took and not self._why:
                each = [f"{self._names[m.actor]} for rung {round(m.perceived)}" for m in silent]
                text += f" Taken by {join_words(each)}."
            if self._why:
                text += " " + " ".join(_begin(self._odds_of_answering(met)) for met in silent)
            yield Line(_begin(text), link)

    def _odds_of_answering(self, met: Met) -> str:
        if met.answers:
            return f"{self._names[met.actor]} would have answered, but nothing fit was on offer."
        read = f"{self._names[met.actor]} read it as {met.perceived:.1f}, {kind_of(met.perceived)}"
        if met.damping == 1.0:
            chance = f"answered with chance {met.willing:.2f}"
        else:
            chance = (
                f"answered with chance {met.willing:.2f}, times {met.damping:.2f} because it would "
                f"answer an answer: {met.chance:.2f}"
            )
        return f"{read}: {chance}. The draw was {met.draw:.2f}."

    def _agreements(self, turn: int) -> Iterable[Line]:
        log, length = self._history.results.agreements, self._scenario.world.agreement.turns
        pairs = [self._pair(pair) for pair in zip(log["one"], log["other"], strict=True)]
        for pair, ended, how in zip(pairs, log["ended"], log["how"], strict=True):
            if ended == turn and AGREEMENT_ENDS[how] == "broken":
                yield Line(f"The agreement between {pair} is broken.")
        for pair, made in zip(pairs, log["made"], strict=True):
            if made == turn:
                unit = unit_of(self._scenario).lower() + ("" if length == 1 else "s")
                yield Line(f"{_begin(pair)} are bound by an agreement, for {length} {unit}.")

    def _settled(self, turn: int, acts: list[dict[str, Any]]) -> Iterable[Line]:
        results = self._history.results
        highest = max((act["realised"] for act in acts), default=0)
        if results.turn_peak[turn - 1, 0] == WAR and highest == STRIKES:
            yield Line("The strikes do not stop there: they grow into war.", rung=WAR)
        log = results.crises
        for opened, ended, how in zip(log["opened"], log["ended"], log["how"], strict=True):
            if opened == turn:
                yield Line("A crisis opens.")
            if ended == turn and CRISIS_ENDS[how] in _OVER:
                since = day(self._scenario.date_of(int(opened)))
                yield Line(f"The crisis open since {since} {_OVER[CRISIS_ENDS[how]]}.")

    def _pair(self, places: tuple[int, int]) -> str:
        actors = self._history.results.actors
        return join_words([self._names[actors[place]] for place in places])


def acts_of(results: Results) -> list[dict[str, Any]]:
    """Return the acts of results as plain rows, with ids in place of indices."""
    rows = []
    for values in zip(*results.acts.values(), strict=True):
        act = {name: value.item() for name, value in zip(results.acts, values, strict=True)}
        act["actor"] = results.actors[act["actor"]]
        act["action"] = results.menus[act["actor"]][act["action"]]
        act["provoker"] = results.actors[act["provoker"]] if act["provoker"] >= 0 else None
        act["behalf"] = results.actors[act["behalf"]] if act["behalf"] >= 0 else None
        rows.append(act)
    return rows


def _begin(text: str) -> str:
    """Return a sentence with the article at its head, if it begins with one, in a capital."""
    return capital(text) if text.startswith("the ") else text


def reading_of(met: Met) -> str:
    """Say how an act was read beside what it was."""
    truth = f"rung {met.trigger}"
    if met.misread == 0:
        return f"It read the act for what it was ({truth})."
    graver = "graver" if met.misread > 0 else "milder"
    return f"It took the act for rung {round(met.perceived)}, {graver} than it was ({truth})."


def kind_of(perceived: float) -> str:
    """Return the class of act that the chance of answering goes by."""
    level = round(perceived)
    if level < 0:
        return "a step down"
    if level < ENCROACHMENT:
        return "words or a display"
    return "an encroachment" if level == ENCROACHMENT else "a use of force"


def rung_words(rung: int) -> str:
    """Return a rung with its meaning."""
    return f"rung {rung}, {RUNGS[rung]}"


def _toll(deaths: int) -> str:
    if deaths <= 0:
        return ""
    if deaths >= 1000:
        return " A thousand people or more die."
    return f" {deaths} {'person dies' if deaths == 1 else 'people die'}."
