import pytest

from hubungan.errors import TableError
from hubungan.tables import expand, rows, split


def test_forms_are_multiplied_out():
    endings = {"v": ["", "s", "ed"], "s": ["", "s"]}
    assert list(expand("attack{v}", endings)) == ["attack", "attacks", "attacked"]
    assert list(expand("{,re}open{s}", endings)) == ["open", "opens", "reopen", "reopens"]
    assert list(expand("plain", endings)) == ["plain"]
    with pytest.raises(KeyError, match="w"):
        list(expand("x{w}", endings))


def test_cells():
    assert split(" a | b||c ") == ["a", "b", "c"]


def test_a_row_that_is_too_long_is_named(tmp_path):
    table = tmp_path / "t.tsv"
    table.write_text("a\tb\n# a comment\n1\t2\n1\t2\t3\n")
    with pytest.raises(TableError, match=r"t\.tsv:4: 3 cells under 2 columns"):
        list(rows(table))


def test_short_rows_are_filled_and_missing_tables_are_empty(tmp_path):
    table = tmp_path / "t.tsv"
    table.write_text("a\tb\n1\n")
    assert list(rows(table)) == [(2, {"a": "1", "b": ""})]
    assert list(rows(tmp_path / "none.tsv")) == []
