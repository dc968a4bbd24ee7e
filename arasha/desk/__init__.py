"""The staff door: home, search, timelines, the base templates."""
