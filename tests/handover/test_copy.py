"""The copy for the person: whole, readable, and without anybody else's secrets."""

import hashlib
import json
import re
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse
from django.utils import timezone, translation

from apps.accounts.models import User
from apps.audit.models import AccessLog, Action
from apps.core.days import today
from apps.core.fields import EncryptedTextField
from apps.core.records import FileRows, every
from apps.documents.models import IssuedDocument
from apps.handover import own
from apps.handover.copying import copy_for_person
from apps.handover.kinds import LEFT_OUT, OF_THIS_OFFICE, kinds
from apps.handover.parts import CONFIDENTIAL, read_whole
from apps.persons.merging.rows import references
from apps.persons.models import Person
from tests.architecture.matrix_world import World
from tests.architecture.visitors import TOWN, TOWN_ELSEWHERE, WORKER
from tests.factories.accounts import UserFactory
from tests.factories.drugtests import sampled
from tests.factories.pages import running_case, signed_in
from tests.factories.persons import ContactFactory, PersonFactory
from tests.handover.zips import manifest_of, opened, rows_in
from tests.transfers.whole_file import whole_file

pytestmark = pytest.mark.django_db
REASON = "本人于今日到所申请查阅复制"


def copied(person: Person, by: Any) -> dict[str, bytes]:
    return opened(copy_for_person(person=person, by=by, reason=REASON).content)


def test_every_model_that_names_a_person_is_in_the_file_or_left_out_with_a_reason() -> None:
    named = {one.model._meta.label for one in references(())} - {"persons.Person"}
    inside = {kind.name for kind in kinds()}
    known = {label for label in LEFT_OUT if label in named}
    assert inside == named - known
    assert not inside & LEFT_OUT.keys()
    assert all(len(reason.split()) > 2 for reason in (LEFT_OUT | OF_THIS_OFFICE).values())
    assert set(OF_THIS_OFFICE) <= inside


def test_every_confidential_kind_says_who_reads_it() -> None:
    confidential = {one.model._meta.label for one in every(FileRows) if one.history is None}
    assert confidential - LEFT_OUT.keys() == CONFIDENTIAL.keys()


def test_columns_that_the_copy_speaks_of_are_there() -> None:
    """A column that is called otherwise one day would be left out without a word."""
    for name in own.OWN_WORDS | own.SAID | own.MASKED | own.NOT_TOLD:
        label, _dot, column = name.rpartition(".")
        field = apps.get_model(label)._meta.get_field(column)
        if name in own.OWN_WORDS | own.SAID:
            assert isinstance(field, EncryptedTextField), name
    assert {kind.name for kind in kinds()} >= own.NOT_OWN


def test_a_row_of_every_kind_is_read_and_each_digest_is_right() -> None:
    world = whole_file()
    boss = world.users[TOWN]
    assert boss is not None
    whole = read_whole(world.person, boss)
    missing = {kind.name for kind in kinds()} - {one.kind.name for one in whole.records}
    assert missing <= {"transfers.Transfer", "persons.FormerUnit"}, missing
    parts = copied(world.person, boss)
    told = manifest_of(parts)
    assert (told["format"], told["version"], told["purpose"]) == ("homeward-file", 1, "copy")
    assert {part["name"] for part in told["parts"]} | {"manifest.json"} == parts.keys()
    for part in told["parts"]:
        content = parts[part["name"]]
        assert part["sha256"] == hashlib.sha256(content).hexdigest()
        assert part["bytes"] == len(content)
    assert json.loads(parts["person.json"])["document_number"] == world.person.document_number


def test_nothing_in_a_name_tells_of_anybody() -> None:
    world = whole_file()
    parts = copied(world.person, world.users[TOWN])
    shape = (
        r"(manifest|person)\.json|index\.html|style\.css|records/\d{3}\.json|files/\d{3}\.[a-z]+"
    )
    assert all(re.fullmatch(shape, name) for name in parts)


