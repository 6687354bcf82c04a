"""What an act leaves unsaid because an earlier sentence said it."""

import pytest

from hubungan import pipeline
from hubungan.records import Article


def events(lang, text):
    (coded,) = pipeline.code([Article("x", text, lang)])
    return [(event.event, event.trigger.text, sorted(m.id for m in event.actor), sorted(m.id for m in event.recipient))
            for event in coded.events]


@pytest.mark.parametrize(("lang", "text", "actor", "recipient"), [
    ("en", "Israel accused Iran of attacking the ship. Iran denied the accusation.", "IRN", "ISR"),
    ("en", "Armenia accused Azerbaijan of shelling its villages. Azerbaijan denied the accusation.", "AZE", "ARM"),
    ("id", "Armenia menuduh Azerbaijan menembaki desa. Azerbaijan membantah tuduhan itu.", "AZE", "ARM"),
])
def test_a_denial_answers_the_accuser(lang, text, actor, recipient):
    (denial,) = [event for event in events(lang, text) if event[0] == "REJECT"]
    assert denial[2:] == ([actor], [recipient])


def test_a_denial_by_a_third_party_answers_nobody():
    found = events("en", "Armenia accused Azerbaijan of lying. Kenya denied the accusation.")
    assert [event[3] for event in found if event[0] == "REJECT" and event[2] == ["KEN"]] in ([], [[]])


@pytest.mark.parametrize(("lang", "text"), [
    ("en", "Putin met Xi Jinping in Moscow. The talks lasted three hours."),
    ("en", "China and Russia held talks in Geneva. The talks lasted three hours."),
    ("id", "Rusia dan China berunding di Jenewa. Perundingan itu berlangsung tiga jam."),
])
def test_the_talks_are_between_those_who_were_said_to_talk(lang, text):
    first, second = [event for event in events(lang, text) if event[0] == "CONSULT"]
    assert first[2:] == second[2:] == (["CHN", "RUS"], [])


def test_talks_named_with_one_partner_get_the_other():
    found = events("en", "China and Russia held talks in Geneva. The negotiations with Russia lasted three hours.")
    assert [event[2] for event in found if event[0] == "CONSULT"] == [["CHN", "RUS"]] * 2


def test_the_talks_of_others_stay_theirs():
    found = events("en", "China and Russia held talks. Kenya and Uganda held talks.")
    assert [event[2] for event in found if event[0] == "CONSULT"] == [["CHN", "RUS"], ["KEN", "UGA"]]


def test_nothing_is_carried_from_one_article_to_the_next():
    first, second = pipeline.code([Article("1", "Putin met Xi Jinping.", "en"),
                                   Article("2", "The talks lasted three hours.", "en")])
    assert first.events and not second.events
