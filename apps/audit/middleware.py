"""Tells the history triggers who writes."""

import uuid
from collections.abc import Callable

import pghistory
from django.http import HttpRequest, HttpResponse

from apps.accounts.permissions import View

WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class HistoryContextMiddleware:
    """Every row of history that a request writes names the user, the request and the view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = uuid.uuid4()  # type: ignore[attr-defined]
        if request.method not in WRITING:
            return self.get_response(request)
        user = request.user
        with pghistory.context(
            user=user.pk,
            username=user.get_username(),
            request=str(request.request_id),  # type: ignore[attr-defined]
        ):
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: View, view_args: object, view_kwargs: object
    ) -> None:
        if request.method in WRITING and request.resolver_match is not None:
            # Adds to the context entered above.
            pghistory.context(view=request.resolver_match.view_name)
