"""Each kind of notice, rung by the act of the product itself: who is told, and of whom."""

from uuid import uuid4

import pytest
from django.urls import reverse

from apps.accounts import deciding
from apps.accounts.models import AccountProposal, User
from apps.accounts.services import ask_for_code
from apps.approvals.models import Proposal
from apps.approvals.services import approve, reject, withdraw
from apps.audit.acting import from_ledger
from apps.breaches.services import revoke_breach
from apps.cases.services import (
    close_case,
    correct_case,
    report_leave,
    resume_case,
    suspend_case,
)
from apps.checkins.edits import withdraw_checkin
from apps.checkins.services import log_checkin
from apps.core.days import today
from apps.documents.services import void_document, withdraw_scan
from apps.draws.services import withdraw_excuse
from apps.drugtests.services import withdraw_test
from apps.intake.services import call_off as call_off_release, receive_person
from apps.notices.codes import NoticeKind
from apps.notices.models import Notice
from apps.notices.shown_notices import dress
from apps.persons.models import Assignment
from apps.persons.services import assign_worker, end_assignment, withdraw_assignment
from apps.transfers.services import accept_transfer, cancel_transfer
from apps.visits.edits import withdraw_meeting
from tests.factories import documents
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, WANQUAN, WENCHENG, area
from tests.factories.assessments import assessed
from tests.factories.breaches import confirmed, heard, recorded
from tests.factories.draws import excused
from tests.factories.drugtests import sampled
from tests.factories.pages import running_case, signed_in
from tests.factories.transfers import asked, handed_over, waiting
from tests.factories.visits import met
from tests.intake.test_intake import expected
from tests.notices import acts_of_exports, acts_of_files, acts_of_reports  # noqa: F401
from tests.notices.acts import ACTS, Act, days, rings
from tests.notices.acts_of_covers import cover
from tests.notices.conftest import Office, told

pytestmark = pytest.mark.django_db


def decide(office: Office, *, well: bool) -> None:
    act = approve if well else reject
    act(proposal=Proposal.objects.waiting().get(), by=office.boss, reason="核实无误")


def high(office: Office) -> None:
    assessed(office.person, office.worker, today(), risk_level="high", reason="近期有复吸风险")


@rings(NoticeKind.APPROVED)
def a_level_is_approved(office: Office) -> User:
    high(office)
    decide(office, well=True)
    return office.worker


@rings(NoticeKind.SENT_BACK)
def a_level_is_sent_back(office: Office) -> User:
    high(office)
    decide(office, well=False)
    return office.worker


@rings(NoticeKind.SENT_BACK)
def a_breach_is_not_confirmed_and_its_recorder_hears_it(office: Office) -> User:
    """Another one has heard the person."""
    heard(recorded(office.case, office.worker), office.mate)
    decide(office, well=False)
    assert told(office.mate) == [NoticeKind.SENT_BACK]
    return office.worker


@rings(NoticeKind.WITHDRAWN)
def somebody_else_takes_a_proposal_back(office: Office) -> User:
    high(office)
    proposal = Proposal.objects.waiting().get()
    withdraw(kind=proposal.kind, subject=proposal.subject, by=office.boss, reason="重复")
    return office.worker


@rings(NoticeKind.BREACH_REVOKED)
def a_breach_is_revoked(office: Office) -> User:
    breach = confirmed(office.case, office.worker, office.boss)
    revoke_breach(breach=breach, by=office.boss, reason="申诉成立")
    return office.worker


@rings(NoticeKind.ACCOUNT_ASKED)
def an_account_waits_for_a_second_person(office: Office) -> User:
    """Whom it is about and who asked are no second person; who works elsewhere is not asked."""
    asks, other = UserFactory(system_admin=True), UserFactory(system_admin=True)
    far = UserFactory(county_supervisor=True, area=area(WENCHENG).county)
    ask_for_code(user=office.boss, by=asks)
    assert (told(asks), told(office.boss), told(far)) == ([], [], [])
    return other


@rings(NoticeKind.ACCOUNT_CONFIRMED)
def a_code_is_confirmed(office: Office) -> User:
    asks, other = UserFactory(system_admin=True), UserFactory(system_admin=True)
    ask_for_code(user=office.boss, by=asks)
    deciding.confirm(proposal=AccountProposal.objects.get(), by=other)
    return asks


@rings(NoticeKind.ACCOUNT_REJECTED)
def a_code_is_rejected(office: Office) -> User:
    asks, other = UserFactory(system_admin=True), UserFactory(system_admin=True)
    ask_for_code(user=office.boss, by=asks)
    deciding.reject(proposal=AccountProposal.objects.get(), by=other)
    return asks


@rings(NoticeKind.HANDED)
def a_person_is_handed_over(office: Office) -> User:
    assign_worker(persons=[office.person], worker=office.mate, by=office.boss, on=today())
    return office.mate


