from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme

from apps.core.navigation import TODAY_COUNT, doubt_count, url_or_none
from apps.core.refusals import Refused

DEVICES: Final = "Permissions-Policy"
NO_DEVICE: Final = "camera=(), geolocation=(), microphone=()"
# To read the label of a sample: the picture does not leave the phone.
CAMERA_ALONE: Final = "camera=(self), geolocation=(), microphone=()"


class LanguageMiddleware(LocaleMiddleware):
    """The cookie of the language switch, else what the browser asks for, else Chinese."""


class NoStoreMiddleware:
    """Pages of a signed-in person stay in no cache, not even the browser's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response


class DevicesMiddleware:
    """No page asks where somebody is, listens or looks; one that reads labels says so itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault(DEVICES, NO_DEVICE)
        return response


class RememberedCountsMiddleware:
    """After an act the number that a page left for the side bar is no longer sure.

    A tap on that page itself is followed by its new number: nothing is written for the tap. What
    was refused, or only asks for other rows of a list, has changed nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if _is_an_act(request, response) and not _on_today(request):
            doubt_count(request, TODAY_COUNT)
        return response


def _is_an_act(request: HttpRequest, response: HttpResponse) -> bool:
    return request.method == "POST" and response.status_code < 400 and "filter" not in request.POST


def _on_today(request: HttpRequest) -> bool:
    page = request.headers.get("HX-Current-URL", "")
    return urlsplit(page).path == url_or_none("workbench:today")


class RefusalMiddleware:
    """A refusal that no form has shown: the rule in words, nothing stored, status 409.

    So is the address of an act that was opened like a page, for which Django has an empty answer.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and request.method == "GET" and not response.content:
            page = render(request, "core/405.html", {"back": page_before(request)}, status=405)
            page["Allow"] = response["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused):
            return None
        part = "#notice" if getattr(request, "htmx", False) else ""
        context = {"refusal": error, "back": page_before(request)}
        response = render(request, f"core/refused.html{part}", context, status=409)
        if part:
            response["HX-Retarget"] = "#messages"
            response["HX-Reswap"] = "innerHTML"
        return response


def page_before(request: HttpRequest) -> str:
    """The page the person came from, if it is one of ours."""
    referer = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(referer, {request.get_host()}, request.is_secure())
    return referer if ours else "/"
