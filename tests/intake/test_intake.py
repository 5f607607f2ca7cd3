"""出所衔接: from the notice to the report nobody is missed, and nobody gets a second file."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from apps.accounts.models import User
from apps.cases.models import Case
from apps.cases.services import record_report
from apps.core.days import today
from apps.core.refusals import Refused
from apps.intake.models import Release
from apps.intake.services import call_off, expect_release, open_file, receive_person
from apps.persons.models import Assignment, Person
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, WANQUAN, WENCHENG, area
from tests.factories.pages import signed_in
from tests.factories.persons import PersonFactory, resident_number

pytestmark = pytest.mark.django_db
NUMBER = resident_number(77)


def expected(by: User, **facts: Any) -> Release:
    """From the isolation centre, three days ago, to 嘉积镇."""
    facts = {
        "client_uuid": uuid4(), "area": area(JIAJI), "name": "陈归海", "document_number": NUMBER,
        "source": "isolation", "institution": "省第一强制隔离戒毒所", "measure": "SQKF",
        "expected_on": today() - timedelta(days=3), "decision_number": "琼公责社康字〔2026〕9号",
    } | facts  # fmt: skip
    return expect_release(by=by, **facts)


def received(by: User, **facts: Any) -> Release:
    return receive_person(release=expected(by, **facts), by=by, on=today(), reception="town")


def test_nobody_is_missed_between_the_notice_and_the_report() -> None:
    worker, day = UserFactory(), today()
    release = expected(worker)
    assert list(Release.objects.overdue_on(day)) == [release]
    assert release.state_on(day) == "overdue"
    assert release.state_on(release.expected_on) == "expected"
    receive_person(release=release, by=worker, on=day, reception="family")
    for _ in range(2):
        release = open_file(release=release, by=worker, decision_on=day)
    assert release.state_on(day) == "to_report"
    assert list(Release.objects.visible_to(worker).not_over()) == [release]
    assert release.case
    record_report(case=release.case, by=worker, on=day)
    assert not Release.objects.not_over().exists()
    assert Release.objects.get().state_on(day) == "done"
    assert (Person.objects.count(), Case.objects.count()) == (1, 1)
    assert Assignment.objects.get().worker == worker


def test_no_file_before_the_reception_and_the_order_of_steps_is_kept() -> None:
    worker = UserFactory()
    release = expected(worker)
    with pytest.raises(Refused, match="请先登记何时、如何接收。"):
        open_file(release=release, by=worker)
    with pytest.raises(Refused, match="日期晚于今天。"):
        receive_person(release=release, by=worker, on=today() + timedelta(days=1), reception="self")
    call_off(release=release, by=worker, reason="转外省执行")
    with pytest.raises(Refused, match="日取消：转外省执行"):
        receive_person(release=release, by=worker, on=today(), reception="self")
    assert not Release.objects.not_over().exists()


def test_the_same_notice_twice_is_one_row() -> None:
    worker, sent = UserFactory(), uuid4()
    first = expected(worker, client_uuid=sent)
    assert expected(worker, client_uuid=sent).pk == first.pk
    with pytest.raises(Refused, match="该出所通知已在清单中。"):
        expected(worker)
    with pytest.raises(Refused, match="校验位不对：有一位输错了。"):
        expected(worker, document_number="469002199001011234")


def test_a_file_of_the_same_number_is_used_and_one_elsewhere_is_refused() -> None:
    boss = UserFactory(town_supervisor=True)
    known = PersonFactory(document_number=NUMBER)
    release = open_file(release=received(boss), by=boss)
    assert release.file == known
    other = resident_number(78)
    PersonFactory(document_number=other, area=area(WENCHENG))
    elsewhere = received(boss, document_number=other)
    with pytest.raises(Refused, match="该证件号码的档案由其他单位管理：请办理变更执行地。"):
        open_file(release=elsewhere, by=boss)
    page = signed_in(boss).post(reverse("intake:open", args=[elsewhere.public_id]))
    assert page.status_code == 409
    assert Person.objects.count() == 2


def test_without_an_order_follow_up_begins() -> None:
    boss = UserFactory(town_supervisor=True)
    release = open_file(release=received(boss, measure=""), by=boss)
    assert release.file
    assert release.file.life_status == "follow_up"
    assert release.state_on(today()) == "no_order"


def test_the_inbox_is_scoped_and_a_notice_goes_to_the_own_area_only() -> None:
    worker, mate = UserFactory(), UserFactory()
    release = expected(worker)
    stranger = UserFactory(town_supervisor=True, area=area(WANQUAN))
    assert Release.objects.visible_to(mate).count() == 1
    assert not Release.objects.visible_to(stranger).exists()
    with pytest.raises(Refused, match="嘉积镇不在您的工作区域内。"):
        expected(stranger, document_number=resident_number(79))
    receive_person(release=release, by=worker, on=today(), reception="self")
    open_file(release=release, by=worker)
    assert not Release.objects.visible_to(mate).exists()
    assert Release.objects.visible_to(worker).exists()


def test_art_34_a_notice_of_less_than_three_days_is_marked() -> None:
    day = today() + timedelta(days=10)
    for days, late in ((3, False), (2, True)):
        release = Release(expected_on=day, noticed_on=day - timedelta(days=days))
        assert release.is_late_notice is late


def test_called_off_twice_is_one_call_and_other_words_are_shown() -> None:
    worker = UserFactory()
    release = call_off(release=expected(worker), by=worker, reason="转外省执行")
    assert call_off(release=release, by=worker, reason="转外省执行") == release
    with pytest.raises(Refused, match="已"):
        call_off(release=release, by=worker, reason="通知书有误")
