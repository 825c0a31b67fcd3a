"""Run an ensemble: chunks of replications, on threads or on any executor."""

from wargame.engine.ensemble.run import Progress, play, run

__all__ = ["Progress", "play", "run"]
