"""Writing coded articles: whole or not at all."""

from __future__ import annotations

import csv
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from ..errors import UsageError
from ..records import Coded, Rejection
from .jsonl import as_article, as_events
from .table import COLUMNS, rows, schema

#: Format names, with the file endings that choose them.
FORMATS = {"articles": ".jsonl", "events": ".events.jsonl", "csv": ".csv", "parquet": ".parquet"}
_ROWS_AT_ONCE = 10_000


def format_for(out: str | None, asked: str | None) -> str:
    """The format that was asked for, or that the name of the output file says.

    Raises:
        UsageError: there is no such format, or the name says none.
    """
    if asked:
        if asked not in FORMATS:
            raise UsageError(f"no format '{asked}': there are {', '.join(FORMATS)}")
        return asked
    for name, ending in sorted(FORMATS.items(), key=lambda pair: -len(pair[1])):
        if out and out.endswith(ending):
            return name
    raise UsageError(f"cannot tell the format of '{out}': add --format with one of {', '.join(FORMATS)}")


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A path to write to, which takes the place of `path` when all has gone well and leaves nothing when it has not.

    Raises:
        UsageError: the folder does not exist or cannot be written to.
    """
    if path.is_dir():
        raise UsageError(f"cannot write {path}: it is a folder")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    except OSError as problem:
        raise UsageError(f"cannot write {path}: {problem.strerror}") from None
    os.close(handle)
    part = Path(name)
    try:
        yield part
        with part.open("rb") as stream:
            os.fsync(stream.fileno())
        part.chmod(0o666 & ~_umask())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def write(coded: Iterable[Coded], out: str, kind: str) -> None:
    """Write coded articles to a file, or for `-` to standard output.

    Raises:
        UsageError: Parquet was asked for on standard output, or the place cannot be written to.
    """
    if out == "-":
        if kind == "parquet":
            raise UsageError("Parquet is binary: give a file with -o")
        _WRITERS[kind](coded, sys.stdout)
        return
    with whole(Path(out)) as part:
        if kind == "parquet":
            _parquet(coded, part)
        else:
            with part.open("w", encoding="utf-8", newline="") as stream:
                _WRITERS[kind](coded, stream)


def write_rejections(rejections: Iterable[Rejection], out: str) -> None:
    """Write rejections as JSON lines of `where`, `reason`, `detail`."""
    with whole(Path(out)) as part, part.open("w", encoding="utf-8") as stream:
        for one in rejections:
            _line(stream, {"where": one.where, "reason": one.reason, "detail": one.detail})


def _line(stream: IO[str], record: dict[str, Any]) -> None:
    stream.write(json.dumps(record, ensure_ascii=False) + "\n")


def _articles(coded: Iterable[Coded], stream: IO[str]) -> None:
    for one in coded:
        _line(stream, as_article(one))


def _events(coded: Iterable[Coded], stream: IO[str]) -> None:
    for one in coded:
        for record in as_events(one):
            _line(stream, record)


def _csv(coded: Iterable[Coded], stream: IO[str]) -> None:
    # Everything but numbers is quoted: the module would leave a bare carriage return as it is.
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    stream.write(",".join(COLUMNS) + "\n")
    for row in rows(coded):
        writer.writerow({name: _cell(value) for name, value in row.items()})


def _cell(value: Any) -> Any:
    """A value that no spreadsheet takes for a formula: text that begins like one gets an apostrophe before it."""
    if isinstance(value, str) and value[:1] in "=+-@\t\r" and value:
        return "'" + value
    return value


def _parquet(coded: Iterable[Coded], path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq
    shape = schema()
    with pq.ParquetWriter(path, shape, compression="zstd") as writer:
        batch: list[dict[str, Any]] = []
        for row in rows(coded):
            batch.append(row)
            if len(batch) == _ROWS_AT_ONCE:
                writer.write_table(pa.Table.from_pylist(batch, schema=shape))
                batch = []
        writer.write_table(pa.Table.from_pylist(batch, schema=shape))


_WRITERS: dict[str, Callable[[Iterable[Coded], IO[str]], None]] = {"articles": _articles, "events": _events, "csv": _csv}
