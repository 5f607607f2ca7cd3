"""No row, no service and no form of the admin says something about a person that nobody has said.

Walks every column of every model that tells of a person, every argument of every service, and every
form of the admin in which a row is added. What is filled in all the same has its reason here.
"""

import inspect
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db import models
from django.test import RequestFactory
from pghistory.models import Event

import apps as product
from apps.persons.models import Person
from tests.architecture.forms_of_the_product import load_everything
from tests.factories.accounts import UserFactory

# Of the row and its way through the office, or of the law; not of the person.
OF_THE_ROW = {
    "version", "undone", "standing", "decision", "state", "source", "origin", "language",
    "recorded_elsewhere", "carried_over", "number", "quiet_days", "open_only",
}  # fmt: skip
COLUMNS = {
    "Person.document_kind": "a number must be right for it, and without a number it is refused",
    "Case.term_months": "the law's term; the forms ask for it",
    "Release.term_months": "the same",
    "CheckIn.outcome": "a contact is recorded; what was not done needs its reason (constraint)",
    "Meeting.outcome": "the same",
    "Meeting.way": "a visit is in person (constraint); the form of an interview asks",
    "DrugTest.number_of_day": "counts the tests of a day; a second one is asked about",
    "DrugTest.outcome": "a test is recorded; what was not taken needs its reason (constraint)",
    "DrugTest.sample": "the form asks",
    "DueItem.outcome": "a window begins open",
    **{
        f"{model}.restricted": "written by the database, as the programme says"
        for model in ("Assistance", "AssistanceStep", "Payment", "Look", "SameHelpQuestion")
    },
    "TeamMember.is_lead": "of the office: a box that nobody ticked",
}
ARGUMENTS = {
    "log_checkin.outcome": "as the column",
    "record_meeting.way": "as the column",
    "record_meeting.met_person": "an interview is with the person (constraint); a visit asks",
    "record_attempt.way": "an attempt at a visit is made there; the form of an interview asks",
    "assign_worker.kind": "of the office: the button says “make responsible”",
    "assign_village.kind": "the same",
    "ring_withdrawn.kind": "which line of the bell",
    "record_help.beneficiary": "the form asks; a ledger names the person",
    "record_payment.receipt": "the form asks; of a ledger there is none",
    "record_session.told": "nothing was written: four empty fields",
    "open_case.term_months": "as the column",
    "cases_under.after": "of the work: where laying out in pieces goes on",
}
ADDED = {
    "User.is_active": "an account that is made can be used",
    "Area.active": "a unit that is opened is there",
    "Organisation.active": "the same",
    "Analyte.active": "a substance that is listed is tested for",
    "Analyte.position": "at the end of the list",
    "Programme.active": "a programme that is opened is given",
    "Programme.needs_decision": "of the dictionary: most are applied for",
    "Kit.active": "a delivery that is entered is in use",
    "PlanRule.quiet_days": "of a rule: days before a window is called late",
}
SILENT: tuple[Any, ...] = (None, "", b"", (), models.NOT_PROVIDED)


def personal() -> list[Any]:
    """Models whose rows tell of a person, directly or through a row that does."""
    found: set[Any] = {Person}
    every = [
        one for one in apps.get_models()
        if one.__module__.startswith("apps.") and not issubclass(one, Event | LogEntry)
    ]  # fmt: skip
    before = 0
    while len(found) > before:
        before = len(found)
        found |= {
            one for one in every
            if any(f.many_to_one and f.related_model in found for f in one._meta.concrete_fields)
        }  # fmt: skip
    return sorted(found, key=str)


def says(value: Any) -> bool:
    """A value that somebody could have chosen otherwise: no key, clock, empty list or text."""
    return not any(value is one or value == one for one in SILENT) and not callable(value)


def columns() -> Iterator[tuple[str, Any]]:
    for model in personal():
        for field in model._meta.concrete_fields:
            if field.name not in OF_THE_ROW:
                yield f"{model.__name__}.{field.name}", field


def services() -> Iterator[tuple[str, inspect.Parameter]]:
    load_everything()
    for module in pkgutil.walk_packages(product.__path__, "apps."):
        if ".services" not in module.name:
            continue
        for name, act in inspect.getmembers(import_module(module.name), inspect.isfunction):
            if act.__module__ == module.name and not name.startswith("_"):
                for argument in inspect.signature(act).parameters.values():
                    if argument.name not in OF_THE_ROW:
                        yield f"{name}.{argument.name}", argument


def test_no_column_is_filled_with_what_nobody_said() -> None:
    walked = dict(columns())
    assert len(walked) > 300
    guessed = {place for place, field in walked.items() if says(field.default)}
    assert guessed - set(COLUMNS) == set()
    assert set(COLUMNS) - guessed == set(), "no longer filled: strike it out"


def test_no_service_fills_in_what_nobody_said() -> None:
    walked = dict(services())
    assert len(walked) > 300
    guessed = {
        place for place, argument in walked.items()
        if argument.default is not argument.empty and says(argument.default)
        and argument.default is not False
    }  # fmt: skip
    assert guessed - set(ARGUMENTS) == set()
    assert set(ARGUMENTS) - guessed == set(), "no longer filled: strike it out"


@pytest.mark.django_db
def test_no_form_of_the_admin_begins_with_a_choice() -> None:
    walked, faults = 0, set()
    for role in ("records_admin", "system_admin"):
        request = RequestFactory().get("/")
        request.user = UserFactory(**{role: True})
        for model, page in admin.site._registry.items():
            if not page.has_add_permission(request):
                continue
            assert model not in personal(), f"{model}: a person's row is added on its own page"
            for name, field in page.get_form(request).base_fields.items():
                walked += 1
                choices = list(getattr(field, "choices", ()))[:1]
                chosen = says(field.initial) and field.initial is not False
                first = isinstance(field, forms.ChoiceField) and choices and choices[0][0] != ""
                if (chosen or first) and not isinstance(field, forms.ModelChoiceField):
                    faults.add(f"{model.__name__}.{name}")
    assert walked > 20
    assert faults - set(ADDED) == set()
