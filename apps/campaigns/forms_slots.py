"""Shapes of what is posted about sites, slots and who is given which."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _, ngettext

from apps.areas.fields import AreaField
from apps.audit.act_page import ActForm, OnceForm
from apps.campaigns.clock_field import ClockField
from apps.campaigns.codes import MOST_AT_ONCE
from apps.campaigns.models import CampaignSite, CampaignSlot, CampaignTarget
from apps.campaigns.services import (
    Assigned,
    add_site,
    add_slots,
    call_off_slots,
    give_slots,
    move_target,
    note_second_call,
    tell_target,
)
from apps.core.choosing import Choice, OneOf
from apps.core.form_fields import DayField, TextField
from apps.core.text import short_day
from apps.drugtests.chain import ToldHow
from apps.drugtests.codes import TestPlace
from apps.persons.codes import Sex


class SiteForm(OnceForm):
    """`target` is the campaign."""

    name = TextField(label=_("Site"), max_length=60, help_text=_("As the notice names it."))
    area = AreaField(label=_("Unit"), help_text=_("Whose persons come here."))
    place = Choice(label=_("Where"), choices=TestPlace.choices)
    address = TextField(label=_("Address"), max_length=120)
    room = TextField(
        label=_("Private room or car"), max_length=60,
        help_text=_("Where one person at a time is out of everybody's sight."),
    )  # fmt: skip
    collector = TextField(label=_("Collector"), max_length=60)
    collector_sex = Choice(label=_("Sex of the collector"), choices=Sex.choices)
    second_collector = TextField(label=_("Second collector"), max_length=60)
    second_sex = Choice(
        label=_("Sex of the second collector"), choices=Sex.choices,
        help_text=_("A woman's urine is collected by women only."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].bind(self.target.area)  # type: ignore[attr-defined]

    def perform(self) -> CampaignSite:
        return add_site(campaign=self.target, by=self.user, **self.cleaned_data)


class SlotsForm(ActForm):
    """`target` is the site."""

    day = DayField(label=_("Day"))
    first = ClockField(label=_("From"))
    until = ClockField(label=_("To"))
    minutes = forms.IntegerField(label=_("Minutes for each"), min_value=5, max_value=240)
    places = forms.IntegerField(
        label=_("Persons at once"), min_value=1, max_value=MOST_AT_ONCE,
        help_text=_("As many as the room takes without anybody meeting."),
    )  # fmt: skip

    def perform(self) -> int:
        return add_slots(site=self.target, by=self.user, **self.cleaned_data)


class CallOffForm(ActForm):
    """`target` is the site."""

    day = DayField(label=_("Day"))

    def perform(self) -> int:
        return call_off_slots(site=self.target, by=self.user, **self.cleaned_data)


class GiveForm(ActForm):
    """`target` is the campaign; there is nothing to fill in."""

    def perform(self) -> Assigned:
        return give_slots(campaign=self.target, by=self.user)


class OneSlot(OneOf):
    """Day, time, place, and how many places are left."""

    def label_from_instance(self, slot: Any) -> str:
        free = ngettext("%(n)s place", "%(n)s places", slot.free) % {"n": slot.free}
        return f"{short_day(slot.day)} {slot.times} · {slot.site.name} · {free}"


def _free_slots(target: CampaignTarget) -> Any:
    rows = CampaignSlot.objects.filter(site__campaign_id=target.campaign_id).with_room()
    return rows.exclude(pk=target.slot_id).in_order()


class MoveForm(ActForm):
    """`target` is the row of the list."""

    slot = OneSlot(CampaignSlot.objects.none(), label=_("Slot"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slot"].queryset = _free_slots(self.target)  # type: ignore[attr-defined]

    def perform(self) -> CampaignTarget:
        return move_target(target=self.target, by=self.user, **self.cleaned_data)


class TellForm(ActForm):
    """`target` is the row of the list."""

    how = Choice(label=_("How it was told"), choices=ToldHow.choices)

    def perform(self) -> CampaignTarget:
        return tell_target(target=self.target, by=self.user, **self.cleaned_data)


class CallForm(ActForm):
    """`target` is the row of the list. Where there are slots, a later one is the day."""

    sometimes = ("slot", "on")
    slot = OneSlot(
        CampaignSlot.objects.none(), label=_("Slot"), required=False,
        help_text=_("A later one, where the campaign has slots."),
    )  # fmt: skip
    on = DayField(
        label=_("Second call for"), required=False,
        help_text=_("The day, where no slot is chosen."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        later = _free_slots(self.target)
        if self.target.slot is not None:
            later = later.filter(begins__gt=self.target.slot.begins)
        self.fields["slot"].queryset = later  # type: ignore[attr-defined]

    def perform(self) -> CampaignTarget:
        return note_second_call(target=self.target, by=self.user, **self.cleaned_data)
