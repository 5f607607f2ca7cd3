"""Views of the list of persons: the row of chips above it, save, delete."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST

from apps.accounts.models import User
from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.core.days import today
from apps.core.form_fields import TextField
from apps.core.refusals import Refused
from apps.core.shared_statements import PreparedForReaders
from apps.workbench.models import SavedView
from apps.workbench.services import delete_view, filters_of, save_view


class SaveViewForm(forms.Form):
    name = TextField(label=gettext_lazy("Name of the view"), max_length=40)
    query = TextField(max_length=500, widget=forms.HiddenInput)
    shared = forms.BooleanField(required=False)


@dataclass(frozen=True)
class ViewShown:
    """One chip: a name, and who shares it where it is not the reader's own."""

    view: SavedView
    url: str
    current: bool
    own: bool


def _seen_by(user: User) -> Any:
    rows = SavedView.objects.visible_to(user).select_related("owner")
    return rows.order_by("name", "pk")


_WRITTEN = PreparedForReaders(100)


def views_shown(request: SignedInRequest) -> list[ViewShown]:
    """The own ones first, then those that are shared with the reader's unit; one query."""
    current, user = filters_of(request.GET.urlencode()), request.user
    rows = _WRITTEN.rows(user, today(), _seen_by)
    shown = [
        ViewShown(
            row,
            f"{reverse('persons:list')}?{row.query}",
            row.query == current,
            row.owner_id == user.pk,
        )
        for row in rows
    ]
    return sorted(shown, key=lambda view: not view.own)


@require_POST
@permission_required(Permission.PERSON_VIEW)
def save(request: SignedInRequest) -> HttpResponse:
    """Keep what stands in the address under a name."""
    form = SaveViewForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Give the view a name of at most 40 letters."))
    view = save_view(by=request.user, **form.cleaned_data)
    messages.success(request, _("The view “%(name)s” is saved.") % {"name": view.name})
    return redirect(f"{reverse('persons:list')}?{view.query}")


@require_POST
@permission_required(Permission.PERSON_VIEW)
def delete(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """A second tap finds nothing more to delete, and says the same."""
    view = SavedView.objects.visible_to(request.user).filter(public_id=public_id).first()
    if view is not None:
        delete_view(view=view, by=request.user)
    messages.success(request, _("The view is deleted."))
    return redirect("persons:list")
