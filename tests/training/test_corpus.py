"""The items written for training: enough of every kind in every language, well-formed, and nobody else's sentences."""

import json
import re
import sys
from collections import Counter
from pathlib import Path

import pytest

from hubungan.languages import available
from hubungan.ontology import AUX, CATEGORIES, MODES, SECTORS

CORPUS = Path(__file__).parent.parent.parent / "training" / "corpus"
FILES = sorted(CORPUS.glob("*.jsonl"))
RARE = ("PROTEST", "MOBILIZE", "COOPERATE", "SANCTION", "RETREAT", "CONCEDE")
ENTITY = re.compile(r"[A-Z]{3}|(IGO|IMG|NGO|MNC):\S.*")


def items(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_every_language_has_a_file():
    assert {path.stem for path in FILES} == set(available())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_there_is_enough_of_everything(path):
    rows = items(path)
    counts = Counter(event["event"] for row in rows for event in row["events"])
    assert len(rows) >= 400
    assert sum(not row["events"] for row in rows) >= 90
    assert min(counts[name] for name in CATEGORIES) >= 25
    assert min(counts[name] for name in RARE) >= 33
    assert {(event["event"], mode) for row in rows for event in row["events"] for mode in event.get("mode", ())} == {
        (name, mode) for name in CATEGORIES for mode in MODES[name]}
    assert {kind for row in rows for event in row["events"] for kind in event.get("aux", ())} == set(AUX)
    assert sum(bool(row["statements"]) for row in rows) >= 40
    assert len({re.sub(r"\W", "", row["text"])[:60] for row in rows}) == len(rows)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_span_stands_in_its_text(path):
    for row in items(path):
        for event in row["events"]:
            spans = [event["trigger"], *(entity[0] for side in ("actor", "recipient") for entity in event[side])]
            for span in spans:
                assert span.partition("~")[0] in row["text"], (row["id"], span)
            assert event["actor"] or event["recipient"], row["id"]
            for _, ident, sector, _ in event["actor"] + event["recipient"]:
                assert ENTITY.fullmatch(ident), (row["id"], ident)
                assert sector in SECTORS
        for said in row["statements"]:
            assert said["content"].partition("~")[0] in row["text"], row["id"]


def test_no_sentence_is_taken_from_the_gold(gold):
    squeezed = lambda text: re.sub(r"\W", "", text)  # noqa: E731
    taken = {squeezed(json.loads(line)["text"])[:80] for path in gold.rglob("*.jsonl") for line in path.open(encoding="utf-8")}
    assert not [row["id"] for path in FILES for row in items(path) if squeezed(row["text"])[:80] in taken]


def test_the_checker_of_the_gold_passes_it(gold, monkeypatch):
    tools = gold.parent / "tools"
    if not (tools / "make_gold.py").exists():
        pytest.skip("the checker of the gold files is not here")
    monkeypatch.setattr(sys, "path", [str(tools), *sys.path])
    from make_gold import Builder
    for path in FILES:
        for row in items(path):
            builder = Builder({"source": "", "title": "", **row})
            builder.record(row)
            assert builder.errors == []
