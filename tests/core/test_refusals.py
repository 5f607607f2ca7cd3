from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from apps.accounts.models import User
from apps.core.refusals import Refused, shown_in
from config.urls import urlpatterns as real
from tests.factories.accounts import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def act(request: HttpRequest) -> HttpResponse:
    User.objects.filter(pk=request.user.pk).update(name="stored")
    raise Refused("The term has not ended.", "Art. 14")


urlpatterns = [*real, path("act/", act)]


class CloseForm(forms.Form):
    day = forms.CharField()


@pytest.fixture
def user(client: Client) -> User:
    user = UserFactory(name="before")
    client.force_login(user)
    return user


def test_a_refused_act_stores_nothing_and_answers_in_words(client: Client, user: User) -> None:
    response = client.post("/act/", headers={"referer": "http://testserver/ui/?a=1"})
    assert response.status_code == 409
    html = response.content.decode()
    assert "The term has not ended." in html
    assert "Art. 14" in html
    assert 'href="http://testserver/ui/?a=1"' in html
    user.refresh_from_db()
    assert user.name == "before"


def test_the_way_back_never_leads_to_another_site(client: Client, user: User) -> None:
    response = client.post("/act/", headers={"referer": "https://elsewhere.example/"})
    assert "elsewhere" not in response.content.decode()


def test_htmx_gets_a_notice_for_the_place_of_messages(client: Client, user: User) -> None:
    response = client.post("/act/", headers={"hx-request": "true"})
    assert response.status_code == 409
    assert response["HX-Retarget"] == "#messages"
    assert "<html" not in response.content.decode()
    assert "The term has not ended." in response.content.decode()


@pytest.mark.parametrize(
    ("error", "field"),
    [
        (Refused("No.", "Art. 14"), "__all__"),
        (Refused("No.", field="day"), "day"),
        (Refused("No.", field="not a field"), "__all__"),
        (ValidationError({"day": ["No."]}), "day"),
        (ValidationError({"other": ["No."]}), "__all__"),
        (ValidationError("No."), "__all__"),
    ],
)
def test_a_form_shows_the_refusal_and_keeps_its_fields(error: Any, field: str) -> None:
    form = CloseForm({"day": "2026-11-22"})
    assert form.is_valid()
    with shown_in(form):
        raise error
    assert list(form.errors) == [field]
    assert form.errors[field][0].startswith("No.")
    assert 'value="2026-11-22"' in str(form["day"])


def test_other_errors_go_through() -> None:
    with pytest.raises(ZeroDivisionError), shown_in(CloseForm({})):
        1 / 0  # noqa: B018
