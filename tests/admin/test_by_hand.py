"""What is sent to the admin by hand: acts, rows and names that its pages do not offer."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR, TO_FIELD_VAR
from django.db.models import ForeignKey, Model
from django.test import Client
from django.urls import reverse

from apps.audit.admin_base import PersonalAdmin
from tests.admin.test_side_doors import ADMINS, address, one_who_sees, seen_by
from tests.architecture.matrix_world import World
from tests.architecture.url_matrix_admin import MODELS
from tests.architecture.visitors import RECORDS, RECORDS_ELSEWHERE, SYSTEM, one_of_each

pytestmark = pytest.mark.django_db
AUTOCOMPLETE = reverse("admin:autocomplete")


def test_no_list_deletes_or_changes_rows_that_are_sent_to_it(undrawn: None) -> None:
    """Django's own action, a field of a list that is edited in place, every row at once."""
    world, asked = World(), 0
    for name, shown in MODELS.items():
        row: Any = shown.row(world)
        before = type(row).objects.filter(pk=row.pk).values().get()
        sent = {
            "action": "delete_selected", "_selected_action": [row.pk], "post": "yes",
            "select_across": "1", "index": "0", "_save": "1", "form-TOTAL_FORMS": "1",
            "form-INITIAL_FORMS": "1", "form-0-id": row.pk, "form-0-name": "x", "form-0-state": "x",
        }  # fmt: skip
        for visitor in one_of_each(shown.see):
            url = reverse(f"admin:{name}_changelist")
            assert world.clients[visitor].post(url, sent).status_code in {200, 302, 403}
            gone = world.clients[visitor].post(f"{url}{row.pk}/delete/", {"post": "yes"})
            assert gone.status_code in {403, 404, 405}, name
            asked += 1
        assert type(row).objects.filter(pk=row.pk).values().get() == before, name
    assert asked >= len(MODELS)


def pairs() -> list[tuple[type[Model], ForeignKey[Any, Any]]]:
    """Every relation that the address of the offers can name."""
    return [
        (shown.model, field)
        for shown in ADMINS
        for field in shown.model._meta.get_fields()
        if field.remote_field and field.concrete
    ]


def offered(client: Client, model: type[Model], name: str, term: str = "") -> Any:
    asked = {"app_label": model._meta.app_label, "model_name": model._meta.model_name}
    return client.get(AUTOCOMPLETE, asked | {"field_name": name, "term": term})


def test_nobody_is_offered_persons_or_rows_about_them_while_typing() -> None:
    clients, refused, answered = seen_by(), 0, set()
    for model, field in pairs():
        other = admin.site._registry.get(field.related_model)  # type: ignore[arg-type]
        for role, client in clients.items():
            answer = offered(client, model, field.name)
            assert answer.status_code in {200, 403, 404}, (model, field)
            refused += answer.status_code != 200
            if answer.status_code == 200:
                assert not isinstance(other, PersonalAdmin), (model, field)
                answered.add((role, field.related_model._meta.label))
    assert refused > 100
    # And what the forms need is offered.
    assert ("records_admin", "areas.Area") in answered


def test_who_is_offered_lies_within_ones_own_rights() -> None:
    """Accounts for who sees accounts; bodies of the own county."""
    world = World()
    organisation = world.organisation
    for visitor, expected in ((RECORDS, True), (RECORDS_ELSEWHERE, False)):
        answer = offered(world.clients[visitor], type(world.case), "authority", organisation.name)
        shown = [row["text"] for row in answer.json()["results"]]
        assert any(organisation.name in text for text in shown) == expected
    for visitor, status in ((RECORDS, 403), (SYSTEM, 200)):
        assert (
            offered(world.clients[visitor], type(world.checkin), "recorded_by").status_code
            == status
        )


@pytest.mark.parametrize(
    "wrong",
    [
        {}, {"app_label": "accounts"},
        {"app_label": "x", "model_name": "y", "field_name": "z"},
        {"app_label": "accounts", "model_name": "user", "field_name": "password"},
        {"app_label": "accounts", "model_name": "user", "field_name": "area__name"},
        {"app_label": "auth", "model_name": "permission", "field_name": "content_type"},
        {"app_label": "accounts", "model_name": "user", "field_name": "area", "page": "x"},
        {"app_label": "accounts", "model_name": "user", "field_name": "area", "term": "\0"},
        {"app_label": "accounts", "model_name": "user", "field_name": "area", "term": "x" * 5000},
    ],
)  # fmt: skip
def test_a_wrong_question_to_the_offers_is_no_error_of_ours(wrong: dict[str, str]) -> None:
    for client in seen_by().values():
        assert client.get(AUTOCOMPLETE, wrong).status_code in {200, 403, 404, 400}


def test_no_field_but_the_key_names_a_row(undrawn: None) -> None:
    """`_to_field` tells whether a row with a value exists, and opens it."""
    clients, asked = seen_by(), 0
    for shown in ADMINS:
        client = one_who_sees(shown, clients)
        for field in shown.opts.concrete_fields:
            if field.primary_key or field.is_relation:
                continue
            answer = client.get(address(shown), {TO_FIELD_VAR: field.name, IS_POPUP_VAR: "1"})
            allowed = shown.to_field_allowed(None, field.name)
            assert answer.status_code == (200 if allowed else 400), (shown, field)
            assert not allowed or field.name in {"code", "public_id"}, (shown, field)
            asked += 1
    assert asked > 200
