"""What the bell rings for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NoticeKind(models.TextChoices):
    """One kind of happening. `kinds.py` has the words that the reader sees."""

    APPROVED = "approved", _("Proposal approved")
    SENT_BACK = "sent_back", _("Proposal rejected")
    WITHDRAWN = "withdrawn", _("Proposal withdrawn")
    ACCOUNT_ASKED = "account_asked", _("Second person needed for an account")
    ACCOUNT_CONFIRMED = "account_confirmed", _("Change of an account confirmed")
    ACCOUNT_REJECTED = "account_rejected", _("Change of an account rejected")
    HANDED = "handed", _("Person handed over")
    COVER_PERSON = "cover_person", _("Person to cover")
    CASELOAD = "caseload", _("Several persons handed over")
    BY_LEDGER = "by_ledger", _("Persons handed over by a ledger")
    HANDED_BACK = "handed_back", _("Assignment taken back")
    TAKEN = "taken", _("Person given to somebody else")
    TAKEN_MANY = "taken_many", _("Several persons given to somebody else")
    TAKEN_BY_LEDGER = "taken_by_ledger", _("Persons given to somebody else by a ledger")
    UNCOVERED = "uncovered", _("Person no longer to be covered")
    MOVED_AWAY = "moved_away", _("Person of another unit now")
    TRANSFER_COMES = "transfer_comes", _("Transfer to the unit")
    TRANSFER_SENT = "transfer_sent", _("Transfer handed over")
    TRANSFER_CANCELLED = "transfer_cancelled", _("Transfer taken back")
    RELEASE_COMES = "release_comes", _("Release into the unit")
    RELEASE_RECEIVED = "release_received", _("Person received after release")
    RELEASE_OFF = "release_off", _("Release called off")
    BREACH_REVOKED = "breach_revoked", _("Breach revoked")
    SUSPENDED = "suspended", _("Order suspended")
    RESUMED = "resumed", _("Order goes on")
    CLOSED = "closed", _("Order closed")
    ENTRY_WITHDRAWN = "entry_withdrawn", _("Entry withdrawn")
    PAPER_VOIDED = "paper_voided", _("Paper declared void")
    COVERING = "covering", _("To cover for a colleague")
    COVERED = "covered", _("Covered by a colleague")
    COVER_CHANGED = "cover_changed", _("Cover changed")
    COVER_OFF = "cover_off", _("Cover called off")
    COVER_BEGINS = "cover_begins", _("Cover begins")
    COVER_ENDED = "cover_ended", _("Cover ended")
    MERGED = "merged", _("Files merged")
    MERGE_UNDONE = "merge_undone", _("Merge of files undone")
    LOST = "lost", _("Person lost contact")
    TRANSFER_ASKED = "transfer_asked", _("Transfer asked for")
    NOBODY_PRESENT = "nobody_present", _("Nobody present")
    REPORT_SENT = "report_sent", _("Periodic report sent here")
    REPORT_RECEIVED = "report_received", _("Periodic report accepted")
    REPORT_SENT_BACK = "report_sent_back", _("Periodic report sent back")
    EXPORT_ASKED = "export_asked", _("Second person needed for an export")
    EXPORT_APPROVED = "export_approved", _("Export approved")
    EXPORT_REJECTED = "export_rejected", _("Export rejected")


# Always about one person.
PERSONAL = (
    NoticeKind.APPROVED, NoticeKind.SENT_BACK, NoticeKind.WITHDRAWN, NoticeKind.HANDED,
    NoticeKind.COVER_PERSON, NoticeKind.HANDED_BACK, NoticeKind.TRANSFER_COMES,
    NoticeKind.TRANSFER_SENT, NoticeKind.TRANSFER_CANCELLED, NoticeKind.BREACH_REVOKED,
    NoticeKind.SUSPENDED, NoticeKind.RESUMED, NoticeKind.CLOSED, NoticeKind.ENTRY_WITHDRAWN,
    NoticeKind.PAPER_VOIDED, NoticeKind.TAKEN, NoticeKind.UNCOVERED, NoticeKind.MOVED_AWAY,
    NoticeKind.MERGED, NoticeKind.MERGE_UNDONE, NoticeKind.LOST, NoticeKind.TRANSFER_ASKED,
)  # fmt: skip
# They say whom a worker has no longer: without the name they would say nothing.
LOSSES = (NoticeKind.TAKEN, NoticeKind.UNCOVERED)
