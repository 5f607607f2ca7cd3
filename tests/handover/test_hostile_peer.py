"""Who has the phrase may still send what breaks a reader: refused in words, never an error."""

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from apps.accounts.models import User
from apps.core.refusals import Refused
from apps.handover import sealing
from apps.handover.models import Arrival
from apps.handover.packing import as_json
from apps.handover.reading import open_package
from apps.handover.services import load_receipt, receipt_of, receive_package, reject_arrival
from apps.handover.services.arriving import known_here
from apps.handover.strict_json import read_json
from tests.factories.areas import WENCHENG, area
from tests.handover.conftest import Sent
from tests.handover.test_refused import NO, edited, packed_anew, read_in
from tests.handover.zips import opened
from tests.refusing import refused

pytestmark = pytest.mark.django_db
Parts = dict[str, bytes]


def sealed_anew(sent: Sent, change: Callable[[Parts], None]) -> tuple[bytes, str]:
    phrase = sealing.new_phrase()
    head = {"package": str(sent.package.public_id), "to": WENCHENG}
    return sealing.seal(packed_anew(sent, change), phrase, head)[0], phrase


def receive(sent: Sent, by: User, change: Callable[[Parts], None]) -> Arrival:
    content, phrase = sealed_anew(sent, change)
    return receive_package(content=content, phrase=phrase, area=area(WENCHENG), by=by)


def of_part(**facts: Any) -> Callable[[Parts], None]:
    """What the list says of its first part."""

    def change(parts: Parts) -> None:
        told = json.loads(parts["manifest.json"])
        told["parts"][0] |= facts
        parts["manifest.json"] = as_json(told)

    return change


@pytest.mark.parametrize("text", [r'{"a": "\ud800"}', r'{"\udfff": 1}', r'["a\u0000b"]'])
def test_a_letter_that_no_column_takes_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_json(text.encode())
    assert read_json(rb'["\ud840\udc0b"]') == ["𠀋"]


@pytest.mark.parametrize(
    "made_at",
    ["2026-02-30T00:00:00+08:00", "0001-01-01T00:00:00+14:00", "2026-01-01T99:00:00+08:00",
     "2026-01-01T00:00:00"],
)  # fmt: skip
def test_a_package_is_packed_on_a_day_that_is_one(sent: Sent, receiver: User, made_at: str) -> None:
    with pytest.raises(Refused):
        receive(sent, receiver, edited("manifest.json", made_at=made_at))


@pytest.mark.parametrize("code", ["\x00", "46\ud800"])
def test_a_unit_is_named_in_letters(sent: Sent, receiver: User, code: str) -> None:
    def change(parts: Parts) -> None:
        told = json.loads(parts["manifest.json"])
        told["to"]["code"] = code
        parts["manifest.json"] = json.dumps(told).encode()

    phrase = sealing.new_phrase()
    head = {"package": str(sent.package.public_id), "to": WENCHENG}
    whole = sealing.seal(packed_with_own_manifest(sent, change), phrase, head)[0]
    with pytest.raises(Refused):
        receive_package(content=whole, phrase=phrase, area=area(WENCHENG), by=receiver)


def packed_with_own_manifest(sent: Sent, change: Callable[[Parts], None]) -> bytes:
    parts = opened(sealing.unseal(sent.content, sent.phrase)[0])
    change(parts)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as box:
        for name, content in parts.items():
            box.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize("facts", [{"name": ["person.json"]}, {"name": {}}, {"name": None}])
def test_a_part_has_a_name(sent: Sent, facts: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        open_package(packed_with_own_manifest(sent, of_part(**facts)))


@pytest.mark.parametrize("way", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_way_of_packing_that_is_not_ours_is_not_unpacked(sent: Sent, way: int) -> None:
    """How much memory the unpacking of these takes is chosen by the file."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", way) as box:
        for name, content in opened(sealing.unseal(sent.content, sent.phrase)[0]).items():
            box.writestr(name, content)
    with pytest.raises(Refused):
        open_package(target.getvalue())


def test_a_broken_lzma_stream_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_LZMA) as box:
        box.writestr("person.json", b"{}" * 500)
    content = bytearray(target.getvalue())
    content[45:50] = b"\xff" * 5
    with refused("The file holds parts that do not belong into it."):
        open_package(bytes(content))


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_from_which_nothing_can_be_counted_is_refused(sent: Sent, day: str) -> None:
    with pytest.raises(Refused):
        open_package(packed_anew(sent, edited("person.json", born_on=day)))


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_moment_that_the_database_cannot_give_back_is_refused(sent: Sent, moment: str) -> None:
    from apps.handover.shapes import fits

    assert not fits(moment, {"type": "string", "format": "date-time"})


@pytest.mark.parametrize("proof", ["é" * 64, "０" * 64])
def test_a_proof_in_other_letters_is_refused(sent: Sent, receiver: User, proof: str) -> None:
    done = reject_arrival(arrival=read_in(sent, receiver), by=receiver, reason=NO)
    told = json.loads(receipt_of(done)) | {"proof": proof}
    with pytest.raises(Refused):
        load_receipt(content=as_json(told), by=sent.boss)


def test_a_known_number_in_another_spelling_is_known(sent: Sent, receiver: User) -> None:
    number = sent.person.document_number
    typed = f" {number[:6]} {number[6:]}".lower()
    other = "01234567-89ab-cdef-0123-456789abcdef"

    def change(parts: Parts) -> None:
        edited("person.json", id=other, document_number=typed)(parts)
        edited("manifest.json", person=other)(parts)

    found = known_here(open_package(packed_anew(sent, change)), sent.boss)
    assert found is not None
