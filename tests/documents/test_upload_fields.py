"""Every field that takes a file, with every odd and hostile file: taken or refused in words."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

import apps
from apps.core.days import today
from apps.core.fields import uuid7
from apps.core.uploads import MAX_BYTES
from apps.documents.forms import ScanForm, TemplateForm
from apps.handover.forms import FileForm, ReceiptForm, ReceiveForm
from apps.imports.forms.pages import UploadForm
from tests.documents import pdfs
from tests.documents.tricks import GOOD_PACKAGES, PACKAGES, located, picture, png_of
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, area
from tests.factories.cases import CaseFactory
from tests.factories.documents import PDF

# Names and contents as phones, offices and attackers send them.
FILES: dict[str, tuple[str, bytes]] = {
    "a PDF": ("scan.pdf", PDF),
    "a PDF that is none": ("scan.pdf", b"<html><script>"),
    "ten sheets in a PDF": ("a.pdf", pdfs.GOOD["ten sheets of a phone"]),
    "a PDF with a script": ("a.pdf", pdfs.ACTIVE["a script without a page"]),
    "a PDF with a file inside": ("a.pdf", pdfs.ACTIVE["a file inside, in hiding"]),
    "a PDF without a page": ("a.pdf", pdfs.BROKEN["no page"]),
    "a PDF under a password": ("a.pdf", pdfs.LOCKED["a password"]),
    "a photo": ("IMG_1.JPG", picture("JPEG", exif=located(6))),
    "a photo as jfif": ("1.jfif", picture("JPEG")),
    "a photo of an iPhone": ("IMG_1.HEIC", picture("HEIF", exif=located())),
    "an iPhone's photo called JPEG": ("IMG_1.jpeg", picture("HEIF")),
    "a screenshot": ("微信图片 1.png", picture("PNG")),
    "a picture with a thousand million points": ("a.png", png_of(40_000, 30_000)),
    "a picture cut short": ("a.jpg", picture("JPEG", (300, 300))[:600]),
    "HEIC cut short": ("a.heic", picture("HEIF")[:60]),
    "a film": ("a.mp4", b"\x00\x00\x00\x18ftypmp42" + bytes(90)),
    "GIF": ("a.gif", picture("GIF")),
    "TIFF": ("a.tif", picture("TIFF")),
    "SVG": ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>"),
    "a program": ("a.exe", b"MZ" + bytes(90)),
    "old Word": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    "a zip": ("a.zip", b"PK\x03\x04" + bytes(90)),
    "a zip called DOCX": ("a.docx", b"PK\x03\x04" + bytes(90)),
    "nothing": ("a.pdf", b""),
    "one byte": ("a.pdf", b"%"),
    "zeros": ("a.docx", bytes(5000)),
    "too large": ("a.pdf", PDF + bytes(MAX_BYTES)),
    "a path": ("../../a.pdf", PDF),
    "a long name": ("长" * 300 + ".pdf", PDF),
    "a name of signs": ("a\u202efdp.exe", PDF),
    "no ending": ("scan", PDF),
    **{f"a document: {kind}": ("a.docx", GOOD_PACKAGES[kind]) for kind in ("plain", "UTF-16")},
    **{
        f"a document with {trick}": ("a.docx", PACKAGES[trick])
        for trick in ("entities", "a DTD in UTF-16", "single quotes", "macros", "a bomb", "deep")
    },
}
Door = Callable[[Client, dict[str, Any]], Any]


def scan(client: Client, file: dict[str, Any]) -> Any:
    case = CaseFactory()
    fields = {"client_uuid": uuid7(), "kind": "other", "description": "材料"}
    return client.post(reverse("documents:attach", args=[case.person.public_id]), fields | file)


def template(client: Client, file: dict[str, Any]) -> Any:
    fields = {"area": area(QIONGHAI).pk, "effective_from": today().isoformat()}
    return client.post(reverse("documents:template", args=["notice"]), fields | file)


DOORS: dict[type[forms.BaseForm], Door] = {ScanForm: scan, TemplateForm: template}
# Takes any file; what is wrong with it the process says on the import's page
# (tests/imports/test_files.py and test_odd_files.py).
OF_IMPORTS = {UploadForm}
# Take sealed packages and receipts alone: tests/handover/ has their odd and hostile files.
OF_HANDOVER = {FileForm, ReceiveForm, ReceiptForm}


def forms_of_ours() -> Iterator[type[forms.BaseForm]]:
    for module in pkgutil.walk_packages(apps.__path__, "apps."):
        if "migrations" not in module.name and "management" not in module.name:
            importlib.import_module(module.name)
    waiting: list[Any] = [forms.BaseForm]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            waiting.append(kind)
            if kind.__module__.startswith("apps."):
                yield kind


def test_every_field_that_takes_a_file_is_walked() -> None:
    takes = {
        kind
        for kind in forms_of_ours()
        if any(isinstance(f, forms.FileField) for f in getattr(kind, "base_fields", {}).values())
    }
    assert takes == set(DOORS) | OF_IMPORTS | OF_HANDOVER


@pytest.mark.django_db
@pytest.mark.parametrize("kind", DOORS, ids=lambda kind: kind.__name__)
def test_no_file_is_a_fault_and_each_refusal_has_words(
    client: Client, kind: type[forms.BaseForm]
) -> None:
    client.force_login(UserFactory(county_supervisor=True))
    taken: set[str] = set()
    for what, (name, content) in FILES.items():
        answer: HttpResponse = DOORS[kind](client, {"file": SimpleUploadedFile(name, content)})
        if answer.status_code == 302:
            taken.add(what)
            continue
        assert answer.status_code == 422, what
        assert answer.context["form"].errors["file"], what  # type: ignore[attr-defined]
    assert taken == GOOD[kind]


DOCUMENTS = {"a document: plain", "a document: UTF-16"}
GOOD: dict[type[forms.BaseForm], set[str]] = {
    TemplateForm: DOCUMENTS,
    ScanForm: DOCUMENTS | {
        "a PDF", "ten sheets in a PDF", "a photo", "a photo as jfif", "a photo of an iPhone",
        "an iPhone's photo called JPEG", "a screenshot", "a path", "a long name",
    },
}  # fmt: skip
