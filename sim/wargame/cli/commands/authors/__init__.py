"""Commands for authors of scenarios."""
