import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubungan.records import Removed
from hubungan.sentences import split


def texts(text, **more):
    return [span.text for span in split(text, **more)]


@pytest.mark.parametrize(("text", "expected"), [
    ("One. Two.", ["One.", "Two."]),
    ("Title\n\nBody text here.", ["Title", "Body text here."]),
    ('He said "No." She left.', ['He said "No."', "She left."]),
    ("Gen. Smith met Mr. Jones. They spoke.", ["Gen. Smith met Mr. Jones.", "They spoke."]),
    ("J. Smith came. He left.", ["J. Smith came.", "He left."]),
    ("Pasukan itu ahli kesehatan.Sjafrie menyebut hal itu.", ["Pasukan itu ahli kesehatan.", "Sjafrie menyebut hal itu."]),
    ("他访问了北京。他们会谈。", ["他访问了北京。", "他们会谈。"]),
    ("क्या हुआ। वे मिले।", ["क्या हुआ।", "वे मिले।"]),
    ("It rose 3.5 percent. Then fell.", ["It rose 3.5 percent.", "Then fell."]),
    ("", []), ("   \n\n  ", []),
])
def test_boundaries(text, expected):
    assert texts(text, abbreviations={"gen.", "mr."}) == expected


def test_a_sentence_broken_by_scraping_is_read_as_one():
    text = "Aliansi itu didominasi oleh Moskow. bahwa keduanya menghadiri pertemuan. Negosiasi dimulai."
    assert texts(text) == ["Aliansi itu didominasi oleh Moskow. bahwa keduanya menghadiri pertemuan.", "Negosiasi dimulai."]


def test_furniture_is_in_no_sentence_and_ends_the_one_before():
    text = "Rusia marah BACA JUGA Iran siap Armenia keluar"
    start, end = text.index("BACA"), text.index("Armenia")
    assert texts(text, removed=[Removed(start, end, "test")]) == ["Rusia marah", "Armenia keluar"]


@given(st.text(alphabet="ab .!\n\"A。", max_size=60))
def test_every_letter_is_in_exactly_one_sentence(text):
    spans = split(text)
    assert all(text[span.start:span.end] == span.text for span in spans)
    assert all(a.end <= b.start for a, b in zip(spans, spans[1:]))
    inside = "".join(span.text for span in spans)
    assert [c for c in inside if c.isalpha()] == [c for c in text if c.isalpha()]
