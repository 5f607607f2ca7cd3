"""Photos as they are kept: upright, readable everywhere, and silent about where they were taken.

Every picture is decoded and written anew, so that what a phone adds (position, time, device, a
second picture behind the first) is gone, whichever way it was written. A photo of an iPhone
(HEIC) becomes a JPEG.
"""

import threading
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from apps.core.refusals import Refused
from apps.documents.codes import MediaType

if TYPE_CHECKING:
    from PIL import Image

# A sheet at 600 dpi has 35 million, the largest photo of a common phone 50.
MAX_PIXELS: Final = 52_000_000
QUALITY: Final = 90
# What is needed to show the picture as it is; everything else is left behind.
KEPT: Final = ("transparency", "icc_profile", "dpi", "gamma")
# Signs that a JPEG, PNG or TIFF carries more than its picture.
TRACES: Final = (b"Exif\x00", b"eXIf", b"http://ns.adobe.com/", b"Photoshop 3.0", b"MPF\x00")
# A picture unpacks to a hundred times its size: one at a time in each process.
_ALONE: Final = threading.Lock()


def cleaned(content: bytes) -> tuple[MediaType, bytes]:
    """The picture and nothing else; refused when it is damaged or too large to open."""
    with _ALONE:
        try:
            return _written_anew(content)
        except Refused:
            raise
        except Exception as error:  # whatever a damaged file makes of the libraries
            raise Refused(_("The picture is damaged."), field="file") from error


def without_traces(content: bytes) -> bytes:
    """A picture inside a document: as it is, unless it says more than it shows."""
    begins = content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))
    if begins and any(trace in content for trace in TRACES):
        return cleaned(content)[1]
    return content


def _written_anew(content: bytes) -> tuple[MediaType, bytes]:
    import pillow_heif
    from PIL import Image, ImageOps

    pillow_heif.register_heif_opener(thumbnails=False)
    with Image.open(BytesIO(content), formats=["JPEG", "PNG", "HEIF"]) as opened:
        if opened.width * opened.height > MAX_PIXELS:
            raise Refused(
                _("The picture has more than %(number)s million points: make it smaller.")
                % {"number": MAX_PIXELS // 1_000_000},
                field="file",
            )
        opened.load()
        upright = ImageOps.exif_transpose(opened) or opened
        same = upright is opened or opened.getexif().get(0x0112, 1) == 1
        picture = opened if same else upright
        picture.info = {key: picture.info[key] for key in KEPT if key in picture.info}
        if opened.format == "PNG":
            return MediaType.PNG, _saved(picture, "PNG")
        # The tables of the camera where nothing was turned: the points stay what they were.
        quality: Any = "keep" if picture.format == "JPEG" else QUALITY
        return MediaType.JPEG, _saved(_without_alpha(picture), "JPEG", quality=quality)


def _without_alpha(picture: "Image.Image") -> "Image.Image":
    if picture.mode in {"L", "RGB", "CMYK"}:
        return picture
    from PIL import Image

    paper = Image.new("RGB", picture.size, "white")
    clear = picture.convert("RGBA")
    paper.paste(clear, mask=clear.getchannel("A"))
    return paper


def _saved(picture: "Image.Image", kind: str, **options: Any) -> bytes:
    if "dpi" in picture.info:
        options["dpi"] = picture.info["dpi"]
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()
