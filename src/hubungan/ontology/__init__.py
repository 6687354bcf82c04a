"""PLOVER 1.3 as tables: categories, quad classes, scores, modes, and the CAMEO root each category answers to.

The scheme is PLOVER 1.3 (Open Event Data Alliance, 2022). The quad class of SANCTION is 4, as in POLECAT and the PLV
benchmark. `plover.tsv` also says how acts combine: what a category becomes when it is still to come (`future_as`) or will not
come (`negated_future_as`), and what becomes of an act named inside its content (`complement`: `absorb` drops it,
`hypothetical` marks it, `keep` leaves it).
"""

from __future__ import annotations

from pathlib import Path

from ..tables import rows

_ROWS = {row["category"]: row for _, row in rows(Path(__file__).parent / "plover.tsv")}

CATEGORIES = tuple(_ROWS)
QUAD = {name: int(row["quad"]) for name, row in _ROWS.items()}
SCORE = {name: float(row["score"]) for name, row in _ROWS.items()}
CAMEO_ROOT = {name: row["cameo"] for name, row in _ROWS.items()}
MODES = {name: frozenset(row["modes"].split()) for name, row in _ROWS.items()}
FUTURE_AS = {name: row["future_as"] for name, row in _ROWS.items() if row["future_as"]}
NEGATED_FUTURE_AS = {name: row["negated_future_as"] for name, row in _ROWS.items() if row["negated_future_as"]}
COMPLEMENT = {name: row["complement"] for name, row in _ROWS.items()}
#: Categories in which several actors without a recipient act upon each other.
MUTUAL = frozenset({"CONSULT", "AGREE", "SUPPORT", "CONCEDE", "COOPERATE", "RETREAT", "ASSAULT"})
AUX = ("negation", "hypothetical", "future", "historical")
SECTORS = frozenset({"COP", "GOV", "JUD", "LEG", "MIL", "OPP", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS", "CRM", "CVL",
                     "EDU", "ELI", "JRN", "LAB", "MED", "REF", "REL", "SOC", "IGO", "NGO", "MNC"})
