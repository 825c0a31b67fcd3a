"""What is refused in a scenario, in sentences with a remedy."""
