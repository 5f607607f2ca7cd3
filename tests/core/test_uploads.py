"""An upload never lies in clear on a disk: not during the request, not after a kill."""

import os
import re
import signal
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.test import Client, RequestFactory
from django.urls import reverse

from apps.core.uploads import MAX_BYTES
from tests.documents.pdfs import pdf, stream
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory

MARK = b"%PDF-1.7 the secret of a person "
ROOT = Path(settings.BASE_DIR)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder of our own, as every library finds it."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def files_of(folder: Path) -> list[str]:
    """Files in the folder, and files that were opened there and have no name any more."""
    named = [str(path) for path in folder.rglob("*") if path.is_file()]
    held = [os.readlink(f"/proc/self/fd/{n}") for n in os.listdir("/proc/self/fd") if _is_open(n)]
    return named + [path for path in held if str(folder) in path]


def _is_open(number: str) -> bool:
    return os.path.lexists(f"/proc/self/fd/{number}")


class Watched(BytesIO):
    """The body of a request; looks around each time the server asks for more of it."""

    def __init__(self, body: bytes, look: Any) -> None:
        super().__init__(body)
        self.look = look

    def read(self, *args: Any) -> bytes:
        self.look(self.tell())
        return super().read(*args)


def posted(*contents: bytes, look: Any) -> WSGIRequest:
    """A request as a web server hands it over: multipart, with its body as a stream."""
    fields = {f"file{n}": BytesIO(content) for n, content in enumerate(contents)}
    for name, field in fields.items():
        field.name = f"{name}.pdf"
    made = RequestFactory().post("/", fields)
    made.environ["wsgi.input"] = Watched(made.environ["wsgi.input"].read(), look)
    return WSGIRequest(made.environ)


@pytest.mark.parametrize("size", [1000, 3_000_000, MAX_BYTES, MAX_BYTES + 1, 3 * MAX_BYTES])
def test_no_file_is_written_while_an_upload_comes_in(folder: Path, size: int) -> None:
    seen: list[str] = []
    request = posted(MARK + bytes(size - len(MARK)), look=lambda _at: seen.extend(files_of(folder)))
    file = request.FILES["file0"]
    assert (seen, files_of(folder), file.size) == ([], [], size)
    assert len(file.read()) == (size if size <= MAX_BYTES else 0)


def test_all_files_of_a_request_together_hold_no_more_than_the_limit() -> None:
    parts = [bytes(4_000_000)] * 4
    files = posted(*parts, look=lambda _at: None).FILES
    assert [len(file.read()) for file in files.values()] == [4_000_000, 4_000_000, 0, 0]


def test_a_process_killed_during_an_upload_leaves_nothing(folder: Path) -> None:
    def kill(at: int) -> None:
        if at > 6_000_000:
            os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if child == 0:
        assert posted(MARK + bytes(9_000_000), look=kill).FILES
        os._exit(0)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL
    assert files_of(folder) == []


@pytest.mark.django_db
def test_a_scan_lies_encrypted_and_nowhere_else(
    client: Client, folder: Path, settings: Any, tmp_path: Path
) -> None:
    """A real post of several megabytes through every layer, to a folder on disk."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    }
    case = CaseFactory()
    client.force_login(UserFactory(county_supervisor=True))
    scan = BytesIO(pdf(stream(os.urandom(6_000_000)), page=b"/Note(%b)" % MARK[9:]))
    scan.name = "scan.pdf"
    address = reverse("documents:attach", args=[case.person.public_id])
    form = client.get(address).context["form"]
    fields = {"client_uuid": form["client_uuid"].value(), "kind": "other", "description": "材料"}
    assert client.post(address, fields | {"file": scan}).status_code == 302
    (kept,) = files_of(tmp_path)
    assert "/media/documents/" in kept
    assert MARK[9:] not in Path(kept).read_bytes()


def test_nothing_of_ours_writes_to_the_temporary_folder() -> None:
    """Exports, pictures, papers: what holds a person's data is made in memory."""
    paths = [path for top in ("apps", "config") for path in (ROOT / top).rglob("*.py")]
    text = {path: path.read_text() for path in paths}
    writes = re.compile(r"tempfile|SpooledTemporary|mkstemp|constant_memory|TemporaryFileUpload")
    assert [str(path) for path, code in text.items() if writes.search(code)] == []
    assert len(text) > 400
