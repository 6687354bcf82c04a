"""How well the program codes: the measure, and the floors that it may not fall below."""
