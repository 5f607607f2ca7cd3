"""Lost contact: the list with those who are to be thought of, the flag, its log, its end."""

from typing import Any, cast
from uuid import UUID

import django_tables2 as tables
from django import forms
from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.models import User
from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.areas.filters import AreaFilter
from apps.audit.list_page import PersonListPage
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.core.choosing import Choice
from apps.core.days import today
from apps.core.fields import uuid7
from apps.core.filters import BaseFilterSet, TickFilter
from apps.core.form_fields import DayField, ReasonField, TextField
from apps.core.markup import tag_html
from apps.core.refusals import shown_in, status_of
from apps.core.tables import BaseTable, DayColumn, NameColumn
from apps.persons.access import person_or_404
from apps.persons.finding import NameFilter
from apps.persons.models import Person
from apps.visits.contact import quiet_since
from apps.visits.lost import (
    log_search,
    mark_found,
    proposed_ids,
    set_lost_contact,
    silences,
    too_early,
)
from apps.visits.models import LostContact, Means, Search


class LostForm(forms.Form):
    reason = ReasonField(
        label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class SearchForm(forms.Form):
    uuid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    on = DayField(label=gettext_lazy("Day"), latest=today, initial=today)
    means = Choice(label=gettext_lazy("How"), choices=Means.choices)
    words = TextField(
        label=gettext_lazy("What came of it"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class FoundForm(forms.Form):
    on = DayField(label=gettext_lazy("Found on"), latest=today, initial=today)
    words = TextField(
        label=gettext_lazy("How the person was found"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class LostTable(BaseTable):
    person = NameColumn(
        verbose_name=gettext_lazy("Name"), accessor="person__name", order_by="person__sort_key"
    )
    town = tables.Column(
        verbose_name=gettext_lazy("Town"), accessor="town__name", order_by="town__code"
    )
    since_on = DayColumn(
        verbose_name=gettext_lazy("No contact since"),
        accessor="quiet_since",
        order_by="quiet_since",
    )
    set_on = DayColumn(verbose_name=gettext_lazy("Set on"))
    set_by = tables.Column(
        verbose_name=gettext_lazy("Set by"), accessor="set_by__name", orderable=False
    )
    searched = tables.Column(verbose_name=gettext_lazy("Searches"), orderable=False)
    state = tables.Column(
        verbose_name=gettext_lazy("State"), accessor="found_on", empty_values=(), orderable=False
    )

    class Meta:
        model = LostContact
        fields = ()

    def link_for(self, record: LostContact) -> str:
        return reverse("visits:lost-detail", args=[record.public_id])

    def render_state(self, record: LostContact) -> SafeString:
        if record.found_on:
            return tag_html("done", _("Found"))
        return tag_html("vio", _("Lost contact"))

    def value_state(self, record: LostContact) -> str:
        return _("Found") if record.found_on else _("Lost contact")


class LostFilters(BaseFilterSet):
    area = AreaFilter()
    name = NameFilter(label=gettext_lazy("Name"))
    ended = TickFilter(method="with_ended", label=gettext_lazy("With those found again"))

    class Meta:
        model = LostContact
        fields = ["area", "name"]

    def with_ended(self, rows: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:
        """The list itself leaves them out: see queryset."""
        return rows


class LostPage(PersonListPage):
    """Flags that stand; above them the persons for whom one is proposed."""

    permission = Permission.PERSON_VIEW
    title = gettext_lazy("Lost contact")
    table_class = LostTable
    filterset_class = LostFilters
    template_name = "visits/lost_list.html"
    default_sort = "since_on"
    export_permission = Permission.PERSON_EXPORT
    export_name = "lost-contact"
    fields_seen = "lost-contact"
    empty_title = gettext_lazy("No contact is lost")
    empty_words = gettext_lazy(
        "After 15 days without contact and 3 attempts by 2 means a person is proposed here."
    )

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = LostContact.objects.visible_to(cast(User, request.user))
        rows = rows if request.GET.get("ended") else rows.standing()
        counted = rows.annotate(searched=Count("searches"), quiet_since=quiet_since())
        return counted.select_related("person", "town", "set_by").order_by("quiet_since", "pk")

    def more_context(self, request: HttpRequest) -> dict[str, Any]:
        scope = Person.objects.visible_to(cast(User, request.user))
        found = proposed_ids(scope, today())
        persons = scope.filter(pk__in=found).select_related("town").order_by("sort_key", "pk")
        proposals = [(person, found[person.pk]) for person in persons]
        log_access(request, persons=[person for person, _s in proposals], action=Action.LIST)
        return {"proposals": proposals}


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_LOG)
def new(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Set the flag: by name, with a reason; what was tried stands beside it."""
    person = person_or_404(request, public_id)
    form = LostForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            reason = form.cleaned_data["reason"]
            lost = set_lost_contact(person=person, by=request.user, reason=reason)
            messages.success(request, _("Lost contact is recorded. Log each search below."))
            return redirect("visits:lost-detail", lost.public_id)
    log_access(request, persons=[person], action=Action.VIEW, fields_seen="lost-contact")
    silence = silences([person.pk], today()).get(person.pk)
    context = {
        "form": form,
        "person": person,
        "silence": silence,
        "missing": too_early(silence) if silence else "",
    }
    return render(request, "visits/lost_new.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_LOG)
def detail(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The log of searches; a further entry."""
    lost = _visible(request, public_id)
    form = SearchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        with shown_in(form):
            log_search(lost=lost, by=request.user, client_uuid=data.pop("uuid"), **data)
            messages.success(request, _("The search is logged."))
            return redirect("visits:lost-detail", public_id)
    log_access(request, persons=[lost.person], action=Action.VIEW, fields_seen="lost-contact")
    return _render(request, lost, form, FoundForm())


@require_POST
@permission_required(Permission.CHECKIN_LOG)
def found(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The person was found: the flag ends."""
    lost = _visible(request, public_id)
    form = FoundForm(request.POST)
    if form.is_valid():
        with shown_in(form):
            mark_found(lost=lost, by=request.user, **form.cleaned_data)
            messages.success(
                request,
                _("Found: the search has ended. If you met or spoke to the person, record it now. "
                  "Until then what is due stays late."),
            )  # fmt: skip
            return redirect("checkins:create", lost.person.public_id)
    return _render(request, lost, SearchForm(), form)


def _visible(request: SignedInRequest, public_id: UUID) -> LostContact:
    found = LostContact.objects.visible_to(request.user).annotate(quiet_since=quiet_since())
    rows = found.select_related(
        "person__county", "person__town", "person__village", "set_by", "found_by"
    )
    lost: LostContact = get_object_or_404(rows, public_id=public_id)
    return lost


def _render(
    request: SignedInRequest, lost: LostContact, form: forms.Form, found_form: forms.Form
) -> HttpResponse:
    searches = Search.objects.visible_to(request.user).filter(lost=lost)
    context = {
        "lost": lost, "person": lost.person, "form": form, "found_form": found_form,
        "searches": searches.select_related("recorded_by").order_by("-on", "-pk"),
        "stands": LostContact.objects.visible_to(request.user).standing().filter(pk=lost.pk)
        .exists(),
    }  # fmt: skip
    status = max(status_of(form), status_of(found_form))
    return render(request, "visits/lost_detail.html", context, status=status)
