"""Assessments, marks, rounds and summaries at their bounds."""

import json
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from apps.accounts.models import User
from apps.assessments.models import HalfYearSummary, HelpFlag, LifeEvent, Round, RoundTarget
from apps.assessments.services import (
    correct_summary,
    end_flag,
    end_sealed,
    make_summary,
    note_event,
    open_round,
    record_objection,
    record_told,
    set_flag,
    set_sealed,
    withdraw_summary,
)
from apps.assessments.services.assess import facts_in_words
from apps.audit.acting import reason_of
from apps.cases.models import Case
from apps.core.days import today
from apps.notices.models import Notice
from apps.persons.models import Person
from apps.schedule.models import DueItem
from tests.assessments.test_summaries import WORDS
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WANQUAN, WENCHANG, area
from tests.factories.assessments import QUIET, assessed
from tests.factories.cases import CaseFactory
from tests.factories.persons import VILLAGE
from tests.factories.schedule import case_of
from tests.refusing import answered, refused

pytestmark = pytest.mark.django_db
NOW, ONE = date(2024, 6, 3), timedelta(days=1)
FUTURE = "The day lies in the future."
PROTECTS = "Say what protects the person, or that nothing was found."


@pytest.mark.parametrize(
    ("facts", "words", "field"),
    [
        ({"protects": []}, PROTECTS, "protects"),
        ({"protects": ["luck"]}, PROTECTS, "protects"),
        ({"protects": ["none", "job"]}, PROTECTS, "protects"),
        ({"protects": ["job", "none"]}, PROTECTS, "protects"),
        ({"protects": ["none"]}, None, None),
        ({"protects": ["job"]}, None, None),
        ({"risk_level": "none"}, "Decide on a risk level.", "risk_level"),
        ({"reason": "稳"}, "A risk level is decided for a reason", "reason"),
        ({"reason": "稳定"}, None, None),
        ({"answers": {next(iter(QUIET)): ""}}, "Not answered: ", f"a_{next(iter(QUIET))}"),
    ],
)
def test_a_whole_assessment_is_answered_and_half_of_one_refused(
    person: Person, worker: User, facts: dict[str, Any], words: str | None, field: str | None
) -> None:
    with answered(words, field):
        assert assessed(person, worker, NOW, **facts).standing == "in_force"


@pytest.mark.parametrize(("on", "words"), [(NOW, None), (NOW + ONE, FUTURE)])
def test_nobody_is_assessed_tomorrow(
    person: Person, worker: User, on: date, words: str | None
) -> None:
    with answered(words, "on"):
        assessed(person, worker, on)


def test_an_assessment_keeps_what_was_said_as_it_was_said(person: Person, worker: User) -> None:
    row = assessed(
        person, worker, NOW, protects=["job"], words={"mind": " 睡得好 ", "work": " "},
        protect_words=" 母亲 ",
    )  # fmt: skip
    stored = json.loads(row.content)
    assert (stored["words"], stored["protects"], stored["protect_words"]) == (
        {"mind": "睡得好"}, ["job"], "母亲",
    )  # fmt: skip
    assert "睡得好" in row.content


def test_the_supervisor_reads_what_weighs_and_what_protects() -> None:
    quiet = facts_in_words({"answers": QUIET, "protects": ["none"]})
    assert quiet == "Weighs: nothing. Protects: nothing found."
    told = facts_in_words({"answers": QUIET | {"mind": "self_harm"}, "protects": ["job"]})
    assert "nothing" not in told


# Being told, and objecting.


def test_a_person_is_told_once_and_on_a_day_that_has_come(person: Person, worker: User) -> None:
    row = assessed(person, worker, NOW)
    with refused("First record that the person was notified."):
        record_objection(assessment=row, by=worker, on=NOW, words="不同意")
    with refused(FUTURE, "on"):
        record_told(assessment=row, by=worker, on=NOW + ONE, how="talk")
    told = record_told(assessment=row, by=worker, on=NOW, how="talk")
    assert (told.told_on, told.told_anew_on) == (NOW, None)
    assert record_told(assessment=row, by=worker, on=NOW, how="talk").pk == row.pk
    for other in ({"on": NOW, "how": "letter"}, {"on": NOW - ONE, "how": "talk"}):
        with refused("The person was notified already."):
            record_told(assessment=row, by=worker, **other)


def test_an_objection_is_one_in_words_of_a_day_that_has_come(person: Person, worker: User) -> None:
    row = assessed(person, worker, NOW)
    record_told(assessment=row, by=worker, on=NOW, how="talk")
    with refused("Write down what the person says.", "words"):
        record_objection(assessment=row, by=worker, on=NOW, words=" ")
    with refused(FUTURE, "on"):
        record_objection(assessment=row, by=worker, on=NOW + ONE, words="不同意")
    for _twice in range(2):
        record_objection(assessment=row, by=worker, on=NOW, words=" 不同意 ")
    with refused("An objection to this assessment is on record."):
        record_objection(assessment=row, by=worker, on=NOW, words="还是不同意")
    assert [event.words for event in LifeEvent.objects.filter(kind="objection")] == ["不同意"]


