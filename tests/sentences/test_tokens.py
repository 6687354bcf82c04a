import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubungan.sentences import Clitics, fold, tokenize


def texts(text, **more):
    return [token.text for token in tokenize(text, **more)]


@pytest.mark.parametrize(("text", "expected"), [
    ("Russia's troops won't leave", ["Russia", "'s", "troops", "wo", "n't", "leave"]),
    ("the U.S.-led force", ["the", "U.S.", "-", "led", "force"]),
    ("l'Iran et cessez-le-feu", ["l", "Iran", "et", "cessez", "le", "feu"]),
    ("PresidenFinlandiaAlexander diGaza", ["Presiden", "Finlandia", "Alexander", "di", "Gaza"]),
    ("McDonald DeSantis", ["McDonald", "DeSantis"]),
    ("俄罗斯总统 普京", ["俄", "罗", "斯", "总", "统", "普", "京"]),
    ("सेना ने कहा", ["सेना", "ने", "कहा"]),
    ("13/5/2024 14,5", ["13", "/", "5", "/", "2024", "14,5"]),
    ("", []),
])
def test_words(text, expected):
    assert texts(text) == expected


@given(st.text(max_size=80))
def test_offsets_are_the_words(text):
    end = 0
    for token in tokenize(text):
        assert text[token.start:token.end] == token.text
        assert token.start >= end
        end = token.end


@given(st.text(max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_a_window_has_offsets_into_the_whole(text, a, b):
    low, high = sorted((min(a, len(text)), min(b, len(text))))
    for token in tokenize(text, low, high):
        assert low <= token.start < token.end <= high
        assert text[token.start:token.end] == token.text


@pytest.mark.parametrize(("word", "key"), [
    ("Erdoğan", "erdogan"), ("México", "mexico"), ("U.S.", "us"), ("Ёлка", "елка"), ("йод", "йод"), ("الأمم", "الامم"),
    ("إيران", "ايران"), ("القاهرة", "القاهره"), ("ΑΘΗΝΑ", "αθηνα"), ("İmamoğlu", "imamoglu"), ("भारत", "भारत"),
])
def test_fold(word, key):
    assert fold(word) == key


def test_clitics_come_off_and_say_what_they_were():
    arabic = Clitics({"و": "and", "ل": "to", "ال": ""}, {})
    (token,) = tokenize("وللرئيس", clitics=arabic)
    assert token.keys[0] == "وللرييس"
    assert ("رييس", ("to", "")) in list(zip(token.keys, token.clitics))
    (token,) = tokenize("والرئيس", clitics=arabic)
    assert ("رييس", ("and", "")) in list(zip(token.keys, token.clitics))


def test_suffixes_come_off():
    (token,) = tokenize("pasukannya", clitics=Clitics({}, {"nya": "person"}))
    assert dict(zip(token.keys, token.clitics))["pasukan"] == ("", "person")
