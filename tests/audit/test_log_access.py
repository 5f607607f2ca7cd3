import uuid

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from apps.accounts.roles import Role
from apps.audit.models import AccessLog, Action
from apps.audit.services import log_access
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def test_a_list_is_one_row_with_each_person_once() -> None:
    ids = [uuid.uuid4() for _ in range(3)]
    worker = UserFactory()
    log_access(worker, persons=[*ids, ids[0]], action=Action.LIST, view="persons:list")
    entry = AccessLog.objects.get()
    assert (entry.person_ids, entry.person_count) == (ids, 3)
    assert (entry.user_id, entry.username, entry.role) == (worker.pk, worker.username, Role.WORKER)
    assert (entry.area_code, entry.county_code) == ("469002100", "469002")


def test_an_empty_list_leaves_no_row_but_an_empty_search_does() -> None:
    worker = UserFactory()
    assert log_access(worker, persons=[], action=Action.LIST) is None
    log_access(worker, persons=[], action=Action.SEARCH)
    assert AccessLog.objects.get().action == Action.SEARCH


def test_request_and_purpose_are_kept() -> None:
    request = RequestFactory().get("/")
    request.user = UserFactory(system_admin=True)
    request.request_id = uuid.uuid4()  # type: ignore[attr-defined]
    person = uuid.uuid4()
    log_access(
        request, persons=[person], action=Action.REVEAL, purpose="hospital asks",
        fields_seen="document number", county_code="469005",
    )  # fmt: skip
    entry = AccessLog.objects.get()
    assert entry.request_id == request.request_id  # type: ignore[attr-defined]
    assert (entry.purpose, entry.fields_seen) == ("hospital asks", "document number")
    assert (entry.area_code, entry.county_code) == ("", "469005")


def test_what_cannot_be_logged_raises() -> None:
    with pytest.raises(Exception, match="too long"):
        log_access(UserFactory(), persons=[uuid.uuid4()], action=Action.VIEW, purpose="x" * 301)


def test_who_asks_a_list_for_a_name_leaves_a_line_though_nobody_is_found(client: Client) -> None:
    """The question alone says something."""
    client.force_login(UserFactory(town_supervisor=True))
    page = reverse("needs:list")
    client.get(page)
    assert not AccessLog.objects.exists()
    moved = client.post(page, {"filter": "1", "name": "查无此人"})
    client.get(page + moved["Location"])
    question = AccessLog.objects.get()
    assert (question.action, question.person_ids) == (Action.SEARCH, [])
    assert question.view == "needs:list"
