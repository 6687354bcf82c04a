"""What can go wrong, as a tree.

    HubunganError
    ├── UsageError          the caller asked for something that is not there (exit code 2)
    ├── TableError          a table of the program's own is malformed: file, line, what was expected
    └── InputError          one input cannot be coded; the run goes on without it and keeps its reason
"""

from __future__ import annotations

#: The names under which inputs are turned away, each with what it means. A rejection carries one of these and a detail.
REASONS = {
    "empty": "there is no text in it",
    "binary": "it holds NUL bytes or other binary data",
    "encoding": "it is not valid UTF-8",
    "too-large": "the article is longer than the limit",
    "malformed": "it is not of the announced form",
    "missing-text": "it has neither `text` nor `body`",
    "bad-field": "a field has a value that cannot be used",
    "bad-date": "the date is not a day of the calendar in ISO form",
    "bad-language": "the language tag is not a BCP 47 tag",
    "duplicate-id": "another article of this run has the same id",
    "unreadable": "the file cannot be opened",
    "failed": "the program failed on it: please report this",
}


class HubunganError(Exception):
    """The root of all errors raised on purpose."""


class UsageError(HubunganError):
    """A path, an option or a language that does not exist; the message says what does."""


class TableError(HubunganError):
    """A malformed table of the program's own data."""

    def __init__(self, path: object, line: int, expected: str) -> None:
        super().__init__(f"{path}:{line}: {expected}")


class InputError(HubunganError):
    """One input that cannot be coded.

    Args:
        reason: a key of REASONS.
        detail: what was found and what was expected, for a person.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason, self.detail = reason, detail
