"""A package about somebody who has a file here: a supervisor says so, and nothing of it is lost."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.areas.models import Area
from apps.cases.models import Case
from apps.core.days import today
from apps.handover.models import Arrival
from apps.handover.services import accept_arrival, make_package, receipt_of, receive_package
from apps.persons import identity
from apps.persons.models import Contact, Person
from tests.factories.accounts import UserFactory
from tests.factories.areas import WENCHENG, area
from tests.factories.pages import running_case
from tests.factories.persons import ContactFactory, PersonFactory, resident_number
from tests.handover.conftest import REASON, Sent, sent_file
from tests.handover.other import other_installation
from tests.refusing import refused

pytestmark = pytest.mark.django_db(transaction=True)
SAME = "A file of this person is here already."


@pytest.fixture
def two() -> Iterator[tuple[Sent, bytes, str]]:
    """Two packages of one file, the second with a relative more; then another installation."""
    case = running_case(UserFactory(), days=100)
    sent = sent_file(case.person, case, UserFactory(town_supervisor=True))
    ContactFactory(person=sent.person)
    later = make_package(transfer=sent.transfer, by=sent.boss, reason=REASON)
    content, phrase = bytes(later.package.content), later.phrase
    number = sent.person.document_number
    with other_installation():
        sent.person.document_number = number
        yield sent, content, phrase


def here(sent: Sent) -> Person:
    """A file of their own, of the same number and in other words."""
    found: Person = PersonFactory(
        document_number=sent.person.document_number, name="本地之名", area=area(WENCHENG)
    )
    return found


def renumber(person: Person) -> None:
    """Somebody corrected the number here."""
    other = identity.document_index(resident_number(99))
    Person.every.filter(pk=person.pk).update(document_index=other)


def read_in(content: bytes, phrase: str, by: User) -> Arrival:
    unit = Area.objects.get(code=WENCHENG)
    return receive_package(content=content, phrase=phrase, area=unit, by=by)


def test_the_file_here_takes_what_it_does_not_have(two: tuple[Sent, bytes, str]) -> None:
    sent, later, phrase = two
    ours, boss = here(sent), UserFactory(town_supervisor=True, area=area(WENCHENG))
    before = Person.every.values().get()
    arrival = read_in(sent.content, sent.phrase, boss)
    with refused(SAME, "same_person"):
        accept_arrival(arrival=arrival, by=boss)
    assert not Case.objects.exists()
    done = accept_arrival(arrival=arrival, by=boss, same_person=True)
    assert done.person == ours
    assert Person.every.values().get() == before  # nobody new, and no word of ours is another
    case = Case.objects.get()
    assert (case.person, case.brought_in_on) == (ours, today())
    assert accept_arrival(arrival=arrival, by=boss).pk == done.pk  # the same tap again
    receipt = receipt_of(done)

    # The second package brings the rest alone.
    again = accept_arrival(arrival=read_in(later, phrase, boss), by=boss, same_person=True)
    assert Case.objects.get() == case
    assert Contact.objects.get().person == ours
    assert {name for name, number in again.counts.items() if number} == {"persons.Contact"}
    assert receipt_of(done) == receipt


def test_a_file_with_an_order_of_its_own_stays_whole(two: tuple[Sent, bytes, str]) -> None:
    sent, later, phrase = two
    boss = UserFactory(town_supervisor=True, area=area(WENCHENG))
    ours = here(sent)
    case = running_case(UserFactory(area=area(WENCHENG)), days=30, person=ours)
    arrival = read_in(later, phrase, boss)
    with refused("case: Another order of the person is in force"):
        accept_arrival(arrival=arrival, by=boss, same_person=True)
    arrival.refresh_from_db()
    assert arrival.state == "waiting"
    assert (Case.objects.get(), Contact.objects.count()) == (case, 0)


def test_the_page_asks_for_it_and_says_where(two: tuple[Sent, bytes, str], client: Client) -> None:
    sent, _later, _phrase = two
    boss = UserFactory(town_supervisor=True, area=area(WENCHENG))
    arrival = read_in(sent.content, sent.phrase, boss)
    client.force_login(boss)
    page = reverse("handover:accept", args=[arrival.public_id])
    assert "same_person" not in client.get(page).context["form"].fields
    ours = here(sent)
    refusal = client.post(page, {})
    assert refusal.context["form"].errors.keys() == {"same_person"}
    assert client.post(page, {"same_person": "on"}).status_code == 302
    arrival.refresh_from_db()
    assert arrival.person == ours


def test_two_files_of_the_person_are_merged_first(two: tuple[Sent, bytes, str]) -> None:
    """One came earlier by its id, one was opened here with the number."""
    sent, later, phrase = two
    boss = UserFactory(town_supervisor=True, area=area(WENCHENG))
    done = accept_arrival(arrival=read_in(sent.content, sent.phrase, boss), by=boss)
    assert done.person is not None
    renumber(done.person)
    here(sent)
    arrival = read_in(later, phrase, boss)
    with refused("Two files here are of this person"):
        accept_arrival(arrival=arrival, by=boss, same_person=True)
    assert not Contact.objects.exists()


def test_one_of_two_files_in_another_unit_is_elsewhere(two: tuple[Sent, bytes, str]) -> None:
    """Whichever was opened first."""
    sent, later, phrase = two
    boss = UserFactory(town_supervisor=True, area=area(WENCHENG))
    done = accept_arrival(arrival=read_in(sent.content, sent.phrase, boss), by=boss)
    assert done.person is not None
    renumber(done.person)
    PersonFactory(document_number=sent.person.document_number)
    with refused("The person has a file in another unit here."):
        accept_arrival(arrival=read_in(later, phrase, boss), by=boss, same_person=True)


def test_a_file_of_the_same_origin_with_another_number_takes_nothing(
    two: tuple[Sent, bytes, str], client: Client
) -> None:
    sent, _content, _phrase = two
    boss = UserFactory(town_supervisor=True, area=area(WENCHENG))
    file: Person = PersonFactory(
        document_number=resident_number(7_002), area=area(WENCHENG),
        public_id=sent.person.public_id,
    )  # fmt: skip
    arrival = read_in(sent.content, sent.phrase, boss)
    with refused("has another number"):
        accept_arrival(arrival=arrival, by=boss, same_person=True)
    assert not Case.objects.filter(person=file).exists()
    client.force_login(boss)
    page = client.get(reverse("handover:arrival", args=[arrival.public_id]), secure=True)
    assert reverse("handover:accept", args=[arrival.public_id]) not in page.content.decode()
