"""What a scenario says: frozen models with units, ranges and sources; no behaviour.

The reference page of the file format and the JSON Schema for editors are both generated from the
descriptions in this room. Rules that need the whole document (a target that does not exist, a cite
that does not resolve) are in `wargame.scenario.laws.checks`.
"""

from wargame.scenario.schema.action import DOMAINS, MOST_SLIPS, Action, Slip, menu_order
from wargame.scenario.schema.actor import Actor, Stock
from wargame.scenario.schema.calendar import Event, ForcedAct
from wargame.scenario.schema.document import Scenario
from wargame.scenario.schema.effects import (
    Effect,
    ExcitationEffect,
    FlagEffect,
    StockEffect,
    TempoEffect,
    TensionEffect,
)
from wargame.scenario.schema.fields import Cites, Label, Name, Prose
from wargame.scenario.schema.teaching import Claim, Inject, Question, Role, Teaching
from wargame.scenario.schema.world import (
    Agreement,
    Chain,
    Crisis,
    ReplyChance,
    Severity,
    Tension,
    World,
)

__all__ = [
    "DOMAINS",
    "MOST_SLIPS",
    "Action",
    "Actor",
    "Agreement",
    "Chain",
    "Cites",
    "Claim",
    "Crisis",
    "Effect",
    "Event",
    "ExcitationEffect",
    "FlagEffect",
    "ForcedAct",
    "Inject",
    "Label",
    "Name",
    "Prose",
    "Question",
    "ReplyChance",
    "Role",
    "Scenario",
    "Severity",
    "Slip",
    "Stock",
    "StockEffect",
    "Teaching",
    "TempoEffect",
    "Tension",
    "TensionEffect",
    "World",
    "menu_order",
]
