"""The rules that belong to no one actor."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from wargame.scenario.ladder import DISPLAY, ENCROACHMENT, LETHAL
from wargame.scenario.parameters import Between, Parameter
from wargame.scenario.schema.fields import (
    Factor,
    Part,
    Probability,
    Rung,
    Share,
    Truth,
    Turns,
    Whole,
)

Times = Annotated[Parameter, Between(0, 20, "times as much")]


class ReplyChance(Part):
    """Chance of answering an act aimed at oneself, by its perceived rung."""

    conciliatory: Probability = Field(Parameter(value=0.6), description="Below rung 0.")
    low: Probability = Field(Parameter(value=0.42), description="Rung 0 to 3.")
    encroachment: Probability = Field(Parameter(value=0.75), description="Rung 4.")
    force: Probability = Field(Parameter(value=0.9), description="Rung 5 and above.")


class Chain(Part):
    """How reaction chains run."""

    damping: Probability = Field(
        Parameter(value=0.35), description="Factor on the chance to answer from the second link on."
    )
    longest: Annotated[Whole, Field(ge=0, le=12)] = Field(
        4, description="Links of a chain after the opening act."
    )


class Severity(Part):
    """How much a grave turn adds to excitation, as a multiple of what one up to rung 4 adds."""

    force: Times = Field(Parameter(value=2.0, low=1.0, high=4.0), description="At rung 5.")
    lethal: Times = Field(Parameter(value=3.0, low=1.0, high=6.0), description="At rung 6.")
    strikes: Times = Field(
        Parameter(value=4.0, low=1.0, high=8.0), description="At rung 7 and above."
    )


class Tension(Part):
    """How the tension one actor feels from another builds and fades."""

    decay: Share = Field(Parameter(value=0.66), description="Share left after a week.")
    gain: Annotated[Parameter, Between(0, 9, "tension per full ladder")] = Field(
        Parameter(value=0.6), description="Added for an act at rung 9; in proportion below."
    )


class Crisis(Part):
    """When a crisis opens, what keeps it alive, when it fades."""

    opens_at: Rung = Field(ENCROACHMENT, description="A realised rung this high opens one.")
    sustained_by: Rung = Field(
        DISPLAY, description="An act this high between its parties keeps it alive."
    )
    quiet_turns: Turns = Field(8, description="It fades after this many turns without one.")
    tempo_factor: Factor = Field(
        Parameter(value=1.0), description="Its parties' tempo while it is open."
    )


class Agreement(Part):
    """What a binding de-escalation that was accepted does."""

    tempo_factor: Factor = Field(
        Parameter(value=0.7), description="Tempo of both parties while it is in force."
    )
    turns: Turns = Field(26, description="How long it is in force.")
    broken_by: Rung = Field(
        ENCROACHMENT, description="An act this high between its parties ends it."
    )


class World(Part):
    """Rules that belong to no one actor."""

    reply: ReplyChance = Field(ReplyChance(), description="Chance of answering, by perceived rung.")
    chain: Chain = Field(Chain(), description="How reaction chains run.")
    firebreak: Rung = Field(LETHAL, description="Restraint counts from here upward.")
    war_from_strikes: Probability = Field(
        Parameter(value=0.4, low=0.15, high=0.7, source="data", cite="record.war_given_serious"),
        description="Chance that a turn of major strikes (rung 7) becomes war (rung 8).",
    )
    severity: Severity = Field(
        Severity(), description="What turns with force, deaths or strikes add to excitation."
    )
    tension: Tension = Field(Tension(), description="How tension builds and fades.")
    crisis: Crisis = Field(Crisis(), description="When a crisis opens and ends.")
    agreement: Agreement = Field(
        Agreement(), description="What an accepted binding de-escalation does."
    )
    nuclear: Truth = Field(False, description="Whether rung 9 may appear at all.")
