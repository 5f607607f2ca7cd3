"""The hand-over page: the lines of Today, of the persons of the cover, on one sheet."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.core.days import today
from apps.covers.models import Cover
from apps.covers.services import begin_cover
from apps.needs.services import record_need
from apps.persons.models import Person
from apps.schedule.due_lines import HIDDEN, LATE
from apps.visits.models import LostContact
from apps.workbench.handover import ITEMS, PERSONS, last_day_shown, sheet_of
from apps.workbench.today import heads_of
from tests.factories.accounts import UserFactory
from tests.factories.pages import running_case, signed_in
from tests.factories.persons import PersonFactory

pytestmark = pytest.mark.django_db


class Office:
    """A worker with persons in every state, a colleague, and the supervisor of their town."""

    def __init__(self) -> None:
        self.away, self.mate = UserFactory(name="周晓岚"), UserFactory(name="林小北")
        self.boss: User = UserFactory(town_supervisor=True)
        self.running = running_case(self.away, days=100).person
        self.to_agree = running_case(self.away, days=6, agreement_on=None).person
        self.to_report = running_case(self.away, days=3, reported_on=None, agreement_on=None).person
        self.own = running_case(self.mate, days=50).person
        record_need(
            urgency="normal",
            said_by="person",
            person=self.running,
            by=self.away,
            kind="work",
            said_on=today(),
        )

    def cover(self, **facts: object) -> Cover:
        facts = {"starts_on": today(), "until_on": today() + timedelta(days=20)} | facts
        return begin_cover(
            worker=self.away, cover=self.mate, client_uuid=uuid4(), by=self.boss, **facts
        )  # type: ignore[arg-type]


@pytest.fixture
def office() -> Office:
    return Office()


def test_its_lines_are_those_of_today_for_the_caseload(office: Office) -> None:
    cover = office.cover()
    sheet = sheet_of(cover, office.mate, today())
    theirs = {office.running.pk, office.to_agree.pk, office.to_report.pk}
    assert {line.person.pk for line in sheet.everybody} == theirs
    shown = [head for line in sheet.busy for head in line.heads]
    asked = [
        head
        for head in heads_of(office.mate, today())
        if head.person_id in theirs and head.state not in ("waiting", HIDDEN)
        and (head.state == LATE or head.due_on <= sheet.until)
    ]  # fmt: skip
    assert all(head in shown for head in asked)
    assert all(head.due_on <= sheet.until for head in shown)
    assert {getattr(head, "step", "") for head in shown} >= {"report", "agreement"}
    assert any(getattr(head, "kind", "") == "assess" for head in shown)
    assert any(hasattr(head, "need_id") for head in shown)


def test_the_days_are_the_first_fourteen_of_the_cover(office: Office) -> None:
    ahead = Cover(starts_on=today() + timedelta(days=5))
    assert last_day_shown(ahead, today()) == today() + timedelta(days=18)
    short = Cover(starts_on=today(), until_on=today() + timedelta(days=3))
    assert last_day_shown(short, today()) == today() + timedelta(days=3)


def test_lost_contact_stands_first(office: Office) -> None:
    LostContact.objects.create(
        person=office.running, case=office.running.cases.get(), reason="多次联系未果",
        since_on=today() - timedelta(days=400), set_on=today() - timedelta(days=300),
        set_by=office.away, **place_ids(office.running),
    )  # fmt: skip
    sheet = sheet_of(office.cover(), office.mate, today())
    line = next(line for line in sheet.lines if line.lost)
    assert line.person == office.running
    assert sheet.lines[0] == line
    assert line.items[0].is_late
    assert sheet.lost == 1


def test_what_is_late_stands_before_what_is_due_and_the_others_are_names(office: Office) -> None:
    for _number in range(PERSONS + 3):
        running_case(office.away, days=100)
    sheet = sheet_of(office.cover(), office.mate, today())
    assert len(sheet.lines) == PERSONS
    assert sheet.more
    assert [line.urgency for line in sheet.busy] == sorted(line.urgency for line in sheet.busy)
    assert all(len(line.shown) <= ITEMS for line in sheet.lines)
    assert len(sheet.everybody) == PERSONS + 6


def test_the_page_says_what_to_know_and_nothing_of_the_measure(office: Office) -> None:
    cover = office.cover(words="钥匙在前台")
    page = signed_in(office.mate).get(reverse("workbench:handover", args=[cover.public_id]))
    shown = page.content.decode()
    assert "钥匙在前台" in shown
    names = Person.objects.filter(assignments__worker=office.away).values_list("name", flat=True)
    assert all(name in shown for name in names)
    main = shown[shown.index("<main") :]
    assert "SQJD" not in main
    assert "Community detoxification" not in main


def test_as_many_queries_for_many_persons_as_for_few(
    office: Office, django_assert_max_num_queries
) -> None:
    for _number in range(8):
        running_case(office.away, days=100, person=PersonFactory())
    cover = office.cover()
    with django_assert_max_num_queries(26):
        sheet_of(cover, office.mate, today())
