"""The Python face: code one text, or many articles."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import hubungan
from hubungan.articles.read import read
from hubungan.errors import InputError, UsageError
from hubungan.output.jsonl import as_article, as_events
from hubungan.records import Article

SENTENCES = {
    "en": ["Israel bombed Lebanon on Monday.", "Putin met Xi Jinping in Beijing.", "Iran condemned Israel.",
           "Nothing happened."],
    "id": ["Rusia mengecam Amerika Serikat.", "Putin bertemu Xi Jinping di Beijing."],
    "zh": ["伊朗谴责以色列。"], "xx": ["Iran condemned Israel."],
}


def as_json(coded):
    return json.dumps([as_article(coded), as_events(coded)], ensure_ascii=False)


@pytest.fixture(scope="module")
def coder():
    return hubungan.Coder()


def test_code_one_text():
    coded = hubungan.code("Putin meets Xi\n\nPutin met Xi Jinping in Beijing on Tuesday.", lang="en", published="2024-05-08")
    assert coded.article.published == date(2024, 5, 8)
    assert ("CONSULT", ["RUS", "CHN"], "2024-05-07") in [(e.event, [a.id for a in e.actor], e.date) for e in coded.events]


def test_a_date_may_be_a_date_and_the_language_is_recognised():
    coded = hubungan.code("French President Emmanuel Macron met the German chancellor in Berlin.", published=date(2024, 5, 8))
    assert coded.article.lang == coded.pack == "en" and coded.events


def test_an_indonesian_sentence_is_read_as_indonesian():
    text = "Perdana Menteri Armenia mengunjungi Moskow pada hari Rabu untuk bertemu dengan presiden Rusia."
    assert hubungan.code(text).pack == "id"                # also where it is taken for Malay


def test_a_title_given_apart_heads_the_text():
    coded = hubungan.code("Body.", lang="en", title="Israel bombed Lebanon")
    assert coded.article.text == "Israel bombed Lebanon\n\nBody."
    assert coded.events[0].trigger.text == coded.article.text[7:13] == "bombed"


@pytest.mark.parametrize(("arguments", "reason"), [
    ({"text": ""}, "empty"), ({"text": " \n "}, "empty"), ({"text": "a\0b"}, "binary"), ({"text": "\ud800"}, "encoding"),
    ({"text": "x" * 1_000_001}, "too-large"), ({"text": "x", "published": "2024-02-30"}, "bad-date"),
    ({"text": "x", "published": "yesterday"}, "bad-date"), ({"text": "x", "lang": "no such!"}, "bad-language"),
    ({"text": 3.5}, "bad-field"),
])
def test_input_that_cannot_be_coded_says_why(arguments, reason):
    with pytest.raises(InputError) as caught:
        hubungan.code(**arguments)
    assert caught.value.reason == reason and caught.value.detail


def test_an_unknown_pack_names_those_that_there_are():
    with pytest.raises(UsageError, match="no language pack 'klingon': there are .*en.*id"):
        hubungan.Coder(languages=["en", "klingon"])
    hubungan.Coder(languages=["en", "id"])


def test_a_language_without_a_pack_is_coded_with_a_warning():
    coded = hubungan.code("Vladimir Putin, Xi Jinping.", lang="tlh")
    assert coded.article.lang == "tlh" and coded.pack == "en"
    assert any("no language pack for 'tlh'" in warning for warning in coded.warnings)
    assert {mention.id for mention in coded.mentions} >= {"RUS", "CHN"}


def test_a_known_language_has_no_warning():
    assert hubungan.code("Iran condemned Israel.", lang="en-GB").warnings == ()


def test_a_text_in_no_language_says_that_it_is_unsure():
    assert any("language uncertain" in warning for warning in hubungan.code("12 34").warnings)


def test_a_batch_keeps_the_order_and_is_lazy(coder):
    def articles():
        for number in range(8):
            yield Article(str(number), "Iran condemned Israel.", "en")
        raise RuntimeError("more than eight read ahead")
    batch = coder.code_batch(articles())
    assert [next(batch).article.id for _ in range(8)] == list("01234567")
    with pytest.raises(RuntimeError, match="more than eight"):
        next(batch)


ARTICLES = st.lists(st.sampled_from([(lang, text) for lang, texts in SENTENCES.items() for text in texts]), max_size=3).map(
    lambda parts: Article("x", " ".join(text for _, text in parts) or "-", parts[0][0] if parts else "en", date(2024, 5, 8)))


@settings(max_examples=40)
@given(st.lists(ARTICLES, max_size=5), st.integers(0, 5))
def test_any_batching_gives_the_same_bytes(coder, articles, cut):
    alone = [as_json(coder.code(article)) for article in articles]
    assert [as_json(coded) for coded in coder.code_batch(articles)] == alone
    halves = [*coder.code_batch(articles[:cut]), *hubungan.Coder().code_batch(articles[cut:])]
    assert [as_json(coded) for coded in halves] == alone


def test_the_samples_in_one_batch_and_one_by_one(coder, samples):
    articles = list(read([samples]))
    backwards = [as_json(coder.code(article)) for article in reversed(articles)]
    assert [as_json(coded) for coded in coder.code_batch(articles)] == backwards[::-1]


def test_a_publication_day_at_the_beginning_of_the_calendar():
    assert hubungan.code("Russia attacked Ukraine last month.", lang="en", published="0001-01-05").events


def test_may_is_no_date():
    coded = hubungan.code("Putin may meet Xi Jinping in Moscow.", lang="en", published="2025-03-08")
    assert all(event.date is None for event in coded.events)
