"""Acts of covers that ring, and the nights in which one begins and ends."""

from uuid import uuid4

import time_machine

from apps.accounts.models import User
from apps.core.days import today
from apps.covers.models import Cover
from apps.covers.notices import ring_calendar
from apps.covers.services import begin_cover, call_off, name_another, set_last_day
from apps.notices.codes import NoticeKind
from tests.factories.accounts import UserFactory
from tests.notices.acts import days, rings
from tests.notices.conftest import Office, told


def cover(office: Office, first: int = 0, last: int = 5) -> Cover:
    return begin_cover(
        worker=office.worker, cover=office.mate, by=office.boss, client_uuid=uuid4(),
        starts_on=days(first), until_on=days(last),
    )  # fmt: skip


@rings(NoticeKind.COVERING)
def somebody_is_to_cover(office: Office) -> User:
    cover(office)
    return office.mate


@rings(NoticeKind.COVERED)
def somebody_is_covered(office: Office) -> User:
    cover(office)
    return office.worker


@rings(NoticeKind.COVER_CHANGED)
def a_cover_lasts_longer(office: Office) -> User:
    set_last_day(cover=cover(office), on=days(9), by=office.boss)
    return office.worker


@rings(NoticeKind.COVER_CHANGED)
def somebody_else_covers_from_a_day_on(office: Office) -> User:
    third = UserFactory()
    name_another(cover=cover(office), to=third, on=days(2), by=office.boss)
    assert told(third) == [NoticeKind.COVERING]
    return office.mate


@rings(NoticeKind.COVER_OFF)
def a_cover_is_called_off(office: Office) -> User:
    call_off(cover=cover(office, first=2), by=office.boss)
    return office.mate


@rings(NoticeKind.COVER_BEGINS)
def a_cover_begins(office: Office) -> User:
    cover(office, first=2)
    later(2)
    return office.mate


@rings(NoticeKind.COVER_ENDED)
def a_cover_has_ended(office: Office) -> User:
    cover(office)
    later(6)
    assert told(office.worker)[-1] == NoticeKind.COVER_ENDED
    return office.mate


@rings(NoticeKind.NOBODY_PRESENT)
def nobody_is_left(office: Office) -> User:
    """By another door than the services, which refuse it."""
    cover(office)
    User.objects.filter(pk=office.mate.pk).update(is_active=False)
    later(1)
    return office.boss


def later(n: int) -> None:
    """The night before that day has done its work, twice."""
    with time_machine.travel(f"{days(n)}T03:00:00+08:00", tick=False):
        ring_calendar(today())
        assert ring_calendar(today()) == 0
