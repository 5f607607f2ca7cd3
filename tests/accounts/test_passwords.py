"""Choosing a password, by the old one or by a one-time code."""

import re
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import ResetCode, User
from apps.accounts.rules import may_reset
from apps.accounts.services import issue_code, redeem_code
from apps.core.refusals import Refused
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.areas import WANQUAN, WENCHENG, area

pytestmark = pytest.mark.django_db
NEW = "three brown horses run"


def change(client: Client, old: str = PASSWORD, new: str = NEW, again: str = "") -> Any:
    data = {"old_password": old, "new_password": new, "again": again or new}
    return client.post(reverse("accounts:password"), data)


def redeem(client: Client, user: User, code: str, new: str = NEW) -> Any:
    data = {"username": user.username, "code": code, "new_password": new, "again": new}
    return client.post(reverse("accounts:redeem-code"), data)


def test_a_change_ends_the_sessions_elsewhere_and_keeps_this_one() -> None:
    user, here, elsewhere = UserFactory(), Client(), Client()
    here.force_login(user)
    elsewhere.force_login(user)
    assert change(here).status_code == 302
    assert here.get(reverse("accounts:me")).status_code == 200
    assert elsewhere.get(reverse("accounts:me")).status_code == 302
    assert User.objects.get(pk=user.pk).check_password(NEW)


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [
        ("wrong", NEW, NEW),
        (PASSWORD, "short words", "short words"),
        (PASSWORD, "passwordpassword1"[:12], "different words here"),
        (PASSWORD, PASSWORD, PASSWORD),
        (PASSWORD, NEW, "something else entirely"),
        (PASSWORD, "fushiyonghu12", "fushiyonghu12"),
    ],
    ids=["wrong old", "short", "differs and common", "unchanged", "differs", "like the name"],
)
def test_a_bad_change_changes_nothing(client: Client, old: str, new: str, again: str) -> None:
    user = UserFactory(username="fushiyonghu")
    client.force_login(user)
    assert change(client, old, new, again).status_code == 422
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)


def test_who_must_choose_a_password_sees_no_other_page(client: Client) -> None:
    user = UserFactory(must_change_password=True)
    client.force_login(user)
    assert client.get(reverse("accounts:me"))["Location"] == reverse("accounts:password")
    assert client.get(reverse("accounts:password")).status_code == 200
    change(client)
    assert client.get(reverse("accounts:me")).status_code == 200


def test_a_code_sets_a_password_once_and_signs_in(client: Client) -> None:
    worker = UserFactory(password=None)
    code = issue_code(user=worker, by=UserFactory(town_supervisor=True))
    assert redeem(client, worker, code.lower().replace("-", " ")).status_code == 302
    assert client.get(reverse("accounts:me")).status_code == 200
    assert User.objects.get(pk=worker.pk).check_password(NEW)
    again = redeem(Client(), worker, code, "other words for this")
    assert again.status_code == 422
    assert User.objects.get(pk=worker.pk).check_password(NEW)


def test_a_code_is_good_for_24_hours(client: Client) -> None:
    worker, boss = UserFactory(), UserFactory(town_supervisor=True)
    code = issue_code(user=worker, by=boss)
    with time_machine.travel(timezone.now() + timedelta(hours=23, minutes=59)):
        row = ResetCode.objects.get()
        assert row.valid_at(timezone.now())
    with time_machine.travel(timezone.now() + timedelta(hours=24, seconds=1)):
        assert redeem(client, worker, code).status_code == 422
        with pytest.raises(Refused, match="验证码已失效，请重新领取。"):
            redeem_code(user=worker, code=code, password=NEW)


def test_a_new_code_ends_the_earlier_one_and_no_code_is_stored(client: Client) -> None:
    worker, boss = UserFactory(), UserFactory(town_supervisor=True)
    first, second = (issue_code(user=worker, by=boss) for _ in range(2))
    assert redeem(client, worker, first).status_code == 422
    for row in ResetCode.objects.all():
        assert second.encode() not in bytes(row.code_hash)
    assert redeem(client, worker, second).status_code == 302


def test_a_code_is_for_one_account_and_tries_are_throttled(client: Client, settings: Any) -> None:
    worker, other = UserFactory(), UserFactory()
    code = issue_code(user=worker, by=UserFactory(town_supervisor=True))
    assert redeem(client, other, code).status_code == 422
    for _ in range(5):
        redeem(client, worker, "AAAA-BBBB-CCCC")
    assert redeem(client, worker, code).status_code == 429
    assert not User.objects.get(pk=worker.pk).check_password(NEW)


def test_a_code_with_a_password_too_weak_is_not_used_up(client: Client) -> None:
    worker = UserFactory()
    code = issue_code(user=worker, by=UserFactory(town_supervisor=True))
    assert redeem(client, worker, code, "short").status_code == 422
    assert redeem(client, worker, code).status_code == 302


def test_who_may_hand_a_code_to_whom() -> None:
    worker, elsewhere = UserFactory(), UserFactory(area=area(WANQUAN))
    foreign = UserFactory(area=area(WENCHENG))
    town, county = UserFactory(town_supervisor=True), UserFactory(county_supervisor=True)
    records, system = UserFactory(records_admin=True), UserFactory(system_admin=True)
    auditor, closed = UserFactory(auditor=True), UserFactory(is_active=False)
    everybody = [worker, elsewhere, foreign, town, county, records, system, auditor, closed]
    allowed = {
        town: [worker],
        county: [worker, elsewhere, town],
        records: [worker, elsewhere, town],
        system: [worker, elsewhere, foreign, town, county, records, auditor],
        worker: [],
        auditor: [],
    }
    for by, expected in allowed.items():
        assert [user for user in everybody if may_reset(by, user)] == expected


def test_a_code_for_somebody_else_is_refused() -> None:
    with pytest.raises(Refused, match="您不能为该账号发放验证码。"):
        issue_code(user=UserFactory(area=area(WANQUAN)), by=UserFactory(town_supervisor=True))


def test_create_admin_prints_a_code_that_opens_the_account(client: Client) -> None:
    out = StringIO()
    call_command("create_admin", "root1", "--name", "王管理", stdout=out)
    code = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}", out.getvalue())
    assert code
    assert redeem(client, User.objects.get(username="root1"), code[0]).status_code == 302
    with pytest.raises(CommandError):
        call_command("create_admin", "root1", "--name", "王管理")
    with pytest.raises(CommandError):
        call_command("create_admin", "rec", "--name", "x", "--role", "records_admin")


def test_issue_code_by_command_for_those_who_may_sign_in(client: Client) -> None:
    out, user = StringIO(), UserFactory()
    call_command("issue_code", user.username, stdout=out)
    assert user.username in out.getvalue()
    for closed in (UserFactory(is_active=False), User.objects.system()):
        with pytest.raises(CommandError, match="may not"):
            call_command("issue_code", closed.username)
