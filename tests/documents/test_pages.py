"""Pages of documents: right, scope, log, journey by plain posts."""

import re
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.audit.models import AccessLog
from apps.cases.models import Case
from apps.core.days import today
from apps.documents.codes import PaperKind
from apps.documents.models import Attachment, IssuedDocument, OfficeTemplate
from apps.persons.services import assign_worker
from tests.factories.accounts import UserFactory
from tests.factories.areas import WENCHANG, area
from tests.factories.cases import CaseFactory
from tests.factories.documents import PDF, docx, issued, scan

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    day = today() - timedelta(days=100)
    made: Case = CaseFactory(decided_on=day, received_on=day, reported_on=day, agreement_on=day)
    return made


@pytest.fixture
def worker(case: Case) -> User:
    made: User = UserFactory(phone="0898-62821234")
    assign_worker(persons=[case.person], worker=made, by=made, on=today())
    return made


def pages(case: Case, by: User) -> list[str]:
    document, paper = issued(case, by), scan(case, by)
    person, one = [case.person.public_id], [document.public_id]
    return [
        reverse("documents:person", args=person), reverse("documents:choose", args=person),
        reverse("documents:prepare", args=[*person, "agreement"]),
        reverse("documents:attach", args=person), reverse("documents:detail", args=one),
        reverse("documents:print", args=one), reverse("documents:docx", args=one),
        reverse("documents:void", args=one), reverse("documents:scan", args=[paper.public_id]),
        reverse("documents:scan-withdraw", args=[paper.public_id]),
    ]  # fmt: skip


def test_the_responsible_worker_opens_every_page_and_each_look_is_logged(
    client: Client, case: Case, worker: User
) -> None:
    client.force_login(worker)
    for address in pages(case, worker):
        before = AccessLog.objects.count()
        assert client.get(address).status_code == 200, address
        if not address.endswith(("void/", "withdraw/", "documents/scan/")):
            assert AccessLog.objects.count() > before, address


def test_elsewhere_and_nowhere_are_the_same_answer(
    client: Client, case: Case, worker: User
) -> None:
    addresses = pages(case, worker)
    colleague = UserFactory()
    other_county = UserFactory(role=Role.COUNTY_SUPERVISOR, area=area(WENCHANG))
    for stranger in (colleague, other_county):
        client.force_login(stranger)
        for address in addresses:
            assert client.get(address).status_code == 404, address
    assert client.get(reverse("documents:detail", args=[uuid4()])).status_code == 404


@pytest.mark.parametrize("trait", ["province_viewer", "system_admin", "auditor"])
def test_roles_without_cases_open_no_document(
    client: Client, case: Case, worker: User, trait: str
) -> None:
    client.force_login(UserFactory(**{trait: True}))
    for address in [*pages(case, worker), reverse("documents:list")]:
        assert client.get(address).status_code == 403, address


def test_only_supervisors_keep_templates(client: Client, worker: User) -> None:
    client.force_login(worker)
    assert client.get(reverse("documents:templates")).status_code == 403
    client.force_login(UserFactory(town_supervisor=True))
    assert client.get(reverse("documents:templates")).status_code == 200


def test_from_the_choice_to_the_numbered_paper(client: Client, case: Case, worker: User) -> None:
    client.force_login(worker)
    address = reverse("documents:prepare", args=[case.person.public_id, "leave"])
    wrong = client.post(address, {"act": "issue", "client_uuid": uuid4(), "leaves_on": "?"})
    assert wrong.status_code == 422
    assert not IssuedDocument.objects.exists()
    told = {"client_uuid": uuid4(), "destination": "三亚", "reason_words": "看望母亲"}
    preview = client.post(address, told | {"act": "preview"})
    assert "看望母亲" in preview.content.decode()
    assert not IssuedDocument.objects.exists()
    for _again in range(2):
        answer = client.post(address, told | {"act": "issue"})
        document = IssuedDocument.objects.get()
        assert answer.url == reverse("documents:detail", args=[document.public_id])
    sheet = client.get(reverse("documents:print", args=[document.public_id])).content.decode()
    assert document.number in sheet
    assert "六十日" in sheet
    assert " style=" not in sheet
    assert "<script>" not in sheet


def test_print_and_docx_say_the_same_and_are_logged_as_prints(
    client: Client, case: Case, worker: User
) -> None:
    document = issued(case, worker, PaperKind.LEAVE)
    client.force_login(worker)
    sheet = client.get(reverse("documents:print", args=[document.public_id])).content.decode()
    words = re.sub(r"</?span[^>]*>", "", sheet)
    answer = client.get(reverse("documents:docx", args=[document.public_id]))
    for paragraph in Document(BytesIO(answer.content)).paragraphs:
        if len(paragraph.text.strip("— 　")) > 20:
            assert paragraph.text in words
    assert AccessLog.objects.filter(action="print").count() == 2
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_paper_is_made_void_with_a_reason_and_printed_as_void(
    client: Client, case: Case, worker: User
) -> None:
    document = issued(case, worker)
    client.force_login(worker)
    address = reverse("documents:void", args=[document.public_id])
    assert client.post(address, {"reason": "x"}).status_code == 422
    assert client.post(address, {"reason": "地址写错"}).status_code == 302
    sheet = client.get(reverse("documents:print", args=[document.public_id])).content.decode()
    assert "作　废" in sheet


def test_a_scan_is_attached_by_the_page(client: Client, case: Case, worker: User) -> None:
    client.force_login(worker)
    address = reverse("documents:attach", args=[case.person.public_id])
    told = {"client_uuid": uuid4(), "kind": "decision", "description": "决定书"}
    wrong = client.post(address, told | {"file": SimpleUploadedFile("a.pdf", b"MZ nothing")})
    assert wrong.status_code == 422
    right = client.post(address, told | {"file": SimpleUploadedFile("../a.pdf", PDF)})
    assert right.status_code == 302
    assert Attachment.objects.get().person == case.person


def test_a_template_is_uploaded_by_the_page_and_listed_with_its_placeholders(
    client: Client, case: Case
) -> None:
    supervisor = UserFactory(town_supervisor=True)
    client.force_login(supervisor)
    address = reverse("documents:template", args=["notice"])
    page = client.get(address).content.decode()
    assert "{{name}}" in page
    told = {"area": supervisor.area_id, "effective_from": today().isoformat(), "measure": ""}
    wrong = client.post(address, told | {"file": SimpleUploadedFile("a.docx", docx("{{ 7*7 }}"))})
    assert wrong.status_code == 422
    right = client.post(address, told | {"file": SimpleUploadedFile("a.docx", docx("{{name}}"))})
    assert right.status_code == 302
    template = OfficeTemplate.objects.get()
    file = client.get(reverse("documents:file", args=[template.public_id]))
    assert file.content == bytes(template.content)
    standard = client.get(reverse("documents:standard", args=["notice", "SQJD"]))
    assert Document(BytesIO(standard.content)).paragraphs[0].text == "个人信息处理告知书"
    gone = client.post(reverse("documents:template-withdraw", args=[template.public_id]))
    assert gone.status_code == 302
    assert client.get(reverse("documents:templates")).status_code == 200


def test_the_register_lists_numbers_without_opening_the_papers(
    client: Client, case: Case, worker: User, django_assert_max_num_queries: object
) -> None:
    for _n in range(3):
        issued(case, worker)
    client.force_login(worker)
    page = client.get(reverse("documents:list")).content.decode()
    assert "嘉积镇戒康协字" in page
    assert page.count("嘉积镇戒康协字") >= 3
