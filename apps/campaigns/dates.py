"""The slot of a campaign among the next dates of a person."""

from collections.abc import Iterator
from typing import Any, Final

from django.db.models import DateTimeField
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.campaigns.models import CampaignTarget
from apps.core.days import today
from apps.core.prepared import Slot
from apps.core.shared_statements import PreparedForReaders
from apps.core.text import day_text
from apps.core.timeline import PERSON
from apps.persons.models import Person
from apps.schedule.next_dates import NextDate, NextDates


def _to_come(user: User) -> Any:
    rows: Any = CampaignTarget.objects.visible_to(user).filter(person_id=PERSON)
    return rows.expected_from(Slot("now", DateTimeField())).select_related("slot__site")


_WRITTEN: Final = PreparedForReaders()


def _rows(person: Person, user: User) -> Iterator[NextDate]:
    rows = _WRITTEN.rows(user, today(), _to_come, person=person.pk, now=timezone.now())
    for row in rows:
        slot = row.slot
        told = _("told") if row.told_at else _("not told yet")
        words = f"{day_text(slot.day)} {slot.times} · {slot.site.name} · {told}"
        url = reverse("campaigns:target", args=[row.public_id])
        yield NextDate(slot.day, _("Sample of a campaign"), words, url)


PARTS: Final = (NextDates(src="campaign_target", rows=_rows),)
