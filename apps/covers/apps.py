from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoversConfig(AppConfig):
    name = "apps.covers"
    verbose_name = _("Covers")

    def ready(self) -> None:
        from apps.accounts.services import before_leaving
        from apps.covers.notices import changed_since, cover_page, list_of_left_alone
        from apps.covers.passing import refuse_given, refuse_needed
        from apps.covers.services import cover_newcomers, forget_withdrawn
        from apps.notices.codes import NoticeKind
        from apps.notices.kinds import leads_to, no_longer_so
        from apps.persons.services.assigning import (
            after_assigning,
            before_ending,
            before_withdrawing,
        )

        leads_to(
            cover_page,
            NoticeKind.COVERING,
            NoticeKind.COVERED,
            NoticeKind.COVER_CHANGED,
            NoticeKind.COVER_OFF,
            NoticeKind.COVER_BEGINS,
            NoticeKind.COVER_ENDED,
        )
        leads_to(list_of_left_alone, NoticeKind.NOBODY_PRESENT)
        no_longer_so(changed_since)
        after_assigning(cover_newcomers)
        before_withdrawing(forget_withdrawn)
        before_ending(refuse_given)
        before_leaving(refuse_needed)
