"""The unit hears whom it is to expect; who announced it hears what became of it."""

from django.urls import reverse

from apps.accounts.models import User
from apps.intake.models import Release
from apps.notices.codes import NoticeKind
from apps.notices.models import Notice
from apps.notices.readers import supervisors_of
from apps.notices.services import ring


def tell_expected(release: Release, by: User) -> None:
    ring(
        kind=NoticeKind.RELEASE_COMES,
        readers=supervisors_of(_unit(release)),
        subject=release.public_id,
        by=by,
        starts_on=release.expected_on,
        until_on=release.expected_on,
    )


def tell_received(release: Release, by: User) -> None:
    ring(
        kind=NoticeKind.RELEASE_RECEIVED,
        readers=[release.recorded_by_id],
        subject=release.public_id,
        by=by,
        starts_on=release.received_on,
        until_on=release.received_on,
    )


def tell_called_off(release: Release, by: User) -> None:
    """Who announced it, and who was told to expect somebody."""
    readers = [release.recorded_by_id, *supervisors_of(_unit(release))]
    ring(kind=NoticeKind.RELEASE_OFF, readers=readers, subject=release.public_id, by=by)


def release_page(notice: Notice, reader: User) -> str:
    rows = Release.objects.visible_to(reader).filter(public_id=notice.subject)
    return reverse("intake:release", args=[notice.subject]) if rows.exists() else ""


def _unit(release: Release):  # type: ignore[no-untyped-def]
    return release.village or release.town or release.county