def test_what_others_told_and_their_numbers_are_not_in_it() -> None:
    world = World()
    worker = world.users[WORKER]
    ContactFactory(person=world.person, phone="13800138000", note="邻居说他夜里不在家")
    assert world.search.words
    assert world.lost.reason
    text = "".join(
        content.decode() for name, content in copied(world.person, worker).items()
        if not name.startswith("files/")
    )  # fmt: skip
    for hidden in ("13800138000", "邻居说", world.search.words, world.lost.reason):
        assert hidden not in text
    assert world.person.document_number in text


def test_why_colleagues_took_something_back_is_not_in_it() -> None:
    """“Entered for the wrong person” names the other one."""
    boss = UserFactory(town_supervisor=True)
    person = running_case(UserFactory()).person
    test = sampled(person, today())
    test.withdrawn_at, test.withdrawn_by = timezone.now(), boss
    test.withdrawn_reason = "误录，实为张三丰的记录"
    test.save()
    parts = copied(person, boss)
    assert len(rows_in(parts)["drugtests.DrugTest"]) == 1
    assert "张三丰" not in b"".join(parts.values()).decode()
    plain = {
        name for kind in kinds() if own.is_own(kind)
        for name in (field.name for field in kind.model._meta.concrete_fields
                     if isinstance(field, models.CharField) and not field.flatchoices)
        if name.endswith("_reason")
    }  # fmt: skip
    assert plain == own.TAKEN_BACK | {"retry_reason"}  # a code


def test_restricted_kinds_come_with_their_permission_and_leave_no_gap_without() -> None:
    world = World()
    assert world.sealed_flag
    by_boss = rows_in(copied(world.person, world.users[TOWN]))
    by_worker = copied(world.person, world.users[WORKER])
    assert "assessments.SealedFlag" in by_boss
    assert "assessments.SealedFlag" not in rows_in(by_worker)
    assert "SealedFlag" not in by_worker["manifest.json"].decode()
    names = [part["name"] for part in manifest_of(by_worker)["parts"] if "rows" in part]
    assert names == [f"records/{number:03d}.json" for number in range(1, len(names) + 1)]


def test_a_void_paper_and_one_to_the_police_are_not_handed_out() -> None:
    world = World()
    paper = world.paper
    boss = world.users[TOWN]
    found = rows_in(copied(world.person, boss))["documents.IssuedDocument"]
    assert [row["id"] for row in found] == [str(paper.public_id)]
    IssuedDocument.objects.filter(pk=paper.pk).update(kind="breach_proof")
    assert "documents.IssuedDocument" not in rows_in(copied(world.person, boss))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_is_readable_and_asks_for_nothing_from_elsewhere(language: str) -> None:
    world = World()
    person = world.person
    Person.objects.filter(pk=person.pk).update(name="<script>alert(1)</script>")
    person.refresh_from_db()
    with translation.override(language):
        page = copied(person, world.users[TOWN])["index.html"].decode()
    assert f'lang="{language}"' in page
    assert "<script" not in page
    assert "&lt;script" in page
    assert "http://" not in page
    assert "https://" not in page
    assert page.count("href") == 1


def test_the_page_gives_a_zip_without_a_name_and_logs_why() -> None:
    worker, person = UserFactory(), PersonFactory()
    boss: User = UserFactory(town_supervisor=True)
    url = reverse("handover:copy", args=[person.public_id])
    client = signed_in(boss)
    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": "要"}).status_code == 422
    assert not AccessLog.objects.filter(action=Action.EXPORT).exists()
    answer = client.post(url, {"reason": REASON})
    assert answer["Content-Type"] == "application/zip"
    assert person.name not in answer["Content-Disposition"]
    assert person.file_number not in answer["Content-Disposition"]
    assert "manifest.json" in opened(answer.content)
    log = AccessLog.objects.get(action=Action.EXPORT)
    assert (log.purpose, log.person_ids) == (REASON, [person.public_id])
    assert signed_in(worker).post(url, {"reason": REASON}).status_code == 404


def test_another_office_does_not_learn_of_the_person() -> None:
    world = World()
    far = world.users[TOWN_ELSEWHERE]
    assert far is not None
    url = reverse("handover:copy", args=[world.person.public_id])
    assert signed_in(far).get(url).status_code == 404
