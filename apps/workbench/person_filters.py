"""Filters of the list of persons."""

from datetime import timedelta
from typing import Any

import django_filters
from django.db.models import Count, DateField, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.areas.filters import AreaFilter
from apps.cases.codes import CaseState, Measure, Tier, TierSource
from apps.cases.models import Case, TierRecord
from apps.checkins.models import CheckIn
from apps.core.days import today
from apps.core.filters import BaseFilterSet, TickFilter
from apps.persons.codes import Employment, LifeStatus
from apps.persons.forms import workers_in
from apps.persons.models import Assignment, Person
from apps.schedule.models import DueItem

# Lost contact: so many days without contact, and so many attempts by more than one means.
LOST_DAYS, LOST_ATTEMPTS = 15, 3
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
    area = AreaFilter()
    worker = django_filters.ModelChoiceFilter(
        label=_("Responsible"), queryset=staff_choices, method="with_worker"
    )
    measure = django_filters.ChoiceFilter(
        label=_("Measure"), choices=Measure.choices, method="with_measure"
    )
    status = django_filters.ChoiceFilter(label=_("Status"), choices=STATUS, method="with_status")
    tier = django_filters.ChoiceFilter(
        label=_("Tier"), choices=[*Tier.choices, ("none", _("Not assessed"))], method="with_tier"
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

    def with_tier(self, queryset: Any, name: str, value: str) -> Any:
        latest = TierRecord.objects.filter(person_id=OuterRef("pk")).latest_on(today())
        known = queryset.alias(
            tier=Subquery(latest.values("tier")[:1]),
            source=Subquery(latest.values("source")[:1]),
            until=Subquery(latest.values("valid_until")[:1]),
        )
        if value == "none":
            stale = Q(source=TierSource.LEDGER) | Q(until__lt=today())
            return known.filter(Q(tier=None) | stale)
        return known.filter(tier=value)

    def ending(self, queryset: Any, name: str, value: str) -> Any:
        running = _cases().in_force_on(today())
        last = today() + timedelta(days=int(value))
        return queryset.filter(Exists(running.filter(duties_end_on__lte=last)))

    def is_overdue(self, queryset: Any, name: str, value: bool) -> Any:
        late = DueItem.objects.filter(case__person_id=OuterRef("pk"), recorded_elsewhere=False)
        return queryset.filter(Exists(late.overdue_on(today()))) if value else queryset

    def has_lost_contact(self, queryset: Any, name: str, value: bool) -> Any:
        return lost_contact(queryset) if value else queryset


def lost_contact(persons: Any) -> Any:
    """No contact for 15 days or more, and since then three attempts by at least two means."""
    day = today()
    own = CheckIn.objects.filter(person_id=OuterRef("pk")).valid()
    last = own.filter(outcome="done").order_by("-day").values("day")[:1]
    tried = own.filter(outcome="not_done", day__gt=Coalesce(OuterRef("seen_on"), day.min))
    counted = tried.order_by().values("person_id")
    running = _cases().in_force_on(day).order_by("pk").values("in_force_from")[:1]
    annotated = persons.annotate(seen_on=Subquery(last)).annotate(
        since=Coalesce(F("seen_on"), Subquery(running, output_field=DateField())),
        attempts=Subquery(counted.annotate(n=Count("pk")).values("n")),
        means=Subquery(counted.annotate(n=Count("method", distinct=True)).values("n")),
    )
    return annotated.filter(
        Exists(_cases().in_force_on(day)),
        since__lte=day - timedelta(days=LOST_DAYS),
        attempts__gte=LOST_ATTEMPTS,
        means__gte=2,
    )


def _cases() -> Any:
    return Case.objects.filter(person_id=OuterRef("pk"))
