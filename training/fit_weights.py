#!/usr/bin/env python3
"""Fit the weights that join triggers to actors, `src/hubungan/events/weights.json`, on hand-coded articles.

    python training/fit_weights.py GOLD.jsonl... [--folds 5]

GOLD files hold coded articles with spans (the form of `hubungan code --format articles`). Three models are fitted: `actor` and
`recipient` choose among the phrases beside the triggers that a coder marked too; `event` tells whether what the program makes of a
trigger is among the coder's dyads. It is fitted on roles assigned by models that have not seen the item; translations of one item
stay in one fold. Prints what the folds reach; the threshold in `events/coding.py` is set by it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from hubungan import pipeline
from hubungan.evaluate.score import dyads
from hubungan.events import coding, features, roles, standing
from hubungan.events.discourse import Act
from hubungan.events.features import Scene
from hubungan.events.triggers import Hit
from hubungan.events.weights import Model
from hubungan.languages import available
from hubungan.ontology import FUTURE_AS, NEGATED_FUTURE_AS, QUAD
from hubungan.records import Article, Span

TARGET = Path(__file__).parent.parent / "src/hubungan/events/weights.json"
SMALLEST = 0.01                        # weights below this are left out
PRIOR = 6.0                            # strength of the L2 prior on the weights of roles


@dataclass
class Sample:
    """A gold article, parsed."""

    gold: dict
    parsed: pipeline.Parsed
    fold: int

    def hits(self) -> Iterator[tuple[Scene, Span, Hit]]:
        for span, scene in zip(self.parsed.sentences, self.parsed.scenes):
            for hit in scene.hits:
                yield scene, span, hit

    def aligned(self, scene: Scene, hit: Hit) -> dict | None:
        """The gold event that this trigger tells of, if any."""
        start, end = scene.tokens[hit.first].start, scene.tokens[hit.last - 1].end
        for same in (lambda e: e["event"] == hit.sense.event,
                     lambda e: e["event"] in (FUTURE_AS.get(hit.sense.event), NEGATED_FUTURE_AS.get(hit.sense.event)),
                     lambda e: QUAD[e["event"]] == QUAD[hit.sense.event]):
            for event in self.gold["events"]:
                trigger = event["trigger"]
                if trigger["text"] and trigger["start"] < end and start < trigger["end"] and same(event):
                    return event
        return None


def read(paths: Iterable[Path], folds: int) -> list[Sample]:
    samples = []
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            gold = json.loads(line)
            if gold["lang"] not in available():
                continue
            published = date.fromisoformat(gold["published"]) if gold["published"] else None
            article = Article(gold["id"], gold["text"], gold["lang"], published, gold["source"] or "", gold["title"] or "")
            parsed = next(pipeline.parse(pipeline.prepare([article])))
            item = gold["id"].split(".")[0]
            samples.append(Sample(gold, parsed, sum(map(ord, item)) * 7919 % 10007 % folds))
    return samples


def role_choices(samples: Iterable[Sample]) -> Iterator[tuple[list[list[str]], set[int], set[int]]]:
    """For each aligned trigger: the features of each phrase group and of nobody, which groups act, which are acted on."""
    for sample in samples:
        for scene, _, hit in sample.hits():
            event = sample.aligned(scene, hit)
            if event is None:
                continue
            usable = roles.candidates(scene, hit)
            before = standing.governor(scene, hit)
            rows = [list(features.role(scene, hit, group, before)) for group in usable] + [list(features.nobody(scene, hit))]
            actors, recipients = (chosen(scene, usable, event[side]) or {len(usable)} for side in ("actor", "recipient"))
            yield rows, actors, recipients


def chosen(scene: Scene, groups: list, entities: list[dict]) -> set[int]:
    """The groups that stand for gold entities: those at the same words, else those with the same id."""
    out = set()
    for entity in entities:
        here = {i for i, group in enumerate(groups) for phrase in group
                if scene.tokens[phrase.first].start < entity["end"] and entity["start"] < scene.tokens[phrase.last - 1].end
                and entity["text"]}
        same = {i for i, group in enumerate(groups) if any(phrase.id == entity["id"] for phrase in group)}
        out |= here & same or here or same
    return out


def event_rows(samples: Iterable[Sample], actor: Model, recipient: Model) -> Iterator[tuple[list[str], bool | None, set]]:
    """(features, right, dyads) for each trigger; right is None where coders could differ."""
    for sample in samples:
        required = set().union(*(dyads(e) for e in sample.gold["events"] if not e["optional"]))
        spare = set().union(*(dyads(e) for e in sample.gold["events"] if e["optional"])) - required
        published = sample.parsed.prepared.article.published
        earlier: list[Act] = []
        for scene in sample.parsed.scenes:
            for one in coding.attempts(scene, published, actor, recipient, earlier):
                if not one.who.actors and not one.who.recipients:
                    continue
                earlier.append(Act(one.hit.sense.event, one.who.actors, one.who.recipients))
                found = dyads({"event": one.category, "aux": one.aux, "actor": [{"id": p.id} for p in one.who.actors],
                               "recipient": [{"id": p.id} for p in one.who.recipients]})
                right: bool | None = 2 * len(found & required) >= len(found)
                if not right and found & spare:
                    right = None
                yield one.features, right, {(sample.gold["id"], *dyad) for dyad in found}


def fit(rows: list[list[str]], truth: list[bool], c: float) -> Model:
    vectors = DictVectorizer()
    x = vectors.fit_transform([{feature: 1.0 for feature in row} for row in rows])
    x.indices, x.indptr = x.indices.astype(np.int32), x.indptr.astype(np.int32)      # all that liblinear takes
    model = LogisticRegression(C=c, solver="liblinear", fit_intercept=False).fit(x, np.array(truth))
    weights = dict(zip(vectors.feature_names_, model.coef_[0]))
    return Model({k: round(float(v), 3) for k, v in weights.items() if abs(v) >= SMALLEST})


def fit_choice(choices: list[tuple[list[list[str]], set[int]]], strength: float) -> Model:
    """A conditional logit: the weights under which the chosen of each set of rows are most probable, with an L2 prior."""
    vectors = DictVectorizer()
    x = vectors.fit_transform([{feature: 1.0 for feature in row} for rows, _ in choices for row in rows]).tocsr()
    sizes = np.array([len(rows) for rows, _ in choices])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    truth = np.concatenate([[i in right for i in range(len(rows))] for rows, right in choices]).astype(float)
    which = np.repeat(np.arange(len(choices)), sizes)

    def shares(scores: np.ndarray) -> np.ndarray:
        top = np.maximum.reduceat(scores, starts)
        e = np.exp(scores - top[which])
        return e / np.add.reduceat(e, starts)[which]

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        p = shares(x @ w)
        right = np.add.reduceat(p * truth, starts) + 1e-12
        gradient = p - p * truth / right[which]
        return float(-np.log(right).sum() + strength / 2 * w @ w), x.T @ gradient + strength * w

    w = minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    return Model({k: round(float(v), 3) for k, v in zip(vectors.feature_names_, w) if abs(v) >= SMALLEST})


def fit_roles(samples: list[Sample]) -> tuple[Model, Model]:
    found = list(role_choices(samples))
    return fit_choice([(rows, a) for rows, a, _ in found], PRIOR), fit_choice([(rows, r) for rows, _, r in found], PRIOR)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--folds", type=int, default=5)
    args = parser.parse_args()
    samples = read(args.gold, args.folds)
    print(f"{len(samples)} articles in {len({s.gold['lang'] for s in samples})} languages")

    held_out: list[tuple[list[str], bool | None, set]] = []
    fold_of: list[int] = []
    for fold in range(args.folds):
        actor, recipient = fit_roles([s for s in samples if s.fold != fold])
        rows = list(event_rows([s for s in samples if s.fold == fold], actor, recipient))
        held_out += rows
        fold_of += [fold] * len(rows)
    odds = np.zeros(len(held_out))
    for fold in range(args.folds):
        train = [row for row, f in zip(held_out, fold_of) if f != fold and row[1] is not None]
        model = fit([row for row, _, _ in train], [bool(right) for _, right, _ in train], 0.2)
        for i, row in enumerate(held_out):
            if fold_of[i] == fold:
                odds[i] = model.score(row[0])
    report(samples, held_out, 1 / (1 + np.exp(-odds)))

    final = [row for row in held_out if row[1] is not None]
    actor, recipient = fit_roles(samples)
    models = {"actor": actor, "recipient": recipient,
              "event": fit([row for row, _, _ in final], [bool(right) for _, right, _ in final], 0.2)}
    TARGET.write_text(json.dumps(
        {"fitted_on": sorted({path.name for path in args.gold}),
         "models": {name: dict(sorted(model.weights.items())) for name, model in models.items()}},
        ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{', '.join(f'{name} {len(model.weights)}' for name, model in models.items())} weights -> {TARGET}")


def report(samples: list[Sample], rows: list, probability: np.ndarray) -> None:
    """Print dyad precision, recall and F1 on the held-out folds by threshold."""
    required: set = set()
    spare: set = set()
    for sample in samples:
        for event in sample.gold["events"]:
            (spare if event["optional"] else required).update((sample.gold["id"], *d) for d in dyads(event))
    spare -= required
    for threshold in (0.0, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6):
        found: set = set().union(*(row[2] for row, p in zip(rows, probability) if p >= threshold)) - spare
        right = len(found & required)
        p, r = right / max(1, len(found)), right / max(1, len(required))
        print(f"  threshold {threshold:.2f}: precision {p:.3f} recall {r:.3f} F1 {2 * p * r / max(1e-9, p + r):.3f}")


if __name__ == "__main__":
    main()
