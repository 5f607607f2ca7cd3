from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    name = "apps.cases"
    verbose_name = _("Cases")

    def ready(self) -> None:
        from apps.cases import approving, deadlines  # noqa: F401 (they register themselves)

        _register_spans()
        _follow_persons()


def _follow_persons() -> None:
    from apps.cases.listeners import notify_cases_changed
    from apps.cases.models import Case
    from apps.cases.services.team import end_leads_of
    from apps.persons.models import Person
    from apps.persons.services.moving import after_leaving_town, after_moving

    def lay_out_anew(person: Person) -> None:
        cases = Case.objects.filter(person=person).order_by("pk")
        notify_cases_changed(list(cases.values_list("pk", flat=True)))

    after_moving(lay_out_anew)
    after_leaving_town(end_leads_of)


def _register_spans() -> None:
    from django.db.models import F

    from apps.cases.codes import CaseState
    from apps.cases.models import Leave, PoliceReport, Suspension
    from apps.cases.querysets import DayBefore
    from apps.cases.state_spans import register_spans

    def leaves() -> Any:
        return Leave.objects.valid().annotate(first=F("starts_on"), last=F("last_day"))

    def suspensions() -> Any:
        return Suspension.objects.valid().annotate(first=F("starts_on"), last=F("ended_on"))

    def reports() -> Any:
        rows = PoliceReport.objects.made()
        return rows.annotate(first=F("reported_on"), last=DayBefore("replied_on"))

    register_spans(CaseState.ON_LEAVE, leaves)
    register_spans(CaseState.SUSPENDED, suspensions)
    register_spans(CaseState.POLICE, reports)
