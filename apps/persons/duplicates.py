"""Files that may already be about the person for whom a new one is about to be opened."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.persons import identity, names
from apps.persons.alike import near, reasons
from apps.persons.codes import DocumentKind
from apps.persons.models import Person


@dataclass
class Likely:
    person: Person
    why: list[str] = field(default_factory=list)


def likely_duplicates(user: User, *, number: str, name: str, phone: str) -> list[Likely]:
    """Files in the user's scope that agree in number, phone or name; surest first."""
    where = _conditions(number, names.tidy(name), phone)
    if not where:
        return []
    any_of = Q()
    for _words, condition, _same in where:
        any_of |= condition
    found = Person.objects.visible_to(user).filter(any_of)
    found = found.select_related("town", "village").order_by("sort_key", "pk")[:50]
    likely = [
        Likely(person, [words for words, _condition, same in where if same(person)])
        for person in found
    ]
    # The column of the pinyin knows no ü; who only sounds nearly the same is left out.
    return sorted((row for row in likely if row.why), key=lambda row: -len(row.why))


def like_new(user: User, facts: dict[str, Any]) -> list[Likely]:
    """Files in scope that say nearly the same as a form about a person who has none yet."""
    phone, number = facts.get("phone") or "", facts.get("document_number") or ""
    new = Person(
        name=names.tidy(facts["name"]),
        born_on=facts.get("born_on"),
        document_kind=facts.get("document_kind") or "",
        document_number=number,
        phone_index=identity.phone_index(phone) if phone else None,
        document_last4_index=identity.last4_index(number) if number else None,
    )
    if facts.get("document_kind") == DocumentKind.RESIDENT and number and new.born_on is None:
        new.born_on = identity.check_resident(number).born_on
    new.name_pinyin = names.read(new.name).pinyin
    found = near(Person.objects.visible_to(user), new).select_related("town", "village")
    likely = [Likely(row, reasons(row, new)) for row in found.order_by("sort_key", "pk")[:200]]
    return [row for row in likely if row.why]


def _conditions(number: str, name: str, phone: str) -> list[tuple[str, Q, Any]]:
    """Words, the question to the database, and the same question of one row."""
    found: list[tuple[str, Q, Any]] = []
    if number:
        index = identity.document_index(number)
        found.append(
            (_("same number"), Q(document_index=index), lambda p: p.document_number == number)
        )
    if phone:
        index = identity.phone_index(phone)
        found.append((_("same phone"), Q(phone_index=index), lambda p: p.phone == phone))
    return found + _same_name(name)


def _same_name(name: str) -> list[tuple[str, Q, Any]]:
    if letters := names.letters(name):
        return [
            (_("same pinyin"), Q(name_pinyin=letters), lambda p: p.name_pinyin == letters),
            (_("same initials"), Q(name_initials=letters), lambda p: p.name_initials == letters),
        ]
    if not name:
        return []
    pinyin, sound = names.read(name).pinyin, names.sounds(name)
    return [
        (_("same name"), Q(name=name) | Q(name_pinyin=pinyin), lambda p: names.same(p.name, name)),
        (
            _("sounds the same"),
            Q(name_pinyin=pinyin),
            lambda p: not names.same(p.name, name) and names.sounds(p.name) == sound,
        ),
    ]
