"""The performance-critical core in plain Python: the specification that a native kernel has to equal.

The core finds known word sequences in a text. It knows nothing of languages: a text comes as words, each word as the keys
under which it may be looked up (the word itself, and the word less its clitics), a table as sequences of keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

_VALUES = ""                           # in a node, the key of what ends there; no word is empty


class Match(NamedTuple):
    start: int                         # first word
    end: int                           # one past the last word
    values: list[Any]                  # what the table holds for it, in the order in which it was added
    keys: tuple[int, ...]              # which of its keys each word was found under


class Trie:
    """Word sequences to values.

    >>> trie = Trie([(("prime", "minister"), 1), (("minister",), 2)])
    >>> [(m.start, m.end, m.values) for m in trie.longest([("the",), ("prime",), ("minister",)])]
    [(1, 3, [1])]
    """

    def __init__(self, entries: Iterable[tuple[Sequence[str], Any]] = ()) -> None:
        self.root: dict = {}
        for words, value in entries:
            self.add(words, value)

    def add(self, words: Sequence[str], value: Any) -> None:
        """Add one sequence of one or more keys."""
        node = self.root
        for word in words:
            node = node.setdefault(word, {})
        node.setdefault(_VALUES, []).append(value)

    def at(self, words: Sequence[Sequence[str]], start: int) -> list[Match]:
        """Every match that begins at word `start`, shortest first."""
        found: list[Match] = []
        frontier: list[tuple[dict, tuple[int, ...]]] = [(self.root, ())]
        for position in range(start, len(words)):
            step = []
            for node, keys in frontier:
                for which, key in enumerate(words[position]):
                    child = node.get(key)
                    if child is not None:
                        step.append((child, (*keys, which)))
            if not step:
                break
            found += [Match(start, position + 1, node[_VALUES], keys) for node, keys in step if _VALUES in node]
            frontier = step
        return found

    def longest(self, words: Sequence[Sequence[str]]) -> Iterable[Match]:
        """The leftmost longest matches, which do not overlap; of equals the one with the fewest clitics removed."""
        root, position = self.root, 0
        while position < len(words):
            if any(key in root for key in words[position]):
                found = self.at(words, position)
                if found:
                    best = max(found, key=lambda m: (m.end, -sum(m.keys)))
                    yield best
                    position = best.end
                    continue
            position += 1
