"""The rounds of the area, and the list of one."""

from typing import Any, cast
from uuid import UUID

import django_tables2 as tables
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.areas.filters import AreaFilter
from apps.audit.list_page import PersonListPage
from apps.core.days import today
from apps.core.filters import BaseFilterSet
from apps.core.list_page import ListPage, Page, Question
from apps.core.markup import tag_html
from apps.core.tables import BaseTable, DayColumn, NameColumn
from apps.followups.models import FollowUpAttempt, FollowUpRound, FollowUpTarget
from apps.followups.querysets import PARTS
from apps.followups.shown import NOBODY, coverage_words, may_try, part_of, tag_of
from apps.persons.finding import NameFilter


class RoundTable(BaseTable):
    title = NameColumn(verbose_name=pgettext_lazy("of follow-ups", "Round"), orderable=False)
    area = tables.Column(verbose_name=gettext_lazy("Unit"), orderable=False)
    first = DayColumn(verbose_name=gettext_lazy("From"))
    last = DayColumn(verbose_name=gettext_lazy("To"))
    coverage = tables.Column(verbose_name=gettext_lazy("Reached"), empty_values=(), orderable=False)
    state = tables.Column(verbose_name=gettext_lazy("State"), empty_values=(), orderable=False)

    def link_for(self, record: FollowUpRound) -> str:
        return reverse("followups:round", args=[record.public_id])

    def render_coverage(self, record: Any) -> str:
        return coverage_words(record.counts)

    def render_state(self, record: FollowUpRound) -> SafeString | str:
        return _("Closed round") if record.closed_at else tag_html("inf", _("Under way"))

    def value_state(self, record: FollowUpRound) -> str:
        return _("Closed round") if record.closed_at else _("Under way")


class RoundsPage(ListPage):
    """Nobody stands in it, and nothing is added up."""

    permission = Permission.PERSON_VIEW
    title = gettext_lazy("Follow-up rounds")
    template_name = "followups/list.html"
    table_class = RoundTable
    default_sort = "-first"
    empty_title = gettext_lazy("No round yet")
    empty_words = gettext_lazy(
        "A round looks in on the persons of a list between two days: how life, work and mind are."
    )

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = FollowUpRound.objects.visible_to(cast(User, request.user))
        return rows.select_related("area")

    def _rows(self, request: HttpRequest, found: Question) -> Page:
        page = super()._rows(request, found)
        targets: Any = FollowUpTarget.objects.visible_to(cast(User, request.user)).standing()
        counts = targets.filter(round__in=page.rows).counted()
        for row in page.rows:
            row.counts = counts.get(row.pk, NOBODY)
        return page


class TargetTable(BaseTable):
    person = NameColumn(verbose_name=gettext_lazy("Name"), order_by="person__sort_key")
    town = tables.Column(
        verbose_name=gettext_lazy("Town"), accessor="town__name", order_by="town__code"
    )
    village = tables.Column(
        verbose_name=gettext_lazy("Village"), accessor="village__name", order_by="village__code"
    )
    ground = tables.Column(
        verbose_name=gettext_lazy("Ground"), accessor="get_ground_display", order_by="ground"
    )
    tries = tables.Column(verbose_name=gettext_lazy("Tries"), empty_values=(), orderable=False)
    second_call_on = DayColumn(verbose_name=pgettext_lazy("of follow-ups", "Second call"))
    state = tables.Column(verbose_name=gettext_lazy("State"), empty_values=(), orderable=False)
    acts = tables.Column(
        verbose_name="", empty_values=(), orderable=False, exclude_from_export=True
    )

    def link_for(self, record: FollowUpTarget) -> str:
        return reverse("followups:target", args=[record.public_id])

    def render_tries(self, record: Any) -> int:
        return len(record.person.tried)

    def value_tries(self, record: Any) -> int:
        return self.render_tries(record)

    def render_state(self, record: Any) -> SafeString:
        return tag_html(*tag_of(part_of(record.person.tried)))

    def value_state(self, record: Any) -> str:
        return tag_of(part_of(record.person.tried))[1]

    def render_acts(self, record: Any) -> SafeString | str:
        if not record.may_try:
            return ""
        url = reverse("followups:attempt", args=[record.public_id])
        return format_html('<a class="btn" href="{}">{}</a>', url, _("Note a try"))


class TargetFilters(BaseFilterSet):
    area = AreaFilter()
    name = NameFilter(label=gettext_lazy("Name"))

    class Meta:
        model = FollowUpTarget
        fields: list[str] = []


class RoundPage(PersonListPage):
    """Every figure opens its rows."""

    permission = Permission.PERSON_VIEW
    table_class = TargetTable
    filterset_class = TargetFilters
    template_name = "followups/round.html"
    default_sort = "person"
    # A round of a province has fourteen thousand rows, all of which are counted.
    count_cap = 50_000
    export_permission = Permission.PERSON_EXPORT
    export_name = "follow-ups"
    fields_seen = "followup"
    empty_title = gettext_lazy("Nobody stands here")
    empty_words = gettext_lazy("Nobody of your area is in this part of the list.")

    @property
    def title(self) -> str:  # type: ignore[override]
        return str(self._round.title)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if getattr(request.user, "is_authenticated", False):
            self._find(cast(User, request.user), kwargs["public_id"])
        return super().dispatch(request)

    def _find(self, user: User, public_id: UUID) -> None:
        """403 for who may not, before 404 for what is not there."""
        if user.may(self.permission):
            rows = FollowUpRound.objects.visible_to(user).select_related("area", "recorded_by")
            self._round: FollowUpRound = get_object_or_404(rows, public_id=public_id)

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        tries = FollowUpAttempt.objects.standing().filter(target__round=self._round)
        rows = self._own(request).to_be_reached(today()).in_part(request.GET.get("part", ""))
        return rows.select_related("person", "town", "village").prefetch_related(  # type: ignore[no-any-return]
            Prefetch("person__followup_attempts", queryset=tries, to_attr="tried")
        )

    def _rows(self, request: HttpRequest, found: Question) -> Page:
        page = super()._rows(request, found)
        user = cast(User, request.user)
        may_log = user.may(Permission.CHECKIN_LOG)
        for row in page.rows:
            row.round = self._round
            row.may_try = may_log and may_try(row) and not row.person.is_dead_by(today())
        return page

    def more_context(self, request: HttpRequest) -> dict[str, Any]:
        counts = self._own(request).counted().get(self._round.pk, NOBODY)
        chosen, user = request.GET.get("part", ""), cast(User, request.user)
        parts = [("", _("All"), counts["whole"])]
        parts += [(part, tag_of(part)[1], counts[part]) for part in PARTS]
        tabs = [
            {"label": words, "url": f"?part={code}", "count": n, "current": chosen == code}
            for code, words, n in parts
        ]
        return {
            "round": self._round, "tabs": tabs, "coverage": coverage_words(counts),
            "may_run": FollowUpRound.objects.run_by(user).filter(pk=self._round.pk).exists(),
            "counts": counts, "reached": counts["in_person"] + counts["phone"],
            "area_path": [(unit.name, "") for unit in self._round.area.path()],
        }  # fmt: skip

    def _own(self, request: HttpRequest) -> Any:
        rows = FollowUpTarget.objects.visible_to(cast(User, request.user))
        return rows.filter(round=self._round)
