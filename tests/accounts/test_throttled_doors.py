"""Every address that takes a password or a code counts, and nothing typed there is kept."""

import ast
import logging
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.forms import Form
from django.template.backends.django import Template
from django.test import Client
from django.urls import get_resolver, reverse

from apps.accounts.forms import ThrottledForm
from apps.accounts.models import SignInTry
from tests.architecture.sources import ROOT
from tests.factories.accounts import UserFactory

NEW = "seven green bottles hanging"
# Where a secret is looked at. The one caller of these is `proving`.
CHECKERS = {"authenticate", "check_password", "acheck_password", "aauthenticate"}
MAY_CHECK = {
    "apps/accounts/proving.py": {"authenticate"},
    "apps/accounts/backends.py": {"check_password"},
}


def calls(path: Any) -> set[str]:
    found, text = set(), path.read_text()
    for node in ast.walk(ast.parse(text)) if any(name in text for name in CHECKERS) else ():
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            found |= {name} & CHECKERS
    return found


def test_a_secret_is_checked_in_one_place() -> None:
    sources = [p for folder in ("apps", "config") for p in (ROOT / folder).rglob("*.py")]
    found = {p.relative_to(ROOT).as_posix(): calls(p) for p in sources}
    assert {name: what for name, what in found.items() if what} == MAY_CHECK


def forms(of: type[Form] = Form) -> list[type[Form]]:
    return [f for sub in of.__subclasses__() for f in (sub, *forms(sub))]


def secrets_of(form: type[Form]) -> list[str]:
    """Fields that prove who one is: browsers are told so by their names for them."""
    known = {"current-password", "one-time-code"}
    fields: Any = form.base_fields
    return [n for n, f in fields.items() if f.widget.attrs.get("autocomplete") in known]


def test_every_form_that_asks_for_a_secret_is_throttled() -> None:
    get_resolver().url_patterns  # noqa: B018 - loads every form
    ours = [form for form in forms() if form.__module__.startswith("apps.")]
    asking = [form for form in ours if secrets_of(form)]
    assert {form.__name__ for form in asking} >= {
        "SignInForm", "RedeemCodeForm", "ChangePasswordForm",
    }  # fmt: skip
    assert [form for form in asking if not issubclass(form, ThrottledForm)] == []
    others = [
        (form.__name__, name)
        for form in ours
        for name, field in form.base_fields.items()
        if "password" in name or getattr(field.widget, "input_type", "") == "password"
        if not issubclass(form, ThrottledForm)
        if field.widget.attrs.get("autocomplete") != "new-password"
    ]
    assert others == []


def pages() -> list[str]:
    """Addresses without parts whose page has a field for a secret, seen by whom it is for."""
    return sorted(
        f"{space}:{name}"
        for space, (_, resolver) in get_resolver().namespace_dict.items()
        if space != "admin"
        for name in resolver.reverse_dict
        if isinstance(name, str) and not resolver.reverse_dict.getlist(name)[0][0][0][1]
    )


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the templates are given, of which none is drawn."""
    found: list[dict[str, Any]] = []

    def render(template: Template, context: Any = None, request: Any = None) -> str:
        found.append(context or {})
        return ""

    monkeypatch.setattr(Template, "render", render)
    return found


@pytest.mark.django_db
def test_every_page_that_asks_for_a_secret_refuses_the_sixth_try(
    given: list[dict[str, Any]],
) -> None:
    user = UserFactory()
    walked = []
    for number, name in enumerate(pages()):
        signed_in = Client(REMOTE_ADDR=f"203.0.{number}.8")
        signed_in.force_login(user)
        for visitor in (Client(REMOTE_ADDR=f"203.0.{number}.7"), signed_in):
            given.clear()
            page = visitor.get(reverse(name))
            forms_given = [context["form"] for context in given if "form" in context]
            form = forms_given[0] if page.status_code == 200 and forms_given else None
            if form is None or not secrets_of(type(form)):
                continue
            data = dict.fromkeys(form.fields, NEW) | dict.fromkeys(secrets_of(type(form)), "wrong")
            if "username" in form.fields:
                data["username"] = user.username
            answers = [visitor.post(reverse(name), data).status_code for _ in range(6)]
            assert answers == [422] * 5 + [429], name
            walked.append(name)
    assert walked == ["accounts:password", "accounts:redeem-code", "accounts:sign-in"]


CANARY = "Canary-7f3a Horse-Battery"


def holding(text: str) -> list[str]:
    """Tables that hold the text anywhere, in any column, plain or folded."""
    found, folded = [], text.casefold().replace(" ", "")
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(
                f'SELECT count(*) FROM "{table}" t WHERE t::text ILIKE ANY(%s)',
                [[f"%{one}%" for one in (text, folded, text.encode().hex())]],
            )
            found += [table] if cursor.fetchone()[0] else []
    return found


@pytest.mark.django_db
def test_what_is_typed_into_the_fields_is_kept_nowhere(
    client: Client, caplog: Any, capfd: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    user = UserFactory()
    for _ in range(7):
        client.post("/sign-in/", {"username": CANARY, "password": CANARY})
        client.post("/sign-in/", {"username": user.username, "password": CANARY})
        client.post(
            "/sign-in/code/",
            {"username": CANARY, "code": CANARY, "new_password": CANARY, "again": CANARY},
        )
    client.force_login(user)
    for _ in range(7):
        data = {"old_password": CANARY, "new_password": CANARY + "2", "again": CANARY + "2"}
        client.post("/account/password/", data)
    assert SignInTry.objects.count() > 10
    assert holding(CANARY) == []
    # The look-up finds what is there.
    assert holding(user.username) != []
    kept = caplog.text + "".join(capfd.readouterr())
    assert "Canary" not in kept
    assert "canary" not in kept


@pytest.mark.django_db
def test_the_auditor_reads_tries_without_what_was_typed(client: Client) -> None:
    user = UserFactory()
    client.post("/sign-in/", {"username": CANARY, "password": CANARY})
    client.post("/sign-in/", {"username": user.username, "password": CANARY})
    client.force_login(UserFactory(auditor=True))
    page = client.get(reverse("admin:accounts_signintry_changelist")).content.decode()
    assert user.username in page
    assert "Canary" not in page
    row = SignInTry.objects.order_by("pk").first()
    assert row is not None
    assert client.get(reverse("admin:accounts_signintry_change", args=[row.pk])).status_code == 200


def test_no_model_of_the_old_throttle_is_left() -> None:
    assert not apps.is_installed("axes")
