"""Who acts and who is acted on: the phrases of a sentence are weighed for both roles of a trigger."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log

from ..actors.phrases import Phrase
from . import features
from .features import Scene
from .triggers import Hit
from .weights import Model


@dataclass(frozen=True, slots=True)
class Roles:
    """The phrases chosen, and the log probability of each choice."""

    actors: tuple[Phrase, ...]
    recipients: tuple[Phrase, ...]
    scores: tuple[float, float]


def assign(scene: Scene, hit: Hit, before: Hit | None, actor: Model, recipient: Model) -> Roles:
    """The actor group and the recipient group that together are most probable; either may be missing.

    Each model chooses among the groups of phrases and nobody. A mutual act with one actor gets a second one, the likeliest, and
    one with two has no recipient.
    """
    usable = candidates(scene, hit)
    found = [list(features.role(scene, hit, group, before)) for group in usable] + [list(features.nobody(scene, hit))]
    acts = _log_shares([actor.score(row) for row in found])
    suffers = _log_shares([recipient.score(row) for row in found])
    none = len(usable)
    chosen = max(((i, j) for i in range(none + 1) for j in range(none + 1)
                  if (i != j or i == none) and (j == none or hit.sense.frame != "alone")),
                 key=lambda pair: acts[pair[0]] + suffers[pair[1]])
    doers = {chosen[0]} - {none}
    acted_on = chosen[1]
    if hit.sense.frame == "mutual":
        if len(_ids(usable, doers)) == 1:
            others = [i for i in range(none) if acts[i] > acts[none] and i != chosen[0]
                      and not _ids(usable, {i}) <= _ids(usable, doers)]
            doers |= {max(others, key=acts.__getitem__)} if others else set()
        if len(_ids(usable, doers)) > 1:
            acted_on = none
    return Roles(tuple(phrase for i in sorted(doers) for phrase in usable[i] if phrase.id),
                 tuple(phrase for phrase in usable[acted_on] if phrase.id) if acted_on != none else (),
                 (acts[chosen[0]], suffers[acted_on]))


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


def _log_shares(scores: list[float]) -> list[float]:
    top = max(scores)
    total = top + log(sum(exp(score - top) for score in scores))
    return [score - total for score in scores]
