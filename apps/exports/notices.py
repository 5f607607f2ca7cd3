"""Where a line about an export leads."""

from django.urls import reverse

from apps.accounts.models import User
from apps.exports.models import ExportRequest
from apps.notices.models import Notice


def page_of_request(notice: Notice, reader: User) -> str:
    found = ExportRequest.objects.shown_to(reader).filter(public_id=notice.subject)
    return reverse("exports:request", args=[notice.subject]) if found.exists() else ""
