"""Coded items as the encoder is trained on them: sentences with mentions, events and statements, all as character spans."""

from __future__ import annotations

import csv
import json
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from hubungan import pipeline
from hubungan.core.encoder import CATEGORIES, SAY
from hubungan.events.features import Scene
from hubungan.records import Article

Chars = tuple[int, int]                # characters of the sentence, half-open

#: Category of a verb that was given roles and no category.
UNKNOWN = "-"
#: One item in this many is held out of the encoder's training: to stop by, to calibrate on, to fit what joins it to the rules.
HELD_OUT = 8


@dataclass(frozen=True)
class Told:
    """An event of a sentence: where its trigger stands, and which of the sentence's mentions act and are acted on."""

    category: str
    trigger: Chars
    modes: tuple[str, ...]
    aux: tuple[str, ...]
    actors: tuple[int, ...]
    recipients: tuple[int, ...]
    optional: bool = False
    unsure: tuple[int, ...] = ()       # mentions of which nobody said whether they have a role


@dataclass
class Example:
    """One sentence. `mentions` holds what the coder marked and what the tables find; `named` says which is which."""

    id: str
    lang: str
    text: str
    held_out: bool
    source: str                        # gold, corpus, plv or ud
    mentions: list[Chars] = field(default_factory=list)
    sectors: list[str] = field(default_factory=list)         # "" where no coder said it
    places: list[Chars] = field(default_factory=list)
    events: list[Told] = field(default_factory=list)
    content: list[Chars] = field(default_factory=list)       # of statements
    attributed: bool = False           # whether statements were coded here


def held_out(item: str) -> bool:
    """Translations of one item fall on the same side."""
    return zlib.crc32(item.split(".")[0].encode()) % HELD_OUT == 0


def coded(shared: Path, corpus: Path) -> Iterator[dict]:
    """The coded items in the full form of the codebook, `source` telling where from."""
    for path in sorted((shared / "gold/train").glob("items.*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield {**json.loads(line), "source": "gold"}
    sys.path.insert(0, str(shared / "tools"))
    from make_gold import Builder  # type: ignore[import-not-found]
    for path in sorted(corpus.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            item = json.loads(line)
            builder = Builder({"source": "corpus", "title": "", **item})
            record = builder.record(item)
            if builder.errors:
                raise SystemExit(f"{path}:{number}: " + "; ".join(builder.errors))
            yield record


def examples(shared: Path, corpus: Path) -> Iterator[Example]:
    """All sentences of the coded items, and the rows of PLV's training split."""
    for item in coded(shared, corpus):
        yield from split(item)
    yield from pairs(shared / "data/plv/train.tsv")


def split(item: dict) -> Iterator[Example]:
    """An item's sentences as the program splits them. A span in another sentence than its trigger is left out."""
    article = Article(item["id"], item["text"], item["lang"], date.fromisoformat(item["published"]))
    parsed = next(pipeline.parse(pipeline.prepare([article])))
    for number, (span, scene) in enumerate(zip(parsed.sentences, parsed.scenes)):
        one = Example(f"{item['id']}#{number}", item["lang"], span.text, held_out(item["id"]), item["source"])
        inside = lambda s: span.start <= s["start"] and s["end"] <= span.end and s["text"]  # noqa: B023, E731
        local = lambda s: (s["start"] - span.start, s["end"] - span.start)  # noqa: B023, E731
        for start, end, place in _phrases(scene):
            if place:
                one.places.append((start - span.start, end - span.start))
            _add(one, (start - span.start, end - span.start), "")
        for event in item["events"]:
            if inside(event["trigger"]):
                for entity in event["actor"] + event["recipient"]:
                    if inside(entity):
                        _add(one, local(entity), entity["sector"])
        for event in item["events"]:
            if inside(event["trigger"]):
                who = [tuple(i for i, mention in enumerate(one.mentions) for entity in event[side]
                             if inside(entity) and _overlap(mention, local(entity))) for side in ("actor", "recipient")]
                one.events.append(Told(event["event"], local(event["trigger"]), tuple(event["mode"]), tuple(event["aux"]),
                                       who[0], tuple(i for i in who[1] if i not in who[0]), event["optional"]))
        for said in item["statements"]:
            one.attributed = True
            start, end = max(said["start"], span.start), min(said["end"], span.end)
            if start < end:
                one.content.append((start - span.start, end - span.start))
            if inside(said["speaker"]) and start < end:
                _say(one, said, local(said["speaker"]))
        yield one


def _say(one: Example, said: dict, speaker: Chars) -> None:
    """The attributing verb nearest to the speaker, with the speaker as the one who acts."""
    found = [i for i in range(len(one.text)) if said["verb"] and one.text.startswith(said["verb"], i)]
    if found:
        at = min(found, key=lambda i: abs(i - speaker[0]))
        number = _add(one, speaker, said["speaker"]["sector"])
        one.events.append(Told(SAY, (at, at + len(said["verb"])), (), (), (number,), ()))


def _add(one: Example, chars: Chars, sector: str) -> int:
    if chars not in one.mentions:
        one.mentions.append(chars)
        one.sectors.append(sector)
    number = one.mentions.index(chars)
    one.sectors[number] = one.sectors[number] or sector
    return number


def _overlap(a: Chars, b: Chars) -> bool:
    """Whether two spans are the same mention: one covers half of the other or more."""
    return 2 * (min(a[1], b[1]) - max(a[0], b[0])) >= max(1, min(a[1] - a[0], b[1] - b[0]))


def _phrases(scene: Scene) -> Iterator[tuple[int, int, bool]]:
    for phrase in scene.phrases:
        if phrase.id:
            yield phrase.start, phrase.end, phrase.kind == "place"


def pairs(path: Path) -> Iterator[Example]:
    """Rows with a given source and target; their category stands as one event without a trigger."""
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines, delimiter="\t")):
            text = row["sentence"]
            found = [_find(text, row["marked_sentence"], row[side], tag) for side, tag in (("source", "s"), ("target", "t"))]
            if None in found:
                continue
            yield Example(f"plv{number}", "en", text, held_out(f"plv{number}"), "plv", [span for span in found if span], ["", ""],
                          events=[Told(row["gold_root"], (0, 0), (), (), (0,), (1,))])


def _find(text: str, marked: str, words: str, tag: str) -> Chars | None:
    """Where the marked mention stands; its first occurrence where the marks do not tell."""
    at = marked.find(f"<{tag}>{words}</{tag}>")
    if at >= 0:
        before = marked[:at]
        for mark in ("<s>", "</s>", "<t>", "</t>"):
            before = before.replace(mark, "")
        if text.startswith(words, len(before)):
            return len(before), len(before) + len(words)
    at = text.find(words)
    return (at, at + len(words)) if at >= 0 and words else None


assert SAY not in CATEGORIES
