"""The access log in words: pages, kinds of data and units, where the rows carry names and codes."""

from collections.abc import Iterable
from typing import Final

from django.apps import apps
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.areas.models import Area

Words = str | Promise
# By the app of an address; the pages that are opened most have words of their own.
SUBJECTS: Final[dict[str, Words]] = {
    "accounts": gettext_lazy("Accounts"),
    "admin": gettext_lazy("Administration"),
    "approvals": gettext_lazy("Approvals"),
    "assessments": gettext_lazy("Assessments"),
    "audit": gettext_lazy("Access log"),
    "breaches": gettext_lazy("Breaches"),
    "cases": gettext_lazy("Order and its steps"),
    "checkins": gettext_lazy("Check-ins"),
    "core": gettext_lazy("Homeward"),
    "covers": gettext_lazy("Absences and covers"),
    "documents": gettext_lazy("Documents"),
    "drugtests": gettext_lazy("Drug tests"),
    "guide": gettext_lazy("Help"),
    "help": gettext_lazy("Help"),
    "imports": gettext_lazy("Import"),
    "intake": gettext_lazy("Expected releases"),
    "needs": gettext_lazy("Needs"),
    "notices": gettext_lazy("Notices"),
    "persons": gettext_lazy("File of the person"),
    "plans": gettext_lazy("Plans"),
    "reports": gettext_lazy("Dashboard"),
    "schedule": gettext_lazy("Reason of a line"),
    "transfers": gettext_lazy("Transfers"),
    "visits": gettext_lazy("Visits and talks"),
    "workbench": gettext_lazy("File of the person"),
}
PAGES: Final[dict[str, Words]] = {
    "workbench:today": gettext_lazy("Today"),
    "workbench:today-panel": gettext_lazy("Today, beside the list"),
    "workbench:line-why": gettext_lazy("Reason of a line"),
    "workbench:search": gettext_lazy("Search"),
    "workbench:round-add": gettext_lazy("Round"),
    "workbench:handover": gettext_lazy("Hand-over sheet"),
    "workbench:person-print": gettext_lazy("Printed summary of the file"),
    "checkins:round": gettext_lazy("Round"),
    "checkins:round-print": gettext_lazy("Printed round"),
    "persons:list": gettext_lazy("Persons"),
    "persons:reveal": gettext_lazy("Whole number"),
    "persons:alike": gettext_lazy("Likely duplicates"),
    "persons:compare": gettext_lazy("Likely duplicates"),
    "persons:not-same": gettext_lazy("Likely duplicates"),
    "persons:not-same-back": gettext_lazy("Likely duplicates"),
    "persons:merge": gettext_lazy("Merged files"),
    "persons:merges": gettext_lazy("Merged files"),
    "persons:merge-undo": gettext_lazy("Merged files"),
    "persons:call": gettext_lazy("Call"),
    "persons:contacts": gettext_lazy("Contacts"),
    "persons:access": gettext_lazy("Access log"),
    "persons:assign": gettext_lazy("Assign"),
    "cases:gaps": gettext_lazy("Missing facts"),
    "cases:unassigned": gettext_lazy("Not assigned"),
    "visits:lost": gettext_lazy("Lost contact"),
}
KINDS: Final[dict[str, Words]] = {
    "access_log": gettext_lazy("Access log"),
    "alike": gettext_lazy("Likely duplicates"),
    "assessments": gettext_lazy("Assessments"),
    "assignment": gettext_lazy("Assign"),
    "breach": gettext_lazy("Breaches"),
    "breaches": gettext_lazy("Breaches"),
    "case": gettext_lazy("Order and its steps"),
    "check-in": gettext_lazy("Check-ins"),
    "checkins": gettext_lazy("Check-ins"),
    "confidential": gettext_lazy("Confidential health facts"),
    "contact_phone": gettext_lazy("Phone of a contact"),
    "contacts": gettext_lazy("Contacts"),
    "name": gettext_lazy("Name"),
    "cover": gettext_lazy("Absences and covers"),
    "document_number": gettext_lazy("Whole number"),
    "documents": gettext_lazy("Documents"),
    "drugtest": gettext_lazy("Drug tests"),
    "drugtests": gettext_lazy("Drug tests"),
    "due": gettext_lazy("Duties"),
    "figures": gettext_lazy("Rows of a figure"),
    "file": gettext_lazy("File of the person"),
    "hand-over": gettext_lazy("Hand-over sheet"),
    "history": gettext_lazy("History of changes"),
    "lost-contact": gettext_lazy("Lost contact"),
    "need": gettext_lazy("Needs"),
    "needs": gettext_lazy("Needs"),
    "notices": gettext_lazy("Notices"),
    "panel": gettext_lazy("Today, beside the list"),
    "paper": gettext_lazy("Documents"),
    "phone": gettext_lazy("Phone"),
    "proposal": gettext_lazy("Approvals"),
    "release": gettext_lazy("Expected releases"),
    "scan": gettext_lazy("Scans"),
    "summary": gettext_lazy("Summaries"),
    "talk": gettext_lazy("Talks"),
    "transfer": gettext_lazy("Transfers"),
    "transfers": gettext_lazy("Transfers"),
    "visit": gettext_lazy("Visits"),
    "visits": gettext_lazy("Visits and talks"),
}


def page_words(view: str) -> str:
    """ "Today" for workbench:today; a page of another program is named as it is."""
    found = PAGES.get(view) or SUBJECTS.get(view.partition(":")[0])
    return str(found) if found else view or _("A command")


def kind_words(kind: str) -> str:
    """ "Documents" for "paper transfer"; a kind that has no words yet is named as it is."""
    found = KINDS.get(kind) or KINDS.get(kind.partition(" ")[0])
    return str(found) if found else _of_the_admin(kind) or kind


def _of_the_admin(kind: str) -> str:
    """The admin says the model whose rows were seen."""
    names = {model._meta.model_name: model._meta.verbose_name_plural for model in apps.get_models()}
    return capfirst(str(names.get(kind, "")))


def unit_names(codes: Iterable[str]) -> dict[str, str]:
    """Names of units by code; one query."""
    wanted = {code for code in codes if code}
    rows = Area.objects.filter(code__in=wanted).order_by("pk") if wanted else ()
    return {area.code: area.name for area in rows}
