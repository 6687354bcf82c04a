"""The command line."""

from __future__ import annotations

import json
import os
import platform
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from importlib.util import find_spec
from itertools import islice
from typing import TYPE_CHECKING, Annotated, NoReturn, Optional

import typer
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from . import core
from .articles.read import day, read
from .errors import REASONS, HubunganError, InputError, UsageError
from .languages import available, load
from .output import page
from .output.write import FORMATS, format_for, write, write_rejections
from .records import Article, Coded, Rejection
from .version import __version__

if TYPE_CHECKING:
    from .core.encoder import Encoder

app = typer.Typer(
    name="hubungan", no_args_is_help=True, add_completion=False, rich_markup_mode="rich", pretty_exceptions_enable=False,
    help="Reads news in many languages and writes down who did what to whom, on which words it rests, and who says so.",
    epilog="Exit codes: 0 done, 1 some input was rejected, 2 wrong usage. More: README.md, DESIGN.md.")
_err = Console(stderr=True, highlight=False, soft_wrap=True)
_TOGETHER = 8                          # articles that are coded together
_LISTED = 5                            # rejections that are named one by one on the terminal

Paths = Annotated[list[str], typer.Argument(help="Files (.txt .jsonl .csv .parquet), folders of these, or - for standard input.")]
Published = Annotated[Optional[str], typer.Option(
    "--published", metavar="DATE", help="Day of publication, such as 2024-05-08, of articles that do not say it.")]
NoModel = Annotated[bool, typer.Option("--no-model", help="Code by the rules of the language packs alone, without the encoder.")]
Lang = Annotated[Optional[str], typer.Option(
    "--lang", metavar="TAG", help="BCP 47 tag, such as id or pt-BR, of articles that do not say it; recognised otherwise.")]


def main() -> None:
    """Run the command line; every error on purpose is one line and an exit code."""
    try:
        app()
    except HubunganError as problem:
        _err.print(Text(f"hubungan: {problem}", style="red"))
        sys.exit(2)
    except KeyboardInterrupt:
        _err.print("hubungan: stopped; nothing was written")
        sys.exit(130)


def run() -> NoReturn:
    """The program: the command line, and out. Freeing the tables one by one would take half a second."""
    status = 0
    try:
        main()
    except SystemExit as stop:
        status = stop.code if isinstance(stop.code, int) else 0
    except BrokenPipeError:                                # the reader of a pipe has seen enough
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        status = 1
    with suppress(BrokenPipeError):
        sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


@app.callback(invoke_without_command=True)
def _root(version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False) -> None:
    if version:
        typer.echo(f"hubungan {__version__}")
        raise typer.Exit


@app.command(epilog="Examples: [bold]hubungan code samples/[/bold]   [bold]hubungan code news.jsonl -o events.parquet[/bold]   "
                    "[bold]cat story.txt | hubungan code - --published 2024-05-08[/bold]   "
                    "Exit codes: 0, 1 some rejected, 2 usage.")
def code(paths: Paths,
         out: Annotated[Optional[str], typer.Option("-o", "--out", metavar="OUT", help="File to write; - for standard output. "
                        "Without it a page for reading is shown.")] = None,
         format: Annotated[Optional[str], typer.Option("--format", metavar="FORMAT", help=f"One of {', '.join(FORMATS)}; "
                           "otherwise the ending of OUT says it.")] = None,
         published: Published = None, lang: Lang = None, no_model: NoModel = False,
         rejections: Annotated[Optional[str], typer.Option("--rejections", metavar="FILE",
                               help="Write the inputs that were not coded to this file, as JSON lines.")] = None) -> None:
    """Code articles into events."""
    kind = format_for(out, format) if out or format else None
    refused: list[Rejection] = []
    with _progress(shown=bool(out)) as step:
        coded = _coded(paths, published, lang, refused, step, no_model)
        if kind is None:
            console = Console(highlight=False, soft_wrap=False)
            for one in coded:
                page.show(one, console)
        else:
            write(coded, out or "-", kind)
    if rejections:
        write_rejections(refused, rejections)
    _report(refused, rejections)
    raise typer.Exit(1 if refused else 0)


