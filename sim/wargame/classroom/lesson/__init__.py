"""A lesson in a folder: planned, written, printed."""
