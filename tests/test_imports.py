"""What is imported when, and that imports point down only."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# Slow to import, and not needed for plain text in UTF-8 without front matter.
HEAVY = {
    "charset_normalizer",
    "htmldate",
    "justext",
    "lxml",
    "numpy",
    "requests",
    "robust_downloader",
    "trafilatura",
    "yaml",
}
EXTRAS = {"datasets", "datatrove", "ftfy", "pyarrow", "pyspark", "ray", "warcio", "zstandard"}
ENGINE = {"ahocorasick", "fasttext", "regex", "rich", "typer"}

LIST_MODULES = (
    "import sys; print('\\n'.join(sorted({name.partition('.')[0] for name in sys.modules})), file=sys.stderr)"
)


def modules(program: str, cwd: Path = ROOT) -> set[str]:
    """The top-level modules that a program has imported by its end."""
    done = subprocess.run(
        [sys.executable, "-c", f"{program}\n{LIST_MODULES}"], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split())


def test_importing_the_package_loads_no_engine_and_nothing_heavy() -> None:
    assert modules("import cleaner").isdisjoint(HEAVY | EXTRAS | ENGINE)


def test_what_is_public_is_listed_and_there() -> None:
    import cleaner

    assert set(cleaner.__all__) <= set(dir(cleaner))
    assert {name: getattr(cleaner, name).__name__ for name in cleaner._LAZY} == {name: name for name in cleaner._LAZY}
    with pytest.raises(cleaner.SelectionError):
        cleaner.Cleaner(cleaner.Config(ignore=("no-such-rule",)))
    with pytest.raises(cleaner.RuleError):
        cleaner.Cleaner(cleaner.Config(rules=("no/such/folder",)))


def test_the_shared_part_of_the_integrations_loads_none_of_their_engines() -> None:
    assert modules("import cleaner.integrations.rows").isdisjoint(EXTRAS)


@pytest.mark.parametrize(
    "text", ["The ferry sails on Friday.\n", "Köln – die Fähre “Ünal” legt am Freitag ab.\n\nAnzeige\n"]
)
@pytest.mark.parametrize("command", ["check", "check --", "clean --in-place --hook --"])
def test_a_hook_loads_nothing_heavy_for_a_text_file(tmp_path: Path, text: str, command: str) -> None:
    (tmp_path / "some.txt").write_text(text, encoding="utf-8")
    (tmp_path / "cleaner.toml").write_text('output = "body"\n', encoding="utf-8")  # front matter needs PyYAML
    program = (
        "import runpy, sys\n"
        f"sys.argv = ['cleaner', *{command.split()}, 'some.txt']\n"
        "try: runpy.run_module('cleaner', run_name='__main__', alter_sys=True)\n"
        "except SystemExit as end: assert end.code in (None, 0, 1), end.code"
    )

    found = modules(program, tmp_path)

    assert found.isdisjoint(HEAVY | EXTRAS)
    assert "regex" in found  # it did run


def test_imports_point_down_only() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout + done.stderr
