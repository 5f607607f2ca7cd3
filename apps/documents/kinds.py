"""Each kind of paper as one declaration: law, facts, questions, text."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.documents import end_facts as e
from apps.documents import facts as f
from apps.documents import guards as g
from apps.documents.asks import day, line, words
from apps.documents.codes import Kind
from apps.documents.declaration import LANGUAGES, Declaration, Stage
from apps.documents.filing import index_facts
from apps.documents.kinds_more import MORE
from apps.documents.meeting_facts import TALK_ASKS, VISIT_ASKS, talk, visit
from apps.documents.providers import demanded, provided

# Facts and the person's words come from the breach that was confirmed; only this is asked.
_BREACH = (words("asked_words", _("What the person is asked to do"), required=True),)
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
        asks=_NOTICE_ASKS,
        needs_case=False,
        guard=g.alive,
        languages=LANGUAGES,
    ),
    Declaration(
        Kind.HANDBOOK,
        "册",
        Stage.BEGIN,
        (f.handbook,),
        needs_case=False,
        guard=g.alive,
        languages=LANGUAGES,
        compact=True,
    ),
    Declaration(
        Kind.REPORT_NOTICE,
        "报",
        Stage.BEGIN,
        compact=True,
        asks=(line("report_place", _("Where to report"), initial="office"),),
        guard=g.not_reported,
    ),
    Declaration(
        Kind.AGREEMENT,
        "协",
        Stage.BEGIN,
        full_number=True,
        asks=(
            words("help_words", _("Help agreed upon")),
            line("contact_words", _("How contact is kept")),
        ),
        guard=g.reported,
    ),
    Declaration(Kind.TEAM, "组", Stage.BEGIN, (f.team,), compact=True, guard=g.with_team),
    Declaration(
        Kind.PLAN,
        "划",
        Stage.BEGIN,
        (f.needs,),
        compact=True,
        full_number=True,
        asks=(
            words("family_words", pgettext_lazy("told in a talk", "Family"), initial="household"),
            words("history_words", _("Rehabilitation and treatment before")),
            words("state_words", _("State now")),
            words("needs_words", _("Difficulties and needs"), initial="needs_words"),
            words("treatment_words", _("Treatment and referral")),
            words("counselling_words", _("Counselling and talks")),
            words("help_words", _("Help")),
            words("goal_words", _("Aims of this stage")),
            words("person_words", _("What the person says to it")),
        ),
        guard=g.reported,
    ),
    Declaration(
        Kind.TALK,
        "谈",
        Stage.COURSE,
        (talk,),
        compact=True,
        asks=TALK_ASKS,
        needs_case=False,
        guard=g.met("talk"),
    ),
    Declaration(
        Kind.VISIT,
        "访",
        Stage.COURSE,
        (visit,),
        compact=True,
        asks=VISIT_ASKS,
        needs_case=False,
        guard=g.met("visit"),
    ),
    Declaration(
        Kind.LEAVE,
        "外",
        Stage.COURSE,
        (f.leave,),
        compact=True,
        decision=True,
        asks=(
            line("destination", _("Where to"), initial="destination"),
            day("leaves_on", _("Leaves on"), initial="leave_from"),
            day("returns_on", _("Returns on"), initial="leave_until"),
            words("reason_words", _("Occasion")),
            line("away_contact", _("Can be reached at")),
        ),
        guard=g.in_force,
    ),
    Declaration(
        Kind.TRANSFER,
        "移",
        Stage.COURSE,
        (provided("transfer"),),
        compact=True,
        full_number=True,
        guard=demanded("transfer"),
        issued_at="transfers:person",
    ),
    Declaration(
        Kind.SUSPENSION,
        "中",
        Stage.COURSE,
        (f.suspension,),
        decision=True,
        full_number=True,
        asks=(
            line("paper_words", _("Paper of the authority (number, date)"), initial="held_paper"),
        ),
        guard=g.suspended,
    ),
    Declaration(
        Kind.CONTINUATION,
        "续",
        Stage.COURSE,
        (f.suspension, e.end_set),
        decision=True,
        asks=(day("meet_on", _("To get in touch by")),),
        guard=g.resumed,
    ),
    Declaration(
        Kind.ADMONITION,
        "劝",
        Stage.BREACH,
        (provided("breach"),),
        asks=_BREACH,
        decision=True,
        guard=demanded("breach"),
        issued_at="breaches:person",
    ),
    Declaration(
        Kind.WARNING,
        "诫",
        Stage.BREACH,
        (provided("breach"),),
        asks=_BREACH,
        decision=True,
        guard=demanded("breach after education"),
        issued_at="breaches:person",
    ),
    Declaration(
        Kind.RELEASE_PROPOSAL,
        "解",
        Stage.END,
        (f.police, e.term_end),
        compact=True,
        full_number=True,
        guard=g.near_end,
        asks=(
            words("summary_words", _("Course of the order")),
            words("help_words", _("Help given")),
        ),
    ),
    Declaration(
        Kind.COMPLETION,
        "满",
        Stage.END,
        (e.notice,),
        decision=True,
        guard=g.ended,
    ),
    Declaration(
        Kind.END_OF_CONTROL,
        "终",
        Stage.END,
        (f.police, e.clean),
        full_number=True,
        asks=(words("summary_words", _("What is known")),),
        guard=g.clean,
    ),
    Declaration(Kind.INDEX, "卷", Stage.END, (index_facts,), needs_case=False, compact=True),
    Declaration(
        Kind.REQUEST,
        "申",
        Stage.RIGHTS,
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
