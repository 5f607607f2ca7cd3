"""Who assigns sees the workers of the unit with their caseloads; others behind a search."""

import pytest
from django.urls import reverse

from apps.persons.models import Assignment
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WANQUAN, area
from tests.factories.pages import signed_in
from tests.factories.persons import AssignmentFactory, PersonFactory

pytestmark = pytest.mark.django_db
URL = "persons:assign"


def offered(page: str) -> str:
    return page.split('name="worker"')[1].split("</select>", maxsplit=1)[0]


def test_workers_of_the_unit_come_first_with_their_caseload_and_others_are_looked_for():
    boss = UserFactory(county_supervisor=True, area=area(QIONGHAI))
    near, far = (
        UserFactory(name="周近", area=area(JIAJI)),
        UserFactory(name="吴远", area=area(WANQUAN)),
    )
    office = UserFactory(name="林县办", area=area(QIONGHAI))
    for _n in range(3):
        AssignmentFactory(person=PersonFactory(), worker=near)
    person, client = PersonFactory(), signed_in(boss)
    row = {"row": [str(person.public_id)]}
    page = offered(client.post(reverse(URL), row).content.decode())
    assert near.name in page
    assert "3" in page.split(near.name)[1].split("<")[0]
    assert far.name not in page
    assert office.name not in page
    asked = row | {"find": "1", "wanted": "林县", "worker": "", "on": "2026-01-05", "kind": "cover"}
    whole = client.post(reverse(URL), asked).content.decode()
    assert office.name in offered(whole)
    assert "2026-01-05" in whole
    sent = row | {"worker": str(office.pk), "on": "2026-01-05"}
    # Responsible, or a cover: nobody says it for whoever assigns.
    for left_open in (sent, sent | {"kind": ""}):
        assert client.post(reverse(URL), left_open).status_code == 422
    client.post(reverse(URL), sent | {"kind": "responsible"})
    assert Assignment.objects.get(person=person).worker == office
