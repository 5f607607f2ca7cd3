"""Facts of papers in the course of the order: assessment, help, leave, suspension."""

from django.utils import translation

from apps.assessments.codes import Standing
from apps.assessments.factors import FACTORS, PROTECTS
from apps.assessments.models import Assessment
from apps.cases.codes import SuspensionReason
from apps.cases.models import Leave, Suspension, TeamMember
from apps.documents.paper_words import day_words
from apps.documents.subject import Facts, Subject
from apps.law.dates import ONE_DAY
from apps.needs.models import Need

HELD = {SuspensionReason.DETAINED: "拘留", SuspensionReason.ARRESTED: "逮捕"}


def assessment(subject: Subject) -> Facts:
    """The latest one that was decided; without one the factors alone, to fill in by hand."""
    rows = Assessment.objects.visible_to(subject.by).filter(
        person=subject.person, standing=Standing.IN_FORCE
    )
    newest = rows.select_related("assessor", "decided_by", "told_by", "level_record").newest_first()
    found: Assessment | None = newest.first()
    with translation.override("zh-hans"):
        return _factors(found) | (_decision(found) if found else {})


def _factors(found: Assessment | None) -> Facts:
    filled = found.filled if found else {"answers": {}, "words": {}}
    facts: Facts = {}
    for number, (code, factor) in enumerate(FACTORS.items(), 1):
        answer = factor.answer(filled["answers"].get(code, ""))
        facts |= {
            f"factor_{number}_label": str(factor.label),
            f"factor_{number}_answer": str(answer.label) if answer else "",
            f"factor_{number}_words": filled["words"].get(code, ""),
        }
    return facts


def _decision(found: Assessment) -> Facts:
    protects = [str(PROTECTS[code]) for code in found.filled["protects"]]
    told = f"{day_words(found.told_on)}，{found.get_told_how_display()}" if found.told_on else ""
    objection = f"{day_words(found.objected_on)}提出：{found.objection}" if found.objection else ""
    return {
        "assessed_on": day_words(found.assessed_on),
        "assessor": found.who,
        "valid_until": day_words(found.speaks_until),
        "proposed": str(found.get_proposed_display()) if found.proposed else "",
        "tier": str(found.get_risk_level_display()),
        "tier_by": str(found.decided_by or ""),
        "tier_reason": found.reason,
        "protects_words": "、".join(protects),
        "told_words": told,
        "objection_words": objection,
    }


def helps(subject: Subject) -> Facts:
    """Every need with its referral and how it ended, the oldest first."""
    rows = Need.objects.visible_to(subject.by).filter(person=subject.person)
    facts: Facts = {"team_names": "、".join(member.name for member in _team(subject))}
    with translation.override("zh-hans"):
        for number, need in enumerate(rows.order_by("said_on", "pk"), 1):
            ended = f"{need.get_outcome_display()} {need.closed_on}" if need.closed_on else "办理中"
            facts |= {
                f"help_{number}_on": day_words(need.said_on),
                f"help_{number}_kind": str(need.get_kind_display()),
                f"help_{number}_words": need.words,
                f"help_{number}_to": need.referred_to,
                f"help_{number}_outcome": ended if need.closed_on else "办理中",
            }
    return facts


def _team(subject: Subject) -> list[TeamMember]:
    if subject.case is None:
        return []
    rows = TeamMember.objects.visible_to(subject.by).agreed_on(subject.day)
    rows = rows.filter(case=subject.case, left_on=None)
    return list(rows.order_by("-is_lead", "joined_on", "pk"))


def leave(subject: Subject) -> Facts:
    """The written report of the leave that lasts or lies ahead."""
    rows = Leave.objects.visible_to(subject.by).filter(
        case=subject.case, withdrawn_at=None, last_day__gte=subject.day
    )
    last = rows.order_by("starts_on").first()
    if last is None:
        return {}
    return {
        "destination": last.destination,
        "leave_from": last.starts_on.isoformat(),
        "leave_until": last.until_on.isoformat(),
    }


def suspension(subject: Subject) -> Facts:
    """条例 art. 24: the last suspension on file."""
    rows = Suspension.objects.visible_to(subject.by).filter(case=subject.case, withdrawn_at=None)
    last = rows.order_by("-starts_on").first()
    if last is None:
        return {}
    return {
        "suspension_reason": HELD[SuspensionReason(last.reason)],
        "suspended_on": day_words(last.starts_on),
        "held_paper": last.note,
        # The last day of the suspension is the day before the order goes on.
        "released_on": day_words(last.ended_on and last.ended_on + ONE_DAY),
        "continues_on": day_words(last.ended_on and last.ended_on + ONE_DAY),
    }
