#!/usr/bin/env python3
"""Tokens a second of the shipped encoder and of the twelve-layer float model it came from, one thread, the same run.

    pip install -e '.[train]'
    python benchmarks/encoder.py [--seconds 3]

Both run in ONNX Runtime on the same ids: sentences of 40 tokens, 16 at a time (and alone). Rounds alternate; the best of each
counts. The twelve layers are written with the same fused operators as the shipped ones, in 32-bit floats, without heads.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper

sys.path.insert(0, str(Path(__file__).parent.parent / "training"))
import teacher  # noqa: E402
from export import MICROSOFT, Graph  # noqa: E402
from hubungan.core.encoder import MODEL  # noqa: E402

LENGTH, ROUNDS = 40, 5


def whole(source: teacher.Teacher, pieces: int) -> bytes:
    """The teacher's layers in floats over the first `pieces` rows of its embedding."""
    g, w = Graph(), source.weights
    g.constant("words", w["embeddings.word_embeddings.weight"][:pieces])
    g.constant("positions", w["embeddings.position_embeddings.weight"][:LENGTH] + w["embeddings.token_type_embeddings.weight"][0])
    x = g.node("Add", [g.node("Gather", ["words", "ids"], "gathered"), "positions"], "placed")
    x = g.node("LayerNormalization", [x, g.constant("n.w", w["embeddings.LayerNorm.weight"]),
                                      g.constant("n.b", w["embeddings.LayerNorm.bias"])],
               "normed", axis=-1, epsilon=source.epsilon)

    def dense(x: str, name: str) -> str:
        product = g.node("MatMul", [x, g.constant(f"{name}.w", w[f"{name}.weight"].T)], f"{name}.m")
        return g.node("Add", [product, g.constant(f"{name}.b", w[f"{name}.bias"])], name)

    def norm(a: str, b: str, name: str) -> str:
        return g.node("SkipLayerNormalization", [a, b, g.constant(f"{name}.w", w[f"{name}.weight"]),
                                                 g.constant(f"{name}.b", w[f"{name}.bias"])],
                      name, MICROSOFT, epsilon=source.epsilon)
    for number in range(source.layers):
        p = f"encoder.layer.{number}."
        q, k, v = (dense(x, f"{p}attention.self.{name}") for name in ("query", "key", "value"))
        attended = g.node("MultiHeadAttention", [q, k, v], f"{p}attended", MICROSOFT, num_heads=source.heads)
        x = norm(dense(attended, f"{p}attention.output.dense"), x, f"{p}attention.output.LayerNorm")
        up = g.node("Gelu", [dense(x, f"{p}intermediate.dense")], f"{p}gelu", MICROSOFT)
        x = norm(dense(up, f"{p}output.dense"), x, f"{p}output.LayerNorm")
    made = helper.make_graph(g.nodes, "whole", [helper.make_tensor_value_info("ids", TensorProto.INT64, ["b", LENGTH])],
                             [helper.make_tensor_value_info(x, TensorProto.FLOAT, ["b", LENGTH, source.width])], g.constants)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)])
    model.ir_version = 9
    return model.SerializeToString()


def session(model: bytes) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def speed(run: onnxruntime.InferenceSession, ids: np.ndarray, seconds: float) -> float:
    run.run(None, {"ids": ids})
    began, count = time.perf_counter(), 0
    while time.perf_counter() - began < seconds:
        run.run(None, {"ids": ids})
        count += 1
    return ids.size * count / (time.perf_counter() - began)


def measure(seconds: float) -> list[tuple[int, float, float]]:
    """(sentences at a time, tokens a second of the whole, of the shipped)."""
    shipped = (MODEL / "encoder.onnx").read_bytes()
    pieces = next(c for c in onnx.load_from_string(shipped).graph.initializer if c.name == "words").dims[0]
    old, new = session(whole(teacher.read(teacher.installed()), pieces)), session(shipped)
    out = []
    for batch in (16, 1):
        ids = np.random.default_rng(0).integers(4, pieces, (batch, LENGTH))
        rounds = [(speed(old, ids, seconds), speed(new, ids, seconds)) for _ in range(ROUNDS)]
        out.append((batch, max(a for a, _ in rounds), max(b for _, b in rounds)))
    return out


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seconds", type=float, default=3.0, help="of each round")
    for batch, old, new in measure(parser.parse_args().seconds):
        print(f"{batch:3} sentences at a time: 12 layers float {old:7,.0f} tokens/s, shipped {new:7,.0f} tokens/s, "
              f"{new / old:.1f} times")
