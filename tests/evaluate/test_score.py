"""The measure: its rules on small cases, and on real gold the same digits as the reference script, where that is there."""

import importlib.util
import json

import pytest

from hubungan.errors import UsageError
from hubungan.evaluate.score import dyads, evaluate, read, score

TEXT = "Rusia menyerang Ukraina. Putin bertemu Xi."


def event(kind, actors, recipients, start=6, **more):
    entity = [{"id": i} for i in actors]
    return {"event": kind, "actor": entity, "recipient": [{"id": i} for i in recipients], "aux": [], "optional": False,
            "trigger": {"text": "x", "start": start, "end": start + 1}, **more}


def article(*events, **more):
    return {"a": {"id": "a", "lang": "id", "text": TEXT, "events": list(events), **more}}


def figures(gold, found):
    return score(gold, found)[0]["all"]


def test_directed_mutual_and_one_sided_dyads():
    assert dyads(event("ASSAULT", ["RUS"], ["UKR"])) == {("ASSAULT", True, "RUS", "UKR")}
    assert dyads(event("CONSULT", ["RUS", "CHN"], [])) == {("CONSULT", True, "CHN", "RUS")}
    assert dyads(event("CONSULT", ["RUS"], ["CHN"])) == {("CONSULT", True, "CHN", "RUS")}
    assert dyads(event("ACCUSE", ["RUS", "CHN"], [])) == {("ACCUSE", True, "RUS", "-"), ("ACCUSE", True, "CHN", "-")}
    assert dyads(event("ASSAULT", [], ["UKR"], aux=["negation"])) == {("ASSAULT", False, "-", "UKR")}


def test_perfect_and_empty():
    gold = article(event("ASSAULT", ["RUS"], ["UKR"]))
    assert figures(gold, gold)["dyad"]["f1"] == 1
    assert figures(gold, {})["dyad"] == {"p": 0, "r": 0, "f1": 0, "gold": 1, "found": 0}


def test_optional_events_neither_gain_nor_lose():
    gold = article(event("ASSAULT", ["RUS"], ["UKR"]), event("CONSULT", ["RUS", "CHN"], [], 30, optional=True))
    assert figures(gold, article(event("ASSAULT", ["RUS"], ["UKR"])))["dyad"]["f1"] == 1
    assert figures(gold, gold)["dyad"]["f1"] == 1


def test_wrong_direction_is_wrong_and_quad_forgives_the_category():
    gold = article(event("ASSAULT", ["RUS"], ["UKR"]))
    assert figures(gold, article(event("ASSAULT", ["UKR"], ["RUS"])))["dyad"]["f1"] == 0
    assert figures(gold, article(event("COERCE", ["RUS"], ["UKR"])))["quad"]["f1"] == 1


def test_files_that_are_no_gold(tmp_path):
    path = tmp_path / "g.jsonl"
    with pytest.raises(UsageError, match="cannot be read"):
        read(path)
    path.write_text('{"id": "a"}\n')
    with pytest.raises(UsageError, match=r"g\.jsonl:1: expected an object"):
        read(path)
    row = json.dumps({"id": "a", "lang": "id", "text": "x", "events": []})
    path.write_text(f"{row}\n{row}\n")
    with pytest.raises(UsageError, match="stands twice"):
        read(path)


@pytest.mark.parametrize("name", ["items.en.jsonl", "items.zh.jsonl", "news.id.jsonl"])
def test_agrees_to_the_last_digit_with_the_reference_script(gold, name, tmp_path):
    script = gold.parent / "tools" / "score_events.py"
    if not script.exists():
        pytest.skip(f"no reference script at {script}")
    spec = importlib.util.spec_from_file_location("reference", script)
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    from hubungan import pipeline
    from hubungan.articles.read import read as read_articles
    from hubungan.output.write import write
    out = tmp_path / "coded.jsonl"
    write(pipeline.code(read_articles([gold / "dev" / name])), str(out), "articles")
    ours, errors = evaluate(gold / "dev" / name, verbose=True)
    theirs, their_errors = reference.score(reference.read(gold / "dev" / name), reference.read(out), True)
    assert json.dumps(ours) == json.dumps(theirs)
    assert errors == their_errors
