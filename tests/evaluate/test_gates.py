import json

import pytest

from hubungan.errors import UsageError
from hubungan.evaluate import gates, score


def reached(f1):
    return {"all": {"dyad": {"f1": f1}}}


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.setattr(gates, "_PATH", tmp_path / "floors.json")
    path = tmp_path / "gold.jsonl"
    path.write_text("{}")
    return path


def test_floors_only_go_up(file):
    gates.update(file, reached(0.5))
    assert gates.check(file, reached(0.6)) == []
    assert "0.400 is below the floor 0.500" in gates.check(file, reached(0.4))[0]
    with pytest.raises(UsageError, match="only go up"):
        gates.update(file, reached(0.4))
    gates.update(file, reached(0.6))
    assert gates.check(file, reached(0.55))


def test_a_changed_file_has_no_floor(file):
    gates.update(file, reached(0.5))
    file.write_text("{} ")
    with pytest.raises(UsageError, match="no floor"):
        gates.check(file, reached(0.5))


FLOORS = json.loads(gates._PATH.read_text(encoding="utf-8")) if gates._PATH.exists() else {}


@pytest.mark.parametrize("name", sorted(key.split("@")[0] for key in FLOORS))
def test_this_version_is_not_below_its_floors(gold, name):
    path = next(iter(gold.rglob(name)), None) if name != "gold.jsonl" else gold.parent / "seed" / name
    dev = gold / "dev" / name
    path = dev if dev.exists() else path
    figures, _ = score.evaluate(path)
    assert gates.check(path, figures) == []
