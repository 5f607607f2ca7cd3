"""For which months help is paid and asked for: neither far back nor far ahead."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import translation

from apps.accounts.models import User
from apps.assistance.models import Assistance, Payment, SameHelpQuestion
from apps.assistance.services import ask_for_same_help
from apps.core.refusals import Refused
from tests.factories.accounts import UserFactory
from tests.factories.assistance import approved, helped, paid

pytestmark = pytest.mark.django_db
GIVEN = date(2024, 4, 1)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel("2024-06-03T12:00:00+08:00", tick=False), translation.override("en"):
        yield


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(county_supervisor=True)
    return made


def test_help_is_paid_for_twelve_months_ahead_at_most(boss: User) -> None:
    """Months decades ahead would block every payment until then."""
    one = approved("living", by=boss, found_on=GIVEN)
    for last in (date(2025, 5, 1), date(2090, 1, 1)):
        with pytest.raises(Refused, match="twelve months ahead"):
            paid(one, by=boss, paid_on=GIVEN, month_first=GIVEN, month_last=last)
    row = paid(one, by=boss, paid_on=GIVEN, month_first=GIVEN, month_last=date(2025, 4, 9))
    assert (row.month_last, Payment.objects.count()) == (date(2025, 4, 30), 1)
    # Arrears are paid however old they are.
    paid(one, by=boss, paid_on=GIVEN, month_first=date(2020, 1, 1))


def test_the_database_holds_it_too(boss: User) -> None:
    row = paid(approved("living", by=boss, found_on=GIVEN), by=boss, paid_on=GIVEN)
    row.pk = None
    for name in ("public_id", "client_uuid"):
        setattr(row, name, row._meta.get_field(name).get_default())
    row._state.adding = True
    row.month_first, row.month_last = date(2025, 5, 1), date(2025, 5, 31)
    with pytest.raises(IntegrityError, match="payment_within_a_year"), transaction.atomic():
        row.save()
    row.month_first, row.month_last = date(2025, 4, 1), date(2025, 4, 30)
    row.save()


@pytest.mark.parametrize(
    ("first", "last", "asked"),
    [
        (date(2024, 6, 3), date(2024, 6, 3), True),
        (date(2023, 6, 1), date(2024, 5, 31), True),
        (date(2025, 6, 30), date(2026, 5, 1), True),
        (date(2024, 1, 1), date(2025, 1, 1), False),
        (date(2023, 5, 31), date(2023, 6, 1), False),
        (date(2025, 7, 1), date(2025, 7, 1), False),
        (date(1990, 1, 1), date(2030, 1, 1), False),
    ],
)
def test_it_is_asked_for_twelve_months_around_this_one(
    first: date, last: date, asked: bool, boss: User
) -> None:
    """By halves of a long time somebody would find the month."""
    one: Assistance = helped(by=boss)
    ask = {"assistance": one, "by": boss, "first": first, "last": last}
    if not asked:
        with pytest.raises(Refused, match="twelve months"):
            ask_for_same_help(**ask)
    else:
        ask_for_same_help(**ask)
    assert SameHelpQuestion.objects.count() == int(asked)


def test_no_question_of_other_months_is_stored(boss: User) -> None:
    row = ask_for_same_help(assistance=helped(by=boss), by=boss, first=GIVEN, last=GIVEN)
    for first, last in ((date(1990, 1, 1), date(1990, 1, 31)), (GIVEN, date(2025, 4, 30))):
        row.pk, row.first, row.last = None, first, last
        row.public_id, row._state.adding = row._meta.get_field("public_id").get_default(), True
        with pytest.raises(IntegrityError, match="samehelp_of_a_year"), transaction.atomic():
            row.save()
