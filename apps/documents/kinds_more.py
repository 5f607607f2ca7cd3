"""Further kinds: registers, letters to the police and to other places, the end of a file."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from apps.cases.codes import Ground
from apps.documents import course_facts as c
from apps.documents import facts as f
from apps.documents import guards as g
from apps.documents.asks import line, words
from apps.documents.codes import Kind
from apps.documents.declaration import Declaration, Stage
from apps.documents.providers import demanded, provided

MORE: Final = (
    Declaration(
        Kind.REGISTRATION, "记", Stage.BEGIN, (f.needs, c.registration),
        compact=True, full_number=True,
        asks=(words("needs_words", _("Difficulties and needs"), initial="needs_words"),),
        guard=g.reported,
    ),
    Declaration(
        Kind.RULES, "则", Stage.BEGIN, compact=True, guard=g.reported
    ),
    Declaration(
        Kind.HELP, "帮", Stage.COURSE, (c.helps,), compact=True,
        needs_case=False, guard=g.needed,
    ),
    Declaration(
        Kind.RISK, "评", Stage.COURSE, (c.assessment,), compact=True,
        needs_case=False, guard=g.assessed,
    ),
    Declaration(
        Kind.TIER_NOTICE, "级", Stage.COURSE, (c.assessment,), decision=True, compact=True,
        needs_case=False, guard=g.tier_in_force,
    ),
    Declaration(
        Kind.TWO_WAY, "函", Stage.COURSE, compact=True,
        full_number=True,
        asks=(
            line("to_unit", _("To which unit"), required=True),
            words("apart_words", _("Why the places differ")),
            words("assist_words", _("What the other unit is asked for")),
        ),
        guard=g.lives_elsewhere,
    ),
    Declaration(
        Kind.BREACH_REGISTER, "违", Stage.BREACH, (provided("breaches"),), compact=True,
        guard=demanded("breaches"),
    ),
    Declaration(
        Kind.BREACH_PROOF, "证", Stage.BREACH, (f.police, provided("breaches"), c.serious),
        full_number=True, compact=True,
        guard=g.all_of(g.reported, g.reported_for(Ground.SERIOUS)),
    ),
    Declaration(
        Kind.OVERDUE_PROOF, "逾", Stage.BREACH, (f.police, c.overdue), full_number=True,
        compact=True, guard=g.all_of(g.not_reported, g.reported_for(Ground.OVERDUE)),
        asks=(line("valid_words", _("A valid reason, if there is one")),),
    ),
    Declaration(
        Kind.TERMINATION, "止", Stage.END, (c.closure,), decision=True, full_number=True,
        compact=True, guard=g.terminated,
    ),
    Declaration(
        Kind.RELEASE_APPROVAL, "审", Stage.END, compact=True, full_number=True,
        guard=g.near_end,
        asks=(
            words("summary_words", _("Course of the order")),
            words("help_words", _("Help given")),
        ),
    ),
    Declaration(
        Kind.ARCHIVE, "归", Stage.END, (c.closure, c.contents), compact=True,
        guard=g.over,
        asks=(
            line("keep_words", _("How long it is kept")),
            line("shelf_words", _("Where it is kept")),
            words("note_words", _("Remarks")),
        ),
    ),
)  # fmt: skip
