"""Plain tables: columns padded with blanks, readable for people and for `grep`."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.cli.terminal import one_line

MAX_WIDTH = 60  # characters that a column is padded to; longer cells push the rest of their row on


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """The rows as lines; "" for none.

    >>> print(aligned([("id", "category"), ("a-long-id", "app")]), end="")
    id         category
    a-long-id  app
    """
    spelled = [[one_line(cell) for cell in row] for row in rows]
    widths = [min(MAX_WIDTH, max(map(len, column))) for column in zip(*spelled, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in spelled)
    return "".join(f"{line.rstrip()}\n" for line in lines)
