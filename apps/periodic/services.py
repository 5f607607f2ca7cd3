"""Freeze a report, correct it, send it upwards, answer it; what is asked for, and in which form."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import Area, Level, place_of
from apps.core.days import today
from apps.core.once import once
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.core.text import full_day
from apps.periodic import notices
from apps.periodic.codes import Answer, Every
from apps.periodic.forms_of_offices import ReportForm, form_for, named_in, unknown_in
from apps.periodic.models import (
    FrozenFigure,
    PeriodicReport,
    ReportRule,
    ReportSending,
    ReportTemplate,
)
from apps.periodic.rules import FIRST_YEAR, MOST_DAYS, is_whole
from apps.persons.figures import Period
from apps.reports.breakdown import rows_behind
from apps.reports.indicators import FIGURES

ABOVE: Final = (Level.COUNTY, Level.CITY, Level.PROVINCE)


def period_for(unit: Area, first: date, last: date) -> Period:
    """What a report counts: facts as at its last day, sealed help included, for it names nobody."""
    return Period(unit, first, last, last, knows_sealed=True)


@transaction.atomic
@once(PeriodicReport, target="area", page="periodic:report")
def freeze_report(
    *, area: Area, by: User, client_uuid: UUID, every: str, first: date, last: date,
    reason: str = "",
) -> PeriodicReport:  # fmt: skip
    """Keep the figures of these days as they are now, with the rows behind them. What was frozen
    before needs a reason, and stays beside its correction.
    """
    unit = area.today
    _refuse_stranger(unit, by)
    refuse_days(every, first, last)
    _one_at_a_time(unit)
    earlier = PeriodicReport.objects.made_by(unit).of_days(every, first, last).newest().first()
    if earlier is not None and not reason:
        words = _("This report was frozen on %(day)s. Correct it, and say why.")
        raise Refused(words % {"day": full_day(earlier.recorded_at)}, field="reason")
    form = form_for(unit, every)
    row = PeriodicReport(
        client_uuid=client_uuid, every=every, first=first, last=last, recorded_by=by,
        version=earlier.version + 1 if earlier else 1, replaces=earlier,
        reason=reason, codes=list(form.codes),
        columns=list(form.columns), **_own_words(form), **place_of(unit),
    )  # fmt: skip
    save_or_refuse(row)
    FrozenFigure.objects.bulk_create(_figures(row, period_for(unit, first, last), form))
    return row


def _one_at_a_time(unit: Area) -> None:
    """Two at once would each be the first version, or send what the other replaces. The lock is of
    the county: reports themselves are nobody's to change, and so nobody's to lock.
    """
    Area.objects.select_for_update(no_key=True).get(pk=place_of(unit)["county"].pk)


def _own_words(form: ReportForm) -> dict[str, str]:
    """Nothing of the standard form: it is read in the reader's language."""
    if form.source is None:
        return {}
    return {"title": form.title, "opening": form.opening, "closing": form.closing}


def refuse_days(every: str, first: date, last: date) -> None:
    """Days that are not over can still change; a month is a whole month."""
    if last < first:
        raise Refused(_("The last day lies before the first."), field="last")
    if first.year < FIRST_YEAR:
        words = _("There was no such duty before %(year)s.")
        raise Refused(words % {"year": FIRST_YEAR}, field="first")
    if last >= today():
        raise Refused(_("A report is frozen when its last day is over."), field="last")
    if last - first >= timedelta(days=MOST_DAYS):
        raise Refused(_("A report covers two years at most."), field="last")
    if not is_whole(every, first, last):
        raise Refused(_("These days are no whole period of this kind."), field="first")


def _figures(row: PeriodicReport, period: Period, form: ReportForm) -> list[FrozenFigure]:
    """What is not zero; the rest needs no row."""
    return [
        FrozenFigure(
            report=row, code=one.code, unit_id=one.unit, number=one.n, behind=one.behind,
            behind_done=one.behind_done, behind_left=one.behind_left, rows=sorted(one.rows),
            whole=one.whole if FIGURES[one.code].done else None,
            done=sorted(one.done) if FIGURES[one.code].done else None,
        )
        for one in rows_behind(period, form.figures) if one.n or one.whole or one.rows
    ]  # fmt: skip


@transaction.atomic
def send_report(*, report: PeriodicReport, by: User) -> ReportSending:
    """To the unit above; a version goes once."""
    _one_at_a_time(report.unit)
    row: PeriodicReport = PeriodicReport.objects.get(pk=report.pk)
    _refuse_stranger(row.unit, by)
    _refuse_replaced(row)
    if ReportSending.objects.filter(report=row).exists():
        raise Refused(_("This version was sent already."))
    receiver = receiver_of(row.unit)
    if receiver is None:
        raise Refused(_("There is no unit above this one."))
    if receiver.level != Level.COUNTY and row.every != Every.MONTH:
        # Its readers see masked numbers: a quarter less two months would tell the third.
        raise Refused(_("Months alone go to the province: other spans would tell small numbers."))
    sending = ReportSending(report=row, receiver=receiver, sent_by=by)
    save_or_refuse(sending)
    notices.tell_sent(sending, by)
    return sending


