"""The pages of likely duplicates, of a merge and of its undoing."""

import re
from contextlib import suppress
from datetime import date

import pytest
from django.urls import NoReverseMatch, get_resolver, reverse
from lxml import html

from apps.accounts.models import User
from apps.areas.models import Area
from apps.audit.models import AccessLog
from apps.cases.services import close_case
from apps.core.days import today
from apps.needs.services import record_need
from apps.persons.figures import Period
from apps.persons.models import Merge, NotSame, Person
from apps.reports.indicators import INDICATORS
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, area
from tests.factories.cases import CaseFactory
from tests.factories.pages import signed_in
from tests.factories.persons import AssignmentFactory, PersonFactory, merged_into, resident_number

pytestmark = pytest.mark.django_db
LIST = "/persons/alike/"


@pytest.fixture
def records() -> User:
    return UserFactory(records_admin=True, area=area(QIONGHAI))


@pytest.fixture
def pair() -> tuple[Person, Person]:
    return PersonFactory(name="王小明"), PersonFactory(name="王小明")


def at(name: str, *persons: Person) -> str:
    return reverse(f"persons:{name}", args=[person.public_id for person in persons])


def previewed(text: str) -> str:
    return re.search(r'name="previewed" value="(\w+)"', text)[1]  # type: ignore[index]


def test_from_the_list_to_one_file_and_back(records: User, pair: tuple[Person, Person]) -> None:
    kept, merged = pair
    need = record_need(
        urgency="normal",
        said_by="person",
        person=merged,
        by=records,
        kind="work",
        said_on=date(2024, 3, 3),
    )
    client = signed_in(records)
    assert at("compare", kept, merged) in client.get(LIST).content.decode()
    assert at("merge", kept, merged) in client.get(at("compare", kept, merged)).content.decode()
    page = client.get(at("merge", kept, merged)).content.decode()
    assert "checked" not in page
    sent = {"previewed": previewed(page), "reason": "同一人，户籍核实", "phone": "kept"}
    asked = client.post(at("merge", kept, merged), sent)
    assert asked.status_code == 422
    assert "同一人，户籍核实" in asked.content.decode()
    assert asked.content.decode().count("checked") == 1
    done = client.post(at("merge", kept, merged), sent | {"document_number": "kept"})
    assert done["Location"] == reverse("workbench:person", args=[kept.public_id])
    need.refresh_from_db()
    assert need.person == kept
    merge = Merge.objects.get()
    undo = reverse("persons:merge-undo", args=[merge.public_id])
    assert undo in client.get("/persons/merges/").content.decode()
    record_need(
        urgency="normal",
        said_by="person",
        person=kept,
        by=records,
        kind="training",
        said_on=date(2024, 3, 3),
    )
    assert "1" in client.get(undo).content.decode()
    assert client.post(undo, {"reason": "弄错了人"}).status_code == 302
    assert undo not in client.get("/persons/merges/").content.decode()
    assert Person.objects.count() == 2
    logged = AccessLog.objects.filter(fields_seen="merge").order_by("pk")[0]
    assert set(logged.person_ids) == {kept.public_id, merged.public_id}


def test_what_changed_since_the_preview_comes_back_with_what_was_chosen(
    records: User, pair: tuple[Person, Person]
) -> None:
    kept, merged = pair
    client, url = signed_in(records), at("merge", kept, merged)
    sent = {"previewed": previewed(client.get(url).content.decode()), "reason": "同一个人",
            "phone": "kept", "document_number": "merged"}  # fmt: skip
    record_need(
        urgency="normal",
        said_by="person",
        person=merged,
        by=records,
        kind="work",
        said_on=date(2024, 3, 3),
    )
    asked = client.post(url, sent)
    assert asked.status_code == 409
    text = asked.content.decode()
    assert text.count("checked") == 2
    assert client.post(url, sent | {"previewed": previewed(text)}).status_code == 302


def test_what_cannot_be_merged_is_said_once_and_as_sentences(
    records: User, pair: tuple[Person, Person]
) -> None:
    """Two orders that stand at the same time, on the page and after a post all the same."""
    begun = {"decided_on": date(2024, 1, 2), "received_on": date(2024, 1, 2),
             "reported_on": date(2024, 1, 4), "agreement_on": date(2024, 1, 4)}  # fmt: skip
    earlier, _later = CaseFactory(person=pair[0], **begun), CaseFactory(person=pair[1])
    client, url = signed_in(records), at("merge", *pair)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    sent = {"previewed": previewed(client.get(url).content.decode()), "reason": "同一个人",
            "phone": "kept", "document_number": "kept"}  # fmt: skip
    fields = "//main//*[self::textarea or self::button or @type='radio']"
    assert html.fromstring(client.get(url).content.decode()).xpath(fields) == []
    refused = client.post(url, sent)
    assert refused.status_code == 422
    assert "同一个人" in refused.content.decode(), "what was typed is kept"
    for page in (client.get(url), refused):
        [words] = html.fromstring(page.content.decode()).xpath("//*[@role='alert']//li/text()")
        assert re.fullmatch(r"Case “.+”: [A-Z].+\. [A-Z].+\.", words)
        assert page.content.decode().count("is in force on these days") == 1
    close_case(case=earlier, by=records, reason="revoked", on=date(2024, 2, 1), note="撤销")
    free = client.get(url).content.decode()
    assert html.fromstring(free).xpath(fields)
    sent["previewed"] = previewed(free)
    assert client.post(url, sent).status_code == 302


