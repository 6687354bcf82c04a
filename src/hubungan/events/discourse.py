"""What an act leaves unsaid because the sentences before it said it.

A denial answers the last accusation, and `the talks` are between those who were said to talk.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..actors.phrases import Phrase
from .roles import Roles
from .triggers import Hit

_REACH = 6                             # acts that are looked back over
_ANSWERED = ("ACCUSE", "REQUEST", "AGREE", "THREATEN")


class Act(NamedTuple):
    """An act told earlier in the article."""

    event: str
    actors: tuple[Phrase, ...]
    recipients: tuple[Phrase, ...]


def complete(hit: Hit, who: Roles, earlier: Sequence[Act]) -> Roles:
    """The roles of an act with what earlier acts add to them."""
    if who.recipients:
        return who
    if hit.sense.event == "CONSULT" and hit.sense.frame == "mutual":
        return _partners(who, earlier)
    if hit.sense.event == "REJECT" and who.actors:
        return _answered(who, earlier)
    return who


def _partners(who: Roles, earlier: Sequence[Act]) -> Roles:
    known = {phrase.id for phrase in who.actors}
    if len(known) > 1:
        return who
    for act in reversed([act for act in earlier if act.event == "CONSULT"][-_REACH:]):
        parties = {phrase.id: phrase for phrase in (*act.actors, *act.recipients)}
        if len(parties) > 1 and known <= set(parties) and not any(phrase.sector == "IGO" for phrase in parties.values()):
            return Roles((*who.actors, *(phrase for i, phrase in parties.items() if i not in known)), (), who.scores)
    return who


def _answered(who: Roles, earlier: Sequence[Act]) -> Roles:
    refusing = {phrase.id for phrase in who.actors}
    for act in reversed(earlier[-_REACH:]):
        if act.event in _ANSWERED and act.actors and refusing & {phrase.id for phrase in act.recipients}:
            return Roles(who.actors, act.actors, who.scores)
    return who
