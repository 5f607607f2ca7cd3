"""Each kind of paper: for whom it is refused, and what has to be on file so that it is issued."""

from collections.abc import Callable, Iterator
from copy import copy
from uuid import uuid4

import pytest
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from apps.cases.models import Case
from apps.cases.services import add_member
from apps.core.days import today
from apps.core.refusals import Refused
from apps.documents.codes import PaperKind as Kind
from apps.documents.declarations import DECLARATIONS
from apps.documents.models import DocumentNumber, IssuedDocument
from apps.documents.services import issue_document
from apps.documents.subject import Subject
from apps.needs.services import record_need
from apps.persons.services import change_person, mark_life_status
from tests.documents.desk import Desk
from tests.documents.test_help_letters import LETTERS
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, WANQUAN, area
from tests.factories.assessments import assessed
from tests.factories.breaches import confirmed, days_ago, heard, recorded
from tests.factories.documents import answers_for
from tests.factories.pages import running_case, signed_in
from tests.factories.transfers import handed_over
from tests.factories.visits import met
from tests.once import once

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def _desk(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Desk]:
    with once(django_db_blocker, Desk) as desk:
        yield desk


@pytest.fixture
def desk(_desk: Desk) -> Desk:
    """As it was made, whatever a test before has done at it."""
    fresh = copy(_desk)
    fresh.case = Case.objects.select_related("person").get(pk=_desk.case.pk)
    return fresh


def nothing(_desk: Desk) -> None:
    """The order runs, and nothing else is on file."""


def not_reported(desk: Desk) -> None:
    desk.begin(days=3, reported_on=None, agreement_on=None)


def not_agreed(desk: Desk) -> None:
    desk.begin(days=3, agreement_on=None)


def expired(desk: Desk) -> None:
    """Three years and ten days after the report."""
    desk.begin(days=1106)


def nearly_over(desk: Desk) -> None:
    desk.begin(days=1080)


def dead(desk: Desk) -> None:
    desk.close("deceased")
    mark_life_status(person=desk.case.person, status="deceased", since=today(), by=desk.boss)


def elsewhere(desk: Desk) -> None:
    person, places = desk.case.person, {"registration_area": area(WANQUAN)}
    change_person(person=person, by=desk.boss, residence_area=area(JIAJI), **places)
    desk.case.person.refresh_from_db()


def at_home(desk: Desk) -> None:
    places = {"registration_area": area(JIAJI), "residence_area": area(JIAJI)}
    change_person(person=desk.case.person, by=desk.boss, **places)
    desk.case.person.refresh_from_db()


def both(*steps: Callable[[Desk], None]) -> Callable[[Desk], None]:
    def prepare(desk: Desk) -> None:
        for step in steps:
            step(desk)

    return prepare


def team(desk: Desk) -> None:
    add_member(case=desk.case, by=desk.worker, kind="police", on=today(), name="陈警官")


def late(desk: Desk) -> None:
    """Received forty days ago, and not reported."""
    desk.begin(
        days=3, decided_on=days_ago(41), received_on=days_ago(40), reported_on=None,
        agreement_on=None,
    )  # fmt: skip


def outdated(desk: Desk) -> None:
    desk.begin(days=500)
    assessed(desk.case.person, desk.worker, days_ago(400))


