"""Who asked for persons of this unit from outside."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import django_tables2 as tables
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.list_page import PersonListPage
from apps.core.list_page import RowAction
from apps.core.markup import tag_html
from apps.core.tables import BaseTable, DayColumn, NameColumn
from apps.persons import services
from apps.persons.models import OutsideLookup


class LookupTable(BaseTable):
    person = NameColumn(verbose_name=gettext_lazy("Person"), order_by="person__sort_key")
    asked_by = tables.Column(verbose_name=gettext_lazy("Asked by"), order_by="asked_by__name")
    unit = tables.Column(
        accessor="asked_by__area", verbose_name=gettext_lazy("Unit"), orderable=False
    )
    asked_at = DayColumn(verbose_name=gettext_lazy("Asked on"))
    seen_at = tables.Column(verbose_name=gettext_lazy("Seen"), empty_values=())

    class Meta:
        model = OutsideLookup
        fields = ("person", "asked_by", "unit", "asked_at", "seen_at")

    def link_for(self, record: OutsideLookup) -> str:
        return reverse("workbench:person", args=[record.person.public_id])

    def tick_label(self, record: OutsideLookup) -> str:
        return _("Tick %(what)s") % {"what": record.person}

    def render_seen_at(self, record: OutsideLookup) -> SafeString:
        if record.seen_at is None:
            return tag_html("inf", _("Not seen yet"))
        return format_html("{} {}", tag_html("done", _("Seen")), record.seen_by)


class LookupsPage(PersonListPage):
    """Numbers of persons of this unit that another unit asked for."""

    permission = Permission.LOOKUPS_VIEW
    title = gettext_lazy("Asked for from outside")
    table_class = LookupTable
    default_sort = "-asked_at"
    empty_title = gettext_lazy("Nobody asked for a person of this unit")
    empty_words = gettext_lazy(
        "When another unit enters the number of a person whose file is kept here, it is told to "
        "ask for a transfer, and the question stands on this list."
    )

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = OutsideLookup.objects.visible_to(request.user)  # type: ignore[arg-type]
        return rows.select_related("person", "asked_by__area", "seen_by")

    def row_actions(self, request: HttpRequest) -> Sequence[RowAction]:
        return [RowAction(gettext_lazy("Seen"), reverse("persons:lookups-seen"), "eye")]


@permission_required(Permission.LOOKUPS_VIEW)
@require_POST
def seen(request: SignedInRequest) -> HttpResponse:
    """The supervisor has taken note of the ticked questions."""
    try:
        ids = [UUID(value) for value in request.POST.getlist("row")]
    except ValueError:
        raise Http404 from None
    rows = OutsideLookup.objects.visible_to(request.user).filter(public_id__in=ids)
    for lookup in rows.order_by("pk"):
        services.mark_lookup_seen(lookup=lookup, by=request.user)
    messages.success(request, _("Noted."))
    return redirect("persons:lookups")
