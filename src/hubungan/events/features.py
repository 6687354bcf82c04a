"""What is seen of a trigger and a phrase when it is asked whether the one acts, or is acted on, in the other.

The features name no language and no word: sides, distances, marker classes, kinds of phrase, the frame of the trigger, and the
type of the language as its pack states it. Their weights are fitted on hand-coded sentences (`training/fit_weights.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..actors.phrases import Phrase
from ..languages import Pack
from ..ontology import QUAD
from ..sentences.functions import Functions
from ..sentences.tokens import COMMAS, Token
from .dates import Dated
from .triggers import Hit

if TYPE_CHECKING:
    from .learned import Learned

_BREAKS = ("that", "relative", "subordinate")


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with all that was found in it."""

    tokens: Sequence[Token]
    phrases: Sequence[Phrase]
    groups: Sequence[tuple[Phrase, ...]]       # phrases joined by `and`, in order
    hits: Sequence[Hit]
    functions: Functions
    pack: Pack
    dated: Sequence[Dated]                     # date expressions, found only where there are hits
    learned: Learned | None = None             # what the encoder says, where it has read the sentence
    proposed: Sequence[Hit] = ()               # triggers that only the encoder sees

    def breaks(self, low: int, high: int) -> set[str]:
        """Which words that open a clause stand between two positions; those within dates (`tahun lalu`) are none."""
        inside = {i for one in self.dated for i in range(one.first, one.last)}
        return {kind for kind in _BREAKS for i in range(low, high)
                if i not in inside and self.functions.at(i, "clauses", kind)}

    @property
    def order(self) -> str:
        """The type of the language: where its verb and its markers stand."""
        order = self.pack.order
        return "".join(sign for sign, key in (("V", "verb_first"), ("F", "verb_last"), ("P", "postpositions")) if order.get(key))


def _bucket(n: int) -> str:
    for top in (0, 1, 2, 4, 7, 12, 20):
        if n <= top:
            return str(top)
    return "far"


def role(scene: Scene, hit: Hit, group: Sequence[Phrase], before: Hit | None) -> Iterator[str]:
    """Features of a trigger and a group of phrases; `before` is the trigger in whose content this one stands."""
    head = group[0]
    left = head.first < hit.first
    side = "L" if left else ("I" if head.first < hit.last else "R")
    low, high = (group[-1].last, hit.first) if left else (hit.last, head.first)
    sense, voice = hit.sense, hit.voice + scene.order
    between = [other for other in scene.groups if other is not group and low <= other[0].first < high]
    n = min(3, len(between))
    unmarked = sum(not other[0].mark and not other[0].possessive or hit.first <= other[0].mark_at < hit.last
                   for other in between)
    breaks = scene.breaks(low, high)
    commas = sum(scene.tokens[i].text in COMMAS for i in range(low, high))
    verbs = sum(other.voice != "noun" for other in scene.hits if low <= other.first < high)
    mark = head.mark or "-"
    if head.mark and head.mark in sense.marks:
        mark = "mark"
    if hit.first <= head.mark_at < hit.last:
        mark = "own"                   # the marker is part of the trigger: `angry with`
    elif left and _antecedent(scene, group, hit):
        mark = "who"                   # what governs it in its own clause says nothing of this one
    elif any(other is not hit and (start <= head.mark_at < end or start < head.last and head.first < end)
             for other in scene.hits for start, end in other.parts):
        mark = "theirs"                # it or its marker is part of another trigger
    kind = head.kind
    at = f"{voice}{side}"
    yield "bias"
    yield f"{at}"
    yield f"{at} frame={sense.frame}"
    yield f"{at} n={n}"
    yield f"{at} bare={min(2, unmarked)} mark={mark}"
    yield f"{at} mark={mark} frame={sense.frame}"
    yield f"{at} mark={mark} n={n}"
    yield f"{at} beside n={n} mark={mark} gap={min(3, max(0, high - low))} free={not breaks and not commas}"
    yield f"{at} beside n={n} mark={mark} free={not breaks and not commas}"
    yield f"{hit.voice}{side} mark={head.mark or '-'} {mark == 'who'}"
    yield f"{at} mark={mark} verbs={min(2, verbs)}"
    yield f"{side} distance={_bucket(max(0, high - low))}"
    yield f"{at} commas={min(2, commas)}"
    yield f"{at} verbs={min(2, verbs)}"
    for name in breaks:
        yield f"{at} {name}"
    if not breaks:
        yield f"{at} same clause"
    if head.possessive:
        yield f"{at} possessive n={n}"
        yield f"{at} possessive gap={_bucket(max(0, high - low))}"
    yield f"kind={kind} {at} beside={n == 0}"
    yield f"kind={kind} {sense.event}"
    yield f"sector={group[0].sector} {sense.event}"
    yield f"sector={group[0].sector} {at} beside={n == 0}"
    yield f"{sense.event} {side}"
    yield f"quad={QUAD[sense.event]} {at} mark={mark}"
    yield f"{sense.event} {sense.frame} {at}"
    if before is not None:
        where = "before" if head.first < before.first else "between" if left else "behind"
        yield f"under {before.sense.event} {before.voice} {where} {hit.voice}"
        yield f"under {before.voice} {where} {hit.voice} n={n}"
    own = max(0, high - low)
    closer = any(other is not hit and _gap(other, group) < own for other in scene.hits)
    yield f"{at} closer={closer} n={n}"
    if head.pronoun:
        yield f"pronoun={head.pronoun} {at}"
    if head.id == "UNK":
        yield "unknown"
    if head.why.endswith("context"):
        yield f"from context {at}"
    if left and not between and head is scene.phrases[0]:
        yield f"{at} first"
    if head.mark == "in" and head.kind in ("place", "state", "seat"):
        yield f"{at} locative {sense.frame}"


