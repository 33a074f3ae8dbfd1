"""`select` and `ignore`: by id, category or language, old names included."""

from __future__ import annotations

import pytest

from cleaner.config import Config
from cleaner.pipeline import Cleaner
from cleaner.ruleset import Selection, SelectionError

RULE = ("newsletter-call-de", "newsletter", ("de", "nl"), ("newsletter-old",))


@pytest.mark.parametrize(
    ("selection", "allowed"),
    [
        (Selection(), True),
        (Selection(select=("newsletter",)), True),
        (Selection(select=("newsletter-call-de",)), True),
        (Selection(select=("de",)), True),
        (Selection(select=("newsletter-old",)), True),
        (Selection(select=("share", "newsletter")), True),
        (Selection(ignore=("share",)), True),
        (Selection(select=("share",)), False),
        (Selection(ignore=("newsletter",)), False),
        (Selection(ignore=("nl",)), False),
        (Selection(ignore=("newsletter-old",)), False),
        (Selection(select=("newsletter",), ignore=("newsletter-call-de",)), False),
    ],
)
def test_a_rule_is_allowed(selection: Selection, allowed: bool) -> None:
    assert selection.allows(*RULE) is allowed


def test_an_unknown_name_is_refused_with_a_near_one() -> None:
    with pytest.raises(
        SelectionError, match=r'^"newsleter" is no rule, category or language: did you mean "newsletter"'
    ):
        Selection(ignore=("newsleter",)).check({"newsletter", "share"})


def test_an_unknown_name_like_no_other_points_to_the_list() -> None:
    with pytest.raises(SelectionError, match="see `cleaner rules list` for the names"):
        Selection(select=("qqqqq",)).check({"newsletter"})


def test_a_cleaner_refuses_unknown_names() -> None:
    with pytest.raises(SelectionError, match="did you mean"):
        Cleaner(Config(ignore=("heuristic-title-lines",)))


@pytest.mark.parametrize("name", ["heuristic-title-line", "title-line"])
def test_heuristics_are_switched_off_by_id_and_category(name: str) -> None:
    text = "Harbour opens after storm – NVR – 18/11/2024\n\nThe harbour of Skelmouth opened on Monday after the storm."

    assert [r.rule for r in Cleaner().clean(text).removals] == ["heuristic-title-line"]
    assert Cleaner(Config(ignore=(name,))).clean(text).removals == []


def test_the_ruleset_version_tells_selections_apart() -> None:
    versions = {Cleaner(Config(ignore=names)).ruleset.version for names in ((), ("share",), ("newsletter",))}

    assert len(versions) == 3
