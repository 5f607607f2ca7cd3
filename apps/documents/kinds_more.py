"""Further kinds: registers, letters to the police and to other places, the end of a file."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from apps.cases.codes import Ground
from apps.documents import course_facts as c
from apps.documents import facts as f
from apps.documents.asks import line, words
from apps.documents.codes import Kind
from apps.documents.declaration import Declaration, Stage
from apps.documents.guards import ended, lives_elsewhere, not_ended, over, reported_for, terminated
from apps.documents.providers import provided

_COUNTS: Final = (
    line("tests_count", _("Confirmed: tests refused or evaded"), initial="tests_count"),
    line("leaves_count", _("Confirmed: left without report, times"), initial="leaves_count"),
    line("leave_days", _("Confirmed: left without report, days"), initial="leave_days"),
)
_REPORTED: Final = (
    words("report_facts", _("What happened, and what was tried"), initial="report_facts"),
    words("report_heard", _("What the person says about it"), initial="report_heard"),
)

MORE: Final = (
    Declaration(
        Kind.REGISTRATION, "记", Stage.BEGIN, "戒毒条例14、38", (f.needs, c.registration),
        compact=True, full_number=True,
        asks=(words("needs_words", _("Difficulties and needs"), initial="needs_words"),),
        guard=not_ended,
    ),
    Declaration(
        Kind.RULES, "则", Stage.BEGIN, "戒毒条例16、19、38", compact=True, guard=not_ended
    ),
    Declaration(
        Kind.HELP, "帮", Stage.COURSE, "禁毒法34；戒毒条例18、39", (c.helps,), compact=True,
        needs_case=False,
    ),
    Declaration(
        Kind.RISK, "评", Stage.COURSE, "个人信息保护法24", (c.assessment,), compact=True,
        needs_case=False,
    ),
    Declaration(
        Kind.TIER_NOTICE, "级", Stage.COURSE, "个人信息保护法24、48", (c.assessment,),
        decision=True, compact=True, needs_case=False,
        asks=(
            words("tier_reason", _("Why"), initial="tier_reason", required=True),
            line("protects_words", _("What protects the person"), initial="protects_words"),
        ),
    ),
    Declaration(
        Kind.TWO_WAY, "函", Stage.COURSE, "禁毒法33；戒毒条例22、37", compact=True,
        full_number=True,
        asks=(
            line("to_unit", _("To which unit"), required=True),
            words("apart_words", _("Why the places differ")),
            words("assist_words", _("What the other unit is asked for")),
        ),
        guard=lives_elsewhere,
    ),
    Declaration(
        Kind.BREACH_REGISTER, "违", Stage.BREACH, "禁毒法35；戒毒条例20", (provided("breaches"),),
        compact=True,
    ),
    Declaration(
        Kind.BREACH_PROOF, "证", Stage.BREACH, "戒毒条例20、21、38",
        (f.police, provided("breaches"), c.serious), full_number=True, compact=True,
        asks=(
            *_COUNTS, *_REPORTED,
            words("earlier_words", _("Education given before"), initial="earlier_words"),
        ),
        guard=reported_for(Ground.SERIOUS),
    ),
    Declaration(
        Kind.OVERDUE_PROOF, "逾", Stage.BREACH, "戒毒条例14、21、38", (f.police, c.overdue),
        full_number=True, compact=True,
        asks=(*_REPORTED, line("valid_words", _("A valid reason, if there is one"))),
        guard=reported_for(Ground.OVERDUE),
    ),
    Declaration(
        Kind.TERMINATION, "止", Stage.END, "戒毒条例24", (c.closure,), decision=True,
        full_number=True, compact=True, guard=terminated,
        asks=(words("closure_note", _("Paper of the authority (number, date)"),
                    initial="closure_note"),),
    ),
    Declaration(
        Kind.RELEASE_APPROVAL, "审", Stage.END, "戒毒条例23、40", compact=True, full_number=True,
        guard=ended,
        asks=(
            words("summary_words", _("Course of the order")),
            words("help_words", _("Help given")),
        ),
    ),
    Declaration(
        Kind.ARCHIVE, "归", Stage.END, "一人一档", (c.closure, c.contents), compact=True,
        guard=over,
        asks=(
            line("keep_words", _("How long it is kept")),
            line("shelf_words", _("Where it is kept")),
            words("note_words", _("Remarks")),
        ),
    ),
)  # fmt: skip
