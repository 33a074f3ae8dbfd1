"""Pauses Python's search for cycles of objects while a document is read and cleaned.

A page becomes tens of thousands of objects, all of which go when it is done, and none of them in a cycle. To look
through them while they grow, and through all rules and models with them, is 8 % of a page's time. Other threads go
without the search for as long; it catches up between two documents.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused() -> Iterator[None]:
    """Without the search, unless it is off already; also a decorator."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
