"""What the engines need to run in a test: Java, a quiet home, this Python for their workers."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from types import ModuleType
from typing import Any

import pytest
from java import java_home


def pytest_configure(config: pytest.Config) -> None:
    for module in ("pyspark", "ray"):
        config.addinivalue_line("filterwarnings", f"ignore:::{module}")


@pytest.fixture(scope="session", autouse=True)
def _surroundings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The environment of engines, their workers and the worked examples."""
    home = tmp_path_factory.mktemp("engines")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {
            "PYSPARK_PYTHON": sys.executable,
            "PYSPARK_DRIVER_PYTHON": sys.executable,
            "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_LOCAL_DIRS": str(home),
            "HF_HOME": str(home / "hf"),
            "HF_HUB_OFFLINE": "1",
            "RAY_AUTH_MODE": "disabled",
            "RAY_USAGE_STATS_ENABLED": "0",
            "PYTHONWARNINGS": "ignore",
        }.items():
            patch.setenv(name, value)
        patch.delenv("SPARK_HOME", raising=False)
        _find_libmagic()
        yield


@pytest.fixture(scope="session")
def java(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Fails, and does not skip, where there is no Java: `make test-integrations` installs one."""
    with pytest.MonkeyPatch.context() as patch:
        home = java_home(tmp_path_factory.mktemp("java"))
        if home:
            patch.setenv("JAVA_HOME", home)
        yield


@pytest.fixture(scope="session")
def spark(java: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").appName("tests")
    for name, value in {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.warehouse.dir": str(tmp_path_factory.mktemp("warehouse")),
    }.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture(scope="session")
def ray() -> Iterator[ModuleType]:
    import ray

    ray.init(num_cpus=3, include_dashboard=False, log_to_driver=False, configure_logging=False)
    ray.data.DataContext.get_current().enable_progress_bars = False
    yield ray
    ray.shutdown()


def _find_libmagic() -> None:
    """datatrove's WarcReader needs libmagic; where the machine has none, the PyPI package pylibmagic has."""
    if find_spec("magic") is None:
        return
    try:
        import magic  # noqa: F401
    except ImportError:
        if find_spec("pylibmagic"):
            import pylibmagic

            os.environ.setdefault("LD_LIBRARY_PATH", str(pylibmagic.data))
