"""条例 art. 17: who may lead the working group, and who of the family is in it."""

from datetime import date
from typing import Any

import pytest
from django.utils import translation

from apps.accounts.models import User
from apps.cases import services
from apps.cases.models import Case, TeamMember
from apps.cases.services.team import NO_LEADS
from apps.core.refusals import Refused
from apps.persons.services import withdraw_contact_agreement
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.persons import ContactFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker() -> User:
    made: User = UserFactory()
    return made


@pytest.fixture
def case() -> Case:
    made: Case = CaseFactory()
    return made


def add(case: Case, by: User, kind: str, **facts: Any) -> TeamMember:
    facts = {"on": date(2024, 3, 2), "name": "吴某"} | facts
    return services.add_member(case=case, by=by, kind=kind, **facts)


@pytest.mark.parametrize("kind", sorted(NO_LEADS))
def test_the_family_and_volunteers_are_asked_for_no_office(
    case: Case, worker: User, kind: str
) -> None:
    facts = {"contact": ContactFactory(person=case.person)}
    helper = add(case, worker, kind, **facts)
    assert not helper.is_lead
    with translation.override("en"), pytest.raises(Refused, match="Somebody of an office leads"):
        services.name_lead(member=helper, by=worker)
    with translation.override("en"), pytest.raises(Refused, match="Somebody of an office leads"):
        add(case, worker, kind, leads=True, **facts)
    police = add(case, worker, "police")
    doctor = add(case, worker, "worker", leads=True)
    assert case.team.get(is_lead=True) == doctor
    assert services.name_lead(member=police, by=worker).is_lead


def test_of_the_family_is_whom_the_person_agrees_to(case: Case, worker: User) -> None:
    gone, agreed = (ContactFactory(person=case.person, name=name) for name in ("陈父", "陈母"))
    withdraw_contact_agreement(contact=gone, by=worker, on=date(2024, 2, 1))
    gone.refresh_from_db()
    for contact in (None, ContactFactory(), gone):
        with translation.override("en"), pytest.raises(Refused, match="whom the person has agreed"):
            add(case, worker, "family", contact=contact)
    member = add(case, worker, "family", contact=agreed)
    assert (member.name, member.phone) == (agreed.name, agreed.phone)
    assert case.team.get() == member
