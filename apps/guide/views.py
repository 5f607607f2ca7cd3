"""The guide, for everybody who is signed in; no person is named in it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from apps.accounts.requests import SignedInRequest
from apps.guide.pages import FOLDER, JOBS, jobs_of, pages, read


@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """All pages, those of the own job first."""
    own = jobs_of(request.user.role)
    found = pages(_language())
    context = {
        "own": [page for page in found if page.slug in own],
        "others": [page for page in found if page.slug not in own],
    }
    return render(request, "guide/index.html", context)


@require_GET
def page(request: HttpRequest, slug: str) -> HttpResponse:
    if slug not in JOBS:
        raise Http404
    context: dict[str, Any] = {"page": read(slug, _language())}
    return render(request, "guide/page.html", context)


def _language() -> str:
    language = get_language() or ""
    return language if (FOLDER / language).is_dir() else "zh-hans"
