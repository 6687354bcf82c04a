"""Page furniture inside a text: related links, calls to subscribe, credits, datelines. It is marked, kept, and never coded."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from ..languages import Pack
from ..records import Removed

#: Words in the longest credit and the longest related link; what is longer is a sentence of the article.
_LONGEST_BYLINE, _LONGEST_LINK = 8, 30
#: `MOSCOW (AP) —`, `HELSINKI, KOMPAS.com -`: at most seven words before a dash at the head of a line.
_DATELINE = regex.compile(r"(?P<head>\S+(?:[ \t]\S+){0,6}?)[ \t]*(?:—|–|--|[ \t]-(?=[ \t]))[ \t]*")
_PLACE_OR_AGENCY = regex.compile(r"^\p{Lu}{3,}\b|\(\p{L}[\p{L} ./-]*\)|\p{L}\.(?:com|co|id|net|org)\b")


def find(text: str, pack: Pack) -> list[Removed]:
    """The stretches of `text` that are furniture, in order.

    A table line says where its words must stand: `line-start` and `byline` at the head of a line (the line goes), `line-is` as
    the whole line, `inline` anywhere (they go with the rest of the line, or up to the next sentence that is not glued to them).
    """
    return list(_lines(text, pack))


def _lines(text: str, pack: Pack) -> Iterator[Removed]:
    rules = [(where, words.casefold()) for where, words in pack.furniture]
    start = 0
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        stripped = line.strip()
        bare = stripped.casefold()
        if bare:
            yield from _line(text, start, line, bare, stripped, rules)
        start = end


def _line(text: str, start: int, line: str, bare: str, stripped: str, rules: list[tuple[str, str]]) -> Iterator[Removed]:
    low = start + len(line) - len(line.lstrip())
    high = low + len(stripped)
    for where, words in rules:
        if where == "line-is" and bare.strip(" .:-–—*") == words.strip(" .:-–—*"):
            yield Removed(low, high, f"line '{words}'")
            return
        if where in ("line-start", "byline") and bare.startswith(words) and _ends_word(bare, len(words), words) \
                and not _is_sentence(bare, where, words):
            yield Removed(low, high, f"{where} '{words}'")
            return
    dateline = _DATELINE.match(text, low, min(high, low + 90))
    if dateline and dateline.end() < high and _PLACE_OR_AGENCY.search(dateline["head"]) and not text[dateline.end()].islower():
        yield Removed(low, dateline.end(), "dateline")
        low = dateline.end()
    for where, words in rules:
        if where == "inline":
            folded = line.casefold()
            at = start + (folded if len(folded) == len(line) else line).find(words)
            if at >= low:
                yield Removed(at, high, f"inline '{words}'")
                return


def _is_sentence(bare: str, where: str, words: str) -> bool:
    """Whether a line that begins like furniture is yet a sentence: too long, or, behind one common word, ended by a full stop."""
    length = len(bare.split())
    if length > (_LONGEST_BYLINE if where == "byline" else _LONGEST_LINK):
        return True
    return length > 4 and bare[-1] in ".!?。।" and (where == "byline" or words.isalpha())


def _ends_word(bare: str, end: int, words: str) -> bool:
    return end >= len(bare) or not words[-1].isalnum() or not bare[end].isalnum()
