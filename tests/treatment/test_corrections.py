"""What was recorded wrong of a treatment is put right, with a reason, and its history keeps it."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from apps.accounts.models import User
from apps.audit.acting import reason_of
from apps.core.refusals import Refused
from apps.persons.models import Person
from apps.treatment.models import Treatment
from apps.treatment.services import (
    change_clinic,
    correct_treatment,
    end_treatment,
    take_back_end,
    withdraw_entry,
)
from tests.factories.accounts import UserFactory
from tests.factories.pages import running_case, signed_in
from tests.factories.persons import PersonFactory
from tests.factories.treatment import attended, clinic_of, station_of, treated

pytestmark = pytest.mark.django_db
WHY = "登记表抄错了"


def as_it_is(row: Treatment, by: User, **facts: Any) -> dict[str, Any]:
    names = ("clinic", "medicine", "medicine_words", "since", "basis", "consent_on", "version",
             "ended_on", "end_reason", "end_words")  # fmt: skip
    known = {name: getattr(row, name) for name in names}
    return {"treatment": row, "by": by, "reason": WHY, **known, **facts}


def ended(person: Person, by: User, **facts: Any) -> Treatment:
    row = treated(person, by=by, **facts)
    return end_treatment(treatment=row, by=by, on=date(2024, 8, 20), reason="own_wish")


def test_the_old_value_stays_in_the_history_with_who_and_why(by: User) -> None:
    row = treated(PersonFactory(), by=by, since=date(2024, 5, 1))
    station = station_of(row.clinic)
    correct_treatment(
        **as_it_is(row, by, since=date(2024, 5, 6), clinic=station, medicine="other",
                   medicine_words="纳曲酮")
    )  # fmt: skip
    row.refresh_from_db()
    assert (row.since, row.clinic, row.medicine_name, row.version) == (
        date(2024, 5, 6), station, "纳曲酮", 2,
    )  # fmt: skip
    told = Treatment.pgh_event_model.objects.filter(pgh_obj=row).order_by("pgh_id")  # type: ignore[attr-defined]
    assert [one.since for one in told] == [date(2024, 5, 1), date(2024, 5, 6)]
    assert reason_of(told.last().pgh_context.metadata) == WHY
    with pytest.raises(Refused, match="Somebody else corrected"):
        correct_treatment(**as_it_is(row, by, version=1))
    withdraw_entry(row=row, by=by, reason="记在别人名下了")
    with pytest.raises(Refused, match="withdrawn"):
        correct_treatment(**as_it_is(row, by, version=3))


@pytest.mark.parametrize(
    ("facts", "field", "words"),
    [
        ({"reason": "。"}, "reason", "Say why"),
        ({"since": date(2024, 9, 6)}, "since", "future"),
        ({"since": date(2012, 5, 1), "consent_on": date(2012, 5, 1)}, "clinic", "not open"),
        ({"consent_on": date(2024, 5, 2)}, "consent_on", "comes before"),
        ({"since": date(1979, 1, 1), "consent_on": date(1979, 1, 1)}, "since", "birth"),
        ({"medicine": "other"}, "medicine_words", "in words"),
        ({"medicine_words": "纳曲酮"}, "medicine_words", "in words"),
        ({"ended_on": date(2024, 8, 1), "end_reason": "missed"}, "ended_on", "by itself"),
    ],
)
def test_what_a_treatment_cannot_say_it_says_no_more_easily_when_corrected(
    by: User, facts: dict[str, Any], field: str, words: str
) -> None:
    row = treated(PersonFactory(), by=by, since=date(2024, 5, 1))
    with pytest.raises(Refused, match=words) as refusal:
        correct_treatment(**as_it_is(row, by, **facts))
    assert refusal.value.field == field
    row.refresh_from_db()
    assert row.version == 1


def test_a_wrong_end_is_put_right_and_no_month_and_no_other_treatment_stands_in_it(
    by: User,
) -> None:
    person = PersonFactory()
    row = ended(person, by, since=date(2024, 5, 1))
    for facts, field, words in (
        ({"ended_on": None, "end_reason": ""}, "ended_on", "by itself"),
        ({"ended_on": date(2024, 9, 6)}, "ended_on", "to today"),
        ({"ended_on": date(2024, 4, 30)}, "ended_on", "from the beginning"),
        ({"end_reason": "other"}, "end_words", "in words"),
    ):
        with pytest.raises(Refused, match=words) as refusal:
            correct_treatment(**as_it_is(row, by, **facts))
        assert refusal.value.field == field
    row.refresh_from_db()
    correct_treatment(
        **as_it_is(row, by, ended_on=date(2024, 8, 29), end_reason="other", end_words="搬家")
    )
    row.refresh_from_db()
    assert (row.ended_on, row.end_words) == (date(2024, 8, 29), "搬家")
    attended(row, by=by, expected=29)
    with pytest.raises(Refused, match="Attendance of 2024-08") as refusal:
        correct_treatment(**as_it_is(row, by, ended_on=date(2024, 8, 28)))
    assert refusal.value.field == "ended_on"
    treated(person, by=by, since=date(2024, 8, 29))
    with pytest.raises(Refused, match="is in treatment at"):
        correct_treatment(**as_it_is(row, by, ended_on=date(2024, 8, 30)))
    with pytest.raises(Refused, match="is in treatment at"):
        take_back_end(treatment=row, by=by, reason=WHY, version=row.version)


def test_a_beginning_after_a_month_that_was_reported_is_refused(by: User) -> None:
    row = treated(PersonFactory(), by=by, since=date(2024, 5, 1))
    attended(row, by=by, month=date(2024, 5, 1), expected=31)
    with pytest.raises(Refused, match="Attendance of 2024-05") as refusal:
        correct_treatment(**as_it_is(row, by, since=date(2024, 5, 2)))
    assert refusal.value.field == "since"


def test_an_end_recorded_by_mistake_is_taken_back(by: User) -> None:
    row = ended(PersonFactory(), by, since=date(2024, 5, 1))
    facts = {"treatment": row, "by": by, "version": row.version}
    with pytest.raises(Refused, match="Say why"):
        take_back_end(reason="。", **facts)
    take_back_end(reason="是另一个人停了", **facts)
    row.refresh_from_db()
    assert (row.ended_on, row.end_reason, row.end_words, row.version) == (None, "", "", 3)
    with pytest.raises(Refused, match="Somebody else corrected"):
        take_back_end(reason=WHY, **facts)
    with pytest.raises(Refused, match="has not ended"):
        take_back_end(reason=WHY, **facts | {"version": 3})


def test_nobody_comes_back_to_a_clinic_that_has_closed(by: User) -> None:
    row = ended(PersonFactory(), by, since=date(2024, 5, 1))
    boss = UserFactory(town_supervisor=True)
    change_clinic(clinic=row.clinic, by=boss, name="旧门诊", closed_on=date(2024, 8, 25))
    with pytest.raises(Refused, match="This clinic closed") as refusal:
        take_back_end(treatment=row, by=by, reason=WHY, version=row.version)
    assert refusal.value.field == "clinic"
    with pytest.raises(Refused, match="This clinic closed"):
        correct_treatment(**as_it_is(row, by, ended_on=date(2024, 8, 26)))
    correct_treatment(**as_it_is(row, by, ended_on=date(2024, 8, 25)))


def test_pages_correct_a_treatment_and_take_an_end_back(by: User) -> None:
    person = running_case(by).person
    row, boss = treated(person, by=by, since=date(2024, 5, 1)), UserFactory(town_supervisor=True)
    client, other = signed_in(boss), clinic_of(name="博鳌维持治疗点")
    url = reverse("treatment:correct-treatment", args=[row.public_id])
    text = client.get(url, secure=True, HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert 'value="2024-05-01"' in text
    assert "ended_on" not in text, "nothing is asked of an end that is not there"
    facts = {
        "version": 1, "clinic": other.pk, "medicine": "buprenorphine", "since": "2024-05-06",
        "basis": "said", "consent_on": "2024-05-01", "reason": WHY,
    }  # fmt: skip
    assert client.post(url, facts, secure=True).status_code == 302
    row.refresh_from_db()
    assert (row.clinic, row.medicine, row.since) == (other, "buprenorphine", date(2024, 5, 6))
    end_treatment(treatment=row, by=by, on=date(2024, 8, 20), reason="own_wish")
    text = client.get(url, secure=True, HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert 'value="2024-08-20"' in text
    url = reverse("treatment:take-back-end", args=[row.public_id])
    assert client.post(url, {"version": 3, "reason": WHY}, secure=True).status_code == 302
    row.refresh_from_db()
    assert row.ended_on is None


def test_a_treatment_of_who_has_died_is_put_right_after_the_clinic_closed(by: User) -> None:
    row = treated(PersonFactory(), by=by, since=date(2024, 5, 1))
    died, closed = date(2024, 7, 1), date(2024, 8, 25)
    person = Person.every.filter(pk=row.person_id)
    person.update(life_status="deceased", life_status_since=died)
    boss = UserFactory(town_supervisor=True)
    change_clinic(clinic=row.clinic, by=boss, name="旧门诊", closed_on=closed)
    correct_treatment(**as_it_is(row, by, medicine="buprenorphine"))
    row.refresh_from_db()
    assert (row.medicine, row.ended_on) == ("buprenorphine", None)
    # An end that was entered by mistake: the death ends it all the same.
    row = end_treatment(treatment=row, by=by, on=died, reason="own_wish")
    row = take_back_end(treatment=row, by=by, reason=WHY, version=row.version)
    # Of a day that nobody knows.
    person.update(life_status_since=None)
    row = correct_treatment(**as_it_is(row, by, medicine="methadone"))
    person.update(life_status_since=date(2024, 9, 1))
    with pytest.raises(Refused, match="This clinic closed"):
        correct_treatment(**as_it_is(row, by, medicine="buprenorphine"))
