"""Papers, scans and templates at their bounds: who, from which day, and what is refused."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from apps.accounts.models import User
from apps.cases.models import Case
from apps.core.days import today
from apps.documents.codes import PaperKind
from apps.documents.models import Attachment, IssuedDocument, OfficeTemplate
from apps.documents.services import (
    add_template,
    issue_document,
    void_document,
    withdraw_scan,
    withdraw_template,
)
from apps.notices.models import Notice
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WENCHANG, area
from tests.factories.documents import answers_for, docx, issued, scan
from tests.factories.pages import running_case
from tests.refusing import answered, refused

pytestmark = pytest.mark.django_db
OUTSIDE = "Templates are kept for your own area only."


@pytest.fixture
def by() -> User:
    found: User = UserFactory(county_supervisor=True)
    return found


@pytest.fixture
def case() -> Case:
    return running_case(days=150)


def day(number: int) -> date:
    return today() + timedelta(days=number)


def stored() -> set[str]:
    """Names of all files that were kept of scans."""
    folders, _files = default_storage.listdir("documents")
    return {
        name for folder in folders for name in default_storage.listdir(f"documents/{folder}")[1]
    }


def told(user: User) -> list[tuple[str, object]]:
    return list(Notice.objects.filter(reader=user).values_list("kind", "subject"))


def template(by: User, content: bytes = b"", **facts: Any) -> OfficeTemplate:
    facts = {"area": area(QIONGHAI), "kind": PaperKind.NOTICE, "effective_from": today()} | facts
    return add_template(by=by, file=SimpleUploadedFile("own.docx", content), **facts)


# Scans.


def test_an_empty_file_is_no_scan(case: Case, by: User) -> None:
    with refused("The file is empty.", "file"):
        scan(case, by, file=SimpleUploadedFile("a.pdf", b""))


def test_a_scan_that_is_not_stored_leaves_no_file(case: Case, by: User) -> None:
    scan(case, by)
    before = stored()
    with refused("Kind: Value"):
        scan(case, by, kind="nonsense")
    assert stored() == before
    scan(case, by)
    assert len(stored()) == len(before) + 1


def test_who_attached_a_scan_hears_that_somebody_else_withdrew_it(case: Case, by: User) -> None:
    worker: User = UserFactory()
    theirs, own = scan(case, worker), scan(case, worker)
    withdraw_scan(scan=theirs, by=by, reason="放错了档案")
    withdraw_scan(scan=own, by=worker, reason="放错了档案")
    assert told(worker) == [("entry_withdrawn", theirs.public_id)]
    assert Attachment.objects.get(pk=theirs.pk).withdrawn_by == by


# Papers.


def test_who_issued_a_paper_hears_that_somebody_else_declared_it_void(case: Case, by: User) -> None:
    worker: User = UserFactory()
    paper = issued(case, worker)
    void_document(document=paper, by=by, reason=" 姓名 写错 ")
    assert told(worker) == [("paper_voided", paper.public_id)]
    assert IssuedDocument.objects.get().void_reason == "姓名 写错"
    with refused("The paper is void already."):
        void_document(document=paper, by=by, reason="姓名写错")


@pytest.mark.parametrize(
    ("kind", "language", "words"),
    [
        ("nonsense", "zh-hans", "There is no such paper."),
        (PaperKind.AGREEMENT, "en", "There is no such paper."),
        (PaperKind.AGREEMENT, "zh-hans", None),
        (PaperKind.NOTICE, "en", None),
    ],
)
def test_a_paper_is_one_of_those_that_there_are(
    case: Case, by: User, kind: str, language: str, words: str | None
) -> None:
    known = kind in PaperKind.values
    with answered(words):
        issue_document(
            person=case.person, case=case, by=by, client_uuid=uuid4(), kind=kind,
            language=language, answers=answers_for(kind) if known else {},
        )  # fmt: skip
    assert IssuedDocument.objects.count() == (words is None)


# Templates.


@pytest.mark.parametrize(
    ("code", "on", "words", "field"),
    [
        (QIONGHAI, 0, None, None),
        (QIONGHAI, 1, None, None),
        (QIONGHAI, -1, "A template takes effect today or later", "effective_from"),
        (JIAJI, 0, None, None),
        (WENCHANG, 0, OUTSIDE, None),
        ("46", 0, OUTSIDE, None),
    ],
)
def test_a_template_is_of_the_own_area_and_takes_effect_today_or_later(
    by: User, code: str, on: int, words: str | None, field: str | None
) -> None:
    with answered(words, field):
        template(by, docx("{{name}}"), area=area(code), effective_from=day(on), note=" 自 定 ")
    found = list(OfficeTemplate.objects.values_list("area__code", "effective_from", "note"))
    assert found == ([] if words else [(code, day(on), "自 定")])


def test_who_has_no_area_has_no_templates_and_an_empty_file_is_none(by: User) -> None:
    system: User = UserFactory(system_admin=True)
    with refused(OUTSIDE):
        template(system, docx("{{name}}"))
    with refused("The file is empty.", "file"):
        template(by)
    made = template(by, docx("{{name}}"))
    with refused(OUTSIDE):
        withdraw_template(template=made, by=system)
    with refused(OUTSIDE):
        withdraw_template(
            template=made, by=UserFactory(county_supervisor=True, area=area(WENCHANG))
        )
    assert OfficeTemplate.objects.get().withdrawn_on is None


@pytest.mark.parametrize("on", [0, 1, 3])
def test_a_template_ends_today_or_on_the_day_on_which_it_would_have_begun(
    by: User, on: int
) -> None:
    made = template(by, docx("{{name}}"), effective_from=day(on))
    assert withdraw_template(template=made, by=by).withdrawn_on == day(on)
    assert not OfficeTemplate.objects.in_effect_on(day(on)).exists()
    with refused("The template is withdrawn already."):
        withdraw_template(template=made, by=by)


def test_a_template_that_ran_is_used_until_the_day_before(by: User) -> None:
    made = template(by, docx("{{name}}"))
    OfficeTemplate.objects.update(effective_from=day(-2))
    assert withdraw_template(template=made, by=by).withdrawn_on == today()
    in_effect = [OfficeTemplate.objects.in_effect_on(day(n)).exists() for n in (-3, -2, -1, 0)]
    assert in_effect == [False, True, True, False]
