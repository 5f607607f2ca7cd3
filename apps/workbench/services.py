"""Acts on saved views."""

from typing import Final

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.audit.acting import acting
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.workbench.models import SavedView
from apps.workbench.person_filters import PersonFilters

MOST_VIEWS: Final = 20


def filters_of(query: str) -> str:
    """What of an address is a view: filters that narrow and the order, always in one sequence."""
    given = QueryDict(query)
    names = [*sorted(PersonFilters.base_filters), "sort"]
    kept = QueryDict(mutable=True)
    for name in names:
        if value := given.get(name, "").strip():
            kept[name] = value
    return kept.urlencode()


@transaction.atomic
def save_view(*, by: User, name: str, query: str, shared: bool = False) -> SavedView:
    """Keep the filters under a name; the same name again takes the new filters."""
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    words, filters = " ".join(name.split()), filters_of(query)
    if not words:
        raise Refused(_("Give the view a name."), field="name")
    if not filters:
        raise Refused(_("Choose a filter or an order first: that is what a view keeps."))
    if shared and not by.may(Permission.CASE_ASSIGN):
        raise Refused(_("A supervisor shares views with the own area."))
    own = SavedView.objects.filter(owner=by)
    view = own.filter(name=words).first() or SavedView(owner=by, name=words)
    if view.pk is None and own.count() >= MOST_VIEWS:
        raise Refused(_("You have %(n)s views: delete one first.") % {"n": MOST_VIEWS})
    view.query, view.area = filters, by.area if shared else None
    with acting(by):
        save_or_refuse(view)
    return view


@transaction.atomic
def delete_view(*, view: SavedView, by: User) -> None:
    """Only the owner's own; nobody else's list changes."""
    if view.owner_id != by.pk:
        raise Refused(_("Only %(name)s can delete this view.") % {"name": view.owner.name})
    with acting(by):
        view.delete()
