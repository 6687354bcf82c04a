"""The two JSON forms: `articles`, the nested form of the codebook, and `events`, one PLOVER 1.3 record an event."""

from __future__ import annotations

import hashlib
from typing import Any

from ..ontology import CAMEO_ROOT, QUAD, SCORE
from ..records import Coded, Event, Mention
from ..version import __version__

#: What the manual calls the rules an event was coded by.
CODEBOOK = "plover-base-1.3"
CODER = f"hubungan-{__version__}"


def as_article(coded: Coded) -> dict[str, Any]:
    """One article with its events and statements; every offset points into its `text`."""
    article = coded.article
    return {
        "id": article.id, "lang": article.lang, "published": article.published.isoformat() if article.published else None,
        "source": article.source, "title": article.title, "url": article.url, "text": article.text,
        "events": [{
            "event": event.event, "mode": list(event.mode), "aux": list(event.aux),
            "trigger": {"text": event.trigger.text, "start": event.trigger.start, "end": event.trigger.end},
            "actor": [_entity(mention) for mention in event.actor],
            "recipient": [_entity(mention) for mention in event.recipient],
            "date": event.date, "place": {"name": event.place.name, "country": event.place.country} if event.place else None,
            "sentence": {"start": event.sentence.start, "end": event.sentence.end},
            "rule": event.rule, "confidence": event.confidence,
        } for event in coded.events],
        "statements": [{
            "speaker": _entity(statement.speaker), "verb": statement.verb, "quote": statement.quote,
            "start": statement.start, "end": statement.end, "text": statement.text,
        } for statement in coded.statements],
        "removed": [{"start": r.start, "end": r.end, "reason": r.reason} for r in coded.removed],
        "coder": CODER, "pack": coded.pack, "warnings": list(coded.warnings),
    }


def _entity(mention: Mention) -> dict[str, Any]:
    return {"text": mention.text, "start": mention.start, "end": mention.end, "id": mention.id, "sector": mention.sector,
            "name": mention.name}


def event_id(coded: Coded, event: Event) -> str:
    """An id made from what the event says and where: the same event of the same text always has it."""
    what = "\x1f".join([coded.article.id, event.event, *event.aux, str(event.trigger.start), str(event.trigger.end),
                        *(f"{m.id}@{m.start}" for m in event.actor), "\x1e", *(f"{m.id}@{m.start}" for m in event.recipient)])
    return hashlib.sha256(what.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def as_events(coded: Coded) -> list[dict[str, Any]]:
    """One PLOVER 1.3 record an event, in the manual's field names.

    Beyond the manual's fields stand `aux`, `cameo_root`, `confidence`, `rule`, `pack` (the language pack that read it) and
    `evidence` (offsets into the article's text).
    """
    article = coded.article
    return [{
        "id": event_id(coded, event), "date": event.date or (article.published.isoformat() if article.published else None),
        "actor": [_plover_actor(mention) for mention in event.actor],
        "recipient": [_plover_actor(mention) for mention in event.recipient],
        "event": [event.event], "mode": list(event.mode), "context": [], "aux": list(event.aux),
        "event_text": [event.trigger.text],
        "event_loc": {"name": event.place.name, "cc3": event.place.country} if event.place else None,
        "quad_code": QUAD[event.event], "event_scale": SCORE[event.event], "cameo_root": CAMEO_ROOT[event.event],
        "confidence": event.confidence, "rule": event.rule,
        "evidence": {"article": article.id, "sentence": [event.sentence.start, event.sentence.end],
                     "trigger": [event.trigger.start, event.trigger.end],
                     "actor": [[m.start, m.end] for m in event.actor],
                     "recipient": [[m.start, m.end] for m in event.recipient]},
        "text": event.sentence.text,
        "text_info": {"sequence": coded.sentences.index(event.sentence), "start": event.sentence.start,
                      "end": event.sentence.end},
        "cite_info": {"title": article.title, "url": article.url, "language": article.lang, "publication": article.source,
                      "coder": CODER, "codebook": CODEBOOK},
        "coder": CODER, "pack": coded.pack,
    } for event in coded.events]


def _plover_actor(mention: Mention) -> dict[str, str]:
    return {"code": mention.id, "sector": mention.sector, "actor_text": mention.text, "identifier_text": mention.name}
