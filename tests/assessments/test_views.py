"""Pages: the form proposes and a person decides; each figure opens its rows."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.assessments.models import Assessment, HelpFlag, Round
from apps.assessments.services import open_round
from apps.audit.models import AccessLog
from apps.needs.models import Need
from apps.persons.models import Person
from tests.factories.areas import JIAJI, area
from tests.factories.assessments import QUIET, assessed
from tests.factories.cases import CaseFactory

pytestmark = pytest.mark.django_db
NOW = date(2024, 6, 3)
EN = {"Accept-Language": "en"}
ANSWERS = {f"a_{code}": answer for code, answer in QUIET.items()}
FILLED = ANSWERS | {
    "on": "2024-06-03", "protects": ["family", "job"],
    "uuid": "0190a000-0000-7000-8000-000000000001",
}  # fmt: skip


def get(client: Client, name: str, *args: Any, **query: str) -> Any:
    return client.get(reverse(f"assessments:{name}", args=args), query, secure=True, headers=EN)


def post(client: Client, name: str, *args: Any, **data: Any) -> Any:
    return client.post(reverse(f"assessments:{name}", args=args), data, secure=True, headers=EN)


@pytest.fixture
def desk(client: Client, worker: User) -> Client:
    client.force_login(worker)
    return client


def test_answers_propose_then_a_person_decides(desk: Client, person: Person) -> None:
    key = person.public_id
    page = post(desk, "create", key, **FILLED | {"a_agreement": "refuses"}, propose="1")
    assert (page.status_code, page.context["found"].risk_level) == (200, "high")
    assert "Refuses the measure" in page.content.decode()
    decided = {"risk_level": "medium", "reason": "已说明情况,家人愿意陪同", "save": "1"}
    changed = post(desk, "create", key, **FILLED, **decided, seen="high")
    assert (changed.status_code, Assessment.objects.count()) == (422, 0)
    for _tap in range(2):
        saved = post(desk, "create", key, **FILLED, **decided, seen="low")
        assert saved["Location"] == reverse("assessments:person", args=[key])
    assert Assessment.objects.get().deviates
    shown = get(desk, "person", key).content.decode()
    assert "已说明情况" in shown
    assert "not notified yet" in shown


def test_a_need_that_came_up_is_opened_with_the_assessment(desk: Client, person: Person) -> None:
    """Once, however often it is sent; with signs of self-harm counselling is asked for at once, in
    the words that were given, and another need hides it not.
    """
    key = person.public_id
    need = {"need_kind": "housing", "need_words": "房子漏雨"}
    half = post(desk, "create", key, **FILLED | need, propose="1")
    assert half.context["form"].errors.keys() == {"need_urgency", "need_said_by"}
    need |= {"need_urgency": "soon", "need_said_by": "person"}
    decided = {"risk_level": "low", "reason": "家人愿意陪同", "save": "1", "seen": "low"}
    assert not Need.objects.exists(), "the proposal stores nothing"
    for _tap in range(2):
        assert post(desk, "create", key, **FILLED | need | decided).status_code == 302
    row = Need.objects.get()
    assert (row.kind, row.source, row.source_id, row.said_on, row.words) == (
        "housing", "assess", Assessment.objects.get().public_id, NOW, "房子漏雨",
    )  # fmt: skip
    harm = FILLED | {"a_mind": "self_harm", "uuid": "0190a000-0000-7000-8000-000000000002"}
    talk = need | {"need_kind": "counselling", "need_words": "想找人谈谈", "need_urgency": "normal"}
    level = post(desk, "create", key, **harm | talk, propose="1").context["found"].risk_level
    sent = harm | talk | decided | {"seen": level, "reason": "本人愿意谈"}
    assert post(desk, "create", key, **sent).status_code == 302
    urgent = Need.objects.get(kind="counselling")
    assert (urgent.urgency, urgent.words) == ("urgent", "想找人谈谈")
    another = sent | {"uuid": "0190a000-0000-7000-8000-000000000003", "need_kind": "housing"}
    another["reason"] = "仍愿意由家人陪同"
    urgent.delete()
    assert post(desk, "create", key, **another).status_code == 302
    assert Need.objects.filter(kind="counselling", urgency="urgent").exists()


def test_what_protects_is_required_and_a_refusal_stands_in_the_form(
    desk: Client, person: Person
) -> None:
    page = post(desk, "create", person.public_id, **FILLED | {"protects": []}, propose="1")
    assert page.context["form"].errors.keys() == {"protects"}
    both = {"protects": ["none", "job"], "risk_level": "low", "reason": "工作稳定", "save": "1"}
    refused = post(desk, "create", person.public_id, **FILLED | both, seen="low")
    assert refused.context["form"].errors.keys() == {"protects"}


def test_told_objection_event_and_flag_have_their_forms(
    desk: Client, person: Person, worker: User, clock: Any
) -> None:
    row = assessed(person, worker, NOW)
    clock.shift(60)
    post(desk, "told", row.public_id, on="2024-06-03", how="talk")
    post(desk, "objection", row.public_id, on="2024-06-03", words="我不同意")
    event = {"kind": "job_lost", "on": "2024-06-03", "client_uuid": FILLED["uuid"]}
    post(desk, "event", person.public_id, **event)
    post(desk, "flag", person.public_id, kind="alone", since="2024-06-01")
    shown = get(desk, "person", person.public_id).content.decode()
    for words in ("notified 3 Jun", "我不同意", "Lost the job", "Lives alone", "neighbour"):
        assert words in shown
    flag = HelpFlag.objects.get()
    post(desk, "flag-end", flag.public_id, on="2024-06-03")
    flag.refresh_from_db()
    assert flag.ended_on == NOW
    assert "kind=family" in shown


def test_reading_the_tab_is_logged(desk: Client, person: Person) -> None:
    get(desk, "person", person.public_id)
    entry = AccessLog.objects.order_by("-id")[0]
    assert (entry.fields_seen, entry.person_ids) == ("assessments", [person.public_id])


def test_the_list_says_who_and_why_and_leads_to_the_form(desk: Client, person: Person) -> None:
    page = get(desk, "list").content.decode()
    assert "Never assessed" in page
    assert reverse("assessments:create", args=[person.public_id]) in page
    assert get(desk, "list", state="ended").context["page"].total == 0
    assert get(desk, "list", state="never").context["page"].total == 1


def test_a_round_counts_whom_it_lists(client: Client, boss: User, person: Person) -> None:
    client.force_login(boss)
    CaseFactory()
    facts = {"title": "六月排查", "area": boss.area.pk, "first": "2024-06-01", "last": "2024-06-29"}
    for _tap in range(2):
        post(client, "round-new", **facts)
    held = Round.objects.get()
    assert held.days == 29
    assessed(person, boss, NOW)
    page = get(client, "round", held.public_id)
    assert page.context["coverage"] == "1 of 2 · 50.0 %"
    parts = {part: get(client, "round", held.public_id, part=part) for part in ("assessed", "open")}
    assert [row.person for row in parts["assessed"].context["page"].rows] == [person]
    assert parts["open"].context["page"].total == 1
    assert "1 of 2" in get(client, "rounds").content.decode()


def test_a_worker_sees_the_own_part_of_a_round(desk: Client, boss: User, person: Person) -> None:
    CaseFactory()
    days = {"first": date(2024, 6, 1), "last": date(2024, 6, 29)}
    held = open_round(area=area(JIAJI), title="六月排查", by=boss, **days)
    assert get(desk, "round", held.public_id).context["coverage"] == "0 of 1 · 0 %"


def test_ticked_rows_of_a_round_leave_alone(client: Client, boss: User, person: Person) -> None:
    other = CaseFactory().person
    client.force_login(boss)
    held = open_round(
        area=area(JIAJI), title="六月排查", by=boss, first=NOW, last=date(2024, 6, 30)
    )
    facts = {"purpose": "核对名册", "format": "csv", "whole": "1", "row": str(other.public_id)}
    answer = post(client, "round", held.public_id, **facts)
    words = b"".join(answer.streaming_content).decode()
    assert other.name in words
    assert person.name not in words
