"""Who asked for a transfer reads what was decided, by name and page, and nothing that follows."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.urls import reverse

from apps.accounts.models import User
from apps.approvals.services import reject
from apps.core.days import today
from apps.notices.codes import NoticeKind
from apps.notices.models import Notice
from apps.persons.services import assign_worker
from apps.transfers.models import Transfer
from apps.transfers.services import accept_transfer, cancel_transfer, record_arrival
from tests.factories.accounts import UserFactory
from tests.factories.areas import WANQUAN, area
from tests.factories.pages import signed_in
from tests.factories.transfers import asked, handed_over, waiting
from tests.transfers.conftest import Offices

pytestmark = pytest.mark.django_db
WORDS = "只在这封信里写的理由"


@dataclass
class World:
    offices: Offices
    mate: User
    cover: User
    county: User
    transfer: Transfer

    def all_of_them(self) -> dict[str, User]:
        own = self.offices
        return {
            "asked": own.worker, "cover": self.cover, "mate": self.mate, "boss": own.boss,
            "county": self.county, "receiver": own.receiver, "new worker": own.new_worker,
            "new county": own.new_county,
        }  # fmt: skip


@pytest.fixture
def world(offices: Offices) -> World:
    cover = UserFactory()
    assign_worker(
        persons=[offices.case.person], worker=cover, by=offices.boss, on=today(), kind="cover"
    )
    transfer = handed_over(offices.case, offices.worker, offices.boss)
    county = UserFactory(county_supervisor=True)
    return World(offices, UserFactory(), cover, county, transfer)


def body(user: User, name: str, *args: object) -> str:
    client = signed_in(user, headers={"accept-language": "en"})
    answer = client.get(reverse(name, args=args), secure=True)
    return answer.content.decode() if answer.status_code == 200 else ""


def opens(user: User, transfer: Transfer) -> str:
    return body(user, "transfers:transfer", transfer.public_id)


def test_before_the_decision_the_caseload_alone_says_who_reads(world: World) -> None:
    reading = {name for name, user in world.all_of_them().items() if opens(user, world.transfer)}
    assert reading == {"asked", "cover", "boss", "county", "receiver", "new county"}
    give_to_a_colleague(world)
    assert not opens(world.offices.worker, world.transfer)


def give_to_a_colleague(world: World) -> None:
    assign_worker(
        persons=[world.offices.case.person], worker=world.mate, by=world.offices.boss, on=today()
    )


def test_after_the_acceptance_who_asked_reads_the_fact_alone(world: World) -> None:
    accept_transfer(
        transfer=world.transfer, by=world.offices.receiver, worker=world.offices.new_worker
    )
    record_arrival(transfer=world.transfer, by=world.offices.new_worker, on=today())
    pages = {name: opens(user, world.transfer) for name, user in world.all_of_them().items()}
    assert {name for name, page in pages.items() if page} == set(pages) - {"cover", "mate"}
    for name in ("asked", "boss", "county"):
        page = pages[name]
        assert "here only the fact remains" in page, name
        assert world.offices.case.person.name in page, name
        assert "Accepted" in page, name
        for hidden in ("To report by", "Reported at the new place", "New agreement",
                       str(world.offices.case.person.public_id), world.transfer.reason,
                       "下山村8号", world.offices.case.decision_number):  # fmt: skip
            assert hidden not in page, (name, hidden)
    assert "Reported at the new place" in pages["new worker"]


@pytest.mark.parametrize("page", ["letter", "hand-over", "cancel", "arrival", "agreement"])
def test_who_asked_opens_neither_letter_nor_act(world: World, page: str) -> None:
    accept_transfer(transfer=world.transfer, by=world.offices.receiver)
    assert not body(world.offices.worker, f"transfers:{page}", world.transfer.public_id)
    assert not body(world.offices.worker, "workbench:person", world.offices.case.person.public_id)


def test_the_list_tells_who_asked_that_it_was_accepted_and_no_day_after(world: World) -> None:
    accept_transfer(transfer=world.transfer, by=world.offices.receiver)
    Transfer.objects.update(report_by=today() - timedelta(days=1))
    for user, overdue in ((world.offices.worker, 0), (world.offices.receiver, 1)):
        client = signed_in(user, headers={"accept-language": "en"})
        url = reverse("transfers:list")
        assert len(client.get(url, secure=True).context["page"].rows) == 1
        late = client.get(url, {"overdue": "on"}, secure=True)
        assert len(late.context["page"].rows) == overdue
        assert ("Not reported in time" in client.get(url, secure=True).content.decode()) is bool(
            overdue
        )


def test_nothing_of_it_stands_in_today(world: World) -> None:
    accept_transfer(transfer=world.transfer, by=world.offices.receiver)
    assert world.offices.case.person.name not in body(world.offices.worker, "workbench:today")


@pytest.mark.parametrize("state", ["accepted", "refused", "cancelled"])
def test_the_bell_names_whom_one_sent_away_and_leads_to_the_decision(
    world: World, state: str
) -> None:
    name, worker = world.offices.case.person.name, world.offices.worker
    give_to_a_colleague(world)
    Notice.objects.all().delete()
    if state == "accepted":
        accept_transfer(transfer=world.transfer, by=world.offices.receiver)
    elif state == "refused":
        reject(proposal=waiting(world.transfer), by=world.offices.receiver, reason=WORDS)
    else:
        cancel_transfer(transfer=world.transfer, by=world.offices.boss, reason=WORDS)
    kind = {"accepted": NoticeKind.APPROVED, "refused": NoticeKind.SENT_BACK}.get(
        state, NoticeKind.TRANSFER_CANCELLED
    )
    notice = Notice.objects.get(reader=worker, kind=kind)
    assert name in body(worker, "notices:list")
    client = signed_in(worker, headers={"accept-language": "en"})
    answer = client.post(reverse("notices:open", args=[notice.public_id]), secure=True)
    there = reverse("transfers:transfer", args=[world.transfer.public_id])
    assert answer.headers["Location"] == there
    page = client.get(there, secure=True).content.decode()
    assert (WORDS in page) == (state != "accepted")
    foot = "here only the fact remains" if state == "accepted" else "stays with the sending unit"
    assert foot in page


def test_who_only_covered_or_looked_after_the_person_is_told_no_name(world: World) -> None:
    """Whose work ended with the move hears that it did, as of any move."""
    accept_transfer(transfer=world.transfer, by=world.offices.receiver)
    notice = Notice.objects.get(reader=world.cover, kind=NoticeKind.MOVED_AWAY)
    assert world.offices.case.person.name not in body(world.cover, "notices:list")
    answer = signed_in(world.cover).post(reverse("notices:open", args=[notice.public_id]))
    assert answer.headers["Location"] == reverse("notices:list")


def test_who_works_elsewhere_by_now_reads_it_no_more(world: World) -> None:
    accept_transfer(transfer=world.transfer, by=world.offices.receiver)
    worker = world.offices.worker
    worker.area = area(WANQUAN)
    worker.save()
    assert not opens(worker, world.transfer)
    assert world.offices.case.person.name not in body(worker, "notices:list")


def test_a_request_of_a_colleague_is_not_ones_own(world: World) -> None:
    accept_transfer(transfer=world.transfer, by=world.offices.receiver)
    assert not Transfer.objects.answered_to(world.mate).exists()
    assert not Transfer.objects.answered_to(UserFactory(system_admin=True)).exists()
    world.offices.worker.is_active = False
    assert not Transfer.objects.answered_to(world.offices.worker).exists()


def test_one_that_waits_is_no_answer(world: World, offices: Offices) -> None:
    assert not Transfer.objects.answered_to(offices.worker).exists()
    cancel_transfer(transfer=world.transfer, by=offices.boss, reason=WORDS)
    again = asked(offices.case, offices.worker)
    assert list(Transfer.objects.answered_to(offices.worker)) == [world.transfer]
    assert again.public_id != world.transfer.public_id