def _antecedent(scene: Scene, group: Sequence[Phrase], hit: Hit) -> bool:
    """Whether a trigger stands in the relative clause of a group: `the court, which last year accused`."""
    last = group[-1].last
    if last < len(scene.tokens) and scene.tokens[last].text in COMMAS:
        last += 1
    start = scene.functions.at(last, "clauses", "relative")
    return 0 < start <= hit.first and not any(scene.tokens[i].text in COMMAS for i in range(start, hit.first))


def _gap(hit: Hit, group: Sequence[Phrase]) -> int:
    """Words between a trigger and a group."""
    return max(0, group[0].first - hit.last, hit.first - group[-1].last)


def nobody(scene: Scene, hit: Hit) -> Iterator[str]:
    """Features of the choice that nobody in the sentence has a role in a trigger."""
    sense, voice = hit.sense, hit.voice + scene.order
    yield "nobody"
    yield f"nobody {voice} {sense.frame}"
    yield f"nobody {sense.event}"
    yield f"nobody {sense.event} {voice}"
    yield f"nobody {sense.kind} {sense.frame} marks={bool(sense.marks)}"
    yield f"nobody groups={min(5, len(scene.groups))}"
    yield f"nobody {voice} left={min(2, sum(group[0].first < hit.first for group in scene.groups))}"
    yield f"nobody {voice} right={min(2, sum(group[0].first >= hit.last for group in scene.groups))}"


def event(scene: Scene, hit: Hit, actors: Sequence[Phrase], recipients: Sequence[Phrase], scores: tuple[float, float],
          aux: Sequence[str], before: Hit | None) -> Iterator[str]:
    """Features of a whole event, for the question whether it stands in the text so."""
    sense = hit.sense
    yield "bias"
    yield f"pack={scene.pack.tag}"
    yield f"pack={scene.pack.tag} {sense.kind}"
    yield f"event={sense.event}"
    yield f"event={sense.event} kind={sense.kind}"
    yield f"event={sense.event} mode={sense.mode}"
    yield f"kind={sense.kind} voice={hit.voice}"
    roles = ("A" if actors else "") + ("R" if recipients else "")
    yield f"roles={roles}"
    yield f"roles={roles} {sense.event}"
    yield f"roles={roles} {sense.kind} {sense.frame}"
    yield f"size={min(3, hit.size)} kind={sense.kind}"
    for name, score, found in (("actor", scores[0], actors), ("recipient", scores[1], recipients)):
        yield f"{name} score={max(-6, round(4 * score))} found={bool(found)}"
        for phrase in found[:1]:
            yield f"{name} kind={phrase.kind}"
            yield f"{name} sector={phrase.sector} {sense.event}"
            if phrase.id == "UNK":
                yield f"{name} unknown"
            if phrase.why.endswith("context"):
                yield f"{name} context"
    if actors and recipients:
        same = {a.id for a in actors} == {r.id for r in recipients}
        yield f"same={same} quad={QUAD[sense.event]}"
    for name in aux:
        yield f"aux={name}"
        yield f"aux={name} {sense.event}"
    if before is not None:
        gap = hit.first - before.last
        yield f"under={before.sense.event} {sense.event} near={gap <= 5}"
        yield f"under={before.sense.event} near={gap <= 5} {sense.kind}"
        if before.sense.event == sense.event:
            yield f"again gap={_bucket(max(0, gap))} {sense.kind}"
    yield f"hits={min(6, len(scene.hits))}"
    yield f"groups={min(5, len(scene.groups))}"
