"""The same history, or scenario, with one thing changed."""
