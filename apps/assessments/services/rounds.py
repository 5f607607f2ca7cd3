"""Open a round: who is to be assessed, where, from when to when."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import Area, Level
from apps.assessments.models import Round, RoundTarget
from apps.audit.acting import acting
from apps.cases.models import Case
from apps.core.days import today
from apps.core.differing import same_or_differs
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.persons.models import Person


@transaction.atomic
def open_round(*, area: Area, title: str, first: date, last: date, by: User) -> Round:
    """Everybody with an order that is open on the last day, or today in a round that still runs.

    The same round again is the same round.
    """
    if area.level in (Level.PROVINCE, Level.CITY):
        raise Refused(_("A round is held in a county or below."), field="area")
    if not title.strip():
        raise Refused(_("Give the round a name."), field="title")
    if (last - first).days > 366:
        raise Refused(_("A round lasts a year at most."), field="last")
    known = Round.objects.filter(area=area, first=first, last=last).first()
    if known is not None:
        same_or_differs(known, _("This round is open already."), title=title)
        return known  # type: ignore[no-any-return]
    row = Round(area=area, title=title.strip(), first=first, last=last, opened_by=by)
    with acting(by):
        save_or_refuse(row)
        RoundTarget.objects.bulk_create(_targets(row), batch_size=1000)
    return row


def _targets(row: Round) -> list[RoundTarget]:
    day = max(row.first, min(row.last, today()))
    cases = Case.objects.in_area(row.area).open_on(day)
    persons = Person.objects.filter(pk__in=cases.values("person_id")).order_by("pk")
    return [
        RoundTarget(round=row, person_id=pk, county_id=county, town_id=town, village_id=village)
        for pk, county, town, village in persons.values_list(
            "pk", "county_id", "town_id", "village_id"
        )
    ]
