"""The help of a person, one help, and its acts."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.assistance import forms
from apps.assistance.codes import RUNNING, StepKind
from apps.assistance.help_page import page_of, paid_twice
from apps.assistance.models import Assistance, AssistanceStep, Look, Payment, Programme
from apps.assistance.services import next_steps
from apps.audit.act_page import ActForm, ActPage, show_act
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.core.refusals import Refused, shown_in, status_of
from apps.core.text import day_text
from apps.needs.models import Need
from apps.persons.models import Person

SEEN = "assistance"


@permission_required(Permission.PERSON_VIEW)
@require_safe
def person(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Needs that nobody has met stand first; then what is under way; then what was."""
    found = _person(request, public_id)
    log_access(request, persons=[found], action=Action.VIEW, fields_seen=SEEN)
    needs = Need.objects.visible_to(request.user).filter(person=found, closed_on=None)
    rows = Assistance.objects.visible_to(request.user).filter(person=found)
    helps = list(rows.select_related("programme").order_by("-found_on", "-pk"))
    context = {
        "person": found, "needs": needs.order_by("said_on", "pk"),
        "running": [row for row in helps if row.state in RUNNING],
        "over": [row for row in helps if row.state not in RUNNING],
        "paid_twice": paid_twice(found, request.user),
    }  # fmt: skip
    return render(request, "assistance/person.html", context)


@permission_required(Permission.NEED_RECORD)
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """A help that is found, perhaps for a need."""
    found = _person(request, public_id)
    form = forms.HelpForm(
        request.POST or None, user=request.user, target=found, need=request.GET.get("need", "")
    )
    log_access(request, persons=[found], action=Action.VIEW, fields_seen=SEEN)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            made = form.perform()
            messages.success(request, _("The help is recorded; now the next step."))
            return redirect("assistance:detail", made.public_id)
    page = ActPage(
        title=_("Record help"), subject=found.name, done="",
        back=reverse("assistance:person", args=[public_id]),
    )  # fmt: skip
    advised = Programme.objects.offered_to(request.user).advised()
    context = {"form": form, "act": page, "person": found, "advised": advised}
    return render(request, "assistance/create.html", context, status=status_of(form))