def test_what_happened_is_one_where_person_kind_day_and_words_are_the_same(
    person: Person, worker: User
) -> None:
    other = CaseFactory().person
    facts = {"person": person, "by": worker, "kind": "job_lost", "on": NOW, "words": "工厂关了"}
    first = note_event(**facts)
    assert note_event(**facts | {"words": " 工厂关了 "}) == first
    kind = next(kind for kind in kinds_of(LifeEvent) if kind != first.kind)
    for change in ({"person": other}, {"kind": kind}, {"on": NOW - ONE}, {"words": "另一件"}):
        assert note_event(**facts | change) != first
    with refused(FUTURE, "on"):
        note_event(**facts | {"on": NOW + ONE})
    assert note_event(**facts, client_uuid=uuid4()) != first  # another form is another event


# Marks that mean help.


def kinds_of(model: Any) -> list[str]:
    return [key for key, _label in model._meta.get_field("kind").choices]


def test_a_mark_is_one_of_its_kind_from_a_day_to_a_day(person: Person, worker: User) -> None:
    kind, another = kinds_of(HelpFlag)[:2]
    facts: dict[str, Any] = {"person": person, "by": worker, "kind": kind, "since": NOW - ONE}
    with refused("Choose a flag.", "kind"):
        set_flag(**facts | {"kind": "lucky"})
    with refused(FUTURE, "since"):
        set_flag(**facts | {"since": NOW + ONE})
    row = set_flag(**facts, words=" 独居 ")
    assert set_flag(**facts, words="独居") == row
    assert set_flag(**facts | {"kind": another, "since": NOW}) != row
    assert set_flag(**facts | {"person": CaseFactory().person}) != row
    with refused("This mark stands already. End it first, and set it anew."):
        set_flag(**facts, words="行动不便")
    with refused(FUTURE, "on"):
        end_flag(flag=row, by=worker, on=NOW + ONE)
    for _twice in range(2):
        assert end_flag(flag=row, by=worker, on=NOW).ended_on == NOW
    with refused("The mark has ended already."):
        end_flag(flag=row, by=worker, on=NOW - ONE)
    assert set_flag(**facts | {"since": NOW}) != row


def test_confidential_facts_of_two_kinds_stand_beside_each_other(
    person: Person, worker: User
) -> None:
    boss = UserFactory(county_supervisor=True)
    from apps.assessments.codes import SealedKind

    kind, another = SealedKind.values[:2]
    facts: dict[str, Any] = {
        "person": person, "by": boss, "kind": kind, "since": NOW, "agreed_on": NOW,
    }  # fmt: skip
    with refused("Confidential facts of health need a permission of their own."):
        set_sealed(**facts | {"by": worker})
    with refused("Say what it is about.", "kind"):
        set_sealed(**facts | {"kind": "lucky"})
    for name in ("since", "agreed_on"):
        with refused(FUTURE, "since"):
            set_sealed(**facts | {name: NOW + ONE})
    first, second = set_sealed(**facts, words="一"), set_sealed(**facts | {"kind": another})
    assert set_sealed(**facts, words="一") == first
    assert set_sealed(**facts | {"kind": another}) == second != first
    with refused("This mark stands already."):
        set_sealed(**facts, words="二")
    with refused("Confidential facts of health need a permission of their own."):
        end_sealed(flag=first, by=worker, on=NOW)
    assert end_sealed(flag=first, by=boss, on=NOW).ended_on == NOW
    assert set_sealed(**facts, words="二") != first


# Rounds.


def opened(by: User, **facts: Any) -> Round:
    facts = {
        "area": area(JIAJI), "title": "六月排查", "first": NOW - 9 * ONE, "last": NOW + 9 * ONE,
    } | facts  # fmt: skip
    return open_round(by=by, **facts)


@pytest.mark.parametrize(
    ("code", "ok"), [("46", False), (QIONGHAI, True), (JIAJI, True), (VILLAGE, True)]
)
def test_a_round_is_held_in_a_county_or_below(boss: User, code: str, *, ok: bool) -> None:
    with answered(None if ok else "A round is held in a county or below.", "area"):
        opened(boss, area=area(code))


def test_the_same_round_again_is_the_same_and_under_another_name_refused(boss: User) -> None:
    with refused("Give the round a name.", "title"):
        opened(boss, title=" ")
    row = opened(boss, title=" 六月排查 ")
    assert row.title == "六月排查"
    assert opened(boss) == row
    with refused("This round is open already."):
        opened(boss, title="另一次")
    for change in ({"area": area(WANQUAN)}, {"first": NOW}, {"last": NOW}):
        assert opened(boss, title="另一次", **change) != row


