"""What gives rights to an account of a higher role needs a second person, by every door."""

from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.deciding import confirm, may_confirm, reject, withdraw
from apps.accounts.models import AccountProposal, ResetCode, User
from apps.accounts.models.proposals import CONFIRMED_FOR, AccountDecision, AccountProposalKind
from apps.accounts.roles import HIGHER, Role
from apps.accounts.services import (
    ask_for_code,
    change_account,
    create_account,
    issue_code,
    redeem_code,
)
from apps.core.refusals import Refused
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WENCHANG, area

pytestmark = pytest.mark.django_db
NEW = "seven green bottles hanging"
UNIT = {
    Role.WORKER: JIAJI, Role.TOWN_SUPERVISOR: JIAJI, Role.COUNTY_SUPERVISOR: QIONGHAI,
    Role.RECORDS_ADMIN: QIONGHAI, Role.PROVINCE_VIEWER: "46", Role.SYSTEM_ADMIN: "",
    Role.AUDITOR: "",
}  # fmt: skip
PEOPLE = sorted(UNIT)


def of(role: Role | str, **facts: Any) -> User:
    code = UNIT[Role(role)]
    user: User = UserFactory(role=role, area=area(code) if code else None, **facts)
    return user


@pytest.fixture
def system() -> User:
    return of(Role.SYSTEM_ADMIN)


@pytest.fixture
def other() -> User:
    return of(Role.SYSTEM_ADMIN)


def waiting() -> AccountProposal:
    return AccountProposal.objects.waiting().get()


def may_sign_in(user: User) -> bool:
    return User.objects.get(pk=user.pk).is_active


@pytest.mark.parametrize("role", PEOPLE)
def test_a_code(role: Role, system: User, other: User) -> None:
    user = of(role)
    if role not in HIGHER:
        assert issue_code(user=user, by=system)
        return
    with pytest.raises(Refused, match="该角色的验证码须先由第二人确认。"):
        issue_code(user=user, by=system)
    proposal = ask_for_code(user=user, by=system)
    for nobody in (system, user):
        with pytest.raises(Refused, match="须由其他人确认：不能是提出人，也不能是账号本人。"):
            confirm(proposal=proposal, by=nobody)
    with pytest.raises(Refused, match="该角色的验证码须先由第二人确认。"):
        issue_code(user=user, by=system)
    confirm(proposal=proposal, by=other)
    with pytest.raises(Refused, match="该角色的验证码须先由第二人确认。"):
        issue_code(user=user, by=of(Role.SYSTEM_ADMIN))
    code = issue_code(user=user, by=system)
    assert redeem_code(user=user, code=code, password=NEW).check_password(NEW)
    row = ResetCode.objects.get()
    assert (row.issued_by, row.confirmed_by, row.on_server) == (system, other, False)
    with pytest.raises(Refused, match="该角色的验证码须先由第二人确认。"):
        issue_code(user=user, by=system)


@pytest.mark.parametrize("role", PEOPLE)
def test_a_new_account(role: Role, system: User, other: User) -> None:
    code = UNIT[role]
    facts = {"username": "New", "name": "符", "role": role, "area": area(code) if code else None}
    user = create_account(**facts, by=system)
    assert user.is_active is (role not in HIGHER)
    if role in HIGHER:
        with pytest.raises(Refused, match="您不能为该账号发放验证码。"):
            issue_code(user=user, by=system)
        confirm(proposal=waiting(), by=other)
        user.refresh_from_db()
    assert may_sign_in(user)
    assert issue_code(user=user, by=system)


def changes() -> list[tuple[Role, dict[str, Any], bool]]:
    """From a role, to what, and whether it waits."""
    found = []
    for role in PEOPLE:
        for to in PEOPLE:
            if to != role:
                code = UNIT[to]
                found.append((role, {"role": to, "area": code}, bool({role, to} & HIGHER)))
        found.append((role, {"is_active": True}, role in HIGHER))
        found.append((role, {"is_active": False}, False))
        found.append((role, {"name": "林", "phone": "10012345678"}, False))
    found.append((Role.COUNTY_SUPERVISOR, {"area": WENCHANG}, True))
    found.append((Role.WORKER, {"area": QIONGHAI}, False))
    return found


@pytest.mark.parametrize(("role", "facts", "waits"), changes())
def test_a_change(role: Role, facts: dict[str, Any], waits: bool, system: User) -> None:
    facts = {n: (area(v) if v else None) if n == "area" else v for n, v in facts.items()}
    user = of(role, is_active="is_active" not in facts or not facts["is_active"])

    def stored() -> bool:
        now = User.objects.get(pk=user.pk)
        return all(getattr(now, name) == value for name, value in facts.items())

    change_account(user=user, by=system, **facts)
    assert stored() is not waits
    if waits:
        confirm(proposal=waiting(), by=of(Role.SYSTEM_ADMIN))
        assert stored()
    assert not AccountProposal.objects.waiting().exists()


