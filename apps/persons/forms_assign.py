"""Who is to be responsible: the workers of the persons' unit first, each with the caseload."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from apps.accounts.models import User
from apps.areas.models import Area
from apps.core.choosing import Choice, OneOf
from apps.core.days import in_a_year, today
from apps.core.form_fields import DayField
from apps.persons.forms import workers_in
from apps.persons.models import Assignment, AssignmentKind, Person

FOUND = 30


class WorkerField(OneOf):
    """Every worker of the area may be chosen; those offered are of the unit, or were looked for."""

    def label_from_instance(self, obj: Any) -> str:
        count = ngettext("%(n)s person", "%(n)s persons", obj.caseload) % {"n": obj.caseload}
        return f"{obj.name} · {obj.area.name} · {count}"

    def offer(self, groups: Sequence[tuple[str, Iterable[User]]]) -> None:
        """Only these in the list; what is posted is still looked for among all."""
        shown = [
            (title, [(worker.pk, self.label_from_instance(worker)) for worker in workers])
            for title, workers in groups
        ]
        self.widget.choices = [("", self.empty_label), *(group for group in shown if group[1])]


class AssignForm(forms.Form):
    """One worker, one day, for one person or many. `wanted`: part of a name to look for."""

    worker = WorkerField(label=gettext_lazy("Worker"), queryset=User.objects.none())
    on = DayField(label=gettext_lazy("From"), latest=in_a_year, initial=today)
    kind = Choice(label=gettext_lazy("As"), choices=AssignmentKind.choices)

    def __init__(
        self, *args: Any, user: User, persons: Iterable[Person], wanted: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        workers = with_caseload(workers_in(user)).select_related("area")
        near = workers.filter(area__in=units_of(persons))
        groups = [(_("Of the unit"), near)]
        chosen = self.data.get("worker") if self.is_bound else ""
        if self.wanted_anywhere(wanted := wanted.strip(), near):
            named = Q(name__icontains=wanted) | Q(username__icontains=wanted)
            groups.append((_("Others"), workers.exclude(pk__in=near).filter(named)[:FOUND]))
        elif chosen and chosen.isdecimal():
            groups.append((_("Others"), workers.exclude(pk__in=near).filter(pk=chosen)))
        field: Any = self.fields["worker"]
        field.queryset = workers
        field.offer(groups)

    @staticmethod
    def wanted_anywhere(wanted: str, near: QuerySet[User]) -> bool:
        """Looked for by name, or nobody of the unit is there to be offered."""
        return bool(wanted) or not near.exists()


class EndCoverForm(forms.Form):
    on = DayField(label=gettext_lazy("Last day"), initial=today)


def with_caseload(users: QuerySet[User]) -> Any:
    """Each with the number of persons that the user is responsible for today."""
    mine = Assignment.objects.filter(worker=OuterRef("pk")).responsible().current_on(today())
    counted = mine.order_by().values("worker").annotate(n=Count("pk")).values("n")
    return users.annotate(caseload=Coalesce(Subquery(counted), 0))


def units_of(persons: Iterable[Person]) -> list[int]:
    """The towns of the persons and the units that followed them; the county where there is none."""
    own = {person.town_id or person.county_id for person in persons}
    later = Area.objects.filter(pk__in=own).exclude(merged_into=None)
    return [*own, *later.order_by("pk").values_list("merged_into_id", flat=True)]
