"""The care lists of the area, and one of them."""

from typing import Any, cast
from uuid import UUID

import django_tables2 as tables
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.areas.filters import AreaFilter
from apps.audit.list_page import PersonListPage
from apps.care.models import CareList, CareListEntry, CarePlan
from apps.care.querysets import WITH_PLAN, WITHOUT
from apps.core.days import today
from apps.core.filters import BaseFilterSet
from apps.core.list_page import ListPage, Page, Question
from apps.core.markup import tag_html
from apps.core.rates import percent, value_text
from apps.core.tables import BaseTable, DayColumn, NameColumn
from apps.persons.finding import NameFilter

NOBODY = {"whole": 0, "planned": 0}


def planned_words(counts: dict[str, int]) -> str:
    """ "8 of 12 · 66.7 %"."""
    whole, done = counts["whole"], counts["planned"]
    if not whole:
        return _("Nobody of your area")
    facts = {"done": f"{done:,}", "n": f"{whole:,}", "rate": value_text(percent(done, whole))}
    return _("%(done)s of %(n)s · %(rate)s") % facts


class CareListTable(BaseTable):
    title = NameColumn(verbose_name=gettext_lazy("Care list"), orderable=False)
    area = tables.Column(verbose_name=gettext_lazy("Unit"), orderable=False)
    first = DayColumn(verbose_name=gettext_lazy("From"))
    last = DayColumn(verbose_name=gettext_lazy("To"))
    planned = tables.Column(
        verbose_name=gettext_lazy("With a care plan"), empty_values=(), orderable=False
    )
    state = tables.Column(verbose_name=gettext_lazy("State"), empty_values=(), orderable=False)

    def link_for(self, record: CareList) -> str:
        return reverse("care:list", args=[record.public_id])

    def render_planned(self, record: Any) -> str:
        return planned_words(record.counts)

    value_planned = render_planned

    def render_state(self, record: CareList) -> SafeString | str:
        words = self.value_state(record)
        return words if record.closed_at or record.is_over else tag_html("inf", words)

    def value_state(self, record: CareList) -> str:
        if record.closed_at:
            return _("Closed list")
        return _("The last day is over") if record.is_over else _("Under way")


class CareListsPage(ListPage):
    """Nobody stands in it by name."""

    permission = Permission.PERSON_VIEW
    title = gettext_lazy("Care lists")
    template_name = "care/lists.html"
    table_class = CareListTable
    default_sort = "-first"
    empty_title = gettext_lazy("No care list yet")
    empty_words = gettext_lazy(
        "A care list names whom the unit cares for together, and why; everybody on it has a plan."
    )

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = CareList.objects.visible_to(cast(User, request.user))
        return rows.select_related("area")

    def _rows(self, request: HttpRequest, found: Question) -> Page:
        page, day = super()._rows(request, found), today()
        entries: Any = CareListEntry.objects.visible_to(cast(User, request.user))
        counts = entries.under_order_on(day).filter(list__in=page.rows).counted(day)
        for row in page.rows:
            row.counts = counts.get(row.pk, NOBODY)
        return page


class CareEntryTable(BaseTable):
    """What leaves carries nobody's words."""

    person = NameColumn(verbose_name=gettext_lazy("Name"), order_by="person__sort_key")
    town = tables.Column(
        verbose_name=gettext_lazy("Town"), accessor="town__name", order_by="town__code"
    )
    village = tables.Column(
        verbose_name=gettext_lazy("Village"), accessor="village__name", order_by="village__code"
    )
    reason = tables.Column(
        verbose_name=gettext_lazy("Why the person is on the list"), orderable=False,
        exclude_from_export=True,
    )  # fmt: skip
    day = DayColumn(verbose_name=gettext_lazy("On the list since"))
    next_review = DayColumn(
        verbose_name=gettext_lazy("Next review"), accessor="next_review", order_by="next_review"
    )
    state = tables.Column(
        verbose_name=gettext_lazy("Care plan"), empty_values=(), order_by="has_plan"
    )
    acts = tables.Column(
        verbose_name="", empty_values=(), orderable=False, exclude_from_export=True
    )

    def link_for(self, record: CareListEntry) -> str:
        return reverse("care:person", args=[record.person.public_id])

    def render_state(self, record: Any) -> SafeString:
        stands = record.plan_id is not None
        return tag_html("done" if stands else "inf", self.value_state(record))

    def value_state(self, record: Any) -> str:
        return _("Stands") if record.plan_id is not None else _("None yet")

    def render_acts(self, record: Any) -> SafeString | str:
        parts = []
        if record.may_plan and record.plan_id is None:
            url = reverse("care:new", args=[record.person.public_id])
            parts.append(format_html('<a class="btn" href="{}">{}</a>', url, _("Make a plan")))
        if record.may_take_off:
            url = reverse("care:take-off", args=[record.public_id])
            parts.append(format_html('<a class="btn" href="{}">{}</a>', url, _("Take off")))
        return format_html('<span class="btns tight">{}</span>', SafeString("".join(parts)))


