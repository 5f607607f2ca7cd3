"""Men with two files each, as a second ledger makes them: the likely duplicates of the demo."""

from datetime import date, timedelta
from random import Random
from typing import Any, Final, NamedTuple

from apps.accounts.models import User
from apps.demo.clock import on_day
from apps.demo.office import Office
from apps.persons.codes import (
    DocumentKind,
    Education,
    Household,
    LifeStatus,
    Relation,
    Sex,
    Substance,
)
from apps.persons.identity import check_character
from apps.persons.models import Person
from apps.persons.services import add_contact, assign_worker, find_by_document, open_person


class Man(NamedTuple):
    """Who he is; the second file's name, the place of each file's worker, its phone if another."""

    name: str
    born_on: date
    second_name: str
    workers: tuple[int, int]
    second_phone: str = ""


MEN: Final = (
    Man("符文光", date(1979, 5, 17), "符文光", (0, 0), "10009510002"),
    Man("吴国明", date(1985, 11, 2), "吴国铭", (0, 2)),  # another character of the same sound
    Man("陈福山", date(1968, 8, 25), "陈福川", (0, 4)),  # a character was misread
)
FILES: Final = 2 * len(MEN)
# No person of the year has this sequence at the end of the number.
SEQUENCE: Final = "999"


def open_two_files(office: Office) -> None:
    """Once: a man who has a file stays as he is, merged or not."""
    for number, man in enumerate(MEN, 951):
        first17 = f"469098{man.born_on:%Y%m%d}{SEQUENCE}"
        document = first17 + check_character(first17)
        if find_by_document(document) is not None:
            continue
        phone = f"100{number:04d}0001"
        first, second = (office.workers[place] for place in man.workers)
        _open(
            office, first, 400, name=man.name, document_number=document, phone=phone,
            education=Education.JUNIOR, residence_address="2队18号",
        )  # fmt: skip
        other = _open(
            office, second, 40, name=man.second_name, born_on=man.born_on,
            document_kind=DocumentKind.NONE, phone=man.second_phone or phone,
            education=Education.PRIMARY, household=Household.PARENTS, residence_address="2队",
        )  # fmt: skip
        add_contact(
            person=other, by=second, name=man.name[0] + "家属", relation=Relation.SIBLING,
            phone=f"100{number:04d}0003", agreed_on=office.day - timedelta(days=30),
        )  # fmt: skip


def _open(office: Office, worker: User, back: int, **facts: Any) -> Person:
    """A file of community follow-up: nothing falls due by it."""
    village = office.village(worker, Random(facts["phone"]))
    day = office.day - timedelta(days=back)
    with on_day(day):
        person = open_person(
            by=office.supervisor, area=village, residence_area=village, sex=Sex.MALE,
            ethnicity="01", substance=Substance.HEROIN, life_status=LifeStatus.FOLLOW_UP,
            life_status_since=day, **facts,
        )  # fmt: skip
        assign_worker(persons=[person], worker=worker, by=office.supervisor, on=day)
    return person
