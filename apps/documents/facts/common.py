"""Facts that every paper may name: office, person, order, worker, as plain words.

The modules beside this one have those of a family of papers. Each builder is a group of
placeholders.
"""

from datetime import date

from django.utils import translation

from apps.cases.models import Case
from apps.cases.rules import last_day_of_term, report_by
from apps.core.text import mask_identity
from apps.documents.paper_words import (
    day_words,
    measure_words,
    office_name,
    place_words,
    term_words,
)
from apps.documents.subject import Facts, Subject
from apps.persons.models import Assignment


def common(subject: Subject, *, full_number: bool) -> Facts:
    """What every paper may name: office, person, order, worker."""
    with translation.override(subject.language):
        facts = _office(subject) | _person(subject) | _worker(subject) | _case(subject)
    number = subject.person.document_number
    return facts | {"id_number": number if full_number else mask_identity(number)}


def _office(subject: Subject) -> Facts:
    units = {unit.level: unit.name for unit in subject.office.path()}
    return {
        "office": office_name(subject.office),
        "county": units.get("county", ""),
        "town": units.get("town", ""),
        "issued_on": day_words(subject.day, subject.language),
    }


def _person(subject: Subject) -> Facts:
    person = subject.person
    return {
        "name": person.name,
        "sex": str(person.get_sex_display()) if person.sex else "",
        "born_on": day_words(person.born_on, subject.language),
        "file_number": person.file_number,
        "phone": person.phone,
        "residence": place_words(person.residence_area or person.village, person.residence_address),
        "registration": place_words(person.registration_area, person.registration_address),
        "education": str(person.get_education_display()) if person.education else "",
        "marital": str(person.get_marital_display()) if person.marital else "",
        "employment": str(person.get_employment_display()) if person.employment else "",
        "household": str(person.get_household_display()) if person.household else "",
    }


def _worker(subject: Subject) -> Facts:
    current = (
        Assignment.objects.filter(person=subject.person)
        .responsible().current_on(subject.day).select_related("worker").first()
    )  # fmt: skip
    worker = current.worker if current else None
    return {"worker": worker.name if worker else "", "worker_phone": worker.phone if worker else ""}


def _case(subject: Subject) -> Facts:
    case, language = subject.case, subject.language
    if case is None:
        return {"measure": "", "measure_line": ""}
    last = last_day_of_term(case)
    measure = measure_words(case.measure, language)
    until = f"，至{day_words(last)}期满" if language != "en" else f", until {day_words(last, 'en')}"
    return {
        "measure": measure,
        "measure_line": measure + (until if last else ""),
        "decision_number": case.decision_number,
        "authority": case.authority.name if case.authority else "",
        "decided_on": day_words(case.decided_on, language),
        "received_on": day_words(case.received_on, language),
        "report_deadline": day_words(_deadline(case), language),
        "reported_on": day_words(case.reported_on, language),
        "agreement_on": day_words(case.agreement_on, language),
        "plan_on": day_words(case.plan_on, language),
        "term": term_words(case.term_months),
        "starts_on": day_words(case.reported_on, language),
        "ends_on": day_words(last, language),
    }


def _deadline(case: Case) -> date | None:
    return report_by(case)