def test_a_round_that_is_over_asks_who_had_an_order_on_its_last_day(boss: User) -> None:
    from apps.cases.services import close_case

    case = CaseFactory()
    close_case(case=case, by=boss, reason="revoked", on=NOW - 5 * ONE)
    over = opened(boss, last=NOW - 6 * ONE)
    running = opened(boss)
    assert RoundTarget.objects.get(round=over).person == case.person
    assert not RoundTarget.objects.filter(round=running).exists()


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ("46", True),
        (QIONGHAI, True),
        (JIAJI, True),
        (VILLAGE, True),
        (WANQUAN, False),
        (WENCHANG, False),
    ],
)
def test_a_round_is_seen_from_above_and_below_and_not_from_beside(
    boss: User, code: str, *, seen: bool
) -> None:
    row = opened(boss)
    reader = UserFactory(county_supervisor=True, area=area(code))
    assert list(Round.objects.visible_to(reader)) == [row] * seen
    User.objects.filter(pk=reader.pk).update(is_active=False)
    assert not Round.objects.visible_to(User.objects.get(pk=reader.pk)).exists()
    assert not Round.objects.visible_to(UserFactory(system_admin=True)).exists()


def test_a_round_shows_the_newest_assessment_of_its_days(
    person: Person, worker: User, boss: User
) -> None:
    first, last = NOW - 9 * ONE, NOW - 2 * ONE
    row = opened(boss, first=first, last=last)
    target = RoundTarget.objects.filter(round=row).with_assessment()
    shown = []
    for day in (first - ONE, NOW - ONE, first, last):
        assessed(person, worker, day)
        shown.append(target.get().assessed_on)
    assert shown == [None, None, first, last]
    assert (target.get().assessed_level, target.get().standing) == ("low", "in_force")
    assessed(CaseFactory().person, worker, last)
    assert target.count() == 1


# Summaries.

END = date(2024, 8, 31)


@pytest.fixture
def autumn() -> Any:
    with time_machine.travel("2024-09-05T12:00:00+08:00", tick=False):
        yield


def window(case: Case) -> DueItem:
    found: DueItem = DueItem.objects.filter(case=case, kind="summary").earliest("opens_on")
    return found


def summed(case: Case, by: User, told_on: date = END + 3 * ONE, **facts: Any) -> HalfYearSummary:
    facts = {"client_uuid": uuid4()} | WORDS | facts
    return make_summary(item=window(case), by=by, told_on=told_on, **facts)


@pytest.mark.usefixtures("autumn")
@pytest.mark.parametrize(
    ("told", "words"),
    [
        (END - 32 * ONE, "The half-year is not over yet: its summary is made in the last month."),
        (END - 31 * ONE, None),
        (date(2024, 9, 5), None),
        (date(2024, 9, 6), FUTURE),
    ],
)
def test_a_summary_is_told_in_the_last_month_at_the_earliest(
    worker: User, told: date, words: str | None
) -> None:
    with answered(words, "told_on"):
        summed(case_of(worker), worker, told)


@pytest.mark.usefixtures("autumn")
@pytest.mark.parametrize("name", sorted(WORDS))
def test_each_of_the_words_of_a_summary_is_said(worker: User, name: str) -> None:
    with refused("Say it in a few words.", name):
        summed(case_of(worker), worker, **{name: " "})
    with pytest.raises(TypeError, match="Not a fact of a summary"):
        summed(case_of(worker), worker, points="9")


@pytest.mark.usefixtures("autumn")
def test_a_correction_and_a_withdrawal_have_reasons_that_are_kept(worker: User) -> None:
    case, boss = case_of(worker), UserFactory(town_supervisor=True)
    row = summed(case, worker)
    with refused("Say why the record is corrected.", "reason_why"):
        correct_summary(summary=row, by=boss, reason=" ", version=1, changes={})
    row = correct_summary(
        summary=row, by=boss, reason="理由" * 101, version=1,
        changes={"told_on": today(), "said_words": " 改 "},
    )  # fmt: skip
    row.refresh_from_db()
    assert (row.told_on, row.said_words, row.version) == (today(), "改", 2)
    told = row.events.order_by("-pgh_id").first().pgh_context.metadata  # type: ignore[attr-defined]
    assert reason_of(told) == "理由" * 101
    assert window(case).outcome == "done"
    with refused("Say why the record is withdrawn.", "reason"):
        withdraw_summary(summary=row, by=boss, reason=" ")
    withdraw_summary(summary=row, by=boss, reason=" " + "理由" * 100)
    row.refresh_from_db()
    assert (row.withdrawn_reason, row.withdrawn_by, row.version) == ("理由" * 100, boss, 3)
    assert window(case).outcome != "done"
    assert Notice.objects.filter(reader=worker, kind="entry_withdrawn").count() == 1
