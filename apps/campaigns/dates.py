"""The slot of a campaign among the next dates of a person."""

from collections.abc import Iterator
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.campaigns.models import CampaignTarget
from apps.core.text import day_text
from apps.persons.models import Person
from apps.schedule.next_dates import NextDate, NextDates


def _rows(person: Person, user: User) -> Iterator[NextDate]:
    rows: Any = CampaignTarget.objects.visible_to(user).filter(person=person)
    for row in rows.to_come().select_related("slot__site"):
        slot = row.slot
        told = _("told") if row.told_at else _("not told yet")
        words = f"{day_text(slot.day)} {slot.times} · {slot.site.name} · {told}"
        url = reverse("campaigns:target", args=[row.public_id])
        yield NextDate(slot.day, _("Sample of a campaign"), words, url)


PARTS: Final = (NextDates(src="campaign_target", rows=_rows),)
