"""The list of breaches: what waits for a hearing or a decision, and what was decided."""

from typing import Any, cast

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.areas.filters import AreaFilter
from apps.audit.list_page import PersonListPage
from apps.breaches.codes import BreachDecision, BreachKind
from apps.breaches.models import Breach
from apps.breaches.views import TAGS
from apps.core.days import today
from apps.core.filters import BaseFilterSet, DayFilter, TickFilter
from apps.core.markup import tag_html
from apps.core.tables import BaseTable, DayColumn, NameColumn, NumberColumn
from apps.persons.finding import NameFilter

TO_HEAR, TO_DECIDE = "to_hear", "to_decide"
STATES = [
    (TO_HEAR, gettext_lazy("To be heard")),
    (TO_DECIDE, gettext_lazy("To be decided")),
    *BreachDecision.choices[1:],
]


class BreachTable(BaseTable):
    person = NameColumn(
        verbose_name=gettext_lazy("Name"), accessor="person__name", order_by="person__sort_key"
    )
    place = tables.Column(
        verbose_name=gettext_lazy("Place"), accessor="town__name", order_by="town__code"
    )
    kind = tables.Column(
        verbose_name=gettext_lazy("Kind"), accessor="get_kind_display", order_by="kind"
    )
    starts_on = DayColumn(verbose_name=gettext_lazy("Day"))
    days = NumberColumn(verbose_name=gettext_lazy("Days"), orderable=False)
    state = tables.Column(
        verbose_name=gettext_lazy("State"),
        empty_values=(),
        accessor="decision",
        order_by="decision",
    )
    decided_by = tables.Column(verbose_name=gettext_lazy("Decided by"), orderable=False)

    def link_for(self, record: Breach) -> str:
        return reverse("breaches:breach", args=[record.public_id])

    def render_state(self, record: Breach) -> SafeString:
        return tag_html(TAGS[record.decision], state_words(record))

    def value_state(self, record: Breach) -> str:
        return state_words(record)


class BreachFilters(BaseFilterSet):
    name = NameFilter(label=gettext_lazy("Name"))
    kind = django_filters.ChoiceFilter(
        choices=BreachKind.choices, label=gettext_lazy("Kind"), empty_label=gettext_lazy("All")
    )
    state = django_filters.ChoiceFilter(
        choices=STATES,
        method="in_state",
        label=gettext_lazy("State"),
        empty_label=gettext_lazy("All"),
    )
    area = AreaFilter()
    day_from = DayFilter(field_name="starts_on", lookup_expr="gte", label=gettext_lazy("Day from"))
    day_to = DayFilter(field_name="starts_on", lookup_expr="lte", label=gettext_lazy("to"))
    reached = TickFilter(label=gettext_lazy("A counter of art. 20 is full"), method="with_full")

    class Meta:
        model = Breach
        fields: list[str] = []

    def in_state(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        if value in (TO_HEAR, TO_DECIDE):
            return rows.filter(decision="", heard_on__isnull=value == TO_HEAR)
        return rows.filter(decision=value)

    def with_full(self, rows: Any, _name: str, value: Any) -> Any:
        if not value:
            return rows
        user = cast(User, self.request.user)
        full = Breach.objects.visible_to(user).full_on(today())
        return rows.filter(case_id__in=full).confirmed()


class BreachesPage(PersonListPage):
    """Entries of the area; only confirmed ones count."""

    permission = Permission.PERSON_VIEW
    title = gettext_lazy("Breaches")
    table_class = BreachTable
    filterset_class = BreachFilters
    default_sort = "-starts_on"
    export_permission = Permission.PERSON_EXPORT
    export_name = "breaches"
    empty_title = gettext_lazy("No breach is on record")
    empty_words = gettext_lazy(
        "An entry is made on the person's page; it counts once the person was heard and a "
        "supervisor has confirmed it."
    )

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = Breach.objects.visible_to(cast(User, request.user))
        return rows.select_related("person", "town", "decided_by")


def state_words(breach: Breach) -> str:
    if not breach.is_open:
        return str(breach.get_decision_display())
    return _("To be decided") if breach.is_heard else _("To be heard")
