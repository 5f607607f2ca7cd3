"""Anybody in scope is added to a round, due or not; ticked rows become one."""

import pytest
from django.urls import reverse

from tests.factories.accounts import UserFactory
from tests.factories.areas import WENCHENG, area
from tests.factories.pages import running_case, signed_in
from tests.factories.persons import PersonFactory

pytestmark = pytest.mark.django_db


def test_who_persons_finds_is_found_here_and_added_without_a_name_in_the_address():
    worker = UserFactory()
    person = running_case(worker).person
    client = signed_in(worker)
    answer = client.post(reverse("workbench:round-add"), {"q": person.name, "round": "place="})
    assert str(person.public_id) in answer["Location"]
    assert person.name not in answer["Location"]
    page = client.get(answer["Location"]).content.decode()
    assert f'value="{person.public_id},' in page


def test_of_several_the_right_one_is_chosen_and_strangers_are_not_found():
    boss = UserFactory(town_supervisor=True)
    first, second = PersonFactory(name="陈海生"), PersonFactory(name="陈海平")
    stranger = PersonFactory(name="陈海远", area=area(WENCHENG))
    client = signed_in(boss)
    page = client.post(reverse("workbench:round-add"), {"q": "陈海"}).content.decode()
    assert str(first.public_id) in page
    assert str(second.public_id) in page
    assert str(stranger.public_id) not in page
    nobody = client.post(reverse("workbench:round-add"), {"q": "陈海远"})
    assert "also=" not in nobody["Location"]
    forged = client.get(f"{reverse('checkins:round')}?also={stranger.public_id}")
    assert "陈海远" not in forged.content.decode()


def test_an_added_person_has_a_line_that_logs_a_contact_at_any_time():
    worker = UserFactory()
    person = running_case(worker).person
    client = signed_in(worker)
    page = client.get(f"{reverse('checkins:round')}?also={person.public_id}").content.decode()
    assert person.name in page
    ticked = client.post(reverse("workbench:round-with"), {"row": [str(person.public_id)] * 2})
    assert ticked["Location"].count(str(person.public_id)) == 1
    assert client.post(reverse("workbench:round-with"))["Location"] == reverse("workbench:today")
