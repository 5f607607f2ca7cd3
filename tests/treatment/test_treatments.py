"""Who is treated where: at the person's own wish, at one clinic at a time, and with an end."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.core.days import today
from apps.core.refusals import Refused
from apps.persons.models import Person
from apps.persons.services.moving import move_person
from apps.treatment.models import Attendance, Treatment
from apps.treatment.services import end_treatment, withdraw_entry
from tests.checkins.test_at_once import at_once
from tests.factories.accounts import UserFactory
from tests.factories.areas import WANQUAN, area
from tests.factories.persons import PersonFactory
from tests.factories.treatment import attended, clinic_of, known_clinic, station_of, treated

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("facts", "field", "words"),
    [
        ({"since": date(2024, 9, 6)}, "since", "future"),
        ({"since": date(2024, 9, 1), "consent_on": date(2024, 9, 2)}, "consent_on", "comes before"),
        ({"since": date(1979, 1, 1), "consent_on": date(1979, 1, 1)}, "since", "birth"),
        ({"consent_on": date(1979, 1, 1)}, "consent_on", "birth"),
        ({"medicine": "other"}, "medicine_words", "said in words"),
        ({"medicine_words": "美沙酮口服液"}, "medicine_words", "said in words"),
        ({"since": date(2012, 5, 1), "consent_on": date(2012, 5, 1)}, "clinic", "was not open"),
    ],
)
def test_what_a_treatment_cannot_say_is_refused_at_its_field(
    by: User, facts: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(Refused, match=words) as refusal:
        treated(PersonFactory(), by=by, **facts)
    assert refusal.value.field == field
    assert not Treatment.objects.exists()


def test_the_year_24_is_no_day(by: User) -> None:
    person, day = PersonFactory(), date(24, 9, 1)
    with pytest.raises(Refused, match="before the person's birth"):
        treated(person, by=by, since=day)
    with pytest.raises(IntegrityError), transaction.atomic():
        Treatment.objects.create(**_fixed(person, by) | {"since": day, "consent_on": day})


def _fixed(person: Person, by: User) -> dict[str, Any]:
    return {
        "person": person, "clinic": known_clinic(), "medicine": "methadone", "basis": "signed",
        "since": date(2024, 5, 1), "consent_on": date(2024, 5, 1), "recorded_at": timezone.now(),
        "recorded_by": by, **place_ids(person),
    }  # fmt: skip


def test_the_database_wants_the_own_wish_an_end_that_fits_and_one_at_a_time(by: User) -> None:
    person = PersonFactory()
    fixed = _fixed(person, by)
    for facts in (
        {"basis": ""}, {"consent_on": date(2024, 5, 2)}, {"ended_on": date(2024, 5, 3)},
        {"end_reason": "missed"}, {"ended_on": date(2024, 4, 30), "end_reason": "missed"},
        {"medicine": "other"}, {"medicine_words": "舌下片"}, {"withdrawn_at": timezone.now()},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Treatment.objects.create(**fixed | facts)
    Treatment.objects.create(**fixed | {"ended_on": date(2024, 6, 1), "end_reason": "finished"})
    with pytest.raises(IntegrityError), transaction.atomic():
        Treatment.objects.create(**fixed | {"since": date(2024, 5, 31)})
    Treatment.objects.create(**fixed | {"since": date(2024, 6, 1)})


def test_somebody_is_treated_at_one_clinic_at_a_time(by: User) -> None:
    person, centre = PersonFactory(), clinic_of()
    first = treated(person, by=by, clinic=centre, since=date(2024, 3, 1))
    with pytest.raises(
        Refused, match=r"嘉积药物维持治疗中心 since 1 Mar.* End that first"
    ) as refusal:
        treated(person, by=by, clinic=centre, since=date(2024, 9, 1))
    assert refusal.value.field == "since"
    with pytest.raises(Refused, match="End that first"):
        treated(person, by=by, clinic=centre, since=date(2024, 1, 1))
    end_treatment(treatment=first, by=by, on=date(2024, 7, 1), reason="elsewhere")
    with pytest.raises(Refused, match="End that first"):
        treated(person, by=by, clinic=centre, since=date(2024, 6, 30))
    station = station_of(centre)
    treated(person, by=by, clinic=station, since=date(2024, 7, 1))
    assert list(
        Treatment.objects.running_on(date(2024, 7, 1)).values_list("clinic__name", flat=True)
    ) == [station.name], "on the day of the move the person is counted once"


def test_a_treatment_that_was_withdrawn_leaves_its_days_free(by: User) -> None:
    person = PersonFactory()
    first = treated(person, by=by)
    withdraw_entry(row=first, by=by, reason="记在别人名下了")
    treated(person, by=by)
    with pytest.raises(Refused, match="withdrawn already"):
        withdraw_entry(row=first, by=by, reason="再撤一次")
    with pytest.raises(Refused, match="Say why"):
        withdraw_entry(row=Treatment.objects.standing().get(), by=by, reason="。。")
    with pytest.raises(Refused, match="withdrawn already"):
        end_treatment(treatment=first, by=by, on=today(), reason="finished")


@pytest.mark.parametrize(
    ("on", "reason", "words", "said"),
    [
        (date(2024, 2, 29), "finished", "", "from the beginning of the treatment to today"),
        (date(2024, 9, 6), "finished", "", "from the beginning of the treatment to today"),
        (date(2024, 8, 1), "other", "。", "reason in words"),
    ],
)
def test_an_end_has_a_day_and_a_reason(
    by: User, on: date, reason: str, words: str, said: str
) -> None:
    row = treated(PersonFactory(), by=by, since=date(2024, 3, 1))
    with pytest.raises(Refused, match=said):
        end_treatment(treatment=row, by=by, on=on, reason=reason, words=words)
    end_treatment(treatment=row, by=by, on=date(2024, 3, 1), reason="other", words="改去外地治疗")
    row.refresh_from_db()
    assert (row.end_words, row.version) == ("改去外地治疗", 2)
    assert not Treatment.objects.running_on(date(2024, 3, 1)).exists()
    with pytest.raises(Refused, match="ended already"):
        end_treatment(treatment=row, by=by, on=on, reason="finished")


def test_nothing_follows_from_an_end(by: User) -> None:
    """No duty, no breach, no line of Today: the stream says it, and that is all."""
    from apps.breaches.models import Breach
    from apps.notices.models import Notice
    from apps.schedule.models import DueItem

    row = treated(PersonFactory(), by=by)
    attended(row, by=by, attended=0)
    end_treatment(treatment=row, by=by, on=today(), reason="missed")
    assert not Breach.objects.exists()
    assert not Notice.objects.exists()
    assert not DueItem.objects.filter(case__person=row.person).exists()


def test_no_column_knows_a_dose() -> None:
    names = {f.name for model in (Treatment, Attendance) for f in model._meta.concrete_fields}
    assert not {name for name in names if any(w in name for w in ("dose", "amount", "mg", "ml"))}


def test_it_moves_with_the_person_and_its_months_too(by: User) -> None:
    row = treated(PersonFactory(), by=by)
    month = attended(row, by=by)
    move_person(person=row.person, area=area(WANQUAN), by=UserFactory(county_supervisor=True))
    for one in (row, month):
        one.refresh_from_db()
        assert one.town == area(WANQUAN)


@pytest.mark.django_db(transaction=True)
def test_two_clerks_at_once_begin_one_treatment() -> None:
    person, clinic = PersonFactory(), clinic_of()

    def begun(user: User) -> bool:
        try:
            treated(person, by=user, clinic=clinic)
        except Refused:
            return False
        return True

    users = [UserFactory(), UserFactory()]
    assert sorted(at_once(*(lambda user=user: begun(user) for user in users))) == [False, True]
    assert Treatment.objects.standing().filter(person=person).count() == 1


def test_a_late_entry_says_so(by: User) -> None:
    assert treated(PersonFactory(), by=by, days=1).is_late_entry
    assert not treated(PersonFactory(), by=by, days=0).is_late_entry
