"""One page with one form that does one act: the same for every act of the apps that use it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.accounts.requests import SignedInRequest
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.core.fields import uuid7
from apps.core.refusals import shown_in, status_of

Words = str | Promise


class ActForm(forms.Form):
    """`target` is what the act is done to; `perform` calls its service."""

    def __init__(self, *args: Any, user: User, target: Any, **kwargs: Any) -> None:
        self.user, self.target = user, target
        super().__init__(*args, **kwargs)

    def perform(self) -> Any:
        raise NotImplementedError


class OnceForm(ActForm):
    """Makes a row: sent twice it is one."""

    client_uuid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)


@dataclass(frozen=True)
class Act:
    """An act as a declaration: its page has one form."""

    title: Words
    permission: Permission
    form: type[ActForm]
    done: Words
    words: Words = ""
    button: Words = ""


@dataclass(frozen=True)
class ActPage:
    """What stands around the form; `persons` are those whose data the page shows. `person`: whose
    band and tabs stand over it, for a template that has them.
    """

    title: Words
    done: Words
    back: str
    subject: Words = ""
    article: Words = ""
    words: Words = ""
    button: Words = ""
    persons: Iterable[Any] = ()
    seen: str = ""
    template: str = "core/act.html"
    person: Any = None


def show_act(request: SignedInRequest, form: ActForm, page: ActPage) -> HttpResponse:
    """Log, form, service, message, redirect; a refusal stands over the form."""
    log_access(request, persons=page.persons, action=Action.VIEW, fields_seen=page.seen)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            form.perform()
            messages.success(request, str(page.done))
            return redirect(page.back)
    context = {"form": form, "act": page, "person": page.person}
    return render(request, page.template, context, status=status_of(form))


def allowed(request: SignedInRequest, act: Act) -> Act:
    """The act; refused before anything is looked up."""
    if not request.user.may(act.permission):
        raise PermissionDenied(act.permission)
    return act


def perform_act(request: SignedInRequest, act: Act, target: Any, **around: Any) -> HttpResponse:
    """The page of a declared act; `around`: what else an ActPage says."""
    # A form without fields is bound by an empty post, too.
    data = request.POST if request.method == "POST" else None
    form = act.form(data, user=request.user, target=target)
    page = ActPage(title=act.title, done=act.done, words=act.words, button=act.button, **around)
    return show_act(request, form, page)
