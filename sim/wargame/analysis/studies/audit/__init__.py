"""Whether everything in a scenario matters, and in the right direction."""
