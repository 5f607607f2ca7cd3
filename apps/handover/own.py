"""What of the file the person's own copy tells (PIPL art. 45): the own data, and no third party's.

Left out are what others said about the person in confidence, what staff noted for themselves, and
numbers of relatives and colleagues. Words that somebody wrote stand here one by one: a column that
is not named is not in the copy.
"""

from typing import Any, Final

from apps.core.fields import EncryptedTextField
from apps.core.text import mask_phone
from apps.documents.codes import AttachmentKind, PaperKind
from apps.handover.kinds import Kind
from apps.handover.rows import Told, told

# Whole kinds: searches and notes of a session name who told what; proposals are talks inside.
NOT_OWN: Final = frozenset(
    {"visits.Search", "visits.LostContact", "counselling.SessionNotes", "approvals.Proposal",
     "cases.PoliceReport", "campaigns.CampaignTarget", "followups.FollowUpTarget"}
)  # fmt: skip
# Written words that are the person's own, or were told to the person.
OWN_WORDS: Final = frozenset(
    {
        "persons.Person.document_number", "persons.Person.registration_address",
        "persons.Person.residence_address", "persons.Person.phone", "persons.Contact.name",
        "cases.Leave.destination", "cases.TeamMember.name", "cases.TeamMember.unit",
        "cases.TeamMember.phone", "cases.RiskLevelRecord.reason",
        "assessments.Assessment.reason", "assessments.Assessment.objection",
        "assessments.SealedFlag.kind", "assessments.HalfYearSummary.progress_words",
        "assessments.HalfYearSummary.difficulty_words", "assessments.HalfYearSummary.help_words",
        "assessments.HalfYearSummary.said_words", "visits.Meeting.state_words",
        "visits.Meeting.work_words", "visits.Meeting.difficulty_words",
        "visits.Meeting.help_words", "checkins.CheckIn.state_words",
        "drugtests.DrugTest.medicine_words", "breaches.Breach.facts", "breaches.Breach.said",
        "breaches.Breach.decision_reason", "transfers.Transfer.reason",
        "transfers.Transfer.new_residence", "intake.Release.document_number",
        "draws.Excuse.words", "treatment.Treatment.medicine_words", "care.CarePlan.goals",
        "care.CareStep.task", "care.CareReview.said", "documents.Attachment.description",
    }
)  # fmt: skip
# Said or written by whoever `said_by` names: the person's own words alone.
SAID: Final = frozenset({"needs.Need.words"})
MASKED: Final = frozenset({"cases.TeamMember.phone"})
# Of the notes for staff on a file.
NOT_TOLD: Final = frozenset({"persons.Person.call_note", "visits.Meeting.second_visitor"})
# Why colleagues took something back: who else's the row was stands there as likely as not.
TAKEN_BACK: Final = frozenset({"withdrawn_reason", "void_reason", "called_off_reason"})
OWN_PAPERS: Final = frozenset(
    {
        PaperKind.NOTICE, PaperKind.HANDBOOK, PaperKind.REPORT_NOTICE, PaperKind.REGISTRATION,
        PaperKind.AGREEMENT, PaperKind.RULES, PaperKind.PLAN, PaperKind.HELP_RECEIPT,
        PaperKind.TIER_NOTICE, PaperKind.LEAVE, PaperKind.ADMONITION, PaperKind.WARNING,
        PaperKind.SUSPENSION, PaperKind.CONTINUATION, PaperKind.TERMINATION,
        PaperKind.COMPLETION, PaperKind.REQUEST,
    }
)  # fmt: skip
OWN_SCANS: Final = frozenset(
    {AttachmentKind.SIGNED, AttachmentKind.DECISION, AttachmentKind.RELEASE, AttachmentKind.REPORT}
)


def is_own(kind: Kind) -> bool:
    return kind.name not in NOT_OWN


def own_row(row: Any, whole: Told | None = None) -> Told:
    """What the copy tells of a row."""
    found = dict(whole if whole is not None else told(row))
    for field in row._meta.concrete_fields:
        name = f"{row._meta.label}.{field.name}"
        hidden = name in NOT_TOLD or field.name in TAKEN_BACK
        if hidden or (isinstance(field, EncryptedTextField) and not _tells(name, row)):
            found.pop(field.name, None)
        elif name in MASKED and found.get(field.name):
            found[field.name] = mask_phone(found[field.name])
    return found


def _tells(name: str, row: Any) -> bool:
    return name in OWN_WORDS or (name in SAID and row.said_by == "person")


def is_own_paper(row: Any) -> bool:
    """Papers that were the person's to read, and that were not taken back."""
    return row.kind in OWN_PAPERS and not row.is_void


def is_own_scan(row: Any) -> bool:
    return row.kind in OWN_SCANS
