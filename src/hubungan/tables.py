"""Reading the tables: tab-separated lines under a line of column names, and the notation for word forms."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from itertools import product
from pathlib import Path
from typing import ParamSpec, TypeVar

from .errors import TableError

_BRACES = re.compile(r"\{([^{}]*)\}")


def rows(path: Path, columns: str = "") -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line number, {column: cell}) for each row of a table; a missing file has no rows.

    Args:
        columns: those that the table must have, separated by spaces.

    Raises:
        TableError: a column is missing, or a row has more cells than the head line has columns.
    """
    if not path.exists():
        return
    with path.open(encoding="utf-8") as lines:
        head: list[str] | None = None
        for number, line in enumerate(lines, 1):
            line = line.rstrip("\r\n")
            if not line.strip() or line.startswith("#"):
                continue
            cells = line.split("\t")
            if head is None:
                head = cells
                if missing := set(columns.split()) - set(head):
                    raise TableError(path, number, f"no column {', '.join(sorted(missing))} under '{line}'")
                continue
            if len(cells) > len(head):
                raise TableError(path, number, f"{len(cells)} cells under {len(head)} columns ({', '.join(head)})")
            yield number, dict(zip(head, cells + [""] * (len(head) - len(cells))))


def split(cell: str) -> list[str]:
    """The forms of a cell, which are separated by `|`."""
    return [form.strip() for form in cell.split("|") if form.strip()]


def expand(form: str, endings: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield each plain form that the notation stands for.

    `{a,b}` stands for either ending, `{name}` for the endings of that paradigm. A brace with no comma that names no
    paradigm raises KeyError with the name.
    """
    if "{" not in form:
        yield form
        return
    parts = _BRACES.split(form)
    choices = [[part] if i % 2 == 0 else (part.split(",") if "," in part else endings[part])
               for i, part in enumerate(parts)]
    for combination in product(*choices):
        yield "".join(combination)


_P = ParamSpec("_P")
_T = TypeVar("_T")


def uncollected(load: Callable[_P, _T]) -> Callable[_P, _T]:
    """Keep the garbage collector from tables, which are many objects that live as long as the process and no garbage.

    It pauses while they are read, which halves the time, and does not look through them again and again afterwards.
    """
    @wraps(load)
    def wrapped(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        running = gc.isenabled()
        gc.disable()
        try:
            tables = load(*args, **kwargs)
            gc.freeze()
            return tables
        finally:
            if running:
                gc.enable()
    return wrapped
