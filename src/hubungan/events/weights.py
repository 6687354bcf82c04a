"""Weighted features: a logistic model as a table of weights, small enough to read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from math import exp
from pathlib import Path

_PATH = Path(__file__).parent / "weights.json"


class Model:
    """Sums the weights of the features present; unknown features count nothing."""

    def __init__(self, weights: dict[str, float]) -> None:
        self.weights = weights

    def score(self, features: Iterable[str]) -> float:
        """The log odds."""
        get = self.weights.get
        return sum(get(feature, 0.0) for feature in features)


def probability(log_odds: float) -> float:
    """The probability of log odds."""
    return 1 / (1 + exp(-max(-30.0, min(30.0, log_odds))))


@lru_cache(maxsize=1)
def models() -> dict[str, Model]:
    """The fitted models: `actor`, `recipient` and `event`."""
    if not _PATH.exists():
        return {}
    return {name: Model(weights) for name, weights in json.loads(_PATH.read_text(encoding="utf-8"))["models"].items()}
