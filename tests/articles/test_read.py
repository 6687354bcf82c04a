"""Readers: what comes in as an article, what is turned away, and that the rest of the run goes on."""

import io
import json
from datetime import date, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubungan.articles import read as reading
from hubungan.articles.read import MAX_CHARACTERS, article, day, read
from hubungan.errors import REASONS, InputError, UsageError
from hubungan.records import Article, Rejection


def reasons(items):
    return [item.reason if isinstance(item, Rejection) else "ok" for item in items]


def test_text_file(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("\ufeffA title\n\nThe body.\n", encoding="utf-8")
    (one,) = read([path])
    assert (one.title, one.text) == ("A title", "A title\n\nThe body.\n")
    assert len(one.id) == 16


def test_a_blank_line_is_put_behind_the_title(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("A title\nThe body.")
    assert next(read([path])).text == "A title\n\nThe body."


def test_json_lines_and_bad_ones_between(tmp_path):
    path = tmp_path / "a.jsonl"
    rows = ['{"id": "1", "title": "T", "body": "B", "published": "2024-05-08T10:00:00Z", "lang": "en"}',
            "not json", "[1, 2]", '{"title": "no text"}', '{"text": "  "}', '{"text": "x", "published": "2024-02-30"}',
            '{"text": "x", "lang": "klingonish!"}', '{"text": {"a": 1}}', '{"id": "1", "text": "again"}', "",
            '{"text": "\\ud800"}', '{"text": "a\\u0000b"}', '{"id": "2", "text": "last"}']
    path.write_text("\n".join(rows))
    items = list(read([path]))
    assert reasons(items) == ["ok", "malformed", "malformed", "missing-text", "empty", "bad-date", "bad-language", "bad-field",
                              "duplicate-id", "encoding", "binary", "ok"]
    assert items[0] == Article("1", "T\n\nB", "en", date(2024, 5, 8), "", "T")
    assert items[1].where == f"{path}:2"
    assert all(item.reason in REASONS and item.detail for item in items if isinstance(item, Rejection))


@pytest.mark.parametrize(("data", "reason"), [
    (b"", "empty"), (b"\n\n  \n", "empty"), (b"caf\xe9 au lait", "encoding"), (b"\x89PNG\r\n\x1a\n\0\0\0", "binary"),
    (b"a\0b", "binary"), (b"x" * (4 * MAX_CHARACTERS + 5), "too-large"),
])
def test_files_that_are_no_article(tmp_path, data, reason):
    path = tmp_path / "bad.txt"
    path.write_bytes(data)
    good = tmp_path / "good.txt"
    good.write_text("Good news")
    assert reasons(read([path, good])) == [reason, "ok"]


def test_twenty_megabytes_on_one_line(tmp_path):
    path = tmp_path / "big.jsonl"
    with path.open("wb") as stream:
        stream.write(b'{"text": "' + b"a" * 20_000_000 + b'"}\n{"text": "small"}\n')
    assert reasons(read([path])) == ["too-large", "ok"]


def test_csv(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b'Id,Text,published\n1,"two\nlines",2024-01-02\n2,,\n' + b"3,caf\xe9,\n4,fine,\n")
    items = list(read([path]))
    assert reasons(items) == ["ok", "empty", "encoding", "ok"]
    assert items[0].text == "two\nlines" and items[0].published == date(2024, 1, 2)


def test_csv_without_a_text_column(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("headline,content\nx,y\n")
    (item,) = read([path])
    assert item.reason == "missing-text" and "headline, content" in item.detail


def test_parquet(tmp_path):
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"id": [7, 8], "body": ["one", None], "published": [datetime(2024, 1, 2, 3), None]}), path)
    items = list(read([path]))
    assert reasons(items) == ["ok", "empty"]
    assert items[0].id == "7" and items[0].published == date(2024, 1, 2)
    path.write_bytes(b"not parquet at all")
    assert reasons(read([path])) == ["malformed"]


def test_folders_are_read_in_order_and_unknown_files_in_them_passed_over(tmp_path):
    (tmp_path / "b.txt").write_text("b")
    (tmp_path / "a.txt").write_text("a")
    (tmp_path / "c.png").write_bytes(b"\0")
    assert [item.text for item in read([tmp_path])] == ["a", "b"]
    assert reasons(read([tmp_path / "c.png"])) == ["malformed"]


def test_paths_that_are_not_there(tmp_path):
    with pytest.raises(UsageError, match="no such file"):
        list(read([tmp_path / "none.txt"]))
    with pytest.raises(UsageError, match="no .txt"):
        list(read([tmp_path]))


@pytest.mark.parametrize(("data", "count"), [(b'{"text": "one"}\n{"text": "two"}\n', 2), (b"A title\n\nText", 1)])
def test_standard_input(monkeypatch, data, count):
    class Stdin:
        buffer = io.BytesIO(data)
    monkeypatch.setattr(reading.sys, "stdin", Stdin)
    assert len(list(read(["-"]))) == count


def test_given_date_and_language_stand_in(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "x"}\n{"text": "y", "published": "2020-01-01", "lang": "id"}\n')
    first, second = read([path], published=date(2024, 5, 8), lang="en")
    assert (first.published, first.lang) == (date(2024, 5, 8), "en")
    assert (second.published, second.lang) == (date(2020, 1, 1), "id")


def test_days():
    assert day("2024-05-08 10:00") == day(date(2024, 5, 8)) == date(2024, 5, 8)
    assert day(None) is day("") is day(float("nan")) is None
    for bad in ("2024-13-01", "8 May 2024", "20240508", "2024-05-08x"):
        with pytest.raises(InputError, match="bad-date"):
            day(bad)


@given(st.dictionaries(st.sampled_from(["id", "lang", "published", "title", "text", "body", "other"]),
                       st.one_of(st.none(), st.text(), st.integers(), st.floats(), st.lists(st.text()), st.booleans())))
def test_any_fields_make_an_article_or_a_named_rejection(fields):
    try:
        one = article(fields)
    except InputError as problem:
        assert problem.reason in REASONS
    else:
        assert one.text.strip()
        json.dumps(one.text).encode()
