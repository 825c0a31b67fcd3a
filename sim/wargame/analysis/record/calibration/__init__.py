"""Approximate Bayesian calibration: the parameters that leave the patterns of the record."""

from wargame.analysis.record.calibration.adjustment import adjust, quantiles
from wargame.analysis.record.calibration.posterior import Marginal, Posterior, posterior_parameters
from wargame.analysis.record.calibration.rejection import KEYS, calibrate, check_length, observed

__all__ = [
    "KEYS",
    "Marginal",
    "Posterior",
    "adjust",
    "calibrate",
    "check_length",
    "observed",
    "posterior_parameters",
    "quantiles",
]
