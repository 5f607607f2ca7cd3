"""The rule that proposes a risk level: words of the docstring, one by one."""

import pytest

from apps.assessments.factors import FACTORS, PROTECTS
from apps.assessments.proposals import suggest
from tests.factories.assessments import QUIET

CONCERNS = {"job": "none", "income": "hardship", "circle": "mixed", "housing": "changing"}
STRONG = ["job", "family", "home"]


@pytest.mark.parametrize(
    ("weighing", "protects", "risk_level"),
    [
        ({}, ["none"], "low"),
        ({"job": "none", "circle": "mixed"}, ["none"], "low"),
        ({"job": "none", "circle": "mixed", "income": "hardship"}, ["none"], "medium"),
        (CONCERNS, ["family"], "medium"),
        (CONCERNS, STRONG, "low"),
        (CONCERNS | {"family": "conflict"}, STRONG, "medium"),
        ({"agreement": "refuses"}, ["none"], "high"),
        ({"agreement": "refuses"}, STRONG[:2], "high"),
        ({"agreement": "refuses"}, STRONG, "medium"),
        ({"agreement": "refuses", "mind": "self_harm"}, STRONG, "high"),
    ],
)
def test_facts_propose_a_risk_level_and_what_protects_may_lower_it(
    weighing: dict[str, str], protects: list[str], risk_level: str
) -> None:
    assert suggest(QUIET | weighing, protects).risk_level == risk_level


def test_the_facts_that_led_to_it_are_named_serious_ones_first() -> None:
    found = suggest(QUIET | {"job": "none", "tests": "positive"}, ["will", "job"])
    assert [fact.factor for fact in found.facts] == ["tests", "job"]
    assert found.protects == ("job", "will")


def test_every_factor_can_be_answered_without_weight_and_nothing_has_points() -> None:
    assert set(QUIET) == set(FACTORS)
    assert "none" in PROTECTS
    assert not any(character.isdigit() for code in FACTORS for character in code)


def test_an_answer_that_nobody_knows_weighs_nothing() -> None:
    assert suggest({"job": "?"}, []).facts == ()
