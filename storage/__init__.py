"""xuefa remembers here: the only SQL of the house."""
