"""Sentence boundaries.

A boundary is a line end, a full stop with a space behind it, or a full stop that scraping has glued to the next sentence
(`kesehatan.Sjafrie`). It is none behind an abbreviation or an initial, and none where the next sentence would begin with a
small letter: there scraping or translation has broken one sentence in two, and it is read as one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import regex

from ..records import Removed, Span

_END = regex.compile(
    r"[ \t\r\f\v]*\n\s*"
    r"|(?:[.!?؟।۔…։]+|[。！？]+)[\"'”’»)\]」』]*(?:\s+|(?<=[。！？][\"'”’»)\]」』]*))"
    r"|(?<=[\p{Ll}\"”)])[.!?][\"”]?(?=[\"“]?\p{Lu}\p{Ll})")
_LAST_WORD = regex.compile(r"[\p{L}\p{M}.]+$")


def split(text: str, abbreviations: Collection[str] = (), removed: Iterable[Removed] = ()) -> list[Span]:
    """The sentences of `text`, in order, without the white space around them.

    Args:
        abbreviations: words with a full stop that ends no sentence, in small letters (`mr.`).
        removed: stretches that belong to no sentence; one of them always ends the sentence before it.
    """
    spans: list[Span] = []
    start = 0
    for gap in [*sorted(removed, key=lambda r: r.start), None]:
        stop = gap.start if gap else len(text)
        spans += _stretch(text, start, stop, abbreviations)
        start = max(start, gap.end) if gap else stop
    return spans


def _stretch(text: str, start: int, stop: int, abbreviations: Collection[str]) -> list[Span]:
    spans = []
    for match in [*_END.finditer(text, start, stop), None]:
        end = match.end() if match else stop
        if match and end < stop and _goes_on(text, start, match.start(), match.group(), text[end], abbreviations):
            continue
        piece = text[start:end]
        low = start + len(piece) - len(piece.lstrip())
        high = start + len(piece.rstrip())
        if low < high:
            spans.append(Span(low, high, text[low:high]))
        start = end
    return spans


def _goes_on(text: str, start: int, low: int, mark: str, following: str, abbreviations: Collection[str]) -> bool:
    """Whether the sentence goes on behind this mark."""
    if following.islower() and "\n\n" not in mark.replace(" ", "") and "。" not in mark:
        return True
    if not mark.startswith("."):
        return False
    word = _LAST_WORD.search(text, max(start, low - 20), low + 1)
    if word is None:
        return False
    last = word.group()
    return last.lower() in abbreviations or (len(last) == 2 and last[0].isupper())
