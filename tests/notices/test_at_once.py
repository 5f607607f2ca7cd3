"""Two acts at the same moment tell of one happening once, and nobody waits for nothing."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection, transaction

from apps.notices.codes import NoticeKind
from apps.notices.models import Notice
from apps.notices.services import mark_read, ring
from tests.notices.conftest import Office, told


@pytest.mark.django_db(transaction=True)
def test_two_at_once_ring_once_and_read_once() -> None:
    office, subject, both = Office(), uuid4(), Barrier(2)
    readers = [office.worker.pk, office.mate.pk]

    def act(turned: bool) -> None:
        try:
            with transaction.atomic():
                both.wait(20)
                order = readers[::-1] if turned else readers
                ring(
                    kind=NoticeKind.CASELOAD,
                    readers=order,
                    subject=subject,
                    by=office.boss,
                    number=5,
                )
        finally:
            connection.close()

    def read(notice: Notice) -> None:
        try:
            both.wait(20)
            mark_read(notice=notice, by=office.worker)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as hands:
        list(hands.map(act, (False, True)))
    assert told(office.worker) == told(office.mate) == [NoticeKind.CASELOAD]
    notice = Notice.objects.get(reader=office.worker)
    with ThreadPoolExecutor(2) as hands:
        list(hands.map(read, (notice, notice)))
    assert Notice.objects.unread().count() == 1
