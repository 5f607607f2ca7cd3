"""What notice, page, list and figure say of a test: the right to object, and no contradiction."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.cases.models import Case
from apps.core.days import today
from apps.core.refusals import Refused
from apps.drugtests.chain import StepKind as S
from apps.drugtests.models import DrugTest, Step
from apps.drugtests.readings import Read
from tests.drugtests.ways import TO_LABORATORY, analyte, kit_of, lab_test, step, walk
from tests.factories.drugtests import sampled
from tests.factories.pages import signed_in as of_session
from tests.factories.schedule import at

pytestmark = pytest.mark.django_db
DAY = date(2024, 5, 6)


def signed_in(user: User) -> Client:
    return of_session(user, headers={"Accept-Language": "en"}, **{"wsgi.url_scheme": "https"})


@pytest.fixture
def on_site(case: Case, worker: User) -> DrugTest:
    return lab_test(case.person, DAY, by=worker)


def shown(user: User, test: DrugTest, name: str = "notice") -> str:
    page = signed_in(user).get(reverse(f"drugtests:{name}", args=[test.public_id]))
    return page.content.decode().replace("\xa0", " ")


@pytest.mark.parametrize("with_sample", [True, False])
def test_the_notice_says_how_to_object_before_it_is_told(
    case: Case, worker: User, with_sample: bool
) -> None:
    """It is printed in order to tell: the telling is noted after it was signed."""
    test = lab_test(case.person, today(), by=worker, result="positive" if with_sample else "")
    if not with_sample:
        step(test, S.SCREENED)
    assert "told to you on 3 Jun, until the end of 6 Jun" in shown(worker, test)


def test_a_laboratory_result_has_its_own_days_on_the_notice(
    on_site: DrugTest, worker: User
) -> None:
    walk(on_site, S.SCREENED, S.TOLD, *TO_LABORATORY[:5])
    assert "told to you on 3 Jun, until the end of 6 Jun" in shown(worker, on_site)


def test_the_notice_after_the_days_says_that_they_are_over(on_site: DrugTest, worker: User) -> None:
    walk(on_site, S.SCREENED, S.TOLD)
    assert "ended on 9 May. If you do not agree, say so all the same" in shown(worker, on_site)
    step(on_site, S.OBJECTED, at(today(), "09:00"))
    assert "You have objected. The police answer by 6 Jun" in shown(worker, on_site)


def test_a_negative_and_a_screening_have_no_days_to_object(case: Case, worker: User) -> None:
    negative = lab_test(case.person, DAY, by=worker)
    step(negative, S.SCREENED, result="negative")
    screening = sampled(case.person, DAY, by=worker, result="positive")
    for test in (negative, screening):
        assert "you can object" not in shown(worker, test)


def test_the_notice_of_a_decided_test_is_not_to_be_confirmed(
    case: Case, on_site: DrugTest, worker: User
) -> None:
    kit = kit_of("MOP")
    read = [Read(analyte("MOP"), "positive", kit=kit, control_line=True)]
    step(on_site, S.SCREENED, result="", read=read)
    walk(on_site, S.TOLD, *TO_LABORATORY)
    step(on_site, S.DECIDED, at(date(2024, 5, 20)), answer="confirmed")
    page = shown(worker, on_site)
    assert "What was decided: Confirmed positive." in page
    assert "to be confirmed" not in page


def test_a_late_objection_says_that_it_is_late(on_site: DrugTest, worker: User) -> None:
    walk(on_site, S.SCREENED, S.TOLD)
    step(on_site, S.OBJECTED, at(date(2024, 6, 2)))
    assert "Objected after the days, which ended on 9 May" in shown(worker, on_site, "detail")
    inbox = signed_in(worker).get(reverse("drugtests:objections")).content.decode()
    assert "Objected after the days; to be answered by" in inbox


def test_an_objection_in_time_says_nothing_of_days(on_site: DrugTest, worker: User) -> None:
    walk(on_site, S.SCREENED, S.TOLD, S.OBJECTED)
    assert "Objected after" not in shown(worker, on_site, "detail")


def test_the_figure_of_a_past_day_stays(on_site: DrugTest) -> None:
    """On 12 May it stood as positive; what the laboratory found came later."""
    walk(on_site, S.SCREENED, S.TOLD, S.SEALED, S.STORED, S.SENT, S.RECEIVED)
    rows, then = DrugTest.objects.filter(pk=on_site.pk), date(2024, 5, 12)
    assert rows.to_be_confirmed_on(then).exists()
    assert not rows.to_be_confirmed_on(date(2024, 5, 5)).exists()
    step(on_site, S.ANALYSED, at(date(2024, 5, 20)), result="negative")
    assert rows.to_be_confirmed_on(then).exists()
    assert not rows.to_be_confirmed_on(today()).exists()


@pytest.mark.parametrize(("bottle", "then"), [("", False), ("B", True)])
def test_an_unfit_sample_is_of_its_day_too(on_site: DrugTest, bottle: str, then: bool) -> None:
    walk(on_site, S.SCREENED, S.SEALED)
    step(on_site, S.UNFIT, at(date(2024, 5, 20)), unfit_why="spoilt", bottle=bottle)
    rows = DrugTest.objects.filter(pk=on_site.pk)
    assert rows.to_be_confirmed_on(date(2024, 5, 12)).exists()
    assert rows.to_be_confirmed_on(today()).exists() is then


def test_a_positive_of_the_form_is_counted_with_and_without_steps(case: Case, worker: User) -> None:
    test = lab_test(case.person, DAY, by=worker, result="positive")
    assert DrugTest.objects.all().to_be_confirmed_on(DAY).exists()
    step(test, S.TOLD)
    assert DrugTest.objects.all().to_be_confirmed_on(DAY).exists()


def test_retests_are_found_among_the_kinds(on_site: DrugTest, worker: User) -> None:
    client, url = signed_in(worker), reverse("drugtests:list")
    walk(on_site, S.SCREENED, S.TOLD, *TO_LABORATORY, S.LAB_OBJECTED, S.LAB_ANSWERED)
    assert str(on_site.public_id) not in client.get(url, {"kind": "retest"}).content.decode()
    step(on_site, S.B_SENT)
    assert str(on_site.public_id) in client.get(url, {"kind": "retest"}).content.decode()
    assert str(on_site.public_id) in client.get(url, {"kind": "on_site"}).content.decode()


def post_screened(worker: User, test: DrugTest, **facts: Any) -> Any:
    form = {"client_uuid": uuid4(), "at": "2024-06-03T11:00", "by_name": "周晓岚"}
    return signed_in(worker).post(
        reverse("drugtests:step", args=[test.public_id, S.SCREENED]), form | facts
    )


def test_a_positive_on_the_spot_names_its_strip(case: Case, worker: User) -> None:
    test, kit = lab_test(case.person, today(), by=worker), kit_of("MOP")
    for facts in ({}, {"kit": kit.pk}):
        assert post_screened(worker, test, result_MOP="positive", **facts).status_code == 422
    with pytest.raises(Refused, match="which test kit"):
        step(test, S.SCREENED, result="", read=[Read(analyte("MOP"), "positive")])
    answer = post_screened(worker, test, result_MOP="positive", kit=kit.pk, control_line="yes")
    assert answer.status_code == 302


def test_a_strip_of_which_nothing_is_known_is_said_to_be_so(case: Case, worker: User) -> None:
    test = lab_test(case.person, DAY, by=worker, result="positive")
    assert "control line of the strip are not on record" in shown(worker, test)


def test_each_hand_over_asks_where_and_for_the_seal(on_site: DrugTest, worker: User) -> None:
    walk(on_site, S.SCREENED, S.TOLD)
    for kind, seal in ((S.SEALED, False), (S.STORED, True), (S.SENT, True), (S.RECEIVED, True)):
        url = reverse("drugtests:step", args=[on_site.public_id, kind])
        page = signed_in(worker).get(url).content.decode()
        assert ('name="seal_intact"' in page) is seal
        assert ('name="place_words"' in page) is (kind != S.SENT)
        step(on_site, kind)


def test_a_seal_that_was_broken_before_it_was_sent_is_said(on_site: DrugTest, worker: User) -> None:
    walk(on_site, S.SCREENED, S.SEALED)
    step(on_site, S.STORED, seal_intact=False)
    assert "A seal was found broken: Stored" in shown(worker, on_site, "detail")


def test_methadone_of_the_treatment_makes_no_positive(case: Case, worker: User) -> None:
    """Kept as it was found, and said; only with the treatment, and only of methadone."""
    kit = kit_of("MTD", "MOP")
    read = [Read(analyte("MTD"), "positive", kit=kit, control_line=True)]
    treated = lab_test(case.person, DAY, by=worker, medicine="methadone")
    assert step(treated, S.SCREENED, result="", read=read).result == "negative"
    assert not DrugTest.objects.all().to_be_confirmed_on(today()).exists()
    assert "because the person is in methadone treatment" in shown(worker, treated)
    assert Step.objects.get().readings.get().result == "positive"
    both = [*read, Read(analyte("MOP"), "positive", kit=kit, control_line=True)]
    for medicine, found in (("methadone", both), ("none", read)):
        test = lab_test(case.person, DAY, by=worker, medicine=medicine)
        assert step(test, S.SCREENED, result="", read=found).result == "positive"
