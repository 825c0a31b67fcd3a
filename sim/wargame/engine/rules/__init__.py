"""Every law of the simulation once, as scalar functions of one history."""
