"""Who is reported to have said what. Contents are checked by slicing."""

from datetime import date

import pytest

from hubungan import pipeline
from hubungan.events.statements import quoted
from hubungan.records import Article


def code(lang, text):
    (coded,) = pipeline.code([Article("x", text, lang, date(2024, 5, 8))])
    for one in coded.statements:
        assert text[one.start:one.end] == one.text
        assert text[one.speaker.start:one.speaker.end] == one.speaker.text
    return coded


def said(lang, text):
    return [(one.speaker.id, one.quote, one.text) for one in code(lang, text).statements]


@pytest.mark.parametrize(("lang", "text", "speaker", "words"), [
    ("en", '"The border is quiet today," Ukrainian President Volodymyr Zelensky said.', "UKR", "The border is quiet today"),
    ("en", 'Ukrainian President Volodymyr Zelensky said: "The border is quiet today."', "UKR", "The border is quiet today"),
    ("en", "“The border is quiet today,” said Ukrainian President Volodymyr Zelensky.", "UKR", "The border is quiet today"),
    ("id", '"Perbatasan itu tenang hari ini," kata Presiden Prancis Emmanuel Macron.', "FRA", "Perbatasan itu tenang hari ini"),
    ("id", 'Presiden Prancis Emmanuel Macron mengatakan, "Perbatasan itu tenang."', "FRA", "Perbatasan itu tenang"),
    ("es", "“La frontera está tranquila”, declaró el presidente francés Emmanuel Macron.", "FRA", "La frontera está tranquila"),
    ("zh", "俄罗斯总统普京说：“我们将继续与中国合作，共同维护和平。”", "RUS", "我们将继续与中国合作，共同维护和平"),
    ("fr", "« La frontière est calme », a déclaré le président français Emmanuel Macron.", "FRA", "La frontière est calme"),
])
def test_direct_quotes_before_and_after_the_speaker(lang, text, speaker, words):
    assert said(lang, text) == [(speaker, True, words)]


@pytest.mark.parametrize(("lang", "text", "speaker", "words"), [
    ("en", "French President Emmanuel Macron said that the border was quiet again.", "FRA", "the border was quiet again"),
    ("en", "French President Emmanuel Macron said the border was quiet again.", "FRA", "the border was quiet again"),
    ("id", "Presiden Prancis Emmanuel Macron mengatakan bahwa perbatasan itu tenang.", "FRA", "perbatasan itu tenang"),
    ("es", "El presidente francés, Emmanuel Macron, dijo que la frontera está tranquila.", "FRA", "la frontera está tranquila"),
    ("ru", "Президент России Владимир Путин заявил, что граница сейчас спокойна.", "RUS", "граница сейчас спокойна"),
])
def test_indirect_speech_loses_its_opening_word(lang, text, speaker, words):
    assert said(lang, text) == [(speaker, False, words)]


@pytest.mark.parametrize(("lang", "text", "speaker", "words"), [
    ("en", "According to the Kremlin, the border is quiet again.", "RUS", "the border is quiet again"),
    ("id", "Menurut Kremlin, perbatasan itu kembali tenang.", "RUS", "perbatasan itu kembali tenang"),
])
def test_according_to(lang, text, speaker, words):
    assert said(lang, text) == [(speaker, False, words)]


def test_the_verb_is_the_word_as_written():
    (one,) = code("id", '"Perbatasan itu tenang hari ini," kata Presiden Prancis Emmanuel Macron.').statements
    assert one.verb == "kata" and one.speaker.name == "Emmanuel Macron"


@pytest.mark.parametrize(("lang", "text", "word"), [
    ("en", '"We condemn the attack on Russia," French President Emmanuel Macron said.', "We"),
    ("en", 'French President Emmanuel Macron said: "Russia attacked our embassy in Kyiv."', "our"),
    ("id", '"Kami menolak tuntutan Rusia itu," kata Presiden Prancis Emmanuel Macron.', "Kami"),
    ("id", '"Kami mengutuk serangan Rusia ke Ukraina," kata Presiden Prancis Emmanuel Macron.', "Kami"),
])
def test_the_first_person_inside_a_quote_is_the_speaker(lang, text, word):
    assert [mention.id for mention in code(lang, text).mentions if mention.text.split()[0] == word] == ["FRA"]


def test_the_first_person_of_a_later_quote_is_the_last_speaker():
    coded = code("en", 'French President Emmanuel Macron said: "The border is quiet." "We condemn the attack," he said.')
    assert {mention.id for mention in coded.mentions if mention.text == "We"} == {"FRA"}


def test_nobody_said_nothing():
    assert said("en", "Israel bombed Lebanon on Monday.") == []
    assert said("en", "Said al-Masri attended.") == []


def test_the_united_states_are_no_verb():
    assert said("en", "Iran and the United States held talks in Oman.") == []


@pytest.mark.parametrize(("lang", "text"), [
    ("en", "According to the Israeli army, Hamas fired rockets at Tel Aviv."),
    ("id", "Menurut militer Israel, Hamas menembakkan roket ke Tel Aviv."),
])
def test_the_source_does_not_act(lang, text):
    assert [[actor.text for actor in event.actor] for event in code(lang, text).events] == [["Hamas"]]


def test_short_words_in_quotes_are_no_quote():
    text = 'He called it "absurd" and «long enough to be quoted».'
    (span,) = quoted(text, 0, len(text), [('"', '"'), ("«", "»")])
    assert text[slice(*span)] == "long enough to be quoted"


def test_a_quote_left_open_closes_with_the_sentence():
    text = '"The border is quiet today.'
    assert [text[a:b] for a, b in quoted(text, 0, len(text), [('"', '"')])] == ["The border is quiet today."]
