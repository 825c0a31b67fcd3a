"""What does not have the shape of a scenario, in sentences."""
