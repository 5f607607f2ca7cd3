"""The tab of a person, the acts, the list."""

from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from apps.accounts.models import User
from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.areas.filters import AreaFilter
from apps.audit.act_page import ActPage, show_act
from apps.audit.list_page import PersonListPage
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.core.filters import BaseFilterSet
from apps.core.tables import BaseTable, DayColumn, NameColumn
from apps.persons.access import person_or_404
from tests.toy_letters import forms
from tests.toy_letters.models import Letter


@permission_required(Permission.PERSON_VIEW)
def person(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    found = person_or_404(request, public_id)
    log_access(request, persons=[found], action=Action.VIEW, fields_seen="letters")
    rows = Letter.objects.visible_to(request.user).filter(person=found).order_by("-received_on")
    return render(request, "toy_letters/person.html", {"person": found, "rows": rows})


@permission_required(Permission.NEED_RECORD)
def create(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    found = person_or_404(request, public_id)
    form = forms.LetterForm(request.POST or None, user=request.user, target=found)
    back = reverse("toy_letters:person", args=[found.public_id])
    page = ActPage("登记来信", "已登记。", back, found.name, persons=[found], seen="letter")
    return show_act(request, form, page)


@permission_required(Permission.NEED_RECORD)
def answer(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    rows = Letter.objects.visible_to(request.user).select_related("person")
    letter = get_object_or_404(rows, public_id=public_id)
    form = forms.AnswerForm(request.POST or None, user=request.user, target=letter)
    back = reverse("toy_letters:person", args=[letter.person.public_id])
    page = ActPage("答复来信", "已答复。", back, letter.person.name, persons=[letter.person],
                   seen="letter")  # fmt: skip
    return show_act(request, form, page)


class LetterTable(BaseTable):
    person = NameColumn(verbose_name="姓名", accessor="person__name", order_by="person__sort_key")
    received_on = DayColumn(verbose_name="收到日期")
    answered_on = DayColumn(verbose_name="答复日期")

    def link_for(self, record: Letter) -> str:
        return reverse("toy_letters:person", args=[record.person.public_id])


class LetterFilters(BaseFilterSet):
    area = AreaFilter()

    class Meta:
        model = Letter
        fields = ["area"]


class LettersPage(PersonListPage):
    permission = Permission.PERSON_VIEW
    title = "来信"
    table_class = LetterTable
    filterset_class = LetterFilters
    export_permission = Permission.PERSON_EXPORT
    export_name = "letters"
    fields_seen = "letters"
    empty_title = "没有来信"
    empty_words = "没有来信。"

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = Letter.objects.visible_to(cast(User, request.user))
        return rows.select_related("person").order_by("-received_on", "-pk")
