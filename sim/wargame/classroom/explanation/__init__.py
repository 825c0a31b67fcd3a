"""Why an actor did what it did, and what acts were taken for."""
