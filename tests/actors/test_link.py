"""Who the phrases of a text are. Offsets are checked by slicing."""

from datetime import date

import pytest

from hubungan import pipeline
from hubungan.records import Article


def mentions(text, lang, published=date(2024, 5, 8)):
    (coded,) = pipeline.code([Article("x", text, lang, published)])
    for mention in coded.mentions:
        assert text[mention.start:mention.end] == mention.text
    return {mention.text: mention for mention in coded.mentions}


def who(found, text):
    return found[text].id, found[text].sector


@pytest.mark.parametrize(("lang", "text", "phrase", "expected"), [
    ("id", "Jumlah pasukan penjaga perdamaian Rusia berkurang.", "pasukan penjaga perdamaian Rusia", ("RUS", "MIL")),
    ("id", "Menurut Kementerian Luar Negeri Armenia, hal itu benar.", "Kementerian Luar Negeri Armenia", ("ARM", "GOV")),
    ("id", "Presiden Rusia Vladimir Putin tiba.", "Presiden Rusia Vladimir Putin", ("RUS", "GOV")),
    ("id", "Juru bicara Kremlin Dmitry Peskov hadir.", "Juru bicara Kremlin Dmitry Peskov", ("RUS", "GOV")),
    ("en", "The Russian peacekeepers left.", "Russian peacekeepers", ("RUS", "MIL")),
    ("en", "Iran's foreign minister spoke.", "Iran's foreign minister", ("IRN", "GOV")),
    ("en", "The president of the United States spoke.", "president of the United States", ("USA", "GOV")),
    ("en", "Chadian opposition leader Idriss Saleh spoke.", "Chadian opposition leader Idriss Saleh", ("TCD", "OPP")),
    ("en", "Congolese rebels moved.", "Congolese rebels", ("COD", "REB")),
    ("fr", "Le président russe Vladimir Poutine est arrivé.", "président russe Vladimir Poutine", ("RUS", "GOV")),
    ("ru", "Президент России Владимир Путин прибыл.", "Президент России Владимир Путин", ("RUS", "GOV")),
    ("ru", "Российские войска вошли в город.", "Российские войска", ("RUS", "MIL")),
    ("zh", "俄罗斯总统普京抵达北京。", "俄罗斯总统普京", ("RUS", "GOV")),
    ("ar", "وصل الرئيس الروسي فلاديمير بوتين.", "الرئيس الروسي فلاديمير بوتين", ("RUS", "GOV")),
])
def test_nested_mentions_are_one_actor(lang, text, phrase, expected):
    found = mentions(text, lang)
    assert phrase in found, sorted(found)
    assert who(found, phrase) == expected


def test_a_person_is_who_he_was_on_the_day():
    text = "Mr. Joe Biden spoke."
    assert who(mentions(text, "en", date(2022, 1, 1)), "Joe Biden") == ("USA", "GOV")
    assert who(mentions(text, "en", date(2025, 6, 1)), "Joe Biden") == ("USA", "ELI")


def test_a_bare_surname_is_who_was_named_before():
    text = "Zambia's mines minister Abel Banda resigned. Banda had been criticised."
    assert who(mentions(text, "en"), "Banda") == ("ZMB", "GOV")


@pytest.mark.parametrize("text", ["US troops left.", "US forces"])
def test_acronyms_need_capitals(text):
    assert any(m.id == "USA" for m in mentions(text, "en").values())
    assert not any(m.id == "USA" for m in mentions(text.replace("US", "us"), "en").values())


def test_pronouns_and_both():
    text = "Armenia dan Azerbaijan berunding. Keduanya sepakat."
    (coded,) = pipeline.code([Article("x", text, "id", date(2024, 5, 8))])
    assert {m.id for m in coded.mentions if m.text == "Keduanya"} == {"ARM", "AZE"}


def test_a_place_behind_a_role_is_its_owner():
    found = mentions("A district court in Helsinki, Finland, ruled.", "en")
    assert any(m.id == "FIN" and m.sector == "JUD" for m in found.values())
