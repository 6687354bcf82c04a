"""The page for a person: events marked in place, and no text of an article that can act on the terminal."""

import io
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from hubungan import pipeline
from hubungan.output import page
from hubungan.records import Article

SENTENCE = "Israel bombed Lebanon on Monday."
HOSTILE = "\x1b[31mred\x1b[0m \u202erev\u202c \u2066iso\u2069 [bold]x[/bold] [link=http://evil]on[/link] :smiley: \x07\x9b31m\r"


def code(text, **more):
    (one,) = pipeline.code([Article("x", text, "en", date(2024, 5, 8), **more)])
    return one


def printed(coded, how, color=None):
    console = Console(file=io.StringIO(), width=400, record=True, color_system=color, force_terminal=color is not None,
                      highlight=False, legacy_windows=False, no_color=color is None)
    how(coded, console)
    return console.file.getvalue()


def test_show_marks_trigger_and_actors_in_place():
    assert "[actor Israel] <bombed> [recipient Lebanon] on Monday." in printed(code(SENTENCE), page.show)


def test_with_colour_there_are_no_brackets():
    out = printed(code(SENTENCE), page.show, "standard")
    assert "\x1b[" in out and "[actor" not in out and "<bombed>" not in out


def test_show_says_what_and_when():
    out = printed(code(SENTENCE), page.show)
    assert "ASSAULT" in out and "ISR GOV Israel → LBN GOV Lebanon" in out and "2024-05-06" in out
    assert "1 event, 0 statements, 1 sentences" in out


def test_show_prints_statements():
    out = printed(code('"Peace is near for everybody," French President Emmanuel Macron said.'), page.show)
    assert "FRA Emmanuel Macron said: “Peace is near for everybody”" in out


def test_an_article_with_nothing_in_it():
    assert "0 events" in printed(code("Nothing happened."), page.show)


def test_explain_names_mentions_rules_and_what_was_set_aside():
    out = printed(code(f"{SENTENCE} The weather was fine.\n\nREAD MORE: Canada recalls its ambassador"), page.explain)
    assert "en/triggers.tsv:" in out and "coded: <bombed>" in out
    assert "no word in it names an act" in out
    assert "set aside" in out and "READ MORE: Canada recalls its ambassador" in out
    assert "pack: en" in out


@pytest.mark.parametrize("how", [page.show, page.explain])
@pytest.mark.parametrize("text", [
    f"{HOSTILE} {SENTENCE}", f"{HOSTILE}\n\n{SENTENCE} {HOSTILE}", f"Israel bombed {HOSTILE} Lebanon.",
    f'"{HOSTILE} we attacked Russia," French President Emmanuel Macron said.', f"READ MORE: {HOSTILE}\n\n{SENTENCE}",
])
def test_hostile_text_reaches_the_terminal_as_plain_characters(how, text):
    for color in (None, "truecolor"):
        out = printed(code(text, title=HOSTILE, source=HOSTILE, url=HOSTILE), how, color)
        for sign in "\x07\x9b\r\u202e\u202c\u2066\u2069":
            assert sign not in out
        assert "\x1b]8" not in out and "\x1b[31mred" not in out     # no link, no colour of the article's making
        assert "[bold]x[/bold]" in out and "[link=http://evil]on[/link]" in out and ":smiley:" in out
    assert "\x1b" not in printed(code(text, title=HOSTILE, source=HOSTILE), how)


@pytest.mark.parametrize("how", [page.show, page.explain])
def test_hostile_ids_and_warnings(how):
    coded = replace(code(SENTENCE), article=Article("[bold]x[/bold]\x1b[31m", SENTENCE, "en"), warnings=(HOSTILE,))
    out = printed(coded, how)
    assert "[bold]x[/bold]·[31m" in out and "\x1b" not in out and "\u202e" not in out


@given(st.text(max_size=60))
def test_safe_text_has_the_same_length_and_no_control_character(text):
    shown = page.safe(text)
    assert len(shown) == len(text)
    assert all(c == "\t" or not (ord(c) < 32 or 127 <= ord(c) < 160) for c in shown)
