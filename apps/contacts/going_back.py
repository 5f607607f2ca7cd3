"""Where a page goes back to when something was recorded: the page of ours that asked."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from apps.core.navigation import url_or_none
from apps.persons.models import Person


def back_to_person(request: HttpRequest, person: Person) -> str:
    """The page that asked, else the person's own."""
    asked = request.POST.get("next") or request.GET.get("next")
    own = url_or_none("workbench:person", person.public_id)
    return back_to(request) if asked or own is None else own


def back_to(request: HttpRequest, default: str = "workbench:today", **params: str) -> str:
    """The page of ours that the form or the address names, else the default."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        target = url_or_none(default) or "/"
    if not params:
        return target
    path, _mark, query = target.partition("?")
    kept = [part for part in query.split("&") if part and part.partition("=")[0] not in params]
    return f"{path}?{'&'.join([*kept, *(f'{name}={value}' for name, value in params.items())])}"
