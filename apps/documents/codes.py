"""Code lists of documents."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What the office issues; apps.documents.kinds declares each of them."""

    NOTICE = "notice", _("Notice of processing of personal data")
    HANDBOOK = "handbook", _("Handbook of the person, one page")
    REPORT_NOTICE = "report_notice", _("Notice to report")
    AGREEMENT = "agreement", _("Agreement")
    TEAM = "team", _("Care team list")
    PLAN = "plan", _("Plan")
    TALK = "talk", _("Talk record")
    VISIT = "visit", _("Visit record")
    LEAVE = "leave", _("Leave form")
    TRANSFER = "transfer", _("Transfer letter with receipt")
    ADMONITION = "admonition", _("Admonition (first level)")
    WARNING = "warning", _("Written warning (second level)")
    SUSPENSION = "suspension", _("Note of suspension")
    CONTINUATION = "continuation", _("Note of continuation")
    RELEASE_PROPOSAL = "release_proposal", _("Proposal to release, to the police")
    COMPLETION = "completion", _("Notice that the term has ended")
    END_OF_CONTROL = "end_of_control", _("Proposal to end control after three years clean")
    INDEX = "index", _("Index of the case file")
    REQUEST = "request", _("Request to see, correct or object")


class AttachmentKind(models.TextChoices):
    SIGNED = "signed", _("Signed paper of the office")
    DECISION = "decision", _("Decision of the police")
    RELEASE = "release", _("Notice of release of the police")
    RECEIPT = "receipt", _("Receipt or reply of another office")
    REPORT = "report", _("Written report of the person")
    OTHER = "other", _("Other")


class MediaType(models.TextChoices):
    """What may be attached; told from the content, never from the name."""

    PDF = "application/pdf", "PDF"
    JPEG = "image/jpeg", "JPEG"
    PNG = "image/png", "PNG"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "DOCX"


EXTENSIONS = {
    MediaType.PDF: ("pdf",), MediaType.JPEG: ("jpg", "jpeg"), MediaType.PNG: ("png",),
    MediaType.DOCX: ("docx",),
}  # fmt: skip
