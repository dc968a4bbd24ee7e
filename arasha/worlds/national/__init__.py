"""A world at the true scale of a country: for looking, and for measuring."""
