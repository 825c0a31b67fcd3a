"""At which values of its numbers a scenario is simulated."""
