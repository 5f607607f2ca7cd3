"""Questions about issued papers, scans and templates."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet

from apps.areas.models import Area
from apps.persons.querysets import PersonalQuerySet

if TYPE_CHECKING:
    from apps.documents.models import OfficeTemplate  # noqa: F401 - named in the base class


class IssuedDocumentQuerySet(PersonalQuerySet):
    def valid(self) -> Self:
        return self.filter(voided_at=None)

    def for_list(self) -> Self:
        """Without the encrypted content: a list shows number, title and day only."""
        return self.defer("content", "template__content").select_related(
            "person", "issued_by", "office"
        )


class AttachmentQuerySet(PersonalQuerySet):
    def valid(self) -> Self:
        return self.filter(withdrawn_at=None)


class OfficeTemplateQuerySet(QuerySet["OfficeTemplate"]):
    def of_office(self, office: Area) -> Self:
        """Templates of the unit itself and of the units above it."""
        return self.filter(area__in=office.path())

    def in_effect_on(self, day: date) -> Self:
        return self.filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=day), effective_from__lte=day)
