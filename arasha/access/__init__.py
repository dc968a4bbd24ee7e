"""Who may see what, and why: grants, bars, compartments."""
