"""The pieces of names in a sentence: words that the tables know, and runs of capitalised words that they do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from ..core import Match
from ..languages import Pack
from ..sentences.functions import Functions
from ..sentences.tokens import Token
from .registry import Name, registry

#: Where one form is several things, the first of these that it can be.
_RANK = ("fused", "person", "group", "body", "state", "seat", "adjective", "people", "role", "pronoun", "place")
_KATAKANA = regex.compile(r"[\p{Katakana}ー]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Known words, `tokens[first:last]`, or (kind `name`) capitalised words that no table knows."""

    first: int
    last: int
    name: Name
    clitic: tuple[str, str] = ("", "")
    also: tuple[Name, ...] = ()        # what else the same words can be


def pieces(tokens: Sequence[Token], pack: Pack, functions: Functions) -> list[Piece]:
    """The pieces of a sentence, in order; of those that overlap the longest stands."""
    keys = [token.keys for token in tokens]
    found: list[tuple[Match, list[Name]]] = []
    for trie in pack.names:
        for position in range(len(tokens)):
            if any(key in trie.root for key in keys[position]):
                for match in trie.at(keys, position):
                    names = [name for name in match.values if _capitals(name, tokens, match)]
                    if names and names[0].kind == "place" and _doubtful(match, functions):
                        continue
                    if names:
                        found.append((match, sorted(names, key=lambda name: (_RANK.index(name.kind), -name.weight))))
    out: list[Piece] = []
    taken: set[int] = set()
    for match, names in sorted(found, key=lambda pair: _precedence(*pair)):
        span = range(match.start, match.end)
        if not taken.isdisjoint(span):
            same = next((i for i, piece in enumerate(out) if (piece.first, piece.last) == (match.start, match.end)), None)
            if same is not None:
                out[same] = replace(out[same], also=(*out[same].also, *names))
            continue
        taken.update(span)
        clitics = tokens[match.start].clitics[match.keys[0]][0], tokens[match.end - 1].clitics[match.keys[-1]][1]
        out.append(Piece(match.start, match.end, names[0], clitics, tuple(names[1:])))
    out.sort(key=lambda piece: piece.first)
    return _with_unknown_names(out, tokens, functions, pack)


def _precedence(match: Match, names: Sequence[Name]) -> tuple:
    """Names with capitals first, long before short, whole words before words with clitics removed, then by kind."""
    return (not any(names[0].caps), match.start - match.end, sum(match.keys), _RANK.index(names[0].kind), -names[0].weight,
            match.start)


def _doubtful(match: Match, functions: Functions) -> bool:
    """Whether the gazetteer's word is rather a function word, or one less a suffix."""
    if match.end - match.start > 1:
        return False
    return bool(functions.starts.get(match.start)) or match.keys[0] > 1


def _capitals(name: Name, tokens: Sequence[Token], match: Match) -> bool:
    """Whether a match shows the capitals its form has, and is no part of a longer Katakana word."""
    if _KATAKANA.match(tokens[match.start].text) and match.start > 0 and _KATAKANA.match(tokens[match.start - 1].text):
        return False
    if _KATAKANA.match(tokens[match.end - 1].text) and match.end < len(tokens) and _KATAKANA.match(tokens[match.end].text):
        return False
    for caps, token in zip(name.caps, tokens[match.start:match.end]):
        if caps == 1 and not token.text[:1].isupper():
            return False
        if caps == 2 and (token.text.upper() != token.text):
            return False
    return True


def _with_unknown_names(known: list[Piece], tokens: Sequence[Token], functions: Functions, pack: Pack) -> list[Piece]:
    """Add runs of capitalised words between the known pieces; where every noun has a capital, only runs of two or more."""
    covered = {i for piece in known for i in range(piece.first, piece.last)}
    covered |= {i for i, token in enumerate(tokens) if token.keys[0] in pack.calendar}
    out, i = list(known), 0
    while i < len(tokens):
        if i in covered or not _capitalised(tokens[i]) or (i == 0 and functions.starts.get(0)):
            i += 1
            continue
        end = i + 1
        while end < len(tokens) and end not in covered:
            if _capitalised(tokens[end]):
                end += 1
            elif tokens[end].keys[0] in registry().particles and end + 1 < len(tokens) and end + 1 not in covered \
                    and _capitalised(tokens[end + 1]):
                end += 2
            else:
                break
        if end - i > 1 or not pack.order.get("nouns_capital"):
            out.append(Piece(i, end, Name("name")))
        i = end
    return sorted(out, key=lambda piece: piece.first)


def _capitalised(token: Token) -> bool:
    return token.text[0].isupper() and len(token.text) > 1