def test_two_persons_is_kept_with_who_and_why(pair: tuple[Person, Person]) -> None:
    one, other = pair
    boss = UserFactory(town_supervisor=True, area=area(JIAJI))
    client = signed_in(boss)
    assert client.get(at("merge", one, other)).status_code == 403
    assert client.post(at("not-same", one, other), {"reason": ""}).status_code == 422
    assert client.post(at("not-same", one, other), {"reason": "见过两人"}).status_code == 302
    assert at("compare", one, other) not in client.get(LIST).content.decode()
    assert "见过两人" in client.get(LIST + "?show=two").content.decode()
    back = reverse("persons:not-same-back", args=[NotSame.objects.get().public_id])
    assert back in client.get(at("compare", one, other)).content.decode()
    assert client.post(back).status_code == 302
    assert at("compare", one, other) in client.get(LIST).content.decode()


def test_the_person_page_says_who_might_be_the_same(pair: tuple[Person, Person]) -> None:
    one, other = pair
    boss = UserFactory(town_supervisor=True, area=area(JIAJI))
    page = signed_in(boss).get(reverse("workbench:person", args=[one.public_id])).content.decode()
    assert at("compare", one, other) in page


def test_old_addresses_lead_to_the_file_of_today_for_whom_may_see_it(
    records: User, pair: tuple[Person, Person]
) -> None:
    kept, merged = pair
    AssignmentFactory(person=kept, worker=(worker := UserFactory(area=area(JIAJI))))
    old, new = (reverse("workbench:person", args=[p.public_id]) for p in (merged, kept))
    assert signed_in(worker).get(old).status_code == 404
    merged_into(kept, merged, records)
    assert signed_in(worker).get(old + "?all=1")["Location"] == new + "?all=1"
    sent = signed_in(worker).post(at("contact-add", merged), {"name": "陈母"})
    assert (sent.status_code, sent["Location"]) == (307, at("contact-add", kept))
    stranger = signed_in(UserFactory(area=area(JIAJI)))
    assert stranger.get(old).status_code == stranger.get(new).status_code == 404


def test_a_form_opened_on_the_merged_file_overwrites_nothing(
    records: User, pair: tuple[Person, Person]
) -> None:
    """Every form of a person that replaces facts: both files may have been changed as often."""
    kept, merged = pair
    client, opened = signed_in(records), {}
    for address in addresses_of(merged):
        page = client.get(address)
        if not page.streaming and b'name="version"' in page.content:
            opened[address] = as_shown(page.content.decode())
    assert at("edit", merged) in opened
    merged_into(kept, merged, records)
    kept.refresh_from_db()
    for address, shown in opened.items():
        sent = shown | {"version": str(kept.version), "residence_address": "旧表单上的地址"}
        answer = client.post(address, sent)
        assert answer.status_code == 307, address
        conflict = client.post(answer["Location"], sent)
        assert conflict.status_code == 409, address
        assert "旧表单上的地址" in conflict.content.decode()
        kept.refresh_from_db()
        assert kept.residence_address == ""
        again = as_shown(conflict.content.decode())
        saved = client.post(answer["Location"], again | {"residence_address": "看过之后"})
        assert saved.status_code == 302, address
        kept.refresh_from_db()
        assert kept.residence_address == "看过之后"


def addresses_of(person: Person) -> set[str]:
    found = set()
    for space, (_, resolver) in get_resolver().namespace_dict.items():
        for name in resolver.reverse_dict:
            with suppress(NoReverseMatch):
                found.add(reverse(f"{space}:{name}", args=[person.public_id]))
    return {address for address in found if not address.startswith("/admin/")}


def as_shown(page: str) -> dict[str, str]:
    """What a browser sends of the form that holds the version."""
    form = next(f for f in html.fromstring(page).forms if "version" in f.fields)
    return {name: value or "" for name, value in form.form_values()}


def test_search_finds_the_kept_file_by_name_and_number_of_the_other(
    records: User, pair: tuple[Person, Person]
) -> None:
    kept, merged = pair
    merged_into(kept, Person.objects.get(pk=merged.pk), records)
    Person.every.filter(pk=merged.pk).update(
        name="旧名字", name_pinyin="jiumingzi", sort_key="jiu ming zi  旧名字"
    )
    url = reverse("workbench:person", args=[kept.public_id])
    for words in ("旧名字", "jiumingzi", merged.document_number, merged.file_number, "王小明"):
        answer = signed_in(records).post("/search/", {"q": words}, follow=True)
        assert answer.redirect_chain[-1][0] == url, words


def test_figures_count_one_person_from_the_day_of_the_merge_on(records: User) -> None:
    kept, merged = PersonFactory(), PersonFactory(document_number=resident_number(77))
    Person.objects.update(created_at="2024-02-20T00:00+08:00")
    unit, past = area(JIAJI), date(2024, 5, 1)
    before = [count(unit, day) for day in (past, today())]
    merged_into(kept, merged, records)
    assert before == [2, 2]
    assert [count(unit, day) for day in (past, today())] == [2, 1]


def count(unit: Area, day: date) -> int:
    return INDICATORS["persons"].measure(Period(unit, day, day, day)).numerator
