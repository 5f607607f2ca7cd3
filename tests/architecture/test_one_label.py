"""One fact has one name: on the page, in the admin and in the history, in both languages."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import polib
import pytest
from django.apps import apps
from django.conf import settings
from django.utils import translation
from django.utils.text import capfirst
from pghistory.models import Event

from tests.architecture.forms_of_the_product import form_classes

# Two meanings of one English word.
TWO_MEANINGS = {
    "closed on": "of a need; of an order it stands on a page",
    "cover": "the arrangement; a kind of responsibility",
    "covers": "the arrangements; a page",
    "decided": "a state; the moment",
    "days": "a unit beside a number; a heading",
    "file": "what is uploaded; a person's file",
    "goes on": "a button; a state",
    "how it ended": "the choice; the words beside it",
    "leaves": "somebody leaves the team; absences",
    "lines": "of a ledger; of the log",
    "number": "of a document of identity; of a paper",
    "proposal": "of a risk level by the rules; what waits for a decision",
    "reporting": "a step; the day, in a sentence",
    "search": "a button; for a person whom nobody reaches",
    "since %(day)s": "alone; in a sentence",
    "today": "the page; the day",
    "withdrawn": "a state; the moment",
}
# An act asks in words of its own; in the row one column keeps the answers of many.
ASKED = frozenset({"on", "reason", "words", "note", "number", "starts_on", "until_on", "until"})
# Form and field: why the page calls it otherwise than the row.
OTHERWISE = {
    "AssessmentForm.risk_level": "a person decides, beside what the rules propose",
    "FlagForm.kind": "the page has one kind of flags",
    "SealedForm.kind": "the page has one kind of flags",
    "RoundForm.title": "beside other names",
    "BreachForm.duty": "asked where a duty was missed",
    "BreachForm.facts": "a question",
    "LedgerOutForm.purpose": "a question",
    "PoliceForm.facts": "a question",
    "HearForm.said": "asks for the person's own words",
    "HearForm.not_heard_why": "one of two ways",
    "HearForm.attempts": "a question",
    "CorrectForm.term_months": "the choices say years",
    "NewOrderForm.term_months": "the choices say years",
    "OrderForm.term_months": "the choices say years",
    "NoticeForm.term_months": "the choices say years",
    "CheckInForm.mood": "the choices are the numbers",
    "CheckInFields.mood": "the choices are the numbers",
    "CorrectionForm.mood": "the choices are the numbers",
    "FillForm.place": "a part of the unit, and not where a sample is taken",
    "ScanForm.file": "says which file",
    "TemplateForm.file": "says which file",
    "CloseNeedForm.outcome": "a question",
    "NeedForm.kind": "a question",
    "FindForm.name": "finds by more than the name",
    "AssignForm.kind": "the kind of a responsibility is what one is",
    "AttemptForm.way": "it was tried and not reached",
    "MeetingFacts.met_person": "a question",
    "MeetingForm.met_person": "a question",
    "MeetingCorrection.met_person": "a question",
    "PreviewForm.first": "beside the day that names a period",
    "PreviewForm.last": "the same",
    "PaymentForm.amount_fen": "typed in yuan, kept in fen",
    "SaveViewForm.name": "beside the names of persons",
}
# The card or the first of the fields says when they apply.
SAID_BESIDE = frozenset({"need_kind", "need_urgency", "need_said_by", "name", "phone"})


def test_a_word_is_translated_alike_with_and_without_a_capital() -> None:
    """Labels of forms begin with a capital, names of columns do not."""
    texts = polib.pofile(str(settings.BASE_DIR / "locale/zh_Hans/LC_MESSAGES/django.po"))
    found: dict[tuple[str | None, str], set[str]] = defaultdict(set)
    for text in texts:
        plural: dict[int, str] = text.msgstr_plural
        found[text.msgctxt, text.msgid.lower()].add(text.msgstr or plural[0])
    apart = {words: said for (_context, words), said in found.items() if len(said) > 1}
    assert {words: said for words, said in apart.items() if words not in TWO_MEANINGS} == {}
    assert set(TWO_MEANINGS) - set(apart) == set(), "these need no exception any more"


def named(form: Any) -> Iterator[tuple[str, Any, list[Any]]]:
    """Fields of a form, and the columns of its app that have the same name."""
    app = form.__module__.split(".")[1]
    models = apps.get_app_config(app).get_models() if app in apps.app_configs else ()
    columns = [
        column
        for model in models
        if not issubclass(model, Event)
        for column in model._meta.concrete_fields
    ]
    for name, field in form.base_fields.items():
        alike = [column for column in columns if column.name == name]
        if alike and not field.widget.is_hidden:
            yield name, field, alike


def test_page_and_admin_give_a_field_one_label() -> None:
    """What the pages ask for is called so in the admin and in the history."""
    wrong, walked, needed = [], 0, set()
    for form in form_classes():
        # Lines of ledgers have no labels that anybody sees.
        if ".ledger" in form.__module__ or ".gallery" in form.__module__:
            continue
        for name, field, columns in named(form):
            walked += 1
            place = f"{form.__name__}.{name}"
            pairs = []
            for language in ("en", "zh-hans"):
                with translation.override(language):
                    called = {capfirst(str(column.verbose_name)) for column in columns}
                    if capfirst(str(field.label)) not in called:
                        pairs.append(f"{place}: {field.label}, and {called}")
            if pairs and place in OTHERWISE:
                needed.add(place)
            elif name not in ASKED:
                wrong += pairs
    assert wrong == []
    assert set(OTHERWISE) - needed == set(), "these need no exception any more"
    assert walked > 250


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_no_label_says_itself_that_it_may_stay_empty(language: str) -> None:
    """That is said in one place, beside the label; the help of what applies sometimes says when."""
    wrong, walked = [], 0
    with translation.override(language):
        for form in form_classes():
            sometimes = getattr(form, "sometimes", ())
            for name, field in form.base_fields.items():
                label, place = str(field.label or "").lower(), f"{form.__name__}.{name}"
                if any(word in label for word in ("optional", "if ", "选填", "如有", "如已知")):
                    wrong.append(f"{place}: {label}")
                if name in sometimes and name not in SAID_BESIDE:
                    walked += 1
                    wrong += [] if field.help_text else [f"{place}: nothing says when it applies"]
    assert wrong == []
    assert walked > 20
