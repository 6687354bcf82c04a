"""From a sentence with its phrases to events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import exp

from ..actors.phrases import Phrase
from ..core.encoder import Encoder, Read
from ..languages import Pack
from ..records import Event, Span
from ..sentences.functions import Functions
from ..sentences.tokens import COMMAS, Token
from . import dates, discourse, features, joint, places, roles, standing, triggers
from .discourse import Act
from .features import Scene
from .learned import Learned
from .statements import mention
from .triggers import Hit
from .weights import Model, models, probability

#: An event is written when the odds that it is right are at least these. Dyad F1 in held-out folds is flat from 0.15 to 0.30; of
#: equals the more precise is taken (training/fit_weights.py prints the table).
THRESHOLD = 0.26
#: The same where the encoder has read the sentence: F1 of held-out items is highest from 0.25 to 0.30.
JOINT_THRESHOLD = 0.3


@dataclass(frozen=True, slots=True)
class Reading:
    """One trigger as it was read: an event, or why it is none."""

    hit: Hit
    event: Event | None
    confidence: float
    detail: str


def scene(tokens: Sequence[Token], phrases: Sequence[Phrase], pack: Pack, functions: Functions, published: date | None) -> Scene:
    """A sentence ready to be coded."""
    groups: dict[int, list[Phrase]] = {}
    for phrase in phrases:
        groups.setdefault(phrase.group, []).append(phrase)
    hits = triggers.find(tokens, phrases, pack, functions)
    dated = dates.find(tokens, pack, published) if hits else []
    return Scene(tokens, phrases, [tuple(group) for group in groups.values()], hits, functions, pack, dated)


def with_encoder(here: Scene, encoder: Encoder, read: Read, sentence: Span, published: date | None) -> Scene:
    """The scene, in which somebody is named, with what the encoder says of it."""
    seen = Learned(encoder, read, sentence, here.tokens, here.phrases[0].sentence)
    proposed = seen.proposals(here.hits)
    dated = here.dated if here.hits or not proposed else dates.find(here.tokens, here.pack, published)
    return replace(here, learned=seen, proposed=proposed, dated=dated)


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a trigger would be as an event, before it is asked whether it is one."""

    hit: Hit
    before: Hit | None                 # the trigger in whose content it stands
    who: roles.Roles
    category: str
    aux: tuple[str, ...]
    day: str                           # ISO date or ""
    features: list[str]                # of the model that decides by the rules alone


def judges(fitted: Mapping[str, Model]) -> roles.Judges:
    """The models that choose who has a role."""
    return roles.Judges(fitted["actor"], fitted["recipient"], fitted.get("joint actor"), fitted.get("joint recipient"))


def attempts(here: Scene, published: date | None, fitted: Mapping[str, Model], earlier: list[Act]) -> Iterator[Attempt]:
    """What each trigger of a sentence would be; `earlier` are the acts of the article so far."""
    choose = judges(fitted)
    for hit in sorted((*here.hits, *here.proposed), key=lambda hit: hit.first):
        before = standing.governor(here, hit)
        day = day_of(here, hit, published)
        found = standing.aux(here, hit, before, dates.is_history(day, published))
        if here.learned is not None and "joint aux negation" in fitted:
            found = joint_aux(here.learned, hit, found, fitted)
        who = discourse.complete(hit, roles.assign(here, hit, before, choose), earlier)
        rows = list(features.event(here, hit, who.actors, who.recipients, who.scores, found, before))
        yield Attempt(hit, before, who, *standing.settle(hit.sense.event, found, before), day, rows)


def joint_aux(seen: Learned, hit: Hit, ruled: Sequence[str], fitted: Mapping[str, Model]) -> tuple[str, ...]:
    """The aux modes by the rules and the encoder together."""
    return tuple(kind for kind, odds in seen.aux(hit).items()
                 if fitted[f"joint aux {kind}"].score(joint.aux(kind, kind in ruled, odds, hit.sense.event)) > 0)


def joint_features(here: Scene, one: Attempt, fitted: Mapping[str, Model]) -> list[str]:
    """The features by which rules and encoder together decide on an event."""
    assert here.learned is not None
    return list(joint.event(here.learned, one.hit, one.category, one.who.actors, one.who.recipients, one.who.scores,
                              fitted["event"].score(one.features), one.aux))


def confidence(here: Scene, one: Attempt, fitted: Mapping[str, Model]) -> float:
    """The probability that an attempt is an event of the text."""
    if here.learned is not None and "joint event" in fitted:
        return round(probability(fitted["joint event"].score(joint_features(here, one, fitted))), 4)
    return round(probability(fitted["event"].score(one.features)), 4)


def read(here: Scene, sentence: Span, text: str, published: date | None, earlier: list[Act]) -> Iterator[Reading]:
    """Read each trigger of a sentence.

    Args:
        text: the article's text, into which all offsets point.
        earlier: the acts of the article so far; those found here are added.
    """
    fitted = models()
    threshold = THRESHOLD if here.learned is None else JOINT_THRESHOLD
    for one in attempts(here, published, fitted, earlier):
        sure = confidence(here, one, fitted)
        sense, who = one.hit.sense, one.who
        detail = (f"{sense.row} {one.hit.voice} {sense.frame}; actor {exp(who.scores[0]):.2f}, "
                  f"recipient {exp(who.scores[1]):.2f}")
        if not who.actors and not who.recipients:
            yield Reading(one.hit, None, sure, f"{one.category}: nobody beside it acts or is acted on; {detail}")
        elif sure < threshold:
            yield Reading(one.hit, None, sure, f"{one.category}: confidence {sure:.2f} is below {threshold}; {detail}")
        else:
            earlier.append(Act(sense.event, who.actors, who.recipients))
            yield Reading(one.hit, _event(here, one, sentence, text, sure), sure, detail)


def _event(here: Scene, one: Attempt, sentence: Span, text: str, confidence: float) -> Event:
    hit, sense = one.hit, one.hit.sense
    start, end = here.tokens[hit.first].start, here.tokens[hit.last - 1].end
    mode = sense.mode if one.category == sense.event else ""
    if here.learned is not None and not mode:
        mode = here.learned.mode(hit, one.category)
    return Event(
        event=one.category, mode=(mode,) if mode else (), aux=one.aux,
        trigger=Span(start, end, text[start:end]),
        actor=tuple(mention(phrase, text) for phrase in one.who.actors),
        recipient=tuple(mention(phrase, text) for phrase in one.who.recipients),
        date=one.day or None, place=places.of(here, hit, one.who.recipients), sentence=sentence,
        rule=f"{sense.row} {hit.voice} {sense.frame}".strip(), confidence=confidence)


def day_of(here: Scene, hit: Hit, published: date | None) -> str:
    """The date expression of a trigger: the nearest that is its own, else the nearest of the day's news in the sentence.

    A date of background (`the 2012 murder`) belongs to the trigger beside it alone.
    """
    near = []
    for found in here.dated:
        gap = _gap(here, hit, found)
        own = gap == min(_gap(here, other, found) for other in (hit, *here.hits))
        if own or not dates.is_history(found.iso, published):
            near.append((not own, gap, found.iso))
    return min(near)[2] if near else ""


def _gap(here: Scene, hit: Hit, found: dates.Dated) -> int:
    """Words between a trigger and a date; what opens another clause between them counts as six."""
    low, high = (hit.last, found.first) if found.first >= hit.last else (found.last, hit.first)
    return max(0, high - low) + 5 * bool(here.breaks(low, high) or any(here.tokens[i].text in COMMAS for i in range(low, high)))
