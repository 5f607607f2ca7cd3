"""Who brought in what, when, and what came of it."""

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
from apps.core.filters import BaseFilterSet
from apps.core.list_page import ListPage
from apps.core.markup import tag_html
from apps.core.tables import BaseTable, NameColumn, NumberColumn
from apps.core.text import day_text
from apps.imports.codes import Asked, ImportState
from apps.imports.models import LedgerImport
from apps.ledgers.ledger import ledger_choices

TAGS = {
    ImportState.UPLOADED: "inf", ImportState.TO_MATCH: "soon", ImportState.TRIED: "soon",
    ImportState.APPLIED: "done", ImportState.UNDONE: "na", ImportState.REFUSED: "err",
}  # fmt: skip


def state_tag(row: LedgerImport) -> tuple[str, str]:
    """Kind of the tag and the word: what is under way stands before what was."""
    if row.work.asked:
        applies = row.work.asked == Asked.APPLY
        return "inf", _("Going in") if applies else _("Being read")
    return TAGS[ImportState(row.state)], str(row.get_state_display())


class ImportTable(BaseTable):
    file_name = NameColumn(verbose_name=gettext_lazy("Ledger file"))
    ledger = tables.Column(
        verbose_name=gettext_lazy("Ledger"), accessor="get_ledger_display", order_by="ledger"
    )
    area = tables.Column(verbose_name=gettext_lazy("Unit"), orderable=False)
    recorded_at = tables.Column(verbose_name=gettext_lazy("Uploaded"))
    recorded_by = tables.Column(verbose_name=gettext_lazy("Uploaded by"), orderable=False)
    rows = NumberColumn(verbose_name=gettext_lazy("Lines"))
    new = NumberColumn(verbose_name=gettext_lazy("New"))
    changed = NumberColumn(verbose_name=gettext_lazy("Changed"))
    rejected = NumberColumn(verbose_name=gettext_lazy("Wrong"))
    state = tables.Column(verbose_name=gettext_lazy("State"), empty_values=(), orderable=False)

    def link_for(self, record: LedgerImport) -> str:
        return reverse("imports:import", args=[record.public_id])

    def render_recorded_at(self, value: Any) -> str:
        return day_text(value)

    def render_state(self, record: LedgerImport) -> SafeString:
        return tag_html(*state_tag(record))

    def value_state(self, record: LedgerImport) -> str:
        return state_tag(record)[1]


class ImportFilters(BaseFilterSet):
    ledger = django_filters.ChoiceFilter(
        choices=ledger_choices, label=gettext_lazy("Ledger"), empty_label=gettext_lazy("All")
    )
    state = django_filters.ChoiceFilter(
        choices=ImportState.choices, label=gettext_lazy("State"), empty_label=gettext_lazy("All")
    )

    class Meta:
        model = LedgerImport
        fields = ["ledger", "state"]


class ImportsPage(ListPage):
    """The newest first."""

    permission = Permission.LEDGER_IMPORT
    title = gettext_lazy("Import")
    template_name = "imports/list.html"
    table_class = ImportTable
    filterset_class = ImportFilters
    seen_by = gettext_lazy("Seen by: who may bring in these ledgers")
    empty_title = gettext_lazy("Nothing was brought in yet")
    empty_words = gettext_lazy(
        "Upload a ledger as it is: every line is shown with what would come of it, and nothing is "
        "written before you say so."
    )

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = LedgerImport.objects.visible_to(cast(User, request.user))
        return rows.select_related("area", "recorded_by", "work")
