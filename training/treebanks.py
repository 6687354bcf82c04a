"""Who does what to whom, as grammar: verbs with their subjects and objects from Universal Dependencies, to teach the roles by.

The annotated subject of a verb acts in it, its object and the subject of its passive are acted on. What grammar leaves open (the
noun that a clause modifies, the subject of the clause above) is left open here too. Treebanks under a non-commercial licence are
left out.
"""

from __future__ import annotations

import lzma
import random
from collections.abc import Iterator
from pathlib import Path

from data import UNKNOWN, Chars, Example, Told
from unlabelled import CLOSED, TREEBANKS

NOUNS = {"NOUN", "PROPN", "PRON"}
INSIDE = {"flat", "compound", "amod", "nmod", "det", "nummod", "appos", "fixed", "goeswith"}
ACTS = {"nsubj", "obl:agent"}
SUFFERS = {"obj", "iobj", "nsubj:pass", "dobj", "nsubjpass"}
OPEN = {"obl", "obl:arg", "nmod", "obl:patient", "csubj", "nsubj:outer"}


def sentences(folder: Path, cap: int, seed: int) -> list[Example]:
    """At most `cap` sentences a language that hold a verb with a noun that acts or is acted on."""
    pools: dict[str, list[Example]] = {}
    for path in sorted(folder.glob("*.conllu.xz")):
        language = TREEBANKS.get(path.name.removeprefix("UD_").split("-")[0])
        if language is None or CLOSED.search(path.name):
            continue
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for block in _blocks(lines):
                one = example(block, language)
                if one is not None:
                    pools.setdefault(language, []).append(one)
    out = []
    for _, rows in sorted(pools.items()):
        random.Random(seed).shuffle(rows)
        out += rows[:cap]
    return out


def _blocks(lines: Iterator[str]) -> Iterator[list[str]]:
    block: list[str] = []
    for line in lines:
        if line.strip():
            block.append(line.rstrip("\n"))
        elif block:
            yield block
            block = []
    if block:
        yield block


def example(block: list[str], language: str) -> Example | None:
    """A sentence, if its words can be found in its text and one of its verbs has a role to give."""
    text = next((line[9:] for line in block if line.startswith("# text = ")), "")
    words: dict[int, tuple[str, int, str, Chars]] = {}     # number → (part of speech, head, relation, characters)
    at, until, span = 0, 0, (0, 0)
    for line in block:
        cells = line.split("\t")
        if len(cells) < 8 or "." in cells[0]:
            continue
        first = int(cells[0].split("-")[0])
        if first > until or "-" in cells[0]:
            start = text.find(cells[1], at)
            if start < 0 or start > at + 3:
                return None
            span = start, start + len(cells[1])
            at = span[1]
            until = int(cells[0].split("-")[1]) if "-" in cells[0] else first
        if "-" not in cells[0]:
            if not cells[6].isdigit():
                return None
            words[first] = cells[3], int(cells[6]), cells[7], span
    one = Example("", language, text, False, "ud")
    nouns = [number for number, (kind, _, _, _) in words.items() if kind in NOUNS]
    one.mentions = [_phrase(words, number) for number in nouns]
    one.sectors = [""] * len(nouns)
    for number, (kind, _, _, chars) in words.items():
        if kind != "VERB":
            continue
        roles = {noun: _role(words, number, noun) for noun in nouns}
        acts, suffers, unknown = (tuple(i for i, noun in enumerate(nouns) if roles[noun] == role)
                                  for role in ("acts", "suffers", "open"))
        if acts or suffers:
            one.events.append(Told(UNKNOWN, chars, (), (), acts, suffers, unsure=unknown))
    return one if one.events and len(text) < 400 else None


def _role(words: dict[int, tuple[str, int, str, Chars]], verb: int, noun: int) -> str:
    _, head, relation, _ = words[noun]
    if head == verb:
        passive = any(h == verb and r.startswith("aux:pass") for _, h, r, _ in words.values())
        if relation == "nsubj" and passive:
            return "suffers"
        return "acts" if relation in ACTS else "suffers" if relation in SUFFERS else "open" if relation in OPEN else ""
    _, above, how, _ = words[verb]
    if above == noun:
        return "open"                                      # the noun that a clause modifies
    own = any(h == verb and r.startswith("nsubj") for _, h, r, _ in words.values())
    if not own and above == head and relation.startswith("nsubj"):
        return "acts" if relation == "nsubj" and how in ("conj", "xcomp") else "open"
    return ""


def _phrase(words: dict[int, tuple[str, int, str, Chars]], noun: int) -> Chars:
    """The noun with the modifiers that stand beside it."""
    low = high = noun
    inside = lambda i: i in words and words[i][2].split(":")[0] in INSIDE and low <= words[i][1] <= high  # noqa: E731
    while inside(low - 1):
        low -= 1
    while inside(high + 1):
        high += 1
    return words[low][3][0], words[high][3][1]
