"""Expected releases at their bounds: which day, which unit, whose file, and who hears of it."""

from datetime import date, timedelta
from typing import Any

import pytest

from apps.accounts.models import User
from apps.audit.acting import reason_of
from apps.cases.models import Case
from apps.cases.services import close_case
from apps.core.days import today
from apps.intake.models import Release
from apps.intake.services import call_off, open_file, receive_person
from apps.notices.models import Notice
from apps.persons.models import Assignment, Person
from apps.persons.services import change_person
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WANQUAN, area
from tests.factories.persons import VILLAGE, PersonFactory, resident_number
from tests.intake.test_intake import NUMBER, expected, received
from tests.refusing import answered, refused

pytestmark = pytest.mark.django_db
FUTURE = "The day lies in the future."


@pytest.fixture
def worker() -> User:
    found: User = UserFactory()
    return found


@pytest.fixture
def boss() -> User:
    found: User = UserFactory(county_supervisor=True)
    return found


def day(number: int) -> date:
    return today() + timedelta(days=number)


def told(user: User) -> list[str]:
    return list(Notice.objects.filter(reader=user).order_by("pk").values_list("kind", flat=True))


def last_reason(release: Release) -> str:
    """Why the last change of the row was made, as its history says."""
    event = release.events.order_by("-pgh_id").first()  # type: ignore[attr-defined]
    return reason_of(event.pgh_context.metadata)


@pytest.mark.parametrize(
    ("facts", "words", "field"),
    [
        ({"name": " "}, "Enter the name.", "name"),
        ({"noticed_on": day(1), "expected_on": day(5)}, FUTURE, "noticed_on"),
        ({"noticed_on": day(0), "expected_on": day(5)}, None, None),
        ({"noticed_on": None}, None, None),
        (
            {"document_number": NUMBER[:-1]},
            "A resident number has 18 characters.",
            "document_number",
        ),
        ({"document_number": ""}, None, None),
    ],
)
def test_a_notice_has_a_name_a_day_and_a_right_number(
    worker: User, facts: dict[str, Any], words: str | None, field: str | None
) -> None:
    with answered(words, field):
        expected(worker, **facts)
    assert Release.objects.count() == (words is None)


def test_a_number_is_kept_as_it_is_searched_for(worker: User) -> None:
    release = expected(worker, document_number=f" {NUMBER[:6]} {NUMBER[6:].lower()}")
    assert release.document_number == NUMBER
    assert expected(worker, document_number="").document_index is None
    with refused("This release is on the list already."):
        expected(worker)


@pytest.mark.parametrize(
    ("on", "words"), [(-1, None), (0, None), (1, FUTURE)]
)  # fmt: skip
def test_somebody_was_received_today_or_before(worker: User, on: int, words: str | None) -> None:
    release = expected(worker)
    with answered(words, "on" if words else None):
        receive_person(release=release, by=worker, on=day(on), reception="self")
    release.refresh_from_db()
    assert release.received_on == (None if words else day(on))
    assert release.received_by == (None if words else worker)


def test_a_second_reception_is_the_same_or_refused(worker: User) -> None:
    release = received(worker)
    assert receive_person(release=release, by=worker, on=today(), reception="town") == release
    for on, way in ((today(), "self"), (day(-1), "town")):
        with refused("The reception of "):
            receive_person(release=release, by=worker, on=on, reception=way)
    assert Release.objects.get().reception == "town"


def test_a_release_is_called_off_with_a_reason_until_there_is_a_file(worker: User) -> None:
    release = received(worker)
    with refused("Say why the person does not come here.", "reason"):
        call_off(release=release, by=worker, reason="无无")
    other = received(worker, document_number=resident_number(80))
    call_off(release=other, by=worker, reason=" 转外省执行 ")
    other.refresh_from_db()
    assert (other.called_off_on, other.called_off_reason) == (today(), "转外省执行")
    assert last_reason(other) == "转外省执行"
    open_file(release=release, by=worker)
    with refused("The file is open already; transfer or close the order instead."):
        call_off(release=release, by=worker, reason="转外省执行")


def test_who_announced_it_and_the_unit_hear_of_each_step(worker: User) -> None:
    mate, head = UserFactory(), UserFactory(town_supervisor=True)
    release = expected(worker)
    assert (told(head), told(worker)) == (["release_comes"], [])
    receive_person(release=release, by=mate, on=today(), reception="self")
    call_off(release=release, by=mate, reason="转外省执行")
    assert told(worker) == ["release_received", "release_off"]
    assert told(head) == ["release_comes", "release_off"]
    assert told(mate) == []


# The file.


