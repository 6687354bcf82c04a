"""What the encoder says of a sentence, in the terms of triggers and phrases."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..actors.phrases import Phrase
from ..core.encoder import KINDS, MODES, ROLE, SAY, Encoder, Read
from ..languages import Sense
from ..ontology import AUX, CATEGORIES
from ..records import Span
from ..sentences.tokens import Token
from .triggers import Hit

#: Log odds from which on words are proposed as a trigger. Lower ones find more and lose more on the development sets.
PROPOSED = 0.0
#: Row name of triggers that no table holds.
ROW = "encoder"
_MODES = {category: [i for i, mode in enumerate(MODES) if mode.startswith(f"{category}/")] for category in CATEGORIES}


class Learned:
    """The encoder's reading of one sentence, asked by token and phrase of the scene.

    Args:
        sentence: where the sentence stands in the article; `read` counts characters from there.
        number: of the sentence, as its phrases have it; of phrases of other sentences the encoder says nothing.
    """

    def __init__(self, encoder: Encoder, read: Read, sentence: Span, tokens: Sequence[Token], number: int) -> None:
        self.encoder, self.read, self.number = encoder, read, number
        self.kinds = read.head("trigger")
        starts, ends = read.offsets[1:-1, 0] + sentence.start, read.offsets[1:-1, 1] + sentence.start
        firsts = np.searchsorted(ends, [token.start for token in tokens], side="right") + 1
        lasts = np.searchsorted(starts, [token.end for token in tokens], side="left") + 1
        self._low, self._high = firsts.tolist(), lasts.tolist()
        self._who: dict[tuple[int, int], tuple[np.ndarray, np.ndarray]] = {}
        self._asks: dict[tuple[tuple[int, int], ...], tuple[np.ndarray, np.ndarray]] = {}

    def pieces(self, first: int, last: int) -> slice:
        """The encoder's tokens that cover `tokens[first:last]`; none where the sentence was cut before them."""
        return slice(self._low[first], max(self._low[first], self._high[last - 1]))

    def kind(self, hit: Hit, category: str) -> float:
        """Log odds that the words of a trigger tell of an act of a category."""
        rows = [self.kinds[self.pieces(*part), KINDS.index(category)] for part in hit.parts]
        found = [float(row.max()) for row in rows if len(row)]
        return max(found) if found else -9.0

    def roles(self, hit: Hit, phrase: Phrase) -> tuple[float, float]:
        """Log odds that a phrase acts, and that it is acted on, in a trigger."""
        if phrase.sentence != self.number:
            return 0.0, 0.0
        key, own = hit.parts, (phrase.first, phrase.last)
        if key not in self._asks:
            self._asks[key] = self._mean("asks_actor", hit.parts), self._mean("asks_recipient", hit.parts)
        if own not in self._who:
            self._who[own] = self._mean("is_actor", [own]), self._mean("is_recipient", [own])
        (actor, recipient), (acts, suffers) = self._asks[key], self._who[own]
        return float(actor @ acts) / ROLE ** .5, float(recipient @ suffers) / ROLE ** .5

    def aux(self, hit: Hit) -> dict[str, float]:
        """Log odds of each aux mode."""
        return dict(zip(AUX, self._mean("aux", hit.parts).tolist()))

    def mode(self, hit: Hit, category: str) -> str:
        """The likeliest mode of a category, if it is more likely than none."""
        own = _MODES[category]
        if not own:
            return ""
        scores = self._mean("mode", hit.parts)[own]
        best = int(scores.argmax())
        return MODES[own[best]].split("/")[1] if scores[best] > 0 else ""

    def relation(self, actor: Phrase, recipient: Phrase, category: str) -> float:
        """Log probability that the relation between two phrases is of a category, none being one of the choices."""
        if any(phrase.sentence != self.number for phrase in (actor, recipient)):
            return -9.0
        spans = [self.pieces(phrase.first, phrase.last) for phrase in (actor, recipient)]
        if any(span.start >= span.stop for span in spans):
            return -9.0
        first, second = (np.arange(span.start, span.stop) for span in spans)
        return float(self.encoder.relation(self.read, first, second, known=False)[0][CATEGORIES.index(category)])

    def proposals(self, hits: Sequence[Hit]) -> list[Hit]:
        """Triggers that the tables lack: runs of words that could tell of an act, none of them in a trigger of that category."""
        out = []
        for number, category in enumerate(CATEGORIES):
            column = self.kinds[:, number]
            if column.max() < PROPOSED:
                continue
            taken = {i for hit in hits if hit.sense.event == category for i in range(hit.first, hit.last)}
            run: list[int] = []
            for i in [*range(len(self._low)), -1]:
                inside = i >= 0 and i not in taken and self._low[i] < self._high[i] \
                    and column[self._low[i]:self._high[i]].max() > PROPOSED
                if inside:
                    run.append(i)
                elif run:
                    out.append(Hit(run[0], run[-1] + 1, ((run[0], run[-1] + 1),),
                                   Sense(ROW, category, "", "learned", "", ()), ""))
                    run = []
        return out

    def saying(self) -> list[Hit]:
        """Words that could attribute a statement."""
        column = self.kinds[:, KINDS.index(SAY)]
        return [Hit(i, i + 1, ((i, i + 1),), Sense(ROW, SAY, "", "", "", ()), "") for i in range(len(self._low))
                if self._low[i] < self._high[i] and column[self._low[i]:self._high[i]].max() > PROPOSED]

    def content(self) -> list[tuple[int, int]]:
        """Runs of tokens of the scene that could be what is said; a word or two between two runs is part of them."""
        column = self.read.head("content")[:, 0]
        runs: list[tuple[int, int]] = []
        for i in range(len(self._low)):
            if self._low[i] < self._high[i] and column[self._low[i]:self._high[i]].mean() > 0:
                low = runs.pop()[0] if runs and i - runs[-1][1] <= 2 else i
                runs.append((low, i + 1))
        return runs

    def said(self, first: int, last: int) -> float:
        """Mean log odds that `tokens[first:last]` are what is said."""
        rows = self.read.head("content")[self.pieces(first, last), 0]
        return float(rows.mean()) if len(rows) else -9.0

    def _mean(self, head: str, parts: Sequence[tuple[int, int]]) -> np.ndarray:
        columns = self.read.head(head)
        found = [columns[self.pieces(*part)] for part in parts]
        rows = np.concatenate(found)
        return rows.mean(0) if len(rows) else np.full(columns.shape[1], -1e-3, np.float32)