def test_what_gives_no_right_is_stored_while_the_rest_waits(system: User) -> None:
    user = of(Role.WORKER)
    change_account(user=user, by=system, name="林", role=Role.TOWN_SUPERVISOR)
    user.refresh_from_db()
    assert (user.name, user.role) == ("林", Role.WORKER)
    with pytest.raises(Refused, match="已在等待第二人确认。"):
        change_account(user=user, by=system, role=Role.RECORDS_ADMIN, area=area(QIONGHAI))
    assert waiting().to_role == Role.TOWN_SUPERVISOR


def test_a_change_that_cannot_be_is_refused_at_once(system: User) -> None:
    with pytest.raises(Refused, match="档案管理员不能设在嘉积镇：单位级别不符。"):
        change_account(user=of(Role.WORKER), by=system, role=Role.RECORDS_ADMIN)
    assert not AccountProposal.objects.exists()


def test_who_may_be_the_second_person() -> None:
    system, asked = of(Role.SYSTEM_ADMIN), of(Role.SYSTEM_ADMIN)
    near = {role: of(role) for role in PEOPLE if role != Role.SYSTEM_ADMIN}
    far = UserFactory(county_supervisor=True, area=area(WENCHANG))
    everybody = [system, asked, far, *near.values()]
    county = {near[Role.COUNTY_SUPERVISOR], near[Role.RECORDS_ADMIN]}
    for role in HIGHER:
        proposal = ask_for_code(user=of(role), by=asked)
        expected = {system} | (county if role not in {Role.SYSTEM_ADMIN, Role.AUDITOR} else set())
        assert {user for user in everybody if may_confirm(user, proposal)} == expected, role


def test_a_county_does_not_send_its_people_elsewhere(system: User) -> None:
    boss, user = of(Role.RECORDS_ADMIN), of(Role.COUNTY_SUPERVISOR)
    change_account(user=user, by=system, area=area(WENCHANG))
    assert not may_confirm(boss, waiting())
    withdraw(proposal=waiting(), by=system)
    change_account(user=user, by=system, is_active=False)
    change_account(user=user, by=system, is_active=True)
    assert may_confirm(boss, waiting())


def test_one_confirmation_is_one_code_of_that_day(system: User, other: User) -> None:
    user = of(Role.AUDITOR)
    confirm(proposal=ask_for_code(user=user, by=system), by=other)
    with (
        time_machine.travel(timezone.now() + CONFIRMED_FOR),
        pytest.raises(Refused, match="该角色的验证"),
    ):
        issue_code(user=user, by=system)


def test_what_is_rejected_or_taken_back_is_not_done(system: User, other: User) -> None:
    user = of(Role.AUDITOR)
    asked = ask_for_code(user=user, by=system)
    with pytest.raises(Refused, match="只有提出人可以撤回。"):
        withdraw(proposal=asked, by=other)
    reject(proposal=asked, by=other)
    withdraw(proposal=ask_for_code(user=user, by=system), by=system)
    for proposal in AccountProposal.objects.all():
        with pytest.raises(Refused, match="已经决定："):
            confirm(proposal=proposal, by=other)
    with pytest.raises(Refused, match="该角色的验证码须先由第二人确认。"):
        issue_code(user=user, by=system)


def test_what_somebody_asked_who_was_closed_since_is_not_confirmed(
    system: User, other: User
) -> None:
    asked = ask_for_code(user=of(Role.AUDITOR), by=system)
    change_account(user=system, by=other, is_active=False)
    with pytest.raises(Refused, match="提出人已不能登录"):
        confirm(proposal=asked, by=other)
    reject(proposal=asked, by=other)


def test_the_database_itself_keeps_the_rule(system: User, other: User) -> None:
    user = of(Role.AUDITOR)
    asked = ask_for_code(user=user, by=system)
    rows = AccountProposal.objects.filter(pk=asked.pk)
    facts = {"decision": AccountDecision.CONFIRMED, "decided_at": timezone.now()}
    for by in (system, user):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(decided_by=by, **facts)
    assert rows.update(decided_by=other, **facts) == 1
    issue_code(user=user, by=system)
    for wrong in (None, system, user):
        with pytest.raises(IntegrityError), transaction.atomic():
            ResetCode.objects.update(confirmed_by=wrong)
    assert ResetCode.objects.update(confirmed_by=other) == 1


def page_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_pages_from_asking_to_the_code(system: User, other: User) -> None:
    auditor = of(Role.AUDITOR)
    here, there = page_of(system), page_of(other)
    code_url = reverse("accounts:staff-code", args=[auditor.public_id])
    assert "code" not in here.get(code_url).context
    assert here.post(code_url).status_code == 302
    assert here.get(code_url).context["waiting"] == waiting()
    url = reverse("accounts:second", args=[waiting().public_id])
    assert here.post(url, {"answer": "confirm"}).status_code == 409
    assert page_of(of(Role.TOWN_SUPERVISOR)).post(url, {"answer": "confirm"}).status_code == 403
    assert page_of(of(Role.RECORDS_ADMIN)).post(url, {"answer": "confirm"}).status_code == 404
    assert there.get(reverse("accounts:second-list")).context["page"].total == 1
    assert there.post(url, {"answer": "confirm"}).status_code == 302
    answer = here.post(code_url)
    assert answer.context["code"] in answer.content.decode()
    assert here.post(code_url).status_code == 302
    assert waiting().kind == AccountProposalKind.CODE


