"""The unit above hears of a report, and whoever sent it of the answer."""

from django.urls import reverse

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.accounts.roles import ROLES
from apps.areas.models import Area
from apps.notices.codes import NoticeKind
from apps.notices.models import Notice
from apps.notices.services import ring
from apps.periodic.codes import Answer
from apps.periodic.models import PeriodicReport, ReportSending


def tell_sent(sending: ReportSending, by: User) -> None:
    ring(
        kind=NoticeKind.REPORT_SENT, readers=answerers(sending.receiver),
        subject=sending.report.public_id, by=by,
    )  # fmt: skip


def tell_answered(sending: ReportSending, by: User) -> None:
    """Who froze it, and who sent it."""
    back = sending.answer == Answer.SENT_BACK
    ring(
        kind=NoticeKind.REPORT_SENT_BACK if back else NoticeKind.REPORT_RECEIVED,
        readers=[sending.sent_by_id, sending.report.recorded_by_id],
        subject=sending.report.public_id, by=by,
    )  # fmt: skip


def answerers(unit: Area) -> list[int]:
    """Accounts of the unit itself that may answer a report."""
    roles = [role for role, one in ROLES.items() if Permission.REPORT_ANSWER in one.permissions]
    near = User.objects.active().filter(area_id__in=unit.scope_ids, role__in=roles)
    return list(near.order_by("pk").values_list("pk", flat=True))


def report_page(notice: Notice, reader: User) -> str:
    rows = PeriodicReport.objects.visible_to(reader).filter(public_id=notice.subject)
    return reverse("periodic:report", args=[notice.subject]) if rows.exists() else ""
