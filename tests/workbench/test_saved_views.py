"""Named filters of the list of persons: one's own, and what a supervisor shares."""

from typing import Any

import pytest
from django.urls import reverse

from apps.accounts.models import User
from apps.core.refusals import Refused
from apps.workbench.models import SavedView
from apps.workbench.services import delete_view, filters_of, save_view
from tests.factories.accounts import UserFactory
from tests.factories.areas import WENCHENG, area
from tests.factories.pages import signed_in
from tests.refusing import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker() -> User:
    made: User = UserFactory()
    return made


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(town_supervisor=True)
    return made


def names(user: User) -> list[str]:
    return sorted(SavedView.objects.visible_to(user).values_list("name", flat=True))


def page(user: User, query: str = "") -> str:
    answer = signed_in(user).get(f"{reverse('persons:list')}?{query}")
    return str(answer.content.decode())


def test_a_view_keeps_filters_and_order_and_nothing_else() -> None:
    assert filters_of("page=3&risk_level=high&saved=1&sort=-name&overdue=&area=嘉积镇") == (
        "area=%E5%98%89%E7%A7%AF%E9%95%87&risk_level=high&sort=-name"
    )
    assert filters_of("page=2") == ""


def test_a_view_is_saved_opened_and_deleted(worker: User) -> None:
    client = signed_in(worker)
    assert "view-name" not in page(worker)
    assert 'value="risk_level=high"' in page(worker, "risk_level=high&page=1")
    for _tap in range(2):
        answer = client.post(
            reverse("persons:view-save"), {"name": " 高风险 ", "query": "risk_level=high&page=9"}
        )
        assert answer["Location"] == f"{reverse('persons:list')}?risk_level=high"
    view = SavedView.objects.get()
    assert (view.name, view.query, view.area) == ("高风险", "risk_level=high", None)
    assert 'href="/persons/?risk_level=high" aria-current="page"' in page(worker, "risk_level=high")
    for _tap in range(2):
        answer = client.post(reverse("persons:view-delete", args=[view.public_id]))
        assert answer["Location"] == reverse("persons:list")
    assert not SavedView.objects.exists()


def test_a_supervisor_shares_with_the_own_area_and_nobody_else(worker: User, boss: User) -> None:
    elsewhere = UserFactory(area=area(WENCHENG))
    above = UserFactory(county_supervisor=True)
    view = save_view(by=boss, name="本镇逾期", query="overdue=on", shared=True)
    save_view(by=boss, name="自用", query="risk_level=low")
    assert names(boss) == ["本镇逾期", "自用"]
    assert names(worker) == ["本镇逾期"]
    assert names(elsewhere) == names(above) == []
    shown = page(worker)
    assert boss.name in shown
    assert reverse("persons:view-delete", args=[view.public_id]) not in page(worker, "overdue=on")
    with pytest.raises(Refused, match="可以删除此视图。"):
        delete_view(view=view, by=worker)


def test_a_worker_shares_nothing(worker: User) -> None:
    with pytest.raises(Refused, match="只有督导可以与本辖区共享视图。"):
        save_view(by=worker, name="高", query="risk_level=high", shared=True)


@pytest.mark.parametrize(
    "facts", [{"name": " ", "query": "risk_level=high"}, {"name": "全部", "query": "page=2"}]
)
def test_a_view_has_a_name_and_filters(worker: User, facts: dict[str, Any]) -> None:
    assert signed_in(worker).post(reverse("persons:view-save"), facts).status_code == 409


def test_what_a_view_lacks_is_said(worker: User) -> None:
    with refused("Give the view a name.", "name"):
        save_view(by=worker, name=" ", query="risk_level=high")
    with refused("Choose a filter or an order first: that is what a view keeps."):
        save_view(by=worker, name="全部", query="page=2&sort=")
    assert save_view(by=worker, name=" 按  姓名 ", query="sort=name").name == "按 姓名"


def test_twenty_views_are_enough_for_a_user(worker: User) -> None:
    SavedView.objects.bulk_create(
        SavedView(owner=worker, name=f"{n}", query="risk_level=low") for n in range(20)
    )
    save_view(by=worker, name="3", query="risk_level=high")
    with pytest.raises(Refused, match="个视图，请先删除一个。"):
        save_view(by=worker, name="第二十一", query="risk_level=high")


def test_without_a_filter_there_is_nothing_to_keep(worker: User) -> None:
    with pytest.raises(Refused, match="请先"):
        save_view(by=worker, name="全部", query="page=2")
    assert save_view(by=worker, name="全部", query="risk_level=high").query == "risk_level=high"


def test_two_users_call_their_views_the_same(worker: User, boss: User) -> None:
    first = save_view(by=worker, name="高", query="risk_level=high")
    second = save_view(by=boss, name="高", query="risk_level=low")
    assert save_view(by=worker, name="高", query="risk_level=medium").pk == first.pk
    second.refresh_from_db()
    assert (second.owner, second.query) == (boss, "risk_level=low")
