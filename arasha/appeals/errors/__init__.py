"""What is refused, by the part of the work: what happened, and what to do next."""
