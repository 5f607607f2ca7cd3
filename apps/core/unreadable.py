"""What a browser sent cannot be read: more than is taken at once, or not whole.

Django answers with one bare English line before any page of ours is asked. Whoever sent it is told
what was too much, that nothing was stored, and that the browser's Back keeps what was typed.
"""

from contextlib import suppress
from typing import Final

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _, ngettext

from apps.core.middleware import page_before
from apps.core.views import bad_request

TOO_LARGE: Final = 413
READ_ON: Final = 100 << 20
KNOWN = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent, MultiPartParserError)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """In the looks of the house; what else is wrong is answered by `bad_request`."""
    if not isinstance(exception, KNOWN):
        return bad_request(request, exception)
    status = 400 if isinstance(exception, MultiPartParserError) else TOO_LARGE
    _read_to_the_end(request)
    # Whoever asks again for what was sent would meet the same fault.
    request._post, request._files = type(request.GET)(), MultiValueDict()  # type: ignore[attr-defined]
    request._read_started = False  # type: ignore[attr-defined]
    request._body = b""  # type: ignore[attr-defined]
    part = "#notice" if request.headers.get("HX-Request") else ""
    context = {"words": _words(exception), "back": page_before(request)}
    response = render(request, f"core/unreadable.html{part}", context, status=status)
    if part:
        response["HX-Retarget"], response["HX-Reswap"] = "#messages", "innerHTML"
    return response


def _read_to_the_end(request: HttpRequest) -> None:
    """A browser that is still sending would show a broken connection instead of the answer."""
    left = READ_ON
    with suppress(Exception):
        while left > 0 and (chunk := request._stream.read(1 << 16)):  # type: ignore[attr-defined]
            left -= len(chunk)


def _words(exception: Exception) -> str:
    if isinstance(exception, TooManyFilesSent):
        count = settings.DATA_UPLOAD_MAX_NUMBER_FILES
        return ngettext(
            "At most %(count)d file can be sent at once. Send the others afterwards.",
            "At most %(count)d files can be sent at once. Send the others afterwards.",
            count,
        ) % {"count": count}
    if isinstance(exception, TooManyFieldsSent):
        return _(
            "More lines were chosen than can be sent at once. Choose fewer, and the others "
            "afterwards."
        )
    if isinstance(exception, RequestDataTooBig):
        size = settings.DATA_UPLOAD_MAX_MEMORY_SIZE >> 20
        return _("More than %(size)d MB was sent. Send less at once.") % {"size": size}
    return _("What arrived was not whole; the connection may have broken off. Send it again.")
