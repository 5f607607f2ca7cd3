"""Assessments, transfers and expected releases as lines of Today: the rows of their lists."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from apps.accounts.models import User
from apps.assessments.due import conditions, to_assess, with_standing
from apps.cases.models import Case, RiskLevelRecord
from apps.core.days import today
from apps.intake.models import Release
from apps.intake.services import expect_release, open_file, receive_person
from apps.persons.models import Person
from apps.schedule.waiting_lines import OtherHead
from apps.transfers.services import accept_transfer, hand_over
from apps.workbench.today import heads_of
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, WENCHENG, area
from tests.factories.pages import running_case, signed_in
from tests.factories.persons import resident_number
from tests.factories.schedule import case_of, looked_at
from tests.factories.transfers import asked

pytestmark = pytest.mark.django_db
NOW = date(2024, 6, 3)
DAY = timedelta(days=1)


def lines(user: User, day: date | None = None) -> list[tuple[str, date, str, str]]:
    heads = [head for head in heads_of(user, day or today()) if isinstance(head, OtherHead)]
    return [(head.kind, head.due_on, head.state, head.reason) for head in heads]


def risk_level(case: Case, until: date | None, source: str = "assessed") -> None:
    RiskLevelRecord.objects.filter(person=case.person).delete()
    looked_at(case)
    RiskLevelRecord.objects.filter(person=case.person).update(valid_until=until, source=source)


@pytest.fixture
def worker() -> User:
    user: User = UserFactory()
    return user


@pytest.mark.parametrize(
    ("until", "line"),
    [
        (None, ("assess", date(2024, 3, 31), "late", "never")),
        (NOW - DAY, ("assess", NOW - DAY, "late", "ended")),
        (NOW, ("assess", NOW, "today", "soon")),
        (NOW + 20 * DAY, ("assess", NOW + 20 * DAY, "month", "soon")),
        (NOW + 30 * DAY, ("assess", NOW + 30 * DAY, "later", "soon")),
        (NOW + 31 * DAY, None),
    ],
)
def test_an_assessment_is_asked_for_when_none_holds_or_it_ends_soon(
    worker: User, until: date | None, line: tuple[str, date, str, str] | None
) -> None:
    with time_machine.travel("2024-06-03T10:00:00+08:00", tick=False):
        case = case_of(worker)
        risk_level(case, until, "assessed" if until else "ledger")
        assert lines(worker) == ([line] if line else [])
        assert lines(UserFactory()) == []


def test_whoever_was_brought_in_is_looked_at_within_thirty_days_of_it(worker: User) -> None:
    with time_machine.travel("2024-06-03T10:00:00+08:00", tick=False):
        case_of(worker, brought_in_on=NOW - DAY)
        assert lines(worker) == [("assess", NOW + 29 * DAY, "later", "never")]


def test_today_asks_for_exactly_the_persons_of_the_list() -> None:
    """One comparison says what the four states of the list say."""
    boss = UserFactory(town_supervisor=True)
    for days in (None, -400, -1, 0, 1, 29, 30, 31, 400):
        risk_level(running_case(), today() + days * DAY if days is not None else None,
             "assessed" if days is not None else "ledger")  # fmt: skip
    people, states = Person.objects.visible_to(boss), conditions(today())
    any_of = states["never"] | states["ended"] | states["event"] | states["soon"]
    found = set(to_assess(people, today()).values_list("pk", flat=True))
    assert found == set(with_standing(people, today()).filter(any_of).values_list("pk", flat=True))
    asked_for = {h.person_id for h in heads_of(boss, today()) if isinstance(h, OtherHead)}
    assert asked_for == found
    assert len(found) == 7


def test_regulation_22_a_transfer_stands_with_whoever_is_to_act(worker: User) -> None:
    boss, case = UserFactory(town_supervisor=True), looked_at(running_case(worker, days=100))
    receiver, new_worker = (
        UserFactory(town_supervisor=True, area=area(WENCHENG)), UserFactory(area=area(WENCHENG)),
    )  # fmt: skip
    transfer, now = asked(case, worker), today()
    assert lines(worker) == [("hand-over", now, "waiting", "")]
    assert lines(boss) == [("hand-over", now, "today", "")]
    assert lines(receiver) == []
    hand_over(transfer=transfer, by=boss)
    assert lines(worker) == lines(boss) == [("accept", now, "waiting", "")]
    assert lines(receiver) == [("accept", now, "today", "")]
    accept_transfer(transfer=transfer, by=receiver, worker=new_worker)
    transfer.refresh_from_db()
    assert transfer.report_by
    [line] = lines(new_worker)
    assert line[:2] == ("arrival", transfer.report_by)
    assert lines(receiver) == [line]
    assert lines(worker) == lines(boss) == []
    assert lines(new_worker, transfer.report_by + DAY)[0][2] == "late"


def test_a_release_stands_until_the_file_is_open(worker: User) -> None:
    release = expect_release(
        by=worker, client_uuid=uuid4(), area=area(JIAJI), name="陈归海", source="isolation",
        document_number=resident_number(77), institution="省第一强制隔离戒毒所", measure="SQKF",
        expected_on=today() - DAY, decision_number="琼公责社康字〔2026〕9号",
    )  # fmt: skip
    assert lines(worker) == [("release", today() - DAY, "late", "")]
    page = signed_in(worker).get("/today/", secure=True).content.decode()
    assert "陈归海" in page
    assert "省第一强制隔离戒毒所" in page
    assert f"/{release.public_id}/" in page
    receive_person(release=release, by=worker, on=today(), reception="town")
    assert lines(worker) == [("open-file", today(), "today", "")]
    open_file(release=Release.objects.get(), by=worker, decision_on=today())
    assert lines(worker) == []


def test_a_line_leads_to_its_form_and_is_offered_only_to_who_may_do_it(
    worker: User, client: Client
) -> None:
    case = running_case(worker, days=100)
    asked(case, worker)
    page = signed_in(worker).get("/today/", secure=True).content.decode()
    assert f"/persons/{case.person.public_id}/assessments/new/" in page
    waiting = signed_in(worker).get("/today/?tab=waiting", secure=True).content.decode()
    assert "/transfers/" not in waiting.split('class="due-acts"')[-1].split("</li>")[0]
