"""Rows of the world of the matrix about periodic reports."""

from datetime import date
from functools import cached_property

from apps.accounts.models import User
from apps.periodic.models import PeriodicReport, ReportRule, ReportTemplate
from apps.periodic.services import send_report
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, area
from tests.factories.periodic import frozen


class PeriodicRows:
    """Made when an address names them."""

    by: User

    @cached_property
    def periodic_report(self) -> PeriodicReport:
        """Of the town, sent to the county."""
        boss = UserFactory(town_supervisor=True)
        row = frozen(area(JIAJI), by=boss)
        send_report(report=row, by=boss)
        return row

    @cached_property
    def report_form(self) -> ReportTemplate:
        return ReportTemplate.objects.create(
            area=area(QIONGHAI), every="week", title="周报", codes=["persons"], columns=[],
            recorded_by=self.by,
        )  # fmt: skip

    @cached_property
    def report_rule(self) -> ReportRule:
        return ReportRule.objects.create(
            area=area(QIONGHAI), level="town", every="month", due_days=5,
            first_day=date(2024, 1, 1), recorded_by=self.by,
        )  # fmt: skip
