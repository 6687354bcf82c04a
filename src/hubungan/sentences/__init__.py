"""Sentences and words of a text, with their offsets."""

from .split import split
from .tokens import COMMAS, Clitics, Token, fold, tokenize, words

__all__ = ["COMMAS", "Clitics", "Token", "fold", "split", "tokenize", "words"]
