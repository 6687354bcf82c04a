"""A language pack, read from its folder into the tables that the stages look things up in."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

from ..actors.registry import Name, add_form, places, registry, script_of
from ..core import Trie
from ..errors import TableError, UsageError
from ..ontology import CATEGORIES, MODES, SECTORS
from ..sentences.tokens import Clitics, fold, pairs, words
from ..tables import expand, rows, split, uncollected

_HERE = Path(__file__).parent
COLUMNS = {"countries.tsv": "id names adjectives people seats", "bodies.tsv": "key names", "groups.tsv": "key names",
           "persons.tsv": "key names", "places.tsv": "id names", "roles.tsv": "sector kind forms", "fused.tsv": "id sector forms",
           "triggers.tsv": "event mode kind frame marks forms", "dates.tsv": "meaning forms", "furniture.tsv": "where text",
           "abbreviations.tsv": "form"}
_MEANING = re.compile(r"order|(weekday|month|day|week|year):[+-]?\d+|(ago|after):(day|week|month|year)")
WHERES = ("line-start", "line-is", "inline", "byline")
KINDS = ("verb", "passive", "noun", "light")
FRAMES = ("act", "mutual", "alone", "undergo")
ROLES = ("office", "body", "people", "thing")
MARKERS = ("by", "with", "to", "on", "against", "for", "from", "of", "in", "between", "about", "and", "after")


@dataclass(frozen=True, slots=True)
class Sense:
    """A row of the trigger table: what act its forms name and who stands where."""

    row: str                           # file and line, the rule's name
    event: str
    mode: str
    kind: str
    frame: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a trigger: its sense and, behind a gap, the words that must follow."""

    sense: Sense
    rest: tuple[tuple[str, ...], ...] = ()
    capitals: tuple[int, ...] = ()     # words of the first part that must show a capital, from its first


@dataclass(frozen=True, slots=True)
class Word:
    """A function word: its table in pack.toml and its class there."""

    table: str                         # markers, clauses, aux, statements
    kind: str


@dataclass(frozen=True)
class Pack:
    """Everything the stages know of one language."""

    tag: str
    name: str
    status: str
    also: tuple[str, ...]              # tags of languages without a pack that this one reads best
    home: str                          # the state that the press of the language speaks of when it names none
    order: dict
    clitics: Clitics | None
    names: tuple[Trie, ...]            # of the pack, of all languages, of the places in its scripts; values: Name
    triggers: Trie                     # values: Form
    words: Trie                        # values: Word
    dates: dict[str, list[tuple[str, tuple[str, ...]]]]     # first word of a form to (meaning, form)
    capital_dates: frozenset[str]      # words of dates that are written with a capital
    furniture: tuple[tuple[str, str], ...]         # (where, text)
    abbreviations: frozenset[str]
    quotes: tuple[tuple[str, str], ...]
    numbers: dict[str, int]

    @cached_property
    def calendar(self) -> frozenset[str]:
        """Names of weekdays and months, which are written with capitals and are nobody's."""
        return frozenset(form[0] for forms in self.dates.values() for meaning, form in forms
                         if meaning.startswith(("weekday", "month:")) and len(form) == 1)

    @property
    def gap(self) -> int:
        """How many words may stand in the gap of a trigger."""
        return int(self.order.get("gap", 6))


def available() -> dict[str, Path]:
    """The packs present, by tag."""
    return {path.parent.name: path.parent for path in sorted(_HERE.glob("*/pack.toml"))}


@lru_cache(maxsize=1)
def stand_ins() -> dict[str, str]:
    """Tags of languages without a pack, to the pack that reads them best (`also` in pack.toml)."""
    out: dict[str, str] = {}
    for tag, folder in available().items():
        for other in tomllib.loads((folder / "pack.toml").read_text(encoding="utf-8")).get("also", []):
            out.setdefault(other, tag)
    return out


