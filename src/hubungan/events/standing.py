"""How an act stands: denied, only possible, still to come, long past; and what that makes of its category."""

from __future__ import annotations

from collections.abc import Sequence

from ..ontology import AUX, COMPLEMENT, FUTURE_AS, NEGATED_FUTURE_AS
from ..sentences import COMMAS
from .features import Scene
from .triggers import Hit

#: How many words before a trigger (behind it, where markers follow) a word of each class reaches. Set on gold/train.
_REACH = {"negation": 5, "hypothetical": 8, "future": 5, "historical": 6}


def governor(scene: Scene, hit: Hit) -> Hit | None:
    """The trigger in whose content this one stands (`threatened to attack`): the last before it in the same clause."""
    earlier = [other for other in scene.hits if other.last <= hit.first]
    if not earlier:
        return None
    last = earlier[-1]
    if hit.first - last.last > 8:
        return None
    for i in range(last.last, hit.first):
        if scene.tokens[i].text in COMMAS or scene.functions.at(i, "clauses", "relative") \
                or scene.functions.at(i, "clauses", "subordinate"):
            return None
    return last


def aux(scene: Scene, hit: Hit, before: Hit | None, past: bool) -> tuple[str, ...]:
    """The aux modes of an act, in the order of the manual."""
    found = set()
    for kind, reach in _REACH.items():
        low = max(0, hit.first - reach)
        for i in range(hit.first - 1, low - 1, -1):
            if scene.functions.at(i, "aux", kind) and scene.functions.at(i, "aux", kind) <= hit.first:
                found.add(kind)
                break
            if scene.tokens[i].text in COMMAS - {",", "、"} or scene.functions.at(i, "clauses", "relative") \
                    or any(other.first <= i < other.last and other.voice != "noun" for other in scene.hits):
                break
        for i in range(hit.first, hit.last):
            if not any(low <= i < high for low, high in hit.parts) and scene.functions.at(i, "aux", kind):
                found.add(kind)
        if scene.pack.order.get("postpositions"):
            for i in range(hit.last, min(len(scene.tokens), hit.last + 3)):
                if scene.functions.at(i, "aux", kind):
                    found.add(kind)
    if any(kind == "future" for kind, _ in scene.tokens[hit.first].clitics):
        found.add("future")
    if past:
        found.add("historical")
        found.discard("future")
    if before is not None and COMPLEMENT[before.sense.event] == "hypothetical":
        found.add("hypothetical")
    return tuple(kind for kind in AUX if kind in found)


def settle(category: str, found: Sequence[str], before: Hit | None) -> tuple[str, tuple[str, ...]]:
    """The category and aux modes that an act has once its standing counts.

    A meeting still to come is AGREE, a withdrawal still to come is CONCEDE, one that will not come is REJECT; a release that is
    agreed on is CONCEDE.
    """
    if before is not None and before.sense.event == "AGREE" and category == "RETREAT":
        return "CONCEDE", tuple(kind for kind in found if kind != "future")
    if "future" in found:
        if "negation" in found:
            if category in NEGATED_FUTURE_AS:
                return NEGATED_FUTURE_AS[category], tuple(k for k in found if k not in ("future", "negation"))
        elif category in FUTURE_AS and "hypothetical" not in found:
            return FUTURE_AS[category], tuple(k for k in found if k != "future")
        if category in ("AGREE", "CONCEDE"):
            return category, tuple(k for k in found if k != "future")
    return category, tuple(found)
