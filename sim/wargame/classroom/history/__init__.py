"""One history lived through again, with all that was read and weighed."""
