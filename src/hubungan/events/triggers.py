"""Triggers: the words of a sentence that name an act, and the voice they stand in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..actors.phrases import Phrase
from ..languages import Form, Pack, Sense
from ..sentences.functions import Functions
from ..sentences.tokens import COMMAS, Token

_STOPS = COMMAS - set(",、،")           # no gap reaches across these; a comma may stand in a list
_NAMES = ("person", "body", "group", "state", "fused")


@dataclass(frozen=True, slots=True)
class Hit:
    """A trigger at `tokens[first:last]`; `parts` are its words where a gap stands between them."""

    first: int
    last: int
    parts: tuple[tuple[int, int], ...]
    sense: Sense
    voice: str                         # active, passive, noun

    @property
    def size(self) -> int:
        return sum(last - first for first, last in self.parts)


def find(tokens: Sequence[Token], phrases: Sequence[Phrase], pack: Pack, functions: Functions) -> list[Hit]:
    """The triggers of a sentence, in order; of those that overlap the one with the most words stands."""
    keys = [token.keys for token in tokens]
    named = {i for phrase in phrases for piece in phrase.pieces for i in range(piece.first, piece.last)
             if piece.name.kind in _NAMES or piece.name.role in ("office", "body")}
    present = {key for word in keys for key in word}
    found: list[Hit] = []
    for position in range(len(tokens)):
        if not any(key in pack.triggers.root for key in keys[position]):
            continue
        for match in pack.triggers.at(keys, position):
            for form in match.values:
                if form.rest and not all(rest[0] in present for rest in form.rest):
                    continue
                if any(not tokens[match.start + i].text[0].isupper() for i in form.capitals):
                    continue
                parts = _parts(form, match.start, match.end, keys, pack.gap)
                if parts and not all(i in named for i in range(*parts[0])):
                    first, last = parts[0][0], parts[-1][1]
                    voice = _voice(form.sense, first, last, tokens, pack, functions)
                    found.append(Hit(first, last, parts, form.sense, voice))
    found.sort(key=lambda hit: (-hit.size, hit.last - hit.first, hit.first))
    taken: set[int] = set()
    chosen = []
    for hit in found:
        own = {i for part in hit.parts for i in range(*part)}
        if not own & taken:
            taken |= own
            chosen.append(hit)
    return sorted(chosen, key=lambda hit: hit.first)


def _parts(form: Form, first: int, last: int, keys: Sequence[tuple[str, ...]], gap: int) -> tuple[tuple[int, int], ...]:
    """Where the parts of a form stand when its first is at [first:last]; empty if one of them is missing."""
    parts = [(first, last)]
    for rest in form.rest:
        low = parts[-1][1]
        for start in range(low, min(low + gap, len(keys) - len(rest)) + 1):
            if start > low and keys[start - 1][0] in _STOPS:
                return ()
            if all(word in keys[start + i] for i, word in enumerate(rest)):
                parts.append((start, start + len(rest)))
                break
        else:
            return ()
    return tuple(parts)


def _voice(sense: Sense, first: int, last: int, tokens: Sequence[Token], pack: Pack, functions: Functions) -> str:
    if sense.kind == "noun":
        return "noun"
    if sense.kind == "passive":
        return "passive"
    if _progressive(tokens[first].keys[0], pack):
        return "active"
    if functions.class_at(last, "markers") == "by":
        return "passive"
    reach = pack.gap if pack.order.get("gap") else 3
    for start in range(first - 1, max(-1, first - 1 - reach), -1):
        end = functions.at(start, "clauses", "be")
        if end and end <= first:
            return "passive"
        if tokens[start].text in COMMAS or functions.at(start, "clauses", "that"):
            break
    return "active"


def _progressive(word: str, pack: Pack) -> bool:
    """Whether a verb form cannot be a participle of the passive."""
    return any(word.endswith(ending) for ending in pack.order.get("active_endings", ()))
