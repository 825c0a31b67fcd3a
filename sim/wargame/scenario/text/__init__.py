"""Text to plain data, strictly, with the place of everything."""
