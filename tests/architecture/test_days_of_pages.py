"""A slip of the keyboard in any day of any page gets an answer in words; an allowed day none.

Walks the matrix of addresses: every page with a field for a day, and every filter.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from apps.core.days import today
from tests.architecture.matrix_world import World
from tests.architecture.page_forms import PageForm, forms_of
from tests.architecture.url_matrix import LINES

pytestmark = pytest.mark.django_db
SLIPS = ("0001-01-01", "0024-05-01", "2206-11-28", "9999-12-31", "2025-02-29")
WORDS = ("Enter a day from", "The day lies in the future", "Enter a valid date")
TURNED = ("the first day. Change one of the two", "The last day lies before the first.")


def answer_to(client: Client, url: str, form: PageForm, changed: dict[str, str]) -> Any:
    """The answer, of a posted filter the list that it leads to; what it wrote is taken back."""
    facts = {**form.fields, **changed}
    with transaction.atomic():
        send = client.post if form.method == "post" else client.get
        answer = send(form.action or url, facts, follow=True, headers={"Accept-Language": "en"})
        transaction.set_rollback(True)
    return answer


def faults_of(client: Client, url: str, form: PageForm) -> list[str]:
    faults = []
    asked = [(n, "") for n in form.days] + [(n, "T10:00") for n in form.moments]
    for name, clock in asked:
        for slip in SLIPS:
            answer = answer_to(client, url, form, {name: f"{slip}{clock}"})
            said = answer.status_code in {200, 409, 422} and any(
                words in answer.content.decode() for words in WORDS
            )
            if not said or ">0 rows<" in answer.content.decode():
                faults.append(f"{url} {name}={slip}: {answer.status_code}")
        day = f"{today()}{'T00:01' if clock else ''}"
        text = answer_to(client, url, form, {name: day})
        if text.status_code >= 500:
            faults.append(f"{url} {name}={day}: {text.status_code}")
        elif text.status_code == 200 and WORDS[0] in text.content.decode():
            faults.append(f"{url} {name}={day} is refused")
    return faults


def turned_faults(client: Client, url: str, form: PageForm) -> list[str]:
    """A first day after the last is said, nothing is counted, and the days that were typed stay."""
    faults = []
    if form.method != "get" and "filter" not in form.fields:
        return []
    for first, last in zip(form.days[::2], form.days[1::2], strict=False):
        days = {first: f"{today()}", last: f"{today() - timedelta(days=1)}"}
        text = answer_to(client, url, form, days).content.decode()
        if not any(words in text for words in TURNED) or ">0 rows<" in text:
            faults.append(f"{url} {first} after {last} is not said")
        if any(f'value="{day}"' not in text for day in days.values()):
            faults.append(f"{url} {first}, {last}: what was typed is gone")
    return faults


def test_every_day_of_every_page_is_bounded_in_words() -> None:
    world, faults, walked = World(), [], 0
    for line in LINES:
        if line.public or line.method != "get" or line.name.startswith("core:"):
            continue
        client = world.clients[sorted(line.allowed)[0]]
        url = reverse(line.name, kwargs=line.kwargs(world))
        page = client.get(url, line.query)
        if page.status_code != 200 or not page.get("Content-Type", "").startswith("text/html"):
            continue
        for form in forms_of(page.content.decode()):
            if form.days or form.moments:
                walked += len(form.days) + len(form.moments)
                faults += faults_of(client, url, form) + turned_faults(client, url, form)
    assert faults == []
    assert walked > 60
