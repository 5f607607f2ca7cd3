"""Assessments to make as lines of Today."""

from typing import Final

from django.utils.translation import gettext as _, gettext_lazy

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.assessments.lines import FIRST_WITHIN, assess_heads, persons_to_assess
from apps.core.text import day_text
from apps.persons.models import Person
from apps.schedule.scope import Scope
from apps.schedule.waiting_lines import Line, OtherHead, WaitingHeads

ASSESS: Final = "assess"


def to_assess_on(scope: Scope) -> list[OtherHead]:
    """Assessments that the user is to make, of the own scope or of one unit in it; one query."""
    rows = scope.ask("assess", lambda asked: persons_to_assess(asked.of(Person), asked.day))
    found = assess_heads(rows, scope.day)
    return [
        OtherHead(
            ASSESS, head.public_id, head.person_id, head.village_id, head.sort_key, head.due_on,
            head.state, head.reason, day_text(head.valid_until) if head.valid_until else "",
        )
        for head in found
    ]  # fmt: skip


def _assess_words(head: OtherHead) -> str:
    return {
        "never": _("Never assessed since the order came here"),
        "ended": _("The last assessment ended on %(day)s"),
        "soon": _("The assessment ends on %(day)s"),
        "event": _("Something has happened since the last assessment"),
        "waiting": _("Assessed; waits for the supervisor"),
    }[head.reason] % {"day": head.words}


def _explain(head: OtherHead, _user: User) -> tuple[list[str], str]:
    counted = {
        "never": _("Within %(n)s days after the order came here somebody looks.")
        % {"n": FIRST_WITHIN.days},
        "event": _("An event stands in the file that no assessment has answered."),
        "waiting": _("The proposed tier holds once a supervisor has decided."),
    }
    ended = _("Each tier speaks for the months that the table of assessments names.")
    basis = _("No article fixes how often: the table of assessments of the office does")
    return [counted.get(head.reason, ended)], basis


PARTS: Final = (
    WaitingHeads(heads=to_assess_on),
    # One that waits for the supervisor is not made once more.
    Line(
        kind=ASSESS, title=gettext_lazy("Assessment"), url_name="assessments:create",
        permission=Permission.TIER_DECIDE, waiting_permission=Permission.APPROVE,
        act=gettext_lazy("Assess"), why=_assess_words, explain=_explain,
    ),
)  # fmt: skip