def receiver_of(unit: Area) -> Area | None:
    """The county of a town, the province of a county: offices, and no levels of codes alone."""
    above = unit.above
    while above is not None and (above.is_pseudo or above.level not in ABOVE):
        above = above.above
    return above


@transaction.atomic
def answer_report(
    *, report: PeriodicReport, by: User, answer: str, remarks: str = ""
) -> ReportSending:
    """Accepted, or sent back with what is to be mended; the answer stands."""
    _one_at_a_time(report.unit)
    row: PeriodicReport = PeriodicReport.objects.get(pk=report.pk)
    sending = ReportSending.objects.select_for_update().filter(report=row).first()
    if sending is None or not answers(by, sending):
        raise Refused(_("This report was not sent to your unit."))
    if sending.answer:
        raise Refused(_("This report was answered already."))
    _refuse_replaced(row)
    if sending.sent_by_id == by.pk:
        raise Refused(_("Somebody else answers a report."))
    if answer == Answer.SENT_BACK and not remarks:
        raise Refused(_("Say what is to be mended."), field="remarks")
    sending.answer, sending.remarks = answer, remarks
    sending.answered_by, sending.answered_at = by, timezone.now()
    save_or_refuse(sending)
    notices.tell_answered(sending, by)
    return sending


def answers(user: User, sending: ReportSending) -> bool:
    """Whether the user's own unit is the one it was sent to."""
    return user.area is not None and user.area.today.pk == sending.receiver.today.pk


@transaction.atomic
@once(ReportTemplate, target="area", page="")
def change_form(
    *, area: Area, by: User, client_uuid: UUID, every: str, title: str, opening: str,
    closing: str, codes: list[str], columns: list[str],
) -> ReportTemplate:  # fmt: skip
    """A form of the office's own; reports that are frozen keep theirs."""
    _refuse_stranger(area.today, by)
    for field, text in (("title", title), ("opening", opening), ("closing", closing)):
        if unknown := unknown_in(text):
            words = _("{{%(name)s}} means nothing here.") % {"name": unknown[0]}
            raise Refused(words, field=field)
    for field, text in (("opening", opening), ("closing", closing)):
        if untold := named_in(text) - {*codes}:
            words = _("{{%(name)s}} is none of the figures of the report.")
            raise Refused(words % {"name": min(untold)}, field=field)
    row = ReportTemplate(
        area=area.today, every=every, title=title, opening=opening, closing=closing, codes=codes,
        columns=[code for code in columns if code in codes], client_uuid=client_uuid,
        recorded_by=by,
    )  # fmt: skip
    save_or_refuse(row)
    return row


@transaction.atomic
@once(ReportRule, target="area", page="")
def ask_for_reports(
    *, area: Area, by: User, client_uuid: UUID, level: str, every: str, due_days: int,
    first_day: date, basis: str = "",
) -> ReportRule:  # fmt: skip
    """From each unit of a level within the area, from the period of a day on."""
    _refuse_stranger(area.today, by)
    if every == Every.ANY:
        raise Refused(_("What comes round by itself has a length."), field="every")
    if level == Level.COUNTY and area.today.level in (Level.TOWN, Level.VILLAGE):
        raise Refused(_("A town asks no county for reports."), field="level")
    row = ReportRule(
        area=area.today, level=level, every=every, due_days=due_days, first_day=first_day,
        basis=basis,
        client_uuid=client_uuid, recorded_by=by,
    )  # fmt: skip
    save_or_refuse(row)
    return row


@transaction.atomic
def end_rule(*, rule: ReportRule, by: User) -> ReportRule:
    """Periods that end from today on are not asked for; those before stay due."""
    row: ReportRule = ReportRule.objects.select_for_update(of=("self",)).get(pk=rule.pk)
    _refuse_stranger(row.area.today, by)
    if row.ended_on is not None:
        raise Refused(_("This report is no longer asked for."))
    row.ended_on, row.ended_by = today(), by
    save_or_refuse(row)
    return row


def _refuse_stranger(unit: Area, by: User) -> None:
    if by.area is None or not by.area.today.contains(unit):
        raise Refused(_("%(unit)s lies outside your area.") % {"unit": unit.name})


def _refuse_replaced(row: PeriodicReport) -> None:
    if PeriodicReport.objects.filter(replaces=row).exists():
        raise Refused(_("A later version of this report stands."))
