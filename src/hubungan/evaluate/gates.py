"""Accuracy floors: the figures this version has reached on known gold files, which only go up.

`floors.json` holds for each gold file, named by its file name and the hash of its content, the dyad F1 of each language in it; and
the same for the rules alone (`--no-model`), under the name with ` rules` behind it.
`hubungan evaluate GOLD --gate` fails below a floor, `--update` raises floors and refuses to lower one.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from ..errors import UsageError

_PATH = Path(__file__).parent / "floors.json"
_SLACK = 0.0005                        # floors are written with three digits


def _key(path: str | Path, rules: bool) -> str:
    path = Path(path)
    return f"{path.name}@{hashlib.sha256(path.read_bytes()).hexdigest()[:12]}" + " rules" * rules


def _floors() -> dict[str, dict[str, float]]:
    return json.loads(_PATH.read_text(encoding="utf-8")) if _PATH.exists() else {}


def check(path: str | Path, figures: dict, rules: bool = False) -> list[str]:
    """What is below its floor, a line each.

    Raises:
        UsageError: there is no floor for a file of this name and content.
    """
    floors = _floors().get(_key(path, rules))
    if floors is None:
        raise UsageError(f"{path}: no floor for this file: it has changed, or was never measured; see --update")
    return [f"{path}: {lang}: dyad F1 {figures[lang]['dyad']['f1']:.3f} is below the floor {floor:.3f}"
            for lang, floor in floors.items() if figures[lang]["dyad"]["f1"] < floor - _SLACK]


def update(path: str | Path, figures: dict, rules: bool = False) -> None:
    """Raise the floors of a file to what was reached.

    Raises:
        UsageError: a figure is below its floor; nothing is written.
    """
    floors = _floors()
    key = _key(path, rules)
    if key in floors and (below := check(path, figures, rules)):
        raise UsageError("floors only go up: " + "; ".join(below))
    floors = {k: v for k, v in floors.items() if k.split("@")[0] != key.split("@")[0] or k.endswith(" rules") != rules}
    floors[key] = {lang: round(found["dyad"]["f1"], 3) for lang, found in figures.items()}
    _PATH.write_text(json.dumps(dict(sorted(floors.items())), indent=1) + "\n", encoding="utf-8")
