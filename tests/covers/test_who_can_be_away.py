"""Who is away has a caseload; the form shows unit and number of persons of everybody in it."""

from typing import Any
from uuid import uuid4

import pytest

from apps.accounts.models import User
from apps.core.days import today
from apps.core.refusals import Refused
from apps.covers.forms import AnotherForm, BeginForm
from apps.covers.models import Cover
from apps.covers.services import begin_cover
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, area
from tests.factories.pages import running_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss() -> User:
    found: User = UserFactory(county_supervisor=True, area=area(QIONGHAI), name="黎明")
    return found


def offered(form: Any, name: str) -> dict[str, str]:
    """Names in the field, with the words that are shown."""
    words = [str(label) for _value, label in form.fields[name].choices][1:]
    return {one.split(" · ")[0]: one for one in words}


def test_workers_and_whoever_has_persons_can_be_away(boss: User) -> None:
    worker, idle = UserFactory(name="周晓岚"), UserFactory(name="林小北")
    helping = UserFactory(town_supervisor=True, name="符大海")
    UserFactory(town_supervisor=True, name="王无人")
    running_case(worker)
    running_case(worker)
    running_case(helping)
    form = BeginForm(None, user=boss, target=None)
    assert set(offered(form, "worker")) == {"周晓岚", "林小北", "符大海"}
    assert set(offered(form, "cover")) == {"周晓岚", "林小北", "符大海", "王无人", "黎明"}
    for name in ("worker", "cover"):
        assert offered(form, name)["周晓岚"] == f"周晓岚 · {worker.area.name} · 2 人"
        assert offered(form, name)["林小北"] == f"林小北 · {idle.area.name} · 0 人"


def test_whoever_looks_after_nobody_is_refused_at_form_and_service(boss: User) -> None:
    worker, other = UserFactory(), UserFactory(town_supervisor=True, name="王无人")
    typed = {"worker": other.pk, "cover": worker.pk, "starts_on": f"{today()}"}
    form = BeginForm(typed | {"client_uuid": uuid4()}, user=boss, target=None)
    assert "worker" in form.errors
    with pytest.raises(Refused, match="王无人没有负责的人员"):
        begin_cover(worker=other, cover=worker, by=boss, client_uuid=uuid4(), starts_on=today())
    assert not Cover.objects.exists()


def test_who_covers_instead_is_shown_with_unit_and_persons(boss: User) -> None:
    worker, mate, third = UserFactory(), UserFactory(), UserFactory(name="林小北")
    running_case(worker)
    cover = begin_cover(worker=worker, cover=mate, by=boss, client_uuid=uuid4(), starts_on=today())
    form = AnotherForm(None, user=boss, target=cover)
    assert offered(form, "to")["林小北"] == f"林小北 · {third.area.name} · 0 人"
