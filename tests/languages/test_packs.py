"""Every table of every language pack."""

import shutil
import tomllib
from collections import defaultdict
from functools import cache

import pytest

from hubungan import pipeline
from hubungan.actors.registry import registry
from hubungan.errors import TableError, UsageError
from hubungan.languages import available, load
from hubungan.languages import pack as packs
from hubungan.records import Article
from hubungan.sentences.tokens import words
from hubungan.tables import expand, rows, split

TAGS = sorted(available())
COLUMNS = {
    "countries.tsv": "id names adjectives people seats", "bodies.tsv": "key names", "groups.tsv": "key names",
    "persons.tsv": "key names", "places.tsv": "id names", "roles.tsv": "sector kind forms", "fused.tsv": "id sector forms",
    "triggers.tsv": "event mode kind frame marks forms", "dates.tsv": "meaning forms", "furniture.tsv": "where text",
    "abbreviations.tsv": "form",
}
#: Members of the United Nations, without those of which many languages form no adjective: small or far states, and states that
#: share their name with another.
STATES = """
AFG ALB DZA AGO ARG ARM AUS AUT AZE BGD BLR BEL BOL BIH BRA BGR KHM CAN CHL CHN COL HRV CUB CYP CZE DNK ECU EGY ERI EST ETH
FIN FRA GEO DEU GHA GRC HND HUN ISL IND IDN IRN IRQ IRL ISR ITA JPN JOR KAZ KEN KOR KWT KGZ LVA LBN LBY LTU MYS MEX MDA MNG
NPL NLD NGA NOR PAK PER PHL POL PRT ROU RUS RWA SAU SEN SRB SVK SVN SOM ESP SDN SWE CHE SYR TJK THA TUN TUR UKR GBR USA UZB
VEN VNM YEM ZMB""".split()  # noqa: SIM905
tags = pytest.mark.parametrize("tag", TAGS)


def table(tag, name):
    return [row for _, row in rows(available()[tag] / name)]


@cache
def facts(tag):
    return tomllib.loads((available()[tag] / "pack.toml").read_text(encoding="utf-8"))


@tags
def test_loads(tag):
    pack = load(tag)
    assert pack.tag == tag and pack.name and pack.status in ("complete", "started")
    assert pack.quotes and pack.furniture and pack.dates


@tags
def test_tables_have_the_columns_that_are_known(tag):
    for path in available()[tag].glob("*.tsv"):
        lines = path.read_text(encoding="utf-8").split("\n")
        head = next(line for line in lines if line.strip() and not line.startswith("#"))
        assert path.name in COLUMNS, path
        assert head.split("\t") == COLUMNS[path.name].split(), path


@tags
def test_every_state_has_one_line_and_a_name(tag):
    lines = table(tag, "countries.tsv")
    assert sorted(line["id"] for line in lines) == sorted(registry().states)
    assert [line["id"] for line in lines if not split(line["names"])] == []


@tags
def test_states_have_adjectives_where_the_language_has_them(tag):
    adjectives = {line["id"]: split(line["adjectives"]) for line in table(tag, "countries.tsv")}
    without = [iso for iso in STATES if not adjectives[iso]]
    assert not without or len(without) > len(STATES) / 2   # Indonesian, Chinese: the name itself stands beside the noun


@tags
def test_keys_exist(tag):
    known = registry()
    keys = set(known.ids) | set(known.ids.values())
    for name in ("bodies.tsv", "groups.tsv"):
        assert [line["key"] for line in table(tag, name) if line["key"] not in keys] == []
    for line in table(tag, "places.tsv"):
        assert line["id"] in known.states, line


@tags
def test_persons_of_the_pack_are_in_the_registry(tag):
    assert [line["key"] for line in table(tag, "persons.tsv") if line["key"] not in registry().persons] == []


@tags
def test_furniture_stands_where_the_program_looks(tag):
    lines = table(tag, "furniture.tsv")
    assert {line["where"] for line in lines} <= {"line-start", "line-is", "inline", "byline"}
    assert [line for line in lines if not line["text"].strip()] == []


@tags
def test_dates_mean_something(tag):
    kinds = {"weekday", "month", "day", "week", "year", "ago", "after", "order"}
    for line in table(tag, "dates.tsv"):
        kind, _, amount = line["meaning"].partition(":")
        assert kind in kinds, line
        assert kind in ("order",) or amount in ("day", "week", "month", "year") or amount.lstrip("+-").isdigit(), line
        assert ("#" in line["forms"]) == (kind == "ago"), line


