"""Code lists of documents."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PaperKind(models.TextChoices):
    """What the office issues; apps.documents.declarations declares each of them."""

    NOTICE = "notice", _("Notice of processing of personal data")
    HANDBOOK = "handbook", _("Handbook of the person, one page")
    REPORT_NOTICE = "report_notice", _("Notice to report")
    REGISTRATION = "registration", _("Registration form")
    AGREEMENT = "agreement", _("Agreement")
    RULES = "rules", _("Rules for the person")
    TEAM = "team", _("Care team list")
    PLAN = "plan", _("Plan")
    TALK = "talk", _("Interview record")
    VISIT = "visit", _("Home visit record")
    HELP = "help", _("Record of help")
    HELP_REFERRAL = "help_referral", _("Referral letter")
    HELP_SUPPORT = "help_support", _("Letter in support of an application")
    HELP_RECEIPT = "help_receipt", _("Receipt of help")
    RISK = "risk", _("Risk assessment record")
    TIER_NOTICE = "tier_notice", _("Notice of the risk level, to the person")
    LEAVE = "leave", _("Leave form")
    TRANSFER = "transfer", _("Transfer letter with receipt")
    TWO_WAY = "two_way", _("Letter between two places of residence")
    BREACH_REGISTER = "breach_register", _("Register of breaches")
    ADMONITION = "admonition", _("Admonition (first level)")
    WARNING = "warning", _("Written warning (second level)")
    BREACH_PROOF = "breach_proof", _("Proof of a serious breach, to the police")
    OVERDUE_PROOF = "overdue_proof", _("Proof of not having reported, to the police")
    SUSPENSION = "suspension", _("Note of suspension")
    CONTINUATION = "continuation", _("Note of continuation")
    TERMINATION = "termination", _("Note of termination")
    RELEASE_APPROVAL = "release_approval", _("Approval form of a release")
    RELEASE_PROPOSAL = "release_proposal", _("Proposal to release, to the police")
    COMPLETION = "completion", _("Notice that the term has ended")
    END_OF_CONTROL = "end_of_control", _("Proposal to end control after three years of abstinence")
    ARCHIVE = "archive", _("Note on filing away")
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
    MediaType.PDF: ("pdf",),
    MediaType.JPEG: ("jpg", "jpeg"),
    MediaType.PNG: ("png",),
    MediaType.DOCX: ("docx",),
}
# Names of pictures: phones and messengers give any of them to any picture.
PICTURES = ("jpg", "jpeg", "jpe", "jfif", "pjpeg", "png", "heic", "heif", "hif")
