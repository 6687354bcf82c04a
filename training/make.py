#!/usr/bin/env python3
"""Make the shipped encoder, from the public weights and the data to the ONNX file with its card.

    pip install -e '.[train]'
    python training/make.py [--shared ../shared] [--build build/encoder]

Each step writes into the build folder and is skipped when it is there; a step that was stopped goes on where it was. Steps:
vocabulary, distil, finetune, export, weights (`fit_weights.py`), card (`card.py`).
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

import data
import distil
import export
import finetune
import measure
import model
import teacher
import treebanks
import unlabelled
import vocabulary
from reader import Reader

HERE = Path(__file__).parent
MODELS = HERE.parent / "src/hubungan/models"
SEED = 1
CAP = 60_000                           # sentences a language to distil on
COUNTED = 20_000                       # of them to choose the vocabulary by
DISTIL_STEPS = 900
CYCLES = ((7, 1.0), (5, 0.75))         # epochs, and how high the learning rates rise
GRAMMAR = 1_200                        # treebank sentences a language to teach roles by
POSITIONS = 256
LAYERS = [2, 5, 8, 11]                 # of the teacher, that the student begins as


def say(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {line}", flush=True)


def choose_vocabulary(build: Path, source: teacher.Teacher, pools: dict[str, list[str]]) -> list[int]:
    """The kept pieces, and their tokenizer in `tokenizer.json`."""
    path = build / "kept.json"
    if not path.exists():
        texts = {language: rows[:COUNTED] for language, rows in pools.items()}
        for table in sorted((MODELS.parent / "languages").glob("*/*.tsv")):
            texts.setdefault(table.parent.name, []).extend(table.read_text(encoding="utf-8").replace("\t", "\n").split("\n"))
        path.write_text(json.dumps(vocabulary.prune(source, texts)), encoding="utf-8")
    kept: list[int] = json.loads(path.read_text(encoding="utf-8"))
    made = vocabulary.tokenizer([source.pieces[i] for i in kept], [float(source.scores[i]) for i in kept])
    made.save(str(build / "tokenizer.json"))
    say(f"vocabulary: {len(kept)} pieces of {len(source.pieces)}")
    return kept


def distilled(build: Path, source: teacher.Teacher, kept: list[int], pools: dict[str, list[str]]) -> model.Encoder:
    """The student that says what the teacher says."""
    student = model.Encoder(model.Shape(len(kept), positions=POSITIONS))
    keep = build / "distil.pt"
    if not keep.exists() or torch.load(keep)["done"] < DISTIL_STEPS:
        tokenizer = Tokenizer.from_file(str(build / "tokenizer.json"))
        tokenizer.enable_truncation(128)
        ids = {language: [code.ids for code in tokenizer.encode_batch_fast(rows)] for language, rows in pools.items()}
        whole = model.whole(source, kept, POSITIONS).eval()
        rng = random.Random(SEED)
        rows, mask = distil.padded([row[:64] for language in sorted(ids) for row in rng.sample(ids[language], 6)])
        student = model.shrink(whole, student.shape, LAYERS, rows, mask)
        distil.distil(whole, student, ids, DISTIL_STEPS, SEED, keep, say)
    student.load_state_dict(torch.load(keep)["net"])
    with torch.no_grad():                                  # what ships is integers: train on what they stand for
        integers, steps = export.embedding(student.words.weight)
        student.words.weight.copy_(torch.from_numpy(integers.astype(np.float32) * steps[:, None]))
    return student


def taught(build: Path, student: model.Encoder, examples: list[data.Example]) -> Reader:
    """The student that codes."""
    tokenizer = Tokenizer.from_file(str(build / "tokenizer.json"))
    reader = Reader(student)
    unseen = [example for example in examples if example.held_out]

    def progress(reader: Reader) -> str:
        found = measure.triggers(reader, tokenizer, unseen)
        return (" ".join(f"{name} {f[0]:.2f}" for name, f in found.items()) + f" roles {found['all'][1]:.3f} | plv "
                + " ".join(f"{name} {f:.3f}" for name, f in measure.plv(reader, tokenizer, unseen).items()))
    seen = [example for example in examples if not example.held_out]
    for number, (epochs, peak) in enumerate(CYCLES):
        keep = build / f"reader{number}.pt"
        finetune.finetune(reader, tokenizer, seen, epochs, SEED + number, keep, say, progress, peak)
        reader.load_state_dict(torch.load(keep)["net"])
    reader.eval()
    model.rounded(reader, True)
    return reader


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--build", type=Path, default=Path("build/encoder"))
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    args.build.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(args.threads)
    torch.manual_seed(SEED)
    corpus = HERE / "corpus"
    source = teacher.read(teacher.installed())
    pools = unlabelled.sentences(args.shared, corpus, CAP, SEED)
    say("sentences: " + " ".join(f"{language} {len(rows)}" for language, rows in pools.items()))
    kept = choose_vocabulary(args.build, source, pools)
    student = distilled(args.build, source, kept, pools)
    examples = [*data.examples(args.shared, corpus), *treebanks.sentences(args.shared / "data/ud", GRAMMAR, SEED)]
    say(f"examples: {len(examples)}, of them held out {sum(example.held_out for example in examples)}")
    reader = taught(args.build, student, examples)
    tokenizer = Tokenizer.from_file(str(args.build / "tokenizer.json"))
    facts = {"made": f"fine-tuned on {sum(not e.held_out and e.source != 'ud' for e in examples):,} coded sentences",
             "known_temperature": measure.temperature(reader, tokenizer, [e for e in examples if e.held_out])}
    export.write(reader, MODELS, facts)
    (MODELS / "tokenizer.json").write_bytes((args.build / "tokenizer.json").read_bytes())
    say(f"model: {(MODELS / 'encoder.onnx').stat().st_size / 1e6:.1f} MB -> {MODELS}")
    for script in ("fit_weights.py", "card.py"):
        subprocess.run([sys.executable, str(HERE / script), "--shared", str(args.shared)], check=True)


if __name__ == "__main__":
    main()
