"""Attributed statements: who is reported to have said what, in whose words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..actors.phrases import Phrase
from ..core.encoder import SAY
from ..languages import Sense
from ..records import Mention, Statement
from ..sentences import COMMAS
from . import joint
from .features import Scene
from .triggers import Hit
from .weights import models

_MARKS = "\"“”«»'‘’「」『』„"
_STRIP = " \t\n\r,.;:،。，-–—\"“”«»'‘’「」『』"


def find(scene: Scene, text: str, end: int) -> list[tuple[Phrase, Statement]]:
    """The statements of a sentence that ends at `end`: by the rules alone, or with the encoder where it has read the sentence."""
    found = ruled(scene, text, end)
    judge = models().get("joint statement")
    if scene.learned is None or judge is None:
        return found
    scored = [(judge.score(rows), one) for rows, one in candidates(scene, text, found)]
    kept: list[tuple[Phrase, Statement]] = []
    for odds, (speaker, one) in sorted(scored, key=lambda row: (-row[0], row[1][1].start, row[1][1].end)):
        if odds > 0 and not any(one.start < other.end and other.start < one.end for _, other in kept):
            kept.append((speaker, one))
    return sorted(kept, key=lambda row: row[1].start)


def candidates(scene: Scene, text: str,
               found: Sequence[tuple[Phrase, Statement]]) -> Iterator[tuple[list[str], tuple[Phrase, Statement]]]:
    """What could be a statement, by the rules or the encoder, with the features by which the two are joined."""
    seen = scene.learned
    assert seen is not None
    for speaker, one in found:
        verb = Hit(*_within(scene, text.find(one.verb, scene.tokens[0].start), len(one.verb)), (),
                   Sense("", SAY, "", "", "", ()), "")
        verb = replace(verb, parts=((verb.first, verb.last),))
        words = _within(scene, one.start, one.end - one.start)
        yield list(joint.statement(seen, "rules", verb, speaker, words, one.quote)), (speaker, one)
    verbs, speakers = seen.saying(), [phrase for phrase in scene.phrases if phrase.id]
    if not verbs or not speakers:
        return
    for first, last in seen.content():
        verb = max(verbs, key=lambda v: (not first <= v.first < last, seen.kind(v, SAY), -v.first))  # noqa: B023
        speaker = max(speakers, key=lambda phrase: seen.roles(verb, phrase)[0])
        low, high = _trim(text, scene.tokens[first].start, scene.tokens[last - 1].end)
        if high - low > 8:
            quote = low > 0 and high < len(text) and text[low - 1] in _MARKS and text[high] in _MARKS
            said = Statement(mention(speaker, text), text[scene.tokens[verb.first].start:scene.tokens[verb.last - 1].end], quote,
                             low, high, text[low:high])
            yield list(joint.statement(seen, "encoder", verb, speaker, (first, last), quote)), (speaker, said)


def _within(scene: Scene, start: int, length: int) -> tuple[int, int]:
    """The tokens that cover some characters, at least one."""
    inside = [i for i, token in enumerate(scene.tokens) if token.start < start + length and start < token.end]
    return (inside[0], inside[-1] + 1) if inside else (0, 1)


def ruled(scene: Scene, text: str, end: int) -> list[tuple[Phrase, Statement]]:
    """The statements that the rules find.

    A saying word with a speaker beside it makes one: its content is what stands in quotation marks in the sentence, else what
    follows (`X said that …`, `according to X, …`) or stands before the comma (`…, kata X`).
    """
    out: list[tuple[Phrase, Statement]] = []
    quotes = quoted(text, scene.tokens[0].start, end, scene.pack.quotes) if scene.tokens else []
    used: set[tuple[int, int]] = set()
    named = {i for phrase in scene.phrases if not phrase.pronoun for i in range(phrase.first, phrase.last)}
    for i in range(len(scene.tokens)):
        if i in named or any(low <= scene.tokens[i].start < high for low, high in quotes):
            continue                                       # the United States states nothing; a quote is said from outside
        for stop, word in scene.functions.starts.get(i, ()):
            if word.table != "statements":
                continue
            speaker = _speaker(scene, i, stop, word.kind)
            if speaker is None or not speaker.id and speaker.pronoun != "speaker":
                continue
            spans = [span for span in quotes if span not in used]
            if spans:
                used.update(spans)
            else:
                span = _indirect(scene, text, i, stop, word.kind, speaker, end)
                spans = [span] if span else []
            verb = text[scene.tokens[i].start:scene.tokens[stop - 1].end]
            for low, high in spans:
                low, high = _trim(text, low, high)
                if high - low > 8:
                    out.append((speaker, Statement(mention(speaker, text), verb, (low, high) in map(
                        lambda q: _trim(text, *q), quotes), low, high, text[low:high])))
            break
    return out


def mention(phrase: Phrase, text: str) -> Mention:
    """The public record of a phrase of this text."""
    return Mention(phrase.start, phrase.end, text[phrase.start:phrase.end], phrase.id or "UNK", phrase.sector or "UNK", phrase.name,
                   phrase.kind, phrase.why)


def quoted(text: str, start: int, end: int, pairs: Sequence[tuple[str, str]]) -> list[tuple[int, int]]:
    """The stretches between quotation marks in `text[start:end]`; a mark left open closes at the end."""
    found, i = [], start
    closing = {first: second for first, second in pairs}
    while i < end:
        close = closing.get(text[i])
        if close is None:
            i += 1
            continue
        stop = text.find(close, i + 1, end)
        stop = end if stop < 0 else stop
        if stop - i > 12:
            found.append((i + 1, stop))
        i = stop + 1
    return found


def _speaker(scene: Scene, first: int, stop: int, kind: str) -> Phrase | None:
    """The phrase beside a saying word: behind `according to`, else the nearest one before it, else just behind it."""
    phrases = [phrase for phrase in scene.phrases if phrase.pronoun != "speaker"]
    suffix = next((c[1] for c in scene.tokens[stop - 1].clitics if c[1]), "")
    after = next((phrase for phrase in phrases if 0 <= phrase.first - stop <= 2), None)
    before = next((phrase for phrase in reversed(phrases) if 0 <= first - phrase.last <= 4), None)
    if kind == "according":
        return after
    if before is not None and not before.mark and not any(
            scene.tokens[i].text in "\"“”»」" for i in range(before.last, first)):
        return before
    closed = any(token.text in ",，\"”»」،" for token in scene.tokens[max(0, first - 2):first])
    if after is not None and (first == 0 or closed or scene.pack.order.get("verb_first")):
        return after
    return None if suffix else before


def _indirect(scene: Scene, text: str, first: int, stop: int, kind: str, speaker: Phrase, end: int) -> tuple[int, int] | None:
    start = scene.tokens[0].start
    if speaker.first >= stop:
        low = scene.tokens[speaker.last - 1].end
        comma = first > 0 and scene.tokens[first - 1].text in ",，،"
        if comma and kind != "according" or (first > 0 and end - low < 20):
            return start, scene.tokens[first - 1].end
        return low, end
    low = scene.tokens[stop - 1].end
    follows = stop + 1 if stop < len(scene.tokens) and scene.tokens[stop].text in COMMAS else stop
    that = scene.functions.at(follows, "clauses", "that")
    if that:
        low = scene.tokens[that - 1].end
    if end - low < 15 and speaker.first > 3:
        return start, scene.tokens[speaker.first].start
    return low, end


def _trim(text: str, low: int, high: int) -> tuple[int, int]:
    while low < high and text[low] in _STRIP:
        low += 1
    while high > low and text[high - 1] in _STRIP:
        high -= 1
    return low, high


def with_speakers(scene: Scene, found: Sequence[tuple[Phrase, Statement]], text: str, earlier: Sequence[Statement]) -> Scene:
    """The scene with the first persons inside quotation marks linked to who speaks there.

    Where the sentence itself names no speaker, the last one named counts.
    """
    for phrase in scene.phrases:
        if phrase.pronoun != "speaker" or phrase.id:
            continue
        at = scene.tokens[phrase.first].start
        who = next((statement.speaker for _, statement in found if statement.start <= at < statement.end),
                   earlier[-1].speaker if earlier else None)
        if who is not None and who.id != "UNK":
            phrase.id, phrase.sector, phrase.name = who.id, who.sector, who.name
            phrase.why = f"refers to {who.name or who.id}, who speaks"
    return scene
