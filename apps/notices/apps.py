from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "apps.notices"
    verbose_name = _("Notices")

    def ready(self) -> None:
        from apps.accounts.backends import comes_with_user
        from apps.accounts.deciding import after_deciding
        from apps.accounts.four_eyes import after_asking
        from apps.notices import handed, places
        from apps.notices.codes import Kind
        from apps.notices.kinds import leads_to
        from apps.notices.querysets import first_unread
        from apps.persons.services.assigning import (
            after_handing,
            after_taking,
            before_withdrawing,
        )
        from apps.persons.services.merging import after_merging

        comes_with_user("unread_notices", first_unread)
        after_asking(handed.account_asked)
        after_deciding(handed.account_decided)
        after_handing(handed.persons_handed)
        after_taking(handed.persons_taken)
        before_withdrawing(handed.assignments_withdrawn)
        after_merging(handed.files_merged)
        leads_to(
            places.account_proposal, Kind.ACCOUNT_ASKED, Kind.ACCOUNT_CONFIRMED,
            Kind.ACCOUNT_REJECTED,
        )  # fmt: skip
        leads_to(
            places.persons_list, Kind.CASELOAD, Kind.BY_LEDGER, Kind.TAKEN_MANY,
            Kind.TAKEN_BY_LEDGER,
        )  # fmt: skip
        leads_to(
            places.person_page, Kind.HANDED, Kind.COVER_PERSON, Kind.HANDED_BACK,
            Kind.ENTRY_WITHDRAWN, Kind.PAPER_VOIDED, Kind.TAKEN, Kind.UNCOVERED, Kind.MOVED_AWAY,
            Kind.MERGED, Kind.MERGE_UNDONE,
        )  # fmt: skip
        leads_to(places.orders_page, Kind.SUSPENDED, Kind.RESUMED, Kind.CLOSED)
