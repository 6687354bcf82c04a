"""Page furniture: what is set aside, and what must not be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubungan.articles.furniture import find
from hubungan.languages import load


def removed(text, lang):
    return [text[one.start:one.end] for one in find(text, load(lang))]


@pytest.mark.parametrize(("lang", "line"), [
    ("en", "READ MORE: Canada recalls its ambassador from India"), ("en", "Read more: Russia attacks"),
    ("id", "Baca juga: Filipina Usir Dua Diplomat China"), ("id", "BACA JUGA Iran siap berunding"),
    ("fr", "Lire aussi : Le Maroc rappelle son ambassadeur en Suède"),
    ("es", "Lea también: Argentina expulsa al embajador de Irán"),
    ("pt", "Leia também: Coreia do Sul convoca embaixador do Japão"), ("de", "Lesen Sie auch: Kanada verhängt Sanktionen"),
    ("ru", "Читайте также: Польша закрыла границу с Белоруссией"), ("ar", "اقرأ أيضا: أستراليا تفرض عقوبات جديدة على ميانمار"),
    ("zh", "延伸阅读：法国驱逐两名阿塞拜疆外交官"),
])
def test_a_line_of_related_links_goes_whole_and_its_neighbours_stay(lang, line):
    assert removed(f"abc\n\n  {line}  \n\ndef", lang) == [line]


@pytest.mark.parametrize(("lang", "before", "link"), [
    ("id", "Rusia marah. ", "Baca juga: Iran siap berunding"), ("en", "Russia is angry. ", "READ MORE: Iran is ready"),
    ("ru", "Россия недовольна. ", "Читайте также: Польша закрыла границу"),
    ("fr", "La Russie est fâchée. ", "Lire aussi : Le Maroc"),
])
def test_a_link_inside_a_paragraph_goes_with_the_rest_of_its_line(lang, before, link):
    assert removed(f"{before}{link}\nNext line.", lang) == [link]


def test_a_word_that_only_begins_like_furniture_stays():
    assert removed("Read moreover the treaty again.", "en") == []
    assert removed("Fotografer itu ditangkap.", "id") == []


@pytest.mark.parametrize(("lang", "dateline"), [
    ("en", "MOSCOW (AP) — "), ("en", "LONDON, May 3 (Reuters) - "), ("en", "WASHINGTON – "), ("id", "HELSINKI, KOMPAS.com - "),
    ("id", "JAKARTA - "), ("id", "JAKARTA, KOMPAS.com – "), ("es", "QUITO — "), ("ru", "АСТАНА, 4 октября — "),
])
def test_a_dateline_goes_and_its_sentence_stays(lang, dateline):
    text = f"Title\n\n{dateline}Putin spoke."
    assert removed(text, lang) == [dateline]


@pytest.mark.parametrize("text", [
    "Putin — who rules Russia — spoke.", "The U.S.-led force left.", "Polisi - yang datang - pergi.",
    "A long-range missile hit.",
    "Talks between Iran and Iraq — the first in a year — began.", "He waited — and waited.",
    "Police said the FBI — and the CIA — knew.", "NATO - the alliance - met on Monday.", "The USA — Iran talks ended.",
])
def test_ordinary_sentences_with_dashes_stay(text):
    assert removed(text, "en") == removed(text, "id") == []


@pytest.mark.parametrize(("lang", "text"), [
    ("fr", "Par la force, Israël a bombardé Gaza."), ("fr", "Correspondant de guerre, il a été tué à Gaza par Israël."),
    ("ar", "كتب وزير الخارجية المصري رسالة إلى إسرائيل."), ("ar", "وكالات الأمم المتحدة تدعو إسرائيل إلى فتح المعبر."),
    ("ar", "تحرير الرهائن الإسرائيليين في غزة."), ("es", "Recibe Putin a Xi Jinping en Moscú."),
    ("en", "(AP) — Russia attacked Ukraine on Monday."), ("en", "(Reuters) - Russia attacked Ukraine on Monday."),
    ("en", "Recommended sanctions on Iran were adopted."),
])
def test_a_sentence_is_no_credit(lang, text):
    assert text not in removed(text, lang)


def test_nothing_is_removed_from_nothing():
    assert removed("", "en") == removed("\n \n", "en") == []


@given(st.lists(st.sampled_from(["READ MORE", "Baca juga:", "MOSCOW (AP) —", " - ", "word", "\n", "\r\n", "\u2028", " ",
                                 "(Reuters)", "İ",
                                 "Read more:", "Share", "."]), max_size=12).map(" ".join))
def test_what_is_removed_lies_in_the_text_in_order(text):
    for lang in ("en", "id"):
        found = find(text, load(lang))
        assert all(0 <= one.start < one.end <= len(text) and one.reason for one in found)
        assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))
