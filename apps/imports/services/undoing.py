"""An import taken back: what it made goes, and what it changed is as before."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from pghistory.models import Event

from apps.accounts.models import User
from apps.accounts.models.users import UserVillage
from apps.audit.acting import IMPORT, UNDOES, acting, taking_back
from apps.cases.listeners import notify_cases_changed
from apps.cases.models import Case
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.text import mark
from apps.imports.codes import ImportState
from apps.imports.models import LedgerImport
from apps.imports.services.receiving import lock_import
from apps.notices.models import Notice
from apps.schedule.duties import duties
from apps.schedule.models import DueItem
from apps.schedule.outcomes import kinds_to_settle, settle

# They follow from the rows of an import, and go or are made anew with them.
FOLLOW: Final = frozenset({"schedule.dueitem", "notices.notice"})


@dataclass
class Touched:
    """Rows of one model that an import made or changed."""

    model: type[models.Model]
    events: type[models.Model]
    made: set[int] = field(default_factory=set)
    changed: set[int] = field(default_factory=set)


@transaction.atomic
def take_back(*, ledger_import: LedgerImport, by: User, reason: str) -> LedgerImport:
    """Within thirty days, where nothing has come after it; else it says what."""
    locked = lock_import(ledger_import)
    if locked.state != ImportState.APPLIED or not locked.is_kept:
        raise Refused(_("An import can be taken back for thirty days after it went in, once."))
    if not is_reason(reason):
        raise Refused(_("Say in a few words why it is taken back."), field="reason")
    touched = list(touched_by(locked))
    if words := built_on(locked, touched):
        raise Refused(
            _("It cannot be taken back as a whole, for something came after it: %(what)s. Put "
              "right what is wrong where it stands.") % {"what": words}
        )  # fmt: skip
    persons, cases = _around(touched)
    with taking_back(locked.public_id), acting(by, reason.strip()):
        _forget_what_follows(touched)
        _give_villages_back(locked)
        try:
            with connection.cursor() as cursor:
                cursor.execute("CALL imports_take_back(%s)", [locked.public_id])
        except IntegrityError as error:
            raise Refused(_("It cannot be taken back: other rows hang on it.")) from error
        _follow(persons, cases)
        locked.state, locked.undone_at, locked.undone_by = ImportState.UNDONE, timezone.now(), by
        locked.undone_reason = reason.strip()
        locked.save()
    return locked


def touched_by(one: LedgerImport) -> Iterator[Touched]:
    """By model, from the history."""
    for events in apps.get_models():
        source = getattr(events, "pgh_tracked_model", None)
        if source in (None, LedgerImport) or not hasattr(events, "pgh_obj_id"):
            continue
        found = Touched(source, events)  # type: ignore[arg-type]
        rows = _of(one, events).order_by("pgh_id").values_list("pgh_obj_id", "pgh_label")
        for pk, label in rows:
            if label == "insert":
                found.made.add(pk)
            elif pk not in found.made:
                found.changed.add(pk)
        if found.made or found.changed:
            yield found


def _of(one: LedgerImport, events: Any) -> Any:
    """Rows of a history that the import wrote."""
    named = {f"pgh_context__metadata__{IMPORT}": str(one.public_id)}
    return events.objects.filter(pgh_context__metadata__has_key=IMPORT, **named)


def built_on(one: LedgerImport, touched: list[Touched]) -> str:
    """What came after the import, by kind with its number; empty where nothing did."""
    own = {entry.model._meta.label_lower: entry for entry in touched}
    counts: dict[str, int] = {}
    for entry in touched:
        if n := _changed_since(one, entry):
            name = str(entry.model._meta.verbose_name_plural)
            counts[_("%(name)s changed since") % {"name": name}] = n
        for relation in _pointing_at(entry.model):
            if n := _hanging_on(entry, relation, own):
                name = str(relation.related_model._meta.verbose_name_plural)
                counts[name] = counts.get(name, 0) + n
    return mark("list").join(f"{name} ({n})" for name, n in counts.items())


def _changed_since(one: LedgerImport, entry: Touched) -> int:
    mine = _of(one, entry.events)
    first = mine.order_by("pgh_id").values_list("pgh_id", flat=True).first()
    later = entry.events.objects.filter(  # type: ignore[attr-defined]
        pgh_obj_id__in=entry.made | entry.changed, pgh_id__gt=first
    )
    later = later.exclude(pk__in=mine.values("pk")).exclude(pgh_context__metadata__has_key=UNDOES)
    taken_back = LedgerImport.objects.filter(state=ImportState.UNDONE)
    gone = [str(public_id) for public_id in taken_back.values_list("public_id", flat=True)]
    rows = later.values_list("pgh_obj_id", f"pgh_context__metadata__{IMPORT}")
    return len({pk for pk, number in rows if number not in gone})


def _pointing_at(model: type[models.Model]) -> Iterator[Any]:
    """Relations of other models to this one, those without a name from here, too."""
    for one in model._meta.get_fields(include_hidden=True):
        if one.auto_created and not one.concrete and (one.one_to_many or one.one_to_one):
            yield one


def _hanging_on(entry: Touched, relation: Any, own: dict[str, Touched]) -> int:
    """Rows of others that point at a row which the import made."""
    model = relation.related_model
    label = model._meta.label_lower
    meta = model._meta
    follows = label in FOLLOW or meta.auto_created or meta.app_label == "pghistory"
    if not entry.made or follows or issubclass(model, Event):
        return 0
    rows = model._base_manager.filter(**{f"{relation.field.name}__in": entry.made})
    made = own[label].made if label in own else set()
    return int(rows.exclude(pk__in=made).count())


def _around(touched: list[Touched]) -> tuple[list[int], list[int]]:
    """Persons and cases that stay and whose duties may follow anew."""
    persons: set[int] = set()
    cases: set[int] = set()
    gone: dict[str, set[int]] = {"persons.person": set(), "cases.case": set()}
    for entry in touched:
        label = entry.model._meta.label_lower
        if label in gone:
            gone[label] |= entry.made
        if label == "cases.case":
            cases |= entry.changed
        names = {one.name for one in entry.model._meta.concrete_fields}
        if "person" in names:
            rows = entry.model._base_manager.filter(pk__in=entry.made | entry.changed)
            persons |= set(rows.values_list("person_id", flat=True))
    persons -= gone["persons.person"] | {None}  # type: ignore[arg-type]
    cases |= set(Case.objects.filter(person_id__in=persons).values_list("pk", flat=True))
    return sorted(persons), sorted(cases - gone["cases.case"])


def _forget_what_follows(touched: list[Touched]) -> None:
    """Windows and notices of rows that go, and villages of accounts that the import made."""
    made = {entry.model._meta.label_lower: entry.made for entry in touched}
    DueItem.objects.filter(case_id__in=made.get("cases.case", ())).delete()
    ids = [
        public_id
        for entry in touched
        if any(one.name == "public_id" for one in entry.model._meta.concrete_fields)
        for public_id in entry.model._base_manager.filter(pk__in=entry.made).values_list(
            "public_id", flat=True
        )
    ]
    Notice.objects.filter(subject__in=ids).delete()


def _give_villages_back(one: LedgerImport) -> None:
    """Those of accounts are rows that may be deleted; their history has what they were."""
    history = _of(one, apps.get_model("accounts.UserVillageEvent"))
    made = set(history.filter(pgh_label="insert").values_list("id", flat=True))
    UserVillage.objects.filter(pk__in=made).delete()
    gone = history.filter(pgh_label="delete").exclude(id__in=made)
    UserVillage.objects.bulk_create(
        [UserVillage(pk=pk, user_id=user, area_id=area)
         for pk, user, area in gone.values_list("id", "user_id", "area_id")]
    )  # fmt: skip


def _follow(persons: list[int], cases: list[int]) -> None:
    """What is due follows from the rows as they are again."""
    if cases:
        notify_cases_changed(cases)
    if persons:
        for kind in kinds_to_settle(persons, duties()):
            settle(persons, kind=kind)
