"""The trained encoder: one pass over a sentence says which words tell of an act, who could act in it and how it stands.

ONNX Runtime runs it on the CPU; nothing here knows torch. `training/README.md` tells how the model is made, `models/CARD.md` how
good it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import TableError
from ..ontology import AUX, CATEGORIES
from ..ontology import MODES as _MODES
from ..ontology import SECTORS as _SECTORS

MODEL = Path(__file__).parent.parent / "models"

#: A word that attributes a statement is found like a trigger.
SAY = "SAY"
KINDS = (*CATEGORIES, SAY)
MODES = tuple(f"{category}/{mode}" for category in CATEGORIES for mode in sorted(_MODES[category]))
SECTORS = tuple(sorted(_SECTORS))
ROLE = 48                              # width of the vectors whose products are roles
PAIR = 64                              # width of the state of a pair
#: What the model gives for each token, in this order: name → width.
HEADS = {"trigger": len(KINDS), "aux": len(AUX), "mode": len(MODES), "content": 1, "mention": 2, "place": 2,
         "sector": len(SECTORS), "asks_actor": ROLE, "asks_recipient": ROLE, "is_actor": ROLE, "is_recipient": ROLE,
         "source": PAIR, "target": PAIR, "word": PAIR, "sentence": PAIR}


@dataclass(frozen=True, slots=True)
class Read:
    """What the encoder says of one sentence of T tokens.

    `offsets` is (T, 2): the characters of the sentence each token covers, half-open; the first and last token cover nothing.
    `out` is (T, sum of HEADS), float32: log odds and vectors.
    """

    offsets: np.ndarray
    out: np.ndarray

    def head(self, name: str) -> np.ndarray:
        """The columns of one head, (T, HEADS[name])."""
        return self.out[:, _COLUMNS[name]]

    def tokens(self, start: int, end: int) -> np.ndarray:
        """The tokens that cover characters [start:end) of the sentence; empty where the sentence was cut before them."""
        return np.flatnonzero((self.offsets[:, 0] < end) & (self.offsets[:, 1] > start))

    def pooled(self, name: str, tokens: np.ndarray) -> np.ndarray:
        """The mean of a head over some tokens, (HEADS[name],)."""
        mean: np.ndarray = self.head(name)[tokens].mean(0)
        return mean


class Encoder:
    """The model, loaded. It keeps no state of the sentences and may be shared by threads.

    Args:
        folder: holds `encoder.onnx`, `tokenizer.json` and `encoder.json`.
        threads: cores that one pass may use.

    Raises:
        TableError: a file is missing or does not fit this version.
    """

    def __init__(self, folder: Path = MODEL, threads: int = 1) -> None:
        import onnxruntime
        from tokenizers import Tokenizer
        for name in ("encoder.onnx", "tokenizer.json", "encoder.json"):
            if not (folder / name).exists():
                raise TableError(folder / name, 0, "the model is not installed; install hubungan again, or run with --no-model")
        self.facts: dict[str, Any] = json.loads((folder / "encoder.json").read_text(encoding="utf-8"))
        if self.facts["heads"] != HEADS:
            raise TableError(folder / "encoder.json", 0, "the model is of another version of hubungan; install hubungan again")
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.enable_truncation(self.facts["positions"])
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self.session = onnxruntime.InferenceSession(str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"])
        self.pair = {name: np.array(rows, dtype=np.float32) for name, rows in self.facts["pair"].items()}

    def read(self, sentences: Sequence[str], size: int = 16) -> list[Read]:
        """Read sentences, one result each, in order.

        Sentences of the same number of tokens go through together, at most `size`; nothing is padded, and the integers are made
        with fixed steps, so the result does not depend on what else is in the batch.
        """
        codes = self.tokenizer.encode_batch(list(sentences))
        out: list[Read | None] = [None] * len(codes)
        for batch in _of_one_length([len(code.ids) for code in codes], size):
            found = self.session.run(None, {"ids": np.array([codes[i].ids for i in batch], dtype=np.int64)})[0]
            for i, rows in zip(batch, found):
                out[i] = Read(np.array(codes[i].offsets, dtype=np.int32), rows)
        return [one for one in out if one is not None]

    def relation(self, read: Read, first: np.ndarray, second: np.ndarray, known: bool) -> tuple[np.ndarray, np.ndarray]:
        """The relation of two mentions, given as tokens.

        Returns:
            Log probabilities of the categories, with `known` (16,), else (17,) and the last is none; and the log shares of the
            tokens in it, (T,).
        """
        acts, also = (read.head("asks_actor") @ read.pooled("is_actor", which) / ROLE ** .5 for which in (first, second))
        suffers = read.head("asks_recipient") @ read.pooled("is_recipient", second) / ROLE ** .5
        joined = acts + np.logaddexp(suffers, also + self.pair["mix"][1])
        triggers = read.head("trigger")[:, :len(CATEGORIES)]
        shares = _log_softmax(joined + triggers.max(-1))
        state = _gelu(read.pooled("source", first) + read.pooled("target", second) + np.exp(shares) @ read.head("word")
                      + read.head("sentence").mean(0))
        scores = self.pair["pair_weight"] @ state + self.pair["pair_bias"]
        scores[:len(CATEGORIES)] += self.pair["mix"][0] * np.logaddexp.reduce(joined[:, None] + triggers, axis=0)
        if known:
            scores = scores[:len(CATEGORIES)] + self.pair["known_weight"] @ state + self.pair["known_bias"]
        return _log_softmax(scores), shares


@lru_cache(maxsize=1)
def installed() -> Encoder:
    """The model that came with this version, loaded once."""
    return Encoder()


def _of_one_length(lengths: Sequence[int], size: int) -> Iterable[list[int]]:
    """Numbers of sentences of one length, at most `size` together."""
    alike: dict[int, list[int]] = {}
    for i, length in enumerate(lengths):
        alike.setdefault(length, []).append(i)
    for rows in alike.values():
        for low in range(0, len(rows), size):
            yield rows[low:low + size]


def _log_softmax(x: np.ndarray) -> np.ndarray:
    x = x - x.max()
    logs: np.ndarray = x - np.log(np.exp(x).sum())
    return logs


def _gelu(x: np.ndarray) -> np.ndarray:
    """GELU in its tanh form (Hendrycks and Gimpel 2016), as in training."""
    out: np.ndarray = 0.5 * x * (1 + np.tanh(0.7978845608 * (x + 0.044715 * x ** 3)))
    return out


def _columns() -> dict[str, slice]:
    out, at = {}, 0
    for name, width in HEADS.items():
        out[name] = slice(at, at + width)
        at += width
    return out


_COLUMNS = _columns()
