"""The placeholders in words: for offices that write a template, and for facts that are missing."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from apps.documents.codes import PaperKind
from apps.documents.declarations import DECLARATIONS
from apps.documents.placeholders import allowed_in, labels_of, listed_in


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("kind", "part", "one", "all_of_them", "last"),
    [
        (
            PaperKind.TEAM,
            "team_{}_name",
            "Member {} of the team",
            "Members of the team, 1 to {}",
            10,
        ),
        (PaperKind.INDEX, "item_{}_no", "Line {} of the index", "Lines of the index, 1 to {}", 22),
        (
            PaperKind.RISK,
            "factor_{}_words",
            "Factor {} of the assessment",
            "Factors of the assessment, 1 to {}",
            15,
        ),
    ],
)
def test_rows_are_allowed_one_by_one_and_listed_as_one_that_says_how_far_they_go(
    kind: PaperKind, part: str, one: str, all_of_them: str, last: int
) -> None:
    allowed, listed = allowed_in(DECLARATIONS[kind]), listed_in(DECLARATIONS[kind])
    for number in (1, 2, 10, last):
        assert allowed[part.format(number)] == one.format(number)
        assert (part.format(number) in listed) == (number == 1)
    assert part.format(last + 1) not in allowed
    assert listed[part.format(1)] == all_of_them.format(last)
    assert listed["name"] == allowed["name"] == "Name"


def test_what_is_asked_may_stand_in_a_template_in_the_words_of_the_question() -> None:
    for declared in DECLARATIONS.values():
        allowed = allowed_in(declared)
        for ask in declared.asks:
            assert ask.name in allowed
        assert allowed["name"] == "Name"
    agreement = DECLARATIONS[PaperKind.AGREEMENT]
    assert allowed_in(agreement)["help_words"] == "Help agreed upon"
    assert "help_words" not in allowed_in(DECLARATIONS[PaperKind.TEAM])


def test_what_is_missing_is_said_in_words_and_nothing_else() -> None:
    team = DECLARATIONS[PaperKind.TEAM]
    assert [str(words) for words in labels_of(team, ("phone", "strange", "team_2_name"))] == [
        "Phone", "Member 2 of the team",
    ]  # fmt: skip
