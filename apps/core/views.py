import sys

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_GET, require_POST

from apps.core.navigation import links_for
from apps.core.unavailable import come_again, passes


@transaction.non_atomic_requests
@login_not_required
@require_GET
def live(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@transaction.non_atomic_requests
@login_not_required
@require_GET
def ready(request: HttpRequest) -> HttpResponse:
    """The database answers, too."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("no database", content_type="text/plain", status=503)
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """The switch in the frame: a cookie, then back to the page."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        target = "/"
    response = HttpResponseRedirect(target)
    code = request.POST.get("language", "")
    if check_for_language(code):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=365 * 24 * 3600,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
            httponly=True,
        )
    return response


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """To the first page of the user's side bar: not everybody has a Today."""
    links = links_for(request)
    return HttpResponseRedirect(links[0].url if links else reverse("accounts:me"))


@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component and state, for those who build pages."""
    from apps.core.gallery import examples

    return render(request, "core/gallery.html", examples())


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An address that asks for something no page offers; what was asked is not repeated."""
    return render(request, "core/400.html", status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "core/404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "core/403.html", {"words": str(exception)}, status=403)


def failed(request: HttpRequest) -> HttpResponse:
    """Without the database and without a context: whatever broke may be just that."""
    if passes(sys.exc_info()[1]):
        return come_again()
    return render(None, "core/500.html", status=500)  # type: ignore[arg-type]


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "core/csrf.html", status=403)