@cache
@uncollected
def load(tag: str) -> Pack:
    """The pack of a language.

    Args:
        tag: its BCP 47 tag; of `zh-Hant-TW` the first part counts.

    Raises:
        UsageError: there is no such pack; the message lists those that there are.
        TableError: a table of the pack is malformed.
    """
    folder = available().get(tag.split("-")[0].lower())
    if folder is None:
        raise UsageError(f"no language pack '{tag}': there are {', '.join(available())}")
    path = folder / "pack.toml"
    try:
        facts = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as problem:
        raise TableError(path, 0, str(problem)) from problem
    if "name" not in facts:
        raise TableError(path, 1, "no `name` of the language")
    reader = _Reader(folder, facts)
    clitics = facts.get("clitics", {})
    prefixes, suffixes = clitics.get("prefixes", {}), clitics.get("suffixes", {})
    return Pack(
        tag=folder.name, name=facts["name"], status=facts.get("status", "started"),
        also=tuple(facts.get("also", ())), home=facts.get("home", ""), order=facts.get("order", {}),
        clitics=Clitics(prefixes, suffixes) if prefixes or suffixes else None,
        names=(reader.names(), registry().names, *map(places, reader.scripts())),
        triggers=reader.triggers(), words=reader.words(), dates=reader.dates(),
        capital_dates=reader.capital_dates(),
        furniture=reader.furniture(),
        abbreviations=frozenset(row["form"].lower() for _, _, row in reader.table("abbreviations.tsv")),
        quotes=tuple((a, b) for a, b in facts.get("statements", {}).get("quotes", [])),
        numbers={fold(k): v for k, v in facts.get("numbers", {}).items()})


