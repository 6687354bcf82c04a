"""The student is taught to code, on all tasks at once; in the last third with the rounding that the shipped integers will have."""

from __future__ import annotations

import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import torch
from tokenizers import Tokenizer

import checkpoint
from data import Example
from model import rounded
from reader import WEIGHT, Reader, collate

BODY, HEAD = 2e-4, 1e-3              # peak learning rates
TOKENS = 2_200                         # in a batch
LONGEST = 160                          # tokens of a sentence in training
BLANKED = 0.12                         # of the tokens are hidden
DROPPED = 0.1                          # of what each block of a layer adds
REPEATED = {"plv": 2}                  # how often an item of a source comes in an epoch, if not once
SAMPLED = {"ud": 6_000}                # how many items of a source are drawn for an epoch, if not all
ROUNDED = 0.7                          # of the steps go by before weights and states are rounded


def batches(examples: list[Example], tokenizer: Tokenizer, epoch: int, seed: int) -> Iterator[tuple[list, list]]:
    """Batches of like length in random order, with their encodings."""
    rng = random.Random(f"{seed} {epoch}")
    drawn = [example for example in examples if example.source not in SAMPLED for _ in range(REPEATED.get(example.source, 1))]
    for source, count in SAMPLED.items():
        rows = [example for example in examples if example.source == source]
        drawn += rng.sample(rows, min(count, len(rows)))
    rng.shuffle(drawn)
    for low in range(0, len(drawn), 1600):
        part = drawn[low:low + 1600]
        codes = tokenizer.encode_batch([example.text for example in part])
        order = sorted(range(len(part)), key=lambda i: len(codes[i].ids))
        made: list[tuple[list, list]] = []
        some: list[int] = []
        for i in order:
            if some and (len(some) + 1) * len(codes[i].ids) > TOKENS:
                made.append(([part[j] for j in some], [codes[j] for j in some]))
                some = []
            some.append(i)
        made.append(([part[j] for j in some], [codes[j] for j in some]))
        rng.shuffle(made)
        yield from made


def finetune(reader: Reader, tokenizer: Tokenizer, examples: list[Example], epochs: int, seed: int, keep: Path,
             say: Callable[[str], None], after: Callable[[Reader], str] | None = None, peak: float = 1.0) -> None:
    """Train `reader` for one cycle of the learning rates, `peak` times as high as they are here.

    Goes on from `keep` where that exists, and writes it after each epoch.
    """
    tokenizer.enable_truncation(LONGEST)
    reader.encoder.words.requires_grad_(False)
    for layer in reader.encoder.layers:
        layer.drop.p = DROPPED
    steps = epochs * sum(1 for _ in batches(examples, tokenizer, 0, seed)) + 20 * epochs
    body = [p for n, p in reader.encoder.named_parameters() if p.requires_grad]
    heads = [p for n, p in reader.named_parameters() if not n.startswith("encoder.")]
    optimizer = torch.optim.AdamW([{"params": body, "lr": BODY}, {"params": heads, "lr": HEAD}], weight_decay=.01)
    plan = torch.optim.lr_scheduler.OneCycleLR(optimizer, [peak * BODY, peak * HEAD], total_steps=steps, pct_start=.08)
    first = checkpoint.resume(keep, reader, optimizer)
    began, tokens, done = time.monotonic(), 0, 0
    each = steps // epochs
    for _ in range(first * each):
        plan.step()
    for epoch in range(first, epochs):
        reader.train()
        seen: dict[str, float] = defaultdict(float)
        count: Counter = Counter()
        for number, (some, codes) in enumerate(batches(examples, tokenizer, epoch, seed)):
            rounded(reader, epoch * each + number >= ROUNDED * steps)
            batch = collate(some, codes)
            hide = (torch.rand(batch.ids.shape) < BLANKED) & (batch.ids > 3)
            batch.ids[hide] = 3
            parts = reader.loss(batch)
            loss = sum(WEIGHT[name] * value for name, value in parts.items())
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_([*body, *heads], 1.0)
            optimizer.step()
            plan.step()
            tokens += int(batch.mask.sum())
            done += 1
            for name, value in parts.items():
                seen[name] += float(value.detach())
                count[name] += 1
            if done % 100 == 0:
                rate = tokens / (time.monotonic() - began)
                left = (steps - epoch * each - number) * (time.monotonic() - began) / done / 60
                say(f"finetune epoch {epoch + 1}/{epochs} batch {number + 1}/{each}: {rate:.0f} tokens/s, {left:.0f} min left")
        say(f"epoch {epoch + 1}: " + " ".join(f"{name} {seen[name] / count[name]:.3f}" for name in seen)
            + (" | " + after(reader) if after else ""))
        checkpoint.save(keep, reader, optimizer, epoch + 1)
