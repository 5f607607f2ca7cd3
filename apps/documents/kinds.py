"""Each kind of paper as one declaration: law, facts, questions, text."""

from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from apps.cases.rules import report_deadline
from apps.documents import facts as f
from apps.documents.asks import day, line, words
from apps.documents.codes import Kind
from apps.documents.declaration import LANGUAGES, Declaration, Stage
from apps.documents.filing import index_facts
from apps.documents.guards import ended, not_ended
from apps.documents.kinds_more import MORE
from apps.documents.meeting_facts import TALK_ASKS, VISIT_ASKS, meeting
from apps.documents.subject import Answers, Facts
from apps.documents.words import day_words


def _deadline_of_change(answers: Answers) -> Facts:
    """条例 art. 22: within 15 days of the change."""
    changed = answers.get("change_on")
    return {
        "change_deadline": day_words(report_deadline(changed)) if isinstance(changed, date) else ""
    }


_BREACH = (
    line("happened_on", _("When it happened"), required=True, hint=_("For example: 3 March 2026")),
    words("facts_words", _("What happened, as confirmed"), required=True),
    words("heard_words", _("What the person says about it"), required=True),
    words("asked_words", _("What the person is asked to do"), required=True),
)
_RETENTION = (
    "签到明细保存至解除后一年；查阅和提供记录保存三年；案卷按照档案管理规定的期限保存。"
    "保存期满或者处理目的已经实现的，予以删除或者匿名化。依法封存的记录，"
    "不向任何单位和个人提供，法律另有规定的除外。"
)
_NOTICE_ASKS = (words("retention_words", _("How long data are kept"), text=_RETENTION),)

