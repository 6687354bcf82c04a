"""Language packs: one folder of tables a language. See README.md in this folder for their form."""

from .pack import Form, Pack, Sense, Word, available, load, stand_ins

__all__ = ["Form", "Pack", "Sense", "Word", "available", "load", "stand_ins"]
