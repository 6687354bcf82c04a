"""Words of a text and the keys under which tables know them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import regex

# One character a word in scripts that are written without spaces.
_SINGLE = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
_LETTER = r"[[\p{L}\p{M}\u200c\u200d]--[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]]"
_WORD = regex.compile(
    rf"(?:\p{{Lu}}\.){{2,}}"                       # U.S.
    rf"|(?<=\p{{L}})['’]s\b|n['’]t\b"              # possessive and negation are words of their own
    rf"|\d+(?:[.,]\d+)*"
    rf"|{_SINGLE}\p{{M}}*"
    # A word ends where its letters end, before n't, and where scraping has glued the next one on (`PresidenFinlandia`).
    rf"|{_LETTER}+?(?=n['’]t\b|(?<=\p{{Ll}}\p{{Ll}})(?=\p{{Lu}}\p{{Ll}})|(?!{_LETTER}))"
    rf"|[^\s\p{{L}}\p{{M}}\p{{N}}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]", regex.V1)
_JOINERS = "-‐‑'’ʼ·・"                              # between two letters these separate words and are none themselves
#: Marks that part a sentence within.
COMMAS = frozenset(",，،、;；؛:：—՝")
_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ؤ": "و", "ئ": "ي",
                         "ـ": None, "\u200c": None, "\u200d": None, "ё": "е", "’": "'"})


class Token(NamedTuple):
    """A word at `text[start:end]`.

    `keys` are what it is looked up under: first itself, then itself without clitics; `clitics[i]` holds the classes of what
    was removed for `keys[i]`: (of the prefix, of the suffix), empty where nothing was.
    """

    text: str
    start: int
    end: int
    keys: tuple[str, ...]
    clitics: tuple[tuple[str, str], ...]


@lru_cache(maxsize=1 << 17)
def fold(word: str) -> str:
    """The key of a word: no case, no accents on Latin letters, no vowel signs and letter variants in Arabic.

    >>> fold("Erdoğan"), fold("U.S."), fold("Ёлка")
    ('erdogan', 'us', 'елка')
    """
    if word.isascii():
        return word.lower().replace(".", "") if len(word) > 2 else word.lower()
    word = unicodedata.normalize("NFC", word).casefold().translate(_ARABIC) or word
    if any("\u0100" > c > "\u007f" or "\u0100" <= c < "\u0250" or "\u1e00" <= c < "\u1f00" or "\u0300" <= c < "\u0370"
           for c in word):
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if not "\u0300" <= c < "\u0370") or word
        word = unicodedata.normalize("NFC", word).replace("ı", "i").replace("ø", "o").replace("đ", "d").replace("ł", "l")
    if "\u0600" <= word[:1] < "\u0700":
        word = "".join(c for c in word if not "\u064b" <= c <= "\u0652" and c != "\u0670") or word
    return word.replace(".", "") if len(word) > 2 else word


def words(text: str) -> list[str]:
    """The folded words of a table form."""
    return [key for _, key in pairs(text)]


def pairs(text: str) -> list[tuple[str, str]]:
    """The words of a table form, each as written and folded."""
    parts = text.split()
    return list(_part(parts[0])) if len(parts) == 1 else [pair for part in parts for pair in _part(part)]


@lru_cache(maxsize=1 << 17)
def _part(part: str) -> tuple[tuple[str, str], ...]:
    """The words of a stretch without spaces; tables use the same stretches again and again."""
    # A plain word of a script with spaces (these lie below Thai) needs no tokeniser, unless scraping could have glued it.
    if part.isalpha() and max(part) < "\u0e00" and (part[1:] == part[1:].lower() or part.isupper()):
        return ((part, fold(part)),)
    return tuple((token.text, token.keys[0]) for token in tokenize(part))


def tokenize(text: str, start: int = 0, end: int | None = None, clitics: Clitics | None = None) -> list[Token]:
    """The words of `text[start:end]`, with offsets into `text`; punctuation marks are words too."""
    tokens = []
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        word, low, high = match.group(), match.start(), match.end()
        if len(word) == 1 and word in _JOINERS and low > 0 and high < len(text) \
                and text[low - 1].isalpha() and text[high].isalpha():
            continue
        key = fold(word)
        if clitics is None:
            tokens.append(Token(word, low, high, (key,), _PLAIN))
        else:
            tokens.append(Token(word, low, high, *clitics.strip(key)))
    return tokens


_PLAIN = (("", ""),)


class Clitics:
    """Words that a script writes onto the next or the last word.

    Args:
        prefixes, suffixes: folded clitic to its class, which may be empty.
    """

    def __init__(self, prefixes: Mapping[str, str], suffixes: Mapping[str, str]) -> None:
        self.prefixes = {fold(k): v for k, v in prefixes.items()}
        self.suffixes = {fold(k): v for k, v in suffixes.items()}
        self.strip = lru_cache(maxsize=1 << 16)(self._strip)

    def _strip(self, key: str) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
        found = {key: ("", "")}
        for bare, kind in self._heads(key):
            found.setdefault(bare, (kind, ""))
        for bare, (kind, _) in list(found.items()):
            for suffix, after in self.suffixes.items():
                if bare.endswith(suffix) and len(bare) - len(suffix) >= (1 if "가" <= bare[0] <= "힣" else 3):
                    found.setdefault(bare[:-len(suffix)], (kind, after))
        return tuple(found), tuple(found.values())

    def _heads(self, key: str, depth: int = 3, kind: str = "") -> Sequence[tuple[str, str]]:
        """What is left when up to `depth` prefixes are removed, with the class of the last that has one."""
        out = []
        for prefix, of in self.prefixes.items():
            if key.startswith(prefix) and len(key) - len(prefix) >= 2:
                bare = key[len(prefix):]
                out.append((bare, of or kind))
                if depth > 1:
                    out += self._heads(bare, depth - 1, of or kind)
        return out
