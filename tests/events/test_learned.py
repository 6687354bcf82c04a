"""What the encoder says, in the terms of triggers and phrases."""

from datetime import date

import pytest

from hubungan import pipeline
from hubungan.core.encoder import installed
from hubungan.events.learned import ROW
from hubungan.records import Article


def scenes(text, lang="en"):
    return next(pipeline.encode(pipeline.parse(pipeline.prepare([Article("x", text, lang, date(2024, 5, 8))])), installed())).scenes


def test_the_one_who_acts_is_told_from_the_one_who_is_acted_on():
    (here,) = scenes("France accused Iran of supplying weapons.")
    hit = next(hit for hit in here.hits if hit.sense.event == "ACCUSE")
    france, iran = here.phrases[:2]
    assert here.learned.roles(hit, france)[0] > 0 > here.learned.roles(hit, iran)[0]
    assert here.learned.roles(hit, iran)[1] > 0 > here.learned.roles(hit, france)[1]


def test_words_are_the_encoders_tokens_at_the_same_characters():
    text = "First, nothing.\n\nFrance accused Iran of supplying weapons."
    here = scenes(text)[1]
    start = text.index("France")
    for i, token in enumerate(here.tokens[:-1]):
        rows = here.learned.read.offsets[here.learned.pieces(i, i + 1)]
        assert text[start + rows[0][0]:start + rows[-1][1]].strip() == token.text


def test_sentences_that_name_nobody_are_not_read():
    here = scenes("The weather was fine.\n\nFrance accused Iran.")
    assert [one.learned is not None for one in here] == [False, True]


def test_an_act_beyond_the_end_of_what_is_read_is_left_to_the_rules():
    text = "The minister " + "of the very long and winding river " * 60 + "said France accused Iran."
    (here,) = scenes(text)
    hit = next(hit for hit in here.hits if hit.sense.event == "ACCUSE")
    assert here.learned.kind(hit, "ACCUSE") == -9.0
    parsed = pipeline.parse(pipeline.prepare([Article("x", text, "en")]))
    assert next(pipeline.interpret(pipeline.encode(parsed, installed()))) is not None


@pytest.mark.parametrize(("text", "lang", "event", "actor", "recipient"), [
    ("The Kremlin lashed out at Poland.", "en", "ACCUSE", "RUS", "POL"),
    ("Prancis mengecam Iran pada Senin.", "id", "ACCUSE", "FRA", "IRN"),
])
def test_rules_and_encoder_make_one_event(text, lang, event, actor, recipient):
    (coded,) = pipeline.code([Article("x", text, lang, date(2024, 5, 8))], installed())
    (found,) = [one for one in coded.events if one.event == event]
    assert ([m.id for m in found.actor], [m.id for m in found.recipient]) == ([actor], [recipient])
    assert text[found.trigger.start:found.trigger.end] == found.trigger.text
    assert 0 < found.confidence < 1


def test_batches_change_nothing():
    texts = ["France accused Iran of lying.", "Nothing.", "Rusia menyerang Ukraina.", "Kenya sent police to Haiti on Friday."] * 6
    articles = [Article(str(i), text, published=date(2024, 5, 8)) for i, text in enumerate(texts)]
    together = list(pipeline.code(articles, installed()))
    assert together == [next(pipeline.code([one], installed())) for one in articles]
    assert ROW == "encoder"
