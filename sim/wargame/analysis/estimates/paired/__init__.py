"""Two ensembles on common draws: what differs between them, replication by replication."""
