"""An officer refers an appeal to the prosecutor; the prosecutor accepts or refuses."""
