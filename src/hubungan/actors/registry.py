"""The registry: which states, bodies, groups, persons and places there are, whatever they are called.

Its tables lie beside this file and name everybody in English, the spelling that stands in an event's `name`. What a language
calls them is in its pack.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from ..core import Trie
from ..errors import TableError
from ..sentences.tokens import pairs
from ..tables import rows, split, uncollected

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Office:
    """An office held; `since` and `until` are ISO days, months or years, empty where unknown or still held."""

    id: str
    sector: str
    title: str
    since: str
    until: str

    def covers(self, day: str) -> bool:
        """Whether the office was held on an ISO day; unknown bounds are open."""
        return self.since <= day and (not self.until or day <= self.until + "~")


@dataclass(frozen=True, slots=True)
class Name:
    """What a form in a table stands for.

    kind is one of `state adjective people seat body group person place role pronoun fused`. `caps` says of each word what the
    text must show: 0 anything, 1 a capital, 2 capitals only.
    """

    kind: str
    id: str = ""
    sector: str = ""
    name: str = ""
    caps: tuple[int, ...] = ()
    offices: tuple[Office, ...] = ()
    role: str = ""                     # of a role: office, body, people, thing; of a pronoun: its class
    weight: int = 0                    # of a place: its population


def add_form(trie: Trie, form: str, value: Name) -> None:
    """Enter one plain form into a table of names."""
    found = pairs(form)
    if not found:
        return
    caps = tuple(map(_caps, (word for word, _ in found)))
    if any(caps):
        value = Name(value.kind, value.id, value.sector, value.name, caps, value.offices, value.role, value.weight)
    trie.add([key for _, key in found], value)


def _caps(word: str) -> int:
    if not word[:1].isupper():
        return 0
    return 2 if len(word) > 1 and word.isupper() else 1


@dataclass(frozen=True)
class Registry:
    """The tables of this folder, read once."""

    states: dict[str, str]                         # id to English name
    sectors: dict[str, str]                        # name of a body or group to its sector
    ids: dict[str, str]                            # name of a body or group to its id
    persons: dict[str, tuple[Office, ...]]         # name to offices, in the order held
    particles: frozenset[str]                      # small words inside personal names (`bin`, `van`)
    aliases: dict[str, str]                        # every other spelling of a person's name to the name
    names: Trie                                    # persons and abbreviations, the same in all languages


@lru_cache(maxsize=1)
@uncollected
def registry() -> Registry:
    """The registry, read from its tables at the first call.

    Raises:
        TableError: a table is malformed.
    """
    states = {row["id"]: row["name"] for _, row in rows(_HERE / "countries.tsv")}
    sectors: dict[str, str] = {}
    ids: dict[str, str] = {}
    names = Trie()
    for _, row in rows(_HERE / "bodies.tsv"):
        name = row["name"]
        ids[name], sectors[name] = row["id"], "NGO" if row["id"].startswith("NGO:") else "IGO"
        for form in split(row["abbreviations"]):
            add_form(names, form, Name("body", row["id"], sectors[name], name))
    for _, row in rows(_HERE / "groups.tsv"):
        ids[row["name"]], sectors[row["name"]] = row["id"], row["sector"]
    aliases: dict[str, str] = {}
    persons = dict(_persons(names, aliases))
    particles = frozenset(row["form"] for _, row in rows(_HERE / "particles.tsv"))
    return Registry(states, sectors, ids, persons, particles, aliases, names)


def _persons(names: Trie, aliases: dict[str, str]) -> Iterator[tuple[str, tuple[Office, ...]]]:
    path = _HERE / "persons.tsv"
    offices: dict[str, list[Office]] = {}
    forms: dict[str, dict[str, None]] = {}
    for number, row in rows(path):
        if not row["name"] or not row["id"]:
            raise TableError(path, number, "a person needs a name and an id")
        offices.setdefault(row["name"], []).append(
            Office(row["id"], row["sector"], row["office"], row["since"], row["until"]))
        known = forms.setdefault(row["name"], {})
        for form in [row["name"], *split(row["aliases"]), *split(row["short"])]:
            known[form] = None
    for name, held in offices.items():
        held.sort(key=lambda office: office.since)
        value = Name("person", held[-1].id, held[-1].sector, name, offices=tuple(held))
        for form in forms[name]:
            aliases.setdefault(form, name)
            add_form(names, form, value)
        yield name, tuple(held)


@cache
@uncollected
def places(script: str) -> Trie:
    """The gazetteer's names in one script, as named by `script_of`."""
    names = Trie()
    for _, row in rows(_HERE / "places.tsv"):
        value = Name("place", row["id"], "", row["name"], weight=int(row["population"] or 0))
        for form in dict.fromkeys([row["name"], *split(row["names"])]):
            if script_of(form) == script:
                add_form(names, form, value)
    return names


#: First characters of the scripts in which places are named; CJK is Han and kana.
_SCRIPTS = ((0x0000, "Latin"), (0x0370, "Greek"), (0x0400, "Cyrillic"), (0x0530, "Armenian"), (0x0590, "Hebrew"),
            (0x0600, "Arabic"), (0x0900, "Devanagari"), (0x0980, "other"), (0x1E00, "Latin"), (0x1F00, "other"), (0x2E80, "CJK"),
            (0xAC00, "Hangul"), (0xD7B0, "other"), (0xF900, "CJK"), (0xFB00, "other"))


def script_of(text: str) -> str:
    """The script of a name, judged by its first letter."""
    first = next((ord(c) for c in text if c.isalpha()), 0)
    return next(name for start, name in reversed(_SCRIPTS) if first >= start)


def on_day(name: Name, day: date | None) -> tuple[str, str]:
    """The id and sector of a person on a day; out of office, ELI of the country last served.

    With no day the last office counts.
    """
    if day is None or not name.offices:
        return name.id, name.sector
    iso = day.isoformat()
    held = [office for office in name.offices if office.covers(iso)]
    if held:
        return held[-1].id, held[-1].sector
    past = [office for office in name.offices if office.since <= iso]
    if past:
        return past[-1].id, "ELI"
    return name.offices[0].id, name.offices[0].sector
