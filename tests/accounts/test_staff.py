"""The list of staff, and codes handed over from it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import ResetCode, User
from apps.accounts.roles import Role
from apps.accounts.services import change_account, create_account
from apps.core.refusals import Refused
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WANQUAN, WENCHENG, area

pytestmark = pytest.mark.django_db


def names(client: Client) -> set[str]:
    page = client.get(reverse("accounts:staff-list"))
    return {user.name for user in page.context["page"].rows}


def test_a_supervisor_sees_the_staff_of_the_own_area(client: Client) -> None:
    boss = UserFactory(town_supervisor=True, name="甲")
    UserFactory(name="乙"), UserFactory(name="丙", area=area(WANQUAN))
    client.force_login(boss)
    assert names(client) == {"甲", "乙"}
    client.force_login(UserFactory(county_supervisor=True, name="丁"))
    assert names(client) == {"甲", "乙", "丙", "丁"}


def test_a_system_administrator_sees_everybody_but_the_built_in_account(client: Client) -> None:
    User.objects.system()
    UserFactory(name="乙", area=area(WENCHENG))
    client.force_login(UserFactory(system_admin=True, name="甲"))
    assert names(client) == {"甲", "乙"}


def test_the_list_takes_as_many_queries_for_30_as_for_3(
    client: Client, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    client.force_login(UserFactory(county_supervisor=True))
    UserFactory.create_batch(3)
    client.get(reverse("accounts:staff-list"))
    with django_assert_max_num_queries(12) as few:
        client.get(reverse("accounts:staff-list"))
    UserFactory.create_batch(27)
    with django_assert_num_queries(len(few)):
        client.get(reverse("accounts:staff-list"))


def test_a_code_is_shown_once_and_only_after_asking(client: Client) -> None:
    worker = UserFactory()
    client.force_login(UserFactory(town_supervisor=True))
    url = reverse("accounts:staff-code", args=[worker.public_id])
    assert "code" not in client.get(url).context
    assert not ResetCode.objects.exists()
    answer = client.post(url)
    assert answer.context["code"] in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_elsewhere_is_not_found_and_oneself_is_not_allowed(client: Client) -> None:
    boss = UserFactory(town_supervisor=True)
    client.force_login(boss)

    def status(user: User) -> int:
        return client.post(reverse("accounts:staff-code", args=[user.public_id])).status_code

    assert status(UserFactory(area=area(WANQUAN))) == 404
    assert status(boss) == 403
    assert status(UserFactory(town_supervisor=True)) == 403
    client.force_login(UserFactory())
    assert status(UserFactory()) == 403


def test_my_page_says_role_and_area_in_words(client: Client) -> None:
    client.force_login(UserFactory(name="符海燕"))
    page = client.get(reverse("accounts:me")).content.decode()
    assert "海南省 › 琼海市 › 嘉积镇" in page
    assert "符海燕" in page


def account(**facts: Any) -> User:
    by = User.objects.system()
    return create_account(
        **{"username": "w1", "name": "符", "role": Role.WORKER, "area": area(JIAJI), "by": by}
        | facts
    )


def test_an_account_begins_without_a_password() -> None:
    user = account(villages=[area("469002100001")])
    assert not user.has_usable_password()
    assert [village.name for village in user.villages.all()] == ["东风社区"]


@pytest.mark.parametrize(
    ("role", "code"),
    [
        (Role.WORKER, "46"),
        (Role.WORKER, ""),
        (Role.TOWN_SUPERVISOR, QIONGHAI),
        (Role.COUNTY_SUPERVISOR, JIAJI),
        (Role.PROVINCE_VIEWER, QIONGHAI),
        (Role.SYSTEM_ADMIN, JIAJI),
        (Role.BUILT_IN, ""),
    ],
)
def test_a_role_belongs_to_units_of_its_level(role: Role, code: str) -> None:
    with pytest.raises(Refused):
        account(role=role, area=area(code) if code else None)


def test_who_works_in_an_area_is_not_without_one() -> None:
    with pytest.raises(Refused, match="该角色须选择区划"):
        account(role=Role.WORKER, area=None)


def test_a_changed_account_is_in_the_history() -> None:
    user = account()
    change_account(user=user, by=User.objects.system(), area=area(WANQUAN), phone="10012345678")
    user.refresh_from_db()
    assert (user.area, user.phone, user.name) == (area(WANQUAN), "10012345678", "符")
    assert [event.pgh_label for event in user.events.order_by("pgh_id")] == ["insert", "update"]


def test_the_built_in_account_cannot_be_changed() -> None:
    with pytest.raises(Refused, match="内置账号不能更改。"):
        change_account(user=User.objects.system(), by=User.objects.system(), is_active=True)
