"""How an act stands, and what that makes of its category."""

from datetime import date

import pytest

from hubungan import pipeline
from hubungan.events import coding
from hubungan.events.standing import settle
from hubungan.events.triggers import Hit
from hubungan.events.weights import models
from hubungan.languages import Sense
from hubungan.records import Article


def before(event):
    return Hit(0, 1, ((0, 1),), Sense("x:1", event, "", "verb", "act", ()), "active")


@pytest.mark.parametrize(("category", "found", "expected"), [
    ("CONSULT", [], ("CONSULT", ())), ("ASSAULT", ["negation"], ("ASSAULT", ("negation",))),
    ("CONSULT", ["future"], ("AGREE", ())), ("SUPPORT", ["future"], ("AGREE", ())), ("COOPERATE", ["future"], ("AGREE", ())),
    ("AID", ["future"], ("AGREE", ())), ("RETREAT", ["future"], ("CONCEDE", ())),
    ("CONSULT", ["negation", "future"], ("REJECT", ())), ("AID", ["negation", "future"], ("REJECT", ())),
    ("RETREAT", ["negation", "future"], ("REJECT", ())),
    ("ASSAULT", ["future"], ("ASSAULT", ("future",))), ("ASSAULT", ["negation", "future"], ("ASSAULT", ("negation", "future"))),
    ("CONSULT", ["hypothetical", "future"], ("CONSULT", ("hypothetical", "future"))),
    ("AGREE", ["future"], ("AGREE", ())), ("CONCEDE", ["future"], ("CONCEDE", ())),
    ("CONSULT", ["future", "historical"], ("AGREE", ("historical",))),
    ("CONSULT", ["historical"], ("CONSULT", ("historical",))),
])
def test_standing_settles_the_category(category, found, expected):
    assert settle(category, found, None) == expected


def test_a_withdrawal_agreed_on_is_a_concession():
    assert settle("RETREAT", [], before("AGREE")) == ("CONCEDE", ())
    assert settle("RETREAT", ["future"], before("AGREE")) == ("CONCEDE", ())
    assert settle("RETREAT", [], before("ACCUSE")) == ("RETREAT", ())
    assert settle("ASSAULT", [], before("AGREE")) == ("ASSAULT", ())


def readings(lang, text):
    """(category, aux) of every trigger, also of those that the model would not call an event."""
    fitted = models()
    (parsed,) = pipeline.parse(pipeline.prepare([Article("x", text, lang, date(2024, 5, 8))]))
    return [(one.category, one.aux) for here in parsed.scenes
            for one in coding.attempts(here, date(2024, 5, 8), fitted, [])]


@pytest.mark.parametrize(("lang", "text", "expected"), [
    ("en", "Russia attacked Ukraine.", ("ASSAULT", ())),
    ("en", "Russia did not attack Ukraine.", ("ASSAULT", ("negation",))),
    ("en", "China never attacked Taiwan.", ("ASSAULT", ("negation",))),
    ("en", "Russia could attack Ukraine.", ("ASSAULT", ("hypothetical",))),
    ("en", "If Russia attacks Poland, the war will spread.", ("ASSAULT", ("hypothetical",))),
    ("en", "Russia invaded Georgia in 2008.", ("ASSAULT", ("historical",))),
    ("en", "Putin will visit China.", ("AGREE", ())),
    ("en", "Putin will meet Xi Jinping.", ("AGREE", ())),
    ("en", "Israel will release Palestinian prisoners.", ("CONCEDE", ())),
    ("en", "France will withdraw its troops from Niger.", ("CONCEDE", ())),
    ("en", "Putin will not meet Zelensky.", ("REJECT", ())),
    ("en", "Turkey will not withdraw its troops from Syria.", ("REJECT", ())),
    ("en", "Russia agreed to release American prisoners.", ("CONCEDE", ())),
    ("en", "Russia agreed to withdraw its troops from Armenia.", ("CONCEDE", ())),
    ("id", "Rusia tidak menyerang Ukraina.", ("ASSAULT", ("negation",))),
    ("id", "Jika Rusia menyerang Polandia, perang meluas.", ("ASSAULT", ("hypothetical",))),
    ("id", "Putin akan bertemu Xi Jinping.", ("AGREE", ())),
    ("id", "Prancis akan menarik pasukannya dari Niger.", ("CONCEDE", ())),
    ("id", "Putin tidak akan bertemu Zelensky.", ("REJECT", ())),
    ("id", "Hamas setuju membebaskan sandera Israel.", ("CONCEDE", ())),
])
def test_sentences(lang, text, expected):
    assert expected in readings(lang, text)


def test_a_date_of_long_ago_makes_background_only_where_it_is_long_ago():
    assert ("ASSAULT", ()) in readings("en", "Russia bombed Kyiv on Monday.")
    assert ("ASSAULT", ("historical",)) in readings("en", "Russia bombed Kyiv in 2022.")


def test_an_event_that_is_negated_is_kept_and_marked():
    (coded,) = pipeline.code([Article("x", "Putin did not meet Zelensky in Moscow.", "en")])
    assert [(event.event, event.aux) for event in coded.events] == [("CONSULT", ("negation",))]