_FIRST: Final = (
    Declaration(
        Kind.NOTICE,
        "知",
        Stage.BEGIN,
        "个人信息保护法17、30、35",
        asks=_NOTICE_ASKS,
        needs_case=False,
        languages=LANGUAGES,
    ),
    Declaration(
        Kind.HANDBOOK,
        "册",
        Stage.BEGIN,
        "戒毒条例17、18、39",
        (f.handbook,),
        needs_case=False,
        languages=LANGUAGES,
        compact=True,
    ),
    Declaration(
        Kind.REPORT_NOTICE,
        "报",
        Stage.BEGIN,
        "戒毒条例14、38",
        compact=True,
        asks=(line("report_place", _("Where to report"), initial="office"),),
        guard=not_ended,
    ),
    Declaration(
        Kind.AGREEMENT,
        "协",
        Stage.BEGIN,
        "禁毒法33、48；戒毒条例16、38",
        full_number=True,
        asks=(
            words("help_words", _("Help agreed upon")),
            line("contact_words", _("How contact is kept")),
        ),
        guard=not_ended,
    ),
    Declaration(
        Kind.TEAM, "组", Stage.BEGIN, "戒毒条例17", (f.team,), compact=True, guard=not_ended
    ),
    Declaration(
        Kind.PLAN,
        "划",
        Stage.BEGIN,
        "戒毒条例15、18、39",
        (f.needs,),
        compact=True,
        full_number=True,
        asks=(
            words("family_words", _("Family"), initial="household"),
            words("history_words", _("Rehabilitation and treatment before")),
            words("state_words", _("State now")),
            words("needs_words", _("Difficulties and needs"), initial="needs_words"),
            words("treatment_words", _("Treatment and referral")),
            words("counselling_words", _("Counselling and talks")),
            words("help_words", _("Help")),
            words("goal_words", _("Aims of this stage")),
            words("person_words", _("What the person says to it")),
        ),
        guard=not_ended,
    ),
    Declaration(
        Kind.TALK,
        "谈",
        Stage.COURSE,
        "戒毒条例18、39",
        (meeting,),
        compact=True,
        asks=TALK_ASKS,
        needs_case=False,
    ),
    Declaration(
        Kind.VISIT,
        "访",
        Stage.COURSE,
        "戒毒条例18、39",
        (meeting,),
        compact=True,
        asks=VISIT_ASKS,
        needs_case=False,
    ),
    Declaration(
        Kind.LEAVE,
        "外",
        Stage.COURSE,
        "戒毒条例19",
        (f.leave,),
        compact=True,
        decision=True,
        asks=(
            line("destination", _("Where to"), initial="destination"),
            day("leaves_on", _("Leaves on")),
            day("returns_on", _("Returns on")),
            words("reason_words", _("Occasion")),
            line("away_contact", _("Can be reached at")),
        ),
        guard=not_ended,
    ),
    Declaration(
        Kind.TRANSFER,
        "移",
        Stage.COURSE,
        "戒毒条例22",
        compact=True,
        full_number=True,
        asks=(
            line("to_unit", _("To which unit"), required=True),
            day("change_on", _("Day of the change")),
            line("reason_words", _("Reason"), required=True),
            line("new_residence", _("New residence")),
        ),
        derive=_deadline_of_change,
        guard=not_ended,
    ),
    Declaration(
        Kind.SUSPENSION,
        "中",
        Stage.COURSE,
        "戒毒条例24",
        (f.suspension,),
        decision=True,
        full_number=True,
        asks=(line("paper_words", _("Paper of the authority (number, date)")),),
    ),
    Declaration(
        Kind.CONTINUATION,
        "续",
        Stage.COURSE,
        "戒毒条例24",
        (f.suspension,),
        decision=True,
        asks=(
            day("released_on", _("Freed on")),
            day("continues_on", _("Goes on from")),
            line("paper_words", _("Paper that sets another end (number, date)")),
            day("meet_on", _("To get in touch by")),
        ),
        guard=not_ended,
    ),
    Declaration(
        Kind.ADMONITION,
        "劝",
        Stage.BREACH,
        "禁毒法35",
        asks=_BREACH,
        decision=True,
        guard=not_ended,
    ),
    Declaration(
        Kind.WARNING,
        "诫",
        Stage.BREACH,
        "禁毒法35；戒毒条例20、21",
        decision=True,
        asks=(
            *_BREACH,
            words("earlier_words", _("Education given before"), required=True),
            line("tests_count", _("Confirmed: tests refused or evaded")),
            line("leaves_count", _("Confirmed: left without report, times")),
            line("leave_days", _("Confirmed: left without report, days")),
        ),
        guard=not_ended,
    ),
    Declaration(
        Kind.RELEASE_PROPOSAL,
        "解",
        Stage.END,
        "戒毒条例23、40",
        (f.police,),
        compact=True,
        full_number=True,
        asks=(
            words("summary_words", _("Course of the order")),
            words("help_words", _("Help given")),
        ),
    ),
    Declaration(
        Kind.COMPLETION,
        "满",
        Stage.END,
        "戒毒条例23、40",
        decision=True,
        guard=ended,
        asks=(line("police_paper", _("Notice of release of the police, if received")),),
    ),
    Declaration(
        Kind.END_OF_CONTROL,
        "终",
        Stage.END,
        "戒毒条例7",
        (f.police,),
        needs_case=False,
        full_number=True,
        asks=(
            day("clean_since", _("Clean since"), required=True),
            words("summary_words", _("What is known")),
        ),
    ),
    Declaration(
        Kind.INDEX, "卷", Stage.END, "一人一档", (index_facts,), needs_case=False, compact=True
    ),
    Declaration(
        Kind.REQUEST,
        "申",
        Stage.RIGHTS,
        "个人信息保护法44至50",
        compact=True,
        needs_case=False,
        decision=True,
        asks=(words("asked_words", _("What is asked for")),),
    ),
)
_STAGES: Final = (Stage.BEGIN, Stage.COURSE, Stage.BREACH, Stage.END, Stage.RIGHTS)
# In the order of a case's life.
DECLARATIONS: Final[dict[Kind, Declaration]] = {
    declared.kind: declared
    for declared in sorted((*_FIRST, *MORE), key=lambda one: _STAGES.index(one.stage))
}
