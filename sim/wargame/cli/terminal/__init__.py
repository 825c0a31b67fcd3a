"""What stands on the terminal: tables, notes, the screen of a game."""
