"""What died, moved, merged or came later changes neither lists nor figures of before."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.areas.services import merge_areas
from apps.cases.services import close_case
from apps.core.refusals import Refused
from apps.followups.figures import FOLLOWUP_RATE, RELEASED_RATE
from apps.followups.models import FollowUpAttempt, FollowUpRound, FollowUpTarget
from apps.followups.services import (
    close_round,
    fill_from_orders,
    fill_from_released,
    note_second_call,
    remove_target,
    said_before,
    withdraw_attempt,
)
from apps.followups.today import _rows
from apps.imports.services import import_ledger
from apps.ledgers.ledger import ledgers
from apps.ledgers.report import Report
from apps.persons.figures import Period
from apps.persons.models import Person
from apps.persons.services.moving import move_person
from apps.schedule.scope import Scope
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, WENCHANG, WENCHENG, area
from tests.factories.cases import CaseFactory
from tests.factories.followups import looked_in_on, noted, round_of
from tests.factories.pages import signed_in
from tests.factories.persons import PersonFactory, merged_into, resident_number
from tests.imports.sheets import write_xlsx

pytestmark = pytest.mark.django_db
DIED = date(2024, 5, 25)
HEAD = ["姓名", "身份证号码", "回访方式", "回访日期", "生活状况", "就业状况", "思想动态"]


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with (
        time_machine.travel("2024-06-03T12:00:00+08:00", tick=False) as moment,
        translation.override("en"),
    ):
        yield moment


@pytest.fixture
def town() -> User:
    made: User = UserFactory(town_supervisor=True)
    return made


def died(person: Person, on: date = DIED) -> None:
    Person.objects.filter(pk=person.pk).update(life_status="deceased", life_status_since=on)
    person.refresh_from_db()


def running() -> Person:
    found: Person = CaseFactory(decided_on=date(2023, 1, 1), reported_on=date(2023, 1, 3)).person
    return found


def rate(first: date, last: date) -> tuple[int, int | None]:
    found = FOLLOWUP_RATE.measure(Period(area(QIONGHAI), first, last, last))
    return found.numerator, found.denominator


def test_nobody_is_reached_who_had_died(town: User) -> None:
    target = looked_in_on(round_of(by=town, first=date(2024, 5, 20)), running())
    died(target.person)
    with pytest.raises(Refused, match="had died before this day") as told:
        noted(target)
    assert told.value.field == "occurred_at"
    with pytest.raises(Refused, match="had died before this day"):
        note_second_call(target=target, by=town, on=date(2024, 6, 5))
    with time_machine.travel("2024-05-22T12:00:00+08:00", tick=False):
        noted(target)
    shown = signed_in(town).get(
        reverse("followups:round", args=[target.round.public_id]), secure=True
    )
    assert reverse("followups:attempt", args=[target.public_id]) not in shown.content.decode()


def test_who_died_during_the_round_leaves_its_coverage(town: User) -> None:
    found = round_of(by=town, first=date(2024, 5, 20))
    one, other = running(), running()
    noted(looked_in_on(found, one))
    looked_in_on(found, other)
    july = (date(2024, 7, 1), date(2024, 7, 31))
    assert rate(*july) == (1, 2)
    died(other)
    assert rate(*july) == (1, 1)
    died(other, date(2024, 7, 25))
    assert rate(*july) == (1, 2)


def test_of_two_files_that_became_one_the_person_counts_once(town: User) -> None:
    found = round_of(by=town, first=date(2024, 5, 20))
    one, other = running(), PersonFactory()
    looked_in_on(found, one)
    noted(looked_in_on(found, other))
    merged_into(one, other, UserFactory(records_admin=True))
    assert rate(date(2024, 7, 1), date(2024, 7, 31)) == (1, 1)


def test_a_past_day_of_the_released_stays_as_it_was(town: User) -> None:
    case = CaseFactory(decided_on=date(2023, 1, 1), reported_on=date(2023, 1, 3))
    close_case(case=case, by=town, reason="revoked", on=date(2024, 2, 1))
    end = date(2024, 3, 31)

    def counted(day: date = end) -> int | None:
        return RELEASED_RATE.measure(Period(area(QIONGHAI), date(2024, 1, 1), day, day)).denominator

    assert counted() == 1
    died(case.person)
    assert counted() == 1
    assert counted(date(2024, 5, 26)) == 0
    Person.objects.filter(pk=case.person_id).update(life_status="", life_status_since=None)
    day = date(2024, 5, 3)
    CaseFactory(
        person=case.person, decided_on=day, received_on=day, reported_on=day, agreement_on=day
    )
    assert counted() == 1
    assert counted(date(2024, 5, 26)) == 0


def test_a_list_filled_from_orders_leaves_out_who_wants_none(town: User) -> None:
    target = looked_in_on(round_of(by=town, first=date(2024, 5, 20)), running())
    noted(target, outcome="declined", way="phone")
    running()
    later = round_of(by=town, first=date(2024, 5, 25), title="二")
    assert fill_from_orders(round=later, by=town) == 1
    assert not FollowUpTarget.objects.filter(round=later, person=target.person).exists()


def test_a_try_on_the_wrong_file_is_withdrawn_after_the_round_closed(town: User) -> None:
    case = CaseFactory(decided_on=date(2023, 1, 1), reported_on=date(2023, 1, 3))
    close_case(case=case, by=town, reason="revoked", on=date(2024, 2, 1))
    found = round_of(by=town, first=date(2024, 5, 20))
    row = noted(looked_in_on(found, case.person), outcome="declined", way="phone")
    close_round(round=found, by=town)
    shown = signed_in(town).get(
        reverse("followups:target", args=[row.target.public_id]), secure=True
    )
    page = shown.content.decode()
    assert reverse("followups:withdraw", args=[row.public_id]) in page
    assert reverse("followups:attempt", args=[row.target.public_id]) not in page
    withdraw_attempt(attempt=row, by=town, reason="记在别人名下了")
    later = round_of(by=town, first=date(2024, 5, 25), title="二")
    assert fill_from_released(round=later, by=town) == 1


def test_who_was_put_on_a_list_by_mistake_is_taken_off_it(town: User) -> None:
    found = round_of(by=town, first=date(2024, 5, 20), last=date(2024, 6, 20))
    row, tried = looked_in_on(found, running()), looked_in_on(found, running())
    june, client = (date(2024, 6, 1), date(2024, 6, 30)), signed_in(town)
    attempt = noted(tried)
    note_second_call(target=row, by=town, on=date(2024, 6, 3))
    assert rate(*june) == (1, 2)
    with pytest.raises(Refused, match="taken off"):
        remove_target(target=row, by=town, reason="x")
    with pytest.raises(Refused, match="has tried"):
        remove_target(target=tried, by=town, reason="名单里写错了人")
    url = reverse("followups:remove", args=[row.public_id])
    target = client.get(reverse("followups:target", args=[row.public_id]), secure=True)
    assert url in target.content.decode()
    client.post(url, {"reason": "名单里写错了人"}, secure=True)
    row.refresh_from_db()
    assert (row.withdrawn_by, row.withdrawn_reason) == (town, "名单里写错了人")
    page = client.get(reverse("followups:target", args=[row.public_id]), secure=True)
    assert "名单里写错了人" in page.content.decode()
    assert reverse("followups:attempt", args=[row.public_id]) not in page.content.decode()
    shown = client.get(reverse("followups:round", args=[found.public_id]), secure=True)
    assert reverse("followups:target", args=[row.public_id]) not in shown.content.decode()
    assert rate(*june) == (1, 1)
    assert not list(_rows(Scope(town, date(2024, 6, 3))))
    with translation.override("en"), pytest.raises(Refused, match="taken off"):
        noted(row)
    assert fill_from_orders(round=found, by=town) == 0
    assert looked_in_on(found, row.person).pk != row.pk
    withdraw_attempt(attempt=attempt, by=town, reason="记在别人名下了")
    assert remove_target(target=tried, by=town, reason="名单里写错了人").withdrawn_at


def brought_in(folder: Path, number: str, day: str) -> Report:
    line = ["陈海生", number, "面访", day, "一般", "未就业", "有波动"]
    path = write_xlsx(folder / f"{uuid4()}.xlsx", [HEAD, line])
    return import_ledger(
        ledger=ledgers()["followups"], path=path, by=User.objects.system(), area=None
    )


def test_a_ledger_comes_again_after_the_person_has_moved(tmp_path: Path, clock: Any) -> None:
    number = resident_number(90)
    person = PersonFactory(name="陈海生", document_number=number)
    assert brought_in(tmp_path, number, "2024年3月9日").new == 1
    clock.move_to("2024-07-10T12:00:00+08:00")
    move_person(person=person, area=area("469005100"), by=User.objects.system())
    assert brought_in(tmp_path, number, "2024年3月9日").unchanged == 1
    assert brought_in(tmp_path, number, "2024年6月9日").new == 1
    [target] = FollowUpTarget.objects.all()
    assert target.attempts.count() == 2
    assert FollowUpRound.objects.get().last == date(2024, 6, 9)


def test_a_ledger_comes_again_after_two_files_became_one(tmp_path: Path) -> None:
    kept = PersonFactory(name="陈海生", document_number=resident_number(91))
    number = resident_number(92)
    other = PersonFactory(name="陈海生", document_number=number)
    brought_in(tmp_path, number, "2024年3月9日")
    merged_into(kept, other, UserFactory(records_admin=True))
    assert brought_in(tmp_path, number, "2024年3月9日").unchanged == 1
    assert FollowUpAttempt.objects.count() == FollowUpTarget.objects.count() == 1


def one_of_two(found: FollowUpRound, town: User) -> tuple[FollowUpTarget, FollowUpTarget]:
    """Two rows of a list whose files became one; nobody has tried yet."""
    kept, gone = running(), PersonFactory()
    rows = looked_in_on(found, kept, by=town), looked_in_on(found, gone, by=town)
    merged_into(kept, gone, UserFactory(records_admin=True))
    for row in rows:
        row.refresh_from_db()
    return rows


def shown(found: FollowUpRound, town: User, part: str = "") -> Any:
    url = reverse("followups:round", args=[found.public_id])
    return signed_in(town).get(url, {"part": part}, secure=True).context


def test_who_was_reached_under_one_row_is_reached_under_the_other(town: User) -> None:
    found = round_of(by=town)
    one, other = one_of_two(found, town)
    tried = noted(other, by=town)
    counts = FollowUpTarget.objects.filter(round=found).counted()[found.pk]
    assert (counts["whole"], counts["in_person"], counts["left"]) == (1, 1, 0)
    for row in (one, other):
        assert "has reached the person" in said_before(row)
        with pytest.raises(Refused, match="another talk"):
            noted(row, by=town)
        with pytest.raises(Refused, match="reached already"):
            note_second_call(target=row, by=town, on=date(2024, 6, 10))
    for row in (one, other):
        url = reverse("followups:target", args=[row.public_id])
        page = signed_in(town).get(url, secure=True).context
        assert page["attempts"] == [tried]
        assert page["state"][0] == "done"
    page = shown(found, town)
    assert [row.person for row in page["page"].rows] == [one.person]
    assert (page["counts"]["whole"], page["reached"]) == (1, 1)
    assert len(shown(found, town, "in_person")["page"].rows) == 1
    assert not shown(found, town, "left")["page"].rows


def test_a_second_call_asks_nobody_who_was_reached_under_the_other_row(
    town: User, clock: Any
) -> None:
    found = round_of(by=town)
    one, other = one_of_two(found, town)
    note_second_call(target=one, by=town, on=date(2024, 6, 4))
    clock.move_to("2024-06-05T12:00:00+08:00")
    waits = Scope(town, date(2024, 6, 5))
    assert len(_rows(waits)) == 1
    tried = noted(other, by=town)
    assert not _rows(waits)
    withdraw_attempt(attempt=tried, by=town, reason="记在了别人名下")
    assert len(_rows(waits)) == 1
    noted(other, by=town, outcome="not_reached", way="")
    assert not _rows(waits)


def test_of_two_rows_with_a_second_call_today_asks_once(town: User, clock: Any) -> None:
    found = round_of(by=town)
    one, other = one_of_two(found, town)
    note_second_call(target=one, by=town, on=date(2024, 6, 6))
    note_second_call(target=other, by=town, on=date(2024, 6, 5))
    for day, asked in ((5, 5), (6, 6), (7, 6)):
        [row] = _rows(Scope(town, date(2024, 6, day)))
        assert date(2024, 6, asked) in row
    clock.move_to("2024-06-07T12:00:00+08:00")
    noted(other, by=town, outcome="not_reached", way="")
    assert not _rows(Scope(town, date(2024, 6, 7)))


def test_both_rows_of_a_person_are_taken_off_a_list_if_nobody_tried_under_either(
    town: User,
) -> None:
    found = round_of(by=town)
    one, other = one_of_two(found, town)
    tried = noted(other, by=town)
    with pytest.raises(Refused, match="tried to reach"):
        remove_target(target=one, by=town, reason="名单里写错了人")
    url = reverse("followups:target", args=[one.public_id])
    assert not signed_in(town).get(url, secure=True).context["may_remove"]
    withdraw_attempt(attempt=tried, by=town, reason="记在别人名下了")
    assert signed_in(town).get(url, secure=True).context["may_remove"]
    assert remove_target(target=one, by=town, reason="名单里写错了人").withdrawn_at
    assert not FollowUpTarget.objects.filter(round=found).counted()
    assert not FollowUpTarget.objects.standing().exists()


def test_the_page_of_a_round_and_the_figure_say_the_same_of_who_died(town: User) -> None:
    found = round_of(by=town, first=date(2024, 5, 20), last=date(2024, 6, 10))
    one, other = running(), running()
    noted(looked_in_on(found, one))
    looked_in_on(found, other)
    june = (date(2024, 6, 1), date(2024, 6, 30))

    def told() -> tuple[int, int]:
        counts = FollowUpTarget.objects.filter(round=found).counted()[found.pk]
        assert len(shown(found, town)["page"].rows) == counts["whole"]
        return counts["in_person"], counts["whole"]

    assert told() == rate(*june) == (1, 2)
    died(other)
    assert told() == rate(*june) == (1, 1)
    died(other, date(2024, 6, 20))  # after the round
    assert told() == rate(*june) == (1, 2)


def test_a_ledger_of_follow_ups_opens_its_round_in_the_county_of_today(tmp_path: Path) -> None:
    """A county that was merged: persons keep the county of then, a round is the one of today."""
    PersonFactory(name="陈海生", area=area(WENCHENG), document_number=resident_number(60))
    PersonFactory(name="陈海生", document_number=resident_number(61))
    PersonFactory(name="陈海生", document_number=resident_number(62))
    assert brought_in(tmp_path, resident_number(60), "2023-05-01").new == 1
    merge_areas(area=area(WENCHANG), into=area(QIONGHAI), by=User.objects.system())
    for number in (61, 60):
        assert brought_in(tmp_path, resident_number(number), "2024-05-02").new == 1
    # One from before the counties became one goes on.
    assert brought_in(tmp_path, resident_number(62), "2023-05-03").new == 1
    rounds = FollowUpRound.objects.order_by("first")
    assert [(one.first.year, one.area.active) for one in rounds] == [(2023, False), (2024, True)]
    assert brought_in(tmp_path, resident_number(60), "2023-05-01").unchanged == 1
