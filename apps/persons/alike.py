"""Pairs of files that may be about one human being, with the reasons in words.

Nobody gets points: a pair is on the list because a sentence about it is true. The database joins
by keys that it compares at once (telephone, reading of the name with the day of birth, day of
birth with nearly the same characters, last four of the number): no pair is looked at by itself
but those it returns. Within the reader's scope only: of a file elsewhere nothing is said; the
records administration of the county sees both.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.text import mark
from apps.core.typed import fold_name
from apps.persons import identity, names
from apps.persons.codes import DocumentKind
from apps.persons.models import NotSame, Person

# Pairs that somebody could look through; with more, the ledgers are wrong and not the persons.
LIMIT: Final = 2000
OLD_LENGTH: Final = 15
COLUMNS: Final = (
    "id", "name", "name_pinyin", "born_on", "phone_index", "document_last4_index", "document_kind",
    "town_id", "sort_key",
)  # fmt: skip
# `left_over`: how many characters of one name are not in the other; none in a name turned round.
SQL: Final = """
WITH p AS MATERIALIZED ({scope}),
pairs AS (
  SELECT a.id AS one, b.id AS other FROM p a JOIN p b
    ON a.phone_index = b.phone_index AND a.id < b.id
   WHERE a.name_pinyin = b.name_pinyin OR {alike}
  UNION
  SELECT a.id, b.id FROM p a JOIN p b
    ON a.born_on = b.born_on AND a.name_pinyin = b.name_pinyin AND a.id < b.id
  UNION
  SELECT a.id, b.id FROM p a JOIN p b
    ON a.born_on = b.born_on AND a.id < b.id AND {alike}
  UNION
  SELECT a.id, b.id FROM p a JOIN p b
    ON a.born_on = b.born_on AND a.document_last4_index = b.document_last4_index AND a.id < b.id
  UNION
  SELECT a.id, b.id FROM p a JOIN p b
    ON a.name_pinyin = b.name_pinyin AND a.town_id = b.town_id AND a.id < b.id
   WHERE a.sort_key = b.sort_key AND (a.document_kind = 'none' OR b.document_kind = 'none')
     AND (a.born_on IS NULL OR b.born_on IS NULL OR a.born_on = b.born_on)
)
SELECT one, other FROM pairs
WHERE NOT EXISTS (SELECT 1 FROM persons_notsame n
  WHERE n.person_id = one AND n.other_id = other AND n.withdrawn_at IS NULL)
ORDER BY one, other LIMIT {limit}
"""
# Chinese names of three characters or more, or turned round; letters are compared as they sound.
ALIKE: Final = """(
  a.name !~ '[ -~]' AND b.name !~ '[ -~]'
  AND abs(length(a.name) - length(b.name)) <= 1
  AND length(translate(a.name, b.name, '')) <= (least(length(a.name), length(b.name)) > 2)::int
  AND length(translate(b.name, a.name, '')) <= (least(length(a.name), length(b.name)) > 2)::int
)"""


@dataclass
class Pair:
    """Two files, and what speaks for one person."""

    one: Any
    other: Any
    why: list[str] = field(default_factory=list)
    decided: NotSame | None = None

    @property
    def said(self) -> str:
        return mark("list").join(self.why)


def likely_pairs(user: User) -> list[Pair]:
    """All pairs in the user's scope."""
    scope = Person.objects.visible_to(user)
    found = _joined(scope) | _old_numbers(scope)
    ids = {pk for pair in found for pk in pair}
    people = scope.select_related("county", "town", "village").in_bulk(list(ids))
    pairs = [Pair(people[one], people[other]) for one, other in sorted(found)]
    for pair in pairs:
        pair.why = reasons(pair.one, pair.other)
    return sorted(
        (pair for pair in pairs if pair.why), key=lambda pair: (pair.one.sort_key, pair.one.pk)
    )


def pairs_of(user: User, person: Person) -> list[Pair]:
    """Those with this person: asked of the few files that agree in one of the keys."""
    seen = Person.objects.visible_to(user)
    rows = near(seen, person).exclude(pk=person.pk).select_related("county", "town", "village")
    left = NotSame.objects.filter(Q(person=person) | Q(other=person), withdrawn_at=None)
    decided = {pk for pair in left.values_list("person_id", "other_id") for pk in pair}
    found = [Pair(person, row, reasons(person, row)) for row in rows.order_by("sort_key", "pk")]
    return [pair for pair in found if pair.why and pair.other.pk not in decided]


