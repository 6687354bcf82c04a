"""How rules and encoder are joined: in one way everywhere.

What the rules make of a choice and what the encoder makes of it become features of a small model, whose weights were fitted on
coded items that neither has seen (`training/fit_weights.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..actors.phrases import Phrase
from ..core.encoder import SAY
from ..ontology import CATEGORIES
from .learned import ROW, Learned
from .triggers import Hit


def _step(x: float, low: int = -8, high: int = 8) -> int:
    return max(low, min(high, round(x)))


def role(learned: Learned, hit: Hit, group: Sequence[Phrase], share: float, first: bool) -> Iterator[str]:
    """Features of the choice of a group for a role.

    `share` is the rules' log share for it, `first` whether the role is the actor's.
    """
    source = hit.sense.row == ROW
    acts, suffers = max((learned.roles(hit, phrase) for phrase in group), key=lambda both: both[0 if first else 1])
    yield f"rules={_step(2 * share)} {source}"
    yield f"acts={_step(acts)}"
    yield f"suffers={_step(suffers)}"
    yield f"acts={_step(acts / 2, -2, 2)} suffers={_step(suffers / 2, -2, 2)}"
    yield f"acts={_step(acts / 2, -2, 2)} rules={_step(share, -4, 0)}"
    yield f"suffers={_step(suffers / 2, -2, 2)} rules={_step(share, -4, 0)}"
    yield f"{hit.sense.event} mine={_step((acts if first else suffers) / 2, -2, 2)}"
    if group[0].id == "UNK":
        yield "unknown"


def nobody(hit: Hit, share: float, best: float) -> Iterator[str]:
    """Features of the choice of nobody; `best` is the highest log odds of a group for the role."""
    yield "nobody"
    yield f"nobody rules={_step(2 * share)} {hit.sense.row == ROW}"
    yield f"nobody best={_step(best)}"
    yield f"nobody {hit.sense.event}"


def aux(kind: str, ruled: bool, odds: float, settled: str) -> Iterator[str]:
    """Features of an aux mode."""
    yield "bias"
    yield f"{ruled} odds={_step(odds, -6, 6)}"
    yield f"odds={_step(odds, -6, 6)}"
    yield f"ruled={ruled}"
    yield f"{settled} odds={_step(odds / 2, -2, 2)}"


def event(learned: Learned, hit: Hit, category: str, actors: Sequence[Phrase], recipients: Sequence[Phrase],
          shares: tuple[float, float], ruled: float, found: Sequence[str]) -> Iterator[str]:
    """Features of a whole event; `ruled` is the rules' log odds for it, `shares` the log shares of the roles."""
    source = "encoder" if hit.sense.row == ROW else "table"
    own, told = learned.kind(hit, category), learned.kind(hit, hit.sense.event)
    other = max(learned.kind(hit, name) for name in CATEGORIES if name not in (category, hit.sense.event))
    yield "bias"
    yield source
    yield f"{source} kind={_step(max(own, told))}"
    yield f"{source} settled={_step(own)}"
    yield f"other={_step(other)} more={other > max(own, told)}"
    if source == "table":
        yield f"rules={_step(2 * ruled)}"
        yield f"rules={_step(ruled, -4, 4)} kind={_step(own / 2, -3, 3)}"
    roles = ("A" if actors else "") + ("R" if recipients else "")
    yield f"roles={roles} {category}"
    yield f"roles={roles} {source}"
    yield f"event={category} kind={_step(own / 2, -3, 3)}"
    for name, share, row, side in (("actor", shares[0], actors, 0), ("recipient", shares[1], recipients, 1)):
        yield f"{name} share={_step(3 * share, -8, 0)} found={bool(row)}"
        if row:
            odds = max(learned.roles(hit, phrase)[side] for phrase in row)
            yield f"{name} odds={_step(odds, -6, 6)}"
            if any(phrase.id == "UNK" for phrase in row):
                yield f"{name} unknown"
            if any(phrase.sentence != learned.number for phrase in row):
                yield f"{name} elsewhere"
            if row[0].why.endswith("context") or row[0].pronoun:
                yield f"{name} {'pronoun' if row[0].pronoun else 'context'}"
    if actors and (recipients or len(actors) > 1):
        relation = learned.relation(actors[0], (recipients or actors[1:])[0], category)
        yield f"relation={_step(2 * relation, -10, 0)}"
    if actors and recipients:
        yield f"same={ {a.id for a in actors} == {r.id for r in recipients} }"
    for name in found:
        yield f"aux={name}"


def statement(learned: Learned, source: str, verb: Hit, speaker: Phrase, content: tuple[int, int], quote: bool) -> Iterator[str]:
    """Features of an attributed statement: `content` in tokens of the scene."""
    yield "bias"
    yield source
    yield f"{source} say={_step(learned.kind(verb, SAY), -5, 5)}"
    yield f"speaker={_step(learned.roles(verb, speaker)[0] / 2, -3, 3)}"
    yield f"content={_step(learned.said(*content) / 2, -3, 3)}"
    yield f"{source} quote={quote} content={_step(learned.said(*content) / 2, -3, 3)}"
    yield f"length={min(5, (content[1] - content[0]) // 5)}"
    yield f"unknown={speaker.id in ('', 'UNK')}"
