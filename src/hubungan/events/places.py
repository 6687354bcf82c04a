"""Where an act happened: the place that its own clause names."""

from __future__ import annotations

from ..actors.phrases import Phrase
from ..actors.registry import registry
from ..records import Place
from .features import Scene
from .triggers import Hit


def of(scene: Scene, hit: Hit, roles: tuple[Phrase, ...] = ()) -> Place | None:
    """The nearest phrase that stands under a marker of place; of a visit, the seat or state visited."""
    near: list[tuple[int, Place]] = []
    for phrase in scene.phrases:
        source = phrase.place or (phrase.owner if phrase.owner is not None and phrase.owner.kind in ("state", "seat") else None)
        if source is None or phrase.roles and phrase.place is None:
            continue
        if phrase.mark == "in" or (hit.sense.mode == "visit" and phrase in roles) or phrase.kind == "place":
            distance = phrase.first - hit.last if phrase.first >= hit.last else hit.first - phrase.last
            name = phrase.place.name if phrase.place is not None else registry().states.get(source.id, source.name)
            near.append((distance + (0 if phrase.mark == "in" else 6),
                         Place(name, source.id if len(source.id) == 3 else None)))
    return min(near, key=lambda pair: pair[0])[1] if near else None
