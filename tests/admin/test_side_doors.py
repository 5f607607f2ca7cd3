"""What can be asked of the admin by its address: the named filters, and nothing else."""

import random
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR, TO_FIELD_VAR
from django.contrib.admin.views.main import ALL_VAR, ERROR_FLAG, IS_FACETS_VAR, ORDER_VAR, PAGE_VAR
from django.db.models import Model
from django.test import Client, RequestFactory
from django.urls import reverse

from apps.accounts.models import User
from apps.audit.models import AccessLog, Action
from apps.core.admin_base import RoleModelAdmin
from apps.core.kept_query import PARAMETER
from tests.architecture.matrix_world import World
from tests.architecture.url_matrix_admin import MODELS
from tests.architecture.visitors import WHOLE_SWEEP, one_of_each
from tests.factories.accounts import UserFactory
from tests.factories.persons import PersonFactory

pytestmark = pytest.mark.django_db
ADMINS: list[Any] = sorted(admin.site._registry.values(), key=str)
LOOKUPS = ("", "exact", "startswith", "contains", "regex", "gt", "lt", "in", "isnull", "year")
OTHERS = (
    PAGE_VAR,
    ORDER_VAR,
    ALL_VAR,
    ERROR_FLAG,
    IS_FACETS_VAR,
    IS_POPUP_VAR,
    TO_FIELD_VAR,
    PARAMETER,
)
WRONG = ("x", "\0", "99999999999999999999")


def paths(model: type[Model], depth: int) -> Iterator[str]:
    """Every field of a model and, across relations, of the models it is tied to."""
    for field in model._meta.get_fields():
        yield field.name
        other = field.related_model
        if depth and isinstance(other, type):
            yield from (f"{field.name}__{path}" for path in paths(other, depth - 1))


def address(shown: Any) -> str:
    return reverse(f"admin:{shown.opts.app_label}_{shown.opts.model_name}_changelist")


def named(shown: Any, path: str) -> bool:
    """A filter of the side bar (by its key, too), or the row of dates."""
    own = {*shown.list_filter, shown.date_hierarchy}
    return path in own or path.removesuffix("__id").removesuffix("__code") in own


@pytest.mark.parametrize("shown", ADMINS, ids=lambda shown: shown.opts.label)
def test_no_list_answers_a_question_that_its_filters_do_not_name(shown: Any) -> None:
    """All fields of all models and of what they are tied to; in the whole sweep, of those too."""
    request, asked, answered = RequestFactory().get("/"), 0, []
    for path in set(paths(shown.model, 2 if WHOLE_SWEEP else 1)):
        for lookup in LOOKUPS:
            question = f"{path}__{lookup}" if lookup else path
            asked += 1
            if shown.lookup_allowed(question, "2026", request) and not named(shown, path):
                answered.append(question)
    assert isinstance(shown, RoleModelAdmin)
    assert answered == []
    assert asked > 20


def some(questions: Iterable[Any]) -> list[Any]:
    """Every third in the suite, beginning anywhere; all in the whole sweep."""
    found = list(questions)
    return found if WHOLE_SWEEP else found[random.randrange(3) :: 3]


def seen_by() -> dict[str, Client]:
    """The three who enter the admin."""
    clients = {}
    for role in ("records_admin", "system_admin", "auditor"):
        clients[role] = Client()
        clients[role].force_login(UserFactory(**{role: True}))
    return clients


def one_who_sees(shown: Any, clients: dict[str, Client]) -> Client:
    request = RequestFactory().get("/")
    for client in clients.values():
        request.user = User.objects.get(pk=client.session["_auth_user_id"])
        if shown.has_view_permission(request):
            return client
    raise AssertionError(f"Nobody sees {shown}")


def test_the_address_of_a_list_answers_in_words_whatever_it_asks(undrawn: None) -> None:
    clients, asked = seen_by(), 0
    for shown in ADMINS:
        client = one_who_sees(shown, clients)
        for field in some(shown.opts.get_fields()):
            unnamed = f"{field.name}__startswith" if named(shown, field.name) else field.name
            asked += 1
            assert client.get(address(shown), {unnamed: "1"}).status_code == 400, unnamed
        for lookup in [f"{name}__exact" for name in shown.list_filter]:
            answer = client.get(address(shown), {lookup: "1"})
            assert answer.status_code in {200, 302}, (shown, lookup)
    assert asked > 200


def test_the_refusal_is_a_page_in_words(client: Client) -> None:
    client.force_login(UserFactory(system_admin=True))
    answer = client.get(reverse("admin:accounts_user_changelist"), {"password": "1"})
    assert answer.templates[0].name == "core/400.html"
    assert "password" not in answer.content.decode().partition("<main")[2]


def test_no_value_in_the_address_of_a_list_is_an_error_of_ours(undrawn: None) -> None:
    clients, asked = seen_by(), 0
    for shown in ADMINS:
        client = one_who_sees(shown, clients)
        days = [f"{shown.date_hierarchy}__{part}" for part in ("year", "month", "day")]
        filters = [f"{name}__{how}" for name in shown.list_filter for how in ("exact", "isnull")]
        names = [*filters, *OTHERS, *days[: 3 * bool(shown.date_hierarchy)]]
        for name, value in some(product(names, WRONG)):
            asked += 1
            assert client.get(address(shown), {name: value}).status_code < 500, (shown, name, value)
    assert asked > 500


