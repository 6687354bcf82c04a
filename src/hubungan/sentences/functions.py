"""The function words of a sentence: markers, clause openers and the like, as the pack lists them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .tokens import Token

if TYPE_CHECKING:
    from ..languages import Pack, Word


class Functions:
    """The function words of a sentence by position."""

    def __init__(self, tokens: Sequence[Token], pack: Pack) -> None:
        self.starts: dict[int, list[tuple[int, Word]]] = {}
        self.ends: dict[int, list[tuple[int, Word]]] = {}
        # A function word may stand behind a prefix (Arabic `وفي`), but nothing hangs on one.
        keys = [token.keys if pack.clitics and pack.clitics.prefixes else token.keys[:1] for token in tokens]
        for position in range(len(tokens)):
            for match in pack.words.at(keys, position):
                for word in match.values:
                    self.starts.setdefault(match.start, []).append((match.end, word))
                    self.ends.setdefault(match.end, []).append((match.start, word))

    def at(self, position: int, table: str, kind: str | None = None) -> int:
        """End of the longest word of this class that starts at a position, or 0."""
        return max((end for end, word in self.starts.get(position, ())
                    if word.table == table and kind in (None, word.kind)), default=0)

    def class_at(self, position: int, table: str) -> str:
        """Class of the longest word of a table that starts at a position, or ""."""
        return max(((end, word.kind) for end, word in self.starts.get(position, ()) if word.table == table),
                   default=(0, ""))[1]

    def class_before(self, position: int, table: str) -> tuple[int, str]:
        """(start, class) of the longest word of a table that ends at a position, or (position, "")."""
        return min(((start, word.kind) for start, word in self.ends.get(position, ()) if word.table == table),
                   default=(position, ""))
