"""What a form calls optional may stay empty, what it has room for is taken, a slip of the keyboard
in any of its days gets an answer in words, and what was sent too late comes back.

Walks every form of every page of the matrix, as somebody who may use it.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from apps.accounts import unsent
from apps.core.days import today
from tests.architecture.late import (
    MARK,
    NEVER,
    plain,
    seen_by_another,
    sent_too_late,
    sign_in,
    typed_for,
)
from tests.architecture.matrix_world import World
from tests.architecture.page_forms import PageForm
from tests.architecture.sheets import Data, Drawn, Sheet, bound_fields, drawn_pages
from tests.architecture.url_matrix import LINES
from tests.architecture.visitors import WHOLE_SWEEP

pytestmark = pytest.mark.django_db
# All of them are tried on every field of a form by `test_typed_fields.py`.
SLIPS = ("0001-01-01", "0024-05-01", "2206-11-28", "9999-12-31")
NO_DAY = "2025-02-29"
WORDS = ("Enter a day from", "The day lies in the future", "Enter a valid date")
TURNED = ("the first day. Change one of the two", "The last day lies before the first.")


@pytest.fixture(scope="module")
def pages(world: World) -> list[Drawn]:
    return list(drawn_pages(world))


def faults_when_empty(sheet: Sheet) -> Iterator[str]:
    answer = sheet.send(sheet.empty())
    told = {name for name, field in bound_fields(answer).items() if field.errors}
    for name, field in sheet.seen.items():
        fresh = bound_fields(answer).get(name)
        if field.field.required and (fresh is not None and name not in told):
            yield f"{sheet.place}: {name} is asked for, and sent empty nothing says so"
        if name in sheet.optional and name in told:
            yield f"{sheet.place}: {name} is called optional and refused empty"


def faults_when_accepted(sheet: Sheet, base: Data) -> Iterator[str]:
    if not sheet.takes(base | sheet.without(sheet.optional)):
        yield f"{sheet.place}: refused without what is optional: {sheet.optional}"
    for name in sheet.optional if WHOLE_SWEEP and len(sheet.optional) > 1 else []:
        if not sheet.takes(base | sheet.without([name])):
            yield f"{sheet.place}: refused without {name} alone"
    for other in sheet.others():
        least = base | other | sheet.without(sheet.optional)
        if not sheet.takes(least) and sheet.takes(base | other):
            yield f"{sheet.place}: {other} is refused without what is optional: {sheet.optional}"
    wordy = {name: text for name, text in sheet.whole(long=True).items() if base.get(name)}
    if not sheet.takes(base | wordy):
        yield f"{sheet.place}: refused with as many words as its boxes hold"


def accepted(sheet: Sheet) -> Data | None:
    """What the world lets pass as it is, with or without what applies sometimes."""
    for base in (sheet.whole(), sheet.whole() | sheet.without(sheet.sometimes)):
        if sheet.takes(base):
            return base
    return None


def test_what_is_called_optional_may_stay_empty_and_what_is_asked_for_says_so(
    pages: list[Drawn], world: World
) -> None:
    """Sent empty, each field that is asked for says so, and no other. Whatever was accepted is sent
    again without its optional fields, with another choice and the least, and with as many words
    as fit into its boxes: where the state of the world lets the act pass at all, none of these may
    be refused.
    """
    faults, walked, passed = [], 0, []
    for sheet in (sheet for page in pages for sheet in page.sheets()):
        walked += 1
        with transaction.atomic():
            if sheet.place == "covers:begin":  # who stands first there is away later on
                type(world.absence).objects.filter(pk=world.absence.pk).delete()
            faults += faults_when_empty(sheet)
            if (base := accepted(sheet)) is not None:
                passed.append(sheet.place)
                faults += faults_when_accepted(sheet, base)
            transaction.set_rollback(True)
    assert faults == [], "\n".join(faults)
    assert walked > 80
    assert len(passed) > 50


def answer_to(page: Drawn, form: PageForm, changed: dict[str, str]) -> Any:
    """The answer, of a posted filter the list that it leads to; what it wrote is taken back."""
    facts = {**form.fields, **changed}
    with transaction.atomic():
        send = page.client.post if form.method == "post" else page.client.get
        english = {"Accept-Language": "en"}
        answer = send(form.action or page.url, facts, follow=True, headers=english)
        transaction.set_rollback(True)
    return answer


def is_told(page: Drawn, form: PageForm, slips: dict[str, str]) -> bool:
    """Each of these days is named as wrong, and nothing is counted as if it were right."""
    answer = answer_to(page, form, slips)
    text = answer.content.decode()
    told = re.findall(r'<p class="wrong".*?</p>', text, re.S)
    wrong = [words for words in told if any(begin in words for begin in WORDS)]
    said = len(wrong) >= len(slips) or (len(slips) == 1 and any(words in text for words in WORDS))
    return answer.status_code in {200, 409, 422} and said and ">0 rows<" not in text


def faults_of(page: Drawn, form: PageForm, number: int) -> Iterator[str]:
    """All days of a form at once with one of the slips, in turn; in the soak each with each."""
    clocks = dict.fromkeys(form.days, "") | dict.fromkeys(form.moments, "T10:00")
    for slip in (*SLIPS, NO_DAY) if WHOLE_SWEEP else SLIPS[number % len(SLIPS) :][:1]:
        slips = {name: f"{slip}{clock}" for name, clock in clocks.items()}
        if WHOLE_SWEEP or not is_told(page, form, slips):
            alone = ({name: text} for name, text in slips.items())
            yield from (f"{page.url} {one}" for one in alone if not is_told(page, form, one))
    right = {name: f"{today()}{'T00:01' if clock else ''}" for name, clock in clocks.items()}
    answer = answer_to(page, form, right)
    if answer.status_code >= 500:
        yield f"{page.url} {right}: {answer.status_code}"
    elif answer.status_code == 200 and WORDS[0] in answer.content.decode():
        yield f"{page.url} {right} is refused"


def turned_faults(page: Drawn, form: PageForm) -> Iterator[str]:
    """A first day after the last is said, nothing is counted, and the days that were typed stay."""
    if form.method != "get" and "filter" not in form.fields:
        return
    for first, last in zip(form.days[::2], form.days[1::2], strict=False):
        days = {first: f"{today()}", last: f"{today() - timedelta(days=1)}"}
        text = answer_to(page, form, days).content.decode()
        if not any(words in text for words in TURNED) or ">0 rows<" in text:
            yield f"{page.url} {first} after {last} is not said"
        if any(f'value="{day}"' not in text for day in days.values()):
            yield f"{page.url} {first}, {last}: what was typed is gone"


def test_every_day_of_every_page_is_bounded_in_words(pages: list[Drawn]) -> None:
    """And an allowed day gets no answer of that kind."""
    with_days = [
        (page, form) for page in pages for form in page.forms if form.days or form.moments
    ]  # fmt: skip
    faults = [
        fault
        for number, (page, form) in enumerate(with_days)
        for fault in (*faults_of(page, form, number), *turned_faults(page, form))
    ]
    assert faults == []
    assert sum(len(form.days) + len(form.moments) for _page, form in with_days) > 60


def test_every_form_comes_back_filled_for_the_same_account_only(
    world: World, pages: list[Drawn]
) -> None:
    """Every second page: what comes back is the house's doing, not the page's."""
    faults, walked, filled = [], 0, 0
    texts = {page.line.name: page.text for page in pages}
    for number, line in enumerate(LINES):
        if line.public or line.name.startswith(NEVER) or not (WHOLE_SWEEP or number % 2):
            continue
        visitor = sorted(line.allowed)[0]
        user, client = world.users[visitor], Client()
        url = reverse(line.name, kwargs=line.kwargs(world))
        fields = typed_for(line, url, texts.get(line.name, ""))
        if not fields:
            continue
        walked += 1
        client.force_login(user)
        sent_too_late(client, url, fields)
        other = Client()
        other.cookies = client.cookies.copy()
        if (aim := sign_in(client, user.username)) != url:
            faults.append(f"{line.name}: after the sign-in comes {aim}")
            continue
        shown = client.get(url).content.decode()
        filled += "accounts/unsent" not in shown and 'class="pre' not in shown
        missing = [n for n, v in fields.items() if v.replace("\r", "") not in plain(shown)]
        if missing:
            faults.append(f"{line.name}: lost {missing}")
        again = walked % 5 == 0 or WHOLE_SWEEP
        if unsent._KEY in client.session:
            faults.append(f"{line.name}: kept on")
        elif again and MARK in plain(client.get(url, line.query).content.decode()):
            faults.append(f"{line.name}: stands there twice")
        faults += seen_by_another(other, world, line, url)
    assert faults == []
    assert walked > 60
    assert filled > 40