@pytest.mark.parametrize("shown", [one for one in ADMINS if one.date_hierarchy], ids=str)
def test_the_row_of_dates_takes_days_of_the_calendar_alone(shown: Any) -> None:
    client = one_who_sees(shown, seen_by())
    year, month, day = (f"{shown.date_hierarchy}__{part}" for part in ("year", "month", "day"))
    for asked in ({year: "2026"}, {year: "2026", month: "2"}, {year: "2026", month: "2", day: "3"}):
        assert client.get(address(shown), asked).status_code == 200
    for asked in ({year: "9999", month: "12"}, {year: "x"}, {year: "2026", month: "13"}):
        assert client.get(address(shown), asked).status_code == 400, asked
    # The thirtieth of February is no day.
    wrong = {year: "2026", month: "2", day: "30"}
    assert client.get(address(shown), wrong).status_code < 500


def test_a_hash_is_not_read_letter_by_letter(client: Client) -> None:
    client.force_login(UserFactory(system_admin=True))
    users = reverse("admin:accounts_user_changelist")
    for question in ("password__startswith", "reset_codes__code_hash", "is_active__foo"):
        assert client.get(users, {question: "a"}).status_code == 400, question
    codes = reverse("admin:accounts_resetcode_changelist")
    assert client.get(codes, {"code_hash": "1"}).status_code == 400


def test_words_that_are_looked_for_stand_in_no_address(client: Client) -> None:
    client.force_login(UserFactory(records_admin=True))
    sought, other = PersonFactory(name="黎寻人"), PersonFactory(name="符安")
    persons = reverse("admin:persons_person_changelist")
    moved = client.post(f"{persons}?sex=1", {"q": "黎寻"})
    assert moved.status_code == 302
    assert "sex=1" in moved["Location"]
    assert "%" not in moved["Location"]
    page = client.get(persons + moved["Location"])
    assert list(page.context["cl"].result_list) == [sought]
    assert AccessLog.objects.latest("pk").person_ids == [sought.public_id]
    assert 'value="黎寻"' in page.content.decode()
    assert "q=" not in page.content.decode().replace("?q=", "q=").partition("<main")[2]
    assert not page.context["messages"]
    nobody = client.get(persons + client.post(persons, {"q": "查无此人"})["Location"])
    assert list(nobody.context["cl"].result_list) == []
    question = AccessLog.objects.latest("pk")
    assert (question.action, question.person_ids) == (Action.SEARCH, [])
    for lost in ({"q": "黎寻"}, {PARAMETER: "of-another-session"}):
        page = client.get(persons, lost)
        assert list(page.context["cl"].result_list) == []
        assert len(page.context["messages"]) == 1
    whole = client.get(persons, {"q": " "}).context["cl"].result_list
    assert set(whole) == {sought, other}


def test_no_page_of_the_admin_shows_a_whole_number_or_phone() -> None:
    """Number and phone of the row and of its person: in the list, the row, its history."""
    world, faults, drawn = World(), [], 0
    of_the_person = hidden_values(world.person)
    for name, shown in MODELS.items():
        row = shown.row(world)
        secrets = hidden_values(row) | of_the_person
        for page, args in [("changelist", []), ("change", [row.pk]), ("history", [row.pk])]:
            for visitor in one_of_each(shown.see):
                answer = world.clients[visitor].get(reverse(f"admin:{name}_{page}", args=args))
                assert answer.status_code == 200, (name, page)
                drawn += 1
                told = answer.content.decode()
                faults += [(name, page, visitor) for secret in secrets if secret in told]
    assert faults == []
    assert drawn >= 3 * len(MODELS)


def hidden_values(row: Any) -> set[str]:
    """What the masks are for; a row that has none yet gets one."""
    shown = admin.site._registry[type(row)]
    for name, value in {"phone": "13907651234", "document_number": "E12345678"}.items():
        if name in shown.masked() and not getattr(row, name):  # type: ignore[attr-defined]
            setattr(row, name, value)
            row.save(update_fields=[name])
    return {getattr(row, name) for name in shown.masked()}  # type: ignore[attr-defined]


def test_an_empty_number_in_the_form_keeps_the_one_on_file(client: Client) -> None:
    client.force_login(UserFactory(records_admin=True))
    person = PersonFactory(phone="13907651234")
    change = reverse("admin:persons_person_change", args=[person.pk])
    form = client.get(change).context["adminform"].form
    data = {n: form[n].value() for n in form.fields if form[n].value() not in (None, False)}
    assert (data["document_number"], data["phone"]) == ("", "")
    assert (
        client.post(change, data | {"call_note": "晚上", "reason": "补充说明"}).status_code == 302
    )
    kept = type(person).objects.get(pk=person.pk)
    assert (kept.document_number, kept.phone) == (person.document_number, "13907651234")
    assert client.post(change, data | {"phone": "-", "reason": "号码停用"}).status_code == 302
    assert type(person).objects.get(pk=person.pk).phone == ""
