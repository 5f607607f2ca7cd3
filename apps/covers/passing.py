"""Who covers for others goes away, too: their persons are passed on, or the absence is refused."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.audit.acting import acting
from apps.core.days import today
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.covers.models import Cover
from apps.covers.notices import tell_arranged, tell_changed, tell_off
from apps.notices.handed import persons_handed
from apps.persons.models import Assignment
from apps.persons.services.assigning import cover_persons

ONE_DAY: Final = timedelta(days=1)


def covered_meanwhile(worker: User, first: date, last: date | None) -> list[Cover]:
    """Absences of others in which the worker looks after somebody on some of these days."""
    rows = Cover.objects.filter(cover=worker).overlapping(max(first, today()), last)
    return list(rows.select_related("worker", "cover").order_by("starts_on", "pk"))


def pass_all_on(
    worker: User, first: date, last: date | None, to: Mapping[int, User], by: User
) -> None:
    """Whomever the worker covers on these days gets the named cover; refused when one is not named.

    `to`: the cover by the id of who is away.
    """
    theirs = covered_meanwhile(worker, first, last)
    left = {row.worker.name for row in theirs if row.worker_id not in to}
    if left:
        raise Refused(
            _("%(who)s covers %(others)s on some of these days. Name who covers meanwhile.")
            % {"who": worker.name, "others": _(", ").join(sorted(left))}
        )
    for row in theirs:
        pass_on(row, to[row.worker_id], first, last, by)


def pass_on(cover: Cover, to: User, first: date, last: date | None, by: User) -> None:
    """On these days somebody else covers; before and after it stays as it was."""
    begins = max(cover.starts_on, first, today())
    ends = min((day for day in (cover.until_on, last) if day is not None), default=None)
    begun, until, covering = cover.starts_on, cover.until_on, cover.cover
    with acting(by):
        if begun < begins:
            cut_short(cover, begins - ONE_DAY)
            tell_changed(cover, by, passed_on=True)
        else:
            rows = list(cover.assignments.values_list("pk", flat=True))
            tell_off(cover, by, passed_on=True)
            cover.delete()
            Assignment.objects.filter(pk__in=rows).delete()
    open_cover(cover.worker, to, begins, ends, cover.words, by)
    if ends is not None and ends != until:
        open_cover(cover.worker, covering, ends + ONE_DAY, until, cover.words, by)


def open_cover(
    worker: User, cover: User, first: date, last: date | None, words: str, by: User
) -> Cover:
    """A cover of the days, with everybody for whom the worker is responsible on them."""
    refuse_absent(cover, first, last)
    found = Cover(
        worker=worker, cover=cover, starts_on=first, until_on=last, words=words, recorded_by=by
    )
    with acting(by):
        save_or_refuse(found)
    hand_over(found, by)
    tell_arranged(found, by)
    return found


def cut_short(cover: Cover, on: date) -> None:
    """The last day; what the cover was given for later days is taken back."""
    cover.until_on = on
    save_or_refuse(cover)
    given = cover.assignments.all()
    later = list(given.filter(starts_on__gt=on).values_list("pk", flat=True))
    Assignment.objects.filter(pk__in=later).delete()
    given.not_over_on(max(on, today())).update(ends_on=on)


def hand_over(cover: Cover, by: User, only: set[int] | None = None) -> None:
    """Everybody of the caseload (or these persons of it) gets the cover on the days of both."""
    rows = Assignment.objects.responsible().filter(worker_id=cover.worker_id)
    rows = rows.overlapping(max(cover.starts_on, today()), cover.until_on)
    if only is not None:
        rows = rows.filter(person_id__in=only)
    try:
        given = cover_persons(
            rows=list(rows.select_related("person").order_by("person_id", "starts_on")),
            worker=cover.cover, by=by, first=max(cover.starts_on, today()), last=cover.until_on,
        )  # fmt: skip
    except Refused as refusal:
        refusal.field = refusal.field or "cover"
        raise
    cover.assignments.add(*given)
    if only is not None:
        persons_handed(given, by)


def refuse_absent(cover: User, first: date, last: date | None) -> None:
    if Cover.objects.filter(worker=cover).overlapping(first, last).exists():
        raise Refused(
            _("%(who)s is away on some of these days, too.") % {"who": cover.name}, field="cover"
        )


def refuse_needed(user: User) -> None:
    """`user` as it would be stored; refused while others are away and rely on the account."""
    from apps.persons.services.assigning import MAY_BE_RESPONSIBLE

    running = Cover.objects.filter(cover_id=user.pk).not_over_on(today())
    area = user.area if user.is_active and user.role in MAY_BE_RESPONSIBLE else None
    for row in running.select_related("worker__area"):
        home = row.worker.area
        if area and home and (area.contains(home) or home.contains(area)):
            continue
        raise Refused(
            _("%(who)s covers %(whom)s. Name another cover first: open Absences and covers.")
            % {"who": user.name, "whom": row.worker.name}
        )


def refuse_given(assignment: Assignment, on: date) -> None:
    """What an absence gives ends with it, not person by person."""
    rows = Cover.objects.filter(assignments=assignment).not_over_on(on + ONE_DAY)
    if (cover := rows.select_related("worker").first()) is not None:
        raise Refused(
            _("%(who)s is away until later: change the cover under Absences and covers.")
            % {"who": cover.worker.name}
        )
