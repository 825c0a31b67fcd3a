"""A scenario as records of numbers: structure, numbers, turns; and a history's state."""
