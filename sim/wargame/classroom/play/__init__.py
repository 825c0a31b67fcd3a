"""A game: its table, what each player sees, its log."""
