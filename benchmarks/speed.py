#!/usr/bin/env python3
"""How fast hubungan codes, and what it needs: the figures of DESIGN.md.

    python benchmarks/speed.py [ARTICLES.jsonl ...] [--limit 300] [--stages] [--no-model]

Without files it times the articles of samples/, each many times over. Prints a table: cold start (a new process that codes one
article), articles a second and latency on one thread, scanning speed of the core, peak memory, installed size; and, as the
floor, reading alone (parsing the lines and splitting them into words) in the same run. With --stages it prints instead what share
of the time each stage takes, under the profiler.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import platform
import pstats
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from importlib.metadata import distributions
from itertools import cycle, islice
from pathlib import Path

from hubungan import __version__, pipeline
from hubungan.articles.read import read
from hubungan.core import NAME
from hubungan.core.encoder import Encoder, installed
from hubungan.records import Article
from hubungan.sentences import tokenize

ROOT = Path(__file__).parent.parent
_DEPENDENCIES = ("flatbuffers", "hf-xet", "hubungan", "huggingface-hub", "numpy", "onnxruntime", "protobuf", "py3langid", "pyarrow",
                 "regex", "rich", "tokenizers", "typer")


def clock(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def cold_start(path: Path, options: list[str]) -> float:
    """Median seconds of five new processes that code one article."""
    command = [sys.executable, "-m", "hubungan.cli", "code", str(path), "-o", "-", "--format", "articles", *options]
    return statistics.median(clock(lambda: subprocess.run(command, check=True, capture_output=True)) for _ in range(5))


def scan(articles: Iterable[Article]) -> float:
    """Megabytes a second of looking up every word of the articles in their packs' tables of names."""
    total, spent = 0, 0.0
    for article in articles:
        pack, _ = pipeline.choose_pack(article.lang)
        keys = [token.keys for token in tokenize(article.text, clitics=pack.clitics)]
        spent += clock(lambda keys=keys, pack=pack: [list(trie.longest(keys)) for trie in pack.names])
        total += len(article.text.encode())
    return total / 1e6 / spent


def size() -> float:
    """Megabytes of the program and what it needs."""
    names = {name.lower() for name in _DEPENDENCIES}
    files = [file for one in distributions() if one.metadata["Name"].lower() in names for file in one.files or ()]
    tables = sum(file.stat().st_size for file in (ROOT / "src").rglob("*") if file.is_file())
    return (tables + sum(file.stat().st_size for file in map(Path, (file.locate() for file in files)) if file.is_file())) / 1e6


#: The functions that make up a stage: end of the file's path, name.
STAGES = {
    "language, furniture, sentences, words": (("pipeline.py", "prepare"), ("split.py", "split"), ("tokens.py", "tokenize")),
    "names: scanning, phrases, linking": (("pieces.py", "pieces"), ("phrases.py", "phrases"), ("link.py", "sentence")),
    "encoder": (("encoder.py", "read"),),
    "triggers and function words: scanning": (("triggers.py", "find"), ("functions.py", "__init__")),
    "roles, standing, dates, statements": (("coding.py", "read"), ("statements.py", "find"), ("dates.py", "find")),
}


def stages(articles: list[Article], encoder: Encoder | None) -> None:
    """Print the share of each stage in the time that the profiler counts."""
    profile = cProfile.Profile()
    profile.enable()
    list(pipeline.code(articles, encoder))
    profile.disable()
    spent = {(Path(file).name, name): row[3] for (file, _, name), row in pstats.Stats(profile).stats.items() if "hubungan" in file}
    for stage, functions in STAGES.items():
        print(f"{stage:40} {sum(spent.get(one, 0.0) for one in functions) / spent['pipeline.py', 'interpret']:5.0%}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("articles", nargs="*", type=Path)
    parser.add_argument("--limit", type=int, default=300)
    parser.add_argument("--stages", action="store_true")
    parser.add_argument("--no-model", action="store_true", help="by the rules alone")
    args = parser.parse_args()
    paths = args.articles or [ROOT / "samples"]
    found = [one for one in read(paths) if isinstance(one, Article)]
    articles = list(islice(found if args.articles else cycle(found), args.limit))
    words = sum(len(one.text.split()) for one in articles)
    lines = [json.dumps({"text": one.text}) for one in articles]

    reading = clock(lambda: [json.loads(line)["text"].split() for line in lines])
    encoder = None if args.no_model else installed()
    list(pipeline.code({one.lang: one for one in articles}.values(), encoder))          # the packs are read before the clock starts
    if args.stages:
        stages(articles, encoder)
        return
    times = [clock(lambda one=one: list(pipeline.code([one], encoder))) for one in articles]
    events = sum(len(one.events) for one in pipeline.code(articles, encoder))
    ordered = sorted(times)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows = [
        ("cold start to a coded article", f"{cold_start(ROOT / 'samples' / 'en.jsonl', ['--no-model'] * args.no_model):.2f} s"),
        ("articles a second, one thread", f"{len(articles) / sum(times):.0f}"),
        ("words a second, one thread", f"{words / sum(times):,.0f}"),
        ("one article, p50", f"{1000 * statistics.median(times):.1f} ms"),
        ("one article, p99", f"{1000 * ordered[int(0.99 * (len(ordered) - 1))]:.1f} ms"),
        ("scanning, core alone", f"{scan(articles):.1f} MB/s"),
        ("peak memory of the process", f"{peak:.0f} MB"),
        ("reading alone, articles a second", f"{len(articles) / reading:,.0f}"),
        ("installed size with dependencies", f"{size():.0f} MB"),
    ]
    print(f"hubungan {__version__}, core: {NAME}; Python {platform.python_version()}, {platform.machine()}")
    print(f"{len(articles)} articles of {words / len(articles):.0f} words, {events / len(articles):.1f} events an article")
    for name, value in rows:
        print(f"{name:36} {value:>12}")


if __name__ == "__main__":
    main()
