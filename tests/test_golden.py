"""Hand-coded articles: how much of them is found. They were written for this project and coded by hand."""

import json
from pathlib import Path

import pytest

from hubungan import pipeline
from hubungan.evaluate.score import evaluate
from hubungan.records import Article

GOLDEN = Path(__file__).parent / "golden"
#: By language: the dyad F1 that must be reached, and how the related link inside each article begins.
FLOORS = {"ar": (0.47, "اقرأ أيضا:"), "de": (0.49, "Lesen Sie auch:"), "en": (0.63, "READ MORE:"), "es": (0.54, "Lea también:"),
          "fr": (0.54, "Lire aussi :"), "id": (0.62, "Baca juga:"), "pt": (0.61, "Leia também:"),
          "ru": (0.69, "Читайте также:"), "zh": (0.56, "延伸阅读：")}
languages = pytest.mark.parametrize("lang", FLOORS)


def articles(lang):
    lines = (GOLDEN / f"{lang}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def test_every_golden_file_has_a_floor():
    assert {path.stem for path in GOLDEN.glob("*.jsonl")} == set(FLOORS)


@languages
def test_no_fewer_dyads_are_right_than_before(lang):
    figures, _ = evaluate(GOLDEN / f"{lang}.jsonl")
    assert figures["all"]["dyad"]["f1"] >= FLOORS[lang][0]


@languages
def test_no_event_of_a_related_link(lang):
    for gold in articles(lang):
        text = gold["text"]
        start = text.index(FLOORS[lang][1])
        end = text.index("\n", start)
        (coded,) = pipeline.code([Article(gold["id"], text, gold["lang"])])
        assert [event.trigger.text for event in coded.events if start <= event.trigger.start < end] == []
        assert any(one.start <= start and end <= one.end for one in coded.removed)


@languages
def test_offsets_slice(lang):
    for gold in articles(lang):
        text = gold["text"]
        (coded,) = pipeline.code([Article(gold["id"], text, gold["lang"])])
        assert coded.events
        for event in coded.events:
            for span in (event.trigger, event.sentence, *event.actor, *event.recipient):
                assert text[span.start:span.end] == span.text


@languages
def test_the_golden_offsets_slice_too_and_the_samples_are_the_same_texts(lang, samples):
    texts = []
    for gold in articles(lang):
        texts.append(gold["text"])
        for event in gold["events"]:
            for span in (event["trigger"], *event["actor"], *event["recipient"]):
                assert gold["text"][span["start"]:span["end"]] == span["text"]
    lines = (samples / f"{lang}.jsonl").read_text(encoding="utf-8").splitlines()
    assert [f"{one['title']}\n\n{one['body']}" for one in map(json.loads, lines)] == texts
