"""What is known of terminals and of what comes from them."""
