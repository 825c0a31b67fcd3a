"""Experiments: comparisons, sweeps, sensitivity, audits."""
