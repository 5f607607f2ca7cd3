"""Exports that wait for a second person, as the bell tells of them."""

from apps.accounts.models import User
from apps.exports.services import approve, reject
from apps.notices.codes import NoticeKind
from tests.factories.accounts import UserFactory
from tests.factories.areas import WANQUAN, area
from tests.factories.exports import waits
from tests.notices.acts import rings
from tests.notices.conftest import Office, told


@rings(NoticeKind.EXPORT_ASKED)
def an_export_waits_for_a_second_person(office: Office) -> User:
    """Who works elsewhere, and who may not decide, is not asked."""
    far = UserFactory(town_supervisor=True, area=area(WANQUAN))
    waits(by=office.worker)
    assert (told(far), told(office.mate), told(office.worker)) == ([], [], [])
    return office.boss


@rings(NoticeKind.EXPORT_APPROVED)
def an_export_is_approved(office: Office) -> User:
    approve(row=waits(by=office.worker), by=office.boss)
    return office.worker


@rings(NoticeKind.EXPORT_REJECTED)
def an_export_is_rejected(office: Office) -> User:
    reject(row=waits(by=office.worker), by=office.boss, reason="名单过大")
    return office.worker
