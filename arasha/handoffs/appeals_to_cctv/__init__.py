"""An officer asks that footage be held before it is overwritten; the words of the appeal stay sealed."""
