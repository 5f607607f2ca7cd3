"""Breaches, transfers and releases: each page in both looks, and the journey between two units."""

from datetime import timedelta
from uuid import uuid4

from django.urls import reverse

from apps.breaches.services import respond_to_breach
from apps.cases.models import Case
from apps.core.days import today
from apps.intake.models import Release
from apps.intake.services import expect_release, receive_person
from apps.transfers.models import Transfer
from tests.e2e.axe import assert_good_page
from tests.e2e.conftest import Desk
from tests.factories.accounts import UserFactory
from tests.factories.areas import WENCHENG, area
from tests.factories.breaches import confirmed, days_ago, heard, recorded
from tests.factories.pages import running_case
from tests.factories.persons import PersonFactory, resident_number
from tests.factories.transfers import handed_over

LOOKS = [("zh-hans", 1440), ("en", 390)]


class Office:
    """Everything that the pages can show, of one worker and the supervisors of two units."""

    def __init__(self) -> None:
        self.worker = UserFactory(name="周晓岚")
        self.boss = UserFactory(town_supervisor=True, name="符海宁")
        self.receiver = UserFactory(town_supervisor=True, area=area(WENCHENG), name="林文清")
        person = PersonFactory(name="陈海生")
        self.case: Case = running_case(self.worker, days=300, person=person)

    def breaches(self) -> list[str]:
        for days in (90, 60, 30):
            breach = confirmed(self.case, self.worker, self.boss, on=days_ago(days))
        left = {"kind": "left", "on": days_ago(80), "until": days_ago(69)}
        confirmed(self.case, self.worker, self.boss, **left)
        heard(recorded(self.case, self.worker, on=days_ago(5)), self.worker)
        respond_to_breach(
            breach=breach, by=self.worker, client_uuid=uuid4(), kind="admonition", on=today(),
            words="按通知时间参加检测；有困难先打电话",
        )  # fmt: skip
        own = [self.case.person.public_id]
        return [
            reverse("breaches:list"), reverse("breaches:person", args=own),
            reverse("breaches:record", args=own),
            reverse("breaches:breach", args=[breach.public_id]),
            reverse("breaches:hear", args=[breach.public_id]),
            reverse("breaches:warning", args=[breach.public_id]),
        ]  # fmt: skip

    def transfers(self) -> list[str]:
        transfer = handed_over(self.case, self.worker, self.boss)
        own = [self.case.person.public_id]
        return [
            reverse("transfers:list"), reverse("transfers:person", args=own),
            reverse("transfers:ask", args=own),
            reverse("transfers:transfer", args=[transfer.public_id]),
            reverse("transfers:letter", args=[transfer.public_id]),
        ]  # fmt: skip

    def releases(self) -> list[str]:
        rows: list[Release] = []
        for number, name in enumerate(("黄小燕", "吴志诚")):
            rows.append(
                expect_release(
                    by=self.worker, client_uuid=uuid4(), area=area(), name=name,
                    document_number=resident_number(200 + number), source="isolation",
                    institution="省第一强制隔离戒毒所", measure="SQKF",
                    expected_on=today() - timedelta(days=2 - number), noticed_on=days_ago(4),
                )
            )  # fmt: skip
        receive_person(release=rows[0], by=self.worker, on=today(), reception="town")
        return [
            reverse("intake:list"), reverse("intake:expect"),
            reverse("intake:release", args=[rows[0].public_id]),
            reverse("intake:open", args=[rows[0].public_id]),
        ]  # fmt: skip


def test_pages_of_breaches_transfers_and_releases(desk: Desk) -> None:
    office, found = Office(), []
    tabs = [desk.window(office.boss, lang=lang, width=width).new_page() for lang, width in LOOKS]
    for url in [*office.breaches(), *office.transfers(), *office.releases()]:
        parts = [part for part in url.split("/") if part and len(part) < 30]
        for page in tabs:
            page.goto(url)
            try:
                assert_good_page(page, "-".join(parts))
            except AssertionError as error:
                found.append(str(error))
    assert found == []


def test_a_transfer_refused_and_then_accepted(desk: Desk) -> None:
    office = Office()
    person = office.case.person
    sender = desk.window(office.boss).new_page()
    receiver = desk.window(office.receiver, width=390).new_page()

    def send() -> None:
        sender.goto(reverse("transfers:ask", args=[person.public_id]))
        sender.fill("[name=area]", "下山村")
        sender.fill("[name=reason]", "在当地务工")
        sender.click("main button.btn-primary")
        sender.click("a:has-text('下山村')")
        sender.click("a.btn-primary")
        sender.click("main button.btn-primary")

    send()
    transfer = Transfer.objects.get()
    receiver.goto(reverse("transfers:transfer", args=[transfer.public_id]))
    # What the decision needs, as the letter says it; no whole number.
    assert "在当地务工" in receiver.inner_text("main")
    assert person.document_number not in receiver.inner_text("main")
    receiver.click(f"a[href*='{reverse('approvals:list')}'].btn")
    receiver.fill("[name=reason]", "没有固定住所")
    receiver.click("button[value=reject]")
    sender.goto(reverse("transfers:transfer", args=[transfer.public_id]))
    assert "没有固定住所" in sender.inner_text("main")
    send()
    again = Transfer.objects.latest("pk")
    receiver.goto(reverse("transfers:accept", args=[again.public_id]))
    receiver.click("main button.btn-primary")
    receiver.click(f"a[href='{reverse('workbench:person', args=[person.public_id])}']")
    assert person.name in receiver.inner_text("body")
    gone = sender.goto(reverse("workbench:person", args=[person.public_id]))
    assert gone is not None
    assert gone.status == 404
    office.case.refresh_from_db()
    assert office.case.town == area(WENCHENG)
