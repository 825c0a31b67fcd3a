"""What may come from a moment of a history."""
