import json

import pytest

from hubungan.core.encoder import installed
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


@pytest.mark.parametrize("key", sorted(FLOORS))
def test_this_version_is_not_below_its_floors(gold, key):
    name, rules = key.split("@")[0], key.endswith(" rules")
    path = gold.parent / "seed" / name if name == "gold.jsonl" else gold / "dev" / name
    figures, _ = score.evaluate(path, encoder=None if rules else installed())
    assert gates.check(path, figures, rules) == []


def test_the_rules_alone_have_floors_of_their_own(file):
    gates.update(file, reached(0.5))
    gates.update(file, reached(0.3), rules=True)
    gates.update(file, reached(0.6))
    assert gates.check(file, reached(0.35), rules=True) == []
    assert gates.check(file, reached(0.35))
