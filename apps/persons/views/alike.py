"""Files that may be of one person: the list, two files side by side, and "these are two"."""

from functools import cached_property
from typing import Any
from uuid import UUID

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.act_page import ActPage, show_act
from apps.audit.list_page import PersonListPage
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.core.filters import BaseFilterSet
from apps.core.list_page import Page, Question
from apps.core.tables import BaseTable, DayColumn, NameColumn
from apps.core.text import full_day, mark
from apps.persons.access import person_or_404
from apps.persons.alike import Pair, decided_pairs, likely_pairs, reasons
from apps.persons.finding import NameFilter
from apps.persons.forms_merge import NotSameForm, TakeBackForm
from apps.persons.merging.facts import facts_of
from apps.persons.models import NotSame, Person

TWO = "two"


class AlikeTable(BaseTable):
    name = NameColumn(verbose_name=gettext_lazy("Name"), order_by="sort_key")
    born_on = DayColumn(verbose_name=gettext_lazy("Born"))
    place = tables.Column(
        accessor="town", verbose_name=gettext_lazy("Place"), order_by="town__code"
    )
    others = tables.Column(
        verbose_name=gettext_lazy("May be the same as"),
        empty_values=(),
        accessor="pk",
        orderable=False,
    )

    def link_for(self, record: Person) -> str:
        return reverse("workbench:person", args=[record.public_id])

    def render_others(self, record: Any) -> SafeString:
        return format_html_join("", "{}", ((_other(pair),) for pair in record.pairs))

    def value_others(self, record: Any) -> str:
        return mark(";").join(pair.other.name for pair in record.pairs)


def _other(pair: Pair) -> SafeString:
    """The other file, why, and the way to look at both."""
    url = reverse("persons:compare", args=[pair.one.public_id, pair.other.public_id])
    why = pair.said
    if pair.decided is not None:
        why = _("Two persons: %(who)s, %(day)s, “%(why)s”") % {
            "who": pair.decided.decided_by.name,
            "day": full_day(pair.decided.decided_at),
            "why": pair.decided.reason,
        }
    return format_html(
        '<div class="alike"><a class="link" href="{}">{} {}</a> <span class="ink2">{}</span></div>',
        url, pair.other.name, pair.other.file_number, why,
    )  # fmt: skip


class AlikeFilters(BaseFilterSet):
    show = django_filters.ChoiceFilter(
        label=gettext_lazy("Show"),
        empty_label=gettext_lazy("Likely duplicates"),
        choices=[(TWO, gettext_lazy("Found to be two persons"))],
        method="all_of_them",
    )
    name = NameFilter(label=gettext_lazy("Name"), person="")

    class Meta:
        model = Person
        fields: list[str] = []

    def all_of_them(self, queryset: Any, name: str, value: str) -> Any:
        return queryset


class AlikePage(PersonListPage):
    """A row a file, with those that may be of the same person; never one outside the scope."""

    permission = Permission.PERSON_VIEW
    title = gettext_lazy("Likely duplicates")
    template_name = "persons/alike.html"
    table_class = AlikeTable
    filterset_class = AlikeFilters
    default_sort = "name"
    fields_seen = "alike"
    empty_title = gettext_lazy("No two files look alike")
    empty_words = gettext_lazy(
        "Files stand here that agree in name, day of birth, phone or number, so that somebody "
        "looks whether it is one person. Only files of this area are compared."
    )

    @cached_property
    def pairs(self) -> dict[int, list[Pair]]:
        find = decided_pairs if self.request.GET.get("show") == TWO else likely_pairs
        found: dict[int, list[Pair]] = {}
        for pair in find(self.request.user):  # type: ignore[arg-type]
            found.setdefault(pair.one.pk, []).append(pair)
        return found

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = Person.objects.visible_to(request.user)  # type: ignore[arg-type]
        return rows.filter(pk__in=list(self.pairs)).select_related("town", "village")

    def _rows(self, request: HttpRequest, found: Question) -> Page:
        page = super()._rows(request, found)
        for row in page.rows:
            row.pairs = self.pairs[row.pk]
        return page

    def log_view(self, request: HttpRequest, rows: list[Any]) -> None:
        shown = [person for row in rows for pair in row.pairs for person in (pair.one, pair.other)]
        log_access(request, persons=shown, action=Action.LIST, fields_seen=self.fields_seen)


def both_or_404(request: SignedInRequest, public_id: UUID, other_id: UUID) -> tuple[Person, Person]:
    """Both files, where the reader sees both; one file is not two."""
    if public_id == other_id:
        raise Http404
    return person_or_404(request, public_id), person_or_404(request, other_id)


@permission_required(Permission.PERSON_VIEW)
def compare(request: SignedInRequest, public_id: UUID, other_id: UUID) -> HttpResponse:
    """What agrees and what differs, and what may be done."""
    one, other = both_or_404(request, public_id, other_id)
    log_access(request, persons=[one, other], action=Action.VIEW, fields_seen="alike")
    first, second = sorted((one, other), key=lambda person: person.pk)
    decisions = NotSame.objects.visible_to(request.user).select_related("decided_by")
    context = {
        "one": one, "other": other, "why": reasons(one, other), "facts": facts_of(one, other),
        "decided": decisions.filter(person=first, other=second, withdrawn_at=None).first(),
    }  # fmt: skip
    return render(request, "persons/compare.html", context)


@permission_required(Permission.PERSON_COMPARE)
def not_same(request: SignedInRequest, public_id: UUID, other_id: UUID) -> HttpResponse:
    one, other = both_or_404(request, public_id, other_id)
    form = NotSameForm(_posted(request), user=request.user, target=(one, other))
    page = ActPage(
        title=_("These are two persons"), subject=_names(one, other),
        words=_(
            "The pair leaves the list. Your name, the day and the reason are kept, and it can be "
            "taken back."
        ),
        done=_("Noted: two persons."), back=reverse("persons:alike"), persons=[one, other],
        seen="alike",
    )  # fmt: skip
    return show_act(request, form, page)


@permission_required(Permission.PERSON_COMPARE)
def take_back(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    seen = Person.objects.visible_to(request.user)
    rows = NotSame.objects.visible_to(request.user).filter(person__in=seen, other__in=seen)
    decision = get_object_or_404(rows.select_related("person", "other"), public_id=public_id)
    form = TakeBackForm(_posted(request), user=request.user, target=decision)
    page = ActPage(
        title=_("It may be one person after all"), subject=_names(decision.person, decision.other),
        words=_("The pair stands on the list of likely duplicates again."),
        button=_("Take back"), done=_("Taken back."), back=reverse("persons:alike"),
        persons=[decision.person, decision.other], seen="alike",
    )  # fmt: skip
    return show_act(request, form, page)


def _names(one: Person, other: Person) -> str:
    return mark("list").join(f"{person.name} {person.file_number}" for person in (one, other))


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None
