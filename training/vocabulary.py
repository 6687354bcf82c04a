"""The pieces our languages need, out of the teacher's quarter of a million.

Kept are the special pieces, the pieces that the texts at hand use most, every piece of one letter in the scripts of our languages,
and then, script by script, the most frequent of the rest (the unigram score is the log of the frequency in the teacher's corpus).
"""

from __future__ import annotations

from collections import Counter

import regex
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

from teacher import Teacher

SPACE = "▁"
SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
SIZE = 76_000
SEEN = 0.8                             # of them are chosen by what the texts use
#: How the others share the room left.
SCRIPTS = {"Latin": .38, "Cyrillic": .17, "Arabic": .13, "Han": .10, "Hangul": .08, "Devanagari": .06, "Kana": .04, "Armenian": .04}
_SCRIPT = {name: regex.compile(rf"\p{{{name}}}" if name != "Kana" else r"[\p{Hiragana}\p{Katakana}]") for name in SCRIPTS}


def tokenizer(pieces: list[str], scores: list[float]) -> Tokenizer:
    """A Hugging Face tokenizer over pieces whose first four are `SPECIAL`; it gives character offsets into the text."""
    made = Tokenizer(models.Unigram(list(zip(pieces, scores)), unk_id=SPECIAL.index("<unk>")))
    made.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")])
    made.pre_tokenizer = pre_tokenizers.Metaspace()
    made.decoder = decoders.Metaspace()
    made.post_processor = processors.TemplateProcessing(single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)])
    return made


def prune(teacher: Teacher, texts: dict[str, list[str]], size: int = SIZE) -> list[int]:
    """The teacher's ids of the `size` pieces kept, special pieces first, then in the teacher's order.

    Args:
        texts: language → texts. A piece counts by its share in the language that uses it most, so that no language is crowded out.
    """
    full = tokenizer(teacher.pieces, [float(score) for score in teacher.scores])
    share: dict[int, float] = {}
    for rows in texts.values():
        counts = Counter(number for found in full.encode_batch_fast(rows, add_special_tokens=False) for number in found.ids)
        for number, count in counts.items():
            share[number] = max(share.get(number, 0), count / counts.total())
    special = [teacher.special[name] for name in SPECIAL]
    kept = set(special) | set(sorted(share, key=lambda number: (-share[number], number))[:int(size * SEEN)])
    waiting: dict[str, list[tuple[float, int]]] = {name: [] for name in SCRIPTS}
    for number, piece in enumerate(teacher.pieces):
        script = next((name for name, pattern in _SCRIPT.items() if pattern.search(piece)), None)
        if number in kept or script is None:
            continue
        if len(piece.lstrip(SPACE)) == 1 and script != "Han":
            kept.add(number)
        else:
            waiting[script].append((-float(teacher.scores[number]), number))
    room = size - len(kept)
    for script, part in SCRIPTS.items():
        kept.update(number for _, number in sorted(waiting[script])[:max(0, int(room * part))])
    return special + sorted(kept - set(special))
