"""The stream of a person: what many tables know, in one query, and nothing that is confidential."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.approvals.services import approve
from apps.assessments.services import (
    end_flag,
    note_event,
    record_objection,
    record_told,
    set_flag,
    set_sealed,
)
from apps.assessments.services.summaries import make_summary
from apps.breaches.services import respond_to_breach
from apps.cases.models import Case
from apps.cases.services import propose_police_report, record_reply, report_leave
from apps.core.days import today
from apps.core.records import every
from apps.core.timeline import Happenings
from apps.documents.services import issue_document, void_document
from apps.drugtests.services import withdraw_test
from apps.needs.services import close_need, record_need, reopen_need
from apps.persons.services import undo_merge
from apps.schedule.models import DueItem
from apps.transfers.services import accept_transfer, record_arrival
from apps.workbench.person_file import PersonFile
from apps.workbench.timeline import chips, chips_of, events_of
from apps.workbench.timeline_rows import happenings, sources
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, WENCHENG, area
from tests.factories.assessments import assessed
from tests.factories.breaches import confirmed, heard, not_confirmed, recorded, waiting
from tests.factories.drugtests import not_sampled, sampled
from tests.factories.pages import running_case, signed_in
from tests.factories.persons import PersonFactory, merged_into
from tests.factories.schedule import at, seen
from tests.factories.transfers import handed_over

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker() -> User:
    return UserFactory()


@pytest.fixture
def boss() -> User:
    return UserFactory(town_supervisor=True)


@pytest.fixture
def case(worker: User) -> Case:
    return running_case(worker, days=300)


def stream(case: Case, user: User) -> list[Any]:
    return events_of(PersonFile(case.person, user, today(), whole=True))


def told(case: Case, user: User, chip: str) -> list[tuple[str, str, str]]:
    """Title, words and mark of each line under a chip, the oldest first."""
    with translation.override("en"):
        lines = [event for event in reversed(stream(case, user)) if event.kind == chip]
    return [(line.title, line.words, line.tag[1] if line.tag else "") for line in lines]


def live_through_everything(case: Case, worker: User, boss: User) -> None:
    """A row of every table that the stream knows."""
    person, day = case.person, today()
    breach = confirmed(case, worker, boss)
    respond_to_breach(
        breach=breach, by=worker, client_uuid=uuid4(), kind="admonition", on=day, words="按时检测"
    )
    row = assessed(person, worker, day - timedelta(days=3))
    record_told(assessment=row, by=worker, on=day - timedelta(days=2), how="talk")
    row.refresh_from_db()
    record_objection(assessment=row, by=worker, on=day, words="已经有工作了")
    flag = set_flag(person=person, by=worker, kind="poor", since=day - timedelta(days=9))
    end_flag(flag=flag, by=worker, on=day - timedelta(days=1))
    note_event(person=person, by=worker, kind="job_lost", on=day)
    report_leave(
        case=case, by=worker, starts_on=day - timedelta(days=60),
        until_on=day - timedelta(days=50), destination="三亚",
        reported_in_writing_on=day - timedelta(days=61),
    )  # fmt: skip
    report = propose_police_report(
        case=case, by=worker, ground="use", happened_on=day, facts="检测阳性", heard="承认"
    )
    approve(proposal=person.proposals.waiting().get(kind="police_report"), by=boss)
    record_reply(report=report, by=boss, on=day, outcome="not_established", number="琼公复1号")


def test_breaches_are_told_from_the_record_to_the_letter(
    case: Case, worker: User, boss: User
) -> None:
    breach = confirmed(case, worker, boss)
    not_confirmed(case, worker, boss, on=today() - timedelta(days=20))
    respond_to_breach(
        breach=breach,
        by=worker,
        client_uuid=uuid4(),
        kind="admonition",
        on=today(),
        words="按时检测",
    )
    lines = told(case, worker, "breach")
    assert [tag for _title, _words, tag in lines if tag] == ["Confirmed", "Rejected"]
    assert [title for title, _words, _tag in lines].count("Heard about: Test refused") == 2
    assert [words for _title, words, _tag in lines if "〔" in words] == [
        given.number for given in case.documents.all()
    ]


def test_an_assessment_is_told_with_its_objection(case: Case, worker: User) -> None:
    """PIPL arts. 24, 48."""
    row = assessed(case.person, worker, today() - timedelta(days=3))
    record_told(assessment=row, by=worker, on=today() - timedelta(days=2), how="paper")
    row.refresh_from_db()
    record_objection(assessment=row, by=worker, on=today(), words="不同意")
    titles = {title for title, _words, _tag in told(case, worker, "risk_level")}
    assert titles >= {
        "Assessed: Low",
        "Notified of the risk level Low and why",
        "Objects to the risk level Low",
    }


def test_a_transfer_is_told_to_both_units(case: Case, worker: User, boss: User) -> None:
    """条例 art. 22."""
    receiver = UserFactory(town_supervisor=True, area=area(WENCHENG))
    transfer = handed_over(case, worker, boss)
    accept_transfer(transfer=transfer, by=receiver)
    transfer.refresh_from_db()
    record_arrival(transfer=transfer, by=receiver, on=today())
    case.person.refresh_from_db()
    titles = [title for title, _words, _tag in told(case, receiver, "transfer")]
    assert len(titles) == 4
    assert "Accepted" in [tag for _title, _words, tag in told(case, receiver, "transfer")]


def test_tests_are_told_with_what_they_stand_as_and_summaries(
    case: Case, worker: User, boss: User
) -> None:
    taken = sampled(case.person, today() - timedelta(days=9), by=worker, result="positive")
    sampled(case.person, today() - timedelta(days=7), by=worker, sample="saliva", result="negative")
    not_sampled(case.person, today() - timedelta(days=8), "hospital", by=worker, sample="hair")
    withdraw_test(test=sampled(case.person, today(), by=worker), by=boss, reason="记错")
    assert told(case, worker, "test") == [
        ("Drug test: urine", worker.name, "Positive, to be confirmed"),
        ("Drug test: hair", f"说今天不方便 · {worker.name}", "Ill or in hospital"),
        ("Drug test: saliva", worker.name, "Negative"),
        ("Drug test: urine", worker.name, "Withdrawn"),
    ]
    window = DueItem.objects.filter(case=case, kind="summary").earliest("opens_on")
    summary = make_summary(
        item=window, by=worker, client_uuid=uuid4(), told_on=today(), progress_words="平稳",
        difficulty_words="收入", help_words="找工作", said_words="谢谢",
    )  # fmt: skip
    [line] = told(case, worker, "summary")
    assert line[0] == "Half-year summary"
    links = {event.url for event in stream(case, worker)}
    assert {reverse("drugtests:detail", args=[taken.public_id]),
            reverse("assessments:summary", args=[summary.public_id])} <= links  # fmt: skip


def test_an_evasion_is_told_with_what_happened(case: Case, worker: User) -> None:
    not_sampled(case.person, today(), "evaded", by=worker, note="约好两次都没来", next_on=today())
    [(title, words, tag)] = told(case, worker, "test")
    assert (title, words, tag) == ("Drug test: urine", f"约好两次都没来 · {worker.name}", "Evaded")
    breach = recorded(case, worker)
    [(_title, words, _tag)] = told(case, worker, "breach")
    assert words.startswith(breach.facts)


def test_a_letter_is_told_once_and_says_when_it_is_void(
    case: Case, worker: User, boss: User
) -> None:
    given = respond_to_breach(
        breach=confirmed(case, worker, boss), by=worker, client_uuid=uuid4(), kind="admonition",
        on=today(), words="按时检测",
    )  # fmt: skip
    lines = [line for line in stream(case, worker) if given.paper.number in line.words]
    assert [line.kind for line in lines] == ["breach"]
    assert lines[0].url == reverse("documents:detail", args=[given.paper.public_id])
    void_document(document=given.paper, by=worker, reason="写错")
    assert [tag for _title, words, tag in told(case, worker, "breach")
            if given.paper.number in words] == ["Void"]  # fmt: skip


def test_the_lines_of_a_day_stand_in_the_order_of_time(
    case: Case, worker: User, boss: User
) -> None:
    """The newest first: what follows from an act stands above it."""
    with time_machine.travel(at(today(), "08:00"), tick=False):
        seen(case, today(), by=worker)
    with time_machine.travel(at(today(), "09:00"), tick=False):
        breach = recorded(case, worker, on=today())
    with time_machine.travel(at(today(), "10:00"), tick=False):
        proposal = waiting(heard(breach, worker))
    with time_machine.travel(at(today(), "11:00"), tick=False):
        approve(proposal=proposal, by=boss, reason="属实")
    with time_machine.travel(at(today(), "12:00"), tick=False):
        not_sampled(case.person, today(), "evaded", by=worker, note="没来", next_on=today())
    with translation.override("en"):
        titles = [line.title for line in stream(case, worker) if line.day == today()]
    assert titles == [
        "Decided: Test refused", "Heard about: Test refused", "Drug test: urine",
        "Recorded: Test refused", "In person",
    ]  # fmt: skip


def test_a_need_that_was_closed_and_opened_again_tells_all_of_it(case: Case, worker: User) -> None:
    need = record_need(
        person=case.person, by=worker, kind="work", said_on=today() - timedelta(days=3),
        urgency="soon", said_by="person",
    )  # fmt: skip
    close_need(need=need, by=worker, outcome="met", on=today() - timedelta(days=1), note="去了")
    reopen_need(need=need, by=worker, reason="工厂没有要")
    assert [(title, words) for title, words, _tag in told(case, worker, "need")] == [
        ("Need: Work", "said by: The person"),
        ("Need closed: Work", ""),
        ("Need opened again: Work", "工厂没有要"),
    ]
    close_need(need=need, by=worker, outcome="declined", on=today(), note="不想去")
    assert [(words, tag) for _title, words, tag in told(case, worker, "need")][1:] == [
        ("", "Met"), ("工厂没有要", ""), ("不想去", "The person declines"),
    ]  # fmt: skip


def test_a_merge_and_its_undo_are_told_in_the_kept_file(case: Case, worker: User) -> None:
    records = UserFactory(records_admin=True, area=area(QIONGHAI))
    merge = merged_into(case.person, PersonFactory(), records)
    [line] = told(case, worker, "merge")
    assert line[0] == "Another file was merged into this one"
    undo_merge(merge=merge, by=records, reason="两个人")
    boss = UserFactory(town_supervisor=True)  # an undone merge is read by who sees both files
    assert told(case, worker, "merge") == []
    assert [title for title, _w, _t in told(case, boss, "merge")] == [
        "Another file was merged into this one", "The merge was undone",
    ]  # fmt: skip


def test_every_source_has_its_lines_and_its_chip(case: Case, worker: User, boss: User) -> None:
    live_through_everything(case, worker, boss)
    rows = happenings(case.person, worker, whole=True)
    seen = {row.src for row in rows}
    assert set(sources()) >= seen >= {
        "leave", "breach", "response", "assessment", "life", "flag", "paper", "police",
    }  # fmt: skip
    events = stream(case, worker)
    assert {event.kind for event in events} <= set(chips())
    counted = {chip["code"]: chip["n"] for chip in chips_of(events, "")}
    assert counted[""] == len(events) == sum(n for code, n in counted.items() if code)
    page = signed_in(worker).get(reverse("workbench:person", args=[case.person.public_id]))
    assert page.status_code == 200
    assert "None" not in "".join(event.html for event in events)


def test_confidential_facts_never_stand_in_the_stream(case: Case, boss: User) -> None:
    """精神卫生法 art. 4, 艾滋病防治条例 art. 39."""
    before = len(stream(case, boss))
    set_sealed(
        person=case.person, by=boss, kind="hiv", since=today(), agreed_on=today(), words="已治疗"
    )
    assert len(stream(case, boss)) == before
    assert "sealed" not in " ".join(sources())


def test_a_void_paper_says_so(case: Case, worker: User) -> None:
    paper = issue_document(
        person=case.person, case=case, kind="notice", by=worker, client_uuid=uuid4()
    )
    void_document(document=paper, by=worker, reason="姓名写错")
    assert told(case, worker, "paper") == [
        ("Notice of processing of personal data", paper.number, "Void")
    ]


def test_rows_of_another_unit_are_not_told(case: Case, worker: User, boss: User) -> None:
    live_through_everything(case, worker, boss)
    stranger = UserFactory(town_supervisor=True, area=area(WENCHENG))
    assert happenings(case.person, stranger, whole=True) == []
    colleague = UserFactory()
    assert happenings(case.person, colleague, whole=True) == []
    nobody = UserFactory(province_viewer=True)
    assert happenings(case.person, nobody, whole=True) == []


def test_everything_costs_one_query(case: Case, worker: User, boss: User) -> None:
    live_through_everything(case, worker, boss)
    assert worker.area is not None
    assert worker.area.scope_ids
    for whole in (False, True):
        with CaptureQueriesContext(connection) as asked:
            happenings(case.person, worker, whole=whole)
        assert len(asked) == 1
    client, address = signed_in(worker), reverse("workbench:person", args=[case.person.public_id])
    client.get(address)  # the first page of a session notes that it goes on
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    own = [q for q in asked.captured_queries if "SAVEPOINT" not in q["sql"]]
    assert len(own) <= 17


def test_who_waits_for_a_decision_is_marked(case: Case, worker: User) -> None:
    waiting(heard(recorded(case, worker), worker))
    assert ("Recorded: Test refused" in {title for title, _w, tag in told(case, worker, "breach")
                                         if tag == "Not decided"})  # fmt: skip


def test_sealed_words_are_opened_by_the_number_that_sealed_them() -> None:
    """Words are bound to their row: a line that leads to another row cannot open them."""
    sealed = [one for one in every(Happenings) if one.said]
    assert len(sealed) > 3
    assert {one.src for one in sealed if one.ref != "public_id"} == set()
