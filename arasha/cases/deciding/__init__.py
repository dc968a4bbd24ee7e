"""What a decision says, what it may not say, and where it leads: by the country's procedure."""
