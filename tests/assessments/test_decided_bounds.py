"""What an assessment decides, until when, and what a correction of a summary may not say."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.approvals.models import Proposal
from apps.approvals.services import approve
from apps.assessments.models import HalfYearSummary
from apps.assessments.services import (
    bring_in_assessment,
    correct_summary,
    make_summary,
    open_round,
    record_told,
    set_validity,
)
from apps.assessments.services.assess import needs_approval
from apps.assessments.services.summaries import window_sent
from apps.cases.models import Case
from apps.cases.services import close_case
from apps.needs.services import record_need
from apps.persons.models import Person
from apps.persons.services import change_person
from apps.schedule.models import DueItem
from tests.assessments.test_summaries import WORDS
from tests.factories.areas import JIAJI, WANQUAN, area
from tests.factories.assessments import assessed
from tests.factories.cases import CaseFactory
from tests.factories.persons import PersonFactory
from tests.factories.schedule import case_of
from tests.refusing import answered, refused

pytestmark = pytest.mark.django_db
NOW, ONE = date(2024, 6, 3), timedelta(days=1)
FUTURE = "The day lies in the future."
OVER = "Nothing is asked of the person any more, so nobody is assessed."
DEAD = "Nobody assesses a person who has died."


def on(day: date) -> time_machine.travel:
    return time_machine.travel(f"{day.isoformat()}T10:00:00+08:00", tick=False)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2024, 9, 3), None),
        (date(2024, 9, 4), "This assessment has ended. Assess the person anew."),
    ],
)
def test_what_waits_is_approved_until_the_last_day_on_which_it_speaks(
    person: Person, worker: User, boss: User, day: date, words: str | None
) -> None:
    """High of the third of June speaks for three months."""
    row = assessed(person, worker, NOW, risk_level="high")
    with on(day), answered(words):
        approve(proposal=Proposal.objects.get(), by=boss)
        row.refresh_from_db()
        risk_level = person.risk_levels.get()
        assert (risk_level.from_on, risk_level.valid_until, risk_level.decided_by) == (
            day,
            date(2024, 9, 3),
            boss,
        )
        assert (row.standing, row.decided_by) == ("in_force", boss)


@pytest.mark.parametrize(
    ("before", "days", "risk_level", "waits"),
    [
        (None, 0, "high", True),
        (None, 0, "medium", False),
        ("medium", 0, "high", True),
        ("high", 0, "high", False),
        ("high", 92, "high", False),  # the last day of the three months
        ("high", 93, "high", True),
        ("high", 93, "medium", False),
    ],
)
def test_a_worker_alone_never_raises_to_high(
    person: Person,
    worker: User,
    boss: User,
    before: str | None,
    days: int,
    risk_level: str,
    waits: bool,
) -> None:
    if before:
        assessed(person, boss, NOW, risk_level=before)
    with on(NOW + days * ONE):
        assert needs_approval(person, risk_level, worker) is waits
        assert not needs_approval(person, risk_level, boss)


def test_only_a_need_from_an_assessment_that_is_open_stands_for_the_next(
    person: Person, worker: User
) -> None:
    record_need(
        person=person, by=worker, kind="counselling", urgency="normal", said_by="person",
        said_on=NOW, words="想找人谈谈",
    )  # fmt: skip
    row = assessed(person, worker, NOW, answers={"mind": "self_harm"})
    need = person.needs.get(source="assess")
    assert (need.source_id, need.case, need.said_on) == (row.public_id, person.cases.get(), NOW)
    assert need.recorded_by == worker
    assessed(person, worker, NOW, risk_level="medium", answers={"mind": "strained"})
    assert person.needs.count() == 2


@pytest.mark.parametrize(("life", "words"), [("", None), ("deceased", DEAD)])
def test_who_has_died_is_not_assessed(
    worker: User, boss: User, life: str, words: str | None
) -> None:
    person = PersonFactory()
    if life:
        change_person(person=person, by=boss, life_status=life, life_status_since=NOW)
    with answered(words):
        assert assessed(person, worker, NOW)


@pytest.mark.parametrize("days", [-1, 0])
def test_a_ledger_brings_what_was_decided_before_the_order_ended(
    person: Person, worker: User, boss: User, days: int
) -> None:
    """Decided on paper by an office: of a person whose order is over it is still a fact."""
    close_case(case=person.cases.get(), by=boss, reason="revoked", on=NOW)
    facts: dict[str, Any] = {"on": NOW + days * ONE, "risk_level": "low", "reason": " 工作稳定 "}
    row, new = bring_in_assessment(person=person, by=worker, assessor_words=" 社工站 ", **facts)
    assert (new, row.reason, row.assessor_words) == (True, "工作稳定", "社工站")
    assert (row.origin, row.standing, row.town_id) == ("ledger", "in_force", person.town_id)
    assert bring_in_assessment(person=person, by=worker, **facts) == (row, False)
    for other in ({"risk_level": "medium"}, {"reason": "无业"}):
        with refused("Another assessment of this day is on file."):
            bring_in_assessment(person=person, by=worker, **facts | other)
    with answered(None if days < 0 else OVER):
        assessed(person, worker, NOW + days * ONE, risk_level="medium")


def test_while_one_is_assessed_no_number_of_months_changes(person: Person, worker: User) -> None:
    """Two that would count with different numbers wait for each other."""
    with CaptureQueriesContext(connection) as asked:
        assessed(person, worker, NOW)
    assert any("pg_advisory_xact_lock_shared" in query["sql"] for query in asked)
    with CaptureQueriesContext(connection) as asked:
        set_validity(risk_level="low", months=9, effective_from=NOW, basis="通知", by=worker)
    assert any("pg_advisory_xact_lock(" in query["sql"] for query in asked)


# Numbers of months.


def test_a_number_that_has_not_begun_gives_way_and_one_that_has_stays(boss: User) -> None:
    facts: dict[str, Any] = {"risk_level": "low", "basis": "通知", "by": boss}
    first = set_validity(months=9, effective_from=NOW + ONE, **facts)
    assert set_validity(months=8, effective_from=NOW + ONE, **facts).pk == first.pk
    begun = set_validity(months=9, effective_from=NOW, **facts)
    assert begun.pk != first.pk
    assert set_validity(months=9, effective_from=NOW, **facts | {"basis": " 通知 "}).pk == begun.pk
    for other in ({"months": 8}, {"months": 9, "basis": "另一通知"}):
        with refused("A number for the same begins on this day already.", "effective_from"):
            set_validity(effective_from=NOW, **facts | other)
    with refused("Name the paper that sets the number.", "basis"):
        set_validity(months=9, effective_from=NOW, **facts | {"basis": " "})
    for narrower in ({"measure": "SQJD"}, {"year_of_term": 2}, {"area": area(WANQUAN)}):
        assert set_validity(months=8, effective_from=NOW, **facts, **narrower).pk != begun.pk


@pytest.mark.parametrize(("told", "anew"), [(True, True), (False, False)])
def test_whose_last_day_a_number_moves_is_told_anew(
    person: Person, worker: User, boss: User, *, told: bool, anew: bool
) -> None:
    row = assessed(person, worker, NOW)
    if told:
        record_told(assessment=row, by=worker, on=NOW, how="talk")
    set_validity(risk_level="low", months=1, effective_from=NOW + ONE, basis="通知", by=boss)
    row = type(row).objects.get()
    assert row.is_to_be_told
    record_told(assessment=row, by=worker, on=NOW, how="paper")
    row.refresh_from_db()
    assert (row.told_on, row.told_anew_on) == (NOW, NOW if anew else None)
    assert (row.told_how, row.told_by, row.told_until) == ("paper", worker, date(2024, 7, 3))
    with refused("The person was notified already."):
        record_told(assessment=row, by=worker, on=NOW, how="talk")


# Rounds.


@pytest.mark.parametrize(("days", "words"), [(366, None), (367, "A round lasts a year at most.")])
def test_a_round_lasts_a_year(boss: User, days: int, words: str | None) -> None:
    with answered(words, "last"):
        open_round(area=area(JIAJI), title="排查", first=NOW, last=NOW + days * ONE, by=boss)


# Summaries.

END = date(2024, 8, 31)


@pytest.fixture
def summed(worker: User) -> HalfYearSummary:
    """Told on the third of September; today is the fifth."""
    with on(date(2024, 9, 5)):
        case = case_of(worker)
        item = DueItem.objects.filter(case=case, kind="summary").earliest("opens_on")
        return make_summary(
            item=item, by=worker, client_uuid=uuid4(), told_on=date(2024, 9, 3), **WORDS
        )


@pytest.mark.parametrize(
    ("changes", "words", "field"),
    [
        ({"told_on": date(2024, 9, 6)}, FUTURE, "told_on"),
        ({"told_on": date(2024, 9, 5)}, None, None),
        ({"told_on": END - 31 * ONE}, None, None),
        ({"told_on": END - 32 * ONE}, "The half-year is not over yet", "told_on"),
        ({"said_words": " "}, "Say it in a few words.", "said_words"),
        ({"said_words": "想学手艺"}, None, None),
    ],
)
def test_a_correction_says_what_a_summary_may_say(
    summed: HalfYearSummary, worker: User, changes: dict[str, Any], words: str | None,
    field: str | None,
) -> None:  # fmt: skip
    with on(date(2024, 9, 5)), answered(words, field):
        row = correct_summary(
            summary=summed, by=worker, reason="写错", version=1, changes=dict(changes)
        )
        assert row.version == 2
        assert all(getattr(row, name) == value for name, value in changes.items())


@pytest.mark.parametrize(
    ("told_on", "words"),
    [
        (date(2024, 9, 1), None),
        (date(2024, 9, 2), "No order is in force on this day: nothing is summed up any more."),
    ],
)
def test_nothing_is_summed_up_after_the_last_day_of_the_order(
    summed: HalfYearSummary, worker: User, boss: User, told_on: date, words: str | None
) -> None:
    with on(date(2024, 9, 5)):
        case = Case.objects.get(pk=summed.case_id)
        close_case(case=case, by=boss, reason="revoked", on=date(2024, 9, 2))
        with answered(words, "told_on"):
            correct_summary(
                summary=summed, by=worker, reason="写错", version=1, changes={"told_on": told_on}
            )


def test_a_form_sent_again_finds_the_half_year_that_it_has_summed_up(
    summed: HalfYearSummary,
) -> None:
    key, person, first = summed.client_uuid, summed.person, summed.first
    found = window_sent(key, person, first)
    assert found is not None
    assert (found.case_id, found.kind, found.opens_on) == (summed.case_id, "summary", first)
    other = CaseFactory().person
    for wrong in ((uuid4(), person, first), (key, other, first), (key, person, first + ONE)):
        assert window_sent(*wrong) is None
