"""Files, folders and patterns to the files that are meant."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cleaner.data import Failure
from cleaner.read import STDIN, Source, find
from cleaner.read.sources import READ


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (
        "b.txt",
        "a.md",
        "sub/c.html.gz",
        "sub/deep/d.jsonl",
        "x.jpg",
        "notes",
        ".hidden.txt",
        ".git/e.txt",
        "o.parquet",
    ):
        path = tmp_path / "news" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(*sources: str, recursive: bool = True) -> list[str]:
    return [f.name if isinstance(f, Source) else f"! {f.place}: {f.reason}" for f in find(sources, recursive=recursive)]


def test_a_folder_gives_its_articles_sorted_without_hidden_and_other_files(tree: Path) -> None:
    assert names("news") == ["a.md", "b.txt", "o.parquet", "sub/c.html.gz", "sub/deep/d.jsonl"]
    assert [os.fspath(f) for f in find(["news"]) if isinstance(f, Source)][3] == os.path.join(
        "news", "sub", "c.html.gz"
    )


def test_a_folder_alone(tree: Path) -> None:
    assert names("news", recursive=False) == ["a.md", "b.txt", "o.parquet"]


@pytest.mark.parametrize("name", ["news/x.jpg", "news/notes", "news/.hidden.txt"])
def test_a_file_that_is_named_is_meant(tree: Path, name: str) -> None:
    assert list(find([name])) == [Source(Path(name), Path(name).name)]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("news/*.txt", ["b.txt"]),
        ("news/**/*.html.gz", ["sub/c.html.gz"]),
        ("news/**/*.[jm]*", ["a.md", "sub/deep/d.jsonl", "x.jpg"]),
        ("news/sub*", ["sub/c.html.gz", "sub/deep/d.jsonl"]),
        ("*/sub/*/d.jsonl", ["news/sub/deep/d.jsonl"]),
    ],
)
def test_patterns_are_expanded_relative_to_their_fixed_part(tree: Path, pattern: str, found: list[str]) -> None:
    if "[" in pattern:
        found = sorted(found)
    assert names(pattern) == found
    assert names(str(tree / pattern)) == found


def test_a_name_with_wild_characters_is_that_file(tree: Path) -> None:
    Path("a[1].txt").write_text("x")
    assert names("a[1].txt") == ["a[1].txt"]


def test_each_file_once_in_the_order_given(tree: Path) -> None:
    assert names("news/b.txt", "news/*.txt", "./news/a.md", "news") == [
        "b.txt",
        "a.md",
        "o.parquet",
        "sub/c.html.gz",
        "sub/deep/d.jsonl",
    ]


def test_standard_input_and_a_file_of_that_name(tree: Path) -> None:
    Path("-").write_text("x")
    assert list(find(["-", "-"])) == [STDIN]
    assert list(find(["./-"])) == [Source(tree / "-", "-")]


def test_what_is_not_there_is_a_failure_and_the_rest_goes_on(tree: Path) -> None:
    assert names("gone.txt", "gone*.txt", "empty", "news/b.txt") == [
        "! gone.txt: no such file or folder; mend: check the path",
        "! gone*.txt: no file fits this pattern; mend: check the pattern",
        f"! empty: no articles in this folder; mend: {READ}",
        "b.txt",
    ]


def test_an_unreadable_folder_is_a_failure(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise PermissionError(13, "Permission denied", "empty")

    monkeypatch.setattr(os, "scandir", refuse)
    assert list(find(["empty"])) == [
        Failure("empty", "empty", "cannot be read: Permission denied; mend: check the permissions")
    ]
