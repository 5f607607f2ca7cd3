"""Who goes to another worker during an absence is covered on no day that the absence leaves out."""

from datetime import date, timedelta

import pytest

from apps.accounts.models import User
from apps.core.days import today
from apps.covers.services import call_off, name_another, set_last_day
from apps.notices.codes import NoticeKind
from apps.notices.models import Notice
from apps.persons.services import assign_worker
from tests.covers.test_bounds import spans
from tests.covers.test_covers import Office
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return Office()


def day(number: int) -> date:
    return today() + timedelta(days=number)


def test_a_cover_that_is_called_off_leaves_nobody_behind(office: Office) -> None:
    cover = office.cover(starts_on=day(2))
    [moved, _stays], third = office.persons, UserFactory()
    assign_worker(persons=[moved], worker=third, by=office.boss, on=day(5))
    assert spans(office.mate, moved) == [(2, 4)]
    call_off(cover=cover, by=office.boss)
    assert spans(office.mate) == []


@pytest.mark.parametrize(
    ("last", "of_moved", "of_other"),
    [(2, (0, 2), (0, 2)), (4, (0, 4), (0, 4)), (6, (0, 4), (0, 6)), (20, (0, 4), (0, 20)),
     (None, (0, 4), (0, None))],
)  # fmt: skip
def test_a_cover_of_other_days_leaves_nobody_behind(
    office: Office,
    last: int | None,
    of_moved: tuple[int, int | None],
    of_other: tuple[int, int | None],
) -> None:
    cover = office.cover()
    [moved, stays], third = office.persons, UserFactory()
    assign_worker(persons=[moved], worker=third, by=office.boss, on=day(5))
    set_last_day(cover=cover, on=None if last is None else day(last), by=office.boss)
    assert spans(office.mate, moved) == [of_moved]
    assert spans(office.mate, stays) == [of_other]


@pytest.mark.parametrize(("on", "spanned"), [(10, (0, 9)), (12, (0, 11)), (21, (0, 20))])
def test_a_later_last_day_covers_a_person_as_long_as_the_worker_has_them(
    office: Office, on: int, spanned: tuple[int, int]
) -> None:
    cover = office.cover()
    [moved, stays], third = office.persons, UserFactory()
    assign_worker(persons=[moved], worker=third, by=office.boss, on=day(on))
    set_last_day(cover=cover, on=day(20), by=office.boss)
    assert spans(office.mate, moved) == [spanned]
    assert spans(office.mate, stays) == [(0, 20)]


def test_somebody_else_who_covers_covers_the_person_too_until_then(office: Office) -> None:
    cover, other = office.cover(), UserFactory()
    [moved, stays], third = office.persons, UserFactory()
    assign_worker(persons=[moved], worker=third, by=office.boss, on=day(5))
    name_another(cover=cover, to=other, on=day(3), by=office.boss)
    assert spans(office.mate, moved) == spans(office.mate, stays) == [(0, 2)]
    assert spans(other, moved) == [(3, 4)]
    assert spans(other, stays) == [(3, 9)]


@pytest.mark.parametrize("closed", [True, False])
def test_a_supervisor_hears_at_once_that_nobody_is_left_until_somebody_else_covers(
    office: Office, *, closed: bool
) -> None:
    """The account of who covers was closed by another door than the services, which refuse it."""
    head, cover = UserFactory(town_supervisor=True), office.cover()
    User.objects.filter(pk=office.mate.pk).update(is_active=not closed)
    name_another(cover=cover, to=UserFactory(), on=day(2), by=office.boss)
    told = Notice.objects.filter(reader=head, kind=NoticeKind.NOBODY_PRESENT)
    assert [notice.colleague for notice in told] == ([office.away] if closed else [])
