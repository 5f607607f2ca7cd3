"""What somebody is told in the product: decided, sent back, handed over, covered."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.core.fields import uuid7
from apps.notices.codes import PERSONAL, NoticeKind
from apps.notices.querysets import NoticeQuerySet
from apps.persons.models import Person


class Notice(models.Model):
    """One line for one reader. It holds no words about a person: the page asks, when it is read,
    what the reader may see.

    `subject`: the public id of the row that it is about. `mark`: what tells one happening of a row
    from another. `about` is not part of the scope: a notice belongs to its reader and moves with
    nobody. Not tracked: the act that it tells of is.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    reader = models.ForeignKey(
        User, models.PROTECT, related_name="notices", db_index=False, verbose_name=_("reader")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=NoticeKind)
    subject = models.UUIDField(_("about which row"), editable=False)
    mark = models.CharField(_("which happening"), max_length=40, blank=True, default="")
    about = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("whose act"),
    )  # fmt: skip
    colleague = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("colleague"),
    )  # fmt: skip
    starts_on = models.DateField(_("from"), null=True, blank=True)
    until_on = models.DateField(_("until"), null=True, blank=True)
    number = models.PositiveIntegerField(_("how many"), null=True, blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [
            models.Index(fields=["reader", "-at", "-id"], name="notice_of_reader"),
            # The bell of every page reads this one alone.
            models.Index(fields=["reader"], condition=Q(read_at=None), name="notice_unread"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["reader", "kind", "subject", "mark"],
                name="notice_rings_once",
                violation_error_message=_("Notice of this was given already."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=NoticeKind.values),
                name="notice_kind_is_known",
                violation_error_message=_("The bell does not ring for this."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=PERSONAL) | Q(about__isnull=False),
                name="notice_about_a_person",
                violation_error_message=_("This notice is about a person."),
            ),
            models.CheckConstraint(
                condition=Q(by=None) | ~Q(by=F("reader")),
                name="notice_of_others_acts",
                violation_error_message=_("Nobody is notified of an act of their own."),
            ),
            models.CheckConstraint(
                condition=Q(read_at=None) | Q(read_at__gte=F("at")),
                name="notice_read_after_it_rang",
                violation_error_message=_("It is read after notice was given."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
