"""Tables of other registers: their columns mapped to our fields, their lines read and checked. Nothing is written here."""
