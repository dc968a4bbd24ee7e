"""What is done for terminals by those who keep them running."""
