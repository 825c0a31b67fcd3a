"""A number with its uncertainty and its provenance: read, bounded, and drawn per replication."""

from wargame.scenario.parameters.between import Between
from wargame.scenario.parameters.parameter import Cite, Number, Parameter, Source
from wargame.scenario.parameters.spelling import number_hint
from wargame.scenario.parameters.triangular import triangular

__all__ = ["Between", "Cite", "Number", "Parameter", "Source", "number_hint", "triangular"]
