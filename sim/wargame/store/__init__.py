"""A folder on disk: whole or not at all, and said to be what it is."""
