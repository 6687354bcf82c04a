"""Events as a table: one flat row an event, as Arrow, CSV, Parquet, pandas or Polars."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from ..ontology import CAMEO_ROOT, QUAD, SCORE
from ..records import Coded, Mention
from .jsonl import CODER, event_id

if TYPE_CHECKING:
    import pyarrow as pa

_JOIN = ";"
#: Column names and their Arrow types. Several actors stand in one cell, separated by `;`, in the order of the text.
COLUMNS = {
    "event_id": "string", "article_id": "string", "lang": "string", "pack": "string", "published": "date32", "source": "string",
    "event_date": "string", "event": "string", "quad": "int8", "score": "float64", "cameo_root": "string",
    "mode": "string", "aux": "string",
    "actor_id": "string", "actor_sector": "string", "actor_name": "string", "actor_text": "string",
    "recipient_id": "string", "recipient_sector": "string", "recipient_name": "string", "recipient_text": "string",
    "place": "string", "place_country": "string", "trigger": "string", "trigger_start": "int32", "trigger_end": "int32",
    "sentence": "string", "sentence_start": "int32", "sentence_end": "int32",
    "confidence": "float64", "rule": "string", "coder": "string", "url": "string",
}


def rows(coded: Iterable[Coded]) -> Iterator[dict[str, Any]]:
    """One dict an event, with the keys of COLUMNS."""
    for one in coded:
        article = one.article
        for event in one.events:
            yield {
                "event_id": event_id(one, event), "article_id": article.id, "lang": article.lang, "pack": one.pack,
                "published": article.published, "source": article.source,
                "event_date": event.date or (article.published.isoformat() if article.published else None),
                "event": event.event, "quad": QUAD[event.event], "score": SCORE[event.event],
                "cameo_root": CAMEO_ROOT[event.event], "mode": _JOIN.join(event.mode), "aux": _JOIN.join(event.aux),
                **_actors("actor", event.actor), **_actors("recipient", event.recipient),
                "place": event.place.name if event.place else None,
                "place_country": event.place.country if event.place else None,
                "trigger": event.trigger.text, "trigger_start": event.trigger.start, "trigger_end": event.trigger.end,
                "sentence": event.sentence.text, "sentence_start": event.sentence.start, "sentence_end": event.sentence.end,
                "confidence": event.confidence, "rule": event.rule, "coder": CODER, "url": article.url,
            }


def _actors(role: str, mentions: tuple[Mention, ...]) -> dict[str, str]:
    return {f"{role}_{key}": _JOIN.join(getattr(mention, key) for mention in mentions) for key in ("id", "sector", "name", "text")}


def schema() -> pa.Schema:
    """The Arrow schema of the table."""
    import pyarrow as pa
    types = {"string": pa.string(), "date32": pa.date32(), "int8": pa.int8(), "int32": pa.int32(), "float64": pa.float64()}
    return pa.schema([(name, types[kind]) for name, kind in COLUMNS.items()])


def to_arrow(coded: Iterable[Coded]) -> pa.Table:
    """The events of coded articles as an Arrow table; with no events it has its columns and no rows."""
    import pyarrow as pa
    return pa.Table.from_pylist(list(rows(coded)), schema=schema())


def to_pandas(coded: Iterable[Coded]) -> Any:
    """The same as a pandas data frame; pandas must be installed."""
    return to_arrow(coded).to_pandas()


def to_polars(coded: Iterable[Coded]) -> Any:
    """The same as a Polars data frame; Polars must be installed."""
    import polars
    return polars.from_arrow(to_arrow(coded))
