"""The measure of coding: dyad F1 and what goes with it.

Both sides are articles in the form of `hubungan code --format articles`, joined by `id`; a gold article with no prediction counts
as coded with nothing. Figures are micro-averaged, for each language and over all:

  dyad     F1 over the document's set of (category, asserted or not, actor id, recipient id). The figure that counts.
  quad     the same with the category reduced to its quad class.
  located  F1 over (sentence, category): is the event found where it stands?

and, over located events paired one to one: aux, mode, date, sector, name, place, as shares of pairs that agree; statements: F1
over (speaker id, content overlapping by half). Events marked `optional` in the gold neither gain nor lose.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from itertools import combinations
from pathlib import Path

from .. import pipeline
from ..articles.read import day
from ..core.encoder import Encoder
from ..errors import UsageError
from ..ontology import MUTUAL, QUAD
from ..output.jsonl import as_article
from ..records import Article

_UNDIRECTED = {"CONSULT"}
_SENTENCE_END = re.compile(r"\n+|(?<=[.!?؟।…])(?<!\b[A-Z]\.)(?<!\bMr\.)(?<!\bDr\.)(?<!\bMrs\.)(?<!\bGen\.)(?<!\bSen\.)"
                          r"[\"'”’»)\]]*\s+|(?<=[。！？])")


def read(path: str | Path) -> dict[str, dict]:
    """Hand-coded articles by id.

    Raises:
        UsageError: the file is not there, a line is not a coded article, or an article stands twice.
    """
    articles: dict[str, dict] = {}
    try:
        lines = Path(path).read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as problem:
        raise UsageError(f"{path}: cannot be read: {problem}") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            article = json.loads(line)
            key = article["id"]
            article["text"], article["events"], article["lang"]
        except (ValueError, KeyError, TypeError) as problem:
            raise UsageError(f"{path}:{number}: expected an object with id, lang, text, events: {problem!r}") from None
        if key in articles:
            raise UsageError(f"{path}:{number}: article {key} stands twice")
        articles[key] = article
    return articles


def ids(entities: list[dict] | None) -> list[str]:
    """The distinct ids of entities, sorted."""
    return sorted({e["id"] for e in entities or []})


def dyads(event: dict) -> set[tuple]:
    """The event as a set of (category, asserted, actor, recipient).

    Several actors without a recipient are a mutual act in the categories that allow one: its unordered pairs.
    Elsewhere (two states condemn) each actor stands alone, with `-` for the recipient.
    """
    category = event["event"]
    asserted = not {"negation", "hypothetical"} & set(event.get("aux") or [])
    actors, recipients = ids(event.get("actor")), ids(event.get("recipient"))
    mutual = not recipients and len(actors) > 1 and category in MUTUAL
    pairs: Iterable[tuple[str, ...]]
    pairs = combinations(actors, 2) if mutual else [(a, r) for a in actors or ["-"] for r in recipients or ["-"]]
    if mutual or category in _UNDIRECTED:
        pairs = [tuple(sorted(p)) for p in pairs]
    return {(category, asserted, a, r) for a, r in pairs}


def sentence_of(text: str) -> Callable[[int], int]:
    """A function from a character offset to the number of its sentence."""
    ends = [m.end() for m in _SENTENCE_END.finditer(text)]

    def number(offset: int) -> int:
        low, high = 0, len(ends)
        while low < high:
            middle = (low + high) // 2
            if offset < ends[middle]:
                high = middle
            else:
                low = middle + 1
        return low
    return number


def f1(tp: int, fp: int, fn: int) -> dict:
    """Precision, recall, F1 and the sizes of both sides."""
    p = tp / (tp + fp) if tp + fp else 0.0
    r = tp / (tp + fn) if tp + fn else 0.0
    return {"p": p, "r": r, "f1": 2 * p * r / (p + r) if p + r else 0.0, "gold": tp + fn, "found": tp + fp}


class Tally:
    """Counts of what agrees, over any number of articles."""

    def __init__(self) -> None:
        self.counts: dict[str, Counter] = defaultdict(Counter)
        self.agree: dict[str, list[int]] = defaultdict(list)
        self.errors: list[str] = []

    def sets(self, figure: str, gold: set, optional: set, found: set, where: str = "") -> None:
        optional = optional - gold
        found = found - optional
        count = self.counts[figure]
        count["tp"] += len(gold & found)
        count["fp"] += len(found - gold)
        count["fn"] += len(gold - found)
        if where:
            self.errors += [f"{where}  missed  {' '.join(map(str, k))}" for k in sorted(gold - found, key=str)]
            self.errors += [f"{where}  extra   {' '.join(map(str, k))}" for k in sorted(found - gold, key=str)]

    def result(self) -> dict:
        out = {name: f1(c["tp"], c["fp"], c["fn"]) for name, c in self.counts.items()}
        out["pairs"] = {k: {"share": sum(v) / len(v), "n": len(v)} for k, v in self.agree.items() if v}
        return out


def pair_up(gold: list[dict], found: list[dict], where: Callable[[int], int]) -> list[tuple[dict, dict]]:
    """Pair events of the same sentence and category, those sharing most entities first."""
    def likeness(g: dict, p: dict) -> int:
        return len(set(ids(g.get("actor"))) & set(ids(p.get("actor")))) \
            + len(set(ids(g.get("recipient"))) & set(ids(p.get("recipient"))))
    options = sorted(((likeness(g, p), -i, -j) for i, g in enumerate(gold) for j, p in enumerate(found)
                      if g["event"] == p["event"]
                      and where(g["trigger"]["start"]) == where(p["trigger"]["start"])), reverse=True)
    used_g, used_p, pairs = set(), set(), []
    for _, i, j in options:
        if i not in used_g and j not in used_p:
            used_g.add(i)
            used_p.add(j)
            pairs.append((gold[-i], found[-j]))
    return pairs


def by_id(entities: list[dict] | None, key: str) -> dict:
    return {e["id"]: e.get(key) for e in entities or [] if e.get(key)}


def score_article(gold: dict, found: dict, tally: Tally, verbose: bool) -> None:
    """Add one article to a tally."""
    required = [e for e in gold["events"] if not e.get("optional")]
    spare = [e for e in gold["events"] if e.get("optional")]
    predicted = found.get("events", [])

    def union(events: list[dict]) -> set[tuple]:
        return set().union(*map(dyads, events)) if events else set()

    def quad(keys: set[tuple]) -> set[tuple]:
        return {(QUAD[k[0]], *k[1:]) for k in keys}

    g, o, p = union(required), union(spare), union(predicted)
    tally.sets("dyad", g, o, p, gold["id"] if verbose else "")
    tally.sets("quad", quad(g), quad(o), quad(p))
    where = sentence_of(gold["text"])

    def located(events: list[dict]) -> set[tuple]:
        return {(where(e["trigger"]["start"]), e["event"]) for e in events}

    tally.sets("located", located(required), located(spare), located(predicted))
    for a, b in pair_up(required, predicted, where):
        tally.agree["aux"].append(set(a.get("aux") or []) == set(b.get("aux") or []))
        if a.get("mode"):
            tally.agree["mode"].append(bool(set(a["mode"]) & set(b.get("mode") or [])))
        if a.get("date"):
            tally.agree["date"].append(str(b.get("date") or "")[:len(a["date"])] == a["date"])
        if a.get("place"):
            tally.agree["place"].append((b.get("place") or {}).get("country") == a["place"].get("country"))
        for role in ("actor", "recipient"):
            for key in ("sector", "name"):
                want, got = by_id(a.get(role), key), by_id(b.get(role), key)
                tally.agree[key] += [want[i] == got.get(i) for i in want if i in got or i in ids(b.get(role))]
    said, heard = gold.get("statements", []), found.get("statements", [])
    if said or heard:
        matched = set()
        for s in said:
            for j, h in enumerate(heard):
                overlap = min(s["end"], h["end"]) - max(s["start"], h["start"])
                if j not in matched and s["speaker"]["id"] == h["speaker"]["id"] \
                        and 2 * overlap >= max(s["end"] - s["start"], h["end"] - h["start"]):
                    matched.add(j)
                    break
        tally.counts["statements"].update(tp=len(matched), fp=len(heard) - len(matched), fn=len(said) - len(matched))


def score(gold: dict[str, dict], found: dict[str, dict], verbose: bool = False) -> tuple[dict, list[str]]:
    """Figures for each language and `all`, and where verbose the missed and extra dyads.

    Args:
        gold, found: articles by id.
    """
    tallies: dict[str, Tally] = defaultdict(Tally)
    for key, article in gold.items():
        for name in ("all", article["lang"]):
            score_article(article, found.get(key, {}), tallies[name], verbose and name == "all")
    return {name: t.result() for name, t in sorted(tallies.items())}, tallies["all"].errors


def as_text(figures: dict) -> str:
    """The figures as a table, a line a language."""
    lines = [f"{'':>5} {'dyad P':>7} {'R':>6} {'F1':>6} {'quad F1':>8} {'located':>8} {'stmt':>6}  agreement on paired events"]
    for name, f in figures.items():
        d = f["dyad"]
        pairs = "  ".join(f"{k} {v['share']:.2f}/{v['n']}" for k, v in f["pairs"].items())
        lines.append(f"{name:>5} {d['p']:7.3f} {d['r']:6.3f} {d['f1']:6.3f} {f['quad']['f1']:8.3f} {f['located']['f1']:8.3f}"
                     f" {f.get('statements', {}).get('f1', 0):6.3f}  {pairs}")
    return "\n".join(lines)


def evaluate(path: str | Path, verbose: bool = False, encoder: Encoder | None = None) -> tuple[dict, list[str]]:
    """Code the texts of a gold file with this program, by the rules alone or with the encoder, and score what comes out.

    Raises:
        UsageError: the file is not one of hand-coded articles.
    """
    gold = read(path)
    articles = (Article(key, one["text"], one["lang"], day(one.get("published")), one.get("source") or "", one.get("title") or "")
                for key, one in gold.items())
    found = {coded.article.id: as_article(coded) for coded in pipeline.code(articles, encoder)}
    return score(gold, found, verbose)
