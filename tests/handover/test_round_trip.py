"""From one database to another and back: every row, every day, every word."""

import json
from typing import Any

import pytest

from apps.accounts.models import User
from apps.areas.models import Area
from apps.cases.models import Case
from apps.checkins.models import CheckIn
from apps.core.days import today
from apps.documents.models import Attachment
from apps.handover import sealing
from apps.handover.kinds import keeps, kinds, rows_there
from apps.handover.models import Package
from apps.handover.parts import read_whole
from apps.handover.reading import open_package
from apps.handover.rows import told_fields
from apps.handover.services import accept_arrival, load_receipt, receipt_of, receive_package
from apps.persons.models import Assignment, Person
from apps.schedule.models import DueItem
from apps.transfers.codes import TransferState
from apps.transfers.models import Transfer
from tests.architecture.visitors import TOWN
from tests.factories.accounts import UserFactory
from tests.factories.areas import WENCHENG, area
from tests.handover.conftest import sent_file
from tests.handover.other import other_installation
from tests.transfers.whole_file import whole_file

# Said anew in the other office: who recorded it, and since when the file is there.
ANEW = {"brought_in_on"}


def lasting(model: Any, row: dict[str, Any]) -> dict[str, Any]:
    """What of a row holds in every installation."""
    kept = set(rows_there())
    return {"id": row.get("id")} | {
        one.name: row[one.name]
        for one in told_fields(model)
        if one.name not in ANEW
        and (one.related_model is None or (one.related_model is not User and keeps(one, kept)))
    }


@pytest.mark.django_db(transaction=True)
def test_every_row_of_the_richest_file_arrives_as_it_was() -> None:  # noqa: PLR0915 - a journey
    world = whole_file()
    boss = world.users[TOWN]
    assert boss is not None
    sent = sent_file(world.person, world.case, boss)
    there = open_package(sealing.unseal(sent.content, sent.phrase)[0])
    transfer, package = sent.transfer.pk, sent.package.pk
    with other_installation():
        assert not Person.every.exists()
        receiver = UserFactory(town_supervisor=True, area=area(WENCHENG))
        worker = UserFactory(area=area(WENCHENG))
        unit, accounts = Area.objects.get(code=WENCHENG), User.objects.count()
        arrival = receive_package(content=sent.content, phrase=sent.phrase, area=unit, by=receiver)
        accept_arrival(arrival=arrival, by=receiver, worker=worker)
        arrival.refresh_from_db()
        receipt = receipt_of(arrival)
        person = Person.objects.visible_to(receiver).get()
        here = {one.kind.name: [said for _row, said in one.rows]
                for one in read_whole(person, receiver).records}  # fmt: skip
        assert person.document_number == there.person["document_number"]
        assert person.brought_in_on == today()
        assert Assignment.objects.get(person=person).worker == worker
        assert Case.objects.get().brought_in_on == today()
        late = DueItem.objects.filter(due_on__lt=today(), carried_over=False)
        assert not late.exists()
        assert CheckIn.objects.visible_to(worker).exists()
        papers = Attachment.objects.visible_to(receiver).count()
        again = receive_package(content=sent.content, phrase=sent.phrase, area=unit, by=receiver)
        assert (again.pk, receipt_of(again)) == (arrival.pk, receipt)
        assert User.objects.count() == accounts
    came = 0
    for kind, rows in there.rows:
        if not kind.becomes_rows or kind.name == "documents.Attachment":
            continue
        ours = {json.dumps(lasting(kind.model, row), sort_keys=True) for row in here[kind.name]}
        for row in rows:
            assert json.dumps(lasting(kind.model, row), sort_keys=True) in ours, kind.name
            came += 1
    assert came > 30
    assert {kind.name for kind in kinds() if kind.becomes_rows} <= here.keys()
    assert papers == len(there.papers)
    assert load_receipt(content=receipt, by=boss).state == "accepted"
    assert load_receipt(content=receipt, by=boss).pk == package  # the same again
    decided = Transfer.objects.get(pk=transfer)
    assert decided.state == TransferState.ACCEPTED
    assert bytes(Package.objects.get(pk=package).content) == b""
    # The file belongs to the other unit: nobody here writes in it any more.
    assert not Person.objects.visible_to(boss).filter(pk=sent.person.pk).exists()
