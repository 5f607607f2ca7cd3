"""The campaigns of the area, and the list of one. Each number stands beside its own campaign."""

from typing import Any, ClassVar, cast
from uuid import UUID

import django_tables2 as tables
from django.db.models import QuerySet
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
from apps.campaigns.codes import Asks, Stands
from apps.campaigns.models import Campaign, CampaignTarget
from apps.campaigns.querysets import NOBODY
from apps.campaigns.stands import state_of
from apps.core.filters import BaseFilterSet
from apps.core.list_page import ListPage, Page, Question
from apps.core.markup import tag_html
from apps.core.rates import percent, value_text
from apps.core.tables import BaseTable, DayColumn, NameColumn, NumberColumn
from apps.core.text import iso_day
from apps.persons.finding import NameFilter

# Parts of a list in their order; nobody of whom a part is empty is asked to look into it.
PART_WORDS = [
    (str(one.value), one.label)
    for one in (
        Stands.TAKEN, Stands.NOT_TAKEN, Stands.EXCUSED, Stands.LEFT, Stands.NO_SLOT, Stands.NO_DUTY,
    )
]  # fmt: skip


class CampaignTable(BaseTable):
    title = NameColumn(verbose_name=gettext_lazy("Campaign"), orderable=False)
    year = NumberColumn(verbose_name=gettext_lazy("Year"), order_by="first")
    area = tables.Column(verbose_name=gettext_lazy("Unit"), orderable=False)
    first = DayColumn(verbose_name=gettext_lazy("From"))
    last = DayColumn(verbose_name=gettext_lazy("To"))
    sample = tables.Column(
        verbose_name=gettext_lazy("Sample"), accessor="get_sample_display", order_by="sample"
    )
    kind = tables.Column(
        verbose_name=gettext_lazy("Kind of test"), accessor="get_kind_display", order_by="kind"
    )
    coverage = tables.Column(verbose_name=gettext_lazy("Taken"), empty_values=(), orderable=False)
    state = tables.Column(verbose_name=gettext_lazy("State"), empty_values=(), orderable=False)

    def link_for(self, record: Campaign) -> str:
        name = "counts" if record.counts_only else "campaign"
        return reverse(f"campaigns:{name}", args=[record.public_id])

    def render_year(self, record: Campaign) -> str:
        return str(record.year)

    def render_coverage(self, record: Any) -> str:
        return _("Counts only") if record.counts_only else coverage_words(record.counts)

    def render_state(self, record: Campaign) -> SafeString | str:
        return _("Closed campaign") if record.closed_at else tag_html("inf", _("Under way"))

    def value_state(self, record: Campaign) -> str:
        return _("Closed campaign") if record.closed_at else _("Under way")


class CampaignsPage(ListPage):
    """Nobody stands in it, and nothing is added up."""

    permission = Permission.PERSON_VIEW
    title = gettext_lazy("Test campaigns")
    template_name = "campaigns/list.html"
    table_class = CampaignTable
    default_sort = "-first"
    empty_title = gettext_lazy("No campaign yet")
    empty_words = gettext_lazy(
        "A campaign asks the persons of a list for a sample between two days. Its numbers are its "
        "own and are added to no others."
    )

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = Campaign.objects.visible_to(cast(User, request.user))
        return rows.select_related("area")

    def _rows(self, request: HttpRequest, found: Question) -> Page:
        page = super()._rows(request, found)
        every: Any = CampaignTarget.objects
        targets = every.counted_for(cast(User, request.user))
        counts = targets.filter(campaign__in=page.rows).counted()
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
    slot = tables.Column(
        verbose_name=gettext_lazy("When and where"), empty_values=(), order_by="slot__begins"
    )
    state = tables.Column(verbose_name=gettext_lazy("State"), empty_values=(), orderable=False)
    acts = tables.Column(
        verbose_name="", empty_values=(), orderable=False, exclude_from_export=True
    )

    def link_for(self, record: CampaignTarget) -> str:
        return reverse("campaigns:target", args=[record.public_id])

    def render_slot(self, record: CampaignTarget) -> SafeString | str:
        told = tag_html("done", _("Told")) if record.told_at else ""
        return format_html("{} {}", slot_words(record) or "—", told)

    def value_slot(self, record: CampaignTarget) -> str:
        return slot_words(record)

    def render_state(self, record: CampaignTarget) -> SafeString | str:
        return tag_html(*state_of(record))

    def value_state(self, record: CampaignTarget) -> str:
        return state_of(record)[1]

    def render_acts(self, record: CampaignTarget) -> SafeString | str:
        test = record.standing_test
        if test is None:
            return ""
        url = reverse("drugtests:detail", args=[test.public_id])
        return format_html('<a class="btn" href="{}">{}</a>', url, _("Test"))


