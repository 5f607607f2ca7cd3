"""What cannot be read is answered in the user's words, and nothing typed is lost."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.factories.accounts import UserFactory
from tests.factories.pages import running_case, signed_in

BOUNDARY = "xYx"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"
FORM = "application/x-www-form-urlencoded"


def part(name: str, words: str, file: str = "") -> bytes:
    named = f'; filename="{file}"' if file else ""
    head = f'Content-Disposition: form-data; name="{name}"{named}\r\n\r\n'
    return f"--{BOUNDARY}\r\n{head}{words}\r\n".encode()


END = f"--{BOUNDARY}--\r\n".encode()
MANY = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1
# Body, type, status, and a word of the answer in English and in Chinese.
ODD = {
    "files": (b"".join(part("f", "x", f"{n}.txt") for n in range(6)) + END, MULTIPART, 413,
              "At most 5 files", "5"),
    "fields": ("&".join(f"a{n}=1" for n in range(MANY)).encode(), FORM, 413,
               "More lines", "一次"),
    "fields in parts": (b"".join(part(f"a{n}", "1") for n in range(MANY)) + END, MULTIPART, 413,
                        "More lines", "一次"),
    "large": (b"a=" + b"x" * (11 << 20), FORM, 413, "More than 10 MB", "10 MB"),
    "large in parts": (part("a", "x" * (11 << 20)) + END, MULTIPART, 413,
                       "More than 10 MB", "10 MB"),
    "no boundary": (b"x", "multipart/form-data", 400, "not whole", "不完整"),
    "bad length of a part": (b"--\xff\r\n", "multipart/form-data; boundary=\u00e9", 400,
                             "not whole", "不完整"),
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ODD)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_somebody_signed_in_is_told_what_was_too_much(kind: str, language: str) -> None:
    body, content_type, status, english, chinese = ODD[kind]
    client = signed_in(UserFactory(town_supervisor=True))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = reverse("needs:list")
    for hx in ({}, {"HTTP_HX_REQUEST": "true"}):
        answer = client.post(
            page, body, content_type=content_type, HTTP_REFERER=f"http://testserver{page}", **hx
        )
        words = answer.content.decode()
        assert answer.status_code == status
        assert (english if language == "en" else chinese) in words
        assert answer.has_header("HX-Retarget") == bool(hx)
        assert (f'href="http://testserver{page}"' in words) == (not hx)


@pytest.mark.django_db
def test_up_to_the_limit_it_is_read() -> None:
    worker = UserFactory()
    case, client = running_case(worker), signed_in(worker)
    address = reverse("needs:create", args=[case.person.public_id])
    files = [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(5)]
    sent = {"client_uuid": str(uuid4()), "f": files}
    sent |= {f"a{n}": "1" for n in range(MANY - 10)}
    assert client.post(address, sent).status_code == 422


@pytest.fixture(scope="module")
def server() -> Iterator[int]:
    """The product's own server, without a database: a stranger's form never gets that far."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--host", "127.0.0.1",
         "--port", str(port), "--workers", "1", "--log-level", "warning",
         "config.wsgi:application"],
        env=os.environ | {"HOMEWARD_INSECURE_LOCAL": "1", "HOMEWARD_DEMO": "1"},
        cwd=settings.BASE_DIR,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield port
    process.terminate()
    process.wait(15)


@pytest.mark.parametrize("kind", [kind for kind in ODD if kind != "bad length of a part"])
def test_over_real_http_a_stranger_is_told_too(kind: str, server: int) -> None:
    body, content_type, status, english, _chinese = ODD[kind]
    asked = http.client.HTTPConnection("127.0.0.1", server, timeout=30)
    head = {"Content-Type": content_type, "Accept-Language": "en"}
    head["Cookie"] = f"{settings.CSRF_COOKIE_NAME}={'a' * 32}"
    asked.request("POST", reverse("accounts:sign-in"), body, head)
    answer = asked.getresponse()
    words = answer.read().decode()
    asked.close()
    assert (answer.status, english in words) == (status, True)
    assert "Nothing was stored" in words
    assert "Traceback" not in words


def test_a_stranger_at_another_host_gets_a_bare_line() -> None:
    with translation.override("en"):
        answer = Client().get("/live", HTTP_HOST="evil.example:x")
    assert answer.status_code == 400
