"""A report goes upwards, is accepted or sent back; who sees figures only reads masked numbers."""

import io
import zipfile
from datetime import date
from uuid import uuid4

import pytest
from django.db import InternalError, transaction
from django.urls import reverse

from apps.core.days import today
from apps.notices.codes import NoticeKind
from apps.notices.models import Notice
from apps.periodic.calendar import owed_by, owed_to, periods_of
from apps.periodic.models import PeriodicReport, ReportRule, ReportSending
from apps.periodic.rules import period_before
from apps.periodic.services import answer_report, ask_for_reports, end_rule, send_report
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WANQUAN, area
from tests.factories.periodic import frozen
from tests.once import once
from tests.refusing import refused
from tests.reports.test_dashboard import units_with_persons

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def persons(django_db_setup, django_db_blocker):
    with once(django_db_blocker, units_with_persons) as cases:
        yield cases


@pytest.fixture
def county():
    return UserFactory(county_supervisor=True)


@pytest.fixture
def town():
    return UserFactory(town_supervisor=True)


def of_town(town, **facts):
    return frozen(area(JIAJI), by=town, **facts)


def test_a_town_sends_to_its_county_which_accepts(town, county):
    row = of_town(town)
    sending = send_report(report=row, by=town)
    assert sending.receiver == area(QIONGHAI)
    assert Notice.objects.get(reader=county).kind == NoticeKind.REPORT_SENT
    answer_report(report=row, by=county, answer="received")
    assert Notice.objects.get(reader=town).kind == NoticeKind.REPORT_RECEIVED
    with refused("This report was answered already"):
        answer_report(report=row, by=county, answer="sent_back", remarks="再看看")
    with refused("This version was sent already"):
        send_report(report=row, by=town)


def test_what_is_sent_back_says_why_and_comes_as_a_new_version(town, county):
    row = of_town(town)
    send_report(report=row, by=town)
    with refused("Say what is to be mended", "remarks"):
        answer_report(report=row, by=county, answer="sent_back")
    answer_report(report=row, by=county, answer="sent_back", remarks="签到数与台账不符")
    assert Notice.objects.get(reader=town).kind == NoticeKind.REPORT_SENT_BACK
    later = of_town(town, reason="核对台账后重报")
    with refused("A later version of this report stands"):
        send_report(report=row, by=town)
    send_report(report=later, by=town)
    assert list(PeriodicReport.objects.waiting_for(area(QIONGHAI))) == [later]


def test_nobody_answers_what_was_not_sent_there_or_what_they_sent(town, county):
    row = of_town(town)
    with refused("This report was not sent to your unit"):
        answer_report(report=row, by=county, answer="received")
    send_report(report=row, by=county)
    with refused("Somebody else answers a report"):
        answer_report(report=row, by=county, answer="received")
    with refused("This report was not sent to your unit"):
        answer_report(report=row, by=town, answer="received")


def test_the_answer_stands_in_the_database(town, county):
    row = of_town(town)
    send_report(report=row, by=town)
    answer_report(report=row, by=county, answer="received")
    for change in (
        lambda: ReportSending.objects.update(answer="sent_back", remarks="x"),
        lambda: ReportSending.objects.update(receiver=area(JIAJI)),
        lambda: ReportSending.objects.all().delete(),
    ):
        with pytest.raises(InternalError, match="Cannot"), transaction.atomic():
            change()


def test_the_province_reads_what_was_sent_masked_and_nothing_else(client, persons, county):
    viewer = UserFactory(province_viewer=True)
    client.force_login(viewer)
    row = frozen(by=county)
    address = reverse("periodic:report", args=[row.public_id])
    assert client.get(address, secure=True).status_code == 404
    send_report(report=row, by=county)
    page = client.get(address, secure=True)
    assert page.status_code == 200
    table = page.context["table"]
    assert not table.exact
    persons_cells = [line.cells[table.form.columns.index("persons")] for line in table.lines]
    assert all(cell.masked for cell in persons_cells if 0 < cell.figure.behind[0] < 5)
    assert not any(cell.url for cell in table.totals)
    assert (
        client.get(
            reverse("periodic:rows", args=[row.public_id, "persons"]), secure=True
        ).status_code
        == 403
    )
    sheet = client.get(reverse("periodic:xlsx", args=[row.public_id]), secure=True)
    with zipfile.ZipFile(io.BytesIO(b"".join(sheet))) as book:
        words = book.read("xl/sharedStrings.xml").decode()
    assert any(cell.masked for cell in table.totals)
    told = next(cell.text for cell in table.totals if cell.masked)
    assert told in words


def test_other_spans_do_not_go_to_the_province(county):
    row = frozen(by=county, every="quarter", first=date(2024, 1, 1))
    with refused("Months alone go to the province"):
        send_report(report=row, by=county)


def test_another_town_sees_nothing_of_it(client, town):
    row = of_town(town)
    client.force_login(UserFactory(town_supervisor=True, area=area(WANQUAN)))
    for name in ("report", "xlsx", "docx", "send", "answer"):
        answer = client.get(reverse(f"periodic:{name}", args=[row.public_id]), secure=True)
        assert answer.status_code == 404, name


def rule(by, **facts):
    facts = {
        "level": "town",
        "every": "month",
        "due_days": 5,
        "first_day": date(2024, 1, 1),
    } | facts
    return ask_for_reports(area=area(QIONGHAI), by=by, client_uuid=uuid4(), **facts)


def test_the_calendar_says_who_has_not_sent(town, county):
    asked = rule(county)
    days = period_before("month", today())
    owed = owed_by(area(JIAJI))
    assert [one.days for one in owed if one.days == days]
    assert {one.state for one in owed} == {"missing"}
    row = of_town(town, first=days[0], last=days[1])
    send_report(report=row, by=town)
    newest = owed_to(area(QIONGHAI))[0]
    assert [one.unit for one in newest.waiting] == [area(JIAJI)]
    assert area(JIAJI) not in [one.unit for one in newest.open]
    answer_report(report=row, by=county, answer="received")
    assert owed_to(area(QIONGHAI))[0].accepted == 1
    assert days not in [one.days for one in owed_by(area(JIAJI))]
    end_rule(rule=asked, by=county)
    with refused("This report is no longer asked for"):
        end_rule(rule=asked, by=county)


def test_a_report_is_asked_for_once(county):
    rule(county)
    with refused("This report is asked for already"):
        rule(county)


def test_periods_before_the_first_are_not_asked_for(county):
    row = rule(county, first_day=today())
    assert periods_of(row) == []
    assert ReportRule.objects.get() == row


def test_pages_of_rules_and_forms(client, county):
    client.force_login(county)
    for name in ("list", "preview", "forms", "rules", "new-rule"):
        assert client.get(reverse(f"periodic:{name}"), secure=True).status_code == 200
    facts = {"client_uuid": uuid4(), "every": "month", "level": "town", "due_days": 3,
             "first_day": "2024-01-01"}  # fmt: skip
    assert client.post(reverse("periodic:new-rule"), facts, secure=True).status_code == 302
    row = ReportRule.objects.get()
    assert (
        client.post(reverse("periodic:end-rule", args=[row.public_id]), secure=True).status_code
        == 302
    )
    facts = {"client_uuid": uuid4(), "title": "月报", "opening": "", "closing": "",
             "codes": ["persons"], "columns": ["persons"]}  # fmt: skip
    assert (
        client.post(reverse("periodic:form", args=["month"]), facts, secure=True).status_code == 302
    )
    assert client.get(reverse("periodic:list"), secure=True).status_code == 200
