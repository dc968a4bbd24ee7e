"""Those who keep terminals running: the register, incidents, checks at visits, test appeals."""
