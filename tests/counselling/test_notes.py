"""Notes of a session: one page shows them, to who wrote them or holds the permission, and no other
door knows of them.
"""

from collections.abc import Iterator
from datetime import date
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.contrib import admin
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.accounts.roles import ROLES, Role
from apps.audit.models import AccessLog
from apps.core.refusals import Refused
from apps.counselling.models import Session, SessionNotes
from apps.counselling.services import NotesWords, withdraw_session, write_notes
from apps.persons.merging.rows import counted
from apps.persons.models import Person
from apps.persons.services import assign_worker
from apps.persons.services.moving import move_person
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, WANQUAN, WENCHENG, area
from tests.factories.cases import CaseFactory
from tests.factories.counselling import counselled
from tests.factories.pages import signed_in
from tests.factories.persons import PersonFactory, merged_into
from tests.factories.schedule import at

pytestmark = pytest.mark.django_db
DAY = date(2024, 9, 3)
TOLD = NotesWords("sleep", "县医院心理科", "妻子王小梅", "夜里惊醒，怕自己再走回头路")
SAID = ("Sleep", TOLD.place_words, TOLD.family_words, TOLD.words)
HEADING = "Confidential notes"


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel("2024-09-05T12:00:00+08:00", tick=False), translation.override("en"):
        yield


@pytest.fixture
def author() -> User:
    made: User = UserFactory(name="周晓岚")
    return made


@pytest.fixture
def mate(author: User) -> User:
    """Looks after the person now: sees the session, did not hold it."""
    made: User = UserFactory(username="mate")
    return made


@pytest.fixture
def session(author: User, mate: User) -> Session:
    person = CaseFactory(person=PersonFactory(name="陈海生")).person
    assign_worker(persons=[person], worker=author, by=author, on=date(2024, 3, 1))
    row = counselled(person, by=author, at=at(DAY), told=TOLD)
    assign_worker(persons=[person], worker=mate, by=author, on=date(2024, 9, 4), kind="cover")
    return row


def seen(user: User, name: str, *args: Any, status: int = 200) -> str:
    url = reverse(name, args=args)
    answer = signed_in(user).get(url, secure=True, HTTP_ACCEPT_LANGUAGE="en")
    assert answer.status_code == status
    return answer.content.decode()


def test_supervisors_of_town_and_county_hold_the_permission_and_nobody_else() -> None:
    """As of everything else that is kept apart: records, accounts, logs and figures need none."""
    holders = {
        role for role, facts in ROLES.items() if Permission.COUNSELLING_NOTES in facts.permissions
    }
    assert holders == {Role.TOWN_SUPERVISOR, Role.COUNTY_SUPERVISOR}


def test_who_wrote_them_reads_them_and_so_does_the_permission(
    session: Session, author: User
) -> None:
    for user in (author, UserFactory(town_supervisor=True), UserFactory(county_supervisor=True)):
        page = seen(user, "counselling:notes", session.public_id)
        assert all(words in page for words in SAID), user.role
        assert HEADING in seen(user, "counselling:session", session.public_id)


def test_each_look_has_a_line_of_its_own_that_says_who_whose_and_when(
    session: Session, author: User
) -> None:
    AccessLog.objects.all().delete()
    seen(author, "counselling:session", session.public_id)
    assert not AccessLog.objects.filter(fields_seen="counselling-notes").exists()
    for _n in range(2):
        seen(author, "counselling:notes", session.public_id)
    lines = AccessLog.objects.filter(fields_seen="counselling-notes", user_id=author.pk)
    assert [line.person_ids for line in lines] == [[session.person.public_id]] * 2
    assert lines[0].view == "counselling:notes"


@pytest.mark.parametrize("role", ["mate", "records_admin"])
def test_others_see_that_it_was_held_and_nothing_that_tells_of_notes(
    session: Session, mate: User, role: str
) -> None:
    """The same page with notes and without: no heading, no gap, no other answer."""
    user = mate if role == "mate" else UserFactory(**{role: True})
    bare = counselled(session.person, by=session.recorded_by, at=at(DAY, "15:00"))
    assert "周晓岚" in seen(user, "counselling:person", session.person.public_id)
    pages = [seen(user, "counselling:session", row.public_id) for row in (session, bare)]
    for page in pages:
        assert HEADING not in page
        assert not any(words in page for words in SAID)
    with_notes, without = (
        page.replace(str(row.public_id), "").replace("10:00", "").replace("15:00", "")
        for page, row in zip(pages, (session, bare), strict=True)
    )
    assert _body(with_notes) == _body(without)
    for row in (session, bare):
        assert HEADING not in seen(user, "counselling:notes", row.public_id, status=403)


