"""What may be attached, how it lies on disk, who may read it."""

from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidTag
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.audit.models import AccessLog
from apps.cases.models import Case
from apps.core.refusals import Refused
from apps.documents import uploaded_files
from apps.documents.codes import AttachmentKind, MediaType
from apps.documents.models import Attachment
from apps.documents.services import attach_scan, withdraw_scan
from tests.documents.tricks import picture
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.documents import PDF, docx, scan, with_part

pytestmark = pytest.mark.django_db
PNG, JPEG = picture("PNG"), picture("JPEG")


@pytest.fixture
def by() -> User:
    return UserFactory(county_supervisor=True)


@pytest.fixture
def case() -> Case:
    return CaseFactory()


def attach(case: Case, by: User, name: str, content: bytes) -> Attachment:
    """With the name as a hostile client would send it, not as Django cleans it."""
    file = SimpleUploadedFile("x", content)
    file._name = name
    return attach_scan(
        person=case.person, case=case, by=by, client_uuid=uuid4(), file=file,
        kind=AttachmentKind.OTHER, description="材料",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", PDF, MediaType.PDF), ("b.png", PNG, MediaType.PNG),
        ("c.JPG", JPEG, MediaType.JPEG), ("d.docx", docx("协议"), MediaType.DOCX),
    ],
)  # fmt: skip
def test_the_type_is_told_from_the_content(
    case: Case, by: User, name: str, content: bytes, kind: str
) -> None:
    assert attach(case, by, name, content).media_type == kind


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.exe", b"MZ" + bytes(50)), ("a.pdf", b"<html><script>alert(1)</script>"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>"),
        ("a.html", PDF), ("a.png", PDF), ("a.docx", PNG), ("a", PDF), ("a.pdf", b""),
        ("../../etc/cron.d/a.pdf", PDF), ("..\\a.pdf", PDF), ("a\x00.pdf", PDF), (".pdf", PDF),
        ("a.docx", b"PK\x03\x04" + bytes(60)),
        ("a.docx", with_part(docx("x"), "word/vbaProject.bin", b"x")),
        ("a.docx", with_part(docx("x"), "word/embeddings/a.bin", b"x")),
        ("a.docx", with_part(docx("x"), "word/big.bin", bytes(30_000_000))),
        ("a.docx", with_part(docx("x"), "word/a.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>")),
        (
            "a.docx",
            with_part(
                docx("x"), "word/_rels/document.xml.rels",
                b'<Relationships><Relationship Id="r" Type="http://x/attachedTemplate" '
                b'Target="http://evil/x.dotm" TargetMode="External"/></Relationships>',
            ),
        ),
    ],
)  # fmt: skip
def test_anything_else_is_refused_in_words_and_leaves_nothing(
    case: Case, by: User, name: str, content: bytes
) -> None:
    with pytest.raises(Refused):
        attach(case, by, name, content)
    assert not Attachment.objects.exists()


def test_a_file_over_ten_megabytes_is_refused(case: Case, by: User) -> None:
    with pytest.raises(Refused, match="10 MB"):
        attach(case, by, "a.pdf", PDF + bytes(uploaded_files.MAX_BYTES))
    whole = PDF + bytes(uploaded_files.MAX_BYTES - len(PDF))
    assert attach(case, by, "a.pdf", whole).size == 10 * 1024**2


def test_the_file_lies_encrypted_under_a_random_name(case: Case, by: User) -> None:
    found = scan(case, by, file=SimpleUploadedFile("陈某决定书.pdf", PDF))
    with default_storage.open(found.file.name) as stored:
        raw = stored.read()
    assert PDF[:20] not in raw
    assert "陈某" not in found.file.name
    assert found.file.name.startswith("documents/")
    assert uploaded_files.read(found) == PDF


def test_a_file_moved_to_another_row_does_not_open(case: Case, by: User) -> None:
    one, other = scan(case, by), scan(case, by)
    other.file.name = one.file.name
    with pytest.raises(InvalidTag):
        uploaded_files.read(other)


def test_the_same_upload_sent_twice_is_one_scan(case: Case, by: User) -> None:
    tap = uuid4()
    assert scan(case, by, client_uuid=tap) == scan(case, by, client_uuid=tap)
    assert Attachment.objects.count() == 1


def test_a_download_is_saved_never_run_and_logged(client: Client, case: Case, by: User) -> None:
    found = scan(case, by)
    client.force_login(by)
    answer = client.get(reverse("documents:scan", args=[found.public_id]))
    assert answer.content == PDF
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "script-src" not in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
    log = AccessLog.objects.get(fields_seen="scan")
    assert log.person_ids == [case.person.public_id]


def test_a_withdrawn_scan_stays_in_the_list_and_opens_for_nobody(
    client: Client, case: Case, by: User
) -> None:
    found = scan(case, by)
    withdraw_scan(scan=found, by=by, reason="放错了档案")
    client.force_login(by)
    assert client.get(reverse("documents:scan", args=[found.public_id])).status_code == 404
    page = client.get(reverse("documents:person", args=[case.person.public_id]))
    assert "责令社区戒毒决定书" in page.content.decode()
    with pytest.raises(Refused, match="扫描件已经撤下。"):
        withdraw_scan(scan=found, by=by, reason="再来一次")


def test_a_scan_is_withdrawn_for_two_characters_and_not_for_one(case: Case, by: User) -> None:
    found = scan(case, by)
    with translation.override("en"), pytest.raises(Refused, match="why the scan is withdrawn"):
        withdraw_scan(scan=found, by=by, reason=" 错  ")
    assert withdraw_scan(scan=found, by=by, reason=" 放错 ").withdrawn_reason == "放错"


def test_no_address_leads_to_the_folder_of_scans(client: Client, case: Case, by: User) -> None:
    found = scan(case, by)
    client.force_login(by)
    for address in (f"/media/{found.file.name}", f"/static/{found.file.name}"):
        assert client.get(address).status_code == 404
