"""Rows of the office itself that addresses name: rules, units, accounts, logs."""

from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any

from apps.accounts.four_eyes import propose
from apps.accounts.models import AccountProposal, ResetCode, SignInTry, User
from apps.accounts.models.proposals import AccountProposalKind
from apps.accounts.models.tries import TryWay
from apps.accounts.services import make_code
from apps.accounts.throttle import begin
from apps.assessments.models import ValidityRule
from apps.assessments.services import set_validity
from apps.audit.models import AccessCheck, AccessLog, AccessSeal, Action
from apps.audit.services import log_access
from apps.core.days import today
from apps.core.models import NightlyRun
from apps.covers.models import Cover
from apps.documents.models import OfficeTemplate
from apps.exports.models import ExportRequest
from apps.exports.services import approve as approve_export
from apps.imports.models import LedgerSynonym
from apps.law.models import CalendarDay, LawParameter
from apps.organisations.models import Organisation
from apps.organisations.services import register_organisation
from apps.schedule.models import PlanRule
from apps.schedule.rules import Every
from apps.schedule.services import set_plan
from apps.workbench.models import SavedView
from apps.workbench.services import save_view
from tests.architecture.visitors import COUNTY, RECORDS, TOWN, WORKER
from tests.factories import documents
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, area
from tests.factories.exports import waits


class OfficeRows:
    """The part of the world that belongs to no person."""

    users: dict[str, Any]
    by: User
    person: Any
    staff: User

    @cached_property
    def saved_view(self) -> SavedView:
        return save_view(
            by=self.users[COUNTY] or self.by, name="在册", query="status=running", shared=True
        )

    @cached_property
    def calendar_day(self) -> CalendarDay:
        return CalendarDay.objects.order_by("pk")[0]

    @cached_property
    def law_parameter(self) -> LawParameter:
        facts = {"name": "report_days", "value": 15, "basis": "条例14"}
        return LawParameter.objects.create(
            effective_from=date(2024, 1, 1), recorded_by=self.by, **facts
        )

    @cached_property
    def plan(self) -> PlanRule:
        return PlanRule.objects.order_by("pk")[0]

    @cached_property
    def plan_to_come(self) -> PlanRule:
        """Not begun: it can be removed."""
        return set_plan(kind="talk", area=None, every=Every(1, "w"), risk_level="high",
                        from_day=today() + timedelta(days=400), by=self.by)  # fmt: skip

    @cached_property
    def validity(self) -> ValidityRule:
        facts = {"risk_level": "high", "months": 2, "basis": "市禁毒办通知"}
        return set_validity(effective_from=date(2024, 1, 1), by=self.by, **facts)

    @cached_property
    def organisation(self) -> Organisation:
        by = self.users[RECORDS] or self.by
        return register_organisation(by=by, name="嘉积派出所", kind="police")

    @cached_property
    def template(self) -> OfficeTemplate:
        return OfficeTemplate.objects.create(
            kind="visit", area=area(JIAJI), effective_from=date(2024, 1, 1),
            content=documents.docx("记录"), uploaded_by=self.by,
        )  # fmt: skip

    @cached_property
    def synonym(self) -> LedgerSynonym:
        return LedgerSynonym.objects.create(ledger="persons", field="name", word="人员姓名")

    @cached_property
    def access(self) -> AccessLog:
        entry = log_access(self.by, persons=[self.person], action=Action.VIEW)
        assert entry
        return entry

    @cached_property
    def seal(self) -> AccessSeal:
        moment = datetime(2024, 3, 4, 2, tzinfo=UTC)
        facts = {"rows": 1, "last_id": 1, "digest": bytes(32), "previous": bytes(32)}
        return AccessSeal.objects.create(minute=moment, sealed_at=moment, **facts)

    @cached_property
    def access_check(self) -> AccessCheck:
        return AccessCheck.objects.create(at=datetime(2024, 3, 4, 2, tzinfo=UTC), seals=1)

    @cached_property
    def nightly_run(self) -> NightlyRun:
        moment = datetime(2024, 3, 4, 2, tzinfo=UTC)
        return NightlyRun.objects.create(
            name="advance_schedule", ran_for=moment, finished_at=moment
        )

    @cached_property
    def reset_code(self) -> ResetCode:
        make_code(user=self.staff, by=self.by)
        return ResetCode.objects.get()

    @cached_property
    def account_proposal(self) -> AccountProposal:
        chief = UserFactory(town_supervisor=True)
        return propose(kind=AccountProposalKind.CODE, user=chief, by=self.by, facts={})

    @cached_property
    def export(self) -> ExportRequest:
        """Of the worker, approved: taken by the worker alone."""
        return approve_export(row=waits(by=self.users[WORKER]), by=self.users[TOWN])

    @cached_property
    def failed_sign_in(self) -> SignInTry:
        return begin(None, "nobody", TryWay.PASSWORD).row

    @cached_property
    def absence(self) -> Cover:
        """Ahead: until it begins the colleague sees nobody of the caseload."""
        away, facts = self.users[WORKER], {"starts_on": today() + timedelta(days=30)}
        return Cover.objects.create(worker=away, cover=self.staff, recorded_by=self.by, **facts)