def _body(page: str) -> str:
    return page.partition('<dl class="facts">')[2].partition("</dl>")[0]


@pytest.mark.parametrize("role", ["province_viewer", "system_admin", "auditor"])
def test_who_sees_no_person_gets_no_page_of_it(session: Session, role: str) -> None:
    user = UserFactory(**{role: True})
    for page in ("session", "notes"):
        seen(user, f"counselling:{page}", session.public_id, status=403)
    assert not SessionNotes.objects.visible_to(user).exists()


def test_who_wrote_them_reads_them_no_more_where_the_person_is_out_of_scope(
    session: Session, author: User
) -> None:
    boss = UserFactory(county_supervisor=True)
    move_person(person=session.person, area=area(WANQUAN), by=boss)
    seen(author, "counselling:notes", session.public_id, status=404)
    seen(UserFactory(area=area(WENCHENG), town_supervisor=True), "counselling:notes",
         session.public_id, status=404)  # fmt: skip
    notes = SessionNotes.objects.get()
    assert notes.town == area(WANQUAN)
    assert SessionNotes.objects.visible_to(boss).get() == notes


@pytest.mark.parametrize(
    ("role", "here", "session_page", "notes_page"),
    [
        ("author", False, 404, 404), ("worker", False, 404, 404), ("worker", True, 200, 403),
        ("town_supervisor", False, 404, 404), ("town_supervisor", True, 200, 200),
        ("county_supervisor", True, 200, 200), ("records_admin", True, 200, 403),
        ("province_viewer", True, 403, 403), ("system_admin", True, 403, 403),
        ("auditor", True, 403, 403),
    ],
)  # fmt: skip
def test_after_a_move_the_new_office_reads_and_the_old_one_reads_nothing(
    session: Session, author: User, role: str, here: bool, session_page: int, notes_page: int
) -> None:
    """`here`: of the new office; a worker there is responsible for the person."""
    boss = UserFactory(county_supervisor=True)
    move_person(person=session.person, area=area(WANQUAN), by=boss)
    unit = {} if role not in ("worker", "town_supervisor") else {
        "area": area(WANQUAN if here else JIAJI)
    }  # fmt: skip
    user = author if role == "author" else UserFactory(**unit, **_as(role))
    if role == "worker" and here:
        assign_worker(persons=[session.person], worker=user, by=boss, on=date(2024, 9, 5))
    page = seen(user, "counselling:session", session.public_id, status=session_page)
    told = seen(user, "counselling:notes", session.public_id, status=notes_page)
    assert (TOLD.words in told) is (notes_page == 200)
    asks = "ask: Town supervisor, County supervisor" in page
    assert asks is (session_page == 200 and notes_page == 403)
    assert SessionNotes.objects.visible_to(user).exists() is (notes_page == 200)


def _as(role: str) -> dict[str, bool]:
    return {} if role == "worker" else {role: True}


def test_the_author_is_told_who_reads_and_until_when(session: Session, author: User) -> None:
    assert "you read them no more" in seen(author, "counselling:notes", session.public_id)
    chief = UserFactory(town_supervisor=True)
    assert "you read them no more" not in seen(chief, "counselling:notes", session.public_id)
    assert "ask:" not in seen(author, "counselling:session", session.public_id)


def test_a_role_that_may_not_see_persons_ends_the_reading_of_ones_own(
    session: Session, author: User
) -> None:
    author.role = Role.AUDITOR
    author.save()
    assert not SessionNotes.objects.visible_to(author).exists()


def test_who_wrote_them_changes_them_and_nobody_else(session: Session, author: User) -> None:
    chief = UserFactory(town_supervisor=True)
    with pytest.raises(Refused, match="Only who recorded"):
        write_notes(session=session, by=chief, version=1, told=TOLD)
    url = reverse("counselling:notes", args=[session.public_id])
    assert signed_in(chief).post(url, {"version": 1, "words": "改"}, secure=True).status_code == 403
    data = {"version": "1", "theme": "mood", "words": "平静多了"}
    assert signed_in(author).post(url, data, secure=True).status_code == 302
    notes = SessionNotes.objects.get()
    assert (notes.theme, notes.words, notes.place_words) == ("mood", "平静多了", "")
    late = signed_in(author).post(url, data | {"words": "旧窗口"}, secure=True)
    assert late.status_code == 422
    assert "旧窗口" in late.content.decode()
    notes.refresh_from_db()
    assert notes.words == "平静多了"


