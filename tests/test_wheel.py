"""The built wheel, installed in a clean environment, cleans a file from another folder."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def run(*command: object, cwd: Path, code: int = 0) -> str:
    env = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
def test_the_wheel_works_in_a_clean_environment(tmp_path: Path) -> None:
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, ROOT, cwd=tmp_path)
    (wheel,) = tmp_path.glob("article_cleaner-*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    rules = {f"cleaner/_rules/{path.relative_to(ROOT / 'rules').as_posix()}" for path in ROOT.glob("rules/**/*.toml")}
    assert names >= rules | {"cleaner/py.typed"}
    assert not any(name.startswith(("tests/", "docs/", "rules/")) for name in names)

    environment, folder = tmp_path / "venv", tmp_path / "elsewhere"
    folder.mkdir()
    run(sys.executable, "-m", "venv", environment, cwd=folder)
    scripts = environment / ("Scripts" if sys.platform == "win32" else "bin")
    run(scripts / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel, cwd=folder)
    body = "The ferry to Skelmouth sails again on Friday, the harbour master Edna Pryce said on Tuesday evening."
    (folder / "ferry.txt").write_text(f"{body}\n\nSubscribe to our newsletter\n", encoding="utf-8")

    found = run(scripts / "cleaner", "check", "ferry.txt", cwd=folder, code=1)
    run(scripts / "cleaner", "clean", "ferry.txt", "-o", "out", cwd=folder)

    assert "ferry.txt:3:1: newsletter" in found
    cleaned = (folder / "out" / "ferry.txt").read_text(encoding="utf-8")
    assert body in cleaned
    assert "newsletter" not in cleaned
    origin = run(scripts / "python", "-c", "import cleaner; print(cleaner.__file__)", cwd=folder)
    assert Path(origin.strip()).is_relative_to(environment)
