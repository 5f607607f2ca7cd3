"""An export about many persons leaves after a second person approved it, once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, InternalError, connection, transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.audit.models import AccessLog, Action
from apps.core.days import start_of, today
from apps.core.refusals import Refused
from apps.exports import services
from apps.exports.models import ExportRequest
from apps.exports.request_views import waiting
from apps.notices.codes import NoticeKind
from apps.notices.models import Notice
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WANQUAN, WENCHENG, area
from tests.factories.breaches import days_ago, recorded
from tests.factories.care import care_list_of, cared_for
from tests.factories.cases import CaseFactory
from tests.factories.exports import above, waits
from tests.factories.pages import running_case, signed_in
from tests.factories.persons import PersonFactory, merged_into

pytestmark = pytest.mark.django_db
LIST = reverse("persons:list")
PURPOSE = {"purpose": "季度核对", "format": "csv"}


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Refusals are told apart by their words."""
    with override("en"):
        yield


@pytest.fixture
def boss() -> User:
    user: User = UserFactory(town_supervisor=True)
    return user


@pytest.fixture
def second() -> User:
    user: User = UserFactory(county_supervisor=True)
    return user


def text_of(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def asked(who: User, number: int = 3, **more: str) -> HttpResponse:
    """The list of persons, posted as its menu does."""
    PersonFactory.create_batch(number)
    return signed_in(who).post(LIST, PURPOSE | more)


def taken(row: ExportRequest, by: User) -> Any:
    return signed_in(by).post(reverse("exports:take", args=[row.public_id]))


@pytest.mark.parametrize(("persons", "waiting"), [(50, 0), (51, 1)])
def test_fifty_leave_at_once_and_one_more_waits(
    boss: User, second: User, persons: int, waiting: int
) -> None:
    above(50, area(JIAJI))
    answer = asked(boss, persons)
    assert ExportRequest.objects.count() == waiting
    assert answer.status_code == (302 if waiting else 200)
    assert AccessLog.objects.filter(action=Action.EXPORT_MASKED).exists() is not bool(waiting)


def test_without_a_word_of_the_office_nothing_waits(boss: User, second: User) -> None:
    above(2, area(WENCHENG))
    assert asked(boss).status_code == 200


def test_the_nearest_unit_above_speaks(boss: User, second: User) -> None:
    above(2)
    above(0, area(JIAJI).county)
    assert not services.needs_second(boss, 3)
    above(5, area(JIAJI))
    assert [services.needs_second(boss, n) for n in (5, 6)] == [False, True]


def test_it_leaves_once_with_the_name_of_who_approved(boss: User, second: User) -> None:
    above(2)
    asked(boss)
    row = ExportRequest.objects.get()
    [told] = Notice.objects.filter(reader=second)
    assert (row.number, told.kind, told.number) == (3, NoticeKind.EXPORT_ASKED, 3)
    page = reverse("exports:request", args=[row.public_id])
    assert signed_in(second).post(page, {"answer": "approve", "reason": ""}).status_code == 302
    assert Notice.objects.filter(reader=boss, kind=NoticeKind.EXPORT_APPROVED).count() == 1
    sheet = text_of(taken(row, boss))
    assert all(words in sheet for words in ("季度核对", second.name, "*"))
    log = AccessLog.objects.get(action=Action.EXPORT_MASKED)
    assert (log.person_count, log.view) == (3, "persons:list")
    assert second.name in log.purpose
    assert taken(row, boss).status_code == 409


def test_the_filters_are_kept_and_a_name_among_them_is_encrypted(boss: User, second: User) -> None:
    above(2)
    for name in ("林海甲", "林海乙", "林海丙", "王小明"):
        recorded(running_case(boss, person=PersonFactory(name=name)), boss, on=days_ago(3))
    client, url = signed_in(boss), reverse("breaches:list")
    narrowed = client.post(url, {"filter": "1", "name": "林海"})["Location"]
    client.post(f"{url}{narrowed}", PURPOSE | {"whole": "1"})
    row = ExportRequest.objects.get()
    assert (row.number, row.whole) == (3, True)
    with connection.cursor() as cursor:
        cursor.execute("select row_to_json(t)::text from exports_exportrequest t")
        assert "林海" not in cursor.fetchone()[0]
    shown = signed_in(second).get(reverse("exports:request", args=[row.public_id]))
    assert "林海" in shown.content.decode()
    services.approve(row=row, by=second)
    # Another session: the key of the name is known there no more.
    sheet = text_of(taken(row, boss))
    assert "林海甲" in sheet
    assert "王小明" not in sheet


def test_ticked_rows_and_ledgers_wait_too(boss: User, second: User) -> None:
    above(2)
    people = [running_case(boss).person for _n in range(4)]
    rows = [str(person.public_id) for person in people[:3]]
    signed_in(boss).post(LIST, PURPOSE | {"row": rows})
    ledger = {"ledger": "persons", "whole": "1", "area": ""} | PURPOSE
    answer = signed_in(boss).post(reverse("exports:ledger"), ledger)
    ticked, whole = ExportRequest.objects.order_by("pk")
    assert (answer.status_code, ticked.number, whole.page) == (302, 3, "exports:ledger")
    for row in (ticked, whole):
        services.approve(row=row, by=second)
    assert text_of(taken(ticked, boss)).count("\n") == 5
    assert second.name in text_of(taken(whole, boss))


def test_asked_twice_it_is_one_request(boss: User, second: User) -> None:
    assert waits(by=boss) == waits(by=boss)
    assert waits(by=boss, whole=True) != waits(by=boss)


def test_nobody_decides_on_their_own_nor_in_another_town(boss: User, second: User) -> None:
    mate = UserFactory(town_supervisor=True)
    far = UserFactory(town_supervisor=True, area=area(WANQUAN))
    other = UserFactory(county_supervisor=True, area=area(WENCHENG).county)
    row = waits(by=boss)
    page = reverse("exports:request", args=[row.public_id])
    for stranger in (far, other):
        assert signed_in(stranger).get(page).status_code == 404
        assert taken(row, stranger).status_code == 404
    assert taken(row, second).status_code == 404
    for nobody in (boss, far, UserFactory()):
        with override("en"), pytest.raises(Refused, match="decides"):
            services.approve(row=row, by=nobody)
    services.approve(row=row, by=mate)


def test_a_rejection_says_why_and_who_asked_takes_it_back(boss: User, second: User) -> None:
    row = waits(by=boss)
    with pytest.raises(Refused, match="why"):
        services.reject(row=row, by=second)
    services.reject(row=row, by=second, reason="名单过大")
    assert Notice.objects.filter(reader=boss, kind=NoticeKind.EXPORT_REJECTED).exists()
    for late in (services.approve, services.withdraw):
        with pytest.raises(Refused, match="already"):
            late(row=row, by=second if late is services.approve else boss)
    back = waits(by=boss)
    with pytest.raises(Refused, match="takes the request back"):
        services.withdraw(row=back, by=second)
    services.withdraw(row=back, by=boss)
    with pytest.raises(Refused, match="taken back"):
        services.refuse_taking(ExportRequest.objects.get(pk=back.pk), boss)


def test_unanswered_for_a_week_and_untaken_for_a_day_it_lapses(boss: User, second: User) -> None:
    row, now = waits(by=boss), timezone.now()
    first = start_of(today() - timedelta(days=7))
    ExportRequest.objects.update(asked_at=first)
    assert ExportRequest.objects.get().state == "waiting"
    assert waiting(second).count() == 1
    ExportRequest.objects.update(asked_at=first - timedelta(seconds=1))
    assert not waiting(second).exists()
    with pytest.raises(Refused, match="seven days"):
        services.approve(row=row, by=second)
    with pytest.raises(Refused, match="seven days"):
        services.withdraw(row=row, by=boss)
    other = waits(by=boss)
    assert other != row
    services.approve(row=other, by=second)
    ExportRequest.objects.filter(pk=other.pk).update(decided_at=now - timedelta(hours=24))
    with pytest.raises(Refused, match="24 hours"):
        services.use(row=other, number=60, by=boss)


def test_a_fifth_more_leaves_and_not_another_person(boss: User, second: User) -> None:
    row = services.approve(row=waits(by=boss, number=60), by=second)
    with pytest.raises(Refused, match="73 persons"):
        services.use(row=row, number=73, by=boss)
    assert services.use(row=row, number=72, by=boss).used_at
    with pytest.raises(Refused, match="already"):
        services.use(row=row, number=1, by=boss)


def test_who_has_another_unit_or_lost_the_right_meanwhile_gets_nothing(
    boss: User, second: User
) -> None:
    row = services.approve(row=waits(by=boss, whole=True), by=second)
    User.objects.filter(pk=boss.pk).update(role=Role.WORKER)
    boss.refresh_from_db()
    assert taken(row, boss).status_code == 403
    User.objects.filter(pk=boss.pk).update(role=Role.TOWN_SUPERVISOR, area=area(WANQUAN))
    boss.refresh_from_db()
    assert taken(row, boss).status_code == 409
    assert ExportRequest.objects.get().used_at is None


def test_where_nobody_may_approve_the_list_is_to_be_narrowed(boss: User) -> None:
    above(2)
    answer = asked(boss)
    assert (answer.status_code, ExportRequest.objects.count()) == (409, 0)


@pytest.mark.parametrize(
    "change",
    [
        {"decision": "approved"},
        {"decision": "approved", "decided_by": "boss", "decided_at": "now"},
        {"decision": "withdrawn", "decided_by": "second", "decided_at": "now"},
        {"decision": "rejected", "decided_by": "second", "decided_at": "now"},
        {"used_at": "now"},
    ],
)
def test_the_database_knows_what_an_answer_is(
    boss: User, second: User, change: dict[str, Any]
) -> None:
    waits(by=boss)
    known = {"boss": boss, "second": second, "now": timezone.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        ExportRequest.objects.update(**{k: known.get(v, v) for k, v in change.items()})


def test_what_was_taken_is_changed_by_nobody(boss: User, second: User) -> None:
    row = services.approve(row=waits(by=boss), by=second)
    services.use(row=row, number=60, by=boss)
    with pytest.raises(InternalError), transaction.atomic():
        ExportRequest.objects.update(used_at=None)


def test_the_list_shows_what_waits_and_the_own(boss: User, second: User) -> None:
    waits(by=boss)
    for reader, seen in ((boss, 1), (second, 1), (UserFactory(), 0)):
        page = signed_in(reader).get(reverse("exports:requests"))
        assert page.context["page"].total == seen


def test_a_person_counts_once(boss: User, second: User) -> None:
    """Of several rows of one, and of two files that became one."""
    above(2, area(JIAJI))
    case, other, twin = running_case(boss), running_case(boss), PersonFactory()
    for back in (9, 6, 3):
        recorded(case, boss, on=days_ago(back))
    recorded(other, boss, on=days_ago(3))
    merged_into(other.person, twin, UserFactory(records_admin=True, area=area(QIONGHAI)))
    for url in (reverse("breaches:list"), LIST):
        answer = signed_in(boss).post(url, PURPOSE)
        assert answer.status_code == 200
        assert text_of(answer)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_take_it_once() -> None:
    boss, second = UserFactory(town_supervisor=True), UserFactory(county_supervisor=True)
    row, both = services.approve(row=waits(by=boss), by=second), Barrier(2)

    def act(_n: int) -> bool:
        try:
            both.wait(20)
            services.use(row=row, number=60, by=boss)
        except Refused:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as hands:
        assert sorted(hands.map(act, range(2))) == [False, True]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_ask_once_and_one_answer_holds() -> None:
    boss, second = UserFactory(town_supervisor=True), UserFactory(county_supervisor=True)
    both = Barrier(2)

    def asks(_n: int) -> int:
        try:
            both.wait(20)
            return int(waits(by=boss).pk)
        finally:
            connection.close()

    def answers(act: str) -> bool:
        try:
            both.wait(20)
            getattr(services, act)(row=ExportRequest.objects.get(), by=second, reason="核对过")
        except Refused:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as hands:
        assert len(set(hands.map(asks, range(2)))) == 1
        assert sorted(hands.map(answers, ("approve", "reject"))) == [False, True]


def test_who_approves_reads_which_list_of_the_office_it_is(boss: User, second: User) -> None:
    """A care list, a round, a campaign is called like its row; its page alone says nothing."""
    found = care_list_of(by=boss, title="秋季关爱名单")
    for _person in range(2):
        cared_for(found, CaseFactory().person, by=boss)
    above(1)
    answer = signed_in(boss).post(reverse("care:list", args=[found.public_id]), PURPOSE)
    assert answer.status_code == 302
    row = ExportRequest.objects.get()
    page = signed_in(second).get(reverse("exports:request", args=[row.public_id]))
    assert "秋季关爱名单" in page.content.decode()
    assert "care:list" not in page.content.decode()
