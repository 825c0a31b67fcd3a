"""Commands that simulate and show a run."""
