"""People whom the person agreed that the office may contact."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.core.refusals import shown_in, status_of
from apps.persons import services
from apps.persons.access import person_or_404
from apps.persons.forms import ContactForm, WithdrawContactForm
from apps.persons.models import Contact


@permission_required(Permission.PERSON_VIEW)
def contacts(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    person = person_or_404(request, public_id)
    rows = Contact.objects.visible_to(request.user).filter(person=person)
    log_access(request, persons=[person], action=Action.VIEW, fields_seen="contacts")
    context = {"person": person, "contacts": rows.order_by("withdrawn_on", "-agreed_on", "pk")}
    return render(request, "persons/contacts.html", context)


@permission_required(Permission.PERSON_EDIT)
def add(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    person = person_or_404(request, public_id)
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            services.add_contact(person=person, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("persons:contacts", public_id)
    context = {"person": person, "form": form, "title": _("New contact"), "back": "contacts"}
    return render(request, "persons/act.html", context, status=status_of(form))


@permission_required(Permission.PERSON_EDIT)
def withdraw(request: SignedInRequest, public_id: UUID, contact_id: UUID) -> HttpResponse:
    person = person_or_404(request, public_id)
    rows = Contact.objects.visible_to(request.user).filter(person=person)
    contact: Contact = get_object_or_404(rows, public_id=contact_id)
    form = WithdrawContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            services.withdraw_contact_agreement(
                contact=contact, by=request.user, on=form.cleaned_data["on"]
            )
            messages.success(request, _("Saved. The contact is no longer offered."))
            return redirect("persons:contacts", public_id)
    title = _("The person no longer agrees: %(name)s") % {"name": contact.name}
    context = {"person": person, "form": form, "title": title, "back": "contacts"}
    return render(request, "persons/act.html", context, status=status_of(form))
