"""The JSON forms: the fields of the coding manual and of PLOVER 1.3, and offsets that slice to their words."""

import json
from datetime import date

import pytest

from hubungan import pipeline
from hubungan.output.jsonl import as_article, as_events, event_id
from hubungan.records import Article

TEXT = ("Putin meets Xi in Beijing\n\n"
        'Russian President Vladimir Putin met Chinese President Xi Jinping in Beijing on Tuesday. "Russia attacked our cities '
        'last night," Ukrainian President Volodymyr Zelensky said.\n\n'
        "READ MORE: Canada recalls its ambassador from India\n\n"
        "Israel bombed Lebanon on Monday. Iran condemned Israel.\n")


@pytest.fixture(scope="module")
def coded():
    article = Article("a1", TEXT, "en", date(2024, 5, 8), "Wire", "Putin meets Xi in Beijing", "http://x.org/1")
    (one,) = pipeline.code([article])
    assert len(one.events) >= 4 and one.statements and one.removed
    return one


def test_article_form_has_the_fields_of_the_coding_manual(coded):
    record = as_article(coded)
    assert {"id", "lang", "published", "source", "title", "text", "events", "statements"} <= set(record)
    assert (record["id"], record["lang"], record["published"]) == ("a1", "en", "2024-05-08")
    assert record["text"] == TEXT
    for event in record["events"]:
        assert {"event", "mode", "aux", "trigger", "actor", "recipient", "date", "place"} <= set(event)
        for entity in event["actor"] + event["recipient"]:
            assert set(entity) == {"text", "start", "end", "id", "sector", "name"}
    for statement in record["statements"]:
        assert set(statement) == {"speaker", "verb", "quote", "start", "end", "text"}


def test_article_form_offsets_slice_to_their_text(coded):
    record = as_article(coded)
    spans = [part for event in record["events"] for part in (event["trigger"], *event["actor"], *event["recipient"])]
    spans += [part for statement in record["statements"] for part in (statement, statement["speaker"])]
    for span in spans:
        assert TEXT[span["start"]:span["end"]] == span["text"]
    (removed,) = record["removed"]
    assert TEXT[removed["start"]:removed["end"]] == "READ MORE: Canada recalls its ambassador from India"


def test_a_trigger_stands_in_its_sentence(coded):
    for event in as_article(coded)["events"]:
        sentence, trigger = event["sentence"], event["trigger"]
        assert sentence["start"] <= trigger["start"] < trigger["end"] <= sentence["end"]


def test_event_form_has_the_field_names_of_plover(coded):
    for record in as_events(coded):
        assert {"id", "date", "actor", "recipient", "event", "mode", "context", "event_text", "quad_code", "event_scale",
                "text_info", "cite_info", "coder"} <= set(record)
        for actor in record["actor"] + record["recipient"]:
            assert set(actor) == {"code", "sector", "actor_text", "identifier_text"}


def test_event_form_says_who_did_what(coded):
    (bombing,) = [record for record in as_events(coded) if record["event_text"] == ["bombed"]]
    assert bombing["event"] == ["ASSAULT"] and bombing["quad_code"] == 4 and bombing["event_scale"] == -9.3
    assert bombing["actor"] == [{"code": "ISR", "sector": "GOV", "actor_text": "Israel", "identifier_text": "Israel"}]
    assert [actor["code"] for actor in bombing["recipient"]] == ["LBN"]
    assert bombing["date"] == "2024-05-06"
    assert bombing["cite_info"]["url"] == "http://x.org/1" and bombing["cite_info"]["publication"] == "Wire"
    assert bombing["coder"].startswith("hubungan-")


def test_event_form_evidence_slices(coded):
    for record in as_events(coded):
        evidence = record["evidence"]

        def words(span):
            return TEXT[span[0]:span[1]]
        assert words(evidence["sentence"]) == record["text"]
        assert [words(evidence["trigger"])] == record["event_text"]
        for role in ("actor", "recipient"):
            assert [words(span) for span in evidence[role]] == [actor["actor_text"] for actor in record[role]]
        info = record["text_info"]
        assert words((info["start"], info["end"])) == record["text"]
        assert coded.sentences[info["sequence"]].text == record["text"]


def test_the_date_of_publication_stands_in_for_no_date(coded):
    (condemned,) = [record for record in as_events(coded) if record["event_text"] == ["condemned"]]
    assert condemned["date"] == "2024-05-08"
    (undated,) = pipeline.code([Article("x", "Iran condemned Israel.", "en")])
    assert [record["date"] for record in as_events(undated)] == [None]


def test_ids_are_stable_and_different_for_different_events(coded):
    (again,) = pipeline.code([coded.article])
    ids = [event_id(coded, event) for event in coded.events]
    assert ids == [event_id(again, event) for event in again.events] == [record["id"] for record in as_events(coded)]
    assert len(set(ids)) == len(ids)


def test_the_same_text_in_another_article_has_other_ids():
    one, two = (next(pipeline.code([Article(key, "Iran condemned Israel.", "en")])) for key in "ab")
    assert {record["id"] for record in as_events(one)}.isdisjoint(record["id"] for record in as_events(two))


def test_an_article_without_events():
    (coded,) = pipeline.code([Article("x", "Nothing happened here.", "en")])
    assert as_article(coded)["events"] == [] == as_events(coded)
    assert as_article(coded)["published"] is None


def test_both_forms_are_json(coded):
    for record in (as_article(coded), *as_events(coded)):
        assert json.loads(json.dumps(record)) == record
