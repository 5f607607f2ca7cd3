"""Acts on a file, and calls for the supervisors of the unit, by the kind of notice they ring."""

from datetime import timedelta

from apps.accounts.models import User
from apps.core.days import today
from apps.notices.codes import NoticeKind
from apps.persons.services import undo_merge
from apps.visits.lost import set_lost_contact
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, area
from tests.factories.persons import PersonFactory, merged_into
from tests.factories.schedule import seen
from tests.factories.transfers import asked
from tests.factories.visits import tried
from tests.notices.acts import rings
from tests.notices.conftest import Office, told


@rings(NoticeKind.MERGED)
def two_files_become_one(office: Office) -> User:
    records = UserFactory(records_admin=True, area=area(QIONGHAI))
    merged_into(office.person, PersonFactory(), records)
    assert (told(office.mate), told(office.boss)) == ([], [])
    return office.worker


@rings(NoticeKind.MERGE_UNDONE)
def a_merge_is_undone(office: Office) -> User:
    records = UserFactory(records_admin=True, area=area(QIONGHAI))
    merge = merged_into(office.person, PersonFactory(), records)
    undo_merge(merge=merge, by=records, reason="两个人")
    return office.worker


@rings(NoticeKind.LOST)
def a_worker_records_lost_contact(office: Office) -> User:
    gone = {"outcome": "not_done", "reason": "not_found", "next_on": today()}
    for ago, method in ((3, "phone"), (2, "message")):
        seen(office.case, today() - timedelta(days=ago), method=method, by=office.worker, **gone)
    tried(office.case, today() - timedelta(days=1), next_on=today())
    set_lost_contact(person=office.person, by=office.worker, reason="多次联系不上")
    return office.boss


@rings(NoticeKind.TRANSFER_ASKED)
def a_worker_asks_for_a_transfer(office: Office) -> User:
    asked(office.case, office.worker)
    return office.boss