class _Reader:
    """Reads the tables of one pack."""

    def __init__(self, folder: Path, facts: dict) -> None:
        self.folder, self.facts = folder, facts
        self.endings = facts.get("endings", {})

    def table(self, name: str) -> Iterator[tuple[Path, int, dict[str, str]]]:
        path = self.folder / name
        for number, row in rows(path, COLUMNS[name]):
            yield path, number, row

    def forms(self, path: Path, line: int, cell: str) -> Iterator[str]:
        for form in split(cell):
            try:
                yield from expand(form, self.endings)
            except KeyError as missing:
                raise TableError(path, line, f"paradigm {missing} of '{form}' is not under [endings]") from None

    def names(self) -> Trie:
        known, trie = registry(), Trie()

        def enter(path: Path, line: int, cell: str, value: Name) -> None:
            for form in self.forms(path, line, cell):
                add_form(trie, form, value)

        for path, line, row in self.table("countries.tsv"):
            iso = row["id"]
            if iso not in known.states:
                raise TableError(path, line, f"'{iso}' is not in actors/countries.tsv")
            for column, kind, sector in (("names", "state", "GOV"), ("adjectives", "adjective", "GOV"),
                                         ("people", "people", "CVL"), ("seats", "seat", "GOV")):
                enter(path, line, row[column], Name(kind, iso, sector, known.states[iso]))
        for file, kind in (("bodies.tsv", "body"), ("groups.tsv", "group")):
            for path, line, row in self.table(file):
                key = row["key"]
                if key in known.ids:
                    value = Name(kind, known.ids[key], known.sectors[key], key)
                else:
                    match = [name for name, i in known.ids.items() if i == key]
                    if not match:
                        raise TableError(path, line, f"'{key}' is no name and no id of actors/bodies.tsv or groups.tsv")
                    value = Name(kind, key, known.sectors[match[0]], match[0])
                enter(path, line, row["names"], value)
        for path, line, row in self.table("persons.tsv"):
            name = row["key"] if row["key"] in known.persons else known.aliases.get(row["key"], "")
            if not name:
                raise TableError(path, line, f"'{row['key']}' is nobody in actors/persons.tsv")
            offices = known.persons[name]
            enter(path, line, row["names"], Name("person", offices[-1].id, offices[-1].sector, name, offices=offices))
        for path, line, row in self.table("places.tsv"):
            if row["id"] not in known.states:
                raise TableError(path, line, f"'{row['id']}' is not in actors/countries.tsv")
            enter(path, line, row["names"], Name("place", row["id"], "", split(row["names"])[0], weight=10 ** 8))
        for path, line, row in self.table("roles.tsv"):
            if row["sector"] not in SECTORS or row["kind"] not in ROLES:
                raise TableError(path, line, f"sector '{row['sector']}', kind '{row['kind']}': kinds are {', '.join(ROLES)}")
            enter(path, line, row["forms"], Name("role", "", row["sector"], "", role=row["kind"]))
        for path, line, row in self.table("fused.tsv"):
            enter(path, line, row["forms"], Name("fused", row["id"], row["sector"], ""))
        path = self.folder / "pack.toml"
        for kind, forms in self.facts.get("pronouns", {}).items():
            enter(path, 0, "|".join(forms), Name("pronoun", role=kind))
        return trie

    def furniture(self) -> tuple[tuple[str, str], ...]:
        out = []
        for path, line, row in self.table("furniture.tsv"):
            if row["where"] not in WHERES or not row["text"]:
                raise TableError(path, line, f"'{row['where']}': furniture is {', '.join(WHERES)}, and has a text")
            out.append((row["where"], row["text"]))
        return tuple(out)

    def scripts(self) -> list[str]:
        """The scripts the language is printed in: its own, and Latin."""
        own = Counter(script_of(row["names"]) for _, _, row in self.table("countries.tsv") if row["names"])
        return list(dict.fromkeys([*(script for script, _ in own.most_common(1)), "Latin"]))

    def triggers(self) -> Trie:
        trie = Trie()
        for path, line, row in self.table("triggers.tsv"):
            event, mode, kind, frame = row["event"], row["mode"], row["kind"], row["frame"]
            if event not in CATEGORIES or kind not in KINDS or frame not in FRAMES:
                raise TableError(path, line, f"'{event} {kind} {frame}': kinds are {KINDS}, frames {FRAMES}")
            if mode and mode not in MODES[event]:
                raise TableError(path, line, f"{event} has no mode '{mode}': {', '.join(sorted(MODES[event])) or 'it has none'}")
            marks = tuple(mark for mark in row["marks"].split() if mark != "-")
            if set(marks) - set(MARKERS):
                raise TableError(path, line, f"marks '{row['marks']}': there are {', '.join(MARKERS)}")
            sense = Sense(f"{self.folder.name}/triggers.tsv:{line}", event, mode, kind, frame, marks)
            for form in self.forms(path, line, row["forms"]):
                head, *rest = form.split(" .. ")
                first = pairs(head)
                if not first:
                    raise TableError(path, line, f"form '{form}' has no word")
                capitals = tuple(i for i, (word, _) in enumerate(first) if word[0].isupper())
                trie.add([key for _, key in first], Form(sense, tuple(tuple(words(part)) for part in rest), capitals))
        return trie

    def words(self) -> Trie:
        trie = Trie()
        path = self.folder / "pack.toml"
        for table in ("markers", "clauses", "aux", "statements"):
            for kind, forms in self.facts.get(table, {}).items():
                if kind in ("quotes", "participle"):
                    continue
                for form in self.forms(path, 0, "|".join(forms)):
                    trie.add(words(form), Word(table, kind))
        for form in self.forms(path, 0, "|".join(self.facts.get("order", {}).get("genitive", []))):
            trie.add(words(form), Word("order", "genitive"))
        for form in self.forms(path, 0, "|".join(self.facts.get("order", {}).get("skip", []))):
            trie.add(words(form), Word("order", "skip"))
        return trie

    def capital_dates(self) -> frozenset[str]:
        """Words that stand in `dates.tsv` with a capital and never without."""
        seen = [pair for path, line, row in self.table("dates.tsv") if row["meaning"] != "order"
                for form in self.forms(path, line, row["forms"]) for pair in pairs(form)]
        small = {key for word, key in seen if not word[0].isupper()}
        return frozenset(key for word, key in seen if word[0].isupper()) - small

    def dates(self) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
        out: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for path, line, row in self.table("dates.tsv"):
            for form in self.forms(path, line, row["forms"]):
                found = tuple(words(form))
                if not found:
                    raise TableError(path, line, f"form '{form}' has no word")
                if not _MEANING.fullmatch(row["meaning"]):
                    raise TableError(path, line, f"'{row['meaning']}' is no meaning of a date: see languages/README.md")
                out.setdefault(found[0], []).append((row["meaning"], found))
        return out
