"""The heads that read a sentence's token states, and the loss they are trained with.

A trigger is found token by token; who acts in it and who is acted on is a product of two vectors, one of the trigger and one of the
mention. So one pass over the sentence serves every trigger and every pair of mentions. For a given pair (`hubungan pairs`) the
trigger is not given: the score of a category is summed over all tokens that could be it.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional as F

from data import UNKNOWN, Example, Told
from hubungan.core.encoder import CATEGORIES, HEADS, KINDS, MODES, PAIR, SECTORS
from model import Dense, Encoder

AUX = ("negation", "hypothetical", "future", "historical")
YIELD = [CATEGORIES.index("CONCEDE"), CATEGORIES.index("RETREAT")]        # PLV keeps the two as one
WEIGHT = {"trigger": 4.0, "role": 1.5, "aux": .5, "mode": .3, "mention": .6, "place": .2, "content": .4, "sector": .2,
          "pair": .6, "plv": 3.0}


@dataclass
class Batch:
    """Tensors of some sentences; the index tensors say in which sentence (row) each thing stands."""

    ids: torch.Tensor                  # (B, T)
    mask: torch.Tensor                 # (B, T) bool
    kinds: torch.Tensor                # (B, T, K) what the tokens name: trigger of each category, or of a statement
    kinds_mask: torch.Tensor           # (B, T, K)
    mention: torch.Tensor              # (B, T, 2) begins, inside
    place: torch.Tensor                # (B, T, 2)
    content: torch.Tensor              # (B, T)
    content_mask: torch.Tensor         # (B, T)
    mentions: torch.Tensor             # (M, T) weights that sum to one
    mention_row: torch.Tensor          # (M)
    sector: torch.Tensor               # (M) index or -1
    triggers: torch.Tensor             # (E, T)
    trigger_row: torch.Tensor          # (E)
    aux: torch.Tensor                  # (E, 4)
    mode: torch.Tensor                 # (E, modes)
    described: torch.Tensor            # (E) whether its category, aux and modes are known
    roles: torch.Tensor                # (R, 2) event, mention in the same sentence
    role: torch.Tensor                 # (R, 2) acts, is acted on
    role_weight: torch.Tensor          # (R)
    pairs: torch.Tensor                # (P, 2) mention, mention
    pair: torch.Tensor                 # (P, 17) shares of the categories, last: none
    plv: torch.Tensor                  # (Q, 2)
    plv_root: torch.Tensor             # (Q, 16) the categories that are right


def collate(examples: list[Example], encoded: list) -> Batch:
    """`encoded` are the tokenizer's encodings, offsets in characters of the sentence."""
    rows, longest = len(examples), max(len(e.ids) for e in encoded)
    zeros = lambda *shape: torch.zeros(*shape)  # noqa: E731
    out = Batch(torch.ones(rows, longest, dtype=torch.long), zeros(rows, longest).bool(), zeros(rows, longest, len(KINDS)),
                zeros(rows, longest, len(KINDS)), zeros(rows, longest, 2), zeros(rows, longest, 2), zeros(rows, longest),
                zeros(rows, longest), *(None,) * 15)  # type: ignore[arg-type]
    mentions, mention_row, sectors, triggers, trigger_row, aux, modes, described = [], [], [], [], [], [], [], []
    roles, role, role_weight, pairs, pair, plv, plv_root = [], [], [], [], [], [], []
    for row, (example, code) in enumerate(zip(examples, encoded)):
        size = len(code.ids)
        out.ids[row, :size] = torch.tensor(code.ids)
        out.mask[row, :size] = True
        cover = lambda span: [i for i, (a, b) in enumerate(code.offsets) if a < span[1] and span[0] < b]  # noqa: B023, E731
        where = {}
        for number, span in enumerate(example.mentions):
            tokens = cover(span)
            if not tokens:
                continue
            where[number] = len(mentions)
            mentions.append(_share(tokens, longest))
            mention_row.append(row)
            sectors.append(SECTORS.index(example.sectors[number]) if example.sectors[number] in SECTORS else -1)
            if example.source not in ("plv", "ud"):
                out.mention[row, tokens[0], 0] = 1
                out.mention[row, tokens, 1] = 1
        if example.source == "plv":
            if len(where) == 2:
                root = example.events[0].category
                plv.append((where[0], where[1]))
                plv_root.append([float(i in YIELD if root == "YIELD" else name == root) for i, name in enumerate(CATEGORIES)])
            continue
        if example.source != "ud":
            out.kinds_mask[row, :size, :len(CATEGORIES)] = 1
        if example.attributed:
            out.kinds_mask[row, :size, len(CATEGORIES):] = 1
            out.content_mask[row, :size] = 1
            for span in example.content:
                out.content[row, cover(span)] = 1
        for span in example.places:
            tokens = cover(span)
            if tokens:
                out.place[row, tokens[0], 0] = 1
                out.place[row, tokens, 1] = 1
        found: dict[tuple[int, int], dict[int, float]] = {}
        for event in example.events:
            tokens = cover(event.trigger)
            if not tokens:
                continue
            number = len(triggers)
            triggers.append(_share(tokens, longest))
            trigger_row.append(row)
            for mention, at in where.items():
                roles.append((number, at))
                role.append((float(mention in event.actors), float(mention in event.recipients)))
                role_weight.append(float(mention not in event.unsure))
            if event.category == UNKNOWN:
                described.append(0.0)
                aux.append([0.0] * 4)
                modes.append([0.0] * len(MODES))
                continue
            described.append(1.0)
            kind = KINDS.index(event.category)
            if event.optional:
                out.kinds_mask[row, tokens, kind] = 0
            out.kinds[row, tokens, kind] = 1
            aux.append([float(name in event.aux) for name in AUX] if event.category in CATEGORIES else [0.0] * 4)
            modes.append([float(f"{event.category}/{m}" in MODES and m in event.modes)
                          for m in (name.split("/")[1] if name.startswith(event.category + "/") else "" for name in MODES)])
            for a, b in _pairs(event):
                if a in where and b in where and event.category in CATEGORIES:
                    share = found.setdefault((where[a], where[b]), {})
                    share[kind] = share.get(kind, 0) + 1
        own = sorted(where.values()) if example.source != "ud" else []
        free = [(a, b) for a in own for b in own if a != b and (a, b) not in found]
        for key in free[:6 + len(found)]:
            found[key] = {len(CATEGORIES): 1}
        for key, share in found.items():
            pairs.append(key)
            pair.append([share.get(i, 0) / sum(share.values()) for i in range(len(CATEGORIES) + 1)])
    stack = lambda made, width: torch.stack(made) if made else zeros(0, width)  # noqa: E731
    out.mentions, out.mention_row = stack(mentions, longest), torch.tensor(mention_row, dtype=torch.long)
    out.sector = torch.tensor(sectors, dtype=torch.long)
    out.triggers, out.trigger_row = stack(triggers, longest), torch.tensor(trigger_row, dtype=torch.long)
    out.aux, out.mode = torch.tensor(aux).view(-1, 4), torch.tensor(modes).view(-1, len(MODES))
    out.described = torch.tensor(described)
    out.roles = torch.tensor(roles, dtype=torch.long).view(-1, 2)
    out.role, out.role_weight = torch.tensor(role).view(-1, 2), torch.tensor(role_weight)
    out.pairs, out.pair = torch.tensor(pairs, dtype=torch.long).view(-1, 2), torch.tensor(pair).view(-1, len(CATEGORIES) + 1)
    out.plv, out.plv_root = torch.tensor(plv, dtype=torch.long).view(-1, 2), torch.tensor(plv_root).view(-1, len(CATEGORIES))
    return out