class CareEntryFilters(BaseFilterSet):
    area = AreaFilter()
    name = NameFilter(label=gettext_lazy("Name"))

    class Meta:
        model = CareListEntry
        fields: list[str] = []


class CareListPage(PersonListPage):
    """Who is on it with an order in force: those without a plan first."""

    permission = Permission.PERSON_VIEW
    table_class = CareEntryTable
    filterset_class = CareEntryFilters
    template_name = "care/list.html"
    default_sort = "state"
    export_permission = Permission.PERSON_EXPORT
    export_name = "care-list"
    fields_seen = "care_list"
    empty_title = gettext_lazy("Nobody stands here")
    empty_words = gettext_lazy("Nobody of your area is in this part of the list.")

    @property
    def title(self) -> str:  # type: ignore[override]
        return str(self._list.title)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if getattr(request.user, "is_authenticated", False):
            self._find(cast(User, request.user), kwargs["public_id"])
        return super().dispatch(request)

    def _find(self, user: User, public_id: UUID) -> None:
        """403 for who may not, before 404 for what is not there."""
        if user.may(self.permission):
            rows = CareList.objects.visible_to(user).select_related("area", "recorded_by")
            self._list: CareList = get_object_or_404(rows, public_id=public_id)

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        plans = CarePlan.objects.open().filter(person_id=OuterRef("person_id")).with_next_review()
        rows = self._own(request).in_part(request.GET.get("part", ""), today())
        return rows.select_related(
            "person", "town", "village"
        ).annotate(  # type: ignore[no-any-return]
            has_plan=Exists(plans),
            plan_id=Subquery(plans.values("pk")[:1]),
            next_review=Subquery(plans.values("next_review")[:1]),
        )

    def _rows(self, request: HttpRequest, found: Question) -> Page:
        page, user = super()._rows(request, found), cast(User, request.user)
        runs = self._may_run(user)
        for row in page.rows:
            row.may_plan = user.may(Permission.NEED_RECORD)
            row.may_take_off = runs
        return page

    def more_context(self, request: HttpRequest) -> dict[str, Any]:
        counts = self._own(request).counted(today()).get(self._list.pk, NOBODY)
        chosen, user = request.GET.get("part", ""), cast(User, request.user)
        whole, planned = counts["whole"], counts["planned"]
        parts = (
            ("", _("All"), whole), (WITHOUT, _("Without a care plan"), whole - planned),
            (WITH_PLAN, _("With a care plan"), planned),
        )  # fmt: skip
        tabs = [
            {"label": words, "url": f"?part={code}", "count": n, "current": chosen == code}
            for code, words, n in parts
        ]
        return {
            "found": self._list, "tabs": tabs, "planned": planned_words(counts),
            "may_run": self._may_run(user), "counts": counts,
            "area_path": [(unit.name, "") for unit in self._list.area.path()],
        }  # fmt: skip

    def _may_run(self, user: User) -> bool:
        if not user.may(Permission.CAMPAIGN_OPEN):
            return False
        return CareList.objects.run_by(user).filter(pk=self._list.pk).exists()

    def _own(self, request: HttpRequest) -> Any:
        rows = CareListEntry.objects.visible_to(cast(User, request.user))
        return rows.under_order_on(today()).filter(list=self._list)
