"""Dates of acts, counted from a Wednesday, 8 May 2024."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubungan.events.dates import find, is_history
from hubungan.languages import available, load
from hubungan.sentences import tokenize

WEDNESDAY = date(2024, 5, 8)
ISO = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def dated(lang, text, published=WEDNESDAY):
    pack = load(lang)
    return [found.iso for found in find(tokenize(text, clitics=pack.clitics), pack, published)]


# language: Monday, yesterday, three days ago, 3 May 2024, March, September, 2019
SAID = {
    "en": ("on Monday", "yesterday", "three days ago", "on May 3, 2024", "in March", "in September", "in 2019"),
    "id": ("pada Senin", "kemarin", "tiga hari lalu", "3 Mei 2024", "pada Maret", "pada September", "pada 2019"),
    "es": ("el lunes", "ayer", "hace tres días", "el 3 de mayo de 2024", "en marzo", "en septiembre", "en 2019"),
    "fr": ("lundi", "hier", "il y a trois jours", "le 3 mai 2024", "en mars", "en septembre", "en 2019"),
    "ru": ("в понедельник", "вчера", "три дня назад", "3 мая 2024 года", "в марте", "в сентябре", "в 2019 году"),
    "zh": ("星期一", "昨天", "三天前", "2024年5月3日", "3月", "9月", "2019年"),
    "ar": ("يوم الاثنين", "أمس", "قبل ثلاثة أيام", "3 مايو 2024", "في مارس", "في سبتمبر", "في عام 2019"),
}
languages = pytest.mark.parametrize("lang", SAID)


@languages
def test_a_weekday_is_the_last_one_on_or_before_publication(lang):
    monday = SAID[lang][0]
    assert dated(lang, monday) == ["2024-05-06"]
    assert dated(lang, monday, date(2024, 5, 6)) == ["2024-05-06"]
    assert dated(lang, monday, date(2024, 5, 5)) == ["2024-04-29"]


@languages
def test_yesterday_and_days_ago(lang):
    assert dated(lang, SAID[lang][1]) == ["2024-05-07"]
    assert dated(lang, SAID[lang][1], date(2024, 3, 1)) == ["2024-02-29"]
    assert dated(lang, SAID[lang][2]) == ["2024-05-05"]


@languages
def test_full_dates_and_years_need_no_publication(lang):
    assert dated(lang, SAID[lang][3]) == dated(lang, SAID[lang][3], None) == ["2024-05-03"]
    assert dated(lang, SAID[lang][6]) == dated(lang, SAID[lang][6], None) == ["2019"]


@languages
def test_a_month_alone_is_the_last_one_begun(lang):
    assert dated(lang, SAID[lang][4]) == ["2024-03"]
    assert dated(lang, SAID[lang][5]) == ["2023-09"]


@languages
def test_what_is_relative_needs_the_publication(lang):
    assert [dated(lang, SAID[lang][i], None) for i in (0, 1, 2, 4)] == [[]] * 4


@pytest.mark.parametrize(("lang", "text"), [
    ("en", "on 31 February 2024"), ("en", "on February 31, 2024"), ("id", "31 Februari 2024"),
    ("es", "el 31 de febrero de 2024"),
    ("fr", "le 31 février 2024"), ("ru", "31 февраля 2024 года"), ("zh", "2024年2月31日"), ("ar", "31 فبراير 2024"),
])
def test_a_day_that_is_not_in_the_calendar_is_no_day(lang, text):
    assert all(len(iso) < 10 for iso in dated(lang, text))


@pytest.mark.parametrize(("lang", "text", "expected"), [
    ("en", "two weeks ago", "2024-04"), ("en", "two months ago", "2024-03"), ("en", "five years ago", "2019"),
    ("en", "last year", "2023"),
    ("en", "12 days ago", "2024-04-26"), ("en", "March 5", "2024-03-05"), ("en", "June 5", "2023-06-05"),
    ("en", "March 2023", "2023-03"),
    ("id", "Rabu", "2024-05-08"), ("id", "(13/5/2023)", "2023-05-13"), ("id", "bulan lalu", "2024-04"),
    ("id", "Minggu", "2024-05-05"),
    ("fr", "avant-hier", "2024-05-06"), ("zh", "下个月", "2024-06"), ("ru", "позавчера", "2024-05-06"),
])
def test_other_ways_to_say_it(lang, text, expected):
    assert dated(lang, text) == [expected]


@pytest.mark.parametrize(("lang", "text", "expected"), [
    pytest.param("fr", "le 1er mai 2024", ["2024-05-01"], id="1er is the first day of the month"),
    pytest.param("es", "el próximo mes", ["2024-06"], id="next month is not January (es)"),
    pytest.param("ru", "в следующем месяце", ["2024-06"], id="next month is not January (ru)"),
    pytest.param("en", "Russia may attack", [], id="may is no month"),
    pytest.param("en", "Students march in London", [], id="march is no month"),
])
def test_dates_that_are_easily_misread(lang, text, expected):
    assert dated(lang, text) == expected


@pytest.mark.parametrize(("iso", "history"), [
    ("2024-05-06", False), ("2024-04-08", False), ("2024-04-06", True), ("2024-04", False), ("2024-03", True), ("2024", False),
    ("2023", True), ("2023-09", True), ("1999-01-01", True), ("2024-06-01", False), ("2025", False), ("", False),
])
def test_background_is_more_than_a_month_old(iso, history):
    assert is_history(iso, WEDNESDAY) is history
    assert is_history(iso, None) is False


WORDS = st.sampled_from([*"0123456789/-.,#", "31", "30", "2024", "0000", "1900", "9999", "99", "three", "tres", "三", "hari",
                         "lalu", "days",
                         "ago", "May", "Februari", "de", "mai", "1er", "il", "y", "a", "jours", "年", "月", "日", "назад",
                         "дня", "мая", "года",
                         "قبل", "أيام", "مايو", "last", "month", "kemarin", "hace", "años", "d", "m", "y", "month", "²", "٣"])


@given(st.sampled_from(["en", "id", "es", "fr", "ru", "zh", "ar"]), st.lists(WORDS, max_size=12).map(" ".join),
       st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2100, 12, 31))))
def test_any_words_give_iso_dates_or_none(lang, text, published):
    for iso in dated(lang, text, published):
        assert ISO.fullmatch(iso)
        assert len(iso) < 10 or date.fromisoformat(iso)
        is_history(iso, published)


@pytest.mark.parametrize("tag", sorted(available()))
def test_every_pack_knows_the_weekdays(tag):
    pack = load(tag)
    known = {meaning: form for forms in pack.dates.values() for meaning, form in forms if meaning.startswith("weekday:")}
    assert sorted(known) == [f"weekday:{number}" for number in range(1, 8)]
    days = {int(meaning[8:]): dated(tag, " ".join(form)) for meaning, form in known.items()}
    assert all(iso in ([], [date(2024, 5, 8 - (3 - number) % 7).isoformat()]) for number, iso in days.items())


def test_there_is_no_month_before_the_calendar():
    assert dated("en", "last month", date(1, 1, 5)) == []
