"""The generated pages: what stands in them, and that docs/rules/ is current."""

from __future__ import annotations

import runpy
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).parent.parent.parent
generator = SimpleNamespace(**runpy.run_path(str(ROOT / "docs" / "generate_rules.py")))

RULES = """schema = 1
[defaults]
langs = ["en", "de"]

[[rules]]
id = "cheese-call"
category = "cheese"
action = "drop-line"
confidence = "medium"
message = "A call to buy cheese."
pattern = '''^buy cheese'''
max_chars = 80
after = 0.5
hits = ["Buy cheese", "Buy cheese | now"]
misses = ["They buy cheese.", "Cheese is dear."]

[[rules]]
id = "butter-note"
category = "butter"
action = "strip-span"
confidence = "high"
message = "A note on butter."
pattern = ''' ?\\(butter\\)'''
langs = ["*"]
sites = ["example.org"]
status = "deprecated"
replaced_by = "cheese-call"
misses = ["butter", "the butter"]
[[rules.cases]]
in = "Bread (butter) is good."
out = "Bread is good."

[[rules]]
id = "butter-box"
category = "butter"
action = "drop-line"
confidence = "high"
message = "A box about butter."
where.css = "aside.butter, [data-box='butter, salted']"
hits = ['<aside class="butter">Buy</aside>', '<aside class="butter">Now</aside>']
misses = ['<p>butter</p>', '<aside>Bread</aside>']
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "r.toml").write_text(RULES, encoding="utf-8")
    return tmp_path / "rules"


def run(rules: Path, *more: str) -> int:
    code: int = generator.main(["--rules", str(rules), "--out", str(rules.parent / "out"), *more])
    return code


def test_a_page_for_each_category_and_an_index(rules: Path) -> None:
    assert run(rules) == 0

    out = rules.parent / "out"
    assert {path.name for path in out.iterdir()} == {"index.md", "cheese.md", "butter.md"}
    index = (out / "index.md").read_text(encoding="utf-8")
    assert "| [butter](butter.md) | 2 | any language, de, en |" in index
    assert "| `heuristic-title-line` | title-line |" in index


def test_a_rule_shows_what_it_does_hits_and_spares(rules: Path) -> None:
    run(rules)

    cheese = (rules.parent / "out" / "cheese.md").read_text(encoding="utf-8")
    butter = (rules.parent / "out" / "butter.md").read_text(encoding="utf-8")
    assert (
        "## cheese-call\n\nA call to buy cheese.\n\n`drop-line`: removes the line · confidence medium · en, de"
        in cheese
    )
    assert "lines of up to 80 characters · between 50% and 100% of the text" in cheese
    assert "Examples:\n\n```text\nBuy cheese\nBuy cheese | now\n```\n\nSpared:\n\n```text\nThey buy cheese." in cheese
    assert "## butter-box\n\nA box about butter.\n\n`drop-line`: removes the blocks · confidence high" in butter
    assert "elements that match:\n\n```css\naside.butter,\n[data-box='butter, salted']\n```\n\nExamples:" in butter
    assert "Spared:\n\n```html\n<p>butter</p>\n" in butter
    assert "on example.org · **deprecated**, see `cheese-call`" in butter
    assert "```text\nBread (butter) is good.\n```\n\n```text\nBread is good.\n```" in butter


def test_check_tells_current_from_outdated_and_left_over(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = rules.parent / "out"

    assert run(rules, "--check") == 1  # nothing there yet
    run(rules)
    assert run(rules, "--check") == 0
    (out / "cheese.md").write_text("other")
    (out / "milk.md").write_text("left over")
    assert run(rules, "--check") == 1
    assert "not current: cheese.md, milk.md: run `make docs`" in capsys.readouterr().err
    run(rules)
    assert run(rules, "--check") == 0


def test_a_broken_rule_file_is_named(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (rules / "r.toml").write_text("schema = 3")

    assert run(rules, "--check") == 2
    assert "schema is 3" in capsys.readouterr().err


def test_the_pages_in_the_repository_are_current() -> None:
    assert generator.main(["--check"]) == 0, "run `make docs`"
