"""Accounts, codes and second persons at their bounds, each refusal beside the act allowed."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from apps.accounts import deciding, four_eyes, services
from apps.accounts.backends import CodeBackend, RoleBackend
from apps.accounts.deciding import confirm, may_confirm, reject, seconds_for, withdraw
from apps.accounts.four_eyes import code_waits, on_server
from apps.accounts.models import AccountProposal, ResetCode, User
from apps.accounts.roles import Role
from apps.accounts.rules import CODE_LIFETIME, fits, may_reset
from apps.accounts.services import (
    ask_for_code,
    change_account,
    create_account,
    issue_code,
    make_code,
    redeem_code,
)
from apps.areas.services import merge_areas
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WANQUAN, WENCHANG, area
from tests.refusing import answered, refused

pytestmark = pytest.mark.django_db
NEW = "seven green bottles hanging"
OVER = "The code is not valid any more. Ask for a new one."
ONE = timedelta(seconds=1)


@pytest.fixture
def system() -> User:
    made: User = UserFactory(system_admin=True)
    return made


@pytest.fixture
def other() -> User:
    made: User = UserFactory(system_admin=True)
    return made


# Codes.


def test_nobody_hands_a_code_to_oneself_and_no_closed_account_hands_or_gets_one(
    system: User, other: User
) -> None:
    closed = UserFactory(system_admin=True, is_active=False)
    pairs = [(system, system), (closed, other), (system, closed), (system, other)]
    assert [may_reset(by, user) for by, user in pairs] == [False, False, False, True]
    for act in (issue_code, ask_for_code):
        with refused("You may not issue a code for this account."):
            act(user=closed, by=system)
    assert ask_for_code(user=other, by=system).user == other


@pytest.mark.parametrize(
    ("code", "ok"), [(QIONGHAI, True), (WENCHANG, False), (JIAJI, True), (WANQUAN, False)]
)
def test_a_code_is_handed_over_in_the_own_unit(code: str, *, ok: bool) -> None:
    """A county supervisor, or the supervisor of a town."""
    county = code in (QIONGHAI, WENCHANG)
    by = UserFactory(
        **{"county_supervisor" if county else "town_supervisor": True}, area=area(code)
    )
    with answered(None if ok else "You may not issue a code for this account."):
        assert issue_code(user=UserFactory(), by=by)


@pytest.mark.parametrize(("after", "words"), [(CODE_LIFETIME - ONE, None), (CODE_LIFETIME, OVER)])
def test_a_code_is_good_until_its_last_second(after: timedelta, words: str | None) -> None:
    user = UserFactory(must_change_password=True)
    with time_machine.travel("2024-06-03T10:00:00+08:00", tick=False) as clock:
        code = make_code(user=user, by=User.objects.system())
        clock.shift(after)
        with answered(words):
            found = redeem_code(user=user, code=code, password=NEW)
            assert found.check_password(NEW)
            assert not found.must_change_password
            with refused(OVER):
                redeem_code(user=user, code=code, password=NEW)


def test_a_code_opens_the_account_that_it_is_of_with_its_signs_alone() -> None:
    user, colleague = UserFactory(), UserFactory()
    code = make_code(user=user, by=User.objects.system())
    theirs = make_code(user=colleague, by=User.objects.system())
    for wrong in ("AAAA-BBBB-CCCC", theirs):
        with refused(OVER):
            redeem_code(user=user, code=wrong, password=NEW)
    redeem_code(user=user, code=code.lower().replace("-", " "), password=NEW)
    user.refresh_from_db()
    colleague.refresh_from_db()
    assert (user.check_password(NEW), colleague.check_password(NEW)) == (True, False)


def test_a_new_code_ends_the_open_ones_and_leaves_the_day_of_a_used_one() -> None:
    user, colleague, by = UserFactory(), UserFactory(), User.objects.system()
    with time_machine.travel("2024-06-03T10:00:00+08:00", tick=False) as clock:
        theirs = make_code(user=colleague, by=by)
        redeem_code(user=user, code=make_code(user=user, by=by), password=NEW)
        used = ResetCode.objects.get(user=user).used_at
        clock.shift(ONE)
        first = make_code(user=user, by=by)
        second = make_code(user=user, by=by)
        assert ResetCode.objects.filter(user=user).earliest("pk").used_at == used
        with refused(OVER):
            redeem_code(user=user, code=first, password=NEW)
        redeem_code(user=user, code=second, password=NEW)
        redeem_code(user=colleague, code=theirs, password=NEW)
    row = ResetCode.objects.filter(user=user).latest("pk")
    assert (row.issued_by, row.role, row.on_server) == (by, Role.WORKER, True)
    assert row.expires_at - row.issued_at == CODE_LIFETIME


@pytest.mark.parametrize(
    ("spell", "ok"), [(str, True), (str.upper, True), (lambda name: f" {name}", True),
                      (lambda name: f"{name}x", False)],
)  # fmt: skip
def test_a_name_and_its_code_or_password_open_an_account(spell: Any, *, ok: bool) -> None:
    user = UserFactory()
    code = make_code(user=user, by=User.objects.system())
    found = user if ok else None
    assert RoleBackend().authenticate(None, spell(user.username), PASSWORD) == found
    assert CodeBackend().authenticate(None, spell(user.username), code) == found  # type: ignore[arg-type]


@pytest.mark.parametrize("name", [None, "username"])
def test_half_of_a_proof_opens_nothing(name: str | None) -> None:
    user = UserFactory()
    said = getattr(user, name) if name else None
    assert RoleBackend().authenticate(None, said, None if name else PASSWORD) is None
    assert RoleBackend().authenticate(None, said, "wrong") is None
    assert RoleBackend().authenticate(None, user.username, PASSWORD) == user


@pytest.mark.parametrize("demo", [True, False])
def test_the_password_that_everybody_knows_opens_a_demo_alone(settings: Any, *, demo: bool) -> None:
    user, settings.DEMO = UserFactory(password=settings.DEMO_PASSWORD), demo
    found = RoleBackend().authenticate(None, user.username, settings.DEMO_PASSWORD)
    assert found == (user if demo else None)


def test_the_units_of_a_user_come_with_it() -> None:
    merge_areas(area=area(WANQUAN), into=area(JIAJI), by=User.objects.system())
    found = RoleBackend().get_user(UserFactory().pk)
    assert found is not None
    assert found.area is not None
    assert found.area.scope_ids == [area(JIAJI).pk, area(WANQUAN).pk]


def test_a_code_that_is_used_over_or_of_another_opens_nothing() -> None:
    user, by, backend = UserFactory(), User.objects.system(), CodeBackend()

    def opens(code: str, name: str = user.username) -> bool:
        return backend.authenticate(None, name, code) is not None  # type: ignore[arg-type]

    with time_machine.travel("2024-06-03T10:00:00+08:00", tick=False) as clock:
        code = make_code(user=user, by=by)
        assert [opens(code), opens("AAAA-BBBB-CCCC"), opens(code, "nobody")] == [True, False, False]
        clock.shift(CODE_LIFETIME - ONE)
        assert opens(code)
        clock.shift(ONE)
        assert not opens(code)
        code = make_code(user=user, by=by)
        redeem_code(user=user, code=code, password=NEW)
        assert not opens(code)


def test_the_user_of_a_session_may_still_sign_in() -> None:
    user, closed = UserFactory(), UserFactory(is_active=False)
    assert RoleBackend().get_user(user.pk) == user
    assert RoleBackend().get_user(closed.pk) is None
    admin = UserFactory(system_admin=True)
    found = RoleBackend().get_user(admin.pk)
    assert found == admin


# Accounts.


@pytest.mark.parametrize(
    ("role", "code", "words"),
    [
        (Role.WORKER, "", "This role needs an area."),
        (Role.WORKER, "469002100200", "Case worker: not for 先锋村, a unit of another level."),
        (Role.WORKER, QIONGHAI, None),
        (Role.TOWN_SUPERVISOR, JIAJI, None),
        (Role.AUDITOR, JIAJI, "Auditor: not for 嘉积镇, a unit of another level."),
        (Role.AUDITOR, "", None),
        (Role.BUILT_IN, "", "There is one built-in account, and it exists already."),
    ],
)
def test_an_account_is_of_a_unit_of_its_role(role: Role, code: str, words: str | None) -> None:
    place = area(code) if code else None
    with answered(words):
        user = create_account(
            username=" Ren ", name="符", role=role, area=place, by=User.objects.system(),
            phone="10012345678",
        )  # fmt: skip
        assert (user.username, user.phone, user.is_active) == ("ren", "10012345678", True)
        assert not AccountProposal.objects.exists()
    assert fits(role, place) is (words is None or role == Role.BUILT_IN)


def test_who_is_given_a_merged_unit_works_in_the_one_it_became() -> None:
    by = User.objects.system()
    merge_areas(area=area(WANQUAN), into=area(JIAJI), by=by)
    merge_areas(area=area("469002101200"), into=area("469002100200"), by=by)
    user = create_account(
        username="ren", name="符", role=Role.WORKER, area=area(WANQUAN), by=by,
        villages=[area("469002101200")],
    )  # fmt: skip
    assert (user.area, user.villages.get()) == (area(JIAJI), area("469002100200"))
    change_account(user=user, by=by, name="林")
    assert user.villages.count() == 1
    change_account(user=user, by=by, villages=[])
    assert user.villages.count() == 0


def test_guards_are_asked_where_rights_change_alone(system: User) -> None:
    """They refuse what would leave persons without their worker."""
    asked: list[str] = []
    services.before_leaving(lambda user: asked.append(user.name))
    try:
        user = UserFactory(name="甲")
        change_account(user=user, by=system, name="乙", phone="10012345678")
        assert asked == []
        change_account(user=user, by=system, is_active=False)
        assert asked == ["乙"]
        change_account(user=user, by=system, role=Role.TOWN_SUPERVISOR)  # waits for a second one
        assert asked == ["乙", "乙"]
        user.refresh_from_db()
        assert (user.role, user.is_active) == (Role.WORKER, False)
    finally:
        services._guards.pop()


@pytest.mark.parametrize(
    ("code", "words"), [(JIAJI, None), (QIONGHAI, "not for 琼海市, a unit of another level.")]
)
def test_what_waits_is_looked_at_before_it_waits(
    system: User, code: str, words: str | None
) -> None:
    user = UserFactory(area=area(WANQUAN))
    with answered(f"Town supervisor: {words}" if words else None):
        change_account(user=user, by=system, role=Role.TOWN_SUPERVISOR, area=area(code))
        assert AccountProposal.objects.get().to_area == area(JIAJI)
        user.refresh_from_db()
        assert (user.role, user.area) == (Role.WORKER, area(WANQUAN))


def test_commands_on_the_server_act_alone_and_only_inside(system: User) -> None:
    user = UserFactory(auditor=True)
    with on_server():
        assert issue_code(user=user, by=system)
    with refused("A code for this role needs a second person first."):
        issue_code(user=user, by=system)
    assert ResetCode.objects.get().on_server


# The second person.


def test_a_code_waits_for_the_account_that_it_is_for_until_it_is_answered(
    system: User, other: User
) -> None:
    auditor, closed = UserFactory(auditor=True), UserFactory(auditor=True, is_active=False)
    change_account(user=closed, by=system, is_active=True)
    asked = ask_for_code(user=auditor, by=system)
    assert code_waits(auditor) == asked
    assert code_waits(closed) is code_waits(other) is None
    reject(proposal=asked, by=other)
    assert code_waits(auditor) is None


def test_each_question_is_answered_by_itself(system: User, other: User) -> None:
    """That somebody may answer one says nothing about another."""
    own = ask_for_code(user=UserFactory(auditor=True), by=system)
    theirs = ask_for_code(user=UserFactory(auditor=True), by=other)
    assert (may_confirm(system, own), may_confirm(system, theirs)) == (False, True)
    for act in (confirm, reject):
        with refused("Somebody else "):
            act(proposal=own, by=system)
    with refused("Only who asked for this takes it back."):
        withdraw(proposal=own, by=other)
    built_in = User.objects.system()
    assert may_confirm(built_in, own)
    assert withdraw(proposal=own, by=system).decision == "withdrawn"
    own.refresh_from_db()
    assert not may_confirm(built_in, own)
    with refused(f"Decided already: Withdrawn, {system.name}."):
        confirm(proposal=own, by=other)


def test_who_is_asked_is_who_may_answer(system: User, other: User) -> None:
    county, records = UserFactory(county_supervisor=True), UserFactory(records_admin=True)
    UserFactory(county_supervisor=True, is_active=False), UserFactory(town_supervisor=True)
    (
        UserFactory(county_supervisor=True, area=area(WENCHANG)),
        UserFactory(system_admin=True, is_active=False),
    )
    town = ask_for_code(user=UserFactory(town_supervisor=True), by=system)
    auditor = ask_for_code(user=UserFactory(auditor=True), by=system)
    assert set(seconds_for(town)) == {other, county, records}
    assert seconds_for(auditor) == [other]


def test_apps_above_hear_of_each_question_and_each_answer(system: User, other: User) -> None:
    heard: list[Any] = []
    four_eyes.after_asking(lambda proposal: heard.append(proposal.decision))
    deciding.after_deciding(lambda proposal, by: heard.append((proposal.decision, by)))
    try:
        user = UserFactory(auditor=True)
        for answer, by in ((confirm, other), (reject, other), (withdraw, system)):
            answer(proposal=ask_for_code(user=user, by=system), by=by)
    finally:
        four_eyes._followers.pop()
        deciding._followers.pop()
    assert heard == [
        "", ("confirmed", other), "", ("rejected", other), "", ("withdrawn", system),
    ]  # fmt: skip
    assert AccountProposal.objects.filter(decided_at__lte=timezone.now()).count() == 3


def test_who_asks_may_still_sign_in_when_it_is_confirmed(system: User, other: User) -> None:
    user = UserFactory(town_supervisor=True)
    change_account(user=user, by=system, area=area(WANQUAN))
    proposal = AccountProposal.objects.get()
    User.objects.filter(pk=system.pk).update(is_active=False)
    with refused("Who asked for this may no longer sign in: reject it."):
        confirm(proposal=proposal, by=other)
    User.objects.filter(pk=system.pk).update(is_active=True)
    confirm(proposal=proposal, by=other)
    user.refresh_from_db()
    assert user.area == area(WANQUAN)


# Questions.


def test_lists_of_accounts_leave_out_who_does_not_belong(system: User) -> None:
    here, above = UserFactory(name="乙"), UserFactory(county_supervisor=True)
    first, closed = UserFactory(name="丙"), UserFactory(is_active=False)
    far = UserFactory(area=area(WANQUAN))
    boss = UserFactory(town_supervisor=True)
    built_in = User.objects.system()
    assert set(User.objects.staff_of(boss)) == {here, first, closed, boss}
    assert set(User.objects.staff_of(above)) == {here, first, closed, boss, far, above}
    assert built_in not in set(User.objects.staff_of(system))
    assert set(User.objects.staff_of(UserFactory(auditor=True))) == set()
    names = [user.name for user in User.objects.workers_in(area(JIAJI).pk)]
    assert names == sorted([here.name, first.name])


def test_the_accounts_of_a_demo_stand_by_role() -> None:
    for role in ("auditor", "town_supervisor", "county_supervisor"):
        UserFactory(**{role: True}, username=f"demo-{role}")
    UserFactory(username="demo-b"), UserFactory(username="demo-a")
    UserFactory(username="demo-c", is_active=False), UserFactory(username="wang")
    assert [user.username for user in User.objects.of_demo()] == [
        "demo-a", "demo-b", "demo-town_supervisor", "demo-county_supervisor", "demo-auditor",
    ]  # fmt: skip
