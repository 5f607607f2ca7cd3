"""Who decides reads the facts in the own language, whatever the language of who proposed."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.approvals.kinds import KINDS
from apps.approvals.models import Proposal
from apps.cases import services
from apps.core.days import today
from apps.law.services import set_parameter
from tests.factories.accounts import UserFactory
from tests.factories.areas import WENCHENG, area
from tests.factories.assessments import assessed
from tests.factories.breaches import heard, recorded
from tests.factories.cases import CaseFactory
from tests.factories.pages import running_case, signed_in
from tests.factories.transfers import handed_over

pytestmark = pytest.mark.django_db
HAN = re.compile(r"[\u3400-\u9fff]")
WROTE = "words of a person"


def propose_each(worker: User, boss: User) -> None:
    """One of every kind, by the acts of the product; nothing but a person's words is English."""
    case = running_case(worker, days=300)
    heard(recorded(case, worker, facts=WROTE), worker, said=WROTE)
    assessed(case.person, worker, today(), risk_level="high", reason=WROTE)
    services.propose_police_report(
        case=case, by=worker, ground="use", happened_on=today(), facts=WROTE, heard=WROTE
    )
    set_parameter(
        name="leave_approval", value=1, effective_from=today(), basis="镇规定", area=boss.area,
        by=User.objects.system(),
    )  # fmt: skip
    services.report_leave(
        case=case, by=worker, starts_on=today(), until_on=today() + timedelta(days=1),
        destination=WROTE,
    )  # fmt: skip
    handed_over(running_case(worker, days=300), worker, boss)
    clean = CaseFactory()
    with time_machine.travel("2027-03-02T10:00:00+08:00", tick=False):
        services.release_case(
            case=clean, by=boss, number="1", notice_on=date(2027, 3, 1), told_on=today()
        )
        services.propose_end_of_control(case=clean, by=worker)


@pytest.mark.parametrize(("wrote", "reads"), [("zh-hans", "en"), ("en", "zh-hans")])
def test_every_kind_is_read_in_the_language_of_the_reader(wrote: str, reads: str) -> None:
    worker, boss = UserFactory(), UserFactory(town_supervisor=True)
    receiver = UserFactory(town_supervisor=True, area=area(WENCHENG))
    with translation.override(wrote):
        propose_each(worker, boss)
        written = {row.kind: row.facts_in_words for row in Proposal.objects.waiting()}
    assert set(written) == set(KINDS)
    for proposal in Proposal.objects.waiting().order_by("pk"):
        with translation.override(reads):
            told = proposal.facts_in_words
        assert told != written[proposal.kind], "nothing of it is kept in the first language"
        english = told if reads == "en" else written[proposal.kind]
        # Names of units, persons and papers are Chinese in every language.
        if proposal.kind not in ("transfer",):
            assert not HAN.search(english), proposal.kind
        decides = receiver if proposal.kind == "transfer" else boss
        client = signed_in(decides, headers={"accept-language": reads})
        page = client.get(reverse("approvals:decide", args=[proposal.public_id]))
        for line in told.splitlines():
            assert line in page.content.decode(), proposal.kind
        listed = client.get(reverse("approvals:list")).content.decode()
        assert told.splitlines()[0] in listed, proposal.kind


def test_words_that_were_kept_before_are_shown_as_they_were_written() -> None:
    for words in ("2024年3月1日至3月5日，海口", "{not what it seems", "{}x"):
        assert Proposal(kind="leave", facts=words).facts_in_words == words
