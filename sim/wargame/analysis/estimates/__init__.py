"""What an ensemble says, each number with its interval."""
