"""The bell and its list: one's own, asked anew when it is read, read by opening."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.services import change_account
from apps.audit.models import AccessLog
from apps.cases.services import close_case, correct_case
from apps.core.days import today
from apps.covers.services import call_off, set_last_day
from apps.notices.codes import NoticeKind
from apps.notices.management.commands.forget_notices import Command
from apps.notices.models import Notice
from apps.notices.services import forget_read, mark_all_read, ring
from apps.persons.models import Person
from apps.persons.services import assign_worker
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, WANQUAN, area
from tests.factories.pages import signed_in
from tests.notices.acts import days
from tests.notices.acts_of_covers import cover
from tests.notices.conftest import Office, told

pytestmark = pytest.mark.django_db
LIST = "/notices/"


def rung(reader: User, about: Person | None = None, **facts: Any) -> Notice:
    kind = NoticeKind.ENTRY_WITHDRAWN if about else NoticeKind.RELEASE_OFF
    ring(
        **({"kind": kind, "readers": [reader.pk], "subject": uuid4(), "by": None}
           | {"about_id": about.pk if about else None} | facts)
    )  # fmt: skip
    return Notice.objects.order_by("-pk")[0]


def page(user: User) -> str:
    return signed_in(user, headers={"accept-language": "en"}).get(LIST).content.decode()


def number_on(user: User) -> str:
    """What the bell says on a page that has nothing to do with it."""
    body = signed_in(user, headers={"accept-language": "en"}).get("/account/").content.decode()
    return body.split('aria-label="Notices: ')[1].split('"')[0]


def test_the_bell_counts_up_to_nine(office: Office) -> None:
    for many, words in ((0, "none unread"), (1, "1 unread"), (8, "9 unread"), (1, "9+ unread")):
        for _ in range(many):
            rung(office.worker, office.person)
        assert number_on(office.worker) == words
    assert number_on(office.mate) == "none unread"
    assert office.person.name not in signed_in(office.worker).get("/account/").content.decode()


def test_the_bell_costs_no_query(office: Office) -> None:
    for _ in range(12):
        rung(office.worker, office.person)
    client = signed_in(office.worker)
    client.get("/account/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/account/")
    about = [query["sql"] for query in asked if "notices_notice" in query["sql"]]
    assert len(about) == 1
    assert "django_session" in about[0], "in the one statement that finds session and user"


def test_opening_reads_and_leads_to_the_place(office: Office) -> None:
    first, second = rung(office.worker, office.person), rung(office.worker, office.person)
    client = signed_in(office.worker)
    url = reverse("notices:open", args=[first.public_id])
    looked = client.get(url)
    assert looked.status_code == 405, "looking reads nothing"
    assert looked["Allow"] == "POST"
    assert "这个地址只接收表单提交的内容" in looked.content.decode()
    for _ in range(2):
        answer = client.post(url)
        assert answer.headers["Location"] == f"/persons/{office.person.public_id}/"
    assert client.get(answer.headers["Location"]).status_code == 200
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.read_at
    assert second.read_at is None
    assert number_on(office.worker) == "1 unread"


def test_all_are_read_but_what_rang_since(office: Office) -> None:
    theirs = rung(office.mate, office.person)
    for _ in range(3):
        rung(office.worker, office.person)
    client = signed_in(office.worker)
    body = client.get(LIST).content.decode()
    newest = body.split('name="newest" value="')[1].split('"')[0]
    late = rung(office.worker, office.person)
    for text in ("", "nonsense", "\0", str(uuid4()), str(rung(office.mate).public_id)):
        client.post("/notices/read/", {"newest": text})
        assert number_on(office.worker) == "4 unread", "a form that was not drawn reads nothing"
    client.post("/notices/read/", {"newest": newest})
    assert list(Notice.objects.filter(reader=office.worker).unread()) == [late]
    theirs.refresh_from_db()
    assert theirs.read_at is None
    assert "Mark all as read" in page(office.worker)
    mark_all_read(by=office.worker, until=late)
    assert "Mark all as read" not in page(office.worker)


def test_somebody_elses_is_not_there(office: Office) -> None:
    notice = rung(office.worker, office.person)
    for user in (office.mate, office.boss, UserFactory(records_admin=True)):
        client = signed_in(user)
        url = reverse("notices:open", args=[notice.public_id])
        assert client.post(url).status_code == 404
        assert office.person.name not in client.get(LIST).content.decode()
    notice.refresh_from_db()
    assert notice.read_at is None


def test_a_name_is_shown_only_as_long_as_the_reader_may_see_it(office: Office) -> None:
    """Handed on, moved to another town; the line stays, and says why."""
    notice = rung(office.worker, office.person)
    rung(office.boss, office.person)
    assert office.person.name in page(office.worker)
    logged = AccessLog.objects.get(user_id=office.worker.pk)
    assert logged.person_ids == [office.person.public_id]
    assign_worker(persons=[office.person], worker=office.mate, by=office.boss, on=today())
    Notice.objects.filter(kind=NoticeKind.TAKEN).delete()  # whose it is now: test_losses.py
    body = page(office.worker)
    assert office.person.name not in body
    assert "outside your area or caseload" in body
    assert office.person.name in page(office.boss)
    county = UserFactory(county_supervisor=True)
    correct_case(case=office.case, by=county, reason="迁居", area=area(WANQUAN))
    assert office.person.name not in page(office.boss)
    answer = signed_in(office.worker).post(reverse("notices:open", args=[notice.public_id]))
    assert answer.headers["Location"] == LIST
    notice.refresh_from_db()
    assert notice.read_at
    assert AccessLog.objects.filter(view="notices:list").count() == 2


def test_a_role_that_sees_no_person_sees_no_name(office: Office) -> None:
    rung(office.boss, office.person)
    User.objects.filter(pk=office.boss.pk).update(role="province_viewer", area=area("46"))
    boss = User.objects.get(pk=office.boss.pk)
    body = page(boss)
    assert "outside your area or caseload" in body
    assert office.person.name not in body


def test_of_whom_nothing_is_asked_any_more_the_name_is_told_once(office: Office) -> None:
    notice = rung(office.boss, office.person)
    close_case(case=office.case, by=office.worker, reason="deceased", on=today())
    assert office.person.name in page(office.boss)
    signed_in(office.boss).post(reverse("notices:open", args=[notice.public_id]))
    body = page(office.boss)
    assert office.person.name not in body
    assert "nothing is asked of the person" in body


def test_a_closed_account_is_told_nothing(office: Office) -> None:
    system = UserFactory(system_admin=True)
    change_account(user=office.mate, by=system, is_active=False)
    facts: dict[str, Any] = {"kind": NoticeKind.RELEASE_OFF, "subject": uuid4(), "by": office.boss}
    ring(readers=[office.mate.pk, office.worker.pk, office.boss.pk, None], **facts)
    assert told(office.mate) == told(office.boss) == []
    assert told(office.worker) == [NoticeKind.RELEASE_OFF]
    office.mate.refresh_from_db()
    assert not Notice.objects.visible_to(office.mate).exists()


def test_the_same_happening_rings_once(office: Office) -> None:
    subject = uuid4()
    for _ in range(2):
        rung(office.worker, office.person, subject=subject)
    rung(office.worker, office.person, subject=subject, mark="again")
    assert told(office.worker) == [NoticeKind.ENTRY_WITHDRAWN] * 2


def test_an_act_that_fails_has_told_nobody(office: Office) -> None:
    def failing() -> None:
        with transaction.atomic():
            rung(office.worker, office.person)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        failing()
    assert told(office.worker) == []


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"kind": "gossip"}, "notice_kind_is_known"),
        ({"kind": NoticeKind.HANDED}, "notice_about_a_person"),
        ({"read_at": timezone.now() - timedelta(days=1)}, "notice_read_after_it_rang"),
    ],
)
def test_the_database_takes_no_other_line(office: Office, facts: Any, name: str) -> None:
    row = {"reader": office.worker, "kind": NoticeKind.CASELOAD, "subject": uuid4()} | facts
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Notice.objects.create(**row)
    Notice.objects.create(**(row | {"kind": NoticeKind.CASELOAD, "read_at": None}))


def test_nobody_is_told_of_the_own_act(office: Office) -> None:
    row = {
        "reader": office.worker,
        "by": office.worker,
        "kind": NoticeKind.CASELOAD,
        "subject": uuid4(),
    }
    with pytest.raises(IntegrityError, match="notice_of_others_acts"), transaction.atomic():
        Notice.objects.create(**row)
    Notice.objects.create(**(row | {"by": office.boss}))


def test_what_was_read_long_ago_is_forgotten(office: Office, settings: Any) -> None:
    settings.NOTICES_KEPT_DAYS = 30
    long_ago = timezone.now() - timedelta(days=31)
    old, new, unread = (rung(office.worker, office.person) for _ in range(3))
    Notice.objects.update(at=long_ago - timedelta(days=9))
    Notice.objects.filter(pk=old.pk).update(read_at=long_ago)
    Notice.objects.filter(pk=new.pk).update(read_at=timezone.now())
    assert [forget_read() for _ in range(2)] == [1, 0]
    Command().handle()
    assert set(Notice.objects.all()) == {new, unread}


def test_the_list_is_paged_and_asks_no_more_for_more_rows(office: Office) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            signed_in(office.boss).get(LIST)
        return len(asked)

    assert "Nothing has happened" in page(office.boss)
    rung(office.boss, office.person)
    few = queries()
    for _ in range(40):
        rung(office.boss, office.person)
    assert queries() == few
    assert page(office.boss).count("line-row notice") == 30
    second = signed_in(office.boss).get(LIST, {"page": 2}).content.decode()
    assert second.count("line-row notice") == 11


def test_another_county_hears_nothing_of_it(office: Office) -> None:
    """Whoever supervises elsewhere is not called."""
    from apps.notices.readers import supervisors_of

    county = UserFactory(county_supervisor=True)
    UserFactory(county_supervisor=True, area=area("469005"))
    UserFactory(town_supervisor=True, area=area(WANQUAN))
    town = office.person.town
    assert town
    assert supervisors_of(town) == [office.boss.pk]
    User.objects.filter(pk=office.boss.pk).update(is_active=False)
    assert supervisors_of(town) == [county.pk]
    assert supervisors_of(area(QIONGHAI)) == [county.pk]


def test_a_line_of_a_cover_that_was_arranged_anew_says_so(office: Office) -> None:
    found = cover(office)
    words = "No longer so"
    assert words not in page(office.mate)
    set_last_day(cover=found, on=days(9), by=office.boss)
    for user in (office.mate, office.worker):
        assert page(user).count(words) == 1, "of the first line alone"
    ahead = cover(office, 20, 25)
    call_off(cover=ahead, by=office.boss)
    assert page(office.mate).count(words) == 2
