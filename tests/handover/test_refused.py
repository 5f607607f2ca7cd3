"""What is not exactly a package of ours is refused in words, and leaves nothing behind."""

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings, strategies as st

from apps.accounts.models import User
from apps.core.refusals import Refused
from apps.handover import sealing
from apps.handover.models import Arrival, Package
from apps.handover.packing import as_json
from apps.handover.reading import open_package
from apps.handover.services import (
    accept_arrival,
    load_receipt,
    make_package,
    receipt_of,
    receive_package,
    reject_arrival,
)
from apps.handover.services.sending import written_since
from apps.handover.strict_json import read_json
from apps.persons.models import Person
from apps.transfers.codes import TransferState
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, WENCHENG, area
from tests.factories.persons import ContactFactory
from tests.handover.conftest import REASON, Sent
from tests.handover.zips import opened
from tests.refusing import refused

pytestmark = pytest.mark.django_db
NO = "该人不在本镇居住，退回"


def read_in(sent: Sent, by: User, **other: Any) -> Arrival:
    said = {"content": sent.content, "phrase": sent.phrase, "area": area(WENCHENG)} | other
    return receive_package(by=by, **said)


def zipped(parts: dict[str, bytes] | list[tuple[str, bytes]]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as box:
        for name, content in parts.items() if isinstance(parts, dict) else parts:
            box.writestr(name, content)
    return target.getvalue()


def packed_anew(sent: Sent, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """By somebody who has the phrase, with right digests."""
    import hashlib

    parts = opened(sealing.unseal(sent.content, sent.phrase)[0])
    change(parts)
    manifest = json.loads(parts["manifest.json"])
    for part in manifest["parts"]:
        if part["name"] in parts:
            content = parts[part["name"]]
            part |= {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    parts["manifest.json"] = as_json(manifest)
    return zipped(parts)


def edited(name: str, /, **facts: Any) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        parts[name] = as_json(json.loads(parts[name]) | facts)

    return change


def test_a_phrase_is_typed_as_it_was_heard(sent: Sent) -> None:
    typed = sent.phrase.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert open_package(sealing.unseal(sent.content, typed)[0])


def test_a_wrong_phrase_opens_nothing(sent: Sent, receiver: User) -> None:
    with pytest.raises(Refused) as refusal:
        read_in(sent, receiver, phrase=sealing.new_phrase())
    assert refusal.value.field == "phrase"
    assert not Arrival.objects.exists()


@settings(max_examples=15, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(data=st.data())
def test_any_byte_that_is_changed_is_noticed(sent: Sent, data: Any) -> None:
    content = bytearray(sent.content)
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Refused) as refusal:
        sealing.unseal(bytes(content), sent.phrase)
    assert str(refusal.value.words)


@pytest.mark.parametrize("length", [0, 1, 18, 22, 60, 200, -1, -20])
def test_a_file_that_is_cut_short_is_said_to_be(sent: Sent, length: int) -> None:
    with pytest.raises(Refused):
        sealing.unseal(sent.content[:length], sent.phrase)


@pytest.mark.parametrize("version", [0, 2, "1", True, None])
def test_another_version_is_named(sent: Sent, version: Any) -> None:
    with pytest.raises(Refused) as refusal, translation.override("en"):
        open_package(packed_anew(sent, edited("manifest.json", version=version)))
    words = str(refusal.value.words)
    assert ("newer" if version == 2 else "anew") in words


BAD_ZIPS: dict[str, Callable[[dict[str, bytes]], Any]] = {
    "a path upwards": lambda parts: [*parts.items(), ("../../etc/x.json", b"{}")],
    "a path from the root": lambda parts: [*parts.items(), ("/etc/x.json", b"{}")],
    "a name twice": lambda parts: [*parts.items(), ("person.json", parts["person.json"])],
    "a part more": lambda parts: [*parts.items(), ("records/999.json", b"[]")],
    "a part less": lambda parts: [one for one in parts.items() if one[0] != "records/001.json"],
    "no manifest": lambda parts: [one for one in parts.items() if one[0] != "manifest.json"],
    "another person.json": lambda parts: parts | {"person.json": b"{}"},
    "a bomb": lambda parts: parts | {"records/001.json": b" " * (201 << 20)},
}


@pytest.mark.parametrize("name", BAD_ZIPS)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_zip_that_is_no_package_is_refused(sent: Sent, name: str) -> None:
    parts = opened(sealing.unseal(sent.content, sent.phrase)[0])
    with pytest.raises(Refused):
        open_package(zipped(BAD_ZIPS[name](parts)))


def test_a_bomb_that_lies_about_its_size_is_not_unpacked(sent: Sent) -> None:
    content = bytearray(zipped({"person.json": b" " * 1_000_000}))
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = (10).to_bytes(4, "little")
    with refused("The file"):
        open_package(bytes(content))


@pytest.mark.parametrize(
    "text",
    ['{"a": 1, "a": 2}', '{"a": NaN}', '{"a": Infinity}', '{"a": ' + "9" * 5000 + "}",
     '{"a": 1.5}', "[" * 5000 + "]" * 5000, "\ufeff{}", "{", ""],
)  # fmt: skip
def test_json_of_two_meanings_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_json(text.encode())


@pytest.mark.parametrize(
    "facts",
    [{"sex": "9"}, {"born_on": "2024-02-30"}, {"name": "长" * 61}, {"name": None},
     {"on_allowance": "yes"}, {"name": "a\x00b"}, {"registration_area": "x; DROP"}, {"more": 1},
     {"id": "1"}],
)  # fmt: skip
def test_a_value_that_no_column_takes_is_refused(sent: Sent, facts: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        open_package(packed_anew(sent, edited("person.json", **facts)))


def test_a_unit_that_it_is_not_meant_for_does_not_take_it(sent: Sent) -> None:
    boss = UserFactory(town_supervisor=True, area=area(JIAJI))
    with refused("The file is meant for", "area"):
        read_in(sent, boss, area=area(JIAJI))
    worker = UserFactory(area=area(WENCHENG))
    with refused("A supervisor decides about files that arrive."):
        read_in(sent, worker)


def test_a_person_who_has_a_file_in_another_unit_is_not_named(sent: Sent, receiver: User) -> None:
    """The sender's own database: the person is here, in a unit that the receiver does not see."""
    arrival = read_in(sent, receiver)
    for same in (False, True):
        with pytest.raises(Refused) as refusal:
            accept_arrival(arrival=arrival, by=receiver, same_person=same)
        assert sent.person.file_number not in str(refusal.value.words)


def test_refused_with_a_reason_and_everything_stays(sent: Sent, receiver: User) -> None:
    arrival = read_in(sent, receiver)
    with refused("Nothing is decided yet"):
        receipt_of(arrival)
    with refused("Say why it is rejected.", "reason"):
        reject_arrival(arrival=arrival, by=receiver, reason="不")
    done = reject_arrival(arrival=arrival, by=receiver, reason=NO)
    assert done.content == b""
    assert reject_arrival(arrival=arrival, by=receiver, reason=NO).pk == done.pk
    with refused("Decided already"):
        accept_arrival(arrival=arrival, by=receiver, same_person=True)
    package = load_receipt(content=receipt_of(done), by=sent.boss)
    package.transfer.refresh_from_db()
    assert package.transfer.state == TransferState.REFUSED
    assert NO in package.transfer.decision_reason
    assert Person.objects.visible_to(sent.boss).filter(pk=sent.person.pk).exists()


def test_a_receipt_is_believed_only_from_whoever_had_the_phrase(sent: Sent, receiver: User) -> None:
    done = reject_arrival(arrival=read_in(sent, receiver), by=receiver, reason=NO)
    told = json.loads(receipt_of(done))
    forged = [
        told | {"answer": "accepted"}, told | {"reason": "同意"}, told | {"proof": "0" * 64},
        told | {"sha256": "0" * 64}, told | {"more": 1}, told | {"version": 2}, [], {},
        told | {"package": "1"}, told | {"answer": "perhaps"},
    ]  # fmt: skip
    for one in forged:
        with pytest.raises(Refused) as refusal:
            load_receipt(content=as_json(one), by=sent.boss)
        assert refusal.value.field == "file"
    other = UserFactory(town_supervisor=True, area=area(WENCHENG))
    with refused("This is no receipt of a package of your office.", "file"):
        load_receipt(content=receipt_of(done), by=other)
    sent.package.refresh_from_db()
    assert sent.package.state == "sent"


def test_what_was_written_after_the_packing_is_listed(sent: Sent) -> None:
    assert written_since(sent.package, sent.boss) == []
    ContactFactory(person=sent.person)
    assert len(written_since(sent.package, sent.boss)) == 1


def test_a_second_receipt_of_another_answer_is_refused(sent: Sent, receiver: User) -> None:
    again = make_package(transfer=sent.transfer, by=sent.boss, reason=REASON)
    first = reject_arrival(arrival=read_in(sent, receiver), by=receiver, reason=NO)
    load_receipt(content=receipt_of(first), by=sent.boss)
    late = receive_package(
        content=bytes(again.package.content), phrase=again.phrase, area=area(WENCHENG), by=receiver
    )
    done = reject_arrival(arrival=late, by=receiver, reason=NO)
    # Late, of the second package: the transfer is decided already, and stays so.
    assert load_receipt(content=receipt_of(done), by=sent.boss).state == "rejected"
    assert Package.objects.exclude(state="sent").count() == 2


def test_nothing_is_packed_before_the_hand_over_or_by_a_worker(sent: Sent) -> None:
    with refused("A supervisor hands over."):
        make_package(transfer=sent.transfer, by=UserFactory(), reason=REASON)
    type(sent.transfer).objects.filter(pk=sent.transfer.pk).update(
        state="asked", handed_over_on=None, handed_over_by=None
    )
    with refused("This is not possible now"):
        make_package(transfer=sent.transfer, by=sent.boss, reason=REASON)
