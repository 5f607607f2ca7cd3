"""Photos of phones: taken, turned upright, converted, and silent about where they were taken."""

from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from apps.core.refusals import Refused
from apps.documents import photos
from apps.documents.codes import PICTURES, MediaType
from apps.documents.models import Attachment
from apps.documents.photos import TRACES
from apps.documents.uploaded_files import taken
from tests.documents.tricks import docx, located, picture, png_of, zipped
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.documents import scan

KINDS = {"JPEG": "a.jpg", "PNG": "a.png", "HEIF": "a.heic"}


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


@pytest.mark.parametrize("ending", PICTURES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_is_taken_under_any_name_of_a_picture(kind: str, ending: str) -> None:
    media_type, content = taken(picture(kind), f"IMG_1.{ending.upper()}")
    assert media_type == (MediaType.PNG if kind == "PNG" else MediaType.JPEG)
    assert opened(content).size == (40, 30)


@pytest.mark.parametrize(
    "name", ["IMG_0001", "微信图片_20261128", "mmexport1732.tmp", "a.dat", "b.bin", "photo.jpg."]
)
def test_a_photo_is_taken_as_a_messenger_names_it(name: str) -> None:
    assert taken(picture("JPEG"), name)[0] == MediaType.JPEG


@pytest.mark.parametrize("name", ["a.exe.pdf", "a.html", "a.js", "a.docx", "a.svg", "a.jpg.gz"])
def test_a_photo_under_the_name_of_another_kind_is_refused(name: str) -> None:
    with pytest.raises(Refused, match="文件内容是图片，与文件名不符。"):
        taken(picture("JPEG"), name)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_tells_where_a_photo_was_taken(kind: str) -> None:
    xmp = "<x:xmpmeta exif:GPSLatitude='19,14N'/>"
    more = PngInfo()
    more.add_itxt("XML:com.adobe.xmp", xmp)
    told = picture(kind, exif=located(), xmp=xmp.encode(), pnginfo=more)
    assert b"PhoneMaker" in told
    assert b"GPSLatitude" in told
    content = taken(told, KINDS[kind])[1]
    assert not opened(content).getexif()
    assert not any(word in content for word in (b"PhoneMaker", b"GPSLatitude", *TRACES))


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_inside_a_document_does_not_tell_either(kind: str) -> None:
    name = f"word/media/image1.{kind.lower()}"
    content = taken(zipped({name: picture(kind, exif=located())}), "a.docx")[1]
    with ZipFile(BytesIO(content)) as archive:
        assert b"PhoneMaker" not in archive.read(name)
        assert b"PhoneMaker" not in archive.read("word/document.xml")
        assert opened(archive.read(name)).size == (40, 30)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_held_upright_stands_upright(kind: str) -> None:
    assert opened(taken(picture(kind, exif=located(6)), "a.jpg")[1]).size == (30, 40)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK", "RGB"])
def test_every_kind_of_colour_is_kept_readable(mode: str) -> None:
    for kind in ("PNG", "JPEG"):
        out = BytesIO()
        try:
            Image.new(mode, (20, 10)).save(out, kind)
        except OSError:
            continue
        assert opened(taken(out.getvalue(), "a.png")[1]).size == (20, 10)


def test_a_scan_that_was_not_turned_keeps_its_points() -> None:
    sent = picture("JPEG", (300, 200), quality=70, dpi=(300, 300))
    kept = opened(taken(sent, "a.jpg")[1])
    assert kept.info["dpi"] == (300, 300)
    before, after = opened(sent).convert("L"), kept.convert("L")
    assert (
        max(
            abs(x - y)
            for x, y in zip(before.get_flattened_data(), after.get_flattened_data(), strict=True)
        )
        <= 2
    )


@pytest.mark.parametrize("size", [(30_000, 30_000), (20_000, 3_000), (0, 5), (2**31 - 1, 1)])
def test_a_picture_that_unpacks_too_far_is_refused_before_it_is_opened(
    size: tuple[int, int],
) -> None:
    with pytest.raises(Refused):
        taken(png_of(*size), "a.png")


def test_the_largest_picture_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photos, "MAX_PIXELS", 1200)
    assert taken(picture("PNG"), "a.png")
    with pytest.raises(Refused, match="百万像素：请缩小后再上传。"):
        taken(picture("PNG", (41, 30)), "a.png")


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_cut_short_is_refused(kind: str) -> None:
    whole = picture(kind, (400, 300))
    for part in (20, len(whole) // 2):
        with pytest.raises(Refused, match="图片已损坏，打不开。"):
            taken(whole[:part], KINDS[kind])


def test_a_document_without_photos_stays_as_it_is() -> None:
    assert taken(docx("x"), "a.docx")[1] == docx("x")


@pytest.mark.django_db
def test_a_photo_sent_twice_is_one_scan() -> None:
    """What is kept differs from what was sent, and the second tap is known all the same."""
    case, by, tap = CaseFactory(), UserFactory(county_supervisor=True), uuid4()
    sent = picture("HEIF", exif=located())
    scans = {
        scan(case, by, client_uuid=tap, file=SimpleUploadedFile("IMG_1.HEIC", sent)).pk
        for _ in range(2)
    }
    assert len(scans) == 1
    assert Attachment.objects.get().size == len(sent)
