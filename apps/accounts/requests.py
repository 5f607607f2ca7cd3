"""The request of a view behind the sign-in, for type checks: its user is one of ours."""

from uuid import UUID

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from apps.accounts.models import User


class SignedInRequest(HttpRequest):
    """Never made by anybody: Django's request, with what our middleware added."""

    user: User  # type: ignore[assignment]
    htmx: HtmxDetails
    request_id: UUID
