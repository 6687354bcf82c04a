"""The records that pass between the stages: small, frozen, typed.

Every offset is a position in `Article.text`, in Unicode characters, half-open: `text[start:end]` is the words meant.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Article:
    """One news article. `text` is title, blank line, body, exactly as given (the title may be missing)."""

    id: str
    text: str
    lang: str = ""                     # BCP 47 tag; empty: not yet recognised
    published: date | None = None
    source: str = ""
    title: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Rejection:
    """An input that was not coded: where it stood, the name of the reason, and what would have been right."""

    where: str                         # file, and line or row where there is one
    reason: str                        # one of errors.REASONS
    detail: str


@dataclass(frozen=True, slots=True)
class Span:
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Removed:
    """A stretch of the text that is page furniture and is never coded."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that stand for an actor, and who it is.

    `id` is an ISO 3166 alpha-3 code or `IGO:`, `IMG:`, `NGO:`, `MNC:` and a name, `UNO`, `EUR`, or `UNK`; `sector` is a PLOVER
    sector code; `why` names the table or the step that decided.
    """

    start: int
    end: int
    text: str
    id: str
    sector: str
    name: str
    kind: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    country: str | None                # ISO 3166 alpha-3; None in international waters


@dataclass(frozen=True, slots=True)
class Event:
    """One PLOVER event: who did what to whom, and on what words it rests."""

    event: str                         # PLOVER category
    mode: tuple[str, ...]
    aux: tuple[str, ...]               # negation, hypothetical, future, historical
    trigger: Span
    actor: tuple[Mention, ...]
    recipient: tuple[Mention, ...]
    date: str | None                   # ISO day, month or year
    place: Place | None
    sentence: Span
    rule: str                          # the table row and the pattern that made it
    confidence: float                  # 0 to 1


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody is reported to have said; `start`, `end` and `text` are its content."""

    speaker: Mention
    verb: str
    quote: bool
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """Why something was or was not coded, for `hubungan explain`."""

    sentence: int                      # index into Coded.sentences
    what: str                          # "trigger", "rejected", "mention", "furniture"
    text: str
    detail: str


@dataclass(frozen=True, slots=True)
class Coded:
    """An article with everything that was read in it."""

    article: Article
    sentences: tuple[Span, ...] = ()
    mentions: tuple[Mention, ...] = ()
    events: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()
    removed: tuple[Removed, ...] = ()
    notes: tuple[Note, ...] = ()
    pack: str = ""                     # tag of the language pack used
    warnings: tuple[str, ...] = field(default=())
