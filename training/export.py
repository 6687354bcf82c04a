"""The trained reader as an ONNX file of integers, written operator by operator so that it holds what is needed and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from hubungan.core.encoder import HEADS
from model import Dense
from reader import Reader

MICROSOFT = "com.microsoft"            # ONNX Runtime's own operators


class Graph:
    """Collects nodes and constants."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: np.ndarray) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, operator: str, inputs: list[str], output: str, domain: str = "", **attributes: object) -> str:
        self.nodes.append(helper.make_node(operator, inputs, [output], name=output, domain=domain, **attributes))
        return output

    def dense(self, x: str, layer: Dense, name: str) -> str:
        """Round the state, multiply integers, and give floats."""
        steps = layer.steps()
        weight = torch.round(layer.weight.detach() / steps[:, None]).T.numpy().astype(np.int8)
        self.constant(f"{name}.step", np.float32(layer.step()))
        self.constant(f"{name}.zero", np.uint8(0 if layer.positive else 128))
        q = self.node("QuantizeLinear", [x, f"{name}.step", f"{name}.zero"], f"{name}.q")
        self.constant(f"{name}.weight", weight)
        self.constant(f"{name}.steps", steps.numpy())
        self.constant(f"{name}.zeros", np.zeros(len(steps), np.int8))
        self.constant(f"{name}.bias", layer.bias.detach().numpy())
        return self.node("MatMulIntegerToFloat", [q, f"{name}.weight", f"{name}.step", f"{name}.steps", f"{name}.zero",
                                                  f"{name}.zeros", f"{name}.bias"], name, MICROSOFT)

    def norm(self, a: str, b: str, layer: torch.nn.LayerNorm, name: str) -> str:
        self.constant(f"{name}.weight", layer.weight.detach().numpy())
        self.constant(f"{name}.bias", layer.bias.detach().numpy())
        return self.node("SkipLayerNormalization", [a, b, f"{name}.weight", f"{name}.bias"], name, MICROSOFT, epsilon=layer.eps)


def embedding(words: torch.Tensor) -> tuple[np.ndarray, np.ndarray]:
    """Integers of the word embeddings and the step of each row."""
    steps = words.abs().amax(1).clamp(min=1e-8) / 127
    return torch.round(words / steps[:, None]).numpy().astype(np.int8), steps.numpy()


def graph(reader: Reader) -> onnx.ModelProto:
    """`ids` (sentences, tokens) → `out` (sentences, tokens, sum of HEADS)."""
    g, encoder = Graph(), reader.encoder
    shape = encoder.shape
    integers, steps = embedding(encoder.words.weight.detach())
    g.constant("words", integers)
    g.constant("words.steps", steps[:, None])
    floats = g.node("Cast", [g.node("Gather", ["words", "ids"], "words.ids")], "words.float", to=TensorProto.FLOAT)
    x = g.node("Mul", [floats, g.node("Gather", ["words.steps", "ids"], "words.scale")], "words.out")
    g.constant("positions", encoder.positions.weight.detach().numpy())
    for name, value in (("one", [1]), ("two", [2]), ("none", [0])):
        g.constant(name, np.array(value, np.int64))
    length = g.node("Slice", [g.node("Shape", ["ids"], "shape"), "one", "two"], "length")
    place = g.node("Slice", ["positions", "none", length], "place")
    x = g.node("Add", [x, place], "placed")
    g.constant("norm.weight", encoder.norm.weight.detach().numpy())
    g.constant("norm.bias", encoder.norm.bias.detach().numpy())
    x = g.node("LayerNormalization", [x, "norm.weight", "norm.bias"], "norm", axis=-1, epsilon=shape.epsilon)
    g.constant("thirds", np.array([shape.attention] * 3, np.int64))
    for number, layer in enumerate(encoder.layers):
        name = f"{number}"
        g.dense(x, layer.qkv, f"{name}.qkv")
        g.nodes.append(helper.make_node("Split", [f"{name}.qkv", "thirds"], [f"{name}.q", f"{name}.k", f"{name}.v"], axis=-1))
        attended = g.node("MultiHeadAttention", [f"{name}.q", f"{name}.k", f"{name}.v"], f"{name}.attended", MICROSOFT,
                          num_heads=shape.heads)
        x = g.norm(g.dense(attended, layer.out, f"{name}.out"), x, layer.norm1, f"{name}.norm1")
        up = g.dense(x, layer.up, f"{name}.up")            # ReLU: the next rounding has no step below zero
        x = g.norm(g.dense(up, layer.down, f"{name}.down"), x, layer.norm2, f"{name}.norm2")
    g.dense(x, reader.heads, "out")
    made = helper.make_graph(
        g.nodes, "hubungan", [helper.make_tensor_value_info("ids", TensorProto.INT64, ["sentences", "tokens"])],
        [helper.make_tensor_value_info("out", TensorProto.FLOAT, ["sentences", "tokens", sum(HEADS.values())])], g.constants)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)])
    model.ir_version = 9
    return model


def write(reader: Reader, folder: Path, facts: dict) -> None:
    """Write `encoder.onnx` and `encoder.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "encoder.onnx").write_bytes(graph(reader).SerializeToString())
    rows = lambda tensor: [[round(float(x), 5) for x in row] for row in tensor.detach()]  # noqa: E731
    numbers = lambda tensor: [round(float(x), 5) for x in tensor.detach()]  # noqa: E731
    pair = {"pair_weight": rows(reader.pair.weight), "pair_bias": numbers(reader.pair.bias),
            "known_weight": rows(reader.known.weight), "known_bias": numbers(reader.known.bias), "mix": numbers(reader.mix)}
    facts = {"heads": HEADS, "positions": reader.encoder.shape.positions, "shape": reader.encoder.shape.json(), **facts,
             "pair": pair}
    (folder / "encoder.json").write_text(json.dumps(facts, ensure_ascii=False) + "\n", encoding="utf-8")
