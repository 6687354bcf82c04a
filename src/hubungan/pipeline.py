"""The way of an article: the one file that knows the order of the stages.

    Article ─ prepare ─▶ Prepared   its language and pack, the page furniture inside it
            ─ parse ───▶ Parsed     sentences, and in them the phrases that stand for somebody, linked to who they are
            ─ encode ──▶ Parsed     what the encoder says of the sentences that pass the gate (left out with --no-model)
            ─ interpret ▶ Coded     triggers, events, statements

Each stage takes an iterator of records and gives an iterator of records, one for one and in order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from .actors.link import Linker
from .actors.phrases import Composer
from .actors.pieces import pieces
from .articles import furniture
from .articles.language import CERTAIN, recognise
from .core.encoder import Encoder
from .events import coding, statements
from .events.discourse import Act
from .events.features import Scene
from .languages import Pack, available, load, stand_ins
from .records import Article, Coded, Event, Note, Removed, Span, Statement
from .sentences import split, tokenize
from .sentences.functions import Functions

#: The pack for languages that have none: it finds the names that are the same everywhere.
FALLBACK = "en"
#: Articles whose sentences go to the encoder together.
TOGETHER = 8


@dataclass(frozen=True, slots=True)
class Prepared:
    article: Article
    pack: Pack
    removed: tuple[Removed, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parsed:
    prepared: Prepared
    sentences: tuple[Span, ...]
    scenes: tuple[Scene, ...]          # one a sentence


def code(articles: Iterable[Article], encoder: Encoder | None = None) -> Iterator[Coded]:
    """Code articles, one result each, in order: by the rules alone, or with the encoder."""
    parsed = parse(prepare(articles))
    return interpret(parsed if encoder is None else encode(parsed, encoder))


def prepare(articles: Iterable[Article]) -> Iterator[Prepared]:
    """Recognise the language where it is not given, choose the pack, mark the furniture."""
    for article in articles:
        warnings = []
        if not article.lang:
            tag, sure = recognise(article.text)
            if sure < CERTAIN:
                warnings.append(f"language uncertain: {tag} with probability {sure:.2f}")
            article = replace(article, lang=tag)
        pack, stands_in = choose_pack(article.lang)
        if stands_in:
            warnings.append(f"no language pack for '{article.lang}': read with '{pack.tag}'")
        yield Prepared(article, pack, tuple(furniture.find(article.text, pack)), tuple(warnings))


@lru_cache(maxsize=256)
def choose_pack(tag: str) -> tuple[Pack, bool]:
    """The pack for a language tag, and whether it only stands in for the right one."""
    base = tag.split("-")[0].lower()
    if base in available():
        return load(base), False
    return load(stand_ins().get(base, FALLBACK)), True


def parse(prepared: Iterable[Prepared]) -> Iterator[Parsed]:
    """Split into sentences and find who is mentioned in each."""
    for one in prepared:
        text, pack = one.article.text, one.pack
        spans = split(text, pack.abbreviations, one.removed)
        linker = Linker(one.article.published, pack.home)
        scenes = []
        for number, span in enumerate(spans):
            tokens = tokenize(text, span.start, span.end, pack.clitics)
            functions = Functions(tokens, pack)
            phrases = Composer(number, tokens, pack, functions).phrases(pieces(tokens, pack, functions))
            scenes.append(coding.scene(tokens, linker.sentence(phrases, tokens), pack, functions, one.article.published))
        yield Parsed(one, tuple(spans), tuple(scenes))


def encode(parsed: Iterable[Parsed], encoder: Encoder) -> Iterator[Parsed]:
    """Have the encoder read the sentences that pass the gate, those of `TOGETHER` articles at a time."""
    waiting = iter(parsed)
    while some := list(islice(waiting, TOGETHER)):
        found = [(one, number) for one in some for number, scene in enumerate(one.scenes) if gate(scene)]
        reads = encoder.read([one.sentences[number].text for one, number in found])
        scenes = {id(one): list(one.scenes) for one in some}
        for (one, number), read in zip(found, reads):
            scenes[id(one)][number] = coding.with_encoder(one.scenes[number], encoder, read, one.sentences[number],
                                                          one.prepared.article.published)
        for one in some:
            yield replace(one, scenes=tuple(scenes[id(one)]))


def gate(scene: Scene) -> bool:
    """Whether a sentence can hold an event: somebody is named in it."""
    return any(phrase.id for phrase in scene.phrases)


def interpret(parsed: Iterable[Parsed]) -> Iterator[Coded]:
    """Read the triggers and statements of every sentence."""
    for one in parsed:
        text, article = one.prepared.article.text, one.prepared.article
        events: list[Event] = []
        said: list[Statement] = []
        acts: list[Act] = []
        notes = [Note(-1, "furniture", text[r.start:r.end], r.reason) for r in one.prepared.removed]
        for number, (span, here) in enumerate(zip(one.sentences, one.scenes)):
            found = statements.find(here, text, span.end)
            here = statements.with_speakers(here, found, text, said)
            said += [statement for _, statement in found if statement.speaker.id]
            fresh: list[Event] = []
            for reading in coding.read(here, span, text, article.published, acts):
                event = reading.event
                start, end = here.tokens[reading.hit.first].start, here.tokens[reading.hit.last - 1].end
                if event is None:
                    notes.append(Note(number, "rejected", text[start:end], reading.detail))
                    continue
                same = next((other for other in fresh if _one_act(event, other)), None)
                if same is not None:
                    notes.append(Note(number, "rejected", text[start:end], "the same act is told by another trigger"))
                    fresh[fresh.index(same)] = max(same, event, key=_told)
                    continue
                fresh.append(event)
                notes.append(Note(number, "trigger", text[start:end], reading.detail))
            events += sorted(fresh, key=lambda event: event.trigger.start)
        mentions = tuple(statements.mention(phrase, text) for here in one.scenes for phrase in here.phrases)
        yield Coded(article, one.sentences, mentions, tuple(events), tuple(said), one.prepared.removed, tuple(notes),
                    one.prepared.pack.tag, one.prepared.warnings)


def _one_act(a: Event, b: Event) -> bool:
    """Whether two triggers of a sentence tell one act: the same category and standing, and nobody in one whom the other denies."""
    return a.event == b.event and a.aux == b.aux and all(
        not x or not y or {m.id for m in x} == {m.id for m in y} for x, y in ((a.actor, b.actor), (a.recipient, b.recipient)))


def _told(event: Event) -> tuple[bool, float]:
    """How fully an event is told: both sides before one, then by confidence."""
    return bool(event.actor) and bool(event.recipient), event.confidence