def offenders(tag):
    """Forms of the trigger table that stand under two events with the same kind."""
    endings, under = facts(tag).get("endings", {}), defaultdict(set)
    for line in table(tag, "triggers.tsv"):
        for cell in split(line["forms"]):
            for form in expand(cell, endings):
                under[tuple(tuple(words(part)) for part in form.split(" .. ")), line["kind"]].add(line["event"])
    return sorted(f"{' .. '.join(' '.join(part) for part in form)} ({kind}): {', '.join(sorted(events))}"
                  for (form, kind), events in under.items() if len(events) > 1)


@tags
def test_a_form_names_one_event(tag):
    assert offenders(tag) == []


@tags
def test_every_pack_finds_its_own_states(tag):
    names = {line["id"]: next(expand(split(line["names"])[0], facts(tag).get("endings", {})))
             for line in table(tag, "countries.tsv") if line["id"] in STATES}
    (coded,) = pipeline.code([Article("x", "\n\n".join(names.values()), tag)])
    found = {(mention.id, mention.text) for mention in coded.mentions}
    assert set(names.items()) - found == set()


@pytest.fixture
def broken(tmp_path, monkeypatch):
    """A copy of a small pack that a test can break."""
    shutil.copytree(available()["uk"], tmp_path / "xx")
    monkeypatch.setattr(packs, "_HERE", tmp_path)
    load.cache_clear()
    packs.stand_ins.cache_clear()
    yield tmp_path / "xx"
    monkeypatch.undo()
    load.cache_clear()
    packs.stand_ins.cache_clear()


@pytest.mark.parametrize(("name", "content", "message"), [
    ("triggers.tsv", "event\tmode\tkind\tframe\tmarks\tforms\nWAVE\t\tverb\tact\t-\twave\n",
     r"triggers\.tsv:2: 'WAVE verb act'"),
    ("triggers.tsv", "event\tmode\tkind\tframe\tmarks\tforms\n# x\nASSAULT\tvisit\tverb\tact\t-\thit\n",
     r"triggers\.tsv:3: ASSAULT has no mode"),
    ("triggers.tsv", "event\tmode\tkind\tframe\tmarks\tforms\nASSAULT\t\tverb\tact\tnear\thit\n",
     r"triggers\.tsv:2: marks 'near'"),
    ("triggers.tsv", "event\tmode\tkind\tframe\tmarks\tforms\nASSAULT\t\tverb\tact\t-\thit{nope}\n",
     r"triggers\.tsv:2: paradigm 'nope'"),
    ("countries.tsv", "id\tnames\tadjectives\tpeople\tseats\nQQQ\tx\n", r"countries\.tsv:2: 'QQQ' is not in"),
    ("bodies.tsv", "key\tnames\nNo Such Body\tx\n", r"bodies\.tsv:2: 'No Such Body'"),
    ("roles.tsv", "sector\tkind\tforms\nGOV\tking\tx\n", r"roles\.tsv:2: sector 'GOV', kind 'king'"),
    ("dates.tsv", "meaning\tforms\nday:0\ttoday\tx\n", r"dates\.tsv:2: 3 cells under 2 columns"),
    ("pack.toml", "name = ", r"pack\.toml:0: "),
])
def test_a_malformed_table_is_named_with_its_line(broken, name, content, message):
    (broken / name).write_text(content, encoding="utf-8")
    with pytest.raises(TableError, match=message):
        load("xx")


@pytest.mark.parametrize(("name", "content"), [
    ("furniture.tsv", "where\ttext\nsomewhere\tREAD MORE\n"), ("furniture.tsv", "were\ttext\nline-is\tx\n"),
    ("dates.tsv", "meaning\tform\nday:0\ttoday\n"), ("dates.tsv", "meaning\tforms\nfortnight:1\ta fortnight ago\n"),
    ("abbreviations.tsv", "forms\nMr.\n"),
    ("triggers.tsv", "event\tkind\tframe\tmarks\tforms\n" "ASSAULT\tverb\tact\t-\thit\n"),
    ("persons.tsv", "key\tnames\nNo Such Person\tx\n"), ("places.tsv", "id\tnames\nQQQ\tx\n"),
    ("pack.toml", 'status = "started"\n'),
])
def test_other_malformed_tables_are_named_too(broken, name, content):
    (broken / name).write_text(content, encoding="utf-8")
    with pytest.raises(TableError, match=name):
        load("xx")


def test_a_pack_that_is_not_there_names_those_that_are(broken):
    with pytest.raises(UsageError, match="no language pack 'klingon': there are xx"):
        load("klingon")


def test_the_first_part_of_a_tag_counts():
    assert load("pt-BR").tag == "pt" and load("ZH-Hant-TW").tag == "zh"
