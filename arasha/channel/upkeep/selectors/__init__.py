"""What is known of terminals, and for whom."""
