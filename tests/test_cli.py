"""The command line, run as a user runs it: arguments in, output, messages and exit code out."""

import csv
import io
import json
import re
import shutil
import sys

import pyarrow.parquet as pq
import pytest

from hubungan import __version__, cli
from hubungan.output.table import COLUMNS

SENTENCE = "Israel bombed Lebanon on Monday."


@pytest.fixture
def run(monkeypatch, capsys):
    """Run the program: (exit code, standard output, standard error)."""
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("NO_COLOR", "1")

    def run(*arguments, stdin=b""):
        stream = io.TextIOWrapper(io.BytesIO(stdin))
        monkeypatch.setattr(sys, "stdin", stream)
        monkeypatch.setattr(sys, "argv", ["hubungan", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            cli.main()
        out, err = capsys.readouterr()
        return end.value.code or 0, out, err
    return run


@pytest.fixture
def story(tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(f"A title\n\n{SENTENCE}\n", encoding="utf-8")
    return path


@pytest.fixture
def mixed(tmp_path):
    """Two articles that can be coded and three that cannot."""
    path = tmp_path / "mixed.jsonl"
    path.write_text("\n".join(['{"id": "1", "text": "Israel bombed Lebanon.", "lang": "en"}', "not json", '{"text": ""}',
                               '{"headline": "x"}',
                               '{"id": "2", "text": "Iran condemned Israel.", "lang": "en"}']), encoding="utf-8")
    return path


def test_version(run):
    assert run("--version") == (0, f"hubungan {__version__}\n", "")


@pytest.mark.parametrize("command", ["code", "explain", "evaluate", "doctor"])
def test_help_shows_an_example_and_exit_codes(run, command):
    code, out, _ = run(command, "--help")
    assert code == 0
    assert re.search(rf"Examples?:\s+hubungan {command}", out) and "Exit codes: 0" in " ".join(out.split())


def test_help_lists_the_commands(run):
    code, out, _ = run("--help")
    assert code == 0 and "Exit codes: 0" in out
    assert all(command in out for command in ("code", "explain", "evaluate", "doctor"))


def test_a_page_for_reading(run, story):
    code, out, err = run("code", story, "--lang", "en", "--published", "2024-05-08")
    assert code == 0 and err == ""
    assert "[actor Israel] <bombed> [recipient Lebanon]" in out and "2024-05-06" in out


@pytest.mark.parametrize("ending", ["jsonl", "events.jsonl", "csv", "parquet"])
def test_each_format_by_its_ending(run, story, tmp_path, ending):
    out = tmp_path / f"out.{ending}"
    assert run("code", story, "--lang", "en", "-o", out) == (0, "", "")
    if ending == "parquet":
        events = pq.read_table(out)["event"].to_pylist()
    elif ending == "csv":
        with out.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream)
            assert reader.fieldnames == list(COLUMNS)
            events = [row["event"] for row in reader]
    else:
        (record,) = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
        events = record["event"] if ending == "events.jsonl" else [event["event"] for event in record["events"]]
    assert events == ["ASSAULT"]


def test_standard_input_to_standard_output(run):
    code, out, err = run("code", "-", "--lang", "en", "-o", "-", "--format", "events", stdin=SENTENCE.encode())
    assert (code, err) == (0, "") and json.loads(out)["event"] == ["ASSAULT"]


def test_json_lines_on_standard_input(run):
    data = b'{"text": "Israel bombed Lebanon.", "lang": "en"}\n{"text": "Iran condemned Israel.", "lang": "en"}\n'
    code, out, _ = run("code", "-", "--format", "events", stdin=data)
    assert code == 0 and [json.loads(line)["event"] for line in out.splitlines()] == [["ASSAULT"], ["ACCUSE"]]


def test_some_rejected_is_exit_code_1_and_the_rest_is_coded(run, mixed):
    code, out, err = run("code", mixed, "--format", "articles")
    assert code == 1 and [json.loads(line)["id"] for line in out.splitlines()] == ["1", "2"]
    for part in (f"{mixed}:2: malformed", f"{mixed}:3: empty", f"{mixed}:4: missing-text"):
        assert f"rejected {part}" in err


def test_rejections_are_written_to_a_file(run, mixed, tmp_path):
    code, _, _ = run("code", mixed, "-o", tmp_path / "o.csv", "--rejections", tmp_path / "r.jsonl")
    found = [json.loads(line) for line in (tmp_path / "r.jsonl").read_text().splitlines()]
    assert code == 1 and [one["reason"] for one in found] == ["malformed", "empty", "missing-text"]


def test_many_rejections_are_counted(run, tmp_path):
    (tmp_path / "m.jsonl").write_text("x\n" * 20)
    code, _, err = run("code", tmp_path / "m.jsonl", "--format", "events")
    assert code == 1 and "20 inputs were rejected: 20 malformed" in err and "--rejections FILE" in err
    assert len(err.splitlines()) < 10


@pytest.mark.parametrize(("arguments", "message"), [
    (["code", "{story}", "--published", "2024-02-30"], "--published: "),
    (["code", "{story}", "--published", "soon"], "--published: "),
    (["explain", "{story}", "--published", "8 May"], "--published: "),
    (["code", "no-such-file.txt"], "no-such-file.txt: there is no such file or folder"),
    (["explain", "no-such-file.txt"], "there is no such file"), (["evaluate", "no-such-file.jsonl"], "no-such-file.jsonl"),
    (["code", "{story}", "--format", "xml"], "no format 'xml'"), (["code", "{story}", "-o", "x.xml"], "cannot tell the format"),
    (["code", "{story}", "-o", "-"], "cannot tell the format"),
    (["code", "{story}", "--format", "parquet"], "Parquet is binary"),
    (["code", "{story}", "-o", "no/such/folder.csv"], "cannot write"),
    (["code", "{story}", "--lang", "no such"], "--lang 'no such'"),
])
def test_wrong_usage_is_one_line_and_exit_code_2(run, story, arguments, message, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, err = run(*(one.format(story=story) for one in arguments))
    assert code == 2 and err.startswith("hubungan: ") and message in err
    assert err.count("\n") == 1 and "Traceback" not in err and out == ""
    assert [path.name for path in tmp_path.iterdir()] == ["story.txt"]


@pytest.mark.parametrize("arguments", [["code"], ["nonsense"], ["code", "x", "--nonsense"]])
def test_what_the_command_line_cannot_read_is_exit_code_2(run, arguments):
    assert run(*arguments)[0] == 2


def test_an_empty_folder(run, tmp_path):
    code, _, err = run("code", tmp_path)
    assert code == 2 and "no .txt" in err


def test_an_article_that_the_program_fails_on_costs_only_itself(run, mixed, monkeypatch):
    from hubungan import pipeline
    true = pipeline.code
    monkeypatch.setattr(pipeline, "code", lambda articles, encoder: iter([1 / 0]) if "1" in [a.id for a in articles]
                        else true(articles, encoder))
    code, out, err = run("code", mixed, "--format", "articles")
    assert code == 1 and [json.loads(line)["id"] for line in out.splitlines()] == ["2"]
    assert "failed: ZeroDivisionError" in err


@pytest.mark.parametrize("field", ["id", "source", "url"])
@pytest.mark.parametrize("kind", ["articles", "csv", "parquet"])
def test_half_a_surrogate_pair_costs_only_its_article(run, tmp_path, field, kind):
    path = tmp_path / "s.jsonl"
    path.write_text(f'{{"text": "{SENTENCE}", "lang": "en", "{field}": "\\ud800"}}\n{{"text": "Iran.", "lang": "en"}}\n')
    code, _, err = run("code", path, "--format", kind, "-o", tmp_path / "out")
    assert code == 1 and "encoding" in err and (tmp_path / "out").exists()


def test_explain_shows_mentions_triggers_and_rules(run, story):
    code, out, err = run("explain", story, "--lang", "en")
    assert (code, err) == (0, "")
    assert "pack: en" in out and "coded: <bombed>" in out and "en/triggers.tsv:" in out and "LBN" in out


def test_without_the_model_the_rules_alone_code(run, story):
    code, out, err = run("code", story, "--lang", "en", "--no-model", "--format", "events")
    assert (code, err) == (0, "") and json.loads(out)["event"] == ["ASSAULT"]
    assert "encoder" not in run("explain", story, "--lang", "en", "--no-model")[1]


def test_a_model_that_is_not_there_is_said_with_the_way_out(run, story, monkeypatch, tmp_path):
    from hubungan.core import encoder
    monkeypatch.setattr(encoder, "installed", lambda: encoder.Encoder(tmp_path))
    code, out, err = run("code", story)
    assert code == 2 and out == "" and "--no-model" in err
    assert run("code", story, "--no-model")[0] == 0
    assert run("doctor")[0] == 1


def test_doctor_lists_what_is_there(run):
    code, out, _ = run("doctor")
    assert code == 0 and f"hubungan {__version__}" in out
    assert "core" in out and "model" in out
    assert re.search(r"^en +English +complete", out, re.M) and re.search(r"^id +Indonesian", out, re.M)


def test_doctor_names_a_broken_pack(run, tmp_path, monkeypatch):
    from hubungan.languages import available, load
    from hubungan.languages import pack as packs
    shutil.copytree(available()["uk"], tmp_path / "uk")
    (tmp_path / "uk" / "roles.tsv").write_text("sector\tkind\tforms\nGOV\tking\tx\n")
    monkeypatch.setattr(packs, "_HERE", tmp_path)
    load.cache_clear()
    try:
        code, out, _ = run("doctor")
    finally:
        load.cache_clear()
    assert code == 1 and "broken" in out and "roles.tsv:2" in out.replace("\n", "")


def coded_by_hand(tmp_path, event):
    gold = {"id": "g", "lang": "en", "text": SENTENCE, "published": "2024-05-08", "events": [{
        "event": event, "mode": [], "aux": [], "trigger": {"text": "bombed", "start": 7, "end": 13}, "actor": [{"id": "ISR"}],
        "recipient": [{"id": "LBN"}], "date": "2024-05-06", "place": None}], "statements": []}
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(gold), encoding="utf-8")
    return path


def test_evaluate_agrees_with_itself(run, tmp_path):
    code, out, _ = run("evaluate", coded_by_hand(tmp_path, "ASSAULT"))
    assert code == 0 and re.search(r"^ +en +1\.000 +1\.000 +1\.000", out, re.M)


def test_evaluate_as_json_and_with_errors(run, tmp_path):
    path = coded_by_hand(tmp_path, "AID")
    code, out, _ = run("evaluate", path, "--json")
    assert code == 0 and json.loads(out)["all"]["dyad"]["f1"] == 0
    code, out, _ = run("evaluate", path, "--errors", "5")
    assert "g  missed  AID True ISR LBN" in out and "g  extra   ASSAULT True ISR LBN" in out


def test_evaluate_holds_figures_against_floors(run, tmp_path, monkeypatch):
    from hubungan.evaluate import gates
    monkeypatch.setattr(gates, "_PATH", tmp_path / "floors.json")
    path = coded_by_hand(tmp_path, "ASSAULT")
    code, _, err = run("evaluate", path, "--gate")
    assert code == 2 and "no floor" in err
    assert run("evaluate", path, "--update")[0] == 0
    assert run("evaluate", path, "--gate")[0] == 0
    gates._PATH.write_text(gates._PATH.read_text().replace("1.0", "2.0"))
    code, _, err = run("evaluate", path, "--gate")
    assert code == 1 and "below the floor 2.000" in err
