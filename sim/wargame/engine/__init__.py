"""The simulation: laws of one history, compiled, and Mesa that steps many histories by them."""
