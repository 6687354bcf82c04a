"""Sentences and words of a text, with their offsets."""

from .split import split
from .tokens import Clitics, Token, fold, tokenize, words

__all__ = ["Clitics", "Token", "fold", "split", "tokenize", "words"]
