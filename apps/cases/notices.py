"""Who looks after a person hears that the order rests, goes on or ends."""

from uuid import UUID

from apps.accounts.models import User
from apps.cases.models import Case
from apps.core.days import today
from apps.notices.codes import NoticeKind
from apps.notices.services import ring
from apps.persons.models import Assignment


def tell_workers(case: Case, kind: NoticeKind, by: User, *, subject: UUID, mark: str = "") -> None:
    """The worker of today and the covers, unless it is their own act."""
    running = Assignment.objects.filter(person_id=case.person_id).current_on(today())
    ring(
        kind=kind, readers=running.order_by("pk").values_list("worker_id", flat=True),
        subject=subject, by=by, about_id=case.person_id, mark=mark,
    )  # fmt: skip
