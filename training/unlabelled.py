"""Sentences without coding, to distil on: news and treebanks of all sixteen languages, and the texts of the coded items.

Read from `../shared`; nothing of it is stored in the project. Left out are treebanks under a non-commercial licence and whatever is
marked for evaluation only.
"""

from __future__ import annotations

import json
import lzma
import random
import re
from collections.abc import Iterator
from pathlib import Path

LANGUAGES = ["ar", "de", "en", "es", "fa", "fr", "hi", "hy", "id", "ja", "ko", "pt", "ru", "tr", "uk", "zh"]
TREEBANKS = {"Arabic": "ar", "German": "de", "English": "en", "Spanish": "es", "Persian": "fa", "French": "fr", "Hindi": "hi",
             "Armenian": "hy", "Western_Armenian": "hy", "Indonesian": "id", "Japanese": "ja", "Korean": "ko", "Portuguese": "pt",
             "Russian": "ru", "Turkish": "tr", "Ukrainian": "uk", "Chinese": "zh"}
#: Non-commercial by ud/LICENSE_NOTE.md.
CLOSED = re.compile(r"PADT|GUM|ParTUT|IMST|German-LIT|Ukrainian-IU|HDTB|HTB|UDTB|Beginner")
NEWS = {"id.jsonl.xz", "en_reuters.jsonl.xz", "masakhanews.jsonl.xz", "pt.jsonl.xz"}
MASAKHA = {"eng": "en", "fra": "fr"}
_SENTENCE = re.compile(r"[^.!?。！？؟।։\n]{12,400}[.!?。！？؟।։]?")


def sentences(shared: Path, corpus: Path, cap: int, seed: int) -> dict[str, list[str]]:
    """At most `cap` different sentences a language, in a fixed random order."""
    pools: dict[str, dict[str, None]] = {language: {} for language in LANGUAGES}
    for language, text in _texts(shared, corpus):
        if language in pools:
            for found in _SENTENCE.finditer(text):
                pools[language].setdefault(" ".join(found[0].split()))
    out = {}
    for language, pool in pools.items():
        rows = list(pool)
        random.Random(seed).shuffle(rows)
        out[language] = rows[:cap]
    return out


def _texts(shared: Path, corpus: Path) -> Iterator[tuple[str, str]]:
    for path in [*sorted(corpus.glob("*.jsonl")), *sorted((shared / "gold/train").glob("*.jsonl"))]:
        for line in path.read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            yield item["lang"], item["text"]
    for path in sorted((shared / "data/ud").glob("*.conllu.xz")):
        name = path.name.removeprefix("UD_").split("-")[0]
        if name in TREEBANKS and not CLOSED.search(path.name):
            with lzma.open(path, "rt", encoding="utf-8") as lines:
                for line in lines:
                    if line.startswith("# text = "):
                        yield TREEBANKS[name], line[9:]
    with lzma.open(shared / "data/wcep/items.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield "en", json.loads(line)["text"]
    for path in sorted((shared / "data/news").glob("*.jsonl.xz")):
        if path.name in NEWS:
            with lzma.open(path, "rt", encoding="utf-8") as lines:
                for line in lines:
                    article = json.loads(line)
                    yield MASAKHA.get(article["lang"], article["lang"]), article["text"]
