"""Puts the output of `cleaner explain` on an example into README.md, between its two marks.

python docs/generate_readme.py           writes it
python docs/generate_readme.py --check   writes nothing; exit 1 if README.md shows something else
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
EXAMPLE = "examples/articles/bridge-vote.txt"
BLOCK = re.compile(r"(?<=<!-- explain -->\n```text\n).*?(?=```\n<!-- /explain -->)", re.DOTALL)


def shown() -> str:
    """What the command prints, without the version of the rules, which changes with each rule."""
    command = [sys.executable, "-m", "cleaner", "explain", EXAMPLE]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)  # noqa: S603
    return re.sub(r", rules \S+", "", done.stdout, count=1).removesuffix("\n")


def main(argv: Sequence[str]) -> int:
    """Returns the exit code: 0 done or current, 1 not current."""
    old = README.read_text(encoding="utf-8")
    output = shown()
    new = BLOCK.sub(lambda _: output, old)
    if "--check" in argv:
        return int(new != old)
    README.write_text(new, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
