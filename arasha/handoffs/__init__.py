"""The only place where one institution's process reaches another's: one folder per crossing."""
