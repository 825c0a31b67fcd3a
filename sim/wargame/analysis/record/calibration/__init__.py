"""Approximate Bayesian calibration: the parameters that leave the patterns of the record."""

from wargame.analysis.record.calibration.adjustment import adjust, quantiles
from wargame.analysis.record.calibration.posterior import Marginal, Posterior, posterior_parameters
from wargame.analysis.record.calibration.rejection import KEYS, calibrate, observed

__all__ = [
    "KEYS",
    "Marginal",
    "Posterior",
    "adjust",
    "calibrate",
    "observed",
    "posterior_parameters",
    "quantiles",
]
