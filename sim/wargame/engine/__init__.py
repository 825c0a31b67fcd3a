"""The simulation: arrays over replications, one Mesa agent per actor."""
