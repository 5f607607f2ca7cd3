"""Whom the bell tells, once; and what is read is one's own."""

from uuid import uuid4

import pytest

from apps.notices.codes import NoticeKind
from apps.notices.models import Notice
from apps.notices.services import anew, mark_all_read, mark_read, ring
from tests.factories.accounts import UserFactory
from tests.notices.conftest import Office, told

pytestmark = pytest.mark.django_db


def test_everybody_hears_once_but_who_did_it_and_who_has_left(office: Office) -> None:
    gone = UserFactory(is_active=False)
    readers = [office.worker.pk, office.mate.pk, office.boss.pk, gone.pk, None]
    act = {"kind": NoticeKind.RELEASE_OFF, "subject": uuid4(), "by": office.boss}
    for _twice in range(2):
        ring(**act, readers=readers)
    heard = [len(told(user)) for user in (office.worker, office.mate, office.boss, gone)]
    assert heard == [1, 1, 0, 0]
    ring(**act, readers=readers, mark=anew())
    ring(**act | {"by": None, "subject": uuid4()}, readers=[office.boss.pk])
    heard = [len(told(user)) for user in (office.worker, office.mate, office.boss, gone)]
    assert heard == [2, 2, 1, 0]


def test_nobody_reads_for_somebody_else(office: Office) -> None:
    readers = [office.worker.pk, office.mate.pk]
    ring(kind=NoticeKind.RELEASE_OFF, subject=uuid4(), by=None, readers=readers)
    own, other = (Notice.objects.get(reader=user) for user in (office.worker, office.mate))
    with pytest.raises(Notice.DoesNotExist):
        mark_read(notice=other, by=office.worker)
    first = mark_read(notice=own, by=office.worker).read_at
    assert first is not None
    assert mark_read(notice=own, by=office.worker).read_at == first
    newest = Notice.objects.newest_first()[0]
    assert mark_all_read(by=office.worker, until=newest) == 0
    assert mark_all_read(by=office.mate, until=newest) == 1
    own.refresh_from_db()
    assert own.read_at == first
