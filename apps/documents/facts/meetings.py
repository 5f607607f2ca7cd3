"""Facts of a visit or interview on file, for the record on paper; answers can still be changed."""

from django.utils import translation
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from apps.core.days import SHANGHAI
from apps.documents.declaring import words
from apps.documents.paper_words import day_words
from apps.documents.subject import Facts, Subject
from apps.needs.models import Need
from apps.visits.codes import MeetingKind, MeetingWay
from apps.visits.models import Meeting

HEARD = (
    words("state_words", _("State and mood"), initial="meeting_state"),
    words(
        "family_words", pgettext_lazy("subject of an interview", "Family"), initial="meeting_family"
    ),
    words("work_words", _("Work and living"), initial="meeting_work"),
    words("difficulty_words", _("Biggest difficulty now"), initial="meeting_difficulty"),
)
TALK_ASKS = (
    words("topic_words", _("Occasion")),
    *HEARD,
    words("content_words", _("What was said"), initial="meeting_note"),
    words("wish_words", _("What the person says and asks"), initial="meeting_needs"),
    words("next_words", _("What comes next"), initial="meeting_help"),
)
VISIT_ASKS = (
    *HEARD,
    words("wish_words", _("Help that is needed"), initial="meeting_needs"),
    words("opinion_words", _("Opinion about the office's work"), initial="meeting_opinion"),
    words("other_words", _("Other"), initial="meeting_note"),
    words("next_words", _("Help given, and what comes next"), initial="meeting_help"),
)
WAYS = {MeetingWay.IN_PERSON: "当面", MeetingWay.PHONE: "电话", MeetingWay.VIDEO: "视频"}


def talk(subject: Subject) -> Facts:
    return _facts(subject, MeetingKind.TALK)


def visit(subject: Subject) -> Facts:
    return _facts(subject, MeetingKind.VISIT)


def _facts(subject: Subject, kind: str) -> Facts:
    """Of the record that the address names, else of the newest one."""
    found = _record(subject, kind)
    if found is None:
        return {}
    with translation.override("zh-hans"):
        return _who(found) | {
            "met_on": day_words(found.day),
            "met_at": _place(found),
            "way_words": WAYS[MeetingWay(found.way)],
            "meeting_state": found.state_words,
            "meeting_family": found.family_words,
            "meeting_work": found.work_words,
            "meeting_difficulty": found.difficulty_words,
            "meeting_opinion": found.opinion_words,
            "meeting_help": found.help_words,
            "meeting_note": found.note,
            "second_words": found.second_visitor,
            "meeting_needs": _needs(subject, found),
        }


def _record(subject: Subject, kind: str) -> Meeting | None:
    rows = Meeting.objects.visible_to(subject.by).done().select_related("contact", "person")
    rows = rows.filter(person=subject.person, kind=kind)
    if subject.record is not None:
        rows = rows.filter(public_id=subject.record)
    found: Meeting | None = rows.order_by("-occurred_at", "-pk").first()
    return found


def _place(found: Meeting) -> str:
    moment = found.occurred_at.astimezone(SHANGHAI)
    return f"{found.get_place_display()}（{moment:%H:%M}）"


def _who(found: Meeting) -> Facts:
    """Whom they met, the relation, and whether the person was there."""
    names, relations = [], []
    if found.met_person:
        names.append(found.person.name)
        relations.append("本人")
    if found.contact is not None:
        names.append(found.contact.name)
        relations.append(str(found.contact.get_relation_display()))
    return {
        "who_words": "、".join(names),
        "relation_words": "、".join(relations),
        "found_words": "见到本人" if found.met_person else "未见到本人",
    }


def _needs(subject: Subject, found: Meeting) -> str:
    rows = Need.objects.visible_to(subject.by).filter(source_id=found.public_id).order_by("pk")
    return "；".join(
        f"{need.get_kind_display()}：{need.words}" if need.words else str(need.get_kind_display())
        for need in rows
    )