@rings(NoticeKind.COVER_PERSON)
def a_person_is_to_be_covered(office: Office) -> User:
    facts = {"worker": office.mate, "by": office.boss, "on": today(), "kind": "cover"}
    assign_worker(persons=[office.person], **facts)
    return office.mate


@rings(NoticeKind.CASELOAD)
def a_caseload_is_passed_on(office: Office) -> User:
    persons = [running_case(office.worker).person for _ in range(4)]
    assign_worker(persons=persons, worker=office.mate, by=office.boss, on=today())
    assert Notice.objects.get(reader=office.mate).number == 4
    return office.mate


@rings(NoticeKind.BY_LEDGER)
def a_ledger_hands_persons_over(office: Office) -> User:
    for _ in range(2):
        person = running_case().person
        with from_ledger("台账.xlsx"):
            assign_worker(persons=[person], worker=office.mate, by=office.boss, on=today())
    return office.mate


@rings(NoticeKind.HANDED_BACK)
def an_assignment_ahead_is_taken_back(office: Office) -> User:
    assign_worker(persons=[office.person], worker=office.mate, by=office.boss, on=days(3))
    ahead = Assignment.objects.get(worker=office.mate)
    withdraw_assignment(assignment=ahead, by=office.boss)
    return office.mate


@rings(NoticeKind.TAKEN)
def a_person_is_given_to_somebody_else(office: Office) -> User:
    assign_worker(persons=[office.person], worker=office.mate, by=office.boss, on=today())
    return office.worker


@rings(NoticeKind.TAKEN)
def whoever_covers_loses_the_person_too(office: Office) -> User:
    cover(office)
    assign_worker(persons=[office.person], worker=UserFactory(), by=office.boss, on=today())
    return office.mate


@rings(NoticeKind.TAKEN_MANY)
def a_caseload_goes(office: Office) -> User:
    persons = [running_case(office.worker).person for _ in range(4)]
    assign_worker(persons=persons, worker=office.mate, by=office.boss, on=today())
    assert Notice.objects.get(reader=office.worker).number == 4
    return office.worker


@rings(NoticeKind.TAKEN_BY_LEDGER)
def a_ledger_takes_persons(office: Office) -> User:
    for _ in range(2):
        person = running_case(office.worker).person
        with from_ledger("台账.xlsx"):
            assign_worker(persons=[person], worker=UserFactory(), by=office.boss, on=today())
    return office.worker


@rings(NoticeKind.UNCOVERED)
def a_cover_of_one_person_is_ended(office: Office) -> User:
    facts = {"worker": office.mate, "by": office.boss, "on": days(-3), "kind": "cover"}
    [row] = assign_worker(persons=[office.person], **facts)
    end_assignment(assignment=row, by=office.boss, on=today())
    return office.mate


@rings(NoticeKind.MOVED_AWAY)
def the_unit_is_corrected(office: Office) -> User:
    county = UserFactory(county_supervisor=True)
    correct_case(case=office.case, by=county, area=area(WANQUAN), reason="更正")
    return office.worker


@rings(NoticeKind.MOVED_AWAY)
def another_unit_accepts(office: Office) -> User:
    """Who covers hears it, too."""
    cover(office)
    receiver = UserFactory(town_supervisor=True, area=area(WENCHENG))
    accept_transfer(transfer=handed_over(office.case, office.worker, office.boss), by=receiver)
    assert told(office.mate)[-1] == NoticeKind.MOVED_AWAY
    return office.worker


@rings(NoticeKind.TRANSFER_SENT)
def a_transfer_is_handed_over(office: Office) -> User:
    handed_over(office.case, office.worker, office.boss)
    return office.worker


@rings(NoticeKind.TRANSFER_COMES)
def a_transfer_comes(office: Office) -> User:
    receiver = UserFactory(town_supervisor=True, area=area(WENCHENG))
    handed_over(office.case, office.boss, office.boss)
    assert told(office.boss) == []
    return receiver


@rings(NoticeKind.APPROVED)
def a_transfer_is_accepted(office: Office) -> User:
    """Who asked and who handed it over hear it, though the person has gone."""
    receiver = UserFactory(town_supervisor=True, area=area(WENCHENG))
    accept_transfer(transfer=handed_over(office.case, office.worker, office.boss), by=receiver)
    assert told(office.boss) == [NoticeKind.TRANSFER_ASKED, NoticeKind.APPROVED]
    return office.worker


@rings(NoticeKind.SENT_BACK)
def a_transfer_is_refused(office: Office) -> User:
    receiver = UserFactory(town_supervisor=True, area=area(WENCHENG))
    transfer = handed_over(office.case, office.worker, office.boss)
    reject(proposal=waiting(transfer), by=receiver, reason="无固定住所")
    assert told(office.boss) == [NoticeKind.TRANSFER_ASKED, NoticeKind.SENT_BACK]
    return office.worker


