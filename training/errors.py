#!/usr/bin/env python3
"""Why hand-coded events are not found: each cause counted, and on request shown.

    python training/errors.py GOLD.jsonl... [--show CAUSE] [--limit 40]

GOLD files hold coded articles with spans. Of each event that coders agree on, the first of these that holds is its cause:
trigger (no table word lies on the coder's), category (the word has another sense), id (an entity is linked to nobody or to somebody
else), sentence (an entity is named in another sentence), roles (who acts or is acted on is chosen wrongly), standing (all right but
an aux mode, or the confidence is below the threshold).
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from fit_weights import Sample, read
from hubungan import pipeline
from hubungan.evaluate.score import dyads, ids
from hubungan.events import coding, roles, standing
from hubungan.events.weights import models
from hubungan.output.jsonl import as_article


def cause(sample: Sample, event: dict) -> str:
    """Why an event that is not found is not."""
    fitted = models()
    for scene, _, hit in sample.hits():
        if sample.aligned(scene, hit) is event:
            break
    else:
        return "trigger"
    if hit.sense.event != event["event"]:
        return "category"
    wanted = {*ids(event["actor"]), *ids(event["recipient"])}
    if wanted - {phrase.id for other in sample.parsed.scenes for phrase in other.phrases}:
        return "id"
    if wanted - {phrase.id for phrase in scene.phrases}:
        return "sentence"
    who = roles.assign(scene, hit, standing.governor(scene, hit), coding.judges(fitted))
    chosen = [{phrase.id for phrase in side} for side in (who.actors, who.recipients)]
    return "standing" if chosen == [set(ids(event["actor"])), set(ids(event["recipient"]))] else "roles"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--show", metavar="CAUSE")
    parser.add_argument("--limit", type=int, default=40)
    args = parser.parse_args()
    causes: Counter[str] = Counter()
    gold = (json.loads(line) for path in args.gold for line in path.read_text(encoding="utf-8").splitlines())
    for sample in read(gold, 1):
        coded = as_article(next(pipeline.interpret([sample.parsed])))
        found = set().union(*map(dyads, coded["events"]))
        for event in sample.gold["events"]:
            if event["optional"]:
                continue
            why = "found" if dyads(event) <= found else cause(sample, event)
            causes[why] += 1
            if why == args.show and causes[why] <= args.limit:
                print(f"{sample.gold['id']} {event['event']} <{event['trigger']['text']}> "
                      f"{ids(event['actor'])} -> {ids(event['recipient'])}")
    for why, count in causes.most_common():
        print(f"{why:10} {count:5} {count / sum(causes.values()):6.2f}")


if __name__ == "__main__":
    main()
