"""The encoder in torch: the teacher's twelve layers, and the student's four narrow ones with the heads that code."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from teacher import Teacher


@dataclass(frozen=True)
class Shape:
    """Sizes of an encoder. `attention` is the width of all heads together."""

    vocabulary: int
    layers: int = 4
    width: int = 384
    heads: int = 8
    attention: int = 256
    inner: int = 768
    positions: int = 256
    relu: bool = True
    epsilon: float = 1e-12

    def json(self) -> dict:
        return asdict(self)


STEPS = 127                            # of a state on either side of zero; 255 where it is never negative
FINE = 63                              # of a weight: seven bits, so that no sum of two products overflows 16 bits on AVX2


class Dense(nn.Linear):
    """A linear layer that follows the range of its input and can compute as the shipped integers will.

    States are rounded with one fixed step for all inputs, so that what is computed for a sentence does not depend on its batch;
    weights with one step for each output.
    """

    top: torch.Tensor

    def __init__(self, inputs: int, outputs: int, positive: bool = False) -> None:
        super().__init__(inputs, outputs)
        self.positive, self.rounded = positive, False
        self.register_buffer("top", torch.zeros(()))

    def step(self) -> float:
        """The step of the input's integers."""
        return float(self.top) / (255 if self.positive else STEPS) + 1e-9

    def steps(self) -> torch.Tensor:
        """The steps of the weights, one for each output."""
        return self.weight.detach().abs().amax(1).clamp(min=1e-8) / FINE

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if self.training:
            with torch.no_grad():
                highest = x.detach().abs().amax()
                self.top.copy_(highest if not self.top else .99 * self.top + .01 * highest)
        if not self.rounded:
            return super().forward(x)
        x = torch.fake_quantize_per_tensor_affine(x, self.step(), 0 if self.positive else 128, 0, 255)
        steps = self.steps()
        weight = torch.fake_quantize_per_channel_affine(self.weight, steps, torch.zeros(len(steps), dtype=torch.int32), 0,
                                                        -FINE, FINE)
        return F.linear(x, weight, self.bias)


class Layer(nn.Module):
    """Self-attention and a feed-forward block, each followed by a residual sum and its norm (BERT)."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.qkv = Dense(shape.width, 3 * shape.attention)
        self.out = Dense(shape.attention, shape.width)
        self.norm1 = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.up = Dense(shape.width, shape.inner)
        self.down = Dense(shape.inner, shape.width, positive=shape.relu)
        self.norm2 = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.drop = nn.Dropout(0.0)

    def attend(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """What the heads give, before `out`: (batch, tokens, attention)."""
        batch, tokens, _ = x.shape
        q, k, v = self.qkv(x).view(batch, tokens, 3, self.shape.heads, -1).permute(2, 0, 3, 1, 4)
        return F.scaled_dot_product_attention(q, k, v, attn_mask=mask).transpose(1, 2).reshape(batch, tokens, -1)

    def act(self, x: torch.Tensor) -> torch.Tensor:
        return F.relu(x) if self.shape.relu else F.gelu(x)

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        x = self.norm1(x + self.drop(self.out(self.attend(x, mask))))
        return self.norm2(x + self.drop(self.down(self.act(self.up(x)))))


class Encoder(nn.Module):
    """Token ids (batch, tokens) → states (batch, tokens, width) after the embedding and after each layer."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> list[torch.Tensor]:
        """`mask` is true where a token is, (batch, tokens)."""
        x = self.norm(self.words(ids) + self.positions.weight[:ids.shape[1]])
        states = [x]
        for layer in self.layers:
            states.append(layer(states[-1], mask[:, None, None, :]))
        return states


def rounded(module: nn.Module, on: bool) -> None:
    """Have a module compute with rounded states and weights, or exactly."""
    for part in module.modules():
        if isinstance(part, Dense):
            part.rounded = on


def whole(teacher: Teacher, kept: list[int], positions: int) -> Encoder:
    """The teacher, all layers, with the kept pieces."""
    inner = teacher.weights["encoder.layer.0.intermediate.dense.bias"].size
    encoder = Encoder(Shape(len(kept), teacher.layers, teacher.width, teacher.heads, teacher.width, inner, positions, False,
                            teacher.epsilon))
    load = lambda target, name: target.data.copy_(torch.from_numpy(np.ascontiguousarray(teacher.weights[name])))  # noqa: E731
    with torch.no_grad():
        encoder.words.weight.copy_(torch.from_numpy(teacher.weights["embeddings.word_embeddings.weight"][kept]))
        encoder.positions.weight.copy_(torch.from_numpy(teacher.weights["embeddings.position_embeddings.weight"][:positions]
                                                        + teacher.weights["embeddings.token_type_embeddings.weight"][0]))
        load(encoder.norm.weight, "embeddings.LayerNorm.weight")
        load(encoder.norm.bias, "embeddings.LayerNorm.bias")
        for number, layer in enumerate(encoder.layers):
            prefix = f"encoder.layer.{number}."
            for part in ("weight", "bias"):
                rows = [teacher.weights[f"{prefix}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
                getattr(layer.qkv, part).copy_(torch.from_numpy(np.concatenate(rows)))
                load(getattr(layer.out, part), f"{prefix}attention.output.dense.{part}")
                load(getattr(layer.norm1, part), f"{prefix}attention.output.LayerNorm.{part}")
                load(getattr(layer.up, part), f"{prefix}intermediate.dense.{part}")
                load(getattr(layer.down, part), f"{prefix}output.dense.{part}")
                load(getattr(layer.norm2, part), f"{prefix}output.LayerNorm.{part}")
    return encoder


def shrink(source: Encoder, shape: Shape, taken: list[int], ids: torch.Tensor, mask: torch.Tensor) -> Encoder:
    """A student made of the layers `taken`, with their heads and inner units that do most on the sample `ids`."""
    student = Encoder(shape)
    size = shape.attention // shape.heads
    with torch.no_grad():
        student.words.weight.copy_(source.words.weight)
        student.positions.weight.copy_(source.positions.weight)
        student.norm.load_state_dict(source.norm.state_dict())
        states = source(ids, mask)
        for new, number in zip(student.layers, taken):
            old, x = source.layers[number], states[number]
            seen = old.attend(x, mask[:, None, None, :])[mask]
            work = (seen.view(len(seen), -1, size)[:, :, None, :]
                    * old.out.weight.T.view(-1, size, shape.width).permute(0, 2, 1)[None, :, :64]).abs().mean((0, 2, 3))
            heads = work.topk(shape.heads).indices.sort().values
            columns = (heads[:, None] * size + torch.arange(size)).flatten()
            rows = torch.cat([columns + part * old.shape.attention for part in range(3)])
            new.qkv.weight.copy_(old.qkv.weight[rows])
            new.qkv.bias.copy_(old.qkv.bias[rows])
            new.out.weight.copy_(old.out.weight[:, columns])
            new.out.bias.copy_(old.out.bias)
            new.norm1.load_state_dict(old.norm1.state_dict())
            middle = old.norm1(x + old.out(old.attend(x, mask[:, None, None, :])))
            force = old.act(old.up(middle))[mask].abs().mean(0) * old.down.weight.norm(dim=0)
            units = force.topk(shape.inner).indices.sort().values
            new.up.weight.copy_(old.up.weight[units])
            new.up.bias.copy_(old.up.bias[units])
            new.down.weight.copy_(old.down.weight[:, units])
            new.down.bias.copy_(old.down.bias)
            new.norm2.load_state_dict(old.norm2.state_dict())
    return student
