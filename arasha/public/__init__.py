"""The door for everybody."""
