"""What the band says about a loaded file: words, marks and acts."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _, ngettext

from apps.accounts.permissions import Permission
from apps.cases.codes import CaseState
from apps.cases.rules import report_by
from apps.core.navigation import may, url_or_none
from apps.core.text import full_day
from apps.schedule.due_lines import LATE, QUIET, TODAY, DueLine
from apps.schedule.due_words import tag_of
from apps.workbench.person_file import PersonFile

STATE_TAGS = {
    CaseState.ACTIVE: "inf",
    CaseState.OVERDUE: "late",
    CaseState.DECIDED: "soon",
    CaseState.REPORTED: "soon",
}


# Duties run on while a transfer or the reply of the police is awaited.
RUNNING = (CaseState.ACTIVE, CaseState.ON_LEAVE, CaseState.TRANSFERRING, CaseState.POLICE)


@dataclass(frozen=True, slots=True)
class Button:
    label: str | Promise
    url: str
    icon: str


@dataclass(frozen=True)
class Band:
    file: PersonFile

    @property
    def state_tag(self) -> str:
        return STATE_TAGS.get(self.file.state, "na")  # type: ignore[arg-type]

    @property
    def age(self) -> int | None:
        return age_on(self.file.person.born_on, self.file.day)

    @property
    def deadline(self) -> date | None:
        """Of the report, while it is awaited; none is computed from a missing date."""
        case = self.file.case
        if self.file.state not in (CaseState.DECIDED, CaseState.OVERDUE) or case is None:
            return None
        return report_by(case)

    @property
    def alerts(self) -> list[tuple[str, str]]:
        """Kind of tag and words: what is late or due soon, and needs that are open."""
        line = self.file.next_line
        pressing = line is not None and line.state in (LATE, TODAY, QUIET)
        found = [_alert(line)] if line is not None and pressing else []
        if needs := len(self.file.open_needs):
            found.append(
                ("vio", ngettext("%(n)s open need", "%(n)s open needs", needs) % {"n": needs})
            )
        return found

    @property
    def lost_words(self) -> str:
        flag = self.file.lost_contact
        return _("Lost contact since %(day)s") % {"day": full_day(flag.d1)} if flag else ""

    @property
    def next_due(self) -> str:
        """What comes next, when nothing is late or due today."""
        line = self.file.next_line
        if line is None or line.state in (LATE, TODAY, QUIET):
            return ""
        return _("Next %(duty)s %(day)s") % {
            "duty": line.item.get_kind_display(),
            "day": full_day(line.next_on),
        }

    @property
    def acts(self) -> list[Button]:
        """What may be done next on this file by this user."""
        person, case = self.file.person, self.file.case
        wanted: list[tuple[str, str, str, str, Any]] = [
            (_("Need"), "needs:create", "heart-handshake", Permission.NEED_RECORD, person),
            (_("Help"), "assistance:create", "plus", Permission.NEED_RECORD, person),
            (_("Edit"), "persons:edit", "pencil", Permission.PERSON_EDIT, person),
        ]
        if case is not None and self._duties_run:
            wanted[1:1] = [(_("Leave"), "cases:leave", "door-exit", Permission.LEAVE_RECORD, case)]
        if self._duties_run and self.file.state != CaseState.ON_LEAVE:
            wanted.insert(
                0, (_("Check in"), "checkins:create", "check", Permission.CHECKIN_LOG, person)
            )
        if step := _next_step(self.file):
            wanted.insert(0, step)
        found = [
            Button(label, url, icon)
            for label, name, icon, permission, row in wanted
            if may(self.file.user, permission) and (url := url_or_none(name, row.public_id))
        ]
        return found[:1] + self._meetings() + found[1:]

    @property
    def _duties_run(self) -> bool:
        """The police may also have somebody who never reported."""
        case = self.file.case
        return case is not None and case.in_force_from is not None and self.file.state in RUNNING

    def _meetings(self) -> list[Button]:
        """A visit and an interview: as a duty, or because the person wishes it."""
        asked = self.file.case is None or self._duties_run
        if not asked or self.file.is_left_alone or not may(self.file.user, Permission.CHECKIN_LOG):
            return []
        labels = {"visit": (_("Home visit"), "home"), "talk": (_("Interview"), "note")}
        key = self.file.person.public_id
        back = urlencode({"next": reverse("workbench:person", args=[key])})
        return [
            Button(label, f"{reverse('visits:create', args=[key, kind])}?{back}", icon)
            for kind, (label, icon) in labels.items()
        ]


def _next_step(file: PersonFile) -> tuple[str, str, str, str, Any] | None:
    """The step of the order that is awaited."""
    if file.case is None:
        return _("New order"), "cases:open", "file-text", Permission.CASE_EDIT, file.person
    steps = {
        CaseState.DECIDED: (_("Record reporting"), "cases:report", Permission.CASE_EDIT),
        CaseState.OVERDUE: (_("Record reporting"), "cases:report", Permission.CASE_EDIT),
        CaseState.REPORTED: (_("Agreement signed"), "cases:agreement", Permission.CASE_EDIT),
        CaseState.EXPIRED: (_("Notice of release"), "cases:release", Permission.CASE_CLOSE),
    }
    if file.state not in steps:
        return None
    label, name, permission = steps[file.state]
    return label, name, "check", permission, file.case


def _alert(line: DueLine) -> tuple[str, str]:
    """The duty and how it stands, in the words of Today."""
    tag = tag_of(line)
    duty = line.item.get_kind_display()
    return tag.kind, tag.words if line.state == QUIET else f"{duty} {tag.words}"


def age_on(born_on: date | None, day: date) -> int | None:
    """Full years; somebody born on 29 February is a year older on 1 March of other years."""
    if born_on is None:
        return None
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))
