"""The flat table: one row an event."""

from datetime import date

import pyarrow as pa
import pytest

import hubungan
from hubungan import pipeline
from hubungan.output.table import COLUMNS, rows, schema, to_arrow, to_pandas, to_polars
from hubungan.records import Article


@pytest.fixture(scope="module")
def coded():
    articles = [Article("a", "Israel bombed Lebanon on Monday. Putin met Xi Jinping in Beijing.", "en", date(2024, 5, 8),
                        "Wire"),
                Article("b", "Nothing happened.", "en"), Article("c", "Iran condemned Israel.", "en")]
    return list(pipeline.code(articles))


def test_columns_and_types(coded):
    table = to_arrow(coded)
    assert table.column_names == list(COLUMNS) == schema().names
    assert table.schema == schema()
    for name, kind in {"published": pa.date32(), "quad": pa.int8(), "score": pa.float64(), "trigger_start": pa.int32(),
                       "confidence": pa.float64(), "actor_id": pa.string()}.items():
        assert table.schema.field(name).type == kind


def test_a_row_an_event_in_the_order_of_the_articles(coded):
    table = to_arrow(coded)
    assert table["article_id"].to_pylist() == ["a", "a", "c"]
    assert table["event"].to_pylist() == ["ASSAULT", "CONSULT", "ACCUSE"]
    assert table["published"].to_pylist() == [date(2024, 5, 8), date(2024, 5, 8), None]
    assert table["event_date"].to_pylist() == ["2024-05-06", "2024-05-08", None]


def test_several_actors_stand_in_one_cell_in_the_order_of_the_text(coded):
    (meeting,) = [row for row in rows(coded) if row["event"] == "CONSULT"]
    assert meeting["actor_id"] == "RUS;CHN" and meeting["actor_sector"] == "GOV;GOV"
    assert meeting["actor_text"] == "Putin;Xi Jinping"
    assert meeting["recipient_id"] == ""


def test_cells_slice(coded):
    texts = {one.article.id: one.article.text for one in coded}
    for row in rows(coded):
        text = texts[row["article_id"]]
        assert text[row["trigger_start"]:row["trigger_end"]] == row["trigger"]
        assert text[row["sentence_start"]:row["sentence_end"]] == row["sentence"]


def test_no_events_make_a_table_with_columns_and_no_rows():
    for nothing in ([], pipeline.code([Article("b", "Nothing happened.", "en")])):
        table = to_arrow(nothing)
        assert table.num_rows == 0 and table.schema == schema()


def test_pandas(coded):
    pytest.importorskip("pandas")
    frame = to_pandas(coded)
    assert list(frame.columns) == list(COLUMNS)
    assert frame["event"].tolist() == ["ASSAULT", "CONSULT", "ACCUSE"]
    assert len(to_pandas([])) == 0


def test_polars(coded):
    pytest.importorskip("polars")
    frame = to_polars(coded)
    assert frame.columns == list(COLUMNS)
    assert frame["quad"].to_list() == [4, 1, 3]
    assert to_polars([]).height == 0


def test_the_package_offers_them():
    assert hubungan.to_arrow is to_arrow and hubungan.to_pandas is to_pandas and hubungan.to_polars is to_polars
