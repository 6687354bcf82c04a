"""The whole way of an article: the same for everybody, and safe against any text."""

import os
import subprocess
import sys
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hubungan import pipeline
from hubungan.languages import available
from hubungan.records import Article

ROOT_COMMAND = [sys.executable, "-c", "import sys; sys.argv[0] = 'hubungan'; from hubungan.cli import main; main()"]


def test_two_processes_with_different_hash_seeds_write_the_same(samples):
    def run(seed):
        return subprocess.run([*ROOT_COMMAND, "code", str(samples), "-o", "-", "--format", "articles"], capture_output=True,
                              check=True,
                              env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}, timeout=120).stdout
    first, second = run("1"), run("4242")
    assert first == second and first.count(b"\n") >= 10


def slices(coded):
    """Whether every offset of a coded article points at its words."""
    text = coded.article.text
    for event in coded.events:
        for span in (event.trigger, event.sentence, *event.actor, *event.recipient):
            assert text[span.start:span.end] == span.text
        assert event.sentence.start <= event.trigger.start < event.trigger.end <= event.sentence.end
        assert event.actor or event.recipient
        assert 0 <= event.confidence <= 1
    for statement in coded.statements:
        assert text[statement.start:statement.end] == statement.text
        assert text[statement.speaker.start:statement.speaker.end] == statement.speaker.text
    for mention in coded.mentions:
        assert 0 <= mention.start < mention.end and text[mention.start:mention.end] == mention.text
    for sentence in coded.sentences:
        assert text[sentence.start:sentence.end] == sentence.text
    for removed in coded.removed:
        assert 0 <= removed.start < removed.end <= len(text)
    return True


#: Twelve scripts, and what is hostile to programs that count characters.
SCRIPTS = [st.characters(min_codepoint=low, max_codepoint=high) for low, high in (
    (0x41, 0x24f), (0x370, 0x3ff), (0x400, 0x4ff), (0x530, 0x58f), (0x590, 0x5ff), (0x600, 0x6ff), (0x900, 0x97f),
    (0xe00, 0xe7f),
    (0x10a0, 0x10ff), (0x3040, 0x30ff), (0x4e00, 0x9fff), (0xac00, 0xd7a3))]
ODD = st.sampled_from(["\u0301", "\u200b", "\u200d", "\u202e", "\ufeff", "\U0001f600", "ﬁ", "İ", "ß", "\r", "\u2028", "\x85",
                       "\x0b", "\x1b[31m",
                       "1", "٣", "²", "”", "“", '"', "«", "。", ".", ",", "—", " - ", "\n", "\n\n", "\t", " "])
WORDS = st.sampled_from(["Russia", "Rusia", "Россия", "俄罗斯", "روسيا", "रूस", "Putin", "attacked", "menyerang", "said",
                         "kata", "и", "met",
                         "访问", "Ukraine", "Ukraina", "乌克兰", "not", "will", "tidak", "akan", "Monday", "READ MORE",
                         "Baca juga:", "they", "We",
                         "he", "keduanya", "the talks", "denied the accusation", "MOSCOW (AP) —", "Mr.", "U.S.", "2024", "31",
                         "May", "days ago"])
TEXT = st.lists(st.one_of(WORDS, ODD, *(st.text(script, min_size=1, max_size=6) for script in SCRIPTS)),
                max_size=25).map(" ".join)


@settings(max_examples=60)
@given(TEXT, st.sampled_from(["", "xx", *sorted(available())]),
       st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2100, 1, 1))))
@example("", "en", None)
@example("İİİ Baca juga: x", "id", None)
@example('"', "en", None)
@example("\r\n\r\n", "", None)
def test_any_text_is_coded_and_every_offset_slices(text, lang, published):
    (coded,) = pipeline.code([Article("x", text, lang, published)])
    assert coded.article.text == text and slices(coded)


@settings(max_examples=30)
@given(st.lists(WORDS, max_size=30).map(" ".join), st.sampled_from(sorted(available())))
def test_the_same_text_is_coded_the_same_twice(text, lang):
    article = Article("x", text, lang, date(2024, 5, 8))
    assert list(pipeline.code([article])) == list(pipeline.code([article]))


def test_samples_slice_and_their_furniture_is_in_no_event(samples):
    from hubungan.articles.read import read
    for coded in pipeline.code(read([samples])):
        assert slices(coded) and coded.removed
        for event in coded.events:
            assert not any(one.start < event.trigger.end and event.trigger.start < one.end for one in coded.removed)


def test_long_texts_take_time_in_proportion():
    text = "Israel bombed Lebanon on Monday. " * 300 + "a" * 20_000 + " " + "(" * 5_000 + '"' * 5_000
    (coded,) = pipeline.code([Article("x", text, "en", date(2024, 5, 8))])
    assert len(coded.events) >= 300 and slices(coded)


def test_stages_give_one_for_one_in_order():
    articles = [Article(str(number), "Iran condemned Israel.", lang) for number, lang in enumerate(["en", "id", "", "xx"])]
    prepared = list(pipeline.prepare(articles))
    parsed = list(pipeline.parse(prepared))
    assert [one.article.id for one in prepared] == [one.prepared.article.id for one in parsed] == list("0123")
    assert [one.article.id for one in pipeline.interpret(parsed)] == list("0123")


@pytest.mark.parametrize(("tag", "pack", "stands_in"), [("en", "en", False), ("pt-BR", "pt", False), ("ID", "id", False),
                                                        ("tlh", "en", True)])
def test_the_pack_of_a_tag(tag, pack, stands_in):
    found, other = pipeline.choose_pack(tag)
    assert (found.tag, other) == (pack, stands_in)


def test_notes_say_why_something_was_not_coded():
    (coded,) = pipeline.code([Article("x", "The attack was heavy.\n\nREAD MORE: Russia attacks", "en")])
    assert [note.what for note in coded.notes] == ["furniture", "rejected"]


def test_in_a_year_is_no_place():
    (coded,) = pipeline.code([Article("x", "In 2008 Russia invaded Georgia.", "en")])
    (event,) = coded.events
    assert event.place is None or event.place.country == "GEO"
