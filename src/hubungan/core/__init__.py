"""The performance-critical core and its border. Today the plain Python reference runs; see DESIGN.md."""

from .reference import Match, Trie

#: Which implementation runs, for `hubungan doctor`.
NAME = "reference (Python)"

__all__ = ["NAME", "Match", "Trie"]
