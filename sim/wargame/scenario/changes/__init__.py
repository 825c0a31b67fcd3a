"""A scenario with some of its values changed: settings, parameter files, theories."""
