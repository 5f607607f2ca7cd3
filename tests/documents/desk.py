"""Who issues papers in the tests of their guards, and what is done first so that one may be."""

from uuid import UUID, uuid4

from apps.accounts.models import User
from apps.approvals.services import approve, reject
from apps.breaches.services import respond_to_breach
from apps.cases.models import Case
from apps.cases.services import (
    close_case,
    propose_end_of_control,
    propose_police_report,
    release_case,
    resume_case,
    suspend_case,
)
from apps.cases.services.endings import CONTROL
from apps.core.days import today
from tests.factories.accounts import UserFactory
from tests.factories.breaches import confirmed, days_ago
from tests.factories.pages import running_case
from tests.factories.transfers import asked


class Desk:
    """A worker, a supervisor of the town, and an order that runs on day 151."""

    record: UUID | None = None

    def __init__(self) -> None:
        self.worker: User = UserFactory()
        self.boss: User = UserFactory(town_supervisor=True)
        self.case: Case = running_case(self.worker, days=150)

    def begin(self, **dates: object) -> None:
        self.case = running_case(self.worker, **dates)

    def report(self, ground: str, *, approved: bool = True) -> None:
        propose_police_report(
            case=self.case, by=self.worker, ground=ground, happened_on=days_ago(2),
            facts="已核实", heard="本人承认",
        )  # fmt: skip
        if approved:
            approve(proposal=self.waiting("police_report"), by=self.boss)

    def waiting(self, kind: str):  # type: ignore[no-untyped-def]
        return self.case.person.proposals.waiting().get(kind=kind)

    def educated(self) -> None:
        breach = confirmed(self.case, self.worker, self.boss)
        respond_to_breach(
            breach=breach, by=self.worker, client_uuid=uuid4(), kind="education", on=today(),
            words="按时检测",
        )  # fmt: skip
        self.record = breach.public_id

    def close(self, reason: str = "imprisoned") -> None:
        close_case(case=self.case, by=self.boss, reason=reason, on=today(), note="判决书1号")
        self.case.refresh_from_db()

    def suspend(self, *, free: bool) -> None:
        found = suspend_case(
            case=self.case, by=self.boss, starts_on=days_ago(20), reason="detained"
        )
        if free:
            resume_case(suspension=found, by=self.boss, on=days_ago(5))

    def release(self) -> None:
        release_case(
            case=self.case, by=self.boss, number="琼公解1号", notice_on=days_ago(1), told_on=today()
        )
        self.case.refresh_from_db()

    def clean(self) -> None:
        self.release()
        propose_end_of_control(case=self.case, by=self.worker)

    def refuse_the_end(self) -> None:
        self.clean()
        reject(proposal=self.waiting(CONTROL), by=self.boss, reason="未满三年")

    def ask(self) -> None:
        self.record = asked(self.case, self.worker).public_id

    def confirm(self) -> None:
        self.record = confirmed(self.case, self.worker, self.boss).public_id
