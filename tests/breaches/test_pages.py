"""What pages of breaches show, to whom, and that they threaten nothing."""

import re

import pytest
from django.urls import reverse

from apps.audit.models import AccessLog, Action
from apps.breaches.models import Breach
from tests.breaches.conftest import Office
from tests.factories.accounts import UserFactory
from tests.factories.areas import WANQUAN, area
from tests.factories.breaches import confirmed, days_ago, recorded, waiting
from tests.factories.pages import running_case, signed_in


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_from_the_entry_over_the_hearing_to_a_breach_not_confirmed(office: Office) -> None:
    worker, officer = signed_in(office.worker), signed_in(office.officer)
    person = office.case.person
    page = worker.get(reverse("breaches:record", args=[person.public_id]))
    sent = {
        "client_uuid": str(page.context["form"]["client_uuid"].value()), "kind": "test_refused",
        "on": str(days_ago(3)), "facts": "当面拒绝",
    }  # fmt: skip
    for _ in range(2):
        worker.post(reverse("breaches:record", args=[person.public_id]), sent)
    breach = Breach.objects.get()
    hear = reverse("breaches:hear", args=[breach.public_id])
    assert worker.post(hear, {"on": str(days_ago(0))}).status_code == 422
    worker.post(hear, {"on": str(days_ago(0)), "said": "我在医院"})
    decide = reverse("approvals:decide", args=[waiting(breach).public_id])
    assert "我在医院" in officer.get(decide).content.decode()
    officer.post(decide, {"answer": "reject", "reason": "有住院证明"})
    shown = words(worker.get(reverse("breaches:breach", args=[breach.public_id])).content.decode())
    assert "有住院证明" in shown
    tab = words(worker.get(reverse("breaches:person", args=[person.public_id])).content.decode())
    assert "0 of 3" in tab or "0/3" in tab.replace(" ", "")


@pytest.mark.parametrize("measure", ["SQJD", "SQKF"])
def test_a_full_counter_shows_its_arithmetic_and_never_threatens(
    office: Office, measure: str
) -> None:
    case = running_case(office.worker, measure=measure)
    for days in (30, 20, 10):
        confirmed(case, office.worker, office.officer, on=days_ago(days))
    page = signed_in(office.officer).get(reverse("breaches:person", args=[case.person.public_id]))
    shown = words(page.content.decode())
    assert f"{days_ago(30)} + {days_ago(20)} + {days_ago(10)}" in shown
    assert page.context["orders"][0]["reached"]
    assert not re.search(r"isolat|隔离", shown)


def test_the_list_is_scoped_filtered_and_its_export_logged(office: Office) -> None:
    confirmed(office.case, office.worker, office.officer)
    recorded(office.case, office.worker, on=days_ago(3))
    client, url = signed_in(office.officer), reverse("breaches:list")
    assert len(client.get(url).context["page"].rows) == 2
    assert len(client.get(url, {"state": "to_hear"}).context["page"].rows) == 1
    assert client.get(url, {"reached": "1"}).context["page"].rows == []
    sheet = client.post(url, {"purpose": "月度核对", "format": "csv", "whole": "1"})
    assert office.case.person.name in b"".join(sheet.streaming_content).decode("utf-8-sig")
    assert AccessLog.objects.filter(action=Action.EXPORT, purpose="月度核对").count() == 1
    for stranger in (UserFactory(), UserFactory(town_supervisor=True, area=area(WANQUAN))):
        assert signed_in(stranger).get(url).context["page"].rows == []
