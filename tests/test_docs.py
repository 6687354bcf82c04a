"""The documents are true: their commands run, their links lead somewhere, every command is described."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from hubungan.cli import app

ROOT = Path(__file__).parent.parent
DOCUMENTS = ["README.md", "README.id.md", "DESIGN.md", "CONTRIBUTING.md", "src/hubungan/languages/README.md"]


def blocks(document, language):
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / document).read_text(encoding="utf-8"), re.S)


def commands(document):
    for block in blocks(document, "bash"):
        for line in block.splitlines():
            command = line.split("   #")[0].strip().removeprefix(".venv/bin/")
            if command.startswith("hubungan ") and "GOLD" not in command:
                yield command


@pytest.mark.parametrize("command", sorted({c for document in DOCUMENTS[:4] for c in commands(document)}))
def test_commands_run(command, tmp_path):
    for name in ("samples", "src"):
        (tmp_path / name).symlink_to(ROOT / name)
    run = subprocess.run([sys.executable, "-m", "hubungan.cli", *command.split()[1:]], cwd=tmp_path, capture_output=True,
                         text=True, env={**os.environ, "COLUMNS": "120"})
    assert run.returncode == 0, run.stderr
    assert run.stdout or any(tmp_path.glob("events.*"))


def test_the_python_example_runs():
    (code,) = blocks("README.md", "python")
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert "CONSULT" in run.stdout and "'ARM'" in run.stdout and "'RUS'" in run.stdout


def test_the_sentence_on_the_first_screen_is_coded_as_it_says():
    import hubungan
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    sentence = re.search(r"^> (.*)$", text, re.M).group(1)
    (event,) = hubungan.code(sentence, published="2024-05-09").events
    assert (event.event, event.mode, event.date) == ("SANCTION", ("discontinue",), "2024-05-08")
    assert [m.id for m in event.actor] == ["ARM"] and [m.id for m in event.recipient] == ["IGO:CSTO"]
    assert (event.trigger.text, event.trigger.start, event.trigger.end) == ("suspends its participation", 8, 34)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_somewhere(document):
    text = (ROOT / document).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)", text):
        if "://" not in target:
            assert ((ROOT / document).parent / target).exists(), target


def test_every_command_is_in_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8") + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for command in app.registered_commands:
        assert f"hubungan {command.callback.__name__}" in readme


def test_ci_runs_the_readmes_second_command():
    second = blocks("README.md", "bash")[1]
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    for part in second.strip().split(" && "):
        assert part in script
