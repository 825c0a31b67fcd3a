"""Figures of one run, each with the sentence that it says."""
