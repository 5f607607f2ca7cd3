"""The steps of a sample as somebody does them in a browser, and who may."""

import re
from datetime import date
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from apps.accounts.models import User
from apps.cases.models import Case
from apps.drugtests.chain import StepKind as S
from apps.drugtests.dossier_page import page_of
from apps.drugtests.models import DrugTest, Reading, Step
from apps.drugtests.numbers import read_number, sample_number
from apps.drugtests.readings import Read
from tests.drugtests.ways import TO_LABORATORY, analyte, lab_test, step, walk
from tests.factories.accounts import UserFactory
from tests.factories.drugtests import not_sampled
from tests.factories.pages import signed_in as of_session

pytestmark = pytest.mark.django_db
DAY = date(2024, 5, 6)


def signed_in(user: User) -> Client:
    """In English, as behind TLS."""
    return of_session(user, headers={"Accept-Language": "en"}, **{"wsgi.url_scheme": "https"})


@pytest.fixture
def test_of(case: Case, worker: User) -> DrugTest:
    return lab_test(case.person, DAY, by=worker)


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(county_supervisor=True)
    return made


def address(test: DrugTest, kind: str) -> str:
    return reverse("drugtests:step", args=[test.public_id, kind])


def shown(client: Client, test: DrugTest, name: str = "detail") -> str:
    return client.get(reverse(f"drugtests:{name}", args=[test.public_id])).content.decode()


def test_results_are_entered_by_substance(worker: User, test_of: DrugTest) -> None:
    client = signed_in(worker)
    form = {"client_uuid": uuid4(), "at": "2024-05-06T10:30", "by_name": "周晓岚"}
    empty = client.post(address(test_of, S.SCREENED), form)
    assert "at least one substance" in empty.content.decode()
    answer = client.post(
        address(test_of, S.SCREENED), form | {"result_MET": "negative", "result_MOP": "negative"}
    )
    assert answer.status_code == 302
    assert Reading.objects.filter(step__dossier__test=test_of).count() == 2
    page = shown(client, test_of)
    assert "Methamphetamine" in page
    assert "1000" in page


def test_a_form_sent_twice_is_one_step(worker: User, test_of: DrugTest) -> None:
    client = signed_in(worker)
    form = {
        "client_uuid": uuid4(), "at": "2024-05-06T11:00", "by_name": "周晓岚",
        "second_name": "符丽", "a_seal": "A-1", "b_seal": "B-1", "place_words": "采样室",
    }  # fmt: skip
    for _time in range(2):
        assert client.post(address(test_of, S.SEALED), form).status_code == 302
    assert Step.objects.filter(dossier__test=test_of).count() == 1
    other = client.post(address(test_of, S.SEALED), form | {"a_seal": "A-2"})
    assert other.status_code == 409


def test_a_step_that_cannot_be_is_said_instead_of_asked(worker: User, test_of: DrugTest) -> None:
    page = signed_in(worker).get(address(test_of, S.STORED)).content.decode()
    assert "First: Sealed as A and B" in page
    assert '<form method="post"' not in page.split("<main")[1]
    assert signed_in(worker).get(address(test_of, "no-such-step")).status_code == 404


def test_what_the_police_decide_a_supervisor_records(
    worker: User, boss: User, test_of: DrugTest
) -> None:
    walk(test_of, *TO_LABORATORY, S.LAB_OBJECTED)
    assert signed_in(worker).get(address(test_of, S.LAB_ANSWERED)).status_code == 403
    assert signed_in(boss).get(address(test_of, S.LAB_ANSWERED)).status_code == 200
    assert "Record: Second objection answered</a>" not in shown(signed_in(worker), test_of)
    assert "Record: Second objection answered</a>" in shown(signed_in(boss), test_of)


def test_while_somebody_may_object_the_way_to_it_is_a_button(
    worker: User, test_of: DrugTest
) -> None:
    walk(test_of, S.SCREENED, S.TOLD)
    page = shown(signed_in(worker), test_of)
    assert "Left to object" not in page  # told in May, today is June
    later = lab_test(test_of.person, date(2024, 6, 3), by=worker)
    step(later, S.SCREENED, later.occurred_at)
    step(later, S.TOLD, later.occurred_at)
    page = shown(signed_in(worker), later)
    assert "Left to object" in page
    assert re.search(r'btn-primary"[^>]*>Record: Sealed as A and B', page)
    assert re.search(r'btn"[^>]*>Record: Objection to the on-site result', page)


def words_of(page: str, tag: str) -> list[str]:
    return [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(tag, page, re.S)]


def test_page_and_file_of_the_custody_sheet_equal_the_record(
    worker: User, test_of: DrugTest
) -> None:
    walk(test_of, *TO_LABORATORY)
    page = shown(signed_in(worker), test_of, "custody").split("data-custody")
    body = re.search(r"<tbody>(.*?)</tbody>", page[1], re.S)
    assert body
    rows = [
        words_of(row, r"<td>(.*?)</td>") for row in re.findall(r"<tr>(.*?)</tr>", body[1], re.S)
    ]
    told = [row[1:4] for row in rows if row[1]]
    steps = Step.objects.filter(dossier__test=test_of).order_by("at")
    assert told == [
        [str(row), f"{row.by_name}, {row.second_name}", row.said or "—"] for row in steps
    ]
    answer = signed_in(worker).get(reverse("documents:custody", args=[test_of.public_id]))
    facts, written = Document(BytesIO(answer.content)).tables
    assert [[cell.text for cell in row.cells] for row in written.rows][1:] == [
        [cell.replace("&nbsp;", "") for cell in row] for row in rows
    ]
    labels, shown_facts = words_of(page[0], "<dt>(.*?)</dt>"), words_of(page[0], "<dd>(.*?)</dd>")
    assert [cell.text for cell in facts.columns[1].cells] == shown_facts
    assert [cell.text for cell in facts.columns[0].cells] == labels
    assert shown_facts[0].startswith(test_of.dossier.number)
    assert shown_facts[1].startswith(test_of.person.name)


