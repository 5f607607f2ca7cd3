from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from apps.core.refusals import Refused


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


class RefusalMiddleware:
    """A refusal that no form has shown: the rule in words, nothing stored, status 409."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused):
            return None
        part = "#notice" if getattr(request, "htmx", False) else ""
        response = render(request, f"core/refused.html{part}", {"refusal": error}, status=409)
        if part:
            response["HX-Retarget"] = "#messages"
            response["HX-Reswap"] = "innerHTML"
        return response
