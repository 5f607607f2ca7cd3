"""The acts on a breach, as declarations: each is a page with one form."""

from django.utils.translation import gettext_lazy as _

from apps.accounts.permissions import Permission
from apps.audit.act_page import Act
from apps.breaches import forms

_LETTER = _(
    "The letter takes its facts and the person's words from the record, gets a number, and names "
    "the remedies: review within 60 days, court within 6 months."
)
ACTS = {
    "hear": Act(
        _("Hear the person"),
        Permission.CASE_EDIT,
        forms.HearForm,
        _("Recorded. With the person's words a supervisor decides now; without them it waits."),
        _("Nobody confirms a breach before the person was heard. Write what was said, as it was."),
    ),
    "withdraw": Act(
        _("Take the entry back"),
        Permission.CASE_EDIT,
        forms.WithdrawBreachForm,
        _("The entry is withdrawn and never counts."),
    ),
    "revoke": Act(
        _("Revoke the confirmation"),
        Permission.APPROVE,
        forms.RevokeForm,
        _("The confirmation is revoked; the breach counts no more."),
        _("For an objection that was right, or a review that found otherwise."),
    ),
    "education": Act(
        _("Criticism and education, spoken"),
        Permission.CASE_EDIT,
        forms.EducationForm,
        _("Recorded."),
    ),
    "admonition": Act(
        _("Admonition"),
        Permission.DOCUMENT_ISSUE,
        forms.AdmonitionForm,
        _("The letter is issued."),
        _LETTER,
        _("Issue"),
    ),
    "warning": Act(
        _("Written warning"),
        Permission.DOCUMENT_ISSUE,
        forms.WarningForm,
        _("The letter is issued."),
        _LETTER,
        _("Issue"),
    ),
}
