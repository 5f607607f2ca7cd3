"""Whose person is taken hears of it: who it was, who has the person now, and no more."""

from datetime import timedelta

import pytest
from django.urls import reverse

from apps.accounts.models import User
from apps.audit.models import AccessLog
from apps.cases.services import correct_case
from apps.core.days import today
from apps.notices.codes import NoticeKind
from apps.notices.models import Notice
from apps.persons.models import Assignment
from apps.persons.services import assign_worker, withdraw_assignment
from tests.factories.accounts import UserFactory
from tests.factories.areas import WANQUAN, area
from tests.factories.pages import signed_in
from tests.notices.conftest import Office, told

pytestmark = pytest.mark.django_db


def give(office: Office, worker: User, later: int = 0) -> None:
    on = today() + timedelta(days=later)
    assign_worker(persons=[office.person], worker=worker, by=office.boss, on=on)


def page(user: User) -> str:
    return signed_in(user, headers={"accept-language": "en"}).get("/notices/").content.decode()


def test_there_and_back_on_one_day_is_told_each_time(office: Office) -> None:
    for worker in (office.mate, office.mate, office.worker, office.mate):
        give(office, worker)
    assert told(office.worker) == [NoticeKind.TAKEN, NoticeKind.HANDED, NoticeKind.TAKEN]
    assert told(office.mate) == [NoticeKind.HANDED, NoticeKind.TAKEN, NoticeKind.HANDED]


def test_the_name_is_told_once_and_the_file_stays_closed(office: Office) -> None:
    give(office, office.mate)
    notice = Notice.objects.get(reader=office.worker)
    body = page(office.worker)
    assert office.person.name in body
    assert f"No longer yours: given to {office.mate.name}" in body
    assert str(office.person.public_id) not in body
    logged = AccessLog.objects.get(user_id=office.worker.pk)
    assert logged.person_ids == [office.person.public_id]
    answer = signed_in(office.worker).post(reverse("notices:open", args=[notice.public_id]))
    assert answer.headers["Location"] == "/notices/"
    body = page(office.worker)
    assert office.person.name not in body
    assert "outside your area or caseload" in body


def test_of_who_has_left_the_unit_no_name_is_told(office: Office) -> None:
    """By the move itself, or by a later one."""
    give(office, office.mate)
    county = UserFactory(county_supervisor=True)
    correct_case(case=office.case, by=county, area=area(WANQUAN), reason="更正")
    assert told(office.mate) == [NoticeKind.HANDED, NoticeKind.MOVED_AWAY]
    for reader in (office.worker, office.mate):
        assert office.person.name not in page(reader)
    assert "belongs to another unit now" in page(office.mate)


def test_who_keeps_the_person_after_all_hears_it(office: Office) -> None:
    give(office, office.mate, later=3)
    withdraw_assignment(assignment=Assignment.objects.get(worker=office.mate), by=office.boss)
    assert told(office.worker) == [NoticeKind.TAKEN, NoticeKind.HANDED]
    assert told(office.mate) == [NoticeKind.HANDED, NoticeKind.HANDED_BACK]


def test_the_cover_who_becomes_responsible_loses_nobody(office: Office) -> None:
    assign_worker(
        persons=[office.person], worker=office.mate, by=office.boss, on=today(), kind="cover"
    )
    give(office, office.mate)
    assert told(office.mate) == [NoticeKind.COVER_PERSON, NoticeKind.HANDED]