Step = Callable[[Desk], None]
# Of each kind: when it is refused, and when it is issued. None: everybody gets it.
TABLE: dict[Kind, tuple[list[Step], Step]] = {
    Kind.NOTICE: ([dead], nothing),
    Kind.HANDBOOK: ([dead], nothing),
    Kind.REPORT_NOTICE: ([nothing, dead], not_reported),
    Kind.REGISTRATION: ([not_reported, expired], nothing),
    Kind.AGREEMENT: ([not_reported, expired], not_agreed),
    Kind.RULES: ([not_reported, expired], nothing),
    Kind.TEAM: ([nothing, both(team, lambda d: d.close())], team),
    Kind.PLAN: ([not_reported, expired], nothing),
    Kind.TALK: (
        [nothing, lambda d: met(d.case, days_ago(2), "visit", by=d.worker)],
        lambda d: met(d.case, days_ago(2), "talk", by=d.worker),
    ),
    Kind.VISIT: ([nothing], lambda d: met(d.case, days_ago(2), "visit", by=d.worker)),
    Kind.HELP: (
        [nothing],
        lambda d: record_need(
            person=d.case.person, by=d.worker, kind="work", said_on=today(), urgency="normal",
            said_by="person",
        ),
    ),
    Kind.RISK: ([nothing], outdated),
    Kind.TIER_NOTICE: (
        [nothing, outdated], lambda d: assessed(d.case.person, d.worker, days_ago(3)),
    ),
    Kind.LEAVE: ([not_agreed, expired], nothing),
    Kind.TRANSFER: (
        [nothing, lambda d: handed_over(d.case, d.worker, d.boss), both(Desk.ask, Desk.close)],
        Desk.ask,
    ),
    Kind.TWO_WAY: ([nothing, at_home, both(elsewhere, Desk.close)], elsewhere),
    Kind.BREACH_REGISTER: ([nothing], lambda d: recorded(d.case, d.worker)),
    Kind.ADMONITION: (
        [nothing, lambda d: heard(recorded(d.case, d.worker), d.worker),
         both(Desk.confirm, Desk.close)],
        Desk.confirm,
    ),
    Kind.WARNING: ([nothing, Desk.confirm], Desk.educated),
    Kind.BREACH_PROOF: (
        [nothing, lambda d: d.report("serious", approved=False), lambda d: d.report("use")],
        lambda d: d.report("serious"),
    ),
    Kind.OVERDUE_PROOF: ([nothing, late], both(late, lambda d: d.report("overdue"))),
    Kind.SUSPENSION: ([nothing], lambda d: d.suspend(free=False)),
    Kind.CONTINUATION: (
        [nothing, lambda d: d.suspend(free=False)], lambda d: d.suspend(free=True),
    ),
    Kind.TERMINATION: ([nothing, expired], Desk.close),
    Kind.RELEASE_APPROVAL: ([nothing, Desk.close], nearly_over),
    Kind.RELEASE_PROPOSAL: ([nothing, Desk.close], nearly_over),
    Kind.COMPLETION: ([nothing, nearly_over, Desk.close], expired),
    Kind.END_OF_CONTROL: (
        [nothing, expired, both(expired, Desk.release), both(expired, Desk.refuse_the_end)],
        both(expired, Desk.clean),
    ),
    Kind.ARCHIVE: ([nothing, nearly_over], Desk.close),
    Kind.INDEX: ([], nothing),
    Kind.REQUEST: ([], dead),
}  # fmt: skip
# The guard of these looks for a row beside the order.
ON_RECORD = frozenset({
    Kind.TEAM, Kind.TALK, Kind.VISIT, Kind.HELP, Kind.RISK, Kind.TIER_NOTICE, Kind.TRANSFER,
    Kind.BREACH_REGISTER, Kind.ADMONITION, Kind.WARNING, Kind.BREACH_PROOF, Kind.OVERDUE_PROOF,
    Kind.SUSPENSION, Kind.CONTINUATION,
})  # fmt: skip
REFUSED = [
    pytest.param(kind, step, id=f"{kind}-{number}")
    for kind, (steps, _good) in TABLE.items()
    for number, step in enumerate(steps)
]


def issue(desk: Desk, kind: Kind) -> IssuedDocument:
    return issue_document(
        person=desk.case.person, case=desk.case, kind=kind, by=desk.boss, client_uuid=uuid4(),
        answers=answers_for(kind), record=desk.record,
    )  # fmt: skip


def test_every_kind_stands_in_the_table() -> None:
    """Letters about help are of one help: what they ask for stands in test_help_letters.py."""
    assert set(TABLE) | set(LETTERS) == set(DECLARATIONS) == set(Kind)


@pytest.mark.parametrize(("kind", "prepare"), REFUSED)
def test_without_its_record_a_paper_is_refused_and_takes_no_number(
    desk: Desk, kind: Kind, prepare: Step
) -> None:
    prepare(desk)
    before = IssuedDocument.objects.filter(kind=kind).count()
    with pytest.raises(Refused) as refusal:
        issue(desk, kind)
    assert str(refusal.value)
    assert IssuedDocument.objects.filter(kind=kind).count() == before
    last = DocumentNumber.objects.filter(kind=kind).values_list("last", flat=True)
    assert list(last) == ([before] if before else [])


@pytest.mark.parametrize("kind", TABLE)
def test_with_its_record_the_paper_is_issued(desk: Desk, kind: Kind) -> None:
    """And whoever does not see the record is refused, were the order itself in reach."""
    TABLE[kind][1](desk)
    assert issue(desk, kind).serial == 1
    if kind in ON_RECORD:
        elsewhere, guard = UserFactory(area=area(WANQUAN)), DECLARATIONS[kind].guard
        assert guard is not None
        with pytest.raises(Refused):
            guard(Subject(desk.case.person, desk.case, elsewhere, today(), record=desk.record))


@pytest.mark.parametrize("kind", [Kind.NOTICE, Kind.INDEX, Kind.REQUEST, Kind.AGREEMENT])
def test_no_paper_is_issued_with_the_order_of_somebody_else(desk: Desk, kind: Kind) -> None:
    other = running_case(desk.worker).person
    with pytest.raises(Refused, match="该决定属于其他人员。"):
        issue_document(person=other, case=desk.case, kind=kind, by=desk.boss, client_uuid=uuid4())