def test_notes_are_written_later_of_a_session_that_had_none(author: User) -> None:
    person = CaseFactory().person
    row = counselled(person, by=author, at=at(DAY))
    assert not SessionNotes.objects.exists()
    write_notes(session=row, by=author, version=0, told=TOLD)
    with pytest.raises(Refused, match="another window"):
        write_notes(session=row, by=author, version=0, told=NotesWords())
    with pytest.raises(Refused, match="of the list"):
        write_notes(session=row, by=author, version=1, told=NotesWords(theme="hiv"))


def test_notes_of_a_withdrawn_session_are_read_and_changed_no_more(
    session: Session, author: User
) -> None:
    withdraw_session(session=session, by=author, reason="记错了人")
    page = seen(author, "counselling:notes", session.public_id)
    assert TOLD.words in page
    assert "<textarea" not in page
    with pytest.raises(Refused, match="cannot be changed"):
        write_notes(session=session, by=author, version=1, told=TOLD)


@pytest.mark.parametrize(
    "name",
    [
        "workbench:person", "workbench:person-print", "cases:case", "persons:needs",
        "persons:history", "persons:access", "counselling:person", "documents:person",
        "assistance:person",
    ],
)  # fmt: skip
def test_no_other_page_of_the_person_shows_them_even_to_who_may_read(
    session: Session, name: str
) -> None:
    page = seen(UserFactory(town_supervisor=True), name, session.person.public_id)
    assert not any(words in page for words in SAID[1:])
    assert "Confidential notes of a session" not in page


def test_the_stream_tells_that_it_was_held(session: Session, mate: User) -> None:
    page = seen(mate, "workbench:person", session.person.public_id)
    assert "Counselling of the person" in page
    assert reverse("counselling:session", args=[session.public_id]) in page


@pytest.mark.parametrize(
    "name", ["counselling:list", "persons:list", "needs:list", "reports:counselling_sessions"]
)
def test_no_list_and_no_export_shows_them(client: Client, session: Session, name: str) -> None:
    client.force_login(UserFactory(town_supervisor=True))
    days = "?from=2024-09-01&to=2024-09-30&as_at=2024-09-05"
    url = reverse(name) + (days if name.startswith("reports") else "")
    listed = client.get(url, secure=True, HTTP_ACCEPT_LANGUAGE="en").content.decode()
    sheet: Any = client.post(
        url,
        {"purpose": "月度核对", "format": "csv", "whole": "1"},
        secure=True,
        HTTP_ACCEPT_LANGUAGE="en",
    )
    leaves = b"".join(sheet.streaming_content).decode("utf-8-sig")
    assert "陈海生" in leaves or name == "needs:list"
    for words in SAID:
        assert words not in leaves
    for words in SAID[1:]:
        assert words not in listed


def test_no_search_finds_them(client: Client, session: Session, author: User) -> None:
    client.force_login(author)
    for words in ("心理科", "王小梅", "惊醒"):
        url = reverse("workbench:search")
        there = client.post(url, {"q": words}, secure=True)["Location"]
        assert "陈海生" not in client.get(there, secure=True).content.decode()


def test_no_figure_no_admin_and_no_merge_tells_of_them(session: Session) -> None:
    out = StringIO()
    days = ("--from=2024-09-01", "--to=2024-09-05")
    call_command("indicators", "--area=469002", *days, "--format=json", stdout=out)
    assert '"counselling_sessions"' in out.getvalue()
    assert "notes" not in out.getvalue().lower()
    assert not admin.site.is_registered(SessionNotes)
    page = seen(UserFactory(records_admin=True), "admin:counselling_session_change", session.pk)
    assert not any(words in page for words in (HEADING, *SAID[1:]))
    told = [label for label, _count in counted(session.person, session.recorded_by)]
    assert str(Session._meta.verbose_name_plural) in told
    assert str(SessionNotes._meta.verbose_name_plural) not in told


def test_the_database_knows_no_word_of_them_and_neither_does_its_history(
    session: Session, author: User
) -> None:
    write_notes(session=session, by=author, version=1, told=NotesWords("mood", words="平静"))
    for table in ("counselling_sessionnotes", "counselling_sessionnotesevent"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT t::text FROM {table} t")
            rows = " ".join(row for (row,) in cursor.fetchall())
        assert rows
        for words in ("sleep", "mood", *SAID[1:]):
            assert words not in rows
            assert words.encode().hex() not in rows


def test_they_go_with_a_file_that_is_merged_and_come_back_with_it(session: Session) -> None:
    kept: Person = PersonFactory(name="陈海生")
    by = UserFactory(records_admin=True)
    merged_into(kept, session.person, by, document_number="merged", phone="merged")
    assert SessionNotes.objects.get().person == kept
    boss = UserFactory(county_supervisor=True)
    assert TOLD.words in seen(boss, "counselling:notes", session.public_id)