@pytest.mark.parametrize("code", [VILLAGE, JIAJI, WANQUAN, QIONGHAI])
@pytest.mark.parametrize("known", [True, False])
def test_the_file_is_of_the_unit_that_received_the_person(
    boss: User, code: str, known: bool
) -> None:
    """Of the village that was named, not of its town; a file of before comes along."""
    if known:
        PersonFactory(document_number=NUMBER, area=area("469002101200"))
    file = open_file(release=received(boss, area=area(code)), by=boss).file
    assert file is not None
    assert Person.objects.get() == file
    place = file.village or file.town or file.county
    assert place.code == ("469002101200" if known and code in (WANQUAN, QIONGHAI) else code)
    assert not Assignment.objects.exists()


def test_a_worker_who_opens_a_file_looks_after_the_person_and_a_file_of_before_stays_as_it_was(
    worker: User,
) -> None:
    release = open_file(release=received(worker, document_number=""), by=worker)
    assert release.file
    assert (release.file.document_kind, release.file.document_number) == ("none", "")
    assert Assignment.objects.get().worker == worker
    numbered = open_file(release=received(worker), by=worker)
    assert numbered.file
    assert (numbered.file.document_kind, numbered.file.document_number) == ("resident", NUMBER)
    again = received(worker, document_number="", measure="")
    assert open_file(release=again, by=worker, person=release.file).file == release.file
    assert Person.objects.count() == Assignment.objects.count() == 2


def test_the_number_decides_whose_file_it_is(boss: User) -> None:
    """Whoever was picked on the page: the file of the number is the person's."""
    known, picked = PersonFactory(document_number=NUMBER), PersonFactory()
    assert open_file(release=received(boss), by=boss, person=picked).file == known
    other = received(boss, document_number=resident_number(81))
    assert open_file(release=other, by=boss, person=picked).file == picked


def test_the_order_has_the_facts_of_the_notice_and_the_day_of_the_decision(boss: User) -> None:
    facts = {
        "decided_on": day(-40),
        "term_months": 18,
        "decision_number": "琼公责社康字〔2026〕1号",
    }
    release = open_file(release=received(boss, **facts), by=boss, decision_on=day(-3))
    case = Case.objects.get()
    assert release.case == case
    assert {name: getattr(case, name) for name in facts} == facts
    assert (case.received_on, case.measure, case.reported_on) == (day(-3), "SQKF", None)


@pytest.mark.parametrize("status", ["", "follow_up", "clean"])
def test_without_an_order_follow_up_begins_unless_the_file_says_something_else(
    boss: User, status: str
) -> None:
    known = PersonFactory(document_number=NUMBER)
    since = day(-1000)
    if status:
        change_person(person=known, by=boss, life_status=status, life_status_since=since)
    release = receive_person(
        release=expected(boss, measure=""), by=boss, on=day(-2), reception="self"
    )
    file = open_file(release=release, by=boss).file
    assert file is not None
    assert (file.life_status, file.life_status_since) == (
        (status, since) if status else ("follow_up", day(-2))
    )
    assert not Case.objects.exists()


# The list.


@pytest.mark.parametrize(
    ("expected_in", "received_in", "state", "overdue"),
    [
        (1, None, "expected", False),
        (0, None, "expected", False),
        (-1, None, "overdue", True),
        (-3, 0, "to_open", False),
        (-3, -1, "to_open", True),
        (0, -1, "to_open", True),
    ],
)
def test_a_release_is_overdue_from_the_day_after(
    worker: User, expected_in: int, received_in: int | None, state: str, *, overdue: bool
) -> None:
    """Of the day that the institution told, or of the reception while nobody opens the file."""
    release = expected(worker, expected_on=day(expected_in))
    if received_in is not None:
        receive_person(release=release, by=worker, on=day(received_in), reception="self")
    release.refresh_from_db()
    assert release.state_on(today()) == state
    assert list(Release.objects.overdue_on(today())) == ([release] if overdue else [])
    assert list(Release.objects.not_over()) == [release]
    call_off(release=release, by=worker, reason="转外省执行")
    assert not Release.objects.overdue_on(today()).exists()
    assert not Release.objects.not_over().exists()


def test_an_order_that_ended_before_the_report_waits_for_nothing(boss: User) -> None:
    release = open_file(release=received(boss), by=boss, decision_on=today())
    assert release.case
    assert list(Release.objects.not_over()) == [release]
    assert not Release.objects.overdue_on(day(9)).exists()
    close_case(case=release.case, by=boss, reason="revoked", on=today())
    assert not Release.objects.not_over().exists()
    assert Release.objects.get().state_on(today()) == "done"
