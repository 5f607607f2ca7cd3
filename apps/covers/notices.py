"""Both sides of a cover hear of it: when it is arranged or changed, when it begins and ends; and
the supervisors, when nobody is left for somebody's persons.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.cases.models import Case
from apps.core.days import end_of, today
from apps.core.navigation import url_or_none
from apps.covers.models import Cover
from apps.covers.presence import nobody_present_on
from apps.law.dates import ONE_DAY
from apps.notices.codes import NoticeKind
from apps.notices.models import Notice
from apps.notices.readers import supervisors_of
from apps.notices.services import ring
from apps.persons.models import Assignment

# So many nights may be missed, and are caught up with.
CATCH_UP: Final = 7
# They say how a cover is arranged; it may be arranged anew.
ARRANGED: Final = (
    NoticeKind.COVERING,
    NoticeKind.COVERED,
    NoticeKind.COVER_CHANGED,
    NoticeKind.COVER_BEGINS,
)


def tell_cover(cover: Cover, by: User | None, kind: NoticeKind, mark: str = "") -> None:
    """Who covers hears of the worker."""
    ring(
        kind=kind, readers=[cover.cover_id], subject=cover.public_id, by=by, mark=mark,
        colleague=cover.worker, starts_on=cover.starts_on, until_on=cover.until_on,
    )  # fmt: skip


def tell_worker(cover: Cover, by: User | None, kind: NoticeKind, mark: str = "") -> None:
    """Who is away hears of the cover."""
    ring(
        kind=kind, readers=[cover.worker_id], subject=cover.public_id, by=by, mark=mark,
        colleague=cover.cover, starts_on=cover.starts_on, until_on=cover.until_on,
    )  # fmt: skip


def tell_arranged(cover: Cover, by: User) -> None:
    tell_cover(cover, by, NoticeKind.COVERING)
    tell_worker(cover, by, NoticeKind.COVERED)


def tell_changed(cover: Cover, by: User, *, passed_on: bool = False) -> None:
    """Each change is one happening: the row is locked, and the same day again is none.

    `passed_on`: somebody else covers then, of whom the worker hears anyway.
    """
    mark = f"{timezone.now():%Y%m%d%H%M%S%f}"
    tell_cover(cover, by, NoticeKind.COVER_CHANGED, mark)
    if not passed_on:
        tell_worker(cover, by, NoticeKind.COVER_CHANGED, mark)


def tell_off(cover: Cover, by: User, *, passed_on: bool = False) -> None:
    tell_cover(cover, by, NoticeKind.COVER_OFF)
    if not passed_on:
        tell_worker(cover, by, NoticeKind.COVER_OFF)


def ring_calendar(day: date) -> int:
    """What the calendar does: covers that begin or have ended, persons with nobody left."""
    before = Notice.objects.count()
    first = day - timedelta(days=CATCH_UP - 1)
    covers = Cover.objects.select_related("worker", "cover").order_by("pk")
    for cover in covers.filter(starts_on__range=(first, day)).not_over_on(day):
        if cover.recorded_at < end_of(cover.starts_on - ONE_DAY):
            tell_cover(cover, None, NoticeKind.COVER_BEGINS)
            tell_worker(cover, None, NoticeKind.COVER_BEGINS)
    for cover in covers.filter(until_on__range=(first - ONE_DAY, day - ONE_DAY)):
        _tell_ended(cover)
    for days_ago in range(CATCH_UP):
        ring_nobody_present(day - timedelta(days=days_ago))
    return Notice.objects.count() - before


def _tell_ended(cover: Cover) -> None:
    """The worker is back, unless another one goes on covering."""
    on = cover.until_on + ONE_DAY if cover.until_on else today()
    tell_cover(cover, None, NoticeKind.COVER_ENDED)
    if not Cover.objects.filter(worker_id=cover.worker_id).covering(on).exists():
        tell_worker(cover, None, NoticeKind.COVER_ENDED)


def ring_nobody_present(day: date, workers: set[int] | None = None, by: User | None = None) -> None:
    """Supervisors hear of it on the day on which it arises, once for each worker; only orders that
    run are asked for.
    """
    known = _left_alone(day - ONE_DAY, workers).keys()
    for (worker_id, unit_id), case in _left_alone(day, workers).items():
        if (worker_id, unit_id) in known:
            continue
        worker = User.objects.get(pk=worker_id)
        unit = case.village or case.town or case.county
        ring(
            kind=NoticeKind.NOBODY_PRESENT, readers=supervisors_of(unit), subject=worker.public_id,
            by=by, colleague=worker, mark=day.isoformat(), starts_on=day,
        )  # fmt: skip


def _left_alone(day: date, workers: set[int] | None) -> dict[tuple[int, int | None], Case]:
    """For each responsible worker and town one of the orders with nobody present."""
    rows = Assignment.objects.responsible().current_on(day)
    if workers is not None:
        rows = rows.filter(worker_id__in=workers)
    cases = nobody_present_on(Case.objects.filter(person_id__in=rows.values("person_id")), day)
    found = {case.person_id: case for case in cases.select_related("county", "town", "village")}
    theirs = rows.filter(person_id__in=found).order_by("pk").values_list("worker_id", "person_id")
    return {(worker, found[person].town_id): found[person] for worker, person in theirs}


def cover_page(notice: Notice, reader: User) -> str:
    """The hand-over of the cover; the list where it was called off."""
    shown = Cover.objects.visible_to(reader)
    if shown.filter(public_id=notice.subject).exists():
        return reverse("workbench:handover", args=[notice.subject])
    return reverse("covers:list") if reader.sees_cases else ""


def changed_since(notices: Sequence[Notice]) -> dict[int, str]:
    """Lines of a cover that has other days by now, or was called off."""
    told = [notice for notice in notices if notice.kind in ARRANGED]
    subjects = [notice.subject for notice in told]
    covers = Cover.objects.filter(public_id__in=subjects) if subjects else ()
    days = {cover.public_id: (cover.starts_on, cover.until_on) for cover in covers}
    words = _("No longer so: the cover was changed or called off since")
    return {
        notice.pk: words
        for notice in told
        if days.get(notice.subject) != (notice.starts_on, notice.until_on)
    }


def list_of_left_alone(notice: Notice, reader: User) -> str:
    return (url_or_none("reports:nobody_present") or "") if reader.sees_cases else ""
