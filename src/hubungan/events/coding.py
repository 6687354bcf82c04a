"""From a sentence with its phrases to events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import exp

from ..actors.phrases import Functions, Phrase
from ..languages import Pack
from ..records import Event, Note, Span
from ..sentences.tokens import Token
from . import dates, features, places, roles, standing, triggers
from .features import Scene
from .statements import mention
from .triggers import Hit
from .weights import Model, models, probability

#: An event is written when the odds that it is right are at least these. Set where dyad F1 on gold/train is highest.
THRESHOLD = 0.2


@dataclass(frozen=True, slots=True)
class Reading:
    """One trigger as it was read: an event, or why it is none."""

    hit: Hit
    event: Event | None
    confidence: float
    detail: str


def scene(tokens: Sequence[Token], phrases: Sequence[Phrase], pack: Pack, functions: Functions) -> Scene:
    """A sentence ready to be coded."""
    groups: dict[int, list[Phrase]] = {}
    for phrase in phrases:
        groups.setdefault(phrase.group, []).append(phrase)
    hits = triggers.find(tokens, phrases, pack, functions)
    return Scene(tokens, phrases, [tuple(group) for group in groups.values()], hits, functions, pack)


def read(here: Scene, sentence: Span, text: str, published: date | None) -> Iterator[Reading]:
    """Read each trigger of a sentence.

    Args:
        text: the article's text, into which all offsets point.
    """
    if not here.hits:
        return
    fitted = models()
    dated = dates.find(here.tokens, here.pack, published)
    for hit in here.hits:
        before = standing.governor(here, hit)
        day = _date(here, hit, dated, published)
        found = standing.aux(here, hit, before, dates.is_history(day, published))
        who = roles.assign(here, hit, before, fitted["actor"], fitted["recipient"])
        odds = fitted["event"].score(features.event(here, hit, who.actors, who.recipients, who.scores, found, before))
        confidence = round(probability(odds), 4)
        category, found = standing.settle(hit.sense.event, found, before)
        detail = (f"{hit.sense.row} {hit.voice} {hit.sense.frame}; actor {exp(who.scores[0]):.2f}, "
                  f"recipient {exp(who.scores[1]):.2f}")
        if not who.actors and not who.recipients:
            yield Reading(hit, None, confidence, f"{category}: nobody beside it acts or is acted on; {detail}")
            continue
        if confidence < THRESHOLD:
            yield Reading(hit, None, confidence, f"{category}: confidence {confidence:.2f} is below {THRESHOLD}; {detail}")
            continue
        yield Reading(hit, _event(here, hit, category, found, who, day, sentence, text, confidence), confidence, detail)


def _event(here: Scene, hit: Hit, category: str, aux: tuple[str, ...], who: roles.Roles, day: str, sentence: Span, text: str,
           confidence: float) -> Event:
    start, end = here.tokens[hit.first].start, here.tokens[hit.last - 1].end
    return Event(
        event=category, mode=(hit.sense.mode,) if hit.sense.mode and category == hit.sense.event else (), aux=aux,
        trigger=Span(start, end, text[start:end]),
        actor=tuple(mention(phrase, here, text) for phrase in who.actors),
        recipient=tuple(mention(phrase, here, text) for phrase in who.recipients),
        date=day or None, place=places.of(here, hit, who.recipients), sentence=sentence,
        rule=f"{hit.sense.row} {hit.voice} {hit.sense.frame}", confidence=confidence)


def _date(here: Scene, hit: Hit, dated: Sequence[dates.Dated], published: date | None) -> str:
    """The date expression of a trigger: the nearest that is its own, else the nearest of the day's news in the sentence.

    A date of background (`the 2012 murder`) belongs to the trigger beside it alone.
    """
    near = []
    for found in dated:
        gaps = [max(0, found.first - other.last, other.first - found.last) for other in here.hits]
        gap = max(0, found.first - hit.last, hit.first - found.last)
        own = gap == min(gaps)
        if own or not dates.is_history(found.iso, published):
            near.append((not own, gap, found.iso))
    return min(near)[2] if near else ""
