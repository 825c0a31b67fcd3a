"""Which of a scenario's uncertain numbers its results hang on: screening, indices and swings."""

from wargame.analysis.studies.sensitivity.analysis import OTHERS, Sensitivity, analyse
from wargame.analysis.studies.sensitivity.effort import Effort
from wargame.analysis.studies.sensitivity.swings import Swing

__all__ = ["OTHERS", "Effort", "Sensitivity", "Swing", "analyse"]
