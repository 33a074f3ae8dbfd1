"""Metadata: what counts as right."""

from __future__ import annotations

from typing import Any

import pytest

from cleaner.data import Metadata
from cleaner.measure import Gold
from cleaner.measure.fields import right_fields


def test_what_gold_does_not_know_is_not_scored() -> None:
    assert right_fields(Gold("body"), Metadata(title="A mill", authors=["Ode Tamsin"], date="2024-11-18")) == {}


@pytest.mark.parametrize(
    ("gold", "got"),
    [
        ({"title": "Mill burns down"}, {"title": "MILL – burns down!"}),
        ({"authors": ("Ode Tamsin", "mk")}, {"authors": ["mk", "Tamsin, Ode"]}),
        ({"authors": ("J. Tamsin",)}, {"authors": ["Tamsin"]}),
        ({"agencies": ("dpa", "AFP")}, {"agencies": ["AFP", "DPA"]}),
        ({"date": "2024-11-18"}, {"date": "2024-11-18T09:30:00+01:00"}),
        ({"publisher": "NordSix"}, {"publisher": "Nordsix"}),
    ],
)
def test_the_same_in_other_dress_is_right(gold: dict[str, Any], got: dict[str, Any]) -> None:
    assert list(right_fields(Gold("body", **gold), Metadata(**got)).values()) == [True]


@pytest.mark.parametrize(
    ("gold", "got"),
    [
        ({"title": "Mill burns down"}, {"title": "Mill burns down | NordSix"}),
        ({"title": "Mill burns down"}, {}),
        ({"authors": ("Ode Tamsin",)}, {"authors": ["Ode Tamsin", "mk"]}),
        ({"agencies": ("dpa", "AFP")}, {"agencies": ["dpa"]}),
        ({"date": "2024-11-18"}, {"date": "2024-11-19"}),
        ({"publisher": "NordSix"}, {"publisher": None}),
    ],
)
def test_anything_else_is_wrong(gold: dict[str, Any], got: dict[str, Any]) -> None:
    assert list(right_fields(Gold("body", **gold), Metadata(**got)).values()) == [False]
