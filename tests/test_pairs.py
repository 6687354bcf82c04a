"""Relations of given pairs: the table in, the table out, and what is wrong with a row."""

import csv
import io
import sys

import pytest

from hubungan import cli, pairs
from hubungan.core.encoder import installed
from hubungan.errors import InputError, UsageError
from hubungan.ontology import QUAD


def related(*rows):
    return list(pairs.relate([dict(zip(pairs.NEEDED, row)) for row in rows], installed()))


@pytest.mark.parametrize(("sentence", "source", "target", "category", "trigger"), [
    ("France accused Iran of supplying weapons.", "France", "Iran", "ACCUSE", "accused"),
    ("Turkish jets bombed a Kurdish militia camp in northern Syria.", "Turkish jets", "Kurdish militia", "ASSAULT", "bombed"),
    ("Indonesia mendesak Israel membuka perlintasan Rafah.", "Indonesia", "Israel", "REQUEST", "mendesak"),
    ("El gobierno de Chile envió ayuda humanitaria a Perú.", "El gobierno de Chile", "Perú", "AID", "envió"),
    ("英国宣布制裁五名俄罗斯官员。", "英国", "俄罗斯官员", "SANCTION", "制裁"),
])
def test_plain_relations(sentence, source, target, category, trigger):
    (found,) = related((sentence, source, target))
    assert found.category == category
    assert found.quad == QUAD[category]
    assert 0 < found.confidence <= 1
    assert sentence[found.start:found.end] == found.trigger
    assert found.trigger in trigger or trigger in found.trigger


def test_the_result_does_not_depend_on_the_neighbours():
    rows = [("France accused Iran of lying.", "France", "Iran"), ("Mali arrested two French spies.", "Mali", "French spies"),
            ("France accused Cuba of lying.", "France", "Cuba")] * 100
    assert related(*rows)[:3] == related(*rows[:3]) == [related(row)[0] for row in rows[:3]]


def test_where_mentions_stand():
    text = "Iranian officials said Iran would not attack the Iranian diaspora in Oman."
    assert pairs.locate(text, "Iran", "Oman") == ((23, 27), (69, 73))
    assert pairs.locate("Iran Iran", "Iran", "Iran") == ((0, 4), (5, 9))
    assert pairs.locate("Iranian", "Iran", "Iranian") == ((0, 4), (0, 7))
    for source, target, name in (("Spain", "Iran", "source 'Spain'"), ("Iran", "", "target ''")):
        problem = pairs.locate(text, source, target)
        assert isinstance(problem, InputError)
        assert name in problem.detail


def test_a_row_that_cannot_be_coded_keeps_its_place():
    found = related(("", "", ""), ("France accused Iran.", "France", "Iran"), ("France accused Iran.", "Mali", "Iran"),
                    ("x " * 5000 + "France accused Iran.", "France", "Iran"))
    assert [isinstance(one, InputError) for one in found] == [True, False, True, True]
    assert [one.reason for one in found if isinstance(one, InputError)] == ["bad-field", "bad-field", "too-large"]


def test_concede_and_retreat_share_their_probability():
    import numpy as np
    weights = np.full(16, .01)
    for name, weight in (("CONCEDE", .3), ("RETREAT", .35), ("REJECT", .4)):
        weights[pairs.CATEGORIES.index(name)] = weight
    assert pairs.choose(weights)[0] == "RETREAT"


@pytest.fixture
def run(monkeypatch, capsys):
    def run(*arguments):
        monkeypatch.setenv("COLUMNS", "200")
        monkeypatch.setattr(sys, "argv", ["hubungan", "pairs", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            cli.main()
        out, err = capsys.readouterr()
        return end.value.code or 0, out, err
    return run


def test_command_adds_columns_and_passes_others_through(run, tmp_path):
    table = tmp_path / "in.tsv"
    table.write_text("id\tsentence\tsource\ttarget\n7\tFrance accused \"Iran\".\tFrance\tIran\n8\tNothing.\tMali\tIran\n",
                     encoding="utf-8")
    status, out, err = run(table)
    rows = list(csv.DictReader(io.StringIO(out), delimiter="\t"))
    assert status == 1
    assert list(rows[0]) == ["id", "sentence", "source", "target", *pairs.ADDED]
    assert [row["id"] for row in rows] == ["7", "8"]
    assert rows[0]["category"] == "ACCUSE"
    assert rows[1]["category"] == ""
    assert "row 2" in err
    assert "source 'Mali' is not in the sentence" in err
    status, _, _ = run(table, "-o", tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text(encoding="utf-8").startswith("id,sentence,source,target,category")


@pytest.mark.parametrize(("content", "message"), [
    (b"a\tb\n1\t2\n", "no column 'sentence': the head line has 'a', 'b'"),
    (b"", "the head line has nothing"),
    (b"sentence\tsource\ttarget\tquad\n", "has a column 'quad' already"),
    (b"sentence\tsource\ttarget\n\xff\xfe\n", "not UTF-8 at byte 23"),
])
def test_a_table_that_is_none_is_named(run, tmp_path, content, message):
    table = tmp_path / "in.tsv"
    table.write_bytes(content)
    status, out, err = run(table)
    assert status == 2
    assert message in " ".join(err.split())
    assert out == ""


def test_a_field_beyond_the_limit_is_named(tmp_path):
    before = csv.field_size_limit(1000)
    try:
        table = tmp_path / "in.tsv"
        table.write_bytes(b"sentence\tsource\ttarget\n" + b"x" * 2000 + b"\ty\tz\n")
        with pytest.raises(UsageError, match="in.tsv:2: not a row of the table: field larger"):
            pairs.read(str(table))
    finally:
        csv.field_size_limit(before)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(UsageError, match="No such file"):
        pairs.read(str(tmp_path / "none.tsv"))
