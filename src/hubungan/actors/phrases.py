"""From pieces to phrases: which stretches of a sentence stand for somebody.

Pieces (a country, its adjective, an office, a person …) are joined where they stand together, by the order that the language's
pack states: `pasukan penjaga perdamaian Rusia`, `Russian peacekeepers` and `俄罗斯维和部队` are each one phrase, an owner and a
role.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..languages import Pack
from ..sentences.functions import Functions
from ..sentences.tokens import Token
from .pieces import Piece
from .registry import Name, registry

_OWNERS = {"state", "adjective", "seat", "body", "group", "fused"}


@dataclass(slots=True)
class Phrase:
    """A stretch `tokens[first:last]` of a sentence that stands for somebody; filled in step by step until it is linked."""

    sentence: int
    first: int
    last: int
    pieces: list[Piece] = field(default_factory=list)
    owner: Name | None = None          # the state, body or group it belongs to
    roles: list[Name] = field(default_factory=list)
    person: Piece | None = None        # the personal name in it
    place: Name | None = None
    pronoun: str = ""
    meant: str = ""                    # of a pronoun: the kind of phrase it refers to
    mark: str = ""                     # class of the marker that governs it; with `~` it governs the noun before
    mark_at: int = -1                  # first word of that marker
    group: int = -1                    # phrases joined by `and` share one
    possessive: bool = False           # an adjective, or followed by the possessive
    borrowed: str = ""                 # id of another phrase it belongs to ("Trump's envoy")
    id: str = ""
    sector: str = ""
    name: str = ""
    why: str = ""
    start: int = 0                     # characters of the article's text
    end: int = 0

    @property
    def kind(self) -> str:
        """person, name (unknown), role, pronoun, place, or the kind of the owner."""
        if self.person is not None:
            return "person" if self.person.name.kind == "person" or self.roles else "name"
        if self.roles:
            return self.roles[-1].role
        if self.pronoun:
            return self.meant or "pronoun"
        if self.owner is not None:
            return self.owner.kind
        return "place"


class Composer:
    """Joins the pieces of one sentence into phrases."""

    def __init__(self, sentence: int, tokens: Sequence[Token], pack: Pack, functions: Functions) -> None:
        self.sentence, self.tokens, self.functions, self.pack = sentence, tokens, functions, pack
        self.before = set(pack.order.get("before", ()))
        self.after = set(pack.order.get("after", ()))

    def phrases(self, found: Iterable[Piece]) -> list[Phrase]:
        out: list[Phrase] = []
        for piece in found:
            if not (out and self._join(out[-1], piece)):
                fresh = self._start(piece, out[-1] if out else None)
                if fresh is not None:
                    out.append(fresh)
        for phrase in out:
            phrase.start, phrase.end = self.tokens[phrase.first].start, self.tokens[phrase.last - 1].end
            self._govern(phrase)
        self._coordinate(out)
        return out

    def _start(self, piece: Piece, previous: Phrase | None) -> Phrase | None:
        name = piece.name
        phrase = Phrase(self.sentence, piece.first, piece.last, [piece])
        if name.kind in _OWNERS or name.kind == "people":
            phrase.owner = name
            if name.kind == "people":
                phrase.roles = [Name("role", sector="CVL", role="people")]
            phrase.place = next((other for other in piece.also if other.kind == "place"), None)
        elif name.kind in ("person", "name"):
            phrase.person = piece
        elif name.kind == "role":
            phrase.roles = [name]
            if previous is not None and self._between(previous, piece) == "'s":
                previous.possessive = True
                phrase.borrowed = f"{previous.first}"
        elif name.kind == "pronoun":
            phrase.pronoun = name.role
        else:
            phrase.place = name
        return phrase

    def _between(self, phrase: Phrase, piece: Piece) -> str | None:
        """What stands between a phrase and a piece: "" nothing that counts, `,`, `of`, `'s`, `in`, `(`; None: other words."""
        kind, i = "", phrase.last
        if piece.clitic[0] == "of":
            kind = "of"
        elif piece.clitic[0]:
            return piece.clitic[0] if piece.clitic[0] == "in" and i == piece.first else None
        while i < piece.first:
            text = self.tokens[i].text
            genitive = self.functions.at(i, "order", "genitive")
            skip = self.functions.at(i, "order", "skip")
            if text in ("'s", "’s") and not kind:
                kind, i = "'s", i + 1
            elif text in (",", "，", "،", "、") and not kind:
                kind, i = ",", i + 1
            elif text in ("(", "（") and not kind:
                kind, i = "(", i + 1
            elif genitive and genitive <= piece.first and not kind:
                kind, i = "of", genitive
            elif self.functions.class_at(i, "markers") == "in" and not kind:
                kind, i = "in", self.functions.at(i, "markers", "in")
            elif skip and skip <= piece.first:
                i = skip
            elif text.isdigit() and kind in ("", "'s"):
                i += 1
            else:
                return None
        return kind

    def _join(self, phrase: Phrase, piece: Piece) -> bool:
        between = self._between(phrase, piece)
        kind = piece.name.kind
        if phrase.pronoun and between == "" and kind == "role" and phrase.pronoun in ("person", "thing", "group", "speaker"):
            phrase.roles.append(piece.name)               # "its foreign ministry"
            phrase.last = piece.last
            phrase.pieces.append(piece)
            return True
        if between is None or phrase.pronoun:
            return False
        if kind in ("state", "adjective", "seat", "body", "group", "fused"):
            joined = self._join_owner(phrase, piece, between)
        elif kind == "role":
            joined = self._join_role(phrase, piece, between)
        elif kind in ("person", "name"):
            joined = self._join_person(phrase, piece, between)
        elif kind == "place":
            joined = self._join_place(phrase, piece, between)
        else:
            joined = False
        if joined:
            phrase.last = piece.last
            phrase.pieces.append(piece)
            if between == "(" and phrase.last < len(self.tokens) and self.tokens[phrase.last].text in ")）":
                phrase.last += 1
        return joined

    def _join_owner(self, phrase: Phrase, piece: Piece, between: str) -> bool:
        name = piece.name
        if between == "(":
            return phrase.owner is not None and phrase.owner.id == name.id
        if phrase.person is None and phrase.roles and phrase.owner is None:
            wanted = "adjective" if name.kind == "adjective" else "name"
            if (between == "" and wanted in self.after) or between == "of" \
                    or (between == "in" and phrase.roles[-1].role in ("body", "people", "thing")):
                phrase.owner = name
                return True
            return False
        if phrase.person is not None and phrase.roles and phrase.owner is None and phrase.pieces[-1].name.kind == "role" \
                and (between == "of" or (between == "" and "name" in self.after)):
            phrase.owner = name                            # "Pezeshkian, the president of Iran"
            return True
        if phrase.kind == "place" and phrase.place is not None:
            if phrase.place.id == name.id and between in (",", "in", "of", ""):
                phrase.owner = None if name.kind in ("state", "seat") else name
                return True
            return False
        if between == "" and not phrase.roles and phrase.person is None and phrase.owner is not None \
                and phrase.owner.kind == "adjective" and name.kind in ("group", "body"):
            phrase.owner = name
            return True
        same = phrase.owner is not None and phrase.owner.id == name.id and not phrase.roles and phrase.person is None
        return same and between in (",", "of") and name.kind in ("state", "seat")

    def _join_role(self, phrase: Phrase, piece: Piece, between: str) -> bool:
        name = piece.name
        if phrase.person is not None:
            # Apposition: "Pashinyan, the prime minister"; or a title behind the name: ゼレンスキー大統領
            if not phrase.roles and name.role == "office" and (between == "," or (between == "" and "person" in self.before)):
                phrase.roles.append(name)
                return True
            return False
        if phrase.roles:
            if between == "" or (between == "of" and name.role != "people"):
                phrase.roles.append(name)
                return True
            return False
        if phrase.owner is not None and phrase.owner.kind in _OWNERS:
            wanted = "adjective" if phrase.owner.kind == "adjective" else "name"
            if between == "'s" or (between == "" and wanted in self.before):
                phrase.roles.append(name)
                return True
        return False

    def _join_person(self, phrase: Phrase, piece: Piece, between: str) -> bool:
        if between == "(" and piece.name.kind == "name":
            return phrase.owner is not None and piece.last - piece.first == 1     # an abbreviation of the name before
        if phrase.person is not None:
            first, second = phrase.person.name, piece.name
            if first.kind == "name" and second.kind == "person" and between == "" and not phrase.roles:
                phrase.person = piece
                return True
            return False
        if phrase.roles and between in ("", ",") and (phrase.roles[-1].role == "office"
                                                       or (phrase.roles[-1].role == "people" and between == "")):
            if between == "," and piece.name.kind == "name" and piece.last - piece.first < 2:
                return False
            phrase.person = piece
            return True
        if phrase.owner is not None and not phrase.roles and piece.name.kind == "person" and between in ("'s", ""):
            phrase.person = piece
            return True
        return False

    def _join_place(self, phrase: Phrase, piece: Piece, between: str) -> bool:
        name = piece.name
        if phrase.roles and phrase.owner is None and phrase.person is None \
                and phrase.roles[-1].role in ("body", "people", "thing", "office") \
                and (between in ("in", "of") or (between == "" and "name" in self.after)):
            phrase.owner = Name("state", name.id, "GOV", registry().states.get(name.id, ""))
            phrase.place = name
            return True
        return phrase.kind == "place" and between == "," and phrase.place is not None and phrase.place.id == name.id

    def _govern(self, phrase: Phrase) -> None:
        """Find the marker that governs a phrase: before it, written onto it, or behind it."""
        clitic = phrase.pieces[0].clitic[0]
        if clitic:
            phrase.mark = clitic
        elif self.pack.order.get("postpositions"):
            phrase.mark = self.functions.class_at(phrase.last, "markers")
            if phrase.mark in ("", "and"):
                phrase.mark = phrase.pieces[-1].clitic[1] or phrase.mark
        else:
            i = phrase.first
            while i > 0:
                start, kind = self.functions.class_before(i, "markers")
                if kind:
                    phrase.mark, phrase.mark_at = kind, start
                    break
                start, _ = self.functions.class_before(i, "order")
                if start < i:
                    i = start
                elif self.tokens[i - 1].text in "\"“«(" or (self.tokens[i - 1].text[0].isdigit()
                                                         and len(self.tokens[i - 1].text) != 4):      # no year
                    i -= 1
                else:
                    break
            if not phrase.mark and i > 1 and "name" in self.after and self.tokens[i - 1].text.isalpha() \
                    and not self.functions.ends.get(i):
                # `dengan konflik Ukraina`: the marker before the noun that the name belongs to
                start, kind = self.functions.class_before(i - 1, "markers")
                if kind and kind != "and":
                    phrase.mark, phrase.mark_at = f"{kind}~", start
        following = self.tokens[phrase.last].text if phrase.last < len(self.tokens) else ""
        if following in ("'s", "’s") or (phrase.kind == "adjective"):
            phrase.possessive = True

    def _coordinate(self, found: list[Phrase]) -> None:
        """Number the groups of phrases joined by `and`, or by commas before an `and`; they stand under one marker."""
        for number, phrase in enumerate(found):
            phrase.group = number
        behind = bool(self.pack.order.get("postpositions"))
        links = [self._link(before, after, behind) for before, after in zip(found, found[1:])]
        for i in reversed(range(len(links))):
            if links[i] == "," and not (i + 1 < len(links) and links[i + 1]):
                links[i] = ""                          # a comma with no `and` to come parts more than it joins
        for link, before, after in zip(links, found, found[1:]):
            if not link:
                continue
            after.group = before.group
            if behind:                                 # the last of the group carries the marker of all
                for other in found:
                    if other.group == after.group:
                        other.mark, other.mark_at = after.mark, after.mark_at
            elif after.mark in ("and", ""):
                after.mark, after.mark_at = before.mark, before.mark_at

    def _link(self, before: Phrase, after: Phrase, behind: bool) -> str:
        """What joins two neighbours: `and`, `,`, or nothing."""
        start = before.last
        if behind and before.mark == "with" and before.person is None and after.person is None:
            start = self.functions.at(start, "markers", "with") or start
            if self._separators(start, after.first) == "":           # `A ile B`, `A와 B가`
                return "and"
        gap = self._separators(start, after.first)
        if gap is None:
            return ""
        if (before if behind else after).mark == "and" or gap in ("–", "、"):
            return "and"
        if gap in (",", "，", "،"):
            return ","
        touching = gap == "" and before.last == after.first \
            and self.tokens[after.first].start - self.tokens[before.last - 1].end == 1
        pair = touching and before.kind in ("state", "adjective") and after.kind in ("state", "adjective", "group", "body")
        return "and" if pair else ""

    def _separators(self, start: int, end: int) -> str | None:
        """What joins two phrases, less the articles and numerals before the second; None where other words stand there."""
        out, i = "", start
        while i < end:
            skip = self.functions.at(i, "order", "skip")
            text = self.tokens[i].text
            if self.functions.class_at(i, "markers") == "and" and not self.tokens[i].text.isdigit():
                i = self.functions.at(i, "markers", "and")
            elif text in ("–", "—", ",", "，", "、", "،") and not out:
                out, i = text, i + 1
            elif skip and skip <= end:
                i = skip
            elif text[0].isdigit():
                i += 1
            else:
                return None
        return out