@app.command(epilog="Example: [bold]hubungan explain samples/id.jsonl[/bold]   Exit codes: 0, 1 rejected, 2 usage.")
def explain(path: Annotated[str, typer.Argument(help="A file, or - for standard input.")],
            published: Published = None, lang: Lang = None, no_model: NoModel = False) -> None:
    """Show why each sentence was or was not coded: mentions and whom they were linked to, triggers, rules, scores."""
    refused: list[Rejection] = []
    console = Console(highlight=False)
    for one in _coded([path], published, lang, refused, lambda: None, no_model):
        page.explain(one, console)
    _report(refused, None)
    raise typer.Exit(1 if refused else 0)


@app.command(epilog="Example: [bold]hubungan pairs samples/pairs.tsv -o relations.tsv[/bold]   "
                    "Exit codes: 0, 1 some rejected, 2 usage.")
def pairs(table: Annotated[str, typer.Argument(metavar="FILE.tsv", help="A table with the columns sentence, source, target; others "
                           "pass through. Fields are parted by tabs, in a .csv by commas.")],
          out: Annotated[Optional[str], typer.Option("-o", "--out", metavar="OUT", help="File to write, .tsv or .csv; standard "
                         "output without it.")] = None) -> None:
    """Code the relation between a given source and target: adds category, quad, confidence and trigger to a table."""
    from . import pairs as relations
    from .core.encoder import installed
    columns, rows = relations.read(table)
    refused: list[Rejection] = []
    with _progress(shown=bool(out), total=len(rows), what="rows") as step:
        made = []
        for number, (row, found) in enumerate(zip(rows, relations.relate(rows, installed())), 1):
            step()
            if isinstance(found, InputError):
                refused.append(Rejection(f"{table}: row {number}", found.reason, found.detail))
                made.append(row | dict.fromkeys(relations.ADDED, ""))
            else:
                made.append(row | {"category": found.category, "quad": str(found.quad), "confidence": f"{found.confidence:.4f}",
                                   "trigger": found.trigger})
    relations.write([*columns, *relations.ADDED], made, out)
    _report(refused, None)
    raise typer.Exit(1 if refused else 0)


@app.command(epilog="Example: [bold]hubungan evaluate gold.jsonl --errors 40[/bold]   Exit codes: 0, 1 below a floor, 2 usage.")
def evaluate(gold: Annotated[list[str], typer.Argument(help="Hand-coded articles, JSON lines in the form of --format articles.")],
             as_json: Annotated[bool, typer.Option("--json", help="Print the figures as one JSON object a file.")] = False,
             errors: Annotated[int, typer.Option("--errors", metavar="N", help="Show the first N missed and extra dyads.")] = 0,
             gate: Annotated[bool, typer.Option("--gate", help="Hold the figures against the floors of this version.")] = False,
             update: Annotated[bool, typer.Option("--update", help="Raise the floors to the figures reached.")] = False,
             no_model: NoModel = False) -> None:
    """Code the texts of hand-coded articles and print how well the two agree."""
    from .evaluate import gates, score
    below = []
    for path in gold:
        figures, wrong = score.evaluate(path, verbose=bool(errors), encoder=_encoder(no_model))
        if as_json:
            typer.echo(json.dumps(figures))
        else:
            if len(gold) > 1:
                typer.echo(path)
            typer.echo(score.as_text(figures))
        for line in wrong[:errors]:
            typer.echo(line)
        if update:
            gates.update(path, figures, rules=no_model)
        elif gate:
            below += gates.check(path, figures, rules=no_model)
    for line in below:
        _err.print(Text(line, style="red"))
    raise typer.Exit(1 if below else 0)


