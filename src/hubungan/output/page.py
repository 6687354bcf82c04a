"""A coded article as a page for a person: each sentence with its events marked in place, and why, on request."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..ontology import QUAD
from ..records import Coded, Event, Mention, Span, Statement

_STYLES = {"trigger": "bold yellow", "actor": "bold green", "recipient": "bold cyan"}
_QUAD_STYLES = {1: "green", 2: "bold green", 3: "red", 4: "bold red"}
# Article text is not trusted: no control character of it reaches the terminal, nor any mark that turns the writing round.
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def safe(text: str) -> str:
    """Text with control characters shown as dots and line ends as spaces, of the same length."""
    return _UNSAFE.sub("·", text.replace("\n", " "))


def show(coded: Coded, console: Console) -> None:
    """Print an article: every sentence with an event, the events under it, then the statements."""
    _head(coded, console)
    by_sentence: dict[Span, list[Event]] = {}
    for event in coded.events:
        by_sentence.setdefault(event.sentence, []).append(event)
    for sentence, events in by_sentence.items():
        console.print()
        console.print(_marked(sentence, events, console))
        for event in events:
            console.print(_line(event))
    if coded.statements:
        console.print()
        for statement in coded.statements:
            console.print(_said(statement))
    count = len(coded.events)
    console.print(Text(f"\n{count} event{'s' * (count != 1)}, {len(coded.statements)} statements,"
                       f" {len(coded.sentences)} sentences, {len(coded.removed)} furniture lines set aside", style="dim"))


def _head(coded: Coded, console: Console) -> None:
    article = coded.article
    title = safe(article.title or coded.article.text.strip().split("\n")[0][:100])
    facts = [article.id, article.lang, article.published.isoformat() if article.published else "no date", article.source]
    console.rule(Text(title, style="bold"), align="left")
    console.print(Text(" · ".join(safe(fact) for fact in facts if fact), style="dim"))
    for warning in coded.warnings:
        console.print(Text(f"! {safe(warning)}", style="yellow"))


def _marked(sentence: Span, events: Iterable[Event], console: Console) -> Text:
    """The sentence with its triggers, actors and recipients in colour, or in brackets where there is none."""
    spans: dict[tuple[int, int], str] = {}
    for event in events:
        spans.setdefault((event.trigger.start, event.trigger.end), "trigger")
        for role, mentions in (("actor", event.actor), ("recipient", event.recipient)):
            for mention in mentions:
                spans.setdefault((mention.start, mention.end), role)
    out, at = Text(), sentence.start
    for (start, end), role in sorted(spans.items()):
        if start < at or end > sentence.end:
            continue
        out.append(safe(sentence.text[at - sentence.start:start - sentence.start]))
        words = safe(sentence.text[start - sentence.start:end - sentence.start])
        if console.color_system is None or console.no_color:
            out.append(f"[{role} {words}]" if role != "trigger" else f"<{words}>")
        else:
            out.append(words, style=_STYLES[role])
        at = end
    out.append(safe(sentence.text[at - sentence.start:]))
    return out


def _line(event: Event) -> Text:
    out = Text("  ")
    out.append(event.event, style=_QUAD_STYLES[QUAD[event.event]])
    if event.mode:
        out.append(f"/{','.join(event.mode)}")
    out.append("  ")
    out.append(_who(event.actor), style="green")
    out.append(" → ")
    out.append(_who(event.recipient), style="cyan")
    facts = [*event.aux, event.date or "", f"in {event.place.name} ({event.place.country or 'no state'})" if event.place else "",
             f"{event.confidence:.2f}"]
    out.append("  " + " · ".join(safe(fact) for fact in facts if fact), style="dim")
    return out


def _who(mentions: Iterable[Mention]) -> str:
    return " + ".join(f"{m.id} {m.sector}" + (f" {safe(m.name)}" if m.name else "") for m in mentions) or "–"


def _said(statement: Statement) -> Text:
    out = Text("  said: ", style="dim")
    out.append(f"{statement.speaker.id} {safe(statement.speaker.name or statement.speaker.text)}", style="magenta")
    words = safe(statement.text)
    words = words if len(words) <= 160 else words[:157] + "…"
    out.append(f" {safe(statement.verb)}: " + (f"“{words}”" if statement.quote else words), style="not dim")
    return out


def explain(coded: Coded, console: Console) -> None:
    """Print every sentence with whom it mentions, and each trigger with what became of it."""
    _head(coded, console)
    console.print(Text(f"pack: {coded.pack}", style="dim"))
    for number, sentence in enumerate(coded.sentences):
        console.print()
        console.print(Text(f"[{number}] {safe(sentence.text)}"))
        mentions = [m for m in coded.mentions if sentence.start <= m.start < sentence.end]
        notes = [note for note in coded.notes if note.sentence == number]
        if mentions:
            table = Table(box=None, pad_edge=False, show_header=True, header_style="dim", padding=(0, 2, 0, 0))
            for column in ("  mention", "id", "sector", "name", "linked by"):
                table.add_column(column, overflow="fold")
            for m in mentions:
                table.add_row(Text("  " + safe(m.text)), m.id, m.sector, Text(safe(m.name)), Text(f"{m.kind}: {safe(m.why)}"))
            console.print(table)
        for note in notes:
            style = "green" if note.what == "trigger" else "red"
            console.print(Text(f"  {'coded' if note.what == 'trigger' else 'not coded'}: ", style=style)
                          + Text(f"<{safe(note.text)}> ", style="yellow") + Text(safe(note.detail), style="dim not bold"))
        events = [event for event in coded.events if event.sentence == sentence]
        for event in events:
            console.print(_line(event))
        if not notes:
            console.print(Text("  not coded: no word in it names an act that the tables know", style="dim"))
    for note in coded.notes:
        if note.what == "furniture":
            console.print(Text(f"\nset aside ({safe(note.detail)}): {safe(note.text)[:200]}", style="dim"))
