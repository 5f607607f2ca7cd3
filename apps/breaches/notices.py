"""Where a line about a breach leads."""

from django.urls import reverse

from apps.accounts.models import User
from apps.breaches.models import Breach
from apps.notices.models import Notice


def breach_page(notice: Notice, reader: User) -> str:
    rows = Breach.objects.visible_to(reader).filter(public_id=notice.subject)
    return reverse("breaches:breach", args=[notice.subject]) if rows.exists() else ""
