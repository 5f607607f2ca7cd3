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
        from apps.notices.codes import NoticeKind
        from apps.notices.kinds import leads_to
        from apps.notices.querysets import first_unread
        from apps.persons.services.assigning import after_handing, after_taking, before_withdrawing
        from apps.persons.services.merging import after_merging

        comes_with_user("unread_notices", first_unread)
        after_asking(handed.account_asked)
        after_deciding(handed.account_decided)
        after_handing(handed.persons_handed)
        after_taking(handed.persons_taken)
        before_withdrawing(handed.assignments_withdrawn)
        after_merging(handed.files_merged)
        leads_to(
            places.account_proposal,
            NoticeKind.ACCOUNT_ASKED,
            NoticeKind.ACCOUNT_CONFIRMED,
            NoticeKind.ACCOUNT_REJECTED,
        )
        leads_to(
            places.persons_list, NoticeKind.CASELOAD, NoticeKind.BY_LEDGER, NoticeKind.TAKEN_MANY,
            NoticeKind.TAKEN_BY_LEDGER,
        )  # fmt: skip
        leads_to(
            places.person_page, NoticeKind.HANDED, NoticeKind.COVER_PERSON, NoticeKind.HANDED_BACK,
            NoticeKind.ENTRY_WITHDRAWN, NoticeKind.PAPER_VOIDED, NoticeKind.TAKEN,
            NoticeKind.UNCOVERED, NoticeKind.MOVED_AWAY, NoticeKind.MERGED, NoticeKind.MERGE_UNDONE,
        )  # fmt: skip
        leads_to(places.orders_page, NoticeKind.SUSPENDED, NoticeKind.RESUMED, NoticeKind.CLOSED)
