"""Where the bell of a lost contact leads."""

from django.urls import reverse

from apps.accounts.models import User
from apps.notices.models import Notice
from apps.visits.models import LostContact


def lost_page(notice: Notice, reader: User) -> str:
    rows = LostContact.objects.visible_to(reader).filter(public_id=notice.subject)
    return reverse("visits:lost-detail", args=[notice.subject]) if rows.exists() else ""
