"""What stands between a request and every page: a session that still runs, and a sign-in."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render, resolve_url

from apps.accounts import sessions, unsent
from apps.core.filling import Filler

AnyView = Callable[..., HttpResponseBase]
# Pages that a user who must choose a new password may still open.
OPEN_WHILE_PASSWORD_DUE = frozenset({"accounts:password", "accounts:sign-out", "core:language"})


class SessionLimitMiddleware:
    """Ends a session after eight hours, or when nobody used it for a while.

    The next sign-in page says which of the two it was.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            if reason := sessions.limit_reached(request.session):
                request.ended_user = request.user.pk  # type: ignore[attr-defined]
                logout(request)
                request.session[sessions.ENDED] = reason
            else:
                sessions.touch(request.session)
                request.session_ends = sessions.ends_in(request.session)  # type: ignore[attr-defined]
        return self.get_response(request)


class UnsentFormMiddleware:
    """The page of a form that came too late stands there again with what had been typed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.user.is_authenticated:
            return response
        unsent.remember_owner(request, response)
        if request.method == "GET" and (form := unsent.found(request)):
            return _filled(request, response, form)
        return response


def _filled(request: HttpRequest, response: HttpResponse, form: unsent.Unsent) -> HttpResponse:
    """The page itself; where it cannot take everything, a page that shows what was typed."""
    if form.path != request.path:
        return response
    if response.status_code not in {HTTPStatus.OK, HTTPStatus.METHOD_NOT_ALLOWED}:
        return response
    unsent.forget(request)
    is_page = response.get("Content-Type", "").startswith("text/html") and not response.streaming
    if response.status_code == HTTPStatus.OK and is_page:
        filler = Filler(response.content.decode(), form.path, form.fields)
        if filler.complete:
            response.content = filler.html
            return response
    return render(request, "accounts/unsent.html", {"form": form})


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Every view needs a sign-in unless it says otherwise; a due password comes before any page."""

    def process_view(
        self, request: HttpRequest, view_func: AnyView, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        refused = super().process_view(request, view_func, view_args, view_kwargs)
        if refused is not None or not _password_due(request):
            return refused
        return _go(request, resolve_url("accounts:password"))

    def get_login_url(self, view_func: AnyView) -> str:
        """One sign-in page, for the admin too."""
        return str(settings.LOGIN_URL)

    def handle_no_permission(self, request: HttpRequest, view_func: AnyView) -> Any:
        """To the sign-in page, and afterwards back to the page where the user was.

        A form that was sent waits there: the session ended while somebody typed.
        """
        unsent.keep(request)
        sign_in = resolve_url(self.get_login_url(view_func))
        query = request.GET.copy()
        query.clear()
        query["next"] = _page(request)
        return _go(request, f"{sign_in}?{query.urlencode(safe='/')}")


def _password_due(request: HttpRequest) -> bool:
    match = request.resolver_match
    return (
        request.user.is_authenticated
        and request.user.must_change_password
        and match is not None
        and match.view_name not in OPEN_WHILE_PASSWORD_DUE
    )


def _page(request: HttpRequest) -> str:
    """The page a person was on: for an act, the page it was sent from."""
    if request.method in {"GET", "HEAD"} and not request.headers.get("HX-Request"):
        return request.get_full_path()
    sent_from = urlsplit(request.headers.get("Referer", ""))
    if sent_from.netloc != request.get_host():
        return "/"
    return f"{sent_from.path}?{sent_from.query}" if sent_from.query else sent_from.path


def _go(request: HttpRequest, address: str) -> HttpResponse:
    """Redirect the whole page, also when only a part of it was asked for."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)
