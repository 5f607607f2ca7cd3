"""Where a rule of drug tests begins: the moment, the day and the number of letters."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.cases.models import Case
from apps.contacts.guards import CLOCK_TOLERANCE
from apps.core.days import today
from apps.core.refusals import Refused
from apps.drugtests.guards import refuse_wrong
from apps.drugtests.models import DrugTest
from tests.factories.drugtests import not_sampled, sampled

pytestmark = pytest.mark.django_db
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


def words(test: DrugTest, case: Case, **facts: Any) -> str:
    """Of the refusal; nothing when the record may be kept."""
    for name, value in facts.items():
        setattr(test, name, value)
    try:
        refuse_wrong(test, [case], timezone.now())
    except Refused as refusal:
        return str(refusal)
    return ""


def test_a_phones_clock_may_be_two_minutes_ahead(case: Case) -> None:
    test, latest = sampled(case.person, today()), timezone.now() + CLOCK_TOLERANCE
    moments = [latest - SECOND, latest, latest + SECOND]
    found = [words(test, case, occurred_at=moment) for moment in moments]
    assert found[:2] == ["", ""]
    assert found[2].startswith("The time lies in the future.")


def test_the_next_try_is_on_the_day_itself_or_at_most_sixty_days_later(case: Case) -> None:
    test = not_sampled(case.person, today(), "refused", next_on=today())
    days = [-1, 0, 1, 59, 60, 61]
    found = [words(test, case, next_on=test.day + number * DAY) for number in days]
    assert found[1:5] == [""] * 4
    assert found[0].startswith("The next date lies before the day")
    assert found[5].startswith("The next try is at most 60 days away")


@pytest.mark.parametrize(
    ("facts", "refused"),
    [
        ({"reason_not": "refused"}, "Say in a few words what happened."),
        ({"reason_not": "other"}, "Say the reason in a few words."),
    ],
)
def test_two_characters_tell_why_it_was_not_taken(
    case: Case, facts: dict[str, str], refused: str
) -> None:
    test = not_sampled(case.person, today(), "refused", next_on=today())
    notes = ["病", "外出", "今天不来了"]
    assert [words(test, case, note=note, **facts) for note in notes] == [refused, "", ""]


def test_two_characters_tell_the_cause(case: Case) -> None:
    test = sampled(case.person, today(), why="cause", cause_words="家人反映")
    found = [words(test, case, cause_words=told) for told in ("他", "举报", "家人反映过")]
    assert found == ["Write down what the cause is: facts, no suspicion.", "", ""]


def test_only_hair_is_too_short_and_that_is_no_refusal(case: Case, worker: User) -> None:
    with pytest.raises(Refused, match="Only hair"):
        not_sampled(case.person, today(), "too_short", by=worker, next_on=today())
    row = not_sampled(
        case.person, today(), "too_short", by=worker, next_on=today(), sample="hair"
    )  # fmt: skip
    assert not row.is_refusal
    with pytest.raises(IntegrityError, match="only_hair_is_too_short"), transaction.atomic():
        DrugTest.objects.filter(pk=row.pk).update(sample="urine")


def test_a_medicine_that_was_declared_has_its_name(case: Case) -> None:
    with pytest.raises(Refused, match="which medicine") as caught:
        sampled(case.person, today(), medicine="prescribed", medicine_words=" ")
    assert caught.value.field == "medicine_words"
    sampled(case.person, today(), medicine="prescribed", medicine_words="止咳水")
