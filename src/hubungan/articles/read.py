"""Reading articles out of files, folders and standard input; whatever cannot be read is a named rejection.

Files are `.txt` (one article, the first line its title), `.jsonl` (one JSON object a line), `.csv` and `.parquet` (one row an
article) with the fields `id, lang, published, source, title, text` or `body`, `url`. All but the text are optional.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from ..errors import InputError, UsageError
from ..records import Article, Rejection

#: The longest article that is coded, in characters; a novel has half of that.
MAX_CHARACTERS = 1_000_000
#: The longest line of JSON that is read, in bytes.
MAX_LINE = 8 * MAX_CHARACTERS
FIELDS = ("id", "lang", "published", "source", "title", "text", "body", "url")

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})([T ].*)?")
_CONTROL = re.compile("[\x01-\x08\x0e-\x1f]")


def read(paths: Iterable[str | Path], published: date | None = None, lang: str = "") -> Iterator[Article | Rejection]:
    """Yield the articles of files, folders and `-`, in order; rejections stand where their article would.

    Args:
        published, lang: for articles that do not say.

    Raises:
        UsageError: a path does not exist; no input is read then.
    """
    sources = [source for path in paths for source in _files(path)]
    seen: set[str] = set()
    for path in sources:
        for item in _file(path, published, lang):
            if isinstance(item, Article):
                if item.id in seen:
                    item = Rejection(str(path), "duplicate-id", f"an article with the id '{item.id}' was read before")
                else:
                    seen.add(item.id)
            yield item


def article(fields: Mapping[str, Any], published: date | None = None, lang: str = "") -> Article:
    """Make an article from the fields of a record.

    Where `title` does not already head `text` it is put there, with a blank line behind it.

    Raises:
        InputError: a field is missing or cannot be used.
    """
    text = _string(fields, "text") or _string(fields, "body")
    if not text.strip():
        if "text" in fields or "body" in fields:
            raise InputError("empty", "the text is empty")
        raise InputError("missing-text", f"expected a field `text` or `body`, found {', '.join(map(str, fields)) or 'none'}")
    title = _string(fields, "title").strip()
    if title and not text.startswith(title):
        text = f"{title}\n\n{text}"
    if len(text) > MAX_CHARACTERS:
        raise InputError("too-large", f"{len(text):,} characters; at most {MAX_CHARACTERS:,} are coded: split it into articles")
    if "\0" in text or len(_CONTROL.findall(text[:10_000])) > 20:
        raise InputError("binary", "it holds NUL bytes or control characters: expected plain text")
    try:
        content = text.encode("utf-8")
    except UnicodeEncodeError as problem:
        raise InputError("encoding", f"half of a surrogate pair at character {problem.start}") from None
    tag = _string(fields, "lang") or lang
    if tag and not _TAG.fullmatch(tag):
        raise InputError("bad-language", f"'{tag}' is not a BCP 47 tag such as `id`, `en` or `pt-BR`")
    return Article(
        id=_string(fields, "id") or hashlib.sha256(content).hexdigest()[:16], text=text, lang=tag,
        published=day(fields.get("published")) or published, source=_string(fields, "source"), title=title,
        url=_string(fields, "url"))


def day(value: Any) -> date | None:
    """A day from a date, a date-time or its ISO text; None from nothing.

    Raises:
        InputError: the text is no day of the calendar.
    """
    if value is None or value == "" or value != value:     # NaN marks a missing date in data frames
        return None
    match = _DAY.fullmatch(str(value).strip())
    try:
        if match is None:
            raise ValueError
        return date.fromisoformat(match.group(1))
    except ValueError:
        raise InputError("bad-date", f"published '{str(value)[:40]}' is not a day in ISO form such as 2024-05-08") from None


def _string(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    if value is None or value != value:
        return ""
    if isinstance(value, (str, int)) and not isinstance(value, bool):
        text = str(value)
        if name != "text" and name != "body" and any("\ud800" <= c <= "\udfff" for c in text):
            raise InputError("encoding", f"`{name}` holds bytes that are not UTF-8, or half of a surrogate pair")
        return text
    raise InputError("bad-field", f"`{name}` is {type(value).__name__}, expected text")


def _files(path: str | Path) -> list[Path]:
    if str(path) == "-":
        return [Path("-")]
    path = Path(path)
    if path.is_dir():
        found = sorted(file for file in path.rglob("*") if file.suffix.lower() in _READERS and file.is_file())
        if not found:
            raise UsageError(f"{path}: no {', '.join(_READERS)} file in this folder")
        return found
    if not path.exists():
        raise UsageError(f"{path}: there is no such file or folder")
    return [path]


def _file(path: Path, published: date | None, lang: str) -> Iterator[Article | Rejection]:
    if str(path) == "-":
        yield from _standard_input(published, lang)
        return
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        yield Rejection(str(path), "malformed", f"'{path.suffix}' files are not read: expected {', '.join(_READERS)}")
        return
    try:
        with path.open("rb") as stream:
            yield from reader(str(path), stream, published, lang)
    except OSError as problem:
        yield Rejection(str(path), "unreadable", problem.strerror or str(problem))


def _standard_input(published: date | None, lang: str) -> Iterator[Article | Rejection]:
    raw: Any = sys.stdin.buffer
    stream = raw if isinstance(raw, io.BufferedReader) else io.BufferedReader(raw)
    json_lines = stream.peek(64).lstrip()[:1] == b"{"
    yield from (_json_lines if json_lines else _text)("<stdin>", stream, published, lang)


def _attempt(where: str, make: Callable[[], Article]) -> Article | Rejection:
    try:
        return make()
    except InputError as problem:
        return Rejection(where, problem.reason, problem.detail)


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        if b"\0" in data:
            raise InputError("binary", "it holds NUL bytes: expected plain text") from None
        raise InputError("encoding", f"byte {problem.start} is not valid UTF-8: save it as UTF-8") from None


def _text(where: str, stream: BinaryIO, published: date | None, lang: str) -> Iterator[Article | Rejection]:
    def make() -> Article:
        data = stream.read(4 * MAX_CHARACTERS + 1)
        if len(data) > 4 * MAX_CHARACTERS:
            raise InputError("too-large", f"more than {MAX_CHARACTERS:,} characters: split it into articles")
        text = _decode(data)
        title, _, body = text.partition("\n")
        if body.strip() and not body.lstrip(" \t").startswith(("\n", "\r")):
            text = f"{title.rstrip()}\n\n{body}"
        return article({"title": title.strip() if body.strip() else "", "text": text}, published, lang)

    yield _attempt(where, make)


def _json_lines(where: str, stream: BinaryIO, published: date | None, lang: str) -> Iterator[Article | Rejection]:
    for number, line in enumerate(_lines(stream), 1):
        if line is not None and not line.strip():
            continue

        def make(line: bytes | None = line) -> Article:
            if line is None:
                raise InputError("too-large", f"the line is longer than {MAX_LINE:,} bytes")
            try:
                fields = json.loads(_decode(line))
            except (ValueError, RecursionError) as problem:
                raise InputError("malformed", f"not JSON: {problem}") from None
            if not isinstance(fields, dict):
                raise InputError("malformed", f"a JSON {type(fields).__name__}, expected an object with `text` or `body`")
            return article(fields, published, lang)

        yield _attempt(f"{where}:{number}", make)


def _lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """Lines; None for one that is too long, which is never held in memory whole."""
    while line := stream.readline(MAX_LINE + 1):
        if len(line) <= MAX_LINE:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(MAX_LINE)
        yield None


def _csv(where: str, stream: BinaryIO, published: date | None, lang: str) -> Iterator[Article | Rejection]:
    csv.field_size_limit(MAX_LINE)
    # Bytes that are not UTF-8 come through as surrogates and are named when their row is made into an article.
    rows = csv.DictReader(io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline=""))
    try:
        head = [name.strip().lower() for name in rows.fieldnames or []]
        rows.fieldnames = head
        if not {"text", "body"} & set(head):
            yield Rejection(where, "missing-text", f"expected a column `text` or `body`, found {', '.join(head)[:200] or 'none'}")
            return
        for row in rows:
            fields = {name: value for name, value in row.items() if name in FIELDS}
            yield _attempt(f"{where}:{rows.line_num}", partial(article, fields, published, lang))
    except csv.Error as problem:
        yield Rejection(f"{where}:{rows.line_num}", "malformed", f"not CSV from here on: {problem}")


def _parquet(where: str, stream: BinaryIO, published: date | None, lang: str) -> Iterator[Article | Rejection]:
    import pyarrow as pa
    import pyarrow.parquet as pq
    try:
        table = pq.ParquetFile(stream)
        columns = [name for name in table.schema_arrow.names if name in FIELDS]
        if not {"text", "body"} & set(columns):
            names = ", ".join(table.schema_arrow.names)[:200]
            yield Rejection(where, "missing-text", f"expected a column `text` or `body`, found {names or 'none'}")
            return
        number = 0
        for batch in table.iter_batches(batch_size=256, columns=columns):
            for fields in batch.to_pylist():
                number += 1
                yield _attempt(f"{where}:row {number}", partial(article, fields, published, lang))
    except (pa.ArrowException, OSError, UnicodeDecodeError) as problem:
        yield Rejection(where, "malformed", f"not a Parquet file: {str(problem).splitlines()[0][:200]}")


_READERS: dict[str, Callable[[str, BinaryIO, date | None, str], Iterator[Article | Rejection]]] = {
    ".txt": _text, ".jsonl": _json_lines, ".csv": _csv, ".parquet": _parquet}
