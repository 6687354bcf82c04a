"""Files come out whole or not at all, and each format is read back as what was written."""

import csv
import json
from datetime import date

import pyarrow.parquet as pq
import pytest

from hubungan import pipeline
from hubungan.errors import UsageError
from hubungan.output.jsonl import as_article, as_events
from hubungan.output.table import COLUMNS, rows, to_arrow
from hubungan.output.write import FORMATS, format_for, write, write_rejections
from hubungan.records import Article, Rejection


@pytest.fixture(scope="module")
def coded():
    articles = [Article("a", "Israel bombed Lebanon on Monday.\n\nPutin met Xi Jinping, “again”.", "en", date(2024, 5, 8)),
                Article("b", "Rusia mengecam Amerika Serikat.", "id"), Article("c", "伊朗谴责以色列。", "zh"),
                Article("d", "Nothing happened.", "en")]
    found = list(pipeline.code(articles))
    assert sum(len(one.events) for one in found) >= 4
    return found


def test_articles_are_read_back(coded, tmp_path):
    out = tmp_path / "x.jsonl"
    write(coded, str(out), "articles")
    assert [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()] == [as_article(one) for one in coded]


def test_events_are_read_back(coded, tmp_path):
    out = tmp_path / "x.events.jsonl"
    write(coded, str(out), "events")
    found = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert found == [record for one in coded for record in as_events(one)]


def test_csv_is_read_back(coded, tmp_path):
    out = tmp_path / "x.csv"
    write(coded, str(out), "csv")
    with out.open(encoding="utf-8", newline="") as stream:
        found = list(csv.DictReader(stream))
    assert [list(row) for row in found] == [list(COLUMNS)] * len(found)
    for got, put in zip(found, rows(coded), strict=True):
        assert got == {name: "" if value is None else str(value) for name, value in put.items()}


def test_parquet_is_read_back(coded, tmp_path):
    out = tmp_path / "x.parquet"
    write(coded, str(out), "parquet")
    assert pq.read_table(out).equals(to_arrow(coded))


@pytest.mark.parametrize("kind", FORMATS)
def test_no_events_make_a_file_all_the_same(kind, tmp_path):
    out = tmp_path / "x"
    write([], str(out), kind)
    assert out.exists()
    if kind == "parquet":
        assert pq.read_table(out).num_rows == 0
    else:
        assert out.read_text().strip() == (",".join(COLUMNS) if kind == "csv" else "")


@pytest.mark.parametrize(("out", "asked", "expected"), [
    ("a.jsonl", None, "articles"), ("a.events.jsonl", None, "events"), ("a.csv", None, "csv"), ("b/a.parquet", None, "parquet"),
    ("a.txt", "csv", "csv"), ("a.csv", "events", "events"), ("-", "articles", "articles"),
])
def test_the_ending_chooses_the_format_unless_one_is_asked_for(out, asked, expected):
    assert format_for(out, asked) == expected


def test_unknown_formats():
    with pytest.raises(UsageError, match="no format 'xml': there are articles, events, csv, parquet"):
        format_for("a.csv", "xml")
    for out in ("a.xml", "-", None):
        with pytest.raises(UsageError, match="cannot tell the format"):
            format_for(out, None)


def broken_off(coded):
    yield coded[0]
    raise RuntimeError("midway")


@pytest.mark.parametrize("kind", FORMATS)
def test_what_breaks_off_leaves_nothing(coded, kind, tmp_path):
    out = tmp_path / "x"
    with pytest.raises(RuntimeError, match="midway"):
        write(broken_off(coded), str(out), kind)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", FORMATS)
def test_what_breaks_off_leaves_the_old_file(coded, kind, tmp_path):
    out = tmp_path / "x"
    out.write_text("old")
    with pytest.raises(RuntimeError, match="midway"):
        write(broken_off(coded), str(out), kind)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("x", "old")]


@pytest.mark.parametrize("kind", FORMATS)
def test_a_file_there_already_is_replaced(coded, kind, tmp_path):
    out, fresh = tmp_path / "old", tmp_path / "fresh"
    out.write_text("x" * 100_000)
    write(coded, str(out), kind)
    write(coded, str(fresh), kind)
    assert out.read_bytes() == fresh.read_bytes()


@pytest.mark.parametrize("sign", list("=+-@\t\r"))
def test_no_cell_of_csv_is_a_formula(sign, tmp_path):
    coded = pipeline.code([Article(sign + "cmd|'/C calc'!A0", "Iran condemned Israel.", "en", source=sign + "1",
                                   url=sign + "2")])
    out = tmp_path / "x.csv"
    write(coded, str(out), "csv")
    with out.open(encoding="utf-8", newline="") as stream:
        (row,) = csv.DictReader(stream)
    for name in ("article_id", "source", "url"):
        assert row[name].startswith("'" + sign)
    assert row["score"] == "-2.0"


def test_a_bare_return_inside_a_sentence_stays_in_its_cell(tmp_path):
    out = tmp_path / "x.csv"
    write(pipeline.code([Article("x", "Iran condemned Israel\ra lot.", "en")]), str(out), "csv")
    with out.open(encoding="utf-8", newline="") as stream:
        assert [row["sentence"] for row in csv.DictReader(stream)] == ["Iran condemned Israel\ra lot."]


def test_parquet_is_refused_on_standard_output(coded, capsys):
    with pytest.raises(UsageError, match="Parquet is binary"):
        write(coded, "-", "parquet")
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("kind", ["articles", "events", "csv"])
def test_standard_output_is_what_the_file_is(coded, kind, tmp_path, capsys):
    out = tmp_path / "x"
    write(coded, str(out), kind)
    write(coded, "-", kind)
    assert capsys.readouterr().out == out.read_bytes().decode()


@pytest.mark.parametrize("kind", FORMATS)
def test_a_folder_that_is_not_there(coded, kind, tmp_path):
    with pytest.raises(UsageError, match="cannot write .*none"):
        write(coded, str(tmp_path / "none" / "x"), kind)


def test_a_folder_where_the_file_should_be(coded, tmp_path):
    (tmp_path / "x.csv").mkdir()
    with pytest.raises(UsageError):
        write(coded, str(tmp_path / "x.csv"), "csv")


def test_rejections(tmp_path):
    out = tmp_path / "r.jsonl"
    write_rejections([Rejection("a.txt", "empty", "the text is empty"), Rejection("é", "binary", "x")], str(out))
    assert [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()] == [
        {"where": "a.txt", "reason": "empty", "detail": "the text is empty"}, {"where": "é", "reason": "binary", "detail": "x"}]
