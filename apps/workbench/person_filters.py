"""Filters of the list of persons."""

from datetime import timedelta
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.areas.filters import AreaFilter
from apps.cases.codes import CaseState, LevelSource, Measure, RiskLevel
from apps.cases.models import Case, RiskLevelRecord
from apps.core.days import today
from apps.core.filters import BaseFilterSet, TickFilter
from apps.persons.codes import Employment, LifeStatus
from apps.persons.forms import workers_in
from apps.persons.models import Assignment, Person
from apps.schedule.models import DueItem
from apps.visits.lost import proposed_ids
from apps.visits.models import LostContact

STATUS = [
    ("running", _("Order running")),
    *[(state.value, state.label) for state in CaseState],
    ("none", _("No order")),
    *[(status.value, status.label) for status in LifeStatus if status.value],
]
TERM_DAYS = [(30, _("within 30 days")), (90, _("within 90 days")), (180, _("within 180 days"))]


def staff_choices(request: Any) -> Any:
    user: User = request.user
    return User.objects.filter(pk=user.pk) if user.own_caseload_only else workers_in(user)


class PersonFilters(BaseFilterSet):
    asking = frozenset({"lost"})
    area = AreaFilter()
    worker = django_filters.ModelChoiceFilter(
        label=_("Responsible"), queryset=staff_choices, method="with_worker"
    )
    measure = django_filters.ChoiceFilter(
        label=_("Measure"), choices=Measure.choices, method="with_measure"
    )
    status = django_filters.ChoiceFilter(label=_("Status"), choices=STATUS, method="with_status")
    risk_level = django_filters.ChoiceFilter(
        label=_("Risk level"),
        choices=[*RiskLevel.choices, ("none", _("Not assessed"))],
        method="with_risk_level",
    )
    employment = django_filters.ChoiceFilter(label=_("Employment"), choices=Employment.choices)
    ends = django_filters.ChoiceFilter(label=_("Term ends"), choices=TERM_DAYS, method="ending")
    overdue = TickFilter(label=_("Overdue"), method="is_overdue")
    lost = TickFilter(label=_("Lost contact"), method="has_lost_contact")

    class Meta:
        model = Person
        fields: list[str] = []

    def with_worker(self, queryset: Any, name: str, value: User) -> Any:
        rows = Assignment.objects.filter(person_id=OuterRef("pk"), worker=value)
        return queryset.filter(Exists(rows.current_on(today()).responsible()))

    def with_measure(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(Exists(_cases().open_on(today()).filter(measure=value)))

    def with_status(self, queryset: Any, name: str, value: str) -> Any:
        if value in LifeStatus.values:
            return queryset.filter(life_status=value)
        if value == "none":
            return queryset.filter(~Exists(_cases().open_on(today())))
        if value == "running":
            return queryset.filter(Exists(_cases().in_force_on(today())))
        return queryset.filter(Exists(_cases().in_state_on(value, today())))

    def with_risk_level(self, queryset: Any, name: str, value: str) -> Any:
        latest = RiskLevelRecord.objects.filter(person_id=OuterRef("pk")).latest_on(today())
        known = queryset.alias(
            risk_level=Subquery(latest.values("risk_level")[:1]),
            source=Subquery(latest.values("source")[:1]),
            until=Subquery(latest.values("valid_until")[:1]),
        )
        if value == "none":
            stale = Q(source=LevelSource.LEDGER) | Q(until__lt=today())
            return known.filter(Q(risk_level=None) | stale)
        return known.filter(risk_level=value)

    def ending(self, queryset: Any, name: str, value: str) -> Any:
        running = _cases().in_force_on(today())
        last = today() + timedelta(days=int(value))
        return queryset.filter(Exists(running.filter(duties_end_on__lte=last)))

    def is_overdue(self, queryset: Any, name: str, value: bool) -> Any:
        late = DueItem.objects.filter(case__person_id=OuterRef("pk"), recorded_elsewhere=False)
        return queryset.filter(Exists(late.overdue_on(today()))) if value else queryset

    def has_lost_contact(self, queryset: Any, name: str, value: bool) -> Any:
        return with_lost_contact(queryset) if value else queryset


def with_lost_contact(persons: Any) -> Any:
    """The flag is set, or proposed: 15 days without contact and 3 attempts by 2 means."""
    scope = Person.objects.filter(pk__in=persons.order_by().values("pk"))
    flagged = LostContact.objects.standing().filter(person_id=OuterRef("pk"))
    proposed = list(proposed_ids(scope, today()))
    return persons.filter(Q(Exists(flagged)) | Q(pk__in=proposed))


def _cases() -> Any:
    return Case.objects.filter(person_id=OuterRef("pk"))
