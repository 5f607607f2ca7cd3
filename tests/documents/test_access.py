"""Which rows a page of papers reaches, and of which order it speaks."""

from datetime import date
from typing import Any, cast
from uuid import uuid4

import pytest
from django.http import Http404
from django.test import RequestFactory

from apps.accounts.models import User
from apps.accounts.requests import SignedInRequest
from apps.cases.services import close_case
from apps.core.days import today
from apps.documents.access import (
    cases_of,
    document_or_404,
    download,
    person_or_404,
    scan_or_404,
    subject_of,
)
from tests.factories.accounts import UserFactory
from tests.factories.areas import WENCHANG, area
from tests.factories.cases import CaseFactory
from tests.factories.documents import issued, scan
from tests.factories.pages import running_case
from tests.factories.persons import PersonFactory

pytestmark = pytest.mark.django_db


def asked(by: User, **given: Any) -> SignedInRequest:
    request = RequestFactory().get("/", given)
    request.user = by
    return cast(SignedInRequest, request)


def test_a_row_of_another_county_is_none() -> None:
    by, elsewhere = UserFactory(county_supervisor=True), area(WENCHANG)
    stranger = UserFactory(county_supervisor=True, area=elsewhere)
    case = running_case()
    rows = [
        (person_or_404, case.person), (document_or_404, issued(case, by)),
        (scan_or_404, scan(case, by)),
    ]  # fmt: skip
    for reach, row in rows:
        assert reach(asked(by), row.public_id) == row  # type: ignore[operator]
        with pytest.raises(Http404):
            reach(asked(stranger), row.public_id)  # type: ignore[operator]


def test_a_page_speaks_of_the_order_of_today_or_of_the_one_that_is_named() -> None:
    by = UserFactory(county_supervisor=True)
    running = running_case(days=30)
    older = [
        CaseFactory(
            person=running.person, decided_on=date(2015, 1, 2), received_on=date(2015, 1, 2),
            reported_on=date(2015, 1, 3), agreement_on=date(2015, 1, 3),
        )
    ]  # fmt: skip
    running_case()  # somebody else's
    request = asked(by)
    assert cases_of(request, running.person) == [running, *older]
    assert subject_of(request, running.person).case == running
    for case in (running, *older):
        assert subject_of(asked(by, case=case.public_id), running.person).case == case
    assert subject_of(asked(by, case=uuid4()), running.person).case == running
    close_case(case=running, by=by, reason="revoked", on=today())
    assert cases_of(request, running.person) == [*older, running]
    assert subject_of(request, PersonFactory()).case is None
    stranger = UserFactory(county_supervisor=True, area=area(WENCHANG))
    assert cases_of(asked(stranger), running.person) == []


def test_a_page_speaks_of_the_record_that_is_named_and_of_none_that_cannot_be() -> None:
    by, person, record = UserFactory(county_supervisor=True), PersonFactory(), uuid4()
    found = subject_of(asked(by, record=record), person, "en")
    assert (found.record, found.language, found.by, found.day) == (record, "en", by, today())
    for given in ({}, {"record": "x"}, {"record": ""}):
        assert subject_of(asked(by, **given), person).record is None


def test_a_download_is_saved_under_its_name_and_never_run() -> None:
    answer = download(b"x", "text/plain", "协议.docx")
    assert answer["Content-Disposition"].startswith("attachment;")
    assert (answer.content, answer["X-Content-Type-Options"]) == (b"x", "nosniff")