def _share(tokens: list[int], size: int) -> torch.Tensor:
    out = torch.zeros(size)
    out[tokens] = 1 / len(tokens)
    return out


def _pairs(event: Told) -> list[tuple[int, int]]:
    if event.recipients:
        return [(a, r) for a in event.actors for r in event.recipients]
    return [(a, b) for a in event.actors for b in event.actors if a != b]


class Reader(nn.Module):
    """An encoder with its heads: one linear layer gives everything that is said of each token."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        self.drop = nn.Dropout(.1)
        self.heads = Dense(encoder.shape.width, sum(HEADS.values()))
        with torch.no_grad():                              # most tokens are nothing: begin there
            for bias, name in zip(self.heads.bias.split(list(HEADS.values())), HEADS):
                bias.fill_({"trigger": -5.0, "mode": -4.0, "place": -4.0, "aux": -2.0}.get(name, 0.0))
        self.pair = nn.Linear(PAIR, len(CATEGORIES) + 1)
        self.known = nn.Linear(PAIR, len(CATEGORIES))      # added where a relation is known to be there
        self.mix = nn.Parameter(torch.tensor([.3, 0.0]))   # weight of the summed triggers, and what both acting costs

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> dict[str, torch.Tensor]:
        states = self.encoder(ids, mask)[-1]
        return dict(zip(HEADS, self.heads(self.drop(states)).split(list(HEADS.values()), -1)))

    def relation(self, out: dict[str, torch.Tensor], b: Batch, which: torch.Tensor, known: bool = False) -> torch.Tensor:
        """Scores of the categories and of none for pairs of mentions, (pairs, 17)."""
        first, second = b.mentions[which[:, 0]], b.mentions[which[:, 1]]
        row = b.mention_row[which[:, 0]]
        pool = lambda weights, head: torch.einsum("pt,ptd->pd", weights, out[head][row])  # noqa: E731
        scale = out["asks_actor"].shape[-1] ** -.5
        acts = torch.einsum("ptd,pd->pt", out["asks_actor"][row], pool(first, "is_actor")) * scale
        also = torch.einsum("ptd,pd->pt", out["asks_actor"][row], pool(second, "is_actor")) * scale
        suffers = torch.einsum("ptd,pd->pt", out["asks_recipient"][row], pool(second, "is_recipient")) * scale
        joined = acts + torch.logaddexp(suffers, also + self.mix[1])
        hidden = (~b.mask)[row].float() * -1e4
        weights = (joined + out["trigger"][row][..., :len(CATEGORIES)].amax(-1) + hidden).softmax(-1)
        mean = b.mask[row].float() / b.mask[row].sum(-1, keepdim=True)
        state = F.gelu(pool(first, "source") + pool(second, "target") + pool(weights, "word") + pool(mean, "sentence"),
                       approximate="tanh")
        summed = torch.logsumexp(joined[..., None] + out["trigger"][row][..., :len(CATEGORIES)] + hidden[..., None], 1)
        state = self.drop(state)
        scores = self.pair(state)
        if known:
            return scores[:, :-1] + self.known(state) + self.mix[0] * summed
        return torch.cat([scores[:, :-1] + self.mix[0] * summed, scores[:, -1:]], -1)

    def given(self, out: dict[str, torch.Tensor], b: Batch, which: torch.Tensor) -> torch.Tensor:
        """Scores of the categories for pairs that are known to be related, (pairs, 16)."""
        return self.relation(out, b, which, known=True)

    def loss(self, b: Batch) -> dict[str, torch.Tensor]:
        out = self(b.ids, b.mask)
        parts = {}
        every = b.mask.float()
        bce = F.binary_cross_entropy_with_logits
        coded = b.kinds_mask.amax(-1)
        n = coded.sum().clamp(min=1)
        parts["trigger"] = (bce(out["trigger"], b.kinds, reduction="none") * b.kinds_mask).sum() / n
        parts["mention"] = (bce(out["mention"], b.mention, reduction="none").sum(-1) * coded).sum() / n
        parts["place"] = (bce(out["place"], b.place, reduction="none").sum(-1) * coded).sum() / n
        if b.content_mask.any():
            parts["content"] = (bce(out["content"][..., 0], b.content, reduction="none") * b.content_mask).sum() \
                / b.content_mask.sum()
        if len(b.triggers):
            pool = lambda head: torch.einsum("et,etd->ed", b.triggers, out[head][b.trigger_row])  # noqa: E731
            known = b.described.sum().clamp(min=1)
            parts["aux"] = (bce(pool("aux"), b.aux, reduction="none").sum(-1) * b.described).sum() / known
            parts["mode"] = (bce(pool("mode"), b.mode, reduction="none").sum(-1) * b.described).sum() / known
            if len(b.roles):
                event, mention = b.roles.unbind(-1)
                scale = out["asks_actor"].shape[-1] ** -.5
                who = lambda head: torch.einsum("mt,mtd->md", b.mentions, out[head][b.mention_row])[mention]  # noqa: E731
                scores = torch.stack([(pool("asks_actor")[event] * who("is_actor")).sum(-1),
                                      (pool("asks_recipient")[event] * who("is_recipient")).sum(-1)], -1) * scale
                parts["role"] = ((bce(scores, b.role, reduction="none").sum(-1) * b.role_weight).sum()
                                 / b.role_weight.sum().clamp(min=1))
        known = b.sector >= 0
        if known.any():
            pooled = torch.einsum("mt,mtd->md", b.mentions, out["sector"][b.mention_row])
            parts["sector"] = F.cross_entropy(pooled[known], b.sector[known])
        if len(b.pairs):
            parts["pair"] = -(self.relation(out, b, b.pairs).log_softmax(-1) * b.pair).sum(-1).mean()
        if len(b.plv):
            scores = self.given(out, b, b.plv).log_softmax(-1)
            parts["plv"] = -torch.logsumexp(scores + torch.log(b.plv_root + 1e-9), -1).mean() * len(b.plv) / len(every)
        return parts
