"""Old addresses of a file that was merged lead to the file of today."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from apps.persons.models import Person


class SentOn(HttpResponseRedirect):
    """With what was typed: the browser posts it again to the file of today."""

    status_code = 307


class MergedFileMiddleware:
    """Where nothing was found, an id of a merged file may be meant: whoever sees the file of today
    is led there, and to everybody else the answer stays what it is.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or request.resolver_match is None:
            return response
        url = _of_today(request, request.resolver_match)
        if url is None:
            return response
        kind = HttpResponseRedirect if request.method in ("GET", "HEAD") else SentOn
        return kind(url)


def _of_today(request: HttpRequest, match: Any) -> str | None:
    ids = {name: value for name, value in match.kwargs.items() if isinstance(value, UUID)}
    if not ids or not request.user.is_authenticated:
        return None
    merged = Person.every.filter(public_id__in=ids.values(), merged_into__isnull=False)
    today = dict(merged.values_list("public_id", "merged_into_id"))
    seen = Person.objects.visible_to(request.user).in_bulk(set(today.values()))
    leads = {old: seen[pk].public_id for old, pk in today.items() if pk in seen}
    if not leads:
        return None
    kwargs = match.kwargs | {name: leads.get(value, value) for name, value in ids.items()}
    query = request.META.get("QUERY_STRING", "")
    return reverse(match.view_name, kwargs=kwargs) + (f"?{query}" if query else "")
