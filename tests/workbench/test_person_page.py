"""The file of one person."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from apps.accounts.models import User
from apps.approvals.services import approve
from apps.audit.models import AccessLog, Action
from apps.audit.services import log_access
from apps.cases import services
from apps.cases.codes import CaseState
from apps.cases.models import Case
from apps.core.days import today
from apps.needs.services import record_need
from apps.persons.codes import LifeStatus
from apps.persons.services import assign_worker, mark_life_status
from apps.workbench.person_band import Band, age_on
from apps.workbench.person_file import PersonFile
from apps.workbench.timeline import chips_of, events_of
from tests.factories.accounts import UserFactory
from tests.factories.areas import WANQUAN, area
from tests.factories.pages import running_case, signed_in
from tests.factories.persons import AssignmentFactory, PersonFactory
from tests.factories.transfers import handed_over

pytestmark = pytest.mark.django_db
DAYS_LATE = timedelta(days=40)


@pytest.fixture
def worker() -> User:
    return UserFactory(name="周晓岚")


@pytest.fixture
def case(worker: User) -> Case:
    return running_case(worker, days=411)


def file_of(case: Case, user: User) -> PersonFile:
    return PersonFile(case.person, user, today(), whole=True)


def url(case: Case, name: str = "workbench:person") -> str:
    return reverse(name, args=[case.person.public_id])


def rich(case: Case, worker: User) -> None:
    """Something of every kind."""
    supervisor = UserFactory(town_supervisor=True)
    leave = services.report_leave(
        case=case, by=worker, starts_on=today() - timedelta(days=60),
        until_on=today() - timedelta(days=50), destination="三亚",
        reported_in_writing_on=today() - timedelta(days=61),
    )  # fmt: skip
    services.withdraw_leave(leave=leave, by=worker, reason="没有去")
    services.suspend_case(
        case=case, by=supervisor, starts_on=today() - timedelta(days=3), reason="detained"
    )
    services.set_risk_level(
        person=case.person, case=case, risk_level="low", source="assessed", by=worker, on=today(),
        reason="工作稳定",
    )  # fmt: skip
    record_need(
        urgency="normal",
        said_by="person",
        person=case.person,
        by=worker,
        kind="work",
        said_on=today(),
        words="想找活",
    )
    assign_worker(persons=[case.person], worker=supervisor, by=supervisor, on=today(), kind="cover")


def test_the_band_counts_the_days_of_the_term(worker: User, case: Case) -> None:
    text = signed_in(worker).get(url(case)).content.decode()
    last = case.duties_end_on
    left = (last - today()).days  # type: ignore[operator]
    assert "<b>412</b>" in text
    assert str(left) in text
    assert worker.name in text
    assert case.person.document_number not in text
    assert case.person.document_number[-4:] in text
    assert AccessLog.objects.get().action == Action.VIEW


def test_one_stream_holds_everything_newest_first(worker: User, case: Case) -> None:
    rich(case, worker)
    events = events_of(file_of(case, worker))
    assert {e.kind for e in events} == {"need", "absence", "risk_level", "assignment", "case"}
    days = [event.day for event in events]
    assert days == sorted(days, reverse=True)
    chips = chips_of(events, "need")
    assert [chip["n"] for chip in chips if chip["current"]] == [1]


def test_a_chip_narrows_the_stream(worker: User, case: Case) -> None:
    rich(case, worker)
    client = signed_in(worker)
    assert "想找活" in client.get(url(case), {"kind": "need"}).content.decode()
    narrowed = client.get(url(case), {"kind": "risk_level"}).content.decode()
    assert narrowed.count('class="event"') == 1


def test_the_page_asks_at_most_sixteen_questions(
    worker: User, case: Case, django_assert_max_num_queries: Any
) -> None:
    rich(case, worker)
    client = signed_in(worker)
    with django_assert_max_num_queries(20) as asked:
        client.get(url(case))
    own = [q for q in asked.captured_queries if "SAVEPOINT" not in q["sql"]]
    assert len(own) <= 16


def test_a_suspended_order_says_so(worker: User, case: Case) -> None:
    rich(case, worker)
    file = file_of(case, worker)
    assert file.state == "suspended"
    assert Band(file).state_tag == "na"


def test_an_order_on_leave_still_offers_its_acts(worker: User, case: Case) -> None:
    services.report_leave(
        case=case, by=worker, starts_on=today(), until_on=today(), destination="三亚"
    )
    file = file_of(case, worker)
    assert file.state == "on_leave"
    assert reverse("cases:leave", args=[case.public_id]) in [b.url for b in Band(file).acts]


def test_a_ledgers_risk_level_is_grey(worker: User, case: Case) -> None:
    services.set_risk_level(
        person=case.person, case=case, risk_level="high", source="ledger", by=worker, on=today()
    )
    assert file_of(case, worker).level_from_ledger
    assert "risk-level ledger" in signed_in(worker).get(url(case)).content.decode()


def test_an_order_that_waits_for_the_report_shows_its_deadline(worker: User) -> None:
    start = today() - timedelta(days=3)
    case = running_case(
        worker, reported_on=None, agreement_on=None, received_on=start, decided_on=start
    )
    band = Band(file_of(case, worker))
    assert band.deadline is not None
    assert band.acts[0].url == reverse("cases:report", args=[case.public_id])
    assert band.deadline.isoformat() in signed_in(worker).get(url(case)).content.decode()


def test_no_deadline_from_a_date_that_is_missing(worker: User) -> None:
    case = running_case(worker, reported_on=None, agreement_on=None, received_on=None)
    assert Band(file_of(case, worker)).deadline is None
    assert signed_in(worker).get(url(case)).status_code == 200


def test_an_ended_term_offers_the_closure_to_a_supervisor(worker: User) -> None:
    boss = UserFactory(town_supervisor=True)
    case = running_case(worker, days=1200)
    release = reverse("cases:release", args=[case.public_id])
    assert release in [b.url for b in Band(file_of(case, boss)).acts]
    assert release not in [b.url for b in Band(file_of(case, worker)).acts]
    services.close_case(case=case, by=boss, reason="released", on=today())
    assert signed_in(boss).get(url(case)).status_code == 200
    assert file_of(case, boss).gaps == []


def test_a_person_without_an_order_has_a_page(worker: User) -> None:
    person = PersonFactory(document_kind="none", document_number="", phone="")
    AssignmentFactory(person=person, worker=worker)
    mark_life_status(person=person, by=worker, status=LifeStatus.ABSTINENT, since=date(2024, 1, 1))
    file = PersonFile(person, worker, today())
    assert (file.case, file.state, file.term, file.ends_on) == (None, None, None, None)
    page = signed_in(worker).get(reverse("workbench:person", args=[person.public_id]))
    assert "2024-01-01" in page.content.decode()


def test_printing_a_file_is_logged(worker: User, case: Case) -> None:
    rich(case, worker)
    page = signed_in(worker).get(url(case, "workbench:person-print"))
    assert case.decision_number in page.content.decode()
    assert AccessLog.objects.get().action == Action.PRINT


TABS = [
    "workbench:person", "workbench:person-print", "persons:history", "persons:checkins",
    "persons:needs", "persons:access",
]  # fmt: skip


@pytest.mark.parametrize("name", TABS)
def test_a_tab_answers_who_may_see_it(name: str, case: Case) -> None:
    assert signed_in(UserFactory(town_supervisor=True)).get(url(case, name)).status_code == 200


@pytest.mark.parametrize("name", TABS)
def test_a_file_out_of_scope_is_not_there(name: str, case: Case) -> None:
    for stranger in (UserFactory(town_supervisor=True, area=area(WANQUAN)),):
        assert signed_in(stranger).get(url(case, name)).status_code == 404
    assert signed_in(UserFactory(system_admin=True)).get(url(case, name)).status_code == 403
    assert not AccessLog.objects.exists()


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(1988, 3, 4), date(2026, 3, 3), 37),
        (date(1988, 3, 4), date(2026, 3, 4), 38),
        (date(1988, 2, 29), date(2026, 2, 28), 37),
        (date(1988, 2, 29), date(2026, 3, 1), 38),
        (None, date(2026, 3, 1), None),
    ],
)
def test_age_is_in_full_years(born: date | None, day: date, age: int | None) -> None:
    assert age_on(born, day) == age


def test_a_worker_of_the_town_sees_no_file_of_another_caseload(case: Case) -> None:
    for name in TABS[:-1]:
        assert signed_in(UserFactory()).get(url(case, name)).status_code == 404


def test_only_supervisors_read_who_has_read_the_file(worker: User, case: Case) -> None:
    signed_in(worker).get(url(case))
    assert signed_in(worker).get(url(case, "persons:access")).status_code == 403
    boss = UserFactory(town_supervisor=True)
    text = signed_in(boss).get(url(case, "persons:access")).content.decode()
    assert worker.get_role_display() in text
    assert worker.username not in text


def test_a_duty_is_done_in_one_tap_and_offers_its_undo(worker: User, case: Case) -> None:
    client = signed_in(worker)
    row = client.get(url(case)).context["duties"][0]
    typed = {"uuid": row.uuid, "item": row.line.item.pk, "act": "phone", "next": url(case)}
    answer = client.post(reverse("checkins:log", args=[case.person.public_id]), typed, follow=True)
    text = answer.content.decode()
    checkin = case.person.checkins.get()
    assert reverse("checkins:undo", args=[checkin.public_id]) in text
    table = client.get(url(case, "persons:checkins")).content.decode()
    assert reverse("checkins:correct", args=[checkin.public_id]) in table


def test_a_need_stands_beside_the_duties_and_on_its_tab(worker: User, case: Case) -> None:
    need = record_need(
        urgency="normal",
        said_by="person",
        person=case.person,
        by=worker,
        kind="work",
        said_on=today(),
    )
    client = signed_in(worker)
    close = reverse("needs:close", args=[need.public_id])
    assert close in client.get(url(case)).content.decode()
    assert close in client.get(url(case, "persons:needs")).content.decode()


def test_long_tables_come_in_pages(worker: User, case: Case) -> None:
    boss = UserFactory(town_supervisor=True)
    client = signed_in(boss)
    for _ in range(52):
        log_access(boss, persons=[case.person], action=Action.VIEW)
    first = client.get(url(case, "persons:access"))
    assert (len(first.context["rows"]), first.context["next"]) == (50, 50)
    second = client.get(url(case, "persons:access"), {"from": "50"})
    assert (len(second.context["rows"]), second.context["previous"]) == (4, 0)
    assert client.get(url(case, "persons:access"), {"from": "x"}).status_code == 200


def test_a_long_stream_is_shown_in_parts(worker: User, case: Case) -> None:
    for back in range(28):
        record_need(
            urgency="normal",
            said_by="person",
            person=case.person,
            by=worker,
            kind="work",
            said_on=today() - timedelta(days=back),
        )
    client = signed_in(worker)
    assert client.get(url(case)).content.decode().count('class="event"') == 25
    assert client.get(url(case), {"all": "1"}).content.decode().count('class="event"') > 28


def test_after_the_end_the_band_says_nothing_of_risk_levels_and_asks_for_nothing(
    worker: User,
) -> None:
    boss = UserFactory(town_supervisor=True)
    case = running_case(worker, days=100)
    page = url(case)
    new = reverse("assessments:create", args=[case.person.public_id])
    assert new in signed_in(boss).get(page).content.decode()
    services.close_case(case=case, by=boss, reason="revoked", on=today())
    for user in (worker, boss):
        shown = signed_in(user).get(page).content.decode()
        assert new not in shown
        assert reverse("visits:create", args=[case.person.public_id, "visit"]) not in shown


def test_duties_can_be_done_while_a_transfer_is_awaited(worker: User) -> None:
    boss = UserFactory(town_supervisor=True)
    case = running_case(worker, days=100)
    handed_over(case, worker, boss)
    acts = [button.url for button in Band(file_of(case, worker)).acts]
    assert reverse("checkins:create", args=[case.person.public_id]) in acts
    home = urlencode({"next": reverse("workbench:person", args=[case.person.public_id])})
    for kind in ("visit", "talk"):
        # Back to the person when it is saved, not to Today.
        assert f"{reverse('visits:create', args=[case.person.public_id, kind])}?{home}" in acts


def test_nobody_who_never_reported_is_offered_a_visit_or_a_leave(worker: User) -> None:
    case = running_case(
        worker, days=60, reported_on=None, agreement_on=None, received_on=today() - DAYS_LATE
    )
    boss = UserFactory(county_supervisor=True)
    services.propose_police_report(
        case=case,
        by=worker,
        ground="overdue",
        happened_on=today(),
        facts="多次未到",
        heard="未说明",
    )
    approve(proposal=case.person.proposals.waiting().get(), by=boss)
    file = file_of(case, worker)
    assert file.state == CaseState.POLICE
    acts = [button.url for button in Band(file).acts]
    assert reverse("cases:leave", args=[case.public_id]) not in acts
    assert reverse("visits:create", args=[case.person.public_id, "visit"]) not in acts
