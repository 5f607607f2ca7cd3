"""Each kind of paper as one declaration: law, facts, questions, text."""

from typing import Final

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from apps.cases.codes import Ground
from apps.documents import guards
from apps.documents.brought_in import demanded, provided
from apps.documents.codes import PaperKind
from apps.documents.declaring import LANGUAGES, Declaration, Stage, day, line, words
from apps.documents.facts import begin, course, end, help_letters, meetings, police
from apps.documents.file_index import index_facts

# Facts and the person's words come from the breach that was confirmed; only this is asked.
_BREACH = (words("asked_words", _("What the person is asked to do"), required=True),)
_RETENTION = (
    "签到明细保存至解除后一年；查阅和提供记录保存三年；案卷按照档案管理规定的期限保存。"
    "保存期满或者处理目的已经实现的，予以删除或者匿名化。依法封存的记录，"
    "不向任何单位和个人提供，法律另有规定的除外。"
)
_NOTICE_ASKS = (words("retention_words", _("How long data are kept"), text=_RETENTION),)

_PAPERS: Final = (
    Declaration(
        PaperKind.NOTICE,
        "知",
        Stage.BEGIN,
        asks=_NOTICE_ASKS,
        needs_case=False,
        guard=guards.alive,
        languages=LANGUAGES,
    ),
    Declaration(
        PaperKind.HANDBOOK,
        "册",
        Stage.BEGIN,
        (begin.handbook,),
        needs_case=False,
        guard=guards.alive,
        languages=LANGUAGES,
        compact=True,
    ),
    Declaration(
        PaperKind.REPORT_NOTICE,
        "报",
        Stage.BEGIN,
        compact=True,
        asks=(line("report_place", _("Where to report"), initial="office"),),
        guard=guards.not_reported,
    ),
    Declaration(
        PaperKind.AGREEMENT,
        "协",
        Stage.BEGIN,
        full_number=True,
        asks=(
            words("help_words", _("Help agreed upon")),
            line("contact_words", _("How contact is kept")),
        ),
        guard=guards.reported,
    ),
    Declaration(
        PaperKind.TEAM, "组", Stage.BEGIN, (begin.team,), compact=True, guard=guards.with_team
    ),
    Declaration(
        PaperKind.PLAN,
        "划",
        Stage.BEGIN,
        (begin.needs,),
        compact=True,
        full_number=True,
        asks=(
            words(
                "family_words",
                pgettext_lazy("subject of an interview", "Family"),
                initial="household",
            ),
            words("history_words", _("Rehabilitation and treatment before")),
            words("state_words", _("State now")),
            words("needs_words", _("Difficulties and needs"), initial="needs_words"),
            words("treatment_words", _("Treatment and referral")),
            words("counselling_words", _("Counselling and interviews")),
            words("help_words", _("Help")),
            words("goal_words", _("Aims of this stage")),
            words("person_words", _("What the person says to it")),
        ),
        guard=guards.reported,
    ),
    Declaration(
        PaperKind.REGISTRATION,
        "记",
        Stage.BEGIN,
        (begin.needs, begin.registration),
        compact=True,
        full_number=True,
        asks=(words("needs_words", _("Difficulties and needs"), initial="needs_words"),),
        guard=guards.reported,
    ),
    Declaration(PaperKind.RULES, "则", Stage.BEGIN, compact=True, guard=guards.reported),
    Declaration(
        PaperKind.TALK,
        "谈",
        Stage.COURSE,
        (meetings.talk,),
        compact=True,
        asks=meetings.TALK_ASKS,
        needs_case=False,
        guard=guards.met("talk"),
    ),
    Declaration(
        PaperKind.VISIT,
        "访",
        Stage.COURSE,
        (meetings.visit,),
        compact=True,
        asks=meetings.VISIT_ASKS,
        needs_case=False,
        guard=guards.met("visit"),
    ),
    Declaration(
        PaperKind.LEAVE,
        "外",
        Stage.COURSE,
        (course.leave,),
        compact=True,
        decision=True,
        asks=(
            line("destination", _("Where to"), initial="destination"),
            day("leaves_on", _("Leaves on"), initial="leave_from"),
            day("returns_on", _("Returns on"), initial="leave_until"),
            words("reason_words", _("Occasion")),
            line("away_contact", _("Can be reached at")),
        ),
        guard=guards.in_force,
    ),
    Declaration(
        PaperKind.TRANSFER,
        "移",
        Stage.COURSE,
        (provided("transfer"),),
        compact=True,
        full_number=True,
        guard=demanded("transfer"),
        issued_at="transfers:person",
    ),
    Declaration(
        PaperKind.SUSPENSION,
        "中",
        Stage.COURSE,
        (course.suspension,),
        decision=True,
        full_number=True,
        asks=(
            line("paper_words", _("Paper of the authority (number, date)"), initial="held_paper"),
        ),
        guard=guards.suspended,
    ),
    Declaration(
        PaperKind.CONTINUATION,
        "续",
        Stage.COURSE,
        (course.suspension, end.end_set),
        decision=True,
        asks=(day("meet_on", _("To get in touch by")),),
        guard=guards.resumed,
    ),
    Declaration(
        PaperKind.HELP,
        "帮",
        Stage.COURSE,
        (course.helps,),
        compact=True,
        needs_case=False,
        guard=guards.needed,
    ),
    Declaration(
        PaperKind.HELP_REFERRAL,
        "转",
        Stage.COURSE,
        (help_letters.letter,),
        needs_case=False,
        compact=True,
        full_number=True,
        outward=True,
        asks=(
            line("to_unit", _("To which unit"), required=True),
            words("state_words", _("Situation, without the reason for the measure")),
        ),
        guard=help_letters.of_running_help,
    ),
    Declaration(
        PaperKind.HELP_SUPPORT,
        "荐",
        Stage.COURSE,
        (help_letters.letter,),
        needs_case=False,
        compact=True,
        full_number=True,
        outward=True,
        asks=(
            line("to_unit", _("To which unit"), required=True),
            words("state_words", _("Hardship, without the reason for the measure"), required=True),
        ),
        guard=help_letters.of_running_help,
    ),
    Declaration(
        PaperKind.HELP_RECEIPT,
        "收",
        Stage.COURSE,
        (help_letters.receipt,),
        needs_case=False,
        compact=True,
        outward=True,
        guard=help_letters.of_standing_payment,
    ),
    Declaration(
        PaperKind.RISK,
        "评",
        Stage.COURSE,
        (course.assessment,),
        compact=True,
        needs_case=False,
        guard=guards.assessed,
    ),
    Declaration(
        PaperKind.TIER_NOTICE,
        "级",
        Stage.COURSE,
        (course.assessment,),
        decision=True,
        compact=True,
        needs_case=False,
        guard=guards.level_in_force,
    ),
    Declaration(
        PaperKind.TWO_WAY,
        "函",
        Stage.COURSE,
        compact=True,
        full_number=True,
        asks=(
            line("to_unit", _("To which unit"), required=True),
            words("apart_words", _("Why the places differ")),
            words("assist_words", _("What the other unit is asked for")),
        ),
        guard=guards.lives_elsewhere,
    ),
    Declaration(
        PaperKind.ADMONITION,
        "劝",
        Stage.BREACH,
        (provided("breach"),),
        asks=_BREACH,
        decision=True,
        guard=demanded("breach"),
        issued_at="breaches:person",
    ),
    Declaration(
        PaperKind.WARNING,
        "诫",
        Stage.BREACH,
        (provided("breach"),),
        asks=_BREACH,
        decision=True,
        guard=demanded("breach after education"),
        issued_at="breaches:person",
    ),
    Declaration(
        PaperKind.BREACH_REGISTER,
        "违",
        Stage.BREACH,
        (provided("breaches"),),
        compact=True,
        guard=demanded("breaches"),
    ),
    Declaration(
        PaperKind.BREACH_PROOF,
        "证",
        Stage.BREACH,
        (police.police, provided("breaches"), police.serious),
        full_number=True,
        compact=True,
        guard=guards.all_of(guards.reported, guards.reported_for(Ground.SERIOUS)),
    ),
    Declaration(
        PaperKind.OVERDUE_PROOF,
        "逾",
        Stage.BREACH,
        (police.police, police.overdue),
        full_number=True,
        compact=True,
        guard=guards.all_of(guards.not_reported, guards.reported_for(Ground.OVERDUE)),
        asks=(line("valid_words", _("A valid reason, if there is one")),),
    ),
    Declaration(
        PaperKind.RELEASE_PROPOSAL,
        "解",
        Stage.END,
        (police.police, end.term_end),
        compact=True,
        full_number=True,
        guard=guards.near_end,
        asks=(
            words("summary_words", _("Course of the order")),
            words("help_words", _("Help given")),
        ),
    ),
    Declaration(
        PaperKind.COMPLETION, "满", Stage.END, (end.notice,), decision=True, guard=guards.ended
    ),
    Declaration(
        PaperKind.END_OF_CONTROL,
        "终",
        Stage.END,
        (police.police, end.abstinent),
        full_number=True,
        asks=(words("summary_words", _("What is known")),),
        guard=guards.abstinent,
    ),
    Declaration(PaperKind.INDEX, "卷", Stage.END, (index_facts,), needs_case=False, compact=True),
    Declaration(
        PaperKind.TERMINATION,
        "止",
        Stage.END,
        (end.closure,),
        decision=True,
        full_number=True,
        compact=True,
        guard=guards.terminated,
    ),
    Declaration(
        PaperKind.RELEASE_APPROVAL,
        "审",
        Stage.END,
        compact=True,
        full_number=True,
        guard=guards.near_end,
        asks=(
            words("summary_words", _("Course of the order")),
            words("help_words", _("Help given")),
        ),
    ),
    Declaration(
        PaperKind.ARCHIVE,
        "归",
        Stage.END,
        (end.closure, end.contents),
        compact=True,
        guard=guards.over,
        asks=(
            line("keep_words", _("How long it is kept")),
            line("shelf_words", _("Where it is kept")),
            words("note_words", _("Remarks")),
        ),
    ),
    Declaration(
        PaperKind.REQUEST,
        "申",
        Stage.RIGHTS,
        compact=True,
        needs_case=False,
        decision=True,
        asks=(words("asked_words", _("What is asked for")),),
    ),
)
# In the order of a case's life.
DECLARATIONS: Final[dict[PaperKind, Declaration]] = {
    declared.kind: declared for declared in _PAPERS
}
