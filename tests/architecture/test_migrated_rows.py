"""What older versions stored, and what a migration makes of it, with rows that were so."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Model
from django.utils import timezone
from pghistory.models import Context

from apps.approvals.models import Proposal
from apps.audit.acting import reason_of
from apps.breaches.models import Breach
from apps.visits.models import Meeting
from apps.workbench.models import SavedView
from apps.workbench.services import filters_of
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, area
from tests.factories.breaches import heard, recorded, waiting
from tests.factories.cases import CaseFactory
from tests.factories.pages import running_case
from tests.factories.visits import met, tried

pytestmark = pytest.mark.django_db


@contextmanager
def before(model: type[Model], *names: str) -> Iterator[None]:
    """Without these constraints; when they come back, every row has to keep them."""
    constraints = [one for one in model._meta.constraints if one.name in names]
    assert len(constraints) == len(names)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with connection.schema_editor() as editor:
        for one in constraints:
            editor.remove_constraint(model, one)
    yield
    with connection.schema_editor() as editor:
        for one in constraints:
            editor.add_constraint(model, one)


def run(app: str, migration: str, function: str) -> None:
    getattr(import_module(f"apps.{app}.migrations.{migration}"), function)(apps, None)


def test_attempts_and_calls_lose_the_place_that_was_guessed() -> None:
    case, day = CaseFactory(), date(2024, 3, 5)
    call, talk = (met(case, day, "talk", way=way, place=place, another=True).meeting.pk
                  for way, place in (("phone", "remote"), ("in_person", "office")))  # fmt: skip
    attempt = tried(case, day, next_on=day, way="phone").meeting.pk
    with before(Meeting, "meeting_place_if_done", "meeting_call_has_no_place"):
        Meeting.objects.filter(pk__in=[call, attempt]).update(place="home")
        run("visits", "0004_attempts_have_no_place", "forget_guessed_places")
    places = dict(Meeting.objects.values_list("pk", "place"))
    assert places == {attempt: "", call: "remote", talk: "office"}


def test_what_was_confirmed_though_nobody_was_heard_waits_for_the_hearing() -> None:
    worker, officer = UserFactory(), UserFactory(town_supervisor=True, area=area(JIAJI))
    unheard, asked, right = (recorded(running_case(worker), worker) for _number in range(3))
    for breach in (asked, right):
        heard(breach, worker)
    then = {"heard_on": date(2024, 3, 5), "heard_by": worker, "attempts": "去了三次", "said": ""}
    told = {"decision": "confirmed", "decided_at": timezone.now(), "decided_by": officer,
            "decision_reason": "事实清楚"}  # fmt: skip
    with before(Breach, "breach_heard_first"):
        for breach, facts in ((unheard, then | told), (asked, then)):
            breach.refresh_from_db()
            for name, value in facts.items():
                setattr(breach, name, value)
            breach.save()
        run("breaches", "0002_heard_means_own_words", "reopen")
    for breach in (unheard, asked, right):
        breach.refresh_from_db()
    assert [breach.is_heard for breach in (unheard, asked, right)] == [False, False, True]
    assert (unheard.decision, unheard.decided_by, unheard.decision_reason) == ("", None, "")
    assert unheard.attempts == "2024-03-05: 去了三次"
    assert Proposal.objects.get(subject=asked.public_id).decision == "withdrawn"
    assert waiting(right).decision == ""


def test_reasons_that_the_history_kept_in_clear_are_sealed() -> None:
    made = [Context.objects.create(pk=uuid4(), metadata={"user": 7} | more)
            for more in ({"reason": "他母亲说的"}, {"reason": ""}, {})]  # fmt: skip
    run("audit", "0005_sealed_reasons", "seal_reasons")
    kept = [Context.objects.get(pk=row.pk).metadata for row in made]
    assert [reason_of(told) for told in kept] == ["他母亲说的", "", ""]
    assert [sorted(told) for told in kept] == [["reason_sealed", "user"], ["user"], ["user"]]
    assert "母亲" not in str(kept)


def test_saved_views_name_the_filter_as_the_list_does() -> None:
    owner = UserFactory()
    for name, query in (
        ("a", "area=%E5%98%89&status=active&tier=high&sort=-name"), ("b", "tier=none"),
        ("c", "status=tier"),
    ):  # fmt: skip
        SavedView.objects.create(owner=owner, name=name, query=query)
    run("workbench", "0002_views_by_risk_level", "name_anew")
    queries = list(SavedView.objects.order_by("name").values_list("query", flat=True))
    assert queries == [
        "area=%E5%98%89&risk_level=high&status=active&sort=-name", "risk_level=none", "status=tier",
    ]  # fmt: skip
    assert all(query == filters_of(query) for query in queries[:2])
