"""Between a list and its file: many persons wait for a second person, where the office says so."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _, gettext_lazy

from apps.accounts.requests import SignedInRequest
from apps.core.filters import NAMES
from apps.core.kept_query import keep, kept
from apps.core.leaving import APPROVED, Leaving
from apps.core.refusals import Refused
from apps.exports import services
from apps.exports.models import ExportRequest

LONGEST: Final = 300
GONE: Final = gettext_lazy("What was approved cannot be made any more: ask anew.")


def hold_back(request: HttpRequest, leaving: Leaving) -> HttpResponseBase | None:
    """A request in place of the file; what was approved is used up and leaves."""
    user: Any = request.user
    number = len(set(leaving.persons))
    if row := getattr(request, APPROVED, None):
        services.use(row=row, number=number, by=user)
        return None
    if not services.needs_second(user, number):
        return None
    match = request.resolver_match
    made = services.ask(
        page=match.view_name if match else "",
        asked=_asked(request) | {"title": leaving.title}, purpose=leaving.purpose,
        whole=leaving.whole, kind=leaving.kind, number=number, by=user,
    )  # fmt: skip
    messages.success(request, _("A second person has to approve this export first."))
    return redirect("exports:request", made.public_id)


def make_again(request: SignedInRequest, row: ExportRequest) -> HttpResponseBase:
    """The file as it is today, by the page's own way and rights, with the approver's name on it."""
    services.refuse_taking(row, request.user)
    how = row.how
    try:
        match = resolve(how["path"])
    except Resolver404 as error:  # the page has another address since an update
        raise Refused(GONE) from error
    query, post = QueryDict(how["query"], mutable=True), QueryDict(how["post"], mutable=True)
    if how["names"]:
        query[NAMES] = keep(request, how["names"])
    post["purpose"] = signed(row)
    request.GET, request.POST = query, post  # type: ignore[assignment, misc]
    request.resolver_match = match
    setattr(request, APPROVED, row)
    answer: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    if not answer.has_header("Content-Disposition"):
        raise Refused(GONE)
    return answer


def signed(row: ExportRequest) -> str:
    """The purpose with who approved it: it stands in the file and in the access log."""
    words = _(" (approved by %(who)s)") % {"who": row.decided_by}
    return f"{row.purpose[: LONGEST - len(words)]}{words}"


def _asked(request: HttpRequest) -> dict[str, str]:
    """All that the page reads of the address, of the form and of the session."""
    query, post = request.GET.copy(), request.POST.copy()
    key = query.pop(NAMES, [""])[-1]
    for name in ("csrfmiddlewaretoken", "purpose"):
        post.pop(name, None)
    return {
        "path": request.path_info,
        "query": query.urlencode(),
        "names": (kept(request, key) or "") if key else "",
        "post": post.urlencode(),
    }
