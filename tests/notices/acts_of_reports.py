"""Acts of periodic reports that ring: sent upwards, accepted, sent back."""

from apps.accounts.models import User
from apps.notices.codes import NoticeKind
from apps.periodic.models import PeriodicReport
from apps.periodic.services import answer_report, send_report
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, area
from tests.factories.periodic import frozen
from tests.notices.acts import rings
from tests.notices.conftest import Office


def sent(office: Office) -> PeriodicReport:
    row = frozen(area(JIAJI), by=office.boss)
    send_report(report=row, by=office.boss)
    return row


@rings(NoticeKind.REPORT_SENT)
def a_report_comes(office: Office) -> User:
    county = UserFactory(county_supervisor=True)
    sent(office)
    return county


@rings(NoticeKind.REPORT_RECEIVED)
def a_report_is_accepted(office: Office) -> User:
    answer_report(report=sent(office), by=UserFactory(county_supervisor=True), answer="received")
    return office.boss


@rings(NoticeKind.REPORT_SENT_BACK)
def a_report_is_sent_back(office: Office) -> User:
    answer_report(
        report=sent(office), by=UserFactory(county_supervisor=True), answer="sent_back",
        remarks="与台账不符",
    )  # fmt: skip
    return office.boss
