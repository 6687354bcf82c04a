"""Dates of acts, counted from the day of publication.

A language's `dates.tsv` says what its words mean; how days are counted stands here. A weekday is the last one on or before the
publication, a month without a year the last one begun by then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ..languages import Pack
from ..sentences.tokens import Token


@dataclass(frozen=True, slots=True)
class Dated:
    """A date expression at `tokens[first:last]`: an ISO day, month or year."""

    first: int
    last: int
    iso: str


def find(tokens: Sequence[Token], pack: Pack, published: date | None) -> list[Dated]:
    """The date expressions of a sentence, the longest at each place; relative ones only where the publication day is known."""
    # A name of a month is one only with its capital, where the language writes one: `may`, `march`.
    keys = ["" if token.keys[0] in pack.capital_dates and not token.text[0].isupper() else token.keys[0] for token in tokens]
    found: list[Dated] = []
    position = 0
    while position < len(keys):
        best: Dated | None = None
        for first in (keys[position], *_slots(keys[position], pack)):
            for meaning, form in pack.dates.get(first, ()):
                end, iso = _match(meaning, form, keys, position, pack, published)
                if iso and (best is None or end > best.last):
                    best = Dated(position, end, iso)
        if best is not None:
            found.append(best)
            position = best.last
        else:
            position += 1
    return found


def _slots(key: str, pack: Pack) -> tuple[str, ...]:
    """The slots that a word could fill at the head of a form."""
    if key.isdigit():
        return ("#", "d", "m", "y")
    return ("#", "month") if key in pack.numbers else ("month",)


def _match(meaning: str, form: Sequence[str], keys: Sequence[str], start: int, pack: Pack,
           published: date | None) -> tuple[int, str]:
    """(end, ISO date) of a form at a position, or (0, "")."""
    slots: dict[str, int] = {}
    i = start
    for word in form:
        if i >= len(keys):
            return 0, ""
        if word == "#":
            number = _number(keys[i], pack)
            if number is None:
                return 0, ""
            slots["#"] = number
            i += 1
        elif meaning == "order" and word in ("d", "m", "y"):
            if not keys[i].isdigit():
                return 0, ""
            value = int(keys[i])
            if not {"d": 1 <= value <= 31, "m": 1 <= value <= 12, "y": 1900 <= value <= 2100}[word]:
                return 0, ""
            slots[word] = value
            i += 1
        elif meaning == "order" and word == "month":
            end, month = _month(keys, i, pack)
            if not end:
                return 0, ""
            slots["m"], i = month, end
        elif word == keys[i]:
            i += 1
        else:
            return 0, ""
    return i, _resolve(meaning, slots, published)


def _month(keys: Sequence[str], start: int, pack: Pack) -> tuple[int, int]:
    for meaning, form in pack.dates.get(keys[start], ()):
        if meaning.startswith("month:") and tuple(keys[start:start + len(form)]) == form and int(meaning[6:]) > 0:
            return start + len(form), int(meaning[6:])
    return 0, 0


def _number(key: str, pack: Pack) -> int | None:
    if key.isdigit() and len(key) < 4:
        return int(key)
    return pack.numbers.get(key)


def _resolve(meaning: str, slots: dict[str, int], published: date | None) -> str:
    """The ISO date of a meaning, or "" where it cannot be told."""
    if meaning == "order":
        return _calendar(slots.get("y"), slots.get("m"), slots.get("d"), published)
    if published is None:
        return ""
    unit, _, amount = meaning.partition(":")
    try:
        if unit == "month" and amount.isdigit() and amount != "0":
            return _calendar(None, int(amount), None, published)
        if unit == "weekday":
            return (published - timedelta(days=(published.isoweekday() - int(amount)) % 7)).isoformat()
        if unit == "ago":
            return _back(amount, slots.get("#", 1), published)
        if unit in ("day", "week", "month", "year"):
            return _back(unit, -int(amount), published)
    except (ValueError, OverflowError):
        return ""
    return ""


def _back(unit: str, count: int, published: date) -> str:
    """`count` units before the publication; weeks and months give a month, years a year."""
    if unit == "day":
        return (published - timedelta(days=count)).isoformat()
    months = published.year * 12 + published.month - 1 - count * {"month": 1, "year": 12}.get(unit, 0)
    if months < 12:
        return ""
    if unit == "year":
        return f"{months // 12:04d}"
    if unit == "month":
        return f"{months // 12:04d}-{months % 12 + 1:02d}"
    if unit == "week":
        return (published - timedelta(days=7 * count)).isoformat()[:7]
    return ""


def _calendar(year: int | None, month: int | None, day: int | None, published: date | None) -> str:
    if year is None:
        if published is None:
            return ""
        if month is None:                                  # a day alone: of this month, or of the last
            if day is None:
                return ""
            back = published if day <= published.day else published.replace(day=1) - timedelta(days=1)
            return _calendar(back.year, back.month, day, published)
        year = published.year
        if (month, day or 1) > (published.month, published.day):
            year -= 1
    if month is None:
        return f"{year:04d}"
    if day is None:
        return f"{year:04d}-{month:02d}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def is_history(iso: str, published: date | None) -> bool:
    """Whether an act of that date is background: more than about a month before publication (CODEBOOK, aux modes)."""
    if published is None or not iso:
        return False
    if len(iso) == 4:
        return int(iso) < published.year
    first = date.fromisoformat(iso if len(iso) == 10 else iso + "-28")
    return (published - first).days > 31
