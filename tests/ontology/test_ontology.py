"""The ontology against the coding manual, whose tables are written out here."""

import pytest

from hubungan import ontology

QUADS = {1: "AGREE CONSULT SUPPORT CONCEDE", 2: "COOPERATE AID RETREAT", 3: "REQUEST ACCUSE REJECT THREATEN",
         4: "SANCTION PROTEST MOBILIZE COERCE ASSAULT"}
SCORES = {"AGREE": 4.2, "CONSULT": 2.1, "SUPPORT": 4.6, "CONCEDE": 5.0, "COOPERATE": 6.8, "AID": 7.4, "RETREAT": 7.6,
          "REQUEST": -5.0,
          "ACCUSE": -2.0, "REJECT": -4.2, "THREATEN": -5.1, "SANCTION": -5.2, "PROTEST": -6.6, "MOBILIZE": -5.3, "COERCE": -7.2,
          "ASSAULT": -9.3}
MODES = {
    "CONSULT": "visit third-party multilateral phone", "RETREAT": "withdraw release return disarm ceasefire access resign",
    "REQUEST": "assist change yield meet", "REJECT": "assist change yield meet", "ACCUSE": "disapprove investigate allege",
    "THREATEN": "restrict ban arrest relations expel territory violence", "PROTEST": "demo riot strike hunger boycott obstruct",
    "SANCTION": "convict expel withdraw discontinue", "MOBILIZE": "troops weapons police militia",
    "COERCE": "seize restrict ban censor curfew martial-law arrest deport withhold misinformation cyber",
    "ASSAULT": "abduct beat torture execute sexual assassinate destroy primitive firearms explosives suicide-attack aerial "
               "drone heavy-weapons crowd-control cleansing massacre unconventional",
}


def test_sixteen_categories():
    assert len(ontology.CATEGORIES) == len(set(ontology.CATEGORIES)) == 16
    assert set(ontology.CATEGORIES) == set(SCORES)


@pytest.mark.parametrize("quad", QUADS)
def test_quads(quad):
    assert {name for name in ontology.CATEGORIES if ontology.QUAD[name] == quad} == set(QUADS[quad].split())


@pytest.mark.parametrize("name", SCORES)
def test_scores_and_their_signs(name):
    assert ontology.SCORE[name] == SCORES[name]
    assert (ontology.SCORE[name] > 0) == (ontology.QUAD[name] in (1, 2))


@pytest.mark.parametrize("name", SCORES)
def test_modes(name):
    assert ontology.MODES[name] == set(MODES.get(name, "").split())


def test_cameo_roots_are_two_digits():
    assert set(ontology.CAMEO_ROOT) == set(SCORES)
    assert all(len(root) == 2 and root.isdigit() and 1 <= int(root) <= 20 for root in ontology.CAMEO_ROOT.values())


def test_what_is_to_come():
    assert ontology.FUTURE_AS == {"CONSULT": "AGREE", "SUPPORT": "AGREE", "COOPERATE": "AGREE", "AID": "AGREE",
                                  "RETREAT": "CONCEDE"}
    assert dict.fromkeys(ontology.FUTURE_AS, "REJECT") == ontology.NEGATED_FUTURE_AS


def test_complements():
    assert set(ontology.COMPLEMENT.values()) == {"absorb", "hypothetical", "keep"}
    assert {name for name, what in ontology.COMPLEMENT.items() if what == "absorb"} == {"AGREE", "CONCEDE", "THREATEN"}


def test_mutual_categories_and_auxiliary_modes_are_those_of_the_manual():
    assert set(ontology.MUTUAL) == {"CONSULT", "AGREE", "SUPPORT", "CONCEDE", "COOPERATE", "RETREAT", "ASSAULT"}
    assert ontology.AUX == ("negation", "hypothetical", "future", "historical")


def test_sectors():
    expected = "COP GOV JUD LEG MIL OPP PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF REL SOC IGO NGO MNC"
    assert " ".join(sorted(ontology.SECTORS)) == " ".join(sorted(expected.split()))
