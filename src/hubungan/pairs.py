"""The relation between a given source and a given target: for researchers who have their own mentions.

    sentence, source, target ──▶ category, quad, confidence, trigger

The encoder reads the sentence once; every word that could be the trigger of an act between the two counts for its category.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np

from .core.encoder import Encoder
from .errors import InputError, UsageError
from .ontology import CATEGORIES, QUAD
from .output.write import whole

NEEDED = ("sentence", "source", "target")
ADDED = ("category", "quad", "confidence", "trigger")
#: Told of or done, a concession is one relation: the two share their probability until the choice between them.
_TOGETHER = (("CONCEDE", "RETREAT"),)
_BATCH = 256


@dataclass(frozen=True, slots=True)
class Relation:
    """What source does to target in a sentence; `start` and `end` are the trigger's characters in it, half-open."""

    category: str
    quad: int
    confidence: float
    trigger: str
    start: int
    end: int


def relate(rows: Iterable[Mapping[str, str]], encoder: Encoder) -> Iterator[Relation | InputError]:
    """The relation of each row's `source` to its `target` in its `sentence`, in order; an error where one of them is not there."""
    batch: list[Mapping[str, str]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            yield from _relate(batch, encoder)
            batch = []
    yield from _relate(batch, encoder)


def _relate(rows: list[Mapping[str, str]], encoder: Encoder) -> Iterator[Relation | InputError]:
    reads = encoder.read([row["sentence"] for row in rows])
    for row, read in zip(rows, reads):
        spans = locate(row["sentence"], row["source"], row["target"])
        if isinstance(spans, InputError):
            yield spans
            continue
        first, second = (read.tokens(*span) for span in spans)
        if not len(first) or not len(second):
            yield InputError("too-large", f"source or target stands behind the first {encoder.facts['positions']} tokens")
            continue
        scores, shares = encoder.relation(read, first, second, known=True)
        category, sure = choose(np.exp(scores / encoder.facts.get("known_temperature", 1.0)))
        start, end = _word(row["sentence"], read.offsets, shares, (*first, *second))
        yield Relation(category, QUAD[category], round(sure, 4), row["sentence"][start:end], start, end)


def choose(weights: np.ndarray) -> tuple[str, float]:
    """The likeliest category and its probability."""
    shares = dict(zip(CATEGORIES, (weights / weights.sum()).tolist()))
    pooled = dict(shares)
    for group in _TOGETHER:
        pooled |= dict.fromkeys(group, sum(shares[name] for name in group))
    best = max(CATEGORIES, key=lambda name: (pooled[name], shares[name]))
    return best, shares[best]


def locate(sentence: str, source: str, target: str) -> tuple[tuple[int, int], tuple[int, int]] | InputError:
    """Where source and target stand: the first places, as whole words if they can be, that do not lie in one another."""
    found = []
    for name, words in (("source", source), ("target", target)):
        places = [(m.start(), m.end()) for m in re.finditer(re.escape(words), sentence)] if words else []
        if not places:
            return InputError("bad-field", f"the {name} {words!r} is not in the sentence; copy it letter for letter")
        whole = [(a, b) for a, b in places if not (sentence[a - 1:a].isalnum() or sentence[b:b + 1].isalnum())]
        found.append(whole or places)
    apart = [(a, b) for a in found[0] for b in found[1] if a[1] <= b[0] or b[1] <= a[0]]
    return apart[0] if apart else (found[0][0], found[1][0])


def _word(sentence: str, offsets: np.ndarray, shares: np.ndarray, named: tuple[int, ...]) -> tuple[int, int]:
    """The word around the likeliest token that is in neither mention and holds a letter."""
    for token in np.argsort(-shares, kind="stable").tolist():
        start, end = offsets[token].tolist()
        if token in named or not any(c.isalnum() for c in sentence[start:end]):
            continue
        while start < end and sentence[start].isspace():
            start += 1
        while start > 0 and sentence[start - 1].isalpha() and ord(sentence[start]) < _UNSPACED:
            start -= 1
        while end < len(sentence) and sentence[end].isalpha() and ord(sentence[end]) < _UNSPACED:
            end += 1
        return start, end
    return 0, 0


_UNSPACED = 0x3000                     # from here on scripts write no spaces: a token is a word


def read(path: str) -> tuple[list[str], list[dict[str, str]]]:
    """The columns and rows of a table with a head line, tabs between the fields (commas in a `.csv`).

    Raises:
        UsageError: the file cannot be read, lacks a needed column, or has one of those that would be added.
    """
    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
    except OSError as problem:
        raise UsageError(f"{path}: {problem.strerror}") from None
    except UnicodeDecodeError as problem:
        raise UsageError(f"{path}: not UTF-8 at byte {problem.start}; save the table as UTF-8") from None
    table = csv.DictReader(io.StringIO(text, newline=""), delimiter="," if path.lower().endswith(".csv") else "\t", restval="")
    columns = list(table.fieldnames or [])
    for name in NEEDED:
        if name not in columns:
            raise UsageError(f"{path}: no column '{name}': the head line has {', '.join(map(repr, columns)) or 'nothing'}; "
                             f"needed are {', '.join(NEEDED)}, with tabs between them (commas in a .csv)")
    for name in ADDED:
        if name in columns:
            raise UsageError(f"{path}: the table has a column '{name}' already; rename it")
    rows = []
    try:
        for row in table:
            row.pop(None, None)
            rows.append(row)
    except csv.Error as problem:
        raise UsageError(f"{path}:{table.line_num + 1}: not a row of the table: {problem}") from None
    return columns, rows


def write(columns: list[str], rows: Iterable[Mapping[str, str]], out: str | None) -> None:
    """Write a table, whole or not at all; to standard output where `out` is none.

    Raises:
        UsageError: the file cannot be written.
    """
    if out is None or out == "-":
        _rows(sys.stdout, columns, rows, "\t")
        return
    with whole(Path(out)) as part, part.open("w", encoding="utf-8", newline="") as stream:
        _rows(stream, columns, rows, "," if out.lower().endswith(".csv") else "\t")


def _rows(stream: IO[str], columns: list[str], rows: Iterable[Mapping[str, str]], between: str) -> None:
    table = csv.DictWriter(stream, columns, delimiter=between, lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
