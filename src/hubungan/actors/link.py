"""From phrases to actors: who each phrase of an article is, with the whole article before it in view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from ..sentences.tokens import Token
from .phrases import Phrase
from .registry import on_day, registry

#: Of two roles in one phrase the one that says more gives the sector ("opposition politician", "army spokesman").
_WEAK_SECTORS = ("CVL", "GOV", "UNK", "ELI")


class Linker:
    """Links the phrases of one article, in their order; what it has seen decides what pronouns and short names mean.

    Args:
        day: the day of publication; persons are who they were on that day.
        home: the state that is meant where none has been named.
    """

    def __init__(self, day: date | None, home: str = "") -> None:
        self.day, self.home = day, home
        self.seen: list[Phrase] = []                     # linked phrases with an id, in order
        self.aliases: dict[str, Phrase] = {}             # surname or abbreviation, folded, to the phrase that brought it
        self.offices: dict[tuple[str, ...], Phrase] = {} # words of an office to who held it in this article

    def sentence(self, phrases: Sequence[Phrase], tokens: Sequence[Token]) -> list[Phrase]:
        """Link the phrases of the next sentence; of `both` there are two phrases at the same place."""
        out: list[Phrase] = []
        for phrase in phrases:
            words = tuple(token.keys[0] for token in tokens[phrase.first:phrase.last])
            if phrase.pronoun:
                linked = self._pronoun(phrase, out)
            elif phrase.person is not None:
                linked = [self._person(phrase, phrases, tokens)]
            elif phrase.roles:
                linked = [self._role(phrase, phrases, out, words)]
            else:
                linked = self._plain(phrase)
            if phrase.kind == "name" and phrase.last == 1 and not phrase.id:
                continue                               # a capital at the head of a sentence is no name yet
            out += linked
            self._remember(linked, words, tokens)
        return out

    def _remember(self, linked: Sequence[Phrase], words: tuple[str, ...], tokens: Sequence[Token]) -> None:
        for phrase in linked:
            if not phrase.id or phrase.pronoun:
                continue
            self.seen.append(phrase)
            if phrase.person is not None:
                names = [token.keys[0] for token in tokens[phrase.person.first:phrase.person.last]]
                for part in {names[-1], names[0]} if len(names) > 1 else set(names):
                    if len(part) > 2:
                        self.aliases.setdefault(part, phrase)
            if phrase.roles and phrase.id != "UNK":
                inner = tuple(token.keys[0] for piece in phrase.pieces if piece.name.kind == "role"
                              for token in tokens[piece.first:piece.last])
                self.offices[inner] = phrase
            if len(phrase.pieces) > 1 and phrase.pieces[-1].name.kind == "name" and phrase.person is None:
                self.aliases[words[-2] if words[-1] in ")）" else words[-1]] = phrase

    def _plain(self, phrase: Phrase) -> list[Phrase]:
        owner = phrase.owner
        if owner is not None:                            # a fused form may stand for two states, `USA|CHN`
            states = registry().states
            return [replace(phrase, pieces=list(phrase.pieces), id=one, name=owner.name or states.get(one, ""),
                            sector=owner.sector, why=owner.kind) for one in owner.id.split("|")]
        if phrase.place is not None:
            phrase.id, phrase.sector = phrase.place.id, "CVL"
            phrase.name, phrase.why = phrase.place.name, "place"
        return [phrase]

    def _person(self, phrase: Phrase, here: Sequence[Phrase], tokens: Sequence[Token]) -> Phrase:
        piece = phrase.person
        assert piece is not None
        if piece.name.kind == "person":
            phrase.id, phrase.sector = on_day(piece.name, self.day)
            phrase.name, phrase.why = piece.name.name, "person"
            if phrase.sector == "ELI" and phrase.owner is not None and phrase.roles:
                phrase.id, phrase.sector = phrase.owner.id, _sector(phrase)
            return phrase
        text = " ".join(token.text for token in tokens[piece.first:piece.last])
        words = [token.keys[0] for token in tokens[piece.first:piece.last]]
        known = self.aliases.get(words[-1]) or (self.aliases.get(words[0]) if len(words) == 1 else None)
        if phrase.owner is not None:
            phrase.id, phrase.sector, phrase.why = phrase.owner.id, _sector(phrase), "title and name"
            phrase.name = text
        elif known is not None:
            phrase.id, phrase.sector, phrase.name = known.id, known.sector, known.name
            phrase.why = "named before"
        elif phrase.roles:
            phrase.sector, phrase.name, phrase.why = _sector(phrase), text, "title and name, country from context"
            phrase.id = self._context(here) or "UNK"
        else:
            phrase.sector, phrase.name, phrase.why = "CVL", text, "unknown name, country from context"
            phrase.id = self._context(here) if len(words) > 1 else ""
        return phrase

    def _role(self, phrase: Phrase, all_here: Sequence[Phrase], before: Sequence[Phrase], words: tuple[str, ...]) -> Phrase:
        phrase.sector = _sector(phrase)
        if phrase.owner is not None:
            phrase.id, phrase.why = phrase.owner.id, "role of " + phrase.owner.kind
            phrase.name = phrase.owner.name or registry().states.get(phrase.id, "")
            return phrase
        if phrase.borrowed:
            owner = next((other for other in before if str(other.first) == phrase.borrowed), None)
            if owner is not None and owner.id:
                phrase.id, phrase.why = owner.id, "role of " + owner.name
                return phrase
        suffix = phrase.pieces[-1].clitic[1]
        if suffix:
            owner = next(iter(self._refer(suffix, before)), None)
            if owner is not None:
                phrase.id, phrase.why = owner.id, "role of " + owner.name
                return phrase
        held = self.offices.get(words)
        if held is not None and phrase.roles[-1].role in ("office", "body"):
            phrase.id, phrase.sector, phrase.name, phrase.why = held.id, held.sector, held.name, "named before"
            return phrase
        phrase.id = self._context(all_here) or "UNK"
        phrase.name, phrase.why = registry().states.get(phrase.id, ""), "role, country from context"
        return phrase

    def _context(self, here: Sequence[Phrase]) -> str:
        """The state that somebody without one most likely belongs to: the place of the sentence, else the last state named."""
        for phrase in here:
            if phrase.mark == "in" and (phrase.place or (phrase.owner and phrase.owner.kind in ("state", "seat"))):
                return (phrase.place or phrase.owner).id     # type: ignore[union-attr]
        for phrase in here:
            if phrase.place is not None and phrase.owner is None:
                return phrase.place.id
        for phrase in here:
            if phrase.owner is not None and phrase.owner.kind != "body" and len(phrase.owner.id) == 3:
                return phrase.owner.id
        for phrase in reversed(self.seen):
            if len(phrase.id) == 3 and phrase.id not in ("UNO", "EUR", "UNK"):
                return phrase.id
        return self.home

    def _pronoun(self, phrase: Phrase, before: Sequence[Phrase]) -> list[Phrase]:
        if phrase.pronoun == "speaker":
            return [phrase]
        out = []
        for other in self._refer(phrase.pronoun, before):
            sector = _sector(phrase) if phrase.roles else other.sector
            out.append(replace(phrase, pieces=list(phrase.pieces), id=other.id, sector=sector, name=other.name,
                               meant=other.kind, why=f"refers to {other.name or other.id}"))
        return out or [phrase]

    def _refer(self, kind: str, before: Sequence[Phrase]) -> list[Phrase]:
        """Whom a pronoun of a class means: the last that fits, subjects first."""
        if kind == "both":
            return self._pair()
        fits = _FITS.get(kind)
        candidates = [phrase for phrase in self.seen[-12:] if fits is not None and fits(phrase)]
        if not candidates:
            return []
        last = candidates[-1].sentence
        subjects = [phrase for phrase in candidates if phrase.sentence == last and not phrase.mark and not phrase.possessive]
        if not subjects:
            return [candidates[-1]]
        return [subjects[0] if kind == "person" else subjects[-1]]

    def _pair(self) -> list[Phrase]:
        """The last two with different ids: persons where two were named lately, else states and bodies."""
        for kinds in (("person", "name"), ("person", "name", "office", "state", "seat", "adjective", "group")):
            pair: dict[str, Phrase] = {}
            for phrase in reversed(self.seen[-10:]):
                if phrase.kind in kinds and phrase.id != "UNK":
                    pair.setdefault(phrase.id, phrase)
                if len(pair) == 2:
                    return list(pair.values())[::-1]
        return []


#: What a pronoun of each class can mean.
_FITS: dict[str, Callable[[Phrase], bool]] = {
    "person": lambda phrase: phrase.kind in ("person", "office", "name"),
    "country": lambda phrase: len(phrase.id) == 3 and phrase.kind in ("state", "seat", "adjective", "body", "office", "person"),
    "body": lambda phrase: ":" in phrase.id or phrase.id in ("UNO", "EUR")
    or (phrase.owner is not None and phrase.owner.kind in ("body", "group")),
    "group": lambda phrase: phrase.kind in ("people", "group", "state", "body"),
    "thing": lambda phrase: phrase.kind in ("state", "seat", "body", "group"),
}


def _sector(phrase: Phrase) -> str:
    """The sector of an owner with roles."""
    owner, roles = phrase.owner, phrase.roles
    if owner is not None and owner.kind in ("body", "group") and (not roles or roles[-1].role != "people"):
        return owner.sector
    if not roles:
        return owner.sector if owner is not None else "UNK"
    strong = [role.sector for role in roles if role.sector not in _WEAK_SECTORS]
    if strong:
        return strong[0]
    return "GOV" if any(role.sector == "GOV" for role in roles) else roles[0].sector
