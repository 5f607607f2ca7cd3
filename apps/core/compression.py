"""Pages travel small, and their size tells nothing (BREACH).

Who reads the wire sees lengths. Compressed, a length tells whether a text that an attacker put
into the address stands on the page too: letter by letter a secret can be guessed, by a foreign
page that makes the browser ask a thousand times. So a page is compressed only when our own page
or the user asked for it, never at the wish of a foreign one; and it ends with a random number of
random letters, so that equal pages have unequal lengths. Django masks its token in each answer.
"""

import gzip
import re
import secrets
from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

import brotli
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

# Below this a packet is a packet.
SMALLEST: Final = 1000
# 100 KB in 2 ms; the next levels take twice the time for a tenth less.
BROTLI_QUALITY: Final = 4
GZIP_LEVEL: Final = 4
PADDING: Final = 200
ASKED: Final = re.compile(r"\s*(br|gzip|\*)\s*(?:;\s*q=([0-9.]+))?\s*")


class CompressionMiddleware:
    """Only HTML: files of the site are compressed when they are collected, exports are zips."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not _is_page(response):
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        encoding = encoding_for(request.headers.get("Accept-Encoding", ""))
        if encoding and len(response.content) >= SMALLEST and is_asked_by_us(request):
            # A part of a page is asked for by our own script alone, and put into a table as it is.
            whole = response.content if _is_part(request) else padded(response.content)
            response.content = packed(whole, encoding)
            response["Content-Encoding"] = encoding
            response["Content-Length"] = str(len(response.content))
            if (tag := response.get("ETag", "")).startswith('"'):
                response["ETag"] = f"W/{tag}"
        return response


def _is_page(response: HttpResponse) -> bool:
    kind = response.get("Content-Type", "")
    plain = not response.streaming and not response.has_header("Content-Encoding")
    return plain and kind.partition(";")[0].strip() == "text/html"


def _is_part(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def encoding_for(accepted: str) -> str:
    """br before gzip, unless the browser refuses it (`q=0`); empty for none."""
    wanted: dict[str, float] = {}
    for part in accepted.lower().split(","):
        if found := ASKED.fullmatch(part):
            wanted[found[1]] = _number(found[2])
    rest = wanted.get("*", 0.0)
    names = [name for name in ("br", "gzip") if wanted.get(name, rest) > 0]
    return max(names, key=lambda name: wanted.get(name, rest), default="")


def _number(text: str | None) -> float:
    try:
        return 1.0 if text is None else float(text)
    except ValueError:
        return 0.0


def is_asked_by_us(request: HttpRequest) -> bool:
    """What the browser itself says, which no foreign page can forge; else the page before."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    return urlsplit(request.headers.get("Referer", "")).netloc == request.get_host()


def padded(content: bytes) -> bytes:
    """A remark at the end, of no fixed length and nothing that could be compressed away."""
    noise = secrets.token_urlsafe(PADDING)[: secrets.randbelow(PADDING)]
    return content + f"<!--{noise}-->".encode()


def packed(content: bytes, encoding: str) -> bytes:
    if encoding == "br":
        return brotli.compress(content, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY)
    return gzip.compress(content, GZIP_LEVEL, mtime=0)
