"""The bell of the demo: what the year has brought is read, the newest few lines wait."""

from datetime import date, timedelta
from typing import Final

from django.db.models import Window
from django.db.models.functions import Greatest, RowNumber
from django.utils import timezone

from apps.notices.codes import NoticeKind
from apps.notices.models import Notice

UNREAD: Final = 5
LATELY: Final = timedelta(days=30)


def settle_the_bell(day: date) -> None:
    """Nobody was told of a caseload that one had when the year began."""
    Notice.objects.filter(kind=NoticeKind.HANDED, starts_on__lt=day - LATELY).delete()
    place = Window(RowNumber(), partition_by="reader", order_by=["-at", "-pk"])
    numbered = Notice.objects.order_by("pk").annotate(place=place).values_list("pk", "place")
    older = [pk for pk, number in numbered if number > UNREAD]
    Notice.objects.filter(pk__in=older).update(read_at=Greatest("at", timezone.now()))