def near(scope: Any, person: Person) -> Any:
    """Files that may be alike: equal in a key that the database can look up."""
    where = Q(name_pinyin=person.name_pinyin)
    for name in ("phone_index", "document_last4_index", "born_on"):
        if (value := getattr(person, name)) is not None:
            where |= Q(**{name: value})
    if older := eighteen(person.document_number):
        where |= Q(document_index=identity.document_index(older))
    return scope.filter(where)


def _joined(scope: Any) -> set[tuple[int, int]]:
    columns = scope.order_by().values_list(*COLUMNS)
    try:
        inside, parameters = columns.query.sql_with_params()
    except EmptyResultSet:  # a reader who sees nobody
        return set()
    sql = SQL.format(scope=inside, alike=ALIKE, limit=LIMIT)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return set(cursor.fetchall())


def _old_numbers(scope: Any) -> set[tuple[int, int]]:
    """A resident number of fifteen digits, kept as another document, and the same of eighteen."""
    others = scope.exclude(document_kind__in=[DocumentKind.RESIDENT, DocumentKind.NONE])
    by_index = {
        identity.document_index(number): row.pk
        for row in others.only("pk", "public_id", "document_number")
        if (number := eighteen(row.document_number))
    }
    rows = scope.filter(document_index__in=list(by_index)).values_list("pk", "document_index")
    found = {_in_order(pk, by_index[bytes(index)]) for pk, index in rows}
    decided = NotSame.objects.filter(withdrawn_at=None, person_id__in=[one for one, _b in found])
    return found - set(decided.values_list("person_id", "other_id"))


def _in_order(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def eighteen(number: str) -> str:
    """The number of today for one of before 1999: 19 before the year, and the check character."""
    if len(number) != OLD_LENGTH or not number.isdecimal():
        return ""
    first17 = f"{number[:6]}19{number[6:]}"
    return first17 + identity.check_character(first17)


def reasons(one: Person, other: Person) -> list[str]:
    """Sentences that are true of the two files."""
    return [words for words, holds in _facts(one, other) if holds]


def _facts(one: Person, other: Person) -> Iterable[tuple[str, bool]]:
    same_name = fold_name(one.name) == fold_name(other.name)
    sound = not same_name and names.sounds(one.name) == names.sounds(other.name)
    turned = not same_name and sorted(fold_name(one.name)) == sorted(fold_name(other.name))
    near = not (same_name or sound or turned) and one_apart(one.name, other.name)
    born = one.born_on is not None and one.born_on == other.born_on
    phone = one.phone_index is not None and one.phone_index == other.phone_index
    four = one.document_last4_index == other.document_last4_index is not None
    old = _same_old_number(one, other)
    without = DocumentKind.NONE in (one.document_kind, other.document_kind)
    alike = same_name or sound or turned or near
    if not (old or (alike and (born or phone)) or (born and four) or (same_name and without)):
        return
    yield _("the same number in its old form"), old
    yield _("same name"), same_name
    yield _("sounds the same"), sound
    yield _("parts of the name turned round"), turned
    yield _("one character of the name differs"), near
    yield _("same date of birth"), born
    yield _("same phone"), phone
    yield _("same last four of the number"), four and born
    yield _("one file has no number"), without and same_name


def _same_old_number(one: Person, other: Person) -> bool:
    numbers = {one.document_number, other.document_number}
    return any(eighteen(number) in numbers for number in numbers if eighteen(number))


def one_apart(one: str, other: str) -> bool:
    """Chinese names of three characters or more: one is another, too many, or left out."""
    one, other = sorted((fold_name(one), fold_name(other)), key=len)
    if one.isascii() or len(one) < 3 or len(other) - len(one) > 1:
        return False
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    return any(other[:place] + other[place + 1 :] == one for place in range(len(other)))


def decided_pairs(user: User) -> list[Pair]:
    """Pairs that somebody found to be two persons, where the reader sees both."""
    seen = Person.objects.visible_to(user)
    rows = NotSame.objects.visible_to(user).filter(Q(withdrawn_at=None))
    rows = rows.filter(person__in=seen, other__in=seen).select_related(
        "person__town", "person__village", "other__town", "other__village", "decided_by"
    )
    return [
        Pair(row.person, row.other, reasons(row.person, row.other), row)
        for row in rows.order_by("-decided_at", "-pk")[:LIMIT]
    ]
