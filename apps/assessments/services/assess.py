"""Assess a person; a risk level that rises to high waits for a supervisor."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.approvals.facts import Facts
from apps.approvals.services import propose
from apps.areas.models import place_ids
from apps.assessments.codes import Origin, Standing
from apps.assessments.factors import FACTORS, PROTECTS
from apps.assessments.models import Assessment
from apps.assessments.proposals import suggest
from apps.assessments.saying import said_in_words
from apps.assessments.services.validity import hold_numbers, last_day
from apps.audit.acting import acting
from apps.cases.codes import LevelSource, RiskLevel
from apps.cases.current_order import asks_nothing, current_case
from apps.cases.models import Case, RiskLevelRecord
from apps.cases.services import set_risk_level
from apps.core.days import today
from apps.core.once import once
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.core.text import mark
from apps.ledgers.cells import same_words
from apps.needs.models import NeedKind, NeedSource, SaidBy, Urgency
from apps.needs.raised import RaisedNeed, needs_sent, needs_stored
from apps.needs.services import record_need
from apps.persons.codes import LifeStatus
from apps.persons.models import Person

ARTICLE = "PIPL 24"
SELF_HARM = "self_harm"
# Kept on the record, in the language of the office.
SELF_HARM_WORDS = "评估中发现自伤迹象"


@transaction.atomic
@once(
    Assessment,
    target="person",
    called={"on": "assessed_on"},
    sent_words=lambda given: [
        *said_in_words(
            given["answers"], given["words"] or {}, given["protects"], given["protect_words"]
        ),
        *needs_sent(given),
    ],
    stored_words=lambda row: [*said_in_words(**row.filled), *needs_stored(row)],
)
def record_assessment(
    *,
    person: Person,
    by: User,
    on: date,
    answers: Mapping[str, str],
    protects: list[str],
    risk_level: str,
    reason: str,
    words: Mapping[str, str] | None = None,
    protect_words: str = "",
    needs: Sequence[RaisedNeed] = (),
    client_uuid: UUID | None = None,
) -> Assessment:
    """What was seen, what the rule proposes, what the worker decides and why; and the help that is
    needed, which is opened whatever becomes of the level.

    The same tap twice is one assessment. High waits for a supervisor unless one assesses, or the
    person is high already.
    """
    locked = _lock(person)
    _refuse_incomplete(locked, on, answers, protects, risk_level, reason)
    found = suggest(answers, protects)
    row = Assessment(
        person=locked, assessed_on=on, assessor=by, recorded_by=by, risk_level=risk_level,
        proposed=found.risk_level, reason=reason.strip(), standing=Standing.WAITING,
        content=_content(answers, words or {}, protects, protect_words), **place_ids(locked),
    )  # fmt: skip
    if client_uuid:
        row.client_uuid = client_uuid
    if needs_approval(locked, risk_level, by):
        with acting(by):
            save_or_refuse(row)
        _open_needs(row, answers, needs)
        propose(
            kind="assessment", person=locked, subject=row.public_id, by=by, reason=row.reason,
            facts={"answers": dict(answers), "protects": list(protects)},
        )  # fmt: skip
        return row
    put_in_force(row, by, on=on)
    _open_needs(row, answers, needs)
    return row


@transaction.atomic
def bring_in_assessment(
    *, person: Person, by: User, on: date, risk_level: str, reason: str, assessor_words: str = ""
) -> tuple[Assessment, bool]:
    """A line of an office's ledger of assessments: decided there, on paper, by whom it names.

    Whether it is new; a different decision of the same day is refused, never overwritten.
    """
    locked = _lock(person)
    known = locked.assessments.filter(assessed_on=on).order_by("pk").first()
    if known is not None:
        if known.risk_level != risk_level or not same_words(known.reason, reason):
            raise Refused(_("Another assessment of this day is on file."))
        return known, False
    row = Assessment(
        person=locked, origin=Origin.LEDGER, assessed_on=on, recorded_by=by, risk_level=risk_level,
        reason=reason.strip(), assessor_words=assessor_words.strip(), **place_ids(locked),
    )  # fmt: skip
    return put_in_force(row, by, on=on, decided_elsewhere=True), True


@transaction.atomic
def put_in_force(
    row: Assessment, by: User, *, on: date | None = None, decided_elsewhere: bool = False
) -> Assessment:
    """The level follows from today, or from the day of the assessment where nobody had to approve.

    Its validity counts from the day on which the person was assessed.
    """
    on = on or today()
    if not decided_elsewhere:
        _refuse_after_all(row.person, on)
    until = last_day(row.person, row.risk_level, row.assessed_on)
    if until < on:
        raise Refused(_("This assessment has ended. Assess the person anew."))
    level = set_risk_level(
        person=row.person, risk_level=row.risk_level, source=LevelSource.ASSESSED, by=by, on=on,
        reason=row.reason, valid_until=until, decided_elsewhere=decided_elsewhere,
    )  # fmt: skip
    if Assessment.objects.filter(level_record=level).exists():
        raise Refused(_("You have assessed the person today with this level and reason already."))
    row.level_record = level
    row.standing, row.decided_by, row.valid_until = Standing.IN_FORCE, by, until
    with acting(by):
        save_or_refuse(row)
    return row


@transaction.atomic
def send_back(row: Assessment, by: User, reason: str) -> Assessment:
    """Not approved: the risk level stays as it was."""
    row.standing, row.decided_by = Standing.REJECTED, by
    with acting(by, reason):
        save_or_refuse(row)
    return row


def needs_approval(person: Person, risk_level: str, by: User) -> bool:
    """Up to high: a supervisor decides, unless an assessment holds the person there already."""
    if risk_level != RiskLevel.HIGH or by.may(Permission.APPROVE):
        return False
    current: RiskLevelRecord | None = person.risk_levels.latest_on(today()).first()
    return current is None or current.risk_level != RiskLevel.HIGH or current.is_stale_on(today())


def _open_needs(row: Assessment, answers: Mapping[str, str], needs: Sequence[RaisedNeed]) -> None:
    """Signs of self-harm ask for help at once, whatever the level: the need stands in Today."""
    harm = answers.get("mind") == SELF_HARM
    for need in needs:
        at_once = harm and need.kind == NeedKind.COUNSELLING
        _open(row, replace(need, urgency=Urgency.URGENT) if at_once else need)
    urgent = row.person.needs.filter(
        source=NeedSource.ASSESSMENT, kind=NeedKind.COUNSELLING, urgency=Urgency.URGENT,
        closed_on=None,
    )  # fmt: skip
    if harm and not urgent.exists():
        words = SELF_HARM_WORDS
        _open(row, RaisedNeed(NeedKind.COUNSELLING, Urgency.URGENT, SaidBy.WORKER, words))


def _open(row: Assessment, need: RaisedNeed) -> None:
    record_need(
        person=row.person, by=row.recorded_by, kind=need.kind, urgency=need.urgency,
        said_by=need.said_by, said_on=row.assessed_on, words=need.words,
        source=NeedSource.ASSESSMENT, source_id=row.public_id, case=_open_case(row),
    )  # fmt: skip


def _open_case(row: Assessment) -> Case | None:
    return current_case(row.person.cases.order_by("pk"), row.assessed_on)


def facts_in_words(facts: Facts) -> str:
    """For the inbox: what weighs, then what protects."""
    found = suggest(facts["answers"], facts["protects"])
    weighing = mark(";").join(
        mark(":").join(str(part) for part in fact.words) for fact in found.facts
    )
    helping = mark("list").join(str(word) for word in found.protecting_words)
    return _("Weighs: %(facts)s. Protects: %(helps)s.") % {
        "facts": weighing or _("nothing"),
        "helps": helping or _("nothing found"),
    }


def _lock(person: Person) -> Person:
    hold_numbers()
    locked: Person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    return locked


def _refuse_incomplete(
    person: Person,
    on: date,
    answers: Mapping[str, str],
    protects: list[str],
    risk_level: str,
    reason: str,
) -> None:
    if on > today():
        raise Refused(_("The day lies in the future."), field="on")
    _refuse_after_all(person, on)
    for code, factor in FACTORS.items():
        if factor.answer(answers.get(code, "")) is None:
            raise Refused(
                _("Not answered: %(factor)s.") % {"factor": factor.label}, field=f"a_{code}"
            )
    if not protects or not set(protects) <= set(PROTECTS) or ("none" in protects and protects[1:]):
        raise Refused(
            _("Say what protects the person, or that nothing was found."), field="protects"
        )
    if risk_level not in RiskLevel.values:
        raise Refused(_("Decide on a risk level."), field="risk_level")
    if not is_reason(reason):
        raise Refused(
            _("A risk level is decided for a reason, and the person is notified of it: enter it."),
            ARTICLE,
            field="reason",
        )


def _refuse_after_all(person: Person, on: date) -> None:
    """Nobody is judged of whom nothing is asked."""
    if person.life_status == LifeStatus.DECEASED:
        raise Refused(_("Nobody assesses a person who has died."))
    if asks_nothing(person, person.cases.order_by("pk"), on):
        raise Refused(
            _("Nothing is asked of the person any more, so nobody is assessed."),
            _("Drug Rehabilitation Regulation, arts. 7, 23 and 40"),
        )


def _content(
    answers: Mapping[str, str], words: Mapping[str, str], protects: list[str], protect_words: str
) -> str:
    said = {code: text.strip() for code, text in words.items() if text.strip()}
    facts: dict[str, Any] = {
        "answers": {code: answers[code] for code in FACTORS},
        "words": said,
        "protects": [code for code in PROTECTS if code in protects],
        "protect_words": protect_words.strip(),
    }
    return json.dumps(facts, ensure_ascii=False)