@rings(NoticeKind.TRANSFER_CANCELLED)
def a_transfer_is_taken_back(office: Office) -> User:
    cancel_transfer(transfer=asked(office.case, office.worker), by=office.boss, reason="不去了")
    return office.worker


@rings(NoticeKind.RELEASE_COMES)
def somebody_is_expected(office: Office) -> User:
    expected(office.worker)
    return office.boss


@rings(NoticeKind.RELEASE_RECEIVED)
def somebody_expected_is_received(office: Office) -> User:
    release = expected(office.worker)
    receive_person(release=release, by=office.mate, on=today(), reception="town")
    return office.worker


@rings(NoticeKind.RELEASE_OFF)
def a_release_is_called_off(office: Office) -> User:
    call_off_release(release=expected(office.worker), by=office.boss, reason="去外地")
    return office.worker


def suspend(office: Office) -> object:
    facts = {"starts_on": days(-3), "reason": "detained"}
    return suspend_case(case=office.case, by=office.boss, **facts)


@rings(NoticeKind.SUSPENDED)
def an_order_is_suspended(office: Office) -> User:
    suspend(office)
    return office.worker


@rings(NoticeKind.RESUMED)
def an_order_goes_on(office: Office) -> User:
    resume_case(suspension=suspend(office), by=office.boss, on=today())
    return office.worker


@rings(NoticeKind.CLOSED)
def an_order_is_closed(office: Office) -> User:
    close_case(case=office.case, by=office.boss, reason="isolation", on=today(), note="强戒1号")
    return office.worker


@rings(NoticeKind.ENTRY_WITHDRAWN)
def a_checkin_is_withdrawn(office: Office) -> User:
    made = log_checkin(
        person=office.person, by=office.worker, client_uuid=uuid4(), method="in_person"
    )
    withdraw_checkin(checkin=made.checkin, by=office.boss, reason="记错了人")
    return office.worker


@rings(NoticeKind.ENTRY_WITHDRAWN)
def a_visit_is_withdrawn(office: Office) -> User:
    made = met(office.case, days(-1), by=office.worker)
    withdraw_meeting(meeting=made.meeting, by=office.boss, reason="记错了人")
    return office.worker


@rings(NoticeKind.ENTRY_WITHDRAWN)
def a_test_is_withdrawn(office: Office) -> User:
    test = sampled(office.person, days(-1), by=office.worker)
    withdraw_test(test=test, by=office.boss, reason="记错了人")
    return office.worker


@rings(NoticeKind.ENTRY_WITHDRAWN)
def an_excuse_from_draws_is_withdrawn(office: Office) -> User:
    found = excused(office.person, by=office.worker)
    withdraw_excuse(excuse=found, by=office.boss, reason="记错了人")
    return office.worker


@rings(NoticeKind.ENTRY_WITHDRAWN)
def a_scan_is_withdrawn(office: Office) -> User:
    found = documents.scan(office.case, office.worker)
    withdraw_scan(scan=found, by=office.boss, reason="不是本人的")
    return office.worker


@rings(NoticeKind.PAPER_VOIDED)
def a_paper_is_void(office: Office) -> User:
    paper = documents.issued(office.case, office.worker)
    void_document(document=paper, by=office.boss, reason="日期有误")
    return office.worker


CASES = [
    pytest.param(kind, act, id=f"{kind}-{act.__name__}")
    for kind, acts in ACTS.items()
    for act in acts
]


@pytest.mark.parametrize(("kind", "act"), CASES)
def test_the_act_rings_once_for_whom_it_concerns(
    office: Office, kind: NoticeKind, act: Act
) -> None:
    reader = act(office)
    assert told(reader).count(kind) == 1


@pytest.mark.parametrize(("kind", "act"), CASES)
def test_a_line_leads_to_a_page_that_is_there_and_names_whom_the_page_names(
    office: Office, kind: NoticeKind, act: Act
) -> None:
    reader = act(office)
    client = signed_in(reader)
    for notice in Notice.objects.filter(reader=reader).select_related("about", "colleague"):
        dress([notice], reader)
        address = reverse("notices:open", args=[notice.public_id])
        place = client.post(address, secure=True).headers["Location"]
        page = client.get(place, secure=True)
        assert page.status_code != 404, notice.kind
        if notice.about and place != reverse("notices:list") and page.status_code == 200:
            assert (notice.about.name in page.content.decode()) == bool(notice.name), notice.kind


def test_every_kind_has_an_act_here() -> None:
    assert set(ACTS) == set(NoticeKind.values)


def test_a_leave_needs_no_bell_where_nobody_decides(office: Office) -> None:
    """The office asks for no approval: nothing was proposed, nothing is told."""
    facts = {"starts_on": days(1), "until_on": days(2), "destination": "海口"}
    report_leave(case=office.case, by=office.worker, **facts)
    assert not Notice.objects.exists()
    assert area(JIAJI) == office.worker.area
