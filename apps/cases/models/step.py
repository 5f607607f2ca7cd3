"""What a step says beside its day: the paper it rests on, words."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.areas.models import ScopedModel
from apps.cases.codes import StepKind
from apps.cases.models.case import Case
from apps.core.fields import EncryptedTextField, uuid7
from apps.persons.models import Person
from apps.persons.querysets import PersonalQuerySet


@pghistory.track()
class CaseStep(ScopedModel):
    """`number` and `paper_on` are those of an authority's paper; `on` the day it takes effect."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="steps")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    kind = models.CharField(_("kind"), max_length=13, choices=StepKind)
    on = models.DateField(_("day"))
    number = models.CharField(_("number of the paper"), max_length=80, blank=True, default="")
    paper_on = models.DateField(_("date of the paper"), null=True, blank=True)
    words = EncryptedTextField(_("words"))
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", editable=False, verbose_name=_("recorded by")
    )

    objects = PersonalQuerySet.as_manager()

    class Meta:
        verbose_name = _("fact of a step")
        verbose_name_plural = _("facts of steps")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind"],
                condition=~Q(kind=StepKind.END_SET),
                name="step_once",
                violation_error_message=_("This step is on file already."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[StepKind.END_SET, StepKind.RELEASE])
                | (~Q(number="") & Q(paper_on__isnull=False)),
                name="step_paper_named",
                violation_error_message=_("Enter number and date of the paper."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"
