"""What a letter of a case says before somebody completes it."""