def test_it_is_answered_in_its_row_and_who_asked_reads_that_it_waits(
    system: User, other: User
) -> None:
    asked = ask_for_code(user=of(Role.AUDITOR), by=system)
    url, button = reverse("accounts:second-list"), 'name="answer" value="confirm"'
    theirs, own = (page_of(user).get(url).content.decode() for user in (other, system))
    assert (button in theirs, button in own) == (True, False)
    address = reverse("accounts:second", args=[asked.public_id])
    assert f'formaction="{address}"' in theirs
    assert f'href="{address}"' in own
    number = '<span class="count">1</span>'
    assert (number in theirs, number in own) == (True, False)


def test_who_opens_accounts_finds_the_way_and_nothing_is_chosen_beforehand(system: User) -> None:
    way, staff = reverse("admin:accounts_user_add"), reverse("accounts:staff-list")
    assert way in page_of(system).get(staff).content.decode()
    assert way not in page_of(of(Role.COUNTY_SUPERVISOR)).get(staff).content.decode()
    form = page_of(system).get(way).context["adminform"].form
    assert form["role"].value() in (None, "")
    assert form.fields["role"].choices[0][0] == ""


def test_the_admin_holds_rights_back_and_says_so(system: User) -> None:
    client, town = page_of(system), of(Role.TOWN_SUPERVISOR)
    url = reverse("admin:accounts_user_change", args=[town.pk])
    data = {"name": "林", "phone": "", "role": Role.COUNTY_SUPERVISOR, "is_active": "on",
            "area": area(QIONGHAI).pk}  # fmt: skip
    answer = client.post(url, data, follow=True)
    assert answer.status_code == 200
    town.refresh_from_db()
    assert (town.name, town.role) == ("林", Role.TOWN_SUPERVISOR)
    assert any(message.level_tag == "warning" for message in answer.context["messages"])
    new = {"username": "neu", "name": "黄", "phone": "", "role": Role.AUDITOR, "area": ""}
    answer = client.post(reverse("admin:accounts_user_add"), new)
    assert answer["Location"] == reverse("accounts:second-list")
    assert not User.objects.get(username="neu").is_active


def test_the_holder_is_told_at_the_next_sign_in_and_on_the_account_page(
    system: User, other: User
) -> None:
    user = of(Role.AUDITOR, password=PASSWORD)
    confirm(proposal=ask_for_code(user=user, by=system), by=other)
    issue_code(user=user, by=system)

    def sign_in() -> str:
        client = Client()
        data = {"username": user.username, "password": PASSWORD, "next": "/account/"}
        return client.post("/sign-in/", data, follow=True).content.decode()

    first, again = sign_in(), sign_in()
    for name in (system.name, other.name):
        assert first.count(name) == 2
        assert again.count(name) == 1


def test_who_came_by_a_code_does_not_use_up_what_the_holder_is_told() -> None:
    worker = of(Role.WORKER)
    code = issue_code(user=worker, by=of(Role.TOWN_SUPERVISOR))
    data = {"username": worker.username, "code": code, "new_password": NEW, "again": NEW}
    Client().post(reverse("accounts:redeem-code"), data)
    assert ResetCode.objects.get().told_at is None


def test_the_auditor_reads_who_asked_and_who_confirmed(system: User, other: User) -> None:
    user = of(Role.TOWN_SUPERVISOR)
    confirm(proposal=ask_for_code(user=user, by=system), by=other)
    issue_code(user=user, by=system)
    auditor = page_of(of(Role.AUDITOR))
    for model in ("resetcode", "accountproposal"):
        page = auditor.get(reverse(f"admin:accounts_{model}_changelist")).content.decode()
        assert system.name in page
        assert other.name in page


def test_a_site_with_one_administrator_begins_and_goes_on_by_commands() -> None:
    out = StringIO()
    call_command("create_admin", "First", "--name", "王管理", stdout=out)
    first = User.objects.get(username="first")
    assert may_sign_in(first)
    auditor = create_account(username="a", name="冯", role=Role.AUDITOR, area=None, by=first)
    assert not may_sign_in(auditor)
    call_command("confirm_account", "A", stdout=out)
    auditor.refresh_from_db()
    assert auditor.is_active
    assert issue_code(user=auditor, by=first)
    call_command("issue_code", "A", "--by", "first", stdout=out)
    row = ResetCode.objects.order_by("-pk")[0]
    assert (row.on_server, row.issued_by, row.confirmed_by) == (True, first, None)
    event = AccountProposal.objects.get().events.order_by("-pgh_id")[0]
    assert event.pgh_context.metadata["view"] == "manage.py confirm_account"
    with pytest.raises(CommandError):
        call_command("confirm_account", "A")
    with pytest.raises(Refused, match="该角色的验证码须先由第二人确认。"):
        issue_code(user=auditor, by=first)
