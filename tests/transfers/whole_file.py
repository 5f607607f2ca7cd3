"""A world in which a row of every model tells of one person, and how somebody would look for it."""

from datetime import date
from functools import cached_property
from uuid import uuid4

from apps.accounts.models import User
from apps.core.days import today
from apps.covers.services import begin_cover
from apps.notices.codes import PERSONAL
from apps.notices.services import ring
from apps.persons.models import Person
from apps.persons.services import change_person
from tests.architecture.matrix_world import World
from tests.architecture.url_matrix import LINES
from tests.architecture.url_matrix_admin import ADMIN_LINES
from tests.architecture.visitors import COUNTY, MATE, RECORDS, TOWN, WORKER
from tests.architecture.ways import Sought

NAME = "欧阳寻踪"
# What is said of a transfer stays with both units; an open one keeps the person where it is.
KEPT = ("transfers:", "admin:transfers_")
LOOKED_AT = [line for line in LINES + ADMIN_LINES if not line.name.startswith(KEPT)]
# The world's rows that are no part of a file, or that keep a person from moving.
NOT_HERE = {"twin", "transfer", "cover", "absence", "place", "by"}
READERS = (WORKER, MATE, TOWN, COUNTY, RECORDS)


def whole_file() -> World:
    """The worker is away and covered, and the bell has rung for everything that it rings for."""
    world = World()
    change_person(person=world.person, by=User.objects.system(), name=NAME, reason="更名")
    world.person.refresh_from_db()
    for name, value in {k: v for base in World.__mro__ for k, v in vars(base).items()}.items():
        if isinstance(value, cached_property) and name not in NOT_HERE:
            getattr(world, name)
    world.release.file, world.release.case = world.person, world.case
    world.release.received_on, world.release.reception = date(2024, 5, 1), "self"
    world.release.received_by = world.by
    world.release.save()
    who = {name: account for name in READERS if (account := world.users[name])}
    world.absence = begin_cover(
        worker=who[WORKER], cover=who[MATE], by=who[TOWN], client_uuid=uuid4(), starts_on=today()
    )
    for kind in PERSONAL:
        readers = [account.pk for account in who.values()]
        ring(kind=kind, readers=readers, subject=uuid4(), by=None, about_id=world.person.pk)
    return world


def sought(person: Person, unit: str = "") -> Sought:
    person.refresh_from_db()
    return Sought(
        name=person.name, row=str(person.public_id), words=person.name_pinyin,
        number=person.document_number, phone=person.phone, file=person.file_number, unit=unit,
    )  # fmt: skip
