"""What a reader reaches on the items held out of its training, straight from torch."""

from __future__ import annotations

import torch
from sklearn.metrics import f1_score
from tokenizers import Tokenizer

from data import Example
from hubungan.core.encoder import CATEGORIES
from hubungan.ontology import QUAD
from reader import YIELD, Reader, collate

MERGED = ["YIELD" if i in YIELD else name for i, name in enumerate(CATEGORIES)]


@torch.no_grad()
def plv(reader: Reader, tokenizer: Tokenizer, examples: list[Example]) -> dict[str, float]:
    """Accuracy and macro-F1 of root, quad and binary class on rows of PLV."""
    reader.eval()
    truth, said = [], []
    rows = [e for e in examples if e.source == "plv"]
    for low in range(0, len(rows), 32):
        some = rows[low:low + 32]
        batch = collate(some, tokenizer.encode_batch([e.text for e in some]))
        if not len(batch.plv):
            continue
        scores = reader.given(reader(batch.ids, batch.mask), batch, batch.plv).softmax(-1)
        for row, right in zip(scores, batch.plv_root):
            shares: dict[str, float] = {}
            for name, p in zip(MERGED, row.tolist()):
                shares[name] = shares.get(name, 0) + p
            said.append(max(shares, key=shares.__getitem__))
            truth.append(MERGED[int(right.argmax())])
    out = {"root": f1_score(truth, said, average="macro"), "accuracy": sum(a == b for a, b in zip(truth, said)) / len(truth)}
    quad = {**QUAD, "YIELD": 2}
    for name, of in (("quad", quad.__getitem__), ("binary", lambda c: quad[c] > 2)):
        out[name] = f1_score(list(map(of, truth)), list(map(of, said)), average="macro")
    return out


@torch.no_grad()
def triggers(reader: Reader, tokenizer: Tokenizer, examples: list[Example]) -> dict[str, tuple[float, float]]:
    """By language: F1 of categories found in sentences, and of (category, actor mention, recipient mention) given the trigger."""
    reader.eval()
    counts: dict[str, list[int]] = {}
    rows = sorted((e for e in examples if e.source != "plv"), key=lambda e: len(e.text))
    for low in range(0, len(rows), 32):
        some = rows[low:low + 32]
        batch = collate(some, tokenizer.encode_batch([e.text for e in some]))
        out = reader(batch.ids, batch.mask)
        found = (torch.where(batch.mask[..., None], out["trigger"], torch.tensor(-99.))[..., :len(CATEGORIES)].amax(1) > 0)
        for row, example in enumerate(some):
            want = {e.category for e in example.events if not e.optional} & set(CATEGORIES)
            spare = {e.category for e in example.events if e.optional}
            got = {CATEGORIES[i] for i in found[row].nonzero().flatten().tolist()} - (spare - want)
            for key in (example.lang, "all"):
                c = counts.setdefault(key, [0, 0, 0, 0, 0])
                c[0] += len(want & got)
                c[1] += len(want) + len(got)
        if len(batch.roles):
            pool = lambda head: torch.einsum("et,etd->ed", batch.triggers, out[head][batch.trigger_row])  # noqa: B023, E731
            who = lambda head: torch.einsum("mt,mtd->md", batch.mentions, out[head][batch.mention_row])  # noqa: B023, E731
            event, mention = batch.roles.unbind(-1)
            scores = torch.stack([(pool("asks_actor")[event] * who("is_actor")[mention]).sum(-1),
                                  (pool("asks_recipient")[event] * who("is_recipient")[mention]).sum(-1)], -1)
            c = counts["all"]
            c[2] += int(((scores > 0) & (batch.role > 0)).sum())
            c[3] += int((scores > 0).sum() + (batch.role > 0).sum())
    return {k: (2 * c[0] / max(1, c[1]), 2 * c[2] / max(1, c[3])) for k, c in sorted(counts.items())}


@torch.no_grad()
def temperature(reader: Reader, tokenizer: Tokenizer, examples: list[Example]) -> float:
    """The divisor of the scores of given pairs under which held-out rows of PLV are most probable."""
    reader.eval()
    rows = [e for e in examples if e.source == "plv"]
    batch = collate(rows, tokenizer.encode_batch([e.text for e in rows]))
    scores = reader.given(reader(batch.ids, batch.mask), batch, batch.plv)
    right = torch.log(batch.plv_root + 1e-9)

    def loss(divisor: float) -> float:
        return float(-torch.logsumexp((scores / divisor).log_softmax(-1) + right, -1).mean())
    return round(min((k / 20 for k in range(10, 80)), key=loss), 2)
