"""Who acts and who is acted on: the phrases of a sentence are weighed for both roles of a trigger."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log

from ..actors.phrases import Phrase
from ..ontology import MUTUAL
from . import features, joint
from .features import Scene
from .learned import ROW, Learned
from .triggers import Hit
from .weights import Model

#: Log odds from which on the encoder alone adds an actor.
SURE = 2.0


@dataclass(frozen=True, slots=True)
class Roles:
    """The phrases chosen, and the log probability of each choice."""

    actors: tuple[Phrase, ...]
    recipients: tuple[Phrase, ...]
    scores: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Judges:
    """The models that choose who has a role: by the rules' features, and by those joined with what the encoder says."""

    actor: Model
    recipient: Model
    joint_actor: Model | None = None
    joint_recipient: Model | None = None


def assign(scene: Scene, hit: Hit, before: Hit | None, judges: Judges) -> Roles:
    """The actor group and the recipient group that together are most probable; either may be missing.

    Each model chooses among the groups of phrases and nobody. A mutual act with one actor gets a second one, the likeliest, and
    one with two has no recipient.
    """
    usable = candidates(scene, hit)
    acts, suffers = shares(scene, hit, before, usable, judges)
    none = len(usable)
    chosen = max(((i, j) for i in range(none + 1) for j in range(none + 1)
                  if (i != j or i == none) and (j == none or hit.sense.frame != "alone")),
                 key=lambda pair: acts[pair[0]] + suffers[pair[1]])
    doers = {chosen[0]} - {none}
    acted_on = chosen[1]
    if scene.learned is not None:
        doers |= _besides(scene.learned, hit, usable, acted_on)
    if _mutual(scene, hit, usable, acts, chosen):
        if len(_ids(usable, doers)) == 1:
            others = [i for i in range(none) if acts[i] > acts[none] and i != chosen[0]
                      and not _ids(usable, {i}) <= _ids(usable, doers)]
            doers |= {max(others, key=acts.__getitem__)} if others else set()
        if len(_ids(usable, doers)) > 1:
            acted_on = none
    return Roles(tuple(phrase for i in sorted(doers) for phrase in usable[i] if phrase.id),
                 tuple(phrase for phrase in usable[acted_on] if phrase.id) if acted_on != none else (),
                 (acts[chosen[0]], suffers[acted_on]))


def shares(scene: Scene, hit: Hit, before: Hit | None, usable: list[tuple[Phrase, ...]],
           judges: Judges) -> tuple[list[float], list[float]]:
    """The log shares of the groups, and last of nobody, for both roles."""
    found = [list(features.role(scene, hit, group, before)) for group in usable] + [list(features.nobody(scene, hit))]
    out = []
    for first, plain, joined in ((True, judges.actor, judges.joint_actor), (False, judges.recipient, judges.joint_recipient)):
        ruled = log_shares([plain.score(row) for row in found])
        if scene.learned is not None and joined is not None:
            ruled = log_shares([joined.score(row) for row in joint_rows(scene, hit, usable, ruled, first)])
        out.append(ruled)
    return out[0], out[1]


def joint_rows(scene: Scene, hit: Hit, usable: list[tuple[Phrase, ...]], ruled: list[float], first: bool) -> list[list[str]]:
    """The features of the groups and of nobody for one role, rules and encoder together."""
    assert scene.learned is not None
    side = 0 if first else 1
    best = max((scene.learned.roles(hit, phrase)[side] for group in usable for phrase in group), default=-9.0)
    return [list(joint.role(scene.learned, hit, group, share, first)) for group, share in zip(usable, ruled)] \
        + [list(joint.nobody(hit, ruled[-1], best))]


def _mutual(scene: Scene, hit: Hit, usable: list[tuple[Phrase, ...]], acts: list[float], chosen: tuple[int, int]) -> bool:
    """Whether the act is one that its parties do to each other: by the table, or because the encoder has two that act."""
    if hit.sense.frame == "mutual":
        return True
    if scene.learned is None or hit.sense.event not in MUTUAL or hit.sense.row != ROW or chosen[1] != len(usable):
        return False
    return any(i != chosen[0] and max(scene.learned.roles(hit, phrase)[0] for phrase in group) > 0
               for i, group in enumerate(usable))


def _besides(learned: Learned, hit: Hit, usable: list[tuple[Phrase, ...]], acted_on: int) -> set[int]:
    """Groups beyond the chosen one that the encoder is sure to act too (`A, which together with B …`)."""
    return {i for i, group in enumerate(usable)
            if i != acted_on and learned.roles(hit, group[0])[0] > SURE and learned.roles(hit, group[0])[1] < 0}


def candidates(scene: Scene, hit: Hit) -> list[tuple[Phrase, ...]]:
    """The groups that could have a role in a trigger: linked to somebody, and no pronoun among its own words."""
    return [group for group in scene.groups if any(phrase.id for phrase in group)
            and not (group[0].pronoun and hit.first <= group[0].first < hit.last) and not _convenes(hit, group)]


def _convenes(hit: Hit, group: tuple[Phrase, ...]) -> bool:
    """Whether a meeting is the body's own (`pertemuan ASEAN`, `the NATO summit`): those who attend it meet, not the body."""
    head = group[0]
    return hit.sense.event == "CONSULT" and hit.voice == "noun" and len(group) == 1 and head.sector == "IGO" \
        and (head.mark in ("", "of") or head.mark.endswith("~")) and (0 <= head.first - hit.last <= 1 or head.last == hit.first)


def _ids(groups: list[tuple[Phrase, ...]], which: set[int]) -> set[str]:
    return {phrase.id for i in which for phrase in groups[i] if phrase.id}


def log_shares(scores: list[float]) -> list[float]:
    top = max(scores)
    total = top + log(sum(exp(score - top) for score in scores))
    return [score - total for score in scores]
