"""What the tests share."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# The machines are shared: how long one example takes says nothing.
settings.register_profile("project", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("project")

ROOT = Path(__file__).parent.parent
#: Hand-coded articles are not part of the project; tests that need them are skipped where they are not there.
GOLD = Path(os.environ.get("HUBUNGAN_GOLD", ROOT.parent / "shared" / "gold"))


@pytest.fixture
def gold() -> Path:
    if not GOLD.is_dir():
        pytest.skip(f"no hand-coded articles at {GOLD}: set HUBUNGAN_GOLD to their folder")
    return GOLD


@pytest.fixture
def samples() -> Path:
    return ROOT / "samples"
