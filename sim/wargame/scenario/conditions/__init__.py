"""Conditions: one small language, read from text, held as a tree, said again in words."""
