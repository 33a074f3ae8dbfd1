"""What all tests share: fixture files, a cleaner, a rule cache of their own, hypothesis profiles."""

from __future__ import annotations

from collections.abc import Iterator
from os import environ
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from cleaner.pipeline import Cleaner

# "ci" gives the same examples each time; HYPOTHESIS_PROFILE=explore looks for new ones, for as long as it takes.
settings.register_profile(
    "ci", derandomize=True, max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "explore", max_examples=3000, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile(environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keeps parsed rules out of the user's cache, and the user's cache out of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLEANER_CACHE_DIR", str(tmp_path_factory.mktemp("rules-cache")))
        yield


@pytest.fixture(scope="session")
def fixtures() -> Path:
    return Path(__file__).parent / "fixtures"


@pytest.fixture(scope="session")
def cleaner(_own_cache: None) -> Cleaner:
    """A cleaner with the built-in rules and default settings."""
    return Cleaner()
