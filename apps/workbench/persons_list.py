"""The list of persons."""

import re
from collections.abc import Sequence
from typing import Any, cast

import django_tables2 as tables
from django.db.models import Min, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _, gettext_lazy

from apps.accounts.permissions import Permission
from apps.accounts.requests import SignedInRequest
from apps.areas.models import Area
from apps.audit.list_page import PersonListPage
from apps.cases.codes import Measure
from apps.cases.models import RiskLevelRecord
from apps.core.days import today
from apps.core.exports import Sheet
from apps.core.list_page import Page, Question, RowAction
from apps.core.markup import escaped, level_html, tag_html
from apps.core.navigation import may, url_of
from apps.core.tables import BaseTable, NameColumn
from apps.core.text import short_day
from apps.persons.codes import Sex
from apps.persons.models import Person
from apps.schedule.models import DueItem
from apps.schedule.querysets import next_on
from apps.visits.contact import last_contact
from apps.visits.facts import attach_facts
from apps.workbench.person_band import age_on
from apps.workbench.person_filters import PersonFilters
from apps.workbench.saved_views import views_shown
from apps.workbench.services import filters_of


class PersonTable(BaseTable):
    name = NameColumn(verbose_name=gettext_lazy("Name"), order_by="sort_key")
    sex = tables.Column(
        verbose_name=gettext_lazy("Sex, age"),
        order_by="-born_on",
        empty_values=(),
        attrs={"td": {"class": "nowrap thin c-sex"}},
    )
    measure = tables.Column(
        verbose_name=gettext_lazy("Measure"),
        orderable=False,
        empty_values=(),
        attrs={"td": {"class": "c-measure"}},
    )
    term = tables.Column(
        verbose_name=gettext_lazy("Day of term"),
        orderable=False,
        empty_values=(),
        attrs={"td": {"class": "nowrap thin c-wide"}},
    )
    risk_level = tables.Column(
        verbose_name=gettext_lazy("Risk level"),
        orderable=False,
        empty_values=(),
        attrs={"td": {"class": "c-risk-level"}},
    )
    place = tables.Column(
        verbose_name=gettext_lazy("Place"),
        order_by=("town__code", "village__code", "sort_key"),
        empty_values=(),
        attrs={"td": {"class": "nowrap thin c-place"}},
    )
    next_due = tables.Column(
        verbose_name=gettext_lazy("Next due"),
        order_by="next_due_on",
        empty_values=(),
        attrs={"td": {"class": "nowrap c-due"}},
    )
    last_contact = tables.Column(
        verbose_name=gettext_lazy("Last contact"),
        order_by="last_contact_on",
        empty_values=(),
        attrs={"td": {"class": "nowrap c-last"}},
    )
    worker = tables.Column(
        verbose_name=gettext_lazy("Responsible"),
        accessor="facts__worker",
        orderable=False,
        attrs={"td": {"class": "c-worker"}},
    )

    class Meta:
        model = Person
        fields = (
            "name",
            "sex",
            "measure",
            "term",
            "risk_level",
            "place",
            "next_due",
            "last_contact",
            "worker",
        )

    def link_for(self, record: Person) -> str:
        return url_of("workbench:person", record.public_id)

    def render_sex(self, record: Person) -> str:
        age = age_on(record.born_on, today())
        sex = str(Sex(record.sex).label) if record.sex else ""
        return " ".join(filter(None, [sex, str(age or "")]))

    def render_measure(self, record: Any) -> SafeString | str:
        facts = record.facts
        if facts.case is None:
            return record.get_life_status_display() if record.life_status else ""
        measure, state = Measure(facts.case.measure).label, facts.state.label
        words = f'{escaped(measure)} <span class="small muted">{escaped(state)}</span>'
        return mark_safe(words)  # noqa: S308 - escaped

    def render_term(self, record: Any) -> SafeString | str:
        term = record.facts.term
        if term is None:
            return ""
        return mark_safe(  # noqa: S308 - numbers
            '<svg class="bar cell" aria-hidden="true"><rect '
            f'width="{term.day / term.days * 100:.0f}%" height="100%"></rect></svg> '
            f'<span class="num">{term.day:,} / {term.days:,}</span>'
        )

    def render_risk_level(self, record: Any) -> SafeString | str:
        facts = record.facts
        if not facts.risk_level:
            return ""
        return level_html(facts.risk_level, from_ledger=facts.level_stale)

    def render_place(self, record: Person) -> str:
        return " · ".join(short_name(unit) for unit in (record.town, record.village) if unit)

    def render_next_due(self, record: Any) -> SafeString | str:
        due, day = record.facts.next_due, today()
        if due is None:
            return ""
        if due < day:
            return tag_html("late", _("%(n)s days late") % {"n": (day - due).days})
        return tag_html("soon", _("Today")) if due == day else short_day(due)

    def render_last_contact(self, record: Any) -> str:
        return short_day(record.facts.last_contact)

    def value_sex(self, record: Person) -> str:
        return self.render_sex(record)

    def value_measure(self, record: Any) -> str:
        case = record.facts.case
        return case.get_measure_display() if case else str(record.get_life_status_display())

    def value_term(self, record: Any) -> str:
        term = record.facts.term
        return f"{term.day}/{term.days}" if term else ""

    def value_risk_level(self, record: Any) -> str:
        rows = dict(RiskLevelRecord._meta.get_field("risk_level").flatchoices)
        return str(rows.get(record.facts.risk_level, ""))

    def value_place(self, record: Person) -> str:
        return self.render_place(record)

    def value_next_due(self, record: Any) -> Any:
        return record.facts.next_due

    def value_last_contact(self, record: Any) -> Any:
        return record.facts.last_contact


