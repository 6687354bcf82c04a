"""The version of the program, which every coded record carries."""

__version__ = "0.1.0"