@pytest.mark.parametrize("kind", [k for k, d in DECLARATIONS.items() if d.issued_at])
def test_a_letter_is_issued_with_the_act_on_its_record_and_not_from_the_list(
    desk: Desk, kind: Kind
) -> None:
    TABLE[kind][1](desk)
    client = signed_in(desk.boss)
    address = reverse("documents:prepare", args=[desk.case.person.public_id, kind])
    sent = {"act": "issue", "client_uuid": uuid4(), "asked_words": "按时检测"}
    for answer in (client.get(address), client.post(address, sent)):
        assert answer.status_code == 302
        there = reverse(DECLARATIONS[kind].issued_at, args=[desk.case.person.public_id])
        assert answer.url == there
    desk.record = None
    with pytest.raises(Refused, match="该文书随其所载的记录一并签发。"):
        issue(desk, kind)
    assert not IssuedDocument.objects.filter(kind=kind).exists()


def test_what_is_on_file_is_never_typed(desk: Desk) -> None:
    """Counters, facts and days of the record stand on the paper, whatever is sent with it."""
    desk.educated()
    typed = {"asked_words": "按时检测", "tests_count": "9次", "facts_words": "编造", "name": "某人"}
    paper = issue_document(
        person=desk.case.person, case=desk.case, kind=Kind.WARNING, by=desk.boss,
        client_uuid=uuid4(), answers=typed, record=desk.record,
    )  # fmt: skip
    text = str(paper.blocks)
    assert "检测1次" in text
    assert "编造" not in text
    assert desk.case.person.name in text


def test_the_letter_answers_the_breach_that_is_named(desk: Desk) -> None:
    first = confirmed(desk.case, desk.worker, desk.boss, on=days_ago(30), facts="第一次拒绝")
    confirmed(desk.case, desk.worker, desk.boss, on=days_ago(10), facts="第二次拒绝")
    desk.record = first.public_id
    assert "第一次拒绝" in str(issue(desk, Kind.ADMONITION).blocks)
    desk.record = confirmed(running_case(desk.worker), desk.worker, desk.boss).public_id
    with pytest.raises(Refused, match="没有已确认的违反协议情形：请先在"):
        issue(desk, Kind.ADMONITION)


def test_the_form_before_the_end_says_that_the_term_will_end(desk: Desk) -> None:
    """条例 arts. 23, 40."""
    nearly_over(desk)
    before = str(issue(desk, Kind.RELEASE_PROPOSAL).blocks)
    expired(desk)
    after = str(issue(desk, Kind.RELEASE_PROPOSAL).blocks)
    assert "期限将于" in before
    assert "期限已于" not in before
    assert "期限已于" in after


def test_the_order_goes_on_from_the_day_that_was_recorded(desk: Desk) -> None:
    """条例 art. 24."""
    desk.suspend(free=True)
    day = days_ago(5)
    text = str(issue(desk, Kind.CONTINUATION).blocks)
    assert f"自{day.year}年{day.month}月{day.day}日起继续执行" in text


def test_the_list_offers_what_is_possible_and_says_why_not_of_the_others(desk: Desk) -> None:
    desk.confirm()
    page = signed_in(desk.worker).get(
        reverse("documents:choose", args=[desk.case.person.public_id])
    )
    offered = {offer["kind"] for _stage, offers in page.context["stages"] for offer in offers}
    others = {offer["kind"]: offer["refused"] for offer in page.context["others"]}
    assert offered | set(others) == set(Kind)
    assert not offered & set(others)
    assert {Kind.ADMONITION, Kind.AGREEMENT, Kind.LEAVE} <= offered
    assert {Kind.WARNING, Kind.TRANSFER, Kind.COMPLETION} <= set(others)
    assert all(others.values())
    shown = page.content.decode()
    assert reverse("breaches:person", args=[desk.case.person.public_id]) in shown


@pytest.mark.parametrize("kind", ["suspension", "end_of_control", "release_proposal", "talk"])
def test_the_page_of_a_paper_refuses_like_the_service(desk: Desk, kind: str) -> None:
    address = reverse("documents:prepare", args=[desk.case.person.public_id, kind])
    sent = {"act": "issue", "client_uuid": uuid4(), "clean_since": "2020-01-01"}
    client = signed_in(desk.worker)
    assert client.get(address).status_code == 409
    assert client.post(address, sent).status_code == 409
    assert not IssuedDocument.objects.exists()


def test_an_order_of_rehabilitation_names_its_own_articles(desk: Desk) -> None:
    """禁毒法 art. 48 refers to the rules of detoxification."""
    desk.begin(days=100, measure="SQKF", term_months=24)
    breach = confirmed(desk.case, desk.worker, desk.boss)
    page = signed_in(desk.worker, headers={"accept-language": "zh-hans"}).get(
        reverse("documents:choose", args=[breach.person.public_id])
    )
    offers = [offer for _stage, found in page.context["stages"] for offer in found]
    offers += page.context["others"]
    articles = {offer["kind"]: offer["articles"] for offer in offers}
    assert articles[Kind.ADMONITION] == "《禁毒法》第四十八条，参照《禁毒法》第三十五条"
    assert articles[Kind.TRANSFER].endswith("《禁毒法》第四十八条，参照《戒毒条例》第二十二条")
    assert articles[Kind.REPORT_NOTICE] == "《戒毒条例》第三十八条"
