"""What the encoder says of a sentence, in the terms of triggers and phrases; and the features by which it is joined to the rules.

The two are joined in one way everywhere: what the rules make of a choice and what the encoder makes of it become features of a
small model whose weights were fitted on coded items that the encoder has not seen (`training/fit_weights.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
        self._asks: dict[tuple[int, int], tuple[np.ndarray, np.ndarray]] = {}

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
        key, own = (hit.first, hit.last), (phrase.first, phrase.last)
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


def _step(x: float, low: int = -8, high: int = 8) -> int:
    return max(low, min(high, round(x)))


def role(learned: Learned, hit: Hit, group: Sequence[Phrase], share: float, first: bool) -> Iterator[str]:
    """Features of the choice of a group for a role.

    `share` is the rules' log share for it, `first` whether the role is the actor's.
    """
    source = hit.sense.row == ROW
    acts, suffers = max((learned.roles(hit, phrase) for phrase in group), key=lambda both: both[0 if first else 1])
    yield f"rules={_step(2 * share)} {source}"
    yield f"acts={_step(acts)}"
    yield f"suffers={_step(suffers)}"
    yield f"acts={_step(acts / 2, -2, 2)} suffers={_step(suffers / 2, -2, 2)}"
    yield f"acts={_step(acts / 2, -2, 2)} rules={_step(share, -4, 0)}"
    yield f"suffers={_step(suffers / 2, -2, 2)} rules={_step(share, -4, 0)}"
    yield f"{hit.sense.event} mine={_step((acts if first else suffers) / 2, -2, 2)}"
    if group[0].id == "UNK":
        yield "unknown"


def nobody(hit: Hit, share: float, best: float) -> Iterator[str]:
    """Features of the choice of nobody; `best` is the highest log odds of a group for the role."""
    yield "nobody"
    yield f"nobody rules={_step(2 * share)} {hit.sense.row == ROW}"
    yield f"nobody best={_step(best)}"
    yield f"nobody {hit.sense.event}"


def aux(kind: str, ruled: bool, odds: float, settled: str) -> Iterator[str]:
    """Features of an aux mode."""
    yield "bias"
    yield f"{ruled} odds={_step(odds, -6, 6)}"
    yield f"odds={_step(odds, -6, 6)}"
    yield f"ruled={ruled}"
    yield f"{settled} odds={_step(odds / 2, -2, 2)}"


def event(learned: Learned, hit: Hit, category: str, actors: Sequence[Phrase], recipients: Sequence[Phrase],
          shares: tuple[float, float], ruled: float, found: Sequence[str]) -> Iterator[str]:
    """Features of a whole event; `ruled` is the rules' log odds for it, `shares` the log shares of the roles."""
    source = "encoder" if hit.sense.row == ROW else "table"
    own, told = learned.kind(hit, category), learned.kind(hit, hit.sense.event)
    other = max(learned.kind(hit, name) for name in CATEGORIES if name not in (category, hit.sense.event))
    yield "bias"
    yield source
    yield f"{source} kind={_step(max(own, told))}"
    yield f"{source} settled={_step(own)}"
    yield f"other={_step(other)} more={other > max(own, told)}"
    if source == "table":
        yield f"rules={_step(2 * ruled)}"
        yield f"rules={_step(ruled, -4, 4)} kind={_step(own / 2, -3, 3)}"
    roles = ("A" if actors else "") + ("R" if recipients else "")
    yield f"roles={roles} {category}"
    yield f"roles={roles} {source}"
    yield f"event={category} kind={_step(own / 2, -3, 3)}"
    for name, share, row, side in (("actor", shares[0], actors, 0), ("recipient", shares[1], recipients, 1)):
        yield f"{name} share={_step(3 * share, -8, 0)} found={bool(row)}"
        if row:
            odds = max(learned.roles(hit, phrase)[side] for phrase in row)
            yield f"{name} odds={_step(odds, -6, 6)}"
            if any(phrase.id == "UNK" for phrase in row):
                yield f"{name} unknown"
            if any(phrase.sentence != learned.number for phrase in row):
                yield f"{name} elsewhere"
            if row[0].why.endswith("context") or row[0].pronoun:
                yield f"{name} {'pronoun' if row[0].pronoun else 'context'}"
    if actors and (recipients or len(actors) > 1):
        relation = learned.relation(actors[0], (recipients or actors[1:])[0], category)
        yield f"relation={_step(2 * relation, -10, 0)}"
    if actors and recipients:
        yield f"same={ {a.id for a in actors} == {r.id for r in recipients} }"
    for name in found:
        yield f"aux={name}"


def statement(learned: Learned, source: str, verb: Hit, speaker: Phrase, content: tuple[int, int], quote: bool) -> Iterator[str]:
    """Features of an attributed statement: `content` in tokens of the scene."""
    yield "bias"
    yield source
    yield f"{source} say={_step(learned.kind(verb, SAY), -5, 5)}"
    yield f"speaker={_step(learned.roles(verb, speaker)[0] / 2, -3, 3)}"
    yield f"content={_step(learned.said(*content) / 2, -3, 3)}"
    yield f"{source} quote={quote} content={_step(learned.said(*content) / 2, -3, 3)}"
    yield f"length={min(5, (content[1] - content[0]) // 5)}"
    yield f"unknown={speaker.id in ('', 'UNK')}"
