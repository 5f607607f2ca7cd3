"""No room in the database: a page in words, when to come again, and one line in the log."""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import quote

import psycopg2
import pytest
from django.conf import settings
from django.db import InterfaceError, OperationalError, ProgrammingError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse

from apps.core.logs import as_json, as_lines
from apps.core.unavailable import passes
from config import embedded_postgres
from tests.factories.accounts import UserFactory

SECRET = "陈某的号码"
PERSONS = "/persons/"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What a site would find in its log: both forms of ours, one after the other, to a text."""
    written = io.StringIO()
    for form in (as_json(), as_lines()):
        handler = logging.StreamHandler(written)
        handler.setFormatter(form.pop("()")(**form))
        logging.getLogger().addHandler(handler)
    yield written
    for handler in logging.getLogger().handlers[-2:]:
        logging.getLogger().removeHandler(handler)


@pytest.fixture
def full() -> Iterator[None]:
    """The real PostgreSQL without a free place in this database."""
    name = str(connection.settings_dict["NAME"])
    admin = psycopg2.connect(embedded_postgres.admin_url(settings.VAR_DIR))
    admin.autocommit = True
    with closing(admin), admin.cursor() as cursor:
        cursor.execute(f'ALTER DATABASE "{name}" CONNECTION LIMIT 0')
        connection.close()
        yield
        cursor.execute(f'ALTER DATABASE "{name}" CONNECTION LIMIT -1')


@pytest.mark.django_db(transaction=True)
def test_without_a_free_connection_every_page_says_so_and_when_to_come_again(
    client: Client, log: io.StringIO, request: pytest.FixtureRequest
) -> None:
    user = UserFactory(county_supervisor=True)
    client.force_login(user)
    client.raise_request_exception = False
    assert client.get(PERSONS).status_code == 200
    request.getfixturevalue("full")
    for address in (PERSONS, "/", "/admin/"):
        for send in (client.get, client.post):
            answer = send(address, {"name": SECRET})
            assert answer.status_code == 503, address
            assert answer["Retry-After"] == "10"
            words = answer.content.decode()
            assert "请稍后再试" in words
            assert "not stored" in words
    assert Client().get("/live").status_code == 200
    assert Client().get("/ready").status_code == 503
    said = log.getvalue()
    assert "Service Unavailable: /persons/" in said
    assert not any(word in said for word in ("Traceback", "File ", SECRET, "too many"))


@pytest.mark.parametrize(
    ("code", "again"),
    [("53300", True), ("57P03", True), ("57014", True), ("40P01", True), ("55P03", True),
     ("08006", True), ("58030", False), ("28P01", False)],
)  # fmt: skip
def test_only_what_passes_is_worth_another_try(code: str, again: bool) -> None:
    cause = type("Cause", (Exception,), {"pgcode": code})()
    for kind in (OperationalError, InterfaceError):
        error = kind("x")
        error.__cause__ = cause
        assert passes(error) == again
    assert passes(OperationalError("no connection"))
    assert not passes(ProgrammingError("x"))
    assert not passes(ValueError())
    assert not passes(None)


def failing(_request: HttpRequest) -> HttpResponse:
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        raise RuntimeError(f"Key (name)=({SECRET})") from error


def test_a_fault_is_logged_with_its_place_and_without_its_words(log: io.StringIO) -> None:
    logging.getLogger("django.request").error(
        "Internal Server Error: %s", "/x/", exc_info=_fault(), extra={"status_code": 500}
    )
    said = log.getvalue()
    assert "test_unavailable.py" in said
    assert said.count("builtins.RuntimeError") == said.count("builtins.ValueError") == 2
    assert SECRET not in said


def _fault() -> BaseException:
    try:
        failing(HttpRequest())
    except RuntimeError as error:
        return error
    raise AssertionError


@pytest.mark.django_db
def test_what_is_refused_is_one_line(log: io.StringIO) -> None:
    """No right, no token, a page that is not there."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(UserFactory())
    address = reverse("documents:templates")
    assert client.get(address).status_code == 403
    assert client.post(reverse("core:language"), {"next": SECRET}).status_code == 403
    assert client.get("/nowhere/").status_code == 404
    lines = log.getvalue().splitlines()
    assert len(lines) == 6
    rows = [json.loads(line) for line in lines if line.startswith("{")]
    assert rows[0]["event"].endswith(f": {address}")
    assert [row["level"] for row in rows] == ["warning"] * 3
    assert {row["timestamp"][-1] for row in rows} == {"Z"}
    assert SECRET not in log.getvalue()


ASKED = {
    "a look-up that no list offers": ("get", "/admin/persons/person/?name__regex=%s", {}),
    "a column of another table": ("get", "/admin/persons/person/?area__parent__name=%s", {}),
    "a foreign host": ("get", "/persons/?q=%s", {"HTTP_HOST": f"{quote(SECRET)}.example.org"}),
    "a form from elsewhere": ("post", "/language/", {"HTTP_ORIGIN": f"http://{quote(SECRET)}.org"}),
    "a body that is cut short": (
        "generic", "/sign-in/", {"content_type": "multipart/form-data", "data": SECRET},
    ),
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("way", ASKED)
def test_whatever_is_refused_is_one_warning_without_what_was_asked(
    log: io.StringIO, way: str
) -> None:
    method, address, more = ASKED[way]
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(UserFactory(records_admin=True))
    if method == "generic":
        answer = client.generic("POST", address, **more)
    else:
        answer = getattr(client, method)(address.replace("%s", quote(SECRET)), **more)
    assert 400 <= answer.status_code < 500
    lines = log.getvalue().splitlines()
    assert len(lines) == 2, lines
    told = json.loads(lines[0])
    assert told["level"] == "warning"
    assert told["event"].endswith(f": {address.partition('?')[0]}")
    for said in (SECRET, quote(SECRET), "Traceback", "File ", "raised", "regex"):
        assert said not in log.getvalue()
