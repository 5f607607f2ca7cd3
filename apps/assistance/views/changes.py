"""What help changed: each look after 30, 90 and 180 days, and their counts by kind of help.

What helped whom is asked of groups of persons, so that an office offers more of it. Nobody is
compared with anybody, and nothing follows for who says that nothing changed.
"""

from datetime import date
from typing import Any, cast

import django_filters
import django_tables2 as tables
from django.db import models
from django.db.models import Count, F, QuerySet, Value, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.areas.filters import AreaFilter
from apps.assistance.codes import LOOK_CHOICES, OPEN_KINDS, Changed, Kind, told_kind
from apps.assistance.groups import WHOM, of_group
from apps.assistance.models import Look
from apps.assistance.querysets import of_told_kind
from apps.assistance.senders import signs
from apps.assistance.telling import told_in
from apps.audit.list_page import PersonListPage
from apps.cases.models import Case
from apps.core.days import today
from apps.core.filter_bar import FilterBar
from apps.core.filters import BaseFilterSet, DayFilter
from apps.core.tables import BaseTable, DayColumn, NameColumn, NumberColumn
from apps.persons.finding import NameFilter


class LookTable(BaseTable):
    """What leaves says of restricted help that it is medical aid, and carries nobody's words."""

    person = NameColumn(
        verbose_name=gettext_lazy("Name"), accessor="person__name", order_by="person__sort_key"
    )
    place = tables.Column(
        verbose_name=gettext_lazy("Place"), accessor="town__name", order_by="town__code"
    )
    programme = tables.Column(
        verbose_name=gettext_lazy("Kind of help"), accessor="assistance__programme",
        order_by="told",
    )  # fmt: skip
    after = NumberColumn(verbose_name=gettext_lazy("Days after delivery"), order_by="after")
    looked_on = DayColumn(verbose_name=gettext_lazy("Looked at on"))
    changed = tables.Column(
        verbose_name=gettext_lazy("What it changed"), accessor="get_changed_display",
        order_by="changed",
    )  # fmt: skip
    words = tables.Column(
        verbose_name=gettext_lazy("In words"), orderable=False, exclude_from_export=True
    )

    def link_for(self, record: Look) -> str:
        return reverse("assistance:detail", args=[record.assistance.public_id])

    def value_programme(self, record: Look) -> str:
        if record.restricted:
            return str(Kind(told_kind(record.assistance.kind, restricted=True)).label)
        return str(record.assistance.programme)


class LookFilters(BaseFilterSet):
    area = AreaFilter()
    name = NameFilter(label=gettext_lazy("Name"))
    kind = django_filters.ChoiceFilter(
        choices=OPEN_KINDS, method="of_kind", label=gettext_lazy("Kind of help"),
        empty_label=gettext_lazy("All"),
    )  # fmt: skip
    after = django_filters.ChoiceFilter(
        choices=LOOK_CHOICES, label=gettext_lazy("Days after delivery"),
        empty_label=gettext_lazy("All"),
    )  # fmt: skip
    whom = django_filters.ChoiceFilter(
        choices=WHOM, method="of_whom", label=gettext_lazy("Persons"),
        empty_label=gettext_lazy("All"),
    )  # fmt: skip
    changed = django_filters.ChoiceFilter(
        choices=Changed.choices, label=gettext_lazy("What it changed"),
        empty_label=gettext_lazy("All"),
    )  # fmt: skip
    looked_from = DayFilter(
        field_name="looked_on", lookup_expr="gte", label=gettext_lazy("Looked at from")
    )
    looked_to = DayFilter(field_name="looked_on", lookup_expr="lte", label=gettext_lazy("to"))

    class Meta:
        model = Look
        fields = ["area", "name", "kind", "after", "whom", "changed", "looked_from", "looked_to"]

    @property
    def stood_on(self) -> date | None:
        """Up to a day that is over looks stand as on its evening, as the figures of then do."""
        last: date | None = self.form.cleaned_data.get("looked_to") if self.is_bound else None
        return last if last and last < today() else None

    @property
    def qs(self) -> Any:
        rows: Any = super().qs
        if self.is_wrong or self.stood_on is None:
            return rows.standing()
        return rows.standing_on(self.stood_on)

    def of_kind(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows.filter(of_told_kind(value, "assistance__kind"))

    def of_whom(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        orders = Case.objects.visible_to(cast(User, self.request.user))
        return rows.filter(of_group(value, self.stood_on or today(), orders))


class ChangesPage(PersonListPage):
    """The looks in the user's scope, and over them how many say what, by kind of help."""

    permission = Permission.PERSON_VIEW
    title = gettext_lazy("What help changed")
    template_name = "assistance/changes.html"
    table_class = LookTable
    filterset_class = LookFilters
    default_sort = "-looked_on"
    is_written = True
    export_permission = Permission.PERSON_EXPORT
    export_name = "what-help-changed"
    fields_seen = "assistance"
    empty_title = gettext_lazy("Nobody has looked yet")
    empty_words = gettext_lazy(
        "30, 90 and 180 days after help was received Today asks what it changed."
    )

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = Look.objects.visible_to(cast(User, request.user))
        # Restricted help stands among medical aid: its place in the list tells nothing.
        told = models.Case(
            When(restricted=True, then=Value(Kind.MEDICAL)), default=F("assistance__kind")
        )
        return rows.select_related("person", "town", "assistance__programme").annotate(told=told)

    def count(self, found: QuerySet[Any]) -> int:
        return found.order_by().values("pk")[: self.count_cap + 1].count()

    def more_context(self, request: HttpRequest) -> dict[str, Any]:
        filters = cast(FilterBar, self._filters(request)).set
        found = filters.qs.order_by().values("told", "changed").annotate(n=Count("pk"))
        counts = {(row["told"], row["changed"]): row["n"] for row in found}
        stood_on = None if filters.is_wrong else cast(LookFilters, filters).stood_on
        return {"answers": Changed.choices, "kinds": list(_lines(counts)), "stood_on": stood_on}

    def signed_by(self, request: HttpRequest) -> str:
        return signs(cast(User, request.user))

    def telling(self, purpose: str) -> str:
        return told_in(purpose)


def _lines(counts: dict[tuple[str, str], int]) -> Any:
    """A line a kind of which there is a look: its code and label, each answer with its count, and
    all of them.
    """
    for code, label in OPEN_KINDS:
        cells = [
            (answer, words, counts.get((code, answer), 0)) for answer, words in Changed.choices
        ]
        if whole := sum(n for _answer, _words, n in cells):
            yield code, label, cells, whole
