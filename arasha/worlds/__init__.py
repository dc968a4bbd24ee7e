"""Demo and national worlds."""
