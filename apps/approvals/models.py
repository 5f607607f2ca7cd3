"""Something that one person proposed and another one decides."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from apps.accounts.models import User
from apps.approvals.facts import opened
from apps.approvals.kinds import KINDS, label_of
from apps.approvals.querysets import ProposalQuerySet
from apps.areas.models import ScopedModel
from apps.core.fields import EncryptedTextField, uuid7
from apps.persons.models import Person


class Decision(models.TextChoices):
    WAITING = "", _("Waiting")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")


@pghistory.track()
class Proposal(ScopedModel):
    """`subject` is the public id of the row that it is about; `facts` are those of that day."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="proposals", verbose_name=_("person")
    )
    subject = models.UUIDField(editable=False)
    facts = EncryptedTextField(_("facts"), blank=False)
    reason = EncryptedTextField(_("reason"))
    proposed_at = models.DateTimeField(_("proposed"), auto_now_add=True)
    proposed_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    decision = models.CharField(
        _("decision"), max_length=9, choices=Decision, blank=True, default=Decision.WAITING
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("of a proposal", "decided by"),
    )
    decision_reason = EncryptedTextField(_("reason of the decision"))

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        indexes = [
            models.Index(
                fields=["county", "proposed_at"], condition=Q(decision=""), name="proposal_waiting"
            ),
            models.Index(fields=["subject", "kind"], name="proposal_of_subject"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=Q(decision=""),
                name="proposal_once",
                violation_error_message=_("This waits for a decision already."),
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None, decided_by=None)
                | (~Q(decision="") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="proposal_decided_by_somebody",
                violation_error_message=_("A decision has a day and a name."),
            ),
            models.CheckConstraint(
                condition=~Q(decision="rejected", decision_reason=b""),
                name="proposal_rejected_with_reason",
                violation_error_message=_("Say why it is rejected."),
            ),
            models.CheckConstraint(
                condition=~Q(decision="approved", decided_by=F("proposed_by")),
                name="proposal_four_eyes",
                violation_error_message=_("Nobody approves what they proposed themselves."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.kind_label)

    @property
    def kind_label(self) -> str | Promise:
        return label_of(self.kind)

    @property
    def facts_in_words(self) -> str:
        """What is to be decided, in the reader's language where it was kept as data."""
        facts = opened(self.facts)
        if facts is None or self.kind not in KINDS:
            return str(self.facts)
        return KINDS[self.kind].tells(facts)

    @property
    def is_waiting(self) -> bool:
        return self.decision == Decision.WAITING
