"""Pages of draws: who reads what, the replay, the export, and the line of Today."""

import csv
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.audit.models import AccessLog, Action
from apps.cases.models import Case
from apps.core.days import today
from apps.draws.algorithm import mark
from apps.draws.models import Draw, Drawn
from apps.draws.services import withdraw_excuse
from apps.schedule.waiting_lines import OtherHead
from apps.workbench.today import heads_of
from tests.factories.accounts import UserFactory
from tests.factories.areas import WANQUAN, area
from tests.factories.draws import drawn_from, excused
from tests.factories.drugtests import not_sampled, sampled
from tests.factories.pages import running_case, signed_in

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(town_supervisor=True)
    return made


@pytest.fixture
def worker() -> User:
    made: User = UserFactory()
    return made


@pytest.fixture
def case(worker: User) -> Case:
    return running_case(worker)


def page(client: Client, name: str, *args: Any, **query: Any) -> str:
    answer = client.get(reverse(name, args=args), query, secure=True)
    assert answer.status_code == 200
    return answer.content.decode()


def text_of(answer: Any) -> str:
    content = b"".join(answer) if answer.streaming else answer.content
    return str(content.decode("utf-8-sig"))


def forge(drawn: str, value: str) -> None:
    """What only the owner of the tables can do, with the triggers switched off."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE draws_draw DISABLE TRIGGER USER")
        cursor.execute(f"UPDATE draws_draw SET drawn = {drawn}", [value])
        cursor.execute("ALTER TABLE draws_draw ENABLE TRIGGER USER")


def lines(user: User, day: date | None = None) -> list[tuple[str, date]]:
    heads = [one for one in heads_of(user, day or today()) if isinstance(one, OtherHead)]
    return [(head.kind, head.due_on) for head in heads if head.kind == "drawn"]


def test_a_supervisor_draws_and_sees_names_pool_seed_and_reasons(boss: User, case: Case) -> None:
    ill = running_case()
    excused(ill.person)
    client = signed_in(boss)
    form = page(client, "draws:new")
    assert 'value="3"' in form
    data = {
        "client_uuid": "01902c5e-3b00-7000-8000-00000000a001", "area": "嘉积镇", "day": today(),
        "wanted": 1, "valid_days": 3, "period_days": 90, "floor": 0, "ceiling": 2,
    }  # fmt: skip
    answer = client.post(reverse("draws:new"), data, secure=True)
    made = Draw.objects.get()
    assert answer.headers["Location"] == reverse("draws:draw", args=[made.public_id])
    found = page(client, "draws:draw", made.public_id)
    for words in (case.person.name, ill.person.name, made.seed, "生病或住院", made.drawn[0][-12:]):
        assert words in found, words
    log = AccessLog.objects.get(view="draws:draw")
    assert set(log.person_ids) == {case.person.public_id, ill.person.public_id}
    assert "嘉积镇" in page(client, "draws:list")


def test_a_form_that_cannot_be_kept_says_why(boss: User, case: Case) -> None:
    data = {
        "client_uuid": "01902c5e-3b00-7000-8000-00000000a002", "area": "嘉积镇",
        "day": "0024-02-29", "wanted": 2, "valid_days": 3,
        "period_days": 90, "floor": 0, "ceiling": 2,
    }  # fmt: skip
    client = signed_in(boss)
    answer = client.post(reverse("draws:new"), data, secure=True)
    assert answer.status_code == 422
    answer = client.post(reverse("draws:new"), data | {"day": today()}, secure=True)
    assert answer.status_code == 422
    assert "可抽的只有 1 人" in answer.content.decode()
    answer = client.post(
        reverse("draws:new"), data | {"area": "万泉镇", "day": today()}, secure=True
    )
    assert answer.status_code == 422
    assert not Draw.objects.exists()


def test_an_auditor_replays_it_and_reads_no_name(boss: User, case: Case) -> None:
    made = drawn_from(by=boss)
    client = signed_in(UserFactory(auditor=True))
    found = page(client, "draws:draw", made.public_id, again=1)
    assert "编号相同，次序相同" in found
    assert made.drawn[0][-12:] in found
    assert case.person.name not in found
    assert case.person.name not in page(client, "draws:list")
    url = reverse("draws:draw", args=[made.public_id])
    assert client.post(url, {"purpose": "。"}, secure=True).status_code == 422
    sheet = text_of(client.post(url, {"purpose": "年度审计", "format": "csv"}, secure=True))
    assert case.person.name not in sheet
    rows = {row[1]: row for row in csv.reader(StringIO(sheet)) if len(row) > 1}
    assert made.seed in rows
    number = made.drawn[0]
    assert rows[number][4:6] == [mark(made.seed, number), "1"]
    log = AccessLog.objects.get(action=Action.EXPORT_MASKED)
    assert (log.purpose, log.person_ids) == ("年度审计", [case.person.public_id])


def test_a_replay_that_differs_says_so(boss: User, case: Case) -> None:
    running_case()
    made = drawn_from(by=boss)
    other = next(number for number in made.times if number not in made.drawn)
    forge("%s", f'["{other}"]')
    assert "结果不同" in page(signed_in(boss), "draws:draw", made.public_id, again=1)


def test_another_town_gets_404_and_a_worker_403(boss: User, case: Case, worker: User) -> None:
    made = drawn_from(by=boss)
    row = Drawn.objects.get()
    far = signed_in(UserFactory(town_supervisor=True, area=area(WANQUAN)))
    for name, key in (("draws:draw", made.public_id), ("draws:drawn", row.public_id),
                      ("draws:excuse", case.person.public_id)):  # fmt: skip
        assert far.get(reverse(name, args=[key]), secure=True).status_code == 404
    mine = signed_in(worker)
    assert mine.get(reverse("draws:draw", args=[made.public_id]), secure=True).status_code == 403
    assert mine.get(reverse("draws:new"), secure=True).status_code == 403
    assert case.person.name in page(mine, "draws:drawn", row.public_id)


def test_who_is_drawn_stands_in_today_until_a_test_is_on_file(case: Case, worker: User) -> None:
    drawn_from()
    row = Drawn.objects.get()
    assert lines(worker) == [("drawn", today() + 3 * A_DAY)]
    client = signed_in(worker)
    found = page(client, "workbench:today")
    assert reverse("draws:drawn", args=[row.public_id]) in found
    assert "抽中随机检测" in found
    why = page(client, "workbench:line-why", "drawn", row.public_id)
    assert "不代表怀疑" in why
    assert "why=random" in page(client, "draws:drawn", row.public_id)
    sampled(case.person, today(), why="random")
    assert lines(worker) == []
    assert "已办" in page(client, "draws:drawn", row.public_id)


def test_a_draw_ahead_warns_nobody_and_a_test_before_it_is_no_answer(
    case: Case, worker: User
) -> None:
    drawn_from(day=today() + 2 * A_DAY)
    assert lines(worker) == []
    sampled(case.person, today())
    assert lines(worker, today() + 2 * A_DAY) == [("drawn", today() + 5 * A_DAY)]


def test_an_excuse_until_the_last_day_answers_and_a_shorter_one_does_not(
    case: Case, worker: User, boss: User
) -> None:
    drawn_from()
    excused(case.person, last=today() + A_DAY)
    assert len(lines(worker)) == 1
    row = Drawn.objects.get()
    client = signed_in(worker)
    url = reverse("draws:excuse", args=[case.person.public_id])
    form = client.get(url, {"drawn": str(row.public_id)}, secure=True).content.decode()
    assert f'value="{row.until.isoformat()}"' in form
    data = {
        "client_uuid": "01902c5e-3b00-7000-8000-00000000a003", "first": row.day,
        "last": row.until, "reason": "family",
    }  # fmt: skip
    assert client.post(url, data, secure=True).status_code == 302
    assert lines(worker) == []
    latest = case.person.draw_excuses.latest("pk")
    withdraw_excuse(excuse=latest, by=boss, reason="记错了")
    assert len(lines(worker)) == 1


def test_an_accepted_reason_of_the_test_answers_and_a_refusal_does_not(
    case: Case, worker: User
) -> None:
    drawn_from()
    not_sampled(case.person, today(), "refused", next_on=today() + A_DAY)
    assert len(lines(worker)) == 1
    not_sampled(case.person, today(), "hospital")
    assert lines(worker) == []


def test_nothing_is_asked_of_somebody_whose_order_has_ended(case: Case, worker: User) -> None:
    drawn_from()
    assert len(lines(worker, today() + A_DAY)) == 1
    assert lines(worker, date(2040, 1, 1)) == []


def test_the_stream_tells_of_draw_and_excuse(case: Case, worker: User) -> None:
    drawn_from()
    excused(case.person, reason="other", words="参加培训")
    client = signed_in(worker)
    found = page(client, "workbench:person", case.person.public_id, kind="test")
    for words in ("被抽中检测", "免于抽检：其他原因", "参加培训"):
        assert words in found, words


def test_statistics_name_nobody_and_say_when_there_is_too_little(boss: User, case: Case) -> None:
    drawn_from(by=boss)
    found = page(signed_in(boss), "draws:statistics")
    assert "次数太少" in found
    assert case.person.name not in found
    wrong = {"first": "2024-02-30", "last": "0024-01-01"}
    answer = signed_in(boss).get(reverse("draws:statistics"), wrong, secure=True)
    assert answer.status_code == 422


def test_even_draws_are_even_and_a_person_picked_on_is_seen(boss: User) -> None:
    for _n in range(20):
        running_case()
    with time_machine.travel(f"{today()}T09:00:00+08:00", tick=False) as clock:
        for _n in range(12):
            drawn_from(by=boss, wanted=4, ceiling=99)
            clock.shift(A_DAY)
        client = signed_in(boss)
        fair = client.get(reverse("draws:statistics"), secure=True).context["spread"]
        assert (fair.draws, fair.persons) == (12, 20)
        assert sum(line.persons for line in fair.lines) == 20
        assert abs(sum(line.expected for line in fair.lines) - 20) < 0.5
        one = min(Draw.objects.first().times)  # type: ignore[union-attr]
        forge("jsonb_set(drawn, '{0}', %s)", f'"{one}"')
        assert client.get(reverse("draws:statistics"), secure=True).context["spread"].is_odd
        with translation.override("en"):
            found = client.get(reverse("draws:statistics"), secure=True,
                               headers={"Accept-Language": "en"}).content.decode()  # fmt: skip
        assert "needs a look" in found or "需要核实" in found


def test_the_list_asks_no_more_for_more_draws(boss: User, case: Case) -> None:
    client = signed_in(boss)
    drawn_from(by=boss, ceiling=9)
    page(client, "draws:list")
    with CaptureQueriesContext(connection) as few:
        page(client, "draws:list")
    for n in range(1, 6):
        drawn_from(by=boss, day=today() + n * A_DAY, ceiling=9)
    with CaptureQueriesContext(connection) as many:
        page(client, "draws:list")
    assert len(many) == len(few)
