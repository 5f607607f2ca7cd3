"""Lists of what was learned: by day, and never by points. Nobody is compared."""

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
from apps.core.filters import BaseFilterSet, DayFilter
from apps.core.list_page import ListPage, Page, Question
from apps.core.markup import tag_html
from apps.core.tables import BaseTable, DayColumn, NameColumn, link
from apps.learning.codes import Origin
from apps.learning.models import LearningRecord, UnitScore
from apps.persons.finding import NameFilter


class LearnedTable(BaseTable):
    """Points are text in their own digits, and no order."""

    where = tables.Column(verbose_name=gettext_lazy("Learned where"), orderable=False)
    first = DayColumn(verbose_name=gettext_lazy("Day of learning, or the first"))
    last = DayColumn(verbose_name=gettext_lazy("Last day of learning"))
    points = tables.Column(
        verbose_name=gettext_lazy("Points"), accessor="points_text", orderable=False,
        attrs={"td": {"class": "num"}},
    )  # fmt: skip
    state = tables.Column(verbose_name=gettext_lazy("State"), empty_values=(), orderable=False)

    def render_state(self, record: Any) -> SafeString | str:
        return tag_html("na", _("Withdrawn")) if record.withdrawn_at else ""

    def value_state(self, record: Any) -> str:
        return _("Withdrawn") if record.withdrawn_at else ""


class LearningTable(LearnedTable):
    person = NameColumn(verbose_name=gettext_lazy("Name"), order_by="person__sort_key")
    town = tables.Column(
        verbose_name=gettext_lazy("Town"), accessor="town__name", order_by="town__code"
    )
    title = tables.Column(verbose_name=gettext_lazy("Course or content"), orderable=False)
    hours = tables.Column(
        verbose_name=gettext_lazy("Hours of learning"), accessor="hours_text", orderable=False,
        attrs={"td": {"class": "num"}},
    )  # fmt: skip

    class Meta:
        sequence = ("person", "town", "title", "where", "first", "last", "points", "hours", "state")

    def link_for(self, record: LearningRecord) -> str:
        return reverse("learning:record", args=[record.public_id])


class LearningFilters(BaseFilterSet):
    area = AreaFilter()
    name = NameFilter(label=gettext_lazy("Name"))
    origin = django_filters.ChoiceFilter(
        choices=Origin.choices, label=gettext_lazy("Learned where"),
        empty_label=gettext_lazy("All"),
    )  # fmt: skip
    day_from = DayFilter(field_name="first", lookup_expr="gte", label=gettext_lazy("From"))
    day_to = DayFilter(field_name="first", lookup_expr="lte", label=gettext_lazy("to"))

    class Meta:
        model = LearningRecord
        fields = ["area", "name", "origin", "day_from", "day_to"]


class LearningPage(PersonListPage):
    """What persons learned, the newest first."""

    is_written = True
    permission = Permission.PERSON_VIEW
    title = gettext_lazy("Learning")
    template_name = "learning/list.html"
    table_class = LearningTable
    filterset_class = LearningFilters
    export_permission = Permission.PERSON_EXPORT
    export_name = "learning"
    fields_seen = "learning"
    empty_title = gettext_lazy("No learning is on record")
    empty_words = gettext_lazy("Learning is recorded on the person's page.")

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = LearningRecord.objects.visible_to(cast(User, request.user))
        return rows.select_related("person", "town").order_by("-first", "-pk")


class UnitScoreTable(LearnedTable):
    area = tables.Column(verbose_name=gettext_lazy("Unit"), orderable=False)
    title = tables.Column(verbose_name=gettext_lazy("Course or content"), orderable=False)
    words = tables.Column(verbose_name=gettext_lazy("Remark"), orderable=False)
    acts = tables.Column(
        verbose_name="", empty_values=(), orderable=False, exclude_from_export=True
    )

    class Meta:
        sequence = ("area", "title", "where", "first", "last", "points", "words", "state", "acts")

    def render_acts(self, record: Any) -> SafeString | str:
        if record.withdrawn_at or not record.may_change:
            return ""
        return link(reverse("learning:withdraw-score", args=[record.public_id]), _("Withdraw it"))


class UnitScoresPage(ListPage):
    """Nobody stands in it; units stand by day, and not by their points."""

    permission = Permission.PERSON_VIEW
    title = gettext_lazy("Scores of units")
    template_name = "learning/units.html"
    table_class = UnitScoreTable
    export_permission = Permission.PERSON_EXPORT
    export_name = "scores-of-units"
    empty_title = gettext_lazy("No score is on record")
    empty_words = gettext_lazy("What a platform reports of a whole unit, in its own digits.")

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = UnitScore.objects.visible_to(cast(User, request.user))
        return rows.select_related("area").order_by("-first", "-pk")  # type: ignore[no-any-return]

    def _rows(self, request: HttpRequest, found: Question) -> Page:
        page, user = super()._rows(request, found), cast(User, request.user)
        own = UnitScore.objects.run_by(user) if user.may(Permission.CAMPAIGN_OPEN) else ()
        changed = {row.pk for row in own}
        for row in page.rows:
            row.may_change = row.pk in changed
        return page
