"""Commands for a class."""