class TargetFilters(BaseFilterSet):
    area = AreaFilter()
    name = NameFilter(label=gettext_lazy("Name"))

    class Meta:
        model = CampaignTarget
        fields: list[str] = []


class OfCampaign:
    """A list that belongs to one campaign of the reader's area."""

    permission: ClassVar[Any]
    wants_counts = True

    @property
    def title(self) -> Any:
        return str(self._campaign.title)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if getattr(request.user, "is_authenticated", False):
            self._find(cast(User, request.user), kwargs["public_id"])
        return super().dispatch(request)  # type: ignore[misc]

    def is_run_by(self, request: HttpRequest) -> bool:
        rows = Campaign.objects.run_by(cast(User, request.user))
        return bool(rows.filter(pk=self._campaign.pk).exists())

    def _find(self, user: User, public_id: UUID) -> None:
        """403 for who may not, before 404 for what is not there: an occupation has no list, and
        a list of persons no sums.
        """
        if user.may(self.permission):
            rows = Campaign.objects.visible_to(user).select_related("area", "recorded_by")
            asks = Asks.OCCUPATION if self.wants_counts else Asks.PERSONS
            self._campaign: Campaign = get_object_or_404(rows, public_id=public_id, asks=asks)


class CampaignPage(OfCampaign, PersonListPage):  # type: ignore[misc, override]
    """Every figure opens its rows: all, and each part of the list."""

    wants_counts = False
    permission = Permission.PERSON_VIEW
    table_class = TargetTable
    filterset_class = TargetFilters
    template_name = "campaigns/campaign.html"
    default_sort = "person"
    export_permission = Permission.PERSON_EXPORT
    export_name = "campaign"
    fields_seen = "campaign"
    empty_title = gettext_lazy("Nobody stands here")
    empty_words = gettext_lazy("Nobody of your area is in this part of the list.")

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = self._own(request).in_part(request.GET.get("part", ""))
        return rows.select_related("person", "town", "village", "test", "slot__site")  # type: ignore[no-any-return]

    def more_context(self, request: HttpRequest) -> dict[str, Any]:
        counts = counts_of(self._campaign, cast(User, request.user))
        chosen = request.GET.get("part", "")
        has_slots = self._campaign.sites.exists()
        always = {"taken", "excused", "left", *(["no_slot"] if has_slots else [])}
        parts: list[tuple[str, Any, str]] = [("", _("All"), "whole")]
        parts += [(code, words, code) for code, words in PART_WORDS if code in always
                  or counts[code] or code == chosen]  # fmt: skip
        tabs = [
            {
                "label": words,
                "url": f"?part={code}",
                "count": counts[key],
                "current": chosen == code,
            }
            for code, words, key in parts
        ]
        return {
            "campaign": self._campaign, "tabs": tabs, "counts": counts,
            "coverage": coverage_words(counts), "has_sites": has_slots,
            "may_run": self.is_run_by(request),
            "elsewhere": counts["whole"] - self._own(request).once().count(),
            "area_path": [(unit.name, "") for unit in self._campaign.area.path()],
        }  # fmt: skip

    def _own(self, request: HttpRequest) -> Any:
        rows = CampaignTarget.objects.visible_to(cast(User, request.user))
        return rows.filter(campaign=self._campaign)


def counts_of(campaign: Campaign, user: User) -> dict[str, int]:
    """Of one campaign, as `TargetQuerySet.counted_for` says."""
    every: Any = CampaignTarget.objects
    rows = every.counted_for(user)
    counts: dict[str, int] = rows.filter(campaign=campaign).counted().get(campaign.pk, NOBODY)
    return counts


def slot_words(row: CampaignTarget) -> str:
    """ "06-03 09:00–09:15 · site", and that it is a second call."""
    when = ""
    if row.slot is not None:
        when = f"{iso_day(row.slot.day)} {row.slot.times} · {row.slot.site.name}"
    if row.second_call_on is None:
        return when
    call = _("Second call")
    return f"{when} · {call}" if when else f"{iso_day(row.second_call_on)} · {call}"


def coverage_words(counts: dict[str, int]) -> str:
    """ "30 of 40, 75.0 %"."""
    n, done = counts["whole"], counts["taken"]
    facts = {"done": f"{done:,}", "n": f"{n:,}", "rate": value_text(percent(done, n))}
    return _("%(done)s of %(n)s · %(rate)s") % facts if n else _("Nobody of your area")
