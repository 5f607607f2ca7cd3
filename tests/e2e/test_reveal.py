"""Number and phone are shown in their line of the file: to those who look after the person at
once, to everybody else once they have said what it is for."""

import pytest
from playwright.sync_api import expect

from apps.accounts.permissions import Permission
from apps.accounts.roles import ROLES, Role
from apps.audit.models import AccessLog, Action
from tests.architecture.visitors import WHOLE_SWEEP
from tests.e2e.axe import assert_good_page
from tests.e2e.conftest import Desk
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, area
from tests.factories.persons import AssignmentFactory, PersonFactory

WHO = [role for role, held in ROLES.items() if Permission.PERSON_REVEAL in held.permissions]
OF_COUNTY = {Role.COUNTY_SUPERVISOR, Role.RECORDS_ADMIN}
WHY = "核对决定书"


@pytest.mark.parametrize(
    ("role", "javascript"),
    [(role, way) for place, role in enumerate(WHO) for way in (True, False)
     if WHOLE_SWEEP or role == Role.WORKER or way == bool(place % 2)],
)  # fmt: skip
def test_every_role_that_may_reveals_and_calls(desk: Desk, role: Role, javascript: bool) -> None:
    home = area(QIONGHAI if role in OF_COUNTY else JIAJI)
    user = UserFactory(area=home, **({} if role == Role.WORKER else {role.value: True}))
    person = PersonFactory(name="陈海生")
    if role == Role.WORKER:
        AssignmentFactory(person=person, worker=user)
    page = desk.open(f"/persons/{person.public_id}/", user, javascript=javascript, width=390)
    for button, value in (("查看", person.document_number), ("拨号", person.phone)):
        page.locator(".ids").get_by_role("button", name=button).click()
        if role != Role.WORKER:
            for typed in ("", "核"):
                page.get_by_label("用途").fill(typed)
                with page.expect_response(lambda found: found.status == 422):
                    page.locator("form.ask").get_by_role("button", name=button).click()
                expect(page.locator("form.ask .wrong")).to_be_visible()
                expect(page.get_by_label("用途")).to_have_value(typed)
            page.get_by_label("用途").fill(WHY)
            page.locator("form.ask").get_by_role("button", name=button).click()
        expect(page.get_by_text(value)).to_be_visible()
        expect(page.locator("h1")).to_have_count(1)
        if javascript:
            assert_good_page(page, f"reveal-{role}")
        else:
            page.goto(f"/persons/{person.public_id}/")
    logged = AccessLog.objects.filter(action__in=[Action.REVEAL, Action.CALL])
    assert [row.purpose for row in logged] == [WHY if role != Role.WORKER else ""] * 2


def test_the_page_of_its_own_says_what_is_missing_and_breaks_no_policy(desk: Desk) -> None:
    person, boss = PersonFactory(), UserFactory(town_supervisor=True)
    for what in ("reveal", "call"):
        page = desk.open(f"/persons/{person.public_id}/{what}/", boss)
        for typed in ("", "核"):
            page.get_by_label("用途").fill(typed)
            page.locator("form.ask .btn-primary").click()
            expect(page.locator("form.ask .wrong")).to_be_visible()
            expect(page.get_by_label("用途")).to_have_value(typed)