def test_the_notice_says_until_when_and_no_word_of_guilt(worker: User, test_of: DrugTest) -> None:
    walk(test_of, S.SCREENED, S.TOLD)
    assert "you can object" not in shown(signed_in(worker), test_of, "notice")  # over in May
    later = lab_test(test_of.person, date(2024, 6, 3), by=worker)
    for kind in (S.SCREENED, S.TOLD):
        step(later, kind, later.occurred_at)
    page = shown(signed_in(worker), later, "notice")
    assert "you can object until the end of" in page
    assert "relapse" not in page


def test_a_label_names_nobody_and_its_number_is_found(worker: User, test_of: DrugTest) -> None:
    step(test_of, S.SEALED)
    number = test_of.dossier.number
    labels = shown(signed_in(worker), test_of, "labels")
    article = labels.split('class="labels"')[1].split("</article>")[0]
    assert number in article
    assert test_of.person.name not in article
    client = signed_in(worker)
    for typed in (number, f"{number}-B", f" {number}-a "):
        found = client.post(reverse("campaigns:day"), {"act": "find", "number": typed}, follow=True)
        assert f"/drug-tests/{test_of.public_id}/" in found.content.decode()
    one_more = {"act": "find", "number": str(int(number) + 1)}
    wrong = client.post(reverse("campaigns:day"), one_more)
    assert wrong.status_code == 422
    assert read_number(number) == test_of.dossier.pk


@pytest.mark.parametrize("typed", ["", "x", "123", "000001", "1" * 30, "12345-C"])
def test_what_is_no_number_is_none(typed: str) -> None:
    assert read_number(typed) is None


@pytest.mark.parametrize("pk", [1, 42, 99999, 100000, 2**40])
def test_every_slip_of_one_digit_is_seen(pk: int) -> None:
    number = sample_number(pk)
    assert read_number(number) == pk
    for place in range(len(number)):
        for digit in "0123456789":
            slip = number[:place] + digit + number[place + 1 :]
            assert slip == number or read_number(slip) is None


def test_papers_of_what_was_not_taken_are_none(case: Case, worker: User) -> None:
    test = not_sampled(case.person, DAY, "leave", by=worker)
    for name in ("custody", "labels", "notice"):
        url = reverse(f"drugtests:{name}", args=[test.public_id])
        assert signed_in(worker).get(url).status_code == 404


def test_a_value_without_a_result_is_asked_about(worker: User, test_of: DrugTest) -> None:
    walk(test_of, *TO_LABORATORY[:4])
    form = {
        "client_uuid": uuid4(), "at": "2024-05-07T10:00", "by_name": "化验员",
        "result_MOP": "negative", "value_MET": "5000",
    }  # fmt: skip
    answer = signed_in(worker).post(address(test_of, S.ANALYSED), form)
    assert "A value needs its result" in answer.content.decode()


def test_a_full_width_number_is_found(worker: User, test_of: DrugTest) -> None:
    step(test_of, S.SEALED)
    typed = test_of.dossier.number.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    sent = {"act": "find", "number": f"{typed}－Ａ"}
    found = signed_in(worker).post(reverse("campaigns:day"), sent)
    assert found.status_code == 302


def test_what_was_negative_is_kept_and_then_destroyed(
    worker: User, boss: User, test_of: DrugTest, clock: Any
) -> None:
    step(test_of, S.SCREENED, result="negative")
    walk(test_of, S.TOLD, S.SEALED, S.STORED)
    assert page_of(test_of, date(2024, 5, 7)).following is None
    following = page_of(test_of, date(2024, 11, 7)).following
    assert following is not None
    assert following.kind == S.DESTROYED
    clock.move_to("2024-11-07T12:00:00+08:00")
    assert re.search(r'btn-primary"[^>]*>Record: Destroyed', shown(signed_in(boss), test_of))


def test_each_value_has_its_words_on_the_phone_and_in_the_notice(
    worker: User, test_of: DrugTest
) -> None:
    step(test_of, S.SCREENED, result="", read=[Read(analyte("MET"), "negative")])
    page = shown(signed_in(worker), test_of)
    assert '<td data-label="Screened on the spot">' in page
    notice = shown(signed_in(worker), test_of, "notice")
    assert "<li>Methamphetamine: Negative</li>" in notice


def test_of_two_bottles_the_unfit_one_is_asked_for(worker: User, test_of: DrugTest) -> None:
    client = signed_in(worker)
    assert "Which bottle" not in client.get(address(test_of, S.UNFIT)).content.decode()
    walk(test_of, S.SCREENED, S.SEALED)
    assert "Which bottle" in client.get(address(test_of, S.UNFIT)).content.decode()
    form = {
        "client_uuid": uuid4(), "at": "2024-05-06T11:00", "by_name": "周晓岚",
        "unfit_why": "spoilt", "bottle": "B",
    }  # fmt: skip
    assert client.post(address(test_of, S.UNFIT), form).status_code == 302
    assert DrugTest.objects.get(pk=test_of.pk).result == "positive"
