"""The fair rival: Django's admin with the same nine facts and filters, as an admin's author would
write it: methods in `list_display`, `list_select_related`, filters with their own look-ups.
"""

from datetime import date
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import path

from apps.accounts.models import User
from apps.cases.codes import CaseState, Measure, RiskLevel
from apps.cases.models import Case
from apps.core.days import today
from apps.persons.codes import Employment
from apps.persons.models import Person
from apps.schedule.models import DueItem
from config.urls import urlpatterns as own


class Rival(admin.AdminSite):
    """Beside the product's own admin, for those who may use that."""

    enable_nav_sidebar = False


site = Rival(name="rival")


def _cases() -> Any:
    return Case.objects.filter(person_id=OuterRef("pk"))


class Choice(admin.SimpleListFilter):
    """One filter of the list."""

    choices_of: tuple[tuple[str, Any], ...] = ()

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return self.choices_of


class Status(Choice):
    title, parameter_name = "status", "status"
    choices_of = (("running", "Order running"), *CaseState.choices)

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        match self.value():
            case None:
                return queryset
            case "running":
                return queryset.filter(Exists(_cases().in_force_on(today())))
            case state:
                return queryset.filter(Exists(_cases().in_state_on(state, today())))


class MeasureIs(Choice):
    title, parameter_name, choices_of = "measure", "measure", tuple(Measure.choices)

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        wanted = _cases().open_on(today()).filter(measure=self.value())
        return queryset.filter(Exists(wanted)) if self.value() else queryset


class LevelIs(Choice):
    title, parameter_name, choices_of = "risk_level", "risk_level", tuple(RiskLevel.choices)

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(risk_levels__risk_level=self.value()) if self.value() else queryset


class Work(Choice):
    title, parameter_name, choices_of = "employment", "employment", tuple(Employment.choices)

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(employment=self.value()) if self.value() else queryset


class Worker(Choice):
    title, parameter_name = "responsible", "worker"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        staff = User.objects.filter(is_active=True, area__lineage__contains=[request.user.area_id])  # type: ignore[union-attr,misc]
        return [(str(user.pk), user.name) for user in staff.order_by("name")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(assignments__worker=self.value()) if self.value() else queryset


class Overdue(Choice):
    title, parameter_name, choices_of = "overdue", "overdue", (("1", "Yes"),)

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        late = DueItem.objects.filter(case__person_id=OuterRef("pk")).overdue_on(today())
        return queryset.filter(Exists(late)) if self.value() else queryset


class Ends(Choice):
    title, parameter_name, choices_of = "term ends", "ends", (("30", "30"), ("90", "90"))

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset


@admin.register(Person, site=site)
class PersonRival(admin.ModelAdmin):  # type: ignore[type-arg]
    """Nine facts a row; what a person's rows say is looked up row by row."""

    list_display = (
        "name", "sex_and_age", "measure", "term", "risk_level", "place", "next_due", "last_contact",
        "responsible",
    )  # fmt: skip
    list_select_related = ("town", "village")
    list_filter = (Worker, MeasureIs, Status, LevelIs, Work, Ends, Overdue)
    list_per_page = 50
    show_full_result_count = False
    ordering = ("-sort_key", "-pk")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).visible_to(request.user)  # type: ignore[attr-defined]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def sex_and_age(self, person: Any) -> str:
        age = today().year - person.born_on.year if person.born_on else ""
        return f"{person.get_sex_display()} {age}"

    def measure(self, person: Any) -> str:
        case = self._case(person)
        return case.get_measure_display() if case else ""

    def term(self, person: Any) -> str:
        case = self._case(person)
        if case is None or case.reported_on is None or case.duties_end_on is None:
            return ""
        days = (case.duties_end_on - case.reported_on).days + 1
        return f"{(today() - case.reported_on).days + 1} / {days}"

    def risk_level(self, person: Any) -> str:
        found = person.risk_levels.filter(from_on__lte=today()).order_by("-from_on", "-pk").first()
        return str(found.get_risk_level_display()) if found else ""

    def place(self, person: Any) -> str:
        return " · ".join(unit.name for unit in (person.town, person.village) if unit)

    def next_due(self, person: Any) -> date | None:
        items = DueItem.objects.filter(case__person=person).asked_on(today())
        found: date | None = items.order_by("due_on").values_list("due_on", flat=True).first()
        return found

    def last_contact(self, person: Any) -> date | None:
        seen = person.checkins.done().order_by("-occurred_at").first()
        return seen.day if seen else None

    def responsible(self, person: Any) -> str:
        rows = person.assignments.current_on(today()).responsible().select_related("worker")
        found = rows.first()
        return found.worker.name if found else ""

    def _case(self, person: Any) -> Any:
        """Two columns speak of it: it is looked up once."""
        if not hasattr(person, "newest_case"):
            person.newest_case = person.cases.order_by("-in_force_from").first()
        return person.newest_case


urlpatterns = [path("rival/", site.urls), *own]
