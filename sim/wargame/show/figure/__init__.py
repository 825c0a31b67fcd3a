"""Figures: a canvas, and what is drawn on it."""
