"""The tick over the list of transfers, and what its dates tell either side."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from apps.accounts.models import User
from apps.core.days import today
from apps.transfers.models import Transfer
from apps.transfers.services import accept_transfer, record_arrival
from tests.factories.pages import signed_in
from tests.factories.transfers import handed_over
from tests.transfers.conftest import Offices

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def accepted(offices: Offices) -> Transfer:
    transfer: Transfer = handed_over(offices.case, offices.worker, offices.boss)
    return accept_transfer(transfer=transfer, by=offices.receiver)


def listed(user: User, **query: str) -> list[Any]:
    client = signed_in(user, headers={"accept-language": "en"})
    rows = client.get(reverse("transfers:list"), query, secure=True).context["page"].rows
    return [row.record if hasattr(row, "record") else row for row in rows]


@pytest.mark.parametrize(("left", "late"), [(1, False), (0, False), (-1, True)])
def test_the_tick_keeps_those_whose_last_day_is_over(
    offices: Offices, accepted: Transfer, left: int, *, late: bool
) -> None:
    Transfer.objects.update(report_by=today() + left * DAY)
    for query in ({}, {"overdue": ""}, {"overdue": "false"}):
        assert listed(offices.receiver, **query) == [accepted]
    assert listed(offices.receiver, overdue="on") == ([accepted] if late else [])
    # To who has sent the person away the tick tells nothing.
    assert listed(offices.boss) == [accepted]
    assert listed(offices.boss, overdue="on") == []


def test_who_reported_is_late_no_more(offices: Offices, accepted: Transfer) -> None:
    Transfer.objects.update(report_by=today() - DAY)
    assert listed(offices.receiver, overdue="on") == [accepted]
    record_arrival(transfer=accepted, by=offices.receiver, on=today())
    assert listed(offices.receiver, overdue="on") == []


def test_one_that_is_not_decided_is_never_late(offices: Offices) -> None:
    handed_over(offices.case, offices.worker, offices.boss)
    Transfer.objects.update(report_by=today() - DAY)
    assert listed(offices.receiver, overdue="on") == []
    assert len(listed(offices.receiver)) == 1


@pytest.mark.parametrize("column", ["report_by", "arrived_on"])
def test_a_day_of_the_course_is_shown_to_who_reads_the_file(
    offices: Offices, accepted: Transfer, column: str
) -> None:
    day = today() + 40 * DAY if column == "report_by" else today()
    Transfer.objects.update(**{column: day})
    for user, shown in ((offices.receiver, day), (offices.boss, None), (offices.worker, None)):
        [row] = listed(user, sort=column)
        assert getattr(row, f"shown_{column}") == shown
