"""Today and a person's page ask with SQL that is kept: the answer is of the moment and the user."""

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.areas.models import Area
from apps.core.days import today
from apps.needs.services import record_need
from apps.persons.models import Assignment
from apps.workbench.models import SavedView
from tests.factories.accounts import UserFactory
from tests.factories.areas import WANQUAN, area
from tests.factories.pages import running_case, signed_in

pytestmark = pytest.mark.django_db


def page(client: Client, url: str) -> tuple[int, str]:
    response = client.get(url)
    return response.status_code, response.content.decode()


def test_a_file_shows_what_was_added_and_hides_itself_from_others() -> None:
    worker: User = UserFactory()
    case = running_case(worker)
    url = f"/persons/{case.person.public_id}/"
    mine, other = signed_in(worker), signed_in(UserFactory())
    assert (page(mine, url)[0], page(other, url)[0]) == (200, 404)
    before = page(mine, url)[1]
    record_need(
        person=case.person, by=worker, case=case, kind="work", said_on=today(),
        urgency="normal", said_by="person",
    )  # fmt: skip
    html = page(mine, url)[1]
    assert html.count("就业") > before.count("就业")
    assert page(other, url)[0] == 404
    Assignment.objects.filter(person=case.person).delete()
    assert page(mine, url)[0] == 404


def test_today_follows_the_caseload_at_once() -> None:
    worker: User = UserFactory()
    case = running_case(worker)
    mine, other = signed_in(worker), signed_in(UserFactory())
    name = case.person.name
    for _ in range(2):
        assert name in page(mine, "/today/?tab=month")[1] + page(mine, "/today/")[1]
        assert name not in page(other, "/today/")[1]
    type(case.person).objects.filter(pk=case.person_id).update(name="换了名字")
    assert "换了名字" in page(mine, "/today/?tab=month")[1] + page(mine, "/today/")[1]
    Assignment.objects.filter(person=case.person).delete()
    assert "换了名字" not in page(mine, "/today/?tab=month")[1] + page(mine, "/today/")[1]


def test_a_view_shared_with_the_units_above_is_seen_from_the_day_they_change() -> None:
    """The own unit stays the same; where it lies does not."""
    boss: User = UserFactory(county_supervisor=True)
    SavedView.objects.create(
        owner=boss, area=area("469005"), name="文昌的视图", query="status=active"
    )
    user: User = UserFactory(town_supervisor=True, area=area(WANQUAN))
    client = signed_in(user)
    assert "文昌的视图" not in page(client, "/persons/")[1]
    town = area(WANQUAN)
    Area.objects.filter(pk=town.pk).update(parent=area("469005"))
    town.refresh_from_db()
    assert area("469005").pk in town.lineage
    assert "文昌的视图" in page(client, "/persons/")[1]
