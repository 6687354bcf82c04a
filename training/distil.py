"""The student learns to say what the teacher says: its states after each layer are drawn to those of every third layer of the
teacher.

No labels are used, so any text serves. The word embeddings are the teacher's and stay as they are.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import torch
from torch.nn import functional as F

import checkpoint
from model import Encoder

PEAK = 6e-4
TOKENS = 3_000                         # in a batch
WEIGHTS = (0.3, 0.3, 0.5, 1.0)         # of the four layers' losses


def batches(ids: dict[str, list[list[int]]], steps: int, seed: int) -> Iterator[list[list[int]]]:
    """Batches of like length; a language is drawn by the root of its number of sentences."""
    rng = random.Random(seed)
    names = sorted(ids)
    weights = [len(ids[name]) ** .5 for name in names]
    for _ in range(0, steps, 20):
        drawn = sorted((rng.choice(ids[name]) for name in rng.choices(names, weights, k=20 * TOKENS // 28)), key=len)
        made, batch = [], []
        for row in drawn:
            if batch and (len(batch) + 1) * len(row) > TOKENS:
                made.append(batch)
                batch = []
            batch.append(row)
        made.append(batch)
        rng.shuffle(made)
        yield from made


def padded(rows: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Ids and mask, (rows, longest)."""
    longest = max(map(len, rows))
    ids = torch.ones(len(rows), longest, dtype=torch.long)
    for number, row in enumerate(rows):
        ids[number, :len(row)] = torch.tensor(row)
    mask = torch.arange(longest)[None] < torch.tensor([len(row) for row in rows])[:, None]
    return ids, mask


def distil(teacher: Encoder, student: Encoder, ids: dict[str, list[list[int]]], steps: int, seed: int, keep: Path,
           say: Callable[[str], None]) -> None:
    """Train `student` for `steps` batches; goes on from `keep` where that exists, and writes it every 100 steps."""
    student.words.requires_grad_(False)
    trained = [p for p in student.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(trained, PEAK, weight_decay=.01)
    plan = torch.optim.lr_scheduler.OneCycleLR(optimizer, PEAK, total_steps=steps, pct_start=.05)
    done = checkpoint.resume(keep, student, optimizer)
    for _ in range(done):
        plan.step()
    stride = len(teacher.layers) // len(student.layers)
    began, tokens, mean = time.monotonic(), 0, 0.0
    for number, batch in enumerate(batches(ids, steps * 2, seed)):
        if number < done:
            continue
        if number >= steps:
            break
        rows, mask = padded(batch)
        with torch.no_grad():
            goal = teacher(rows, mask)
        found = student(rows, mask)
        loss = sum(weight * F.mse_loss(found[i + 1][mask], goal[stride * (i + 1)][mask]) for i, weight in enumerate(WEIGHTS))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        plan.step()
        tokens += int(mask.sum())
        last = F.mse_loss(found[-1][mask], goal[-1][mask]).item() / goal[-1][mask].var().item()
        mean = last if not mean else .98 * mean + .02 * last
        if (number + 1) % 50 == 0:
            rate = tokens / (time.monotonic() - began)
            left = (steps - number - 1) * (time.monotonic() - began) / (number + 1 - done) / 60
            say(f"distil {number + 1}/{steps}: unexplained {mean:.3f}, {rate:.0f} tokens/s, {left:.0f} min left")
        if (number + 1) % 100 == 0 or number + 1 == steps:
            checkpoint.save(keep, student, optimizer, number + 1)
