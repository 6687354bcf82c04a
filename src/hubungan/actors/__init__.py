"""Who acts: the registry of states, bodies, groups, persons and places, and the linking of words to it."""
