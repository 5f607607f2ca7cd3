"""Which steps a test must have: what is missing waits somewhere, and the sample is kept for it."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.cases.models import Case
from apps.cases.services import close_case
from apps.core.days import today
from apps.core.refusals import Refused
from apps.drugtests.chain import StepKind as S
from apps.drugtests.dossiers import take_back_step
from apps.drugtests.models import Dossier, DrugTest, Step
from apps.drugtests.services import correct_test
from apps.drugtests.today import LINES
from apps.law.services import set_calendar_day
from apps.persons.services import mark_life_status
from apps.workbench.today import heads_of
from tests.drugtests.ways import TO_LABORATORY, kept, lab_test, step, walk
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import entered, listed, opened
from tests.factories.drugtests import sampled
from tests.factories.pages import signed_in as of_session
from tests.factories.schedule import at

pytestmark = pytest.mark.django_db
DAY = date(2024, 5, 6)


def signed_in(user: User) -> Client:
    return of_session(user, headers={"Accept-Language": "en"}, **{"wsgi.url_scheme": "https"})


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(county_supervisor=True)
    return made


@pytest.fixture
def on_site(case: Case, worker: User) -> DrugTest:
    return lab_test(case.person, DAY, by=worker)


def waits(test: DrugTest) -> str:
    found = Dossier.objects.filter(test=test).first()
    return found.waits_for if found else ""


def lines(user: User) -> list[tuple[str, date]]:
    heads = [h for h in heads_of(user, today()) if getattr(h, "kind", "") in LINES.values()]
    return [(head.kind, head.due_on) for head in heads]  # type: ignore[union-attr]


def died(case: Case, by: User, on: date) -> None:
    close_case(case=case, by=by, reason="deceased", on=on)
    mark_life_status(person=case.person, by=by, status="deceased", since=on)


@pytest.mark.parametrize("kind", ["on_site", "screening"])
def test_a_positive_of_the_form_waits_to_be_told(case: Case, worker: User, kind: str) -> None:
    test = lab_test(case.person, DAY, by=worker, kind=kind, result="positive")
    assert waits(test) == "tell"
    assert lines(worker) == [("test-tell", DAY)]


@pytest.mark.parametrize("result", ["", "negative", "invalid"])
def test_five_fields_ask_for_nothing_more(case: Case, worker: User, result: str) -> None:
    for kind in ("on_site", "screening"):
        lab_test(case.person, DAY, by=worker, kind=kind, result=result)
    assert not Dossier.objects.exists()


def test_a_positive_entered_with_the_sample_is_told_in_one_step(case: Case, worker: User) -> None:
    test = lab_test(case.person, today(), by=worker, result="positive")
    page = signed_in(worker).get(reverse("drugtests:detail", args=[test.public_id]))
    assert "Record: Result told</a>" in page.content.decode()
    answer = signed_in(worker).post(
        reverse("drugtests:step", args=[test.public_id, S.TOLD]),
        {"client_uuid": uuid4(), "at": "2024-06-03T11:30", "by_name": "周晓岚",
         "place_words": "in_person"},
    )  # fmt: skip
    assert answer.status_code == 302
    assert [one.kind for one in Step.objects.order_by("at")] == [S.SCREENED, S.TOLD]


def test_a_reading_never_contradicts_the_record(case: Case, worker: User) -> None:
    test = lab_test(case.person, DAY, by=worker, result="positive")
    with pytest.raises(Refused, match="The record says: Positive"):
        step(test, S.SCREENED, result="negative")
    step(test, S.SCREENED)
    assert waits(test) == "tell"


def test_a_positive_that_was_a_slip_is_corrected(case: Case, worker: User) -> None:
    test = lab_test(case.person, DAY, by=worker, result="positive")
    test.refresh_from_db()
    correct_test(
        test=test, by=worker, reason="点错了", version=test.version, changes={"result": "negative"}
    )
    assert waits(test) == ""
    test.refresh_from_db()
    correct_test(
        test=test, by=worker, reason="看错了", version=test.version, changes={"result": "positive"}
    )
    assert waits(test) == "tell"


def test_a_reading_that_was_taken_back_leaves_what_the_record_says(
    case: Case, worker: User
) -> None:
    test = lab_test(case.person, DAY, by=worker, result="positive")
    told = step(test, S.TOLD)
    take_back_step(step=told, by=worker, reason="记错了人")
    screened = Step.objects.get(kind=S.SCREENED)
    take_back_step(step=screened, by=worker, reason="记错了人")
    assert (waits(test), DrugTest.objects.get(pk=test.pk).result) == ("tell", "positive")


def test_a_label_of_a_campaign_is_the_number_of_a_positive_too(case: Case, worker: User) -> None:
    row = listed(opened(), case.person)
    test = entered(row, outcome="positive", by=worker).test
    assert (test.dossier.pk, waits(test)) == (row.sample_no, "tell")


def test_a_told_on_site_positive_waits_for_its_chain(on_site: DrugTest) -> None:
    walk(on_site, S.SCREENED, S.TOLD)
    assert waits(on_site) == "seal"
    step(on_site, S.SEALED)
    assert waits(on_site) == "send"


def test_a_laboratory_sample_waits_from_the_first_day(case: Case, worker: User) -> None:
    test = lab_test(case.person, DAY, by=worker, kind="laboratory", sample="hair")
    assert waits(test) == "seal"
    walk(test, S.SEALED, S.STORED)
    assert waits(test) == "send"
    step(test, S.SENT)
    assert waits(test) == "await"
    walk(test, S.RECEIVED, S.ANALYSED)
    assert waits(test) == "tell"


def test_a_b_sample_waits_to_be_sent_and_for_its_answer(on_site: DrugTest) -> None:
    walk(on_site, S.SCREENED, S.TOLD, *TO_LABORATORY, S.LAB_OBJECTED, S.LAB_ANSWERED)
    assert waits(on_site) == "send"
    step(on_site, S.B_SENT)
    assert waits(on_site) == "await"


def test_what_is_sent_has_days_and_who_reads_it_too(case: Case, worker: User) -> None:
    test = lab_test(case.person, today(), by=worker, kind="laboratory")
    step(test, S.SEALED, test.occurred_at)
    assert lines(worker) == [("sample-send", date(2024, 6, 6))]
    step(test, S.SENT, test.occurred_at)
    assert lines(worker) == [("sample-await", date(2024, 6, 6))]


def test_an_on_site_positive_is_not_destroyed_unseen(on_site: DrugTest, clock: Any) -> None:
    walk(on_site, S.SCREENED, S.TOLD, S.SEALED, S.STORED)
    clock.move_to("2025-06-03T12:00:00+08:00")
    with pytest.raises(Refused, match="Not finished"):
        step(on_site, S.DESTROYED, timezone.now())
    step(on_site, S.UNFIT, timezone.now(), unfit_why="spoilt")
    step(on_site, S.DESTROYED, timezone.now())


def test_past_the_service_it_is_not_either(on_site: DrugTest, clock: Any) -> None:
    row = walk(on_site, S.SCREENED, S.TOLD, S.SEALED, S.STORED)
    clock.move_to("2025-06-03T12:00:00+08:00")
    row.pk, row.kind, row.at = None, S.DESTROYED, timezone.now()
    row.public_id, row.client_uuid, row.second_name = on_site.public_id, on_site.public_id, "符丽"
    row._state.adding = True
    with pytest.raises(IntegrityError, match="teststep_in_order"), transaction.atomic():
        row.save()


def test_hair_is_never_a_screening(case: Case, worker: User) -> None:
    with pytest.raises(Refused, match="Hair is read by a laboratory"):
        sampled(case.person, DAY, by=worker, sample="hair", kind="screening")
    test = sampled(case.person, DAY, by=worker)
    with pytest.raises(Refused, match="Hair is read by a laboratory"):
        correct_test(test=test, by=worker, reason="选错", version=1, changes={"sample": "hair"})
    with pytest.raises(IntegrityError, match="hair_is_no_screening"), transaction.atomic():
        DrugTest.objects.filter(pk=test.pk).update(sample="hair")


def test_samples_on_their_way_have_a_list(on_site: DrugTest, worker: User, boss: User) -> None:
    walk(on_site, S.SCREENED, S.TOLD)
    url, client = reverse("drugtests:on-their-way"), signed_in(worker)
    page = client.get(url).content.decode()
    assert "To be sealed and stored" in page
    assert reverse("drugtests:step", args=[on_site.public_id, S.SEALED]) in page
    assert str(on_site.public_id) not in client.get(url, {"waits": "send"}).content.decode()
    step(on_site, S.SEALED)
    assert str(on_site.public_id) in client.get(url, {"waits": "send"}).content.decode()
    assert signed_in(boss).post(url, {"purpose": "核对检测"}).status_code == 403


def test_today_names_the_last_day_to_object_as_the_page_does(
    case: Case, worker: User, boss: User, clock: Any
) -> None:
    """Told on 28 April; 1 to 5 May are off."""
    clock.move_to("2024-05-06T09:00:00+08:00")
    test = lab_test(case.person, date(2024, 4, 27), by=worker)
    walk(test, S.SCREENED, S.TOLD, S.SEALED, S.STORED, S.SENT, S.RECEIVED, S.ANALYSED)
    step(test, S.LAB_TOLD, at(date(2024, 4, 28)))
    assert lines(boss) == [("test-decide", date(2024, 5, 6))]
    set_calendar_day(day=DAY, kind="off", by=UserFactory(system_admin=True))
    assert lines(boss) == [("test-decide", date(2024, 5, 7))]


def test_after_the_retest_no_objection_is_waited_for(case: Case, worker: User, boss: User) -> None:
    test = lab_test(case.person, today() - timedelta(days=20), by=worker)
    walk(test, S.SCREENED, S.TOLD, *TO_LABORATORY, S.LAB_OBJECTED, S.LAB_ANSWERED, S.B_SENT)
    step(test, S.B_RECEIVED)
    step(test, S.RETESTED, result="positive")
    step(test, S.RETEST_TOLD, at(today(), "00:30"))
    assert lines(boss) == [("test-decide", today())]


def test_nobody_is_asked_to_tell_the_dead(case: Case, on_site: DrugTest, boss: User) -> None:
    step(on_site, S.SCREENED)
    died(case, boss, date(2024, 5, 9))
    assert lines(boss) == []
    with pytest.raises(Refused, match="had died before"):
        step(on_site, S.TOLD, at(date(2024, 5, 10)))


def test_past_the_service_nobody_tells_the_dead(case: Case, on_site: DrugTest, boss: User) -> None:
    row = step(on_site, S.SCREENED)
    died(case, boss, date(2024, 5, 9))
    row.pk, row.kind, row.result, row.place_words = None, S.TOLD, "", "letter"
    row.public_id, row.client_uuid, row.at = on_site.public_id, on_site.public_id, at(today())
    row._state.adding = True
    with pytest.raises(IntegrityError, match="teststep_of_the_living"), transaction.atomic():
        row.save()


@pytest.mark.parametrize(
    "before",
    [(S.SCREENED, S.SEALED, S.STORED), (*TO_LABORATORY, S.LAB_OBJECTED), TO_LABORATORY[:3]],
)
def test_the_sample_of_somebody_who_died_can_go_at_its_date(
    case: Case, on_site: DrugTest, boss: User, clock: Any, before: tuple[S, ...]
) -> None:
    walk(on_site, *before)
    died(case, boss, date(2024, 5, 10))
    clock.move_to("2025-01-10T12:00:00+08:00")
    assert [kind for kind, _day in lines(boss)] == ["sample-destroy"]
    assert "To be destroyed" in signed_in(boss).get(reverse("drugtests:storage")).content.decode()
    step(on_site, S.DESTROYED, at(date(2025, 1, 9)))
    assert lines(boss) == []


def test_what_was_negative_asks_for_no_laboratory(on_site: DrugTest) -> None:
    kept(on_site)
    assert waits(on_site) == "keep"


@pytest.mark.parametrize("sample", ["urine", "hair"])
@pytest.mark.parametrize("result", ["negative", "invalid"])
def test_a_known_result_of_a_laboratory_asks_for_no_seals(
    case: Case, worker: User, sample: str, result: str
) -> None:
    test = lab_test(case.person, DAY, by=worker, kind="laboratory", sample=sample, result=result)
    assert waits(test) == ""


def test_what_was_recorded_as_negative_is_not_to_be_stored(case: Case, worker: User) -> None:
    test = lab_test(case.person, DAY, by=worker, kind="laboratory", result="negative")
    step(test, S.SEALED)
    assert waits(test) == ""


def test_an_unfit_b_leaves_what_the_record_says(case: Case, worker: User, clock: Any) -> None:
    test = lab_test(case.person, DAY, by=worker, kind="laboratory", result="negative")
    walk(test, S.SEALED, S.STORED)
    step(test, S.UNFIT, unfit_why="spoilt", bottle="B")
    clock.move_to("2025-06-03T12:00:00+08:00")
    step(test, S.DESTROYED, timezone.now())


def test_after_an_invalid_strip_the_sample_is_read_with_another(case: Case, worker: User) -> None:
    test = lab_test(case.person, DAY, by=worker, result="invalid")
    walk(test, S.SCREENED, S.TOLD)
    assert (waits(test), DrugTest.objects.get(pk=test.pk).result) == ("seal", "positive")


def test_an_old_screening_of_hair_keeps_its_words_correctable(case: Case, worker: User) -> None:
    """Recorded before hair was none; its steps hold its kind."""
    test = lab_test(case.person, DAY, by=worker)
    trigger = "pgtrigger_hair_is_no_screening_0d520"
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE drugtests_drugtest DISABLE TRIGGER {trigger}")
        DrugTest.objects.filter(pk=test.pk).update(sample="hair", kind="screening")
        cursor.execute(f"ALTER TABLE drugtests_drugtest ENABLE TRIGGER {trigger}")
    test.refresh_from_db()
    walk(test, S.SCREENED, S.TOLD)
    test.refresh_from_db()
    facts: dict[str, Any] = {"test": test, "by": worker, "reason": "写错了"}
    corrected = correct_test(version=test.version, changes={"note": "发根三厘米"}, **facts)
    assert corrected.note == "发根三厘米"


def test_after_an_answer_the_days_to_send_count_from_it(case: Case, worker: User) -> None:
    test = lab_test(case.person, today() - timedelta(days=9), by=worker)
    walk(test, S.SCREENED, S.TOLD, S.SEALED, S.OBJECTED)
    step(test, S.ANSWERED, at(today() - timedelta(days=6)))
    assert lines(worker) == [("sample-send", today() - timedelta(days=3))]
