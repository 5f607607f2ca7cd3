"""The placeholders, in words: for the list that offices see, and for facts that are missing."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.cases.codes import Measure
from apps.documents.declaring import Declaration
from apps.documents.paper_text import placeholders

Words = str | Promise

COMMON: Final[dict[str, Words]] = {
    "number": _("Number of the paper"),
    "office": _("Office"),
    "county": _("County"),
    "town": _("Town"),
    "issued_on": _("Day of issue"),
    "worker": _("Responsible worker"),
    "worker_phone": _("Phone of the worker"),
    "name": _("Name"),
    "sex": _("Sex"),
    "born_on": _("Date of birth"),
    "id_number": _("Document number (masked where the whole number is not needed)"),
    "file_number": _("File number"),
    "phone": _("Phone"),
    "residence": _("Residence"),
    "registration": _("Household registration"),
    "education": _("Education"),
    "marital": _("Marital status"),
    "employment": _("Employment"),
    "household": _("Lives"),
    "measure": _("Measure"),
    "measure_line": _("Measure and end of the term"),
    "decision_number": _("Decision number"),
    "authority": _("Deciding authority"),
    "decided_on": _("Decided on"),
    "received_on": _("Received on"),
    "report_deadline": _("Last day to report"),
    "reported_on": _("Reported on"),
    "agreement_on": _("Agreement signed on"),
    "plan_on": _("Plan made on"),
    "term": _("Term"),
    "starts_on": _("First day of the term"),
    "ends_on": _("Last day of the term"),
}
OF_KIND: Final[dict[str, Words]] = {
    "state_words": _("Situation"), "help_name": _("Programme of help"),
    "for_words": _("For which member of the household"), "sender_phone": _("Phone of the sender"),
    "paid_on": _("Received on"), "amount_words": _("Amount"), "months_words": _("For the months"),
    "how_words": _("How"), "payer_words": _("Unit that pays"),
    "police": _("Police authority"),
    "police_station": _("Police station"),
    "village_unit": _("Village"),
    "duties_words": _("What is asked, and until when"),
    "change_deadline": _("Last day to report at the new place"),
    "to_unit": _("To which unit"),
    "change_on": _("Day of the change"),
    "reason_words": _("Reason"),
    "new_residence": _("New residence"),
    "happened_on": _("When it happened"),
    "facts_words": _("What happened, as confirmed"),
    "heard_words": _("What the person says about it"),
    "earlier_words": _("Education given before"),
    "report_facts": _("What happened, and what was tried"),
    "report_heard": _("What the person says about it"),
    "continues_on": _("Goes on from"),
    "paper_words": _("Paper that sets another end (number, date)"),
    "end_words": _("That the term ends or has ended, with the day"),
    "police_paper": _("Notice of release of the police, if received"),
    "clean_since": _("Abstinent since"),
    "closure_note": _("Paper of the authority (number, date)"),
    "met_on": _("Day"), "met_at": _("Place"), "way_words": _("How"),
    "who_words": _("Who was met"), "relation_words": _("Relation"),
    "found_words": _("Whether the person was met"), "second_words": _("Second visitor"),
    "suspension_reason": _("Reason of the suspension"),
    "suspended_on": _("Suspended on"),
    "released_on": _("Freed on"),
    "needs_words": _("Open needs"),
    "missing_words": _("Gaps of the file"),
    "town_name": _("Town: name"), "town_phone": _("Town: phone"),
    "police_name": _("Police: name"), "police_phone": _("Police: phone"),
    "village_name": _("Village: name"), "village_phone": _("Village: phone"),
    "family_name": _("Family: name"), "family_phone": _("Family: phone"),
    "late_words": _("What the person says about the delay"),
    "assessed_on": _("Assessed on"),
    "assessor": _("Assessor"),
    "valid_until": _("Valid until"),
    "proposed": _("Proposed risk level"),
    "tier": _("Risk level"),
    "tier_by": _("Decided by"),
    "tier_reason": _("Reason for the risk level"),
    "protects_words": _("What protects the person"),
    "told_words": _("Notified on, and how"),
    "objection_words": _("What the person objects"),
    "team_names": _("Members of the team"),
    "closure_words": _("How the order ended"),
    "closed_on": _("Ended on"),
    "closure_basis": _("How and by which article the order ended"),
    "papers_count": _("Papers issued"),
    "scans_count": _("Scans"),
    "tests_count": _("Confirmed: tests refused or evaded"),
    "leaves_count": _("Confirmed: left without report, times"),
    "leave_days": _("Confirmed: left without report, days"),
}  # fmt: skip
REPEATED: Final[dict[str, Words]] = {
    "team": _("Member %(number)s of the team"),
    "item": _("Line %(number)s of the index"),
    "factor": _("Factor %(number)s of the assessment"),
    "help": _("Need %(number)s"),
    "wrong": _("Breach %(number)s"),
}
RANGES: Final[dict[str, Words]] = {
    "team": _("Members of the team, 1 to %(number)s"),
    "item": _("Lines of the index, 1 to %(number)s"),
    "factor": _("Factors of the assessment, 1 to %(number)s"),
    "help": _("Needs, 1 to %(number)s"),
    "wrong": _("Breaches, 1 to %(number)s"),
}
NUMBERED: Final = re.compile(r"(?P<group>team|item|factor|help|wrong)_(?P<number>\d+)_\w+")


def allowed_in(declared: Declaration) -> dict[str, Words]:
    """Every placeholder that a template of the kind may use, with its words."""
    asked = {ask.name: ask.label for ask in declared.asks}
    used: set[str] = set()
    for measure in (*Measure.values, ""):
        used |= placeholders(declared.text(measure))
    out: dict[str, Words] = dict(COMMON)
    for name in sorted(used - set(out)):
        out[name] = asked.get(name) or OF_KIND.get(name) or _repeated(name)
    return out | {name: label for name, label in asked.items() if name not in out}


def _repeated(name: str) -> Words:
    group, number, *_part = name.split("_")
    return str(REPEATED[group]) % {"number": number}


def listed_in(declared: Declaration) -> dict[str, Words]:
    """The same for the page: of numbered ones the first, saying how far they go."""
    out: dict[str, Words] = {}
    numbers: dict[str, list[int]] = defaultdict(list)
    known = allowed_in(declared)
    for name in known:
        if found := NUMBERED.fullmatch(name):
            numbers[found["group"]].append(int(found["number"]))
    for name, label in known.items():
        found = NUMBERED.fullmatch(name)
        if found is None:
            out[name] = label
        elif found["number"] == "1":
            out[name] = str(RANGES[found["group"]]) % {"number": max(numbers[found["group"]])}
    return out


def labels_of(declared: Declaration, names: tuple[str, ...]) -> Iterator[Words]:
    """Words for facts that are missing on file."""
    known = allowed_in(declared)
    return (known[name] for name in names if name in known)