@app.command(epilog="Example: [bold]hubungan doctor[/bold]   Exit codes: 0 all is there, 1 a table is broken.")
def doctor() -> None:
    """Say what is installed: version, core, languages, model, and what is missing."""
    from .core.encoder import installed
    console = Console(highlight=False)
    console.print(f"hubungan {__version__} on Python {platform.python_version()}, {platform.machine()} {platform.system()}")
    console.print(f"core     {core.NAME}")
    broken = []
    try:
        model = installed()
        shape = model.facts["shape"]
        console.print(f"model    {shape['layers']} layers of {shape['width']}, {shape['vocabulary']:,} pieces, "
                      f"{model.facts['made']}")
    except HubunganError as problem:
        broken.append(str(problem))
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for column in ("language", "", "pack", "stands in for"):
        table.add_column(column)
    for tag in available():
        try:
            pack = load(tag)
            table.add_row(tag, pack.name, pack.status, ", ".join(pack.also))
        except HubunganError as problem:
            broken.append(str(problem))
            table.add_row(tag, "", "broken", "")
    console.print(table)
    for name, use in (("pandas", "hubungan.to_pandas"), ("polars", "hubungan.to_polars")):
        if find_spec(name) is None:
            console.print(f"missing  {name}, which {use} needs: pip install {name}")
    for line in broken:
        console.print(Text(f"broken   {line}", style="red"))
    raise typer.Exit(1 if broken else 0)


def _coded(paths: Iterable[str], published: str | None, lang: str | None, refused: list[Rejection],
           step: Callable[[], None], no_model: bool) -> Iterator[Coded]:
    """Read and code; what is refused goes into the list."""
    try:
        given: date | None = day(published)
    except InputError as problem:
        raise UsageError(f"--published: {problem.detail}") from None
    if lang and lang.split("-")[0].lower() not in available() and not lang.replace("-", "").isalnum():
        raise UsageError(f"--lang '{lang}' is not a BCP 47 tag such as id or pt-BR")
    encoder = _encoder(no_model)
    waiting = iter(read(paths, given, lang or ""))
    while some := list(islice(waiting, _TOGETHER)):
        done = iter(_code([item for item in some if isinstance(item, Article)], encoder))
        for item in some:
            one = next(done) if isinstance(item, Article) else item
            step()
            if isinstance(one, Rejection):
                refused.append(one)
            else:
                yield one


def _encoder(no_model: bool) -> Encoder | None:
    """The installed model, unless the rules alone were asked for."""
    if no_model:
        return None
    from .core.encoder import installed
    return installed()


def _code(articles: list[Article], encoder: Encoder | None) -> list[Coded | Rejection]:
    """Code some articles; if the program fails on one, that costs this article and not the run."""
    from . import pipeline
    try:
        return list(pipeline.code(articles, encoder))
    except HubunganError:
        raise
    except Exception as problem:
        if len(articles) == 1:
            return [Rejection(articles[0].id, "failed", f"{type(problem).__name__}: {problem}")]
        return [done for one in articles for done in _code([one], encoder)]


@contextmanager
def _progress(shown: bool, total: int | None = None, what: str = "articles") -> Iterator[Callable[[], None]]:
    """Progress on the terminal: how many, how fast, of how many if that is known; gives what is to be called once one is done."""
    if not (shown and _err.is_terminal):
        yield lambda: None
        return
    columns = (SpinnerColumn(), TextColumn("coding"), MofNCompleteColumn(), TextColumn(what),
               TextColumn("{task.fields[rate]}"), TimeElapsedColumn())
    with Progress(*columns, console=_err, transient=True) as bar:
        task = bar.add_task("coding", total=total, rate="")

        def step() -> None:
            bar.advance(task)
            speed = bar.tasks[0].speed
            bar.update(task, rate=f"{speed:,.1f} a second" if speed else "")
        yield step


def _report(refused: list[Rejection], listed: str | None) -> None:
    """Say on standard error what was not coded and why."""
    if not refused:
        return
    for one in refused[:_LISTED]:
        _err.print(Text(f"rejected {one.where}: {one.reason}: {one.detail}", style="yellow"))
    if len(refused) > _LISTED:
        rest = Counter(one.reason for one in refused)
        _err.print(Text(f"{len(refused)} inputs were rejected: "
                        + ", ".join(f"{count} {reason} ({REASONS[reason]})" for reason, count in rest.most_common()),
                        style="yellow"))
    if len(refused) > _LISTED and not listed:
        _err.print("see them all with --rejections FILE")


if __name__ == "__main__":
    run()
