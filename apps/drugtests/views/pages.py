"""Pages of drug tests: the tab of a person, record one, look at it, correct it, withdraw it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.act_page import ActForm, ActPage, show_act
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.cases.models import Case
from apps.contacts.given import given_on, medicines_of
from apps.contacts.going_back import back_to_person
from apps.core.days import today
from apps.core.navigation import url_or_none
from apps.drugtests import forms
from apps.drugtests.access import drug_test_or_404
from apps.drugtests.clocks import clocks_of
from apps.drugtests.codes import SAMPLES_OF
from apps.drugtests.dossier_page import page_of
from apps.drugtests.models import DrugTest
from apps.persons.access import person_or_404
from apps.persons.models import Person


@require_GET
@permission_required(Permission.PERSON_VIEW)
def person(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The person's tests, the newest first."""
    found = person_or_404(request, public_id)
    log_access(request, persons=[found], action=Action.VIEW, fields_seen="drugtests")
    rows = DrugTest.objects.visible_to(request.user).filter(person=found)
    rows = rows.select_related("recorded_by").order_by("-occurred_at", "-pk")
    orders = Case.objects.visible_to(request.user).filter(person=found).order_by("in_force_from")
    clocks = clocks_of(rows, orders, today(), medicines_of(found.pk))
    context = {"person": found, "rows": rows, "clocks": clocks}
    return render(request, "drugtests/person.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_LOG)
def create(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """A sample was taken."""
    found = person_or_404(request, public_id)
    form = forms.TestForm(
        request.POST or None,
        initial=forms.new_test(_asked(request), request.GET.get("why", "")),
        user=request.user,
        target=found,
    )
    return _act(
        request, form, found, title=_("Record a drug test"), done=_("The test is recorded."),
        template="drugtests/create.html",
        words=" ".join(one.words for one in given_on(found.pk, today())),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_LOG)
def not_taken(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """It could not be taken: as easy as taken."""
    found = person_or_404(request, public_id)
    form = forms.NotTakenForm(
        request.POST or None,
        initial=forms.new_not_taken(_asked(request), request.GET.get("why", "")),
        user=request.user,
        target=found,
    )
    return _act(
        request, form, found, title=_("The test could not be taken"), done=_("Recorded."),
        words=_("Nothing follows from it but the next try. A reason that excuses closes the line."),
    )  # fmt: skip


@require_GET
@permission_required(Permission.PERSON_VIEW)
def detail(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Everything that was recorded. A positive is to be confirmed, and nothing else."""
    test = drug_test_or_404(request, public_id)
    log_access(request, persons=[test.person], action=Action.VIEW, fields_seen="drugtest")
    context = {
        "test": test, "person": test.person, "breach_url": _breach_url(test),
        "page": page_of(test, today()),
    }  # fmt: skip
    return render(request, "drugtests/detail.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_CORRECT)
def correct(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Put right what was recorded wrongly; the old value stays in history."""
    test = drug_test_or_404(request, public_id)
    shape = forms.TestCorrection if test.is_taken else forms.NotTakenCorrection
    form = shape(
        request.POST or None, initial=forms.as_stored(test), user=request.user, target=test
    )
    return _act(
        request, form, test.person, title=_("Correct the record"), back=_page_of(test),
        done=_("The record is corrected."),
        words=_("The old value stays in the history, with your name and reason."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_CORRECT)
def withdraw(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """It was recorded by mistake."""
    test = drug_test_or_404(request, public_id)
    form = forms.WithdrawTestForm(request.POST or None, user=request.user, target=test)
    return _act(
        request, form, test.person, title=_("Withdraw the record"), back=_page_of(test),
        done=_("The record is withdrawn; it counts no more."),
        words=_("It stays on file with the reason; what it had done is open again."),
    )  # fmt: skip


def _asked(request: SignedInRequest) -> str:
    """The sample of the duty in whose line the page was opened."""
    return next(iter(SAMPLES_OF.get(request.GET.get("duty", ""), ())), "")


def _act(
    request: SignedInRequest, form: ActForm, found: Person, back: str = "", **page: Any
) -> HttpResponse:
    return show_act(
        request, form,
        ActPage(
            back=back or back_to_person(request, found), subject=found.name, persons=[found],
            seen="drugtest", article=_("Rules on drug testing procedure"), **page,
        ),
    )  # fmt: skip


def _page_of(test: DrugTest) -> str:
    return reverse("drugtests:detail", args=[test.public_id])


def _breach_url(test: DrugTest) -> str:
    """Where a refusal can be recorded as a breach: by hand, and the person is heard first."""
    if not test.is_refusal or test.withdrawn_at is not None:
        return ""
    return url_or_none("breaches:record", test.person.public_id) or ""