@permission_required(Permission.PERSON_VIEW)
@require_safe
def detail(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The way of one help, its ledger, and what it changed."""
    found = visible_help(request, public_id)
    log_access(request, persons=[found.person], action=Action.VIEW, fields_seen=SEEN)
    context = {"help": found, "person": found.person, "page": page_of(found, request.user)}
    return render(request, "assistance/detail.html", context)


@permission_required(Permission.NEED_RECORD)
@require_http_methods(["GET", "POST"])
def step(request: SignedInRequest, public_id: UUID, kind: str) -> HttpResponse:
    """One step; what cannot come now is said instead of asked."""
    if kind not in StepKind.values:
        raise Http404
    found = visible_help(request, public_id)
    if request.method == "GET" and kind not in next_steps(found):
        raise Refused(_("This step cannot follow on what is on record."))
    form = forms.StepForm(_data(request), user=request.user, target=found, kind=kind)
    title = _("Record: %(step)s") % {"step": StepKind(kind).label}
    return _of_help(request, form, title, found.programme.advice)


@permission_required(Permission.NEED_RECORD)
@require_http_methods(["GET", "POST"])
def take_back(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The last step was wrong."""
    rows = AssistanceStep.objects.visible_to(request.user).select_related(
        "assistance__person", "assistance__programme"
    )
    found: AssistanceStep = get_object_or_404(rows, public_id=public_id)
    form = forms.TakeBackForm(_data(request), user=request.user, target=found)
    words = _("The step stays on file, marked as taken back.")
    return _shown(request, form, found.assistance, _("Take a step back"), words)


@permission_required(Permission.NEED_RECORD)
@require_http_methods(["GET", "POST"])
def pay(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """What was received: money, goods, or a service."""
    found = visible_help(request, public_id)
    form = forms.PaymentForm(_data(request), user=request.user, target=found)
    words = _("A row of the ledger is never changed; what was wrong is reversed.")
    return _of_help(request, form, _("Record what was received"), words)


@permission_required(Permission.NEED_RECORD)
@require_http_methods(["GET", "POST"])
def receipt(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """It was still to come when the payment was recorded, and is there now."""
    rows = Payment.objects.visible_to(request.user).select_related(
        "assistance__person", "assistance__programme"
    )
    found: Payment = get_object_or_404(rows, public_id=public_id)
    form = forms.ReceiptForm(_data(request), user=request.user, target=found)
    words = _("Nothing else of the row changes. A receipt that is on record stays.")
    return _shown(request, form, found.assistance, _("Record the receipt"), words, found)


@permission_required(Permission.ASSISTANCE_LEDGER)
@require_http_methods(["GET", "POST"])
def reverse_(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """A payment was wrong: another row takes it back. Of somebody who belongs to another unit now
    nothing is shown but what stands in the own ledger.
    """
    found = _payment(request, public_id)
    form = forms.ReverseForm(_data(request), user=request.user, target=found)
    title = _("Reverse a payment")
    words = _("The whole payment is taken back, once, with the same amount; both rows stay.")
    if Person.objects.visible_to(request.user).filter(pk=found.person_id).exists():
        return _shown(request, form, found.assistance, title, words, found)
    page = ActPage(
        title=title, done=_("Recorded."), words=words, back=reverse("assistance:elsewhere"),
        subject=f"{found.programme} · {_which(found)}",
    )  # fmt: skip
    return show_act(request, form, page)


def _payment(request: SignedInRequest, public_id: UUID) -> Payment:
    """In a ledger that the user keeps; of another one it is said whose it is."""
    known = ("assistance__person", "assistance__programme", "programme", "office")
    rows = Payment.objects.of_ledgers_of(request.user).select_related(*known)
    if found := rows.filter(public_id=public_id).first():
        return found  # type: ignore[no-any-return]
    seen = Payment.objects.visible_to(request.user).select_related("office")
    other: Payment = get_object_or_404(seen, public_id=public_id)
    raise Refused(
        _("It stands in the ledger of %(unit)s, which alone reverses it.")
        % {"unit": other.office.today.name}
    )


@permission_required(Permission.NEED_RECORD)
@require_http_methods(["GET", "POST"])
def look(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """30, 90 and 180 days after the first delivery."""
    found = visible_help(request, public_id)
    form = forms.LookForm(_data(request), user=request.user, target=found)
    words = _("Ask the person, and write what it changed in plain words.")
    return _of_help(request, form, _("What it changed"), words)


@permission_required(Permission.NEED_RECORD)
@require_http_methods(["GET", "POST"])
def withdraw_look(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """It was entered by mistake."""
    rows = Look.objects.visible_to(request.user).select_related(
        "assistance__person", "assistance__programme"
    )
    found: Look = get_object_or_404(rows, public_id=public_id)
    form = forms.WithdrawLookForm(_data(request), user=request.user, target=found)
    words = _(
        "It stays on file with the reason, and counts no more; the right one is recorded anew."
    )
    return _shown(request, form, found.assistance, _("Withdraw the record"), words)


@permission_required(Permission.NEED_RECORD)
@require_http_methods(["GET", "POST"])
def ask(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Whether the same is given elsewhere: yes or no; logged, and counted."""
    found = visible_help(request, public_id)
    form = forms.AskForm(_data(request), user=request.user, target=found)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            answer = form.perform()
            _log_question(request, found)
            _tell(request, given=answer.is_given)
            return redirect("assistance:detail", public_id)
    words = _(
        "For an application only. You learn whether the same help is given for these months, not "
        "where or by whom. Each question is logged; twenty a day at most."
    )
    return _of_help(request, form, _("Ask whether the same help is given"), words)


def _log_question(request: SignedInRequest, help_: Assistance) -> None:
    """For restricted help as if the page was read: whoever sees the log may not know of it."""
    action, seen = (Action.VIEW, SEEN) if help_.restricted else (Action.OUTSIDE, "same_help")
    log_access(request, persons=[help_.person], action=action, fields_seen=seen)


def _tell(request: SignedInRequest, *, given: bool) -> None:
    if given:
        messages.warning(request, _("The same help is given or applied for in these months."))
    else:
        messages.success(request, _("The same help is not known for these months."))


def _person(request: SignedInRequest, public_id: UUID) -> Person:
    found: Person = get_object_or_404(Person.objects.visible_to(request.user), public_id=public_id)
    return found


def visible_help(request: SignedInRequest, public_id: UUID) -> Assistance:
    rows = Assistance.objects.visible_to(request.user).select_related(
        "person__county", "person__town", "person__village", "programme", "need", "recorded_by"
    )
    found: Assistance = get_object_or_404(rows, public_id=public_id)
    return found


def _data(request: SignedInRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _of_help(request: SignedInRequest, form: ActForm, title: str, words: str) -> HttpResponse:
    return _shown(request, form, form.target, title, words)


def _which(row: Payment) -> str:
    """Of several payments of one help."""
    return f"{day_text(row.paid_on)} · {row.amount or '–'}"


def _shown(
    request: SignedInRequest, form: ActForm, help_: Assistance, title: str, words: str,
    row: Payment | None = None,
) -> HttpResponse:  # fmt: skip
    of = [help_.person.name, str(help_.programme), *([_which(row)] if row else [])]
    page = ActPage(
        title=title, subject=" · ".join(of), done=_("Recorded."),
        words=words, back=reverse("assistance:detail", args=[help_.public_id]),
        persons=[help_.person], seen=SEEN,
    )  # fmt: skip
    return show_act(request, form, page)