class PersonsPage(PersonListPage):
    permission = Permission.PERSON_VIEW
    title = gettext_lazy("Persons")
    table_class = PersonTable
    filterset_class = PersonFilters
    is_written = True
    template_name = "workbench/persons.html"
    default_sort = "name"
    export_permission = Permission.PERSON_EXPORT
    export_name = "persons"
    empty_title = gettext_lazy("No file is in your scope")
    empty_words = gettext_lazy(
        "A case worker sees the persons assigned to the own name; a supervisor sees the area."
    )

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = Person.objects.visible_to(request.user)  # type: ignore[arg-type]
        return _for_sorting(rows, request.GET.get("sort", "")).select_related("town", "village")

    def count(self, found: QuerySet[Any]) -> int:
        """Of ids alone: nothing is computed for rows that are not shown."""
        return found.order_by().values("pk")[: self.count_cap + 1].count()

    def row_actions(self, request: HttpRequest) -> Sequence[RowAction]:
        if not may(request.user, Permission.CASE_ASSIGN):
            return ()
        return [RowAction(gettext_lazy("Assign"), reverse("persons:assign"), "user-check")]

    def more_context(self, request: HttpRequest) -> dict[str, Any]:
        query = filters_of(request.GET.urlencode())
        views = views_shown(cast(SignedInRequest, request))
        return {"views": views, "view_query": query}

    def _rows(self, request: HttpRequest, found: Question) -> Page:
        page = super()._rows(request, found)
        attach_facts(page.rows, today())
        return page

    def _sheet(self, request: HttpRequest, rows: list[Any], purpose: str) -> Sheet:
        attach_facts(rows, today())
        return super()._sheet(request, rows, purpose)


def short_name(unit: Area) -> str:
    """Without the committee: 新民社区 for 新民社区居委会."""
    return re.sub("(?<=.)(?:居民委员会|村民委员会|居委会|委会)$", "", unit.name)


def _for_sorting(rows: Any, sort: str) -> Any:
    """Columns that live in other tables cost time: only when the list is sorted by them."""
    if sort.lstrip("-") == "next_due":
        items = DueItem.objects.filter(case__person_id=OuterRef("pk")).asked_on(today())
        first = (
            items.order_by().values("case__person_id").annotate(d=Min(next_on(today()))).values("d")
        )
        return rows.annotate(next_due_on=Subquery(first))
    if sort.lstrip("-") == "last_contact":
        return rows.annotate(last_contact_on=last_contact("pk", lte=today()))
    return rows
