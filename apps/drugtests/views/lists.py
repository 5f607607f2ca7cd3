"""The list of drug tests."""

from typing import Any, cast

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy, pgettext

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.audit.list_page import PersonListPage
from apps.contacts.lists import RecordedFilters, RecordedTable
from apps.core.filters import TickFilter
from apps.core.markup import tag_html
from apps.drugtests.codes import Reason, Sample, Source, TestKind, TestOutcome
from apps.drugtests.models import DrugTest
from apps.drugtests.querysets import retested

# Among the kinds of the filter.
RETEST = "retest"


class DrugTestTable(RecordedTable):
    """Results stand on the record and in no list: lists travel."""

    town = tables.Column(
        verbose_name=gettext_lazy("Town"), accessor="town__name", order_by="town__code"
    )
    sample = tables.Column(verbose_name=gettext_lazy("Sample"), order_by="sample")
    kind = tables.Column(verbose_name=gettext_lazy("Kind of test"), order_by="kind")
    why = tables.Column(verbose_name=gettext_lazy("Why it is taken"), order_by="why")
    outcome = tables.Column(verbose_name=gettext_lazy("Taken or not"), order_by="outcome")

    class Meta:
        sequence = (
            "occurred_at", "person", "town", "sample", "kind", "why", "outcome", "recorded", "acts",
        )  # fmt: skip

    def why_not(self, record: DrugTest) -> str:
        return str(record.get_reason_not_display())

    def render_sample(self, record: DrugTest) -> str:
        return record.get_sample_display() if record.is_taken else "–"

    def render_kind(self, record: DrugTest) -> str:
        return record.get_kind_display() if record.is_taken else "–"

    def render_why(self, record: DrugTest) -> str:
        return record.get_why_display() or "–" if record.is_taken else "–"

    def render_recorded(self, record: DrugTest) -> SafeString:
        """Marked where it is from a ledger, and where no order was in force."""
        said = super().render_recorded(record)
        if record.source == Source.LEDGER:
            said = format_html("{} {}", said, tag_html("na", record.get_source_display()))
        if record.case_id is None:
            said = format_html("{} {}", said, tag_html("na", gettext("No order on the day")))
        return said

    def render_acts(self, record: DrugTest) -> SafeString:
        url = reverse("drugtests:detail", args=[record.public_id])
        return format_html('<a class="btn" href="{}">{}</a>', url, pgettext("button", "Open"))


class DrugTestFilters(RecordedFilters):
    sample = django_filters.ChoiceFilter(
        choices=Sample.choices, label=gettext_lazy("Sample"), empty_label=gettext_lazy("All")
    )
    kind = django_filters.ChoiceFilter(
        choices=[*TestKind.choices, (RETEST, gettext_lazy("Re-test"))],
        method="of_kind",
        label=gettext_lazy("Kind of test"),
        empty_label=gettext_lazy("All"),
    )
    why = django_filters.ChoiceFilter(
        choices=Reason.choices,
        label=gettext_lazy("Why it is taken"),
        empty_label=gettext_lazy("All"),
    )
    outcome = django_filters.ChoiceFilter(
        choices=TestOutcome.choices,
        label=gettext_lazy("Taken or not"),
        empty_label=gettext_lazy("All"),
    )

    source = django_filters.ChoiceFilter(
        choices=Source.choices, label=gettext_lazy("Source"), empty_label=gettext_lazy("All")
    )
    no_order = TickFilter(method="without_order", label=gettext_lazy("No order on the day"))

    class Meta:
        model = DrugTest
        fields = [
            "area", "name", "sample", "kind", "why", "outcome", "source", "day_from", "day_to",
        ]  # fmt: skip

    def of_kind(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """A re-test is a laboratory's second one of the B sample, whatever the kind of the test."""
        return rows.filter(retested()) if value == RETEST else rows.filter(kind=value)

    def without_order(self, rows: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:
        """What happened on a day on which no order was in force."""
        return rows.filter(case=None) if value else rows


class DrugTestsPage(PersonListPage):
    """Every test and every one that could not be taken."""

    is_written = True
    permission = Permission.PERSON_VIEW
    title = gettext_lazy("Drug tests")
    template_name = "drugtests/list.html"
    table_class = DrugTestTable
    filterset_class = DrugTestFilters
    export_permission = Permission.PERSON_EXPORT
    export_name = "drug-tests"
    fields_seen = "drugtests"
    empty_title = gettext_lazy("No test is on record")
    empty_words = gettext_lazy(
        "Tests are recorded from Today or from the person's page; the newest stands first."
    )

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = DrugTest.objects.visible_to(cast(User, request.user))
        return rows.select_related("person", "town", "recorded_by").order_by("-occurred_at", "-pk")
