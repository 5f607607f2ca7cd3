"""Help when a person moves, a unit is corrected, two files become one and two again: no row is
lost, each is seen where the person is, and money stays to the fen where it was paid.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.areas.services import merge_areas
from apps.assistance.figures import ASSISTANCE_PERSONS, SUMS, by_kind
from apps.assistance.models import (
    Assistance,
    AssistanceStep,
    Budget,
    Look,
    Payment,
    SameHelpQuestion,
)
from apps.assistance.services import ask_for_same_help, reverse_payment, set_budget
from apps.assistance.year import lines_of
from apps.core.refusals import Refused
from apps.needs.models import Need
from apps.needs.services import record_need
from apps.persons.figures import Period
from apps.persons.models import Person
from apps.persons.services import change_person, preview_merge, undo_merge
from apps.persons.services.moving import move_person
from apps.persons.services.undoing import added_since
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WANQUAN, WENCHANG, WENCHENG, area
from tests.factories.assistance import approved, helped, looked, paid
from tests.factories.pages import signed_in
from tests.factories.persons import PersonFactory, merged_into

pytestmark = pytest.mark.django_db
MODELS = (Assistance, AssistanceStep, Payment, Look, SameHelpQuestion, Need)
FOUND = date(2024, 5, 2)
YEAR = (date(2024, 1, 1), date(2024, 12, 31))
RESTRICTED = ("psychiatric", "hiv", "hepatitis")


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with (
        time_machine.travel("2024-06-03T12:00:00+08:00", tick=False) as moment,
        translation.override("en"),
    ):
        yield moment


@dataclass
class Office:
    """Two files in 嘉积镇 with help of every kind; what 琼海 has for it in the year."""

    kept: Person
    merged: Person
    boss: User
    records: User
    payment: Payment

    def money(self) -> dict[str, Any]:
        """All that tells of money, in every unit: sums, kinds, ledgers, months, budgets."""
        found: dict[str, Any] = {}
        for code in (QIONGHAI, JIAJI, WANQUAN, WENCHANG, WENCHENG):
            period = Period(area(code), *YEAR, YEAR[1], knows_sealed=True)
            found[f"{code} figures"] = [one.measure(period).numerator for one in SUMS]
            kinds = by_kind(period)
            persons = ("persons", "behind")
            found[f"{code} kinds"] = [{k: v for k, v in row.items() if k not in persons}
                                      for row in kinds]  # fmt: skip
            lines = lines_of(area(code), 2024, self.boss)
            found[f"{code} ledger"] = [
                (line.programme.code, line.fen, line.times, line.unknown, list(line.told_budgets))
                for line in lines
            ]
        budgets = Budget.objects.with_spent().order_by("pk")
        found["budgets"] = [(one.pk, one.spent, one.left) for one in budgets]
        rows = Payment.objects.order_by("pk")
        found["offices"] = list(rows.values_list("pk", "office", "budget", "amount_fen", "paid_on"))
        return found

    def rows(self, person: Person) -> dict[str, set[int]]:
        found = {}
        for model in MODELS:
            ids = model._base_manager.filter(person=person).values_list("pk", flat=True)
            found[model.__name__] = set(ids)
        return found


def _need(person: Person, by: User, kind: str) -> Need:
    return record_need(
        person=person, by=by, kind=kind, said_on=FOUND, urgency="normal", said_by="person"
    )


def _given(person: Person, boss: User) -> Payment:
    """Relief for a need, looked at; an allowance for the daughter; what is restricted."""
    need = _need(person, boss, "relief")
    row = paid(approved("relief", person=person, by=boss, found_on=FOUND, need=need), 33_333,
               by=boss, paid_on=FOUND, household=3)  # fmt: skip
    looked(row.assistance, by=boss, looked_on=date(2024, 6, 3))
    member = approved("living", person=person, by=boss, found_on=FOUND, beneficiary="member",
                      member_words="女儿")  # fmt: skip
    paid(member, 90_001, by=boss, paid_on=FOUND)
    for code in RESTRICTED:
        help_ = helped(code, person=person, by=boss, found_on=FOUND)
        paid(help_, None, how="service", by=boss, paid_on=FOUND)
    asked = helped("medical", person=person, by=boss, found_on=FOUND)
    ask_for_same_help(assistance=asked, by=boss, first=FOUND, last=FOUND)
    return row


@pytest.fixture
def office() -> Office:
    boss = UserFactory(county_supervisor=True)
    kept, merged = PersonFactory(name="王小明"), PersonFactory(name="王小明")
    payment = _given(merged, boss)
    _given(kept, boss)
    for code, fen in (("relief", 100_000), ("living", 200_000)):
        programme = payment.programme.__class__.objects.get(code=code)
        set_budget(programme=programme, area=area(QIONGHAI), year=2024, amount_fen=fen, by=boss)
    records = UserFactory(records_admin=True, area=area(QIONGHAI))
    return Office(kept, merged, boss, records, payment)


def test_two_files_become_one_and_two_again_without_a_fen_less(office: Office) -> None:
    before, theirs, ours = office.money(), office.rows(office.merged), office.rows(office.kept)
    assert all(theirs.values()), "A row of every model"
    merge = merged_into(office.kept, office.merged, office.records)
    assert office.money() == before
    both = office.rows(office.kept)
    assert both == {name: theirs[name] | ours[name] for name in both}
    late = paid(Assistance.objects.get(pk=office.payment.assistance_id), 1_000, by=office.boss)
    undo_merge(merge=merge, by=office.records, reason="两个人")
    theirs["Payment"].add(late.pk)  # it hangs on a help that goes back
    assert (office.rows(office.merged), office.rows(office.kept)) == (theirs, ours)
    reverse_payment(payment=late, by=office.boss, client_uuid=uuid4(), on=date(2024, 6, 3),
                    reason="重复登记")  # fmt: skip
    after = office.money()
    assert after["budgets"] == before["budgets"]
    assert after[f"{QIONGHAI} figures"] == before[f"{QIONGHAI} figures"]


def test_a_person_in_two_files_is_one_person_helped_as_soon_as_they_are_one(
    office: Office,
) -> None:
    period = Period(area(QIONGHAI), *YEAR, YEAR[1])
    assert ASSISTANCE_PERSONS.measure(period).numerator == 2
    merge = merged_into(office.kept, office.merged, office.records)
    assert ASSISTANCE_PERSONS.measure(period).numerator == 1
    undo_merge(merge=merge, by=office.records, reason="两个人")
    assert ASSISTANCE_PERSONS.measure(period).numerator == 2


def test_what_two_files_were_paid_for_the_same_months_is_said_until_one_is_reversed(
    office: Office,
) -> None:
    url = reverse("assistance:person", args=[office.kept.public_id])

    def said() -> int:
        text = signed_in(office.boss).get(url, secure=True, headers={"Accept-Language": "en"})
        return text.content.decode().count("stands twice in the ledgers")

    assert said() == 0
    merged_into(office.kept, office.merged, office.records)
    assert said() == 1, "The daughter's allowance; relief is once and no matter of months"
    rows = Payment.objects.filter(programme__code="living").order_by("pk")
    reverse_payment(payment=rows[0], by=office.boss, client_uuid=uuid4(), on=date(2024, 6, 3),
                    reason="两份档案重复发放")  # fmt: skip
    assert said() == 0


@pytest.mark.parametrize("code", [WANQUAN, WENCHENG])
@pytest.mark.parametrize("way", ["moved", "corrected"])
def test_help_goes_with_the_person_and_money_stays(
    office: Office, code: str, way: str, clock: Any
) -> None:
    before, theirs, person = office.money(), office.rows(office.merged), office.merged
    clock.move_to("2024-07-10T12:00:00+08:00")
    if way == "moved":
        move_person(person=person, area=area(code), by=User.objects.system())
    else:
        change_person(person=person, by=User.objects.system(), area=area(code), reason="更正")
    assert office.rows(person) == theirs
    assert office.money() == before
    old = UserFactory(town_supervisor=True, area=area(JIAJI))
    new = UserFactory(town_supervisor=True, area=area(code))
    for model in MODELS:
        ids = theirs[model.__name__]
        rows = model._default_manager.filter(pk__in=ids)
        assert rows.visible_to(new).count() == len(ids), model  # type: ignore[attr-defined]
        assert not rows.visible_to(old).exists(), model  # type: ignore[attr-defined]
    move_person(person=person, area=area("469002100200"), by=User.objects.system())
    assert office.money() == before


def test_the_preview_counts_no_restricted_help_for_who_may_not_know_of_it(office: Office) -> None:
    """As if it were not there: the numbers are those of a file that never had any."""
    plain = PersonFactory()
    open_ones = {"assistance": 3, "payments and deliveries": 2, "steps of help": 7}
    seen = preview_merge(kept=office.kept, merged=office.merged, by=office.records)
    for told in (dict(seen.moving), dict(seen.staying)):
        assert {name: told[name] for name in open_ones} == open_ones
    for code in RESTRICTED:
        paid(helped(code, person=plain, by=office.boss, found_on=FOUND), None, how="service",
             by=office.boss, paid_on=FOUND)  # fmt: skip
    assert preview_merge(kept=office.kept, merged=plain, by=office.records).moving == []
    page = signed_in(office.records).get(
        reverse("persons:merge", args=[office.kept.public_id, plain.public_id]),
        HTTP_ACCEPT_LANGUAGE="en", secure=True,
    )  # fmt: skip
    assert "Nothing is recorded in the file that goes." in page.content.decode()


def test_the_undo_tells_of_no_restricted_help_either(office: Office) -> None:
    merge = merged_into(office.kept, office.merged, office.records)
    for code in RESTRICTED:
        helped(code, person=office.kept, by=office.boss, beneficiary="member", member_words="父亲")
    assert added_since(merge, office.records) == []
    assert added_since(merge, office.boss) == ["assistance 3", "steps of help 3"]
    undone = undo_merge(merge=merge, by=office.records, reason="两个人")
    assert (undone.staying, undone.going) == ([], [])


def test_a_unit_that_becomes_part_of_another_leaves_it_ledger_and_budget(office: Office) -> None:
    """What 嘉积镇 paid is in the ledger of 万泉镇, whose supervisor reverses it."""
    own = set_budget(programme=office.payment.programme, area=area(JIAJI), year=2024,
                     amount_fen=100_000, by=office.boss)  # fmt: skip
    before = office.money()
    merge_areas(area=area(JIAJI), into=area(WANQUAN), by=User.objects.system())
    after = office.money()
    for name in ("budgets", "offices", f"{QIONGHAI} figures", f"{QIONGHAI} kinds"):
        assert after[name] == before[name], name
    assert after[f"{WANQUAN} figures"] == before[f"{JIAJI} figures"]
    heir = UserFactory(town_supervisor=True, area=area(WANQUAN))
    late = paid(Assistance.objects.get(pk=office.payment.assistance_id), 1_000, by=heir)
    first = Payment.objects.get(pk=office.payment.pk)
    late.refresh_from_db()
    # Paid from what 嘉积镇 had, which came along.
    assert (late.office.today, late.budget_id) == (area(WANQUAN), own.pk)
    assert set(Payment.objects.of_ledgers_of(heir)) == set(Payment.objects.order_by("pk"))
    back = reverse_payment(payment=first, by=heir, client_uuid=uuid4(),
                           on=date(2024, 6, 3), reason="发错了人")  # fmt: skip
    back.refresh_from_db()
    assert (back.office, back.budget_id) == (first.office, first.budget_id)
    assert Budget.objects.with_spent().get(pk=own.pk).spent == 1_000


@pytest.fixture
def moved(office: Office, clock: Any) -> Payment:
    """Paid by 嘉积镇; the person belongs to 万泉镇 since."""
    clock.move_to("2024-07-10T12:00:00+08:00")
    move_person(person=office.merged, area=area(WANQUAN), by=User.objects.system())
    office.payment.refresh_from_db()
    return office.payment


def _asked(user: User, name: str, *args: Any, **data: Any) -> Any:
    client, url = signed_in(user), reverse(name, args=args)
    if not data:
        return client.get(url, secure=True, HTTP_ACCEPT_LANGUAGE="en")
    sent = {"client_uuid": str(uuid4()), "on": "2024-07-10", "reason": "发错了人"} | data
    return client.post(url, sent, secure=True, HTTP_ACCEPT_LANGUAGE="en")


# After the move: who keeps the ledger in which it stands reverses, and is shown nobody's name.
ROLES = [
    ({"town_supervisor": True, "area": JIAJI}, 302),
    ({"county_supervisor": True, "area": QIONGHAI}, 302),
    ({"records_admin": True, "area": QIONGHAI}, 302),
    ({"town_supervisor": True, "area": WANQUAN}, 409),
    ({"county_supervisor": True, "area": WENCHANG}, 404),
    ({"records_admin": True, "area": WENCHANG}, 404),
    ({"area": JIAJI}, 403),
    ({"area": WANQUAN}, 403),
    ({"province_viewer": True, "area": "46"}, 403),
    ({"system_admin": True}, 403),
    ({"auditor": True}, 403),
]  # fmt: skip


@pytest.mark.parametrize(("who", "status"), ROLES)
def test_who_booked_it_reverses_it_after_the_move_and_nobody_else(
    moved: Payment, who: dict[str, Any], status: int
) -> None:
    facts = dict(who)
    code = facts.pop("area", None)
    user = UserFactory(**facts, **({"area": area(code)} if code else {}))
    answer = _asked(user, "assistance:reverse", moved.public_id)
    assert answer.status_code == (200 if status == 302 else status)
    assert _asked(user, "assistance:reverse", moved.public_id, why="1").status_code == status
    assert Payment.objects.filter(reverses=moved).exists() == (status == 302)
    if status == 302:
        assert Payment.objects.get(reverses=moved).office_id == moved.office_id
    listed = _asked(user, "assistance:elsewhere")
    assert listed.status_code == (403 if status == 403 else 200)


def test_every_role_of_the_product_is_asked() -> None:
    asked = {next((name for name in who if name != "area"), "worker") for who, _status in ROLES}
    assert asked == {role.value for role in Role} - {Role.BUILT_IN}


def test_the_old_office_sees_what_it_paid_and_nobody_s_name(moved: Payment) -> None:
    old = UserFactory(town_supervisor=True, area=area(JIAJI))
    link = reverse("assistance:reverse", args=[moved.public_id])
    page = _asked(old, "assistance:elsewhere").content.decode()
    assert link in page
    assert "333.33" in page
    form = _asked(old, "assistance:reverse", moved.public_id).content.decode()
    for text in (page, form):
        assert moved.person.name not in text
        assert str(moved.person.public_id) not in text
    assert _asked(old, "assistance:reverse", moved.public_id, why="1").url == reverse(
        "assistance:elsewhere"
    )
    assert link not in _asked(old, "assistance:elsewhere").content.decode()


def test_the_button_stands_for_who_can_use_it(moved: Payment, office: Office) -> None:
    """On the page of the help, at the unit of today."""
    link = reverse("assistance:reverse", args=[moved.public_id])
    new = UserFactory(town_supervisor=True, area=area(WANQUAN))
    detail = moved.assistance.public_id
    assert link not in _asked(new, "assistance:detail", detail).content.decode()
    assert link in _asked(office.boss, "assistance:detail", detail).content.decode()
    with pytest.raises(Refused, match="outside your area"):
        reverse_payment(payment=moved, by=new, client_uuid=uuid4(), on=date(2024, 7, 10),
                        reason="发错了人")  # fmt: skip


def test_restricted_help_stands_there_for_who_may_know_of_it(
    moved: Payment, office: Office
) -> None:
    hidden = Payment.objects.filter(person=moved.person, restricted=True)
    assert hidden.count() == len(RESTRICTED)
    rows = Payment.objects.of_persons_elsewhere
    town = UserFactory(town_supervisor=True, area=area(JIAJI))
    assert set(hidden) <= set(rows(town).order_by("pk"))
    move_person(person=moved.person, area=area(WENCHENG), by=User.objects.system())
    assert set(hidden) <= set(rows(office.boss).order_by("pk"))
    assert not set(hidden) & set(rows(office.records).order_by("pk"))
    assert rows(office.records).count() == 2
