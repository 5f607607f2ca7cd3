"""Each step of a transfer with what it refuses, and the same step done as it should be."""

from datetime import timedelta
from uuid import uuid4

import pytest

from apps.approvals.models import Proposal
from apps.approvals.services import withdraw
from apps.core.days import today
from apps.persons.models import Person
from apps.persons.services import change_person
from apps.transfers.models import Transfer
from apps.transfers.services import (
    accept_transfer,
    cancel_transfer,
    record_arrival,
    sign_new_agreement,
)
from apps.transfers.services.sending import refuse_merge_while_open, refuse_while_open
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WANQUAN, area
from tests.factories.cases import CaseFactory
from tests.factories.pages import running_case
from tests.factories.persons import PersonFactory
from tests.factories.transfers import asked, handed_over
from tests.refusing import answered, refused
from tests.transfers.conftest import Offices

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
FUTURE = "The day lies in the future."


@pytest.fixture
def accepted(offices: Offices) -> Transfer:
    transfer = handed_over(offices.case, offices.worker, offices.boss)
    return accept_transfer(transfer=transfer, by=offices.receiver)


@pytest.mark.parametrize(("days", "words"), [(-1, None), (0, None), (1, FUTURE)])
def test_the_wish_is_of_a_day_that_has_come(offices: Offices, days: int, words: str | None) -> None:
    with answered(words, "on" if words else None):
        made = asked(offices.case, offices.worker, on=today() + days * DAY)
        assert made.asked_on == today() + days * DAY


@pytest.mark.parametrize(
    ("reason", "words"), [(" ", "Say why the person asks for it."), ("务工", None)]
)
def test_the_wish_has_a_reason(offices: Offices, reason: str, words: str | None) -> None:
    with answered(words, "reason" if words else None):
        assert asked(offices.case, offices.worker, reason=f" {reason} ").reason == reason


@pytest.mark.parametrize(
    ("code", "here"), [(JIAJI, True), ("469002100200", True), (WANQUAN, False), (QIONGHAI, False)]
)
def test_a_towns_order_goes_anywhere_but_into_the_town(
    offices: Offices, code: str, *, here: bool
) -> None:
    words = f"{area(code).name} is the unit that carries the order out already."
    with answered(words if here else None, "area" if here else None):
        assert asked(offices.case, offices.worker, code).receiver.code == code


@pytest.mark.parametrize("code", [QIONGHAI, JIAJI, "469002100200"])
def test_a_countys_order_stays_in_the_county(code: str) -> None:
    case = CaseFactory(person=PersonFactory(area=area(QIONGHAI)))
    assert case.town is None
    with refused(f"{area(code).name} is the unit that carries the order out already.", "area"):
        asked(case, UserFactory(county_supervisor=True), code)
    assert asked(case, UserFactory(county_supervisor=True)).receiver.code == "469005100200"


def test_it_is_taken_back_with_a_reason_by_the_unit_that_sends(offices: Offices) -> None:
    transfer = asked(offices.case, offices.worker)
    with refused("Say why.", "reason"):
        cancel_transfer(transfer=transfer, by=offices.worker, reason=" ")
    for by in (offices.receiver, UserFactory(system_admin=True)):
        with refused("Only the sending unit takes a transfer back"):
            cancel_transfer(transfer=transfer, by=by, reason="本人不去了")
    assert cancel_transfer(transfer=transfer, by=offices.boss, reason="本人不去了").decided_on


def test_where_nothing_waits_nothing_is_accepted(offices: Offices) -> None:
    transfer = handed_over(offices.case, offices.worker, offices.boss)
    withdraw(kind="transfer", subject=transfer.public_id, by=offices.boss, reason="重复")
    with refused("This waits for no decision."):
        accept_transfer(transfer=transfer, by=offices.receiver)
    assert not Proposal.objects.waiting().exists()


def test_an_address_that_nobody_told_stays_as_it_was(offices: Offices, accepted: Transfer) -> None:
    change_person(person=offices.case.person, by=offices.boss, residence_address="东风路1号")
    for words in ("", " ", "东风路1号"):
        record_arrival(transfer=accepted, by=offices.receiver, on=today(), residence_address=words)
        person = Person.objects.get(pk=offices.case.person_id)
        assert person.residence_address == "东风路1号"


def test_the_agreement_is_signed_once_and_on_a_day_that_has_come(
    offices: Offices, accepted: Transfer
) -> None:
    facts = {"transfer": accepted, "by": offices.receiver}
    with refused("The new agreement follows the report at the new place."):
        sign_new_agreement(**facts, on=today())
    record_arrival(**facts, on=today())
    with refused(FUTURE, "on"):
        sign_new_agreement(**facts, on=today() + DAY)
    assert sign_new_agreement(**facts, on=today()).agreement_on == today()
    with refused("The new agreement is on file."):
        sign_new_agreement(**facts, on=today() - DAY)


def test_what_is_under_way_holds_its_own_file_alone(offices: Offices) -> None:
    other = running_case(offices.worker)
    transfer = asked(offices.case, offices.worker)
    for person in (other.person, running_case().person):
        refuse_while_open(person)
        refuse_merge_while_open(person)
    with refused("A transfer to ", "area"):
        refuse_while_open(offices.case.person)
    with refused(f"A transfer of {offices.case.person.name}"):
        refuse_merge_while_open(offices.case.person)
    cancel_transfer(transfer=transfer, by=offices.worker, reason="本人不去了")
    refuse_while_open(offices.case.person)
    refuse_merge_while_open(offices.case.person)
    assert asked(offices.case, offices.worker, client_uuid=uuid4()).pk != transfer.pk
