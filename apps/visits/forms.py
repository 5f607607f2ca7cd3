"""Shapes of what is posted; the rules are the services'."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from apps.contacts.codes import NotDoneReason
from apps.contacts.forms import CorrectionFields
from apps.core.choosing import NOTHING, Choice, OneOf, TypedChoice
from apps.core.days import SHANGHAI
from apps.core.fields import uuid7
from apps.core.form_fields import DayField, MomentField, TextField
from apps.needs.forms import NeedFields
from apps.persons.models import Contact, Person
from apps.visits.codes import MeetingKind, MeetingPlace, MeetingWay
from apps.visits.models import Meeting
from apps.visits.services import MeetingWords

# What a tap on "Not done" says: why, and how it was tried.
TRIES = [(f"{reason}:{way}", "") for reason in NotDoneReason for way in MeetingWay]


def _words(label: Any, rows: int = 2, **options: Any) -> TextField:
    options = {"required": False, "max_length": 2000} | options
    return TextField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **options)


class ContactChoice(OneOf):
    """People whom the person agreed to, by name and relation."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} · {obj.get_relation_display()}"


class MeetingFacts(forms.Form):
    """What a meeting was: shared by the new record and the correction. Five fields are required:
    when, where, how or who was met, and the state in words."""

    sometimes: tuple[str, ...] = ("contact",)

    met_person = TypedChoice(
        label=_("Was the person met?"),
        choices=[("on", _("Yes")), ("off", _("No"))],
        coerce=lambda value: value == "on",
    )
    contact = ContactChoice(
        label=_("Family member met"),
        queryset=Contact.objects.none(),
        required=False,
        to_field_name="public_id",
        empty_label=_("Nobody"),
        help_text=_("Needed where the person was not met; only people whom the person agreed to."),
    )
    place = Choice(label=_("Where"), choices=MeetingPlace.choices)
    way = Choice(label=_("How"), choices=MeetingWay.choices)
    occurred_at = MomentField(
        label=_("Time"), help_text=_("An earlier day is marked as entered later.")
    )
    state_words = _words(_("State and mood, in words"), required=True)
    difficulty_words = _words(_("Biggest difficulty now"))
    family_words = _words(pgettext_lazy("subject of an interview", "Family"))
    work_words = _words(_("Work and living"))
    opinion_words = _words(_("Opinion about the office's work"))
    help_words = _words(_("Help given"))
    second_visitor = TextField(
        label=_("Second visitor"),
        max_length=60,
        required=False,
        help_text=_("For example the officer or the village cadre who came along."),
    )
    note = _words(_("Note"))

    def __init__(self, *args: Any, kind: str, person: Person, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        agreed = Contact.objects.visible_to(user).filter(person=person)
        self.fields["contact"].queryset = agreed.order_by("pk")  # type: ignore[attr-defined]
        if kind == MeetingKind.VISIT:
            places = [pair for pair in MeetingPlace.choices if pair[0] != MeetingPlace.REMOTE]
            self.fields["place"].choices = [NOTHING, *places]  # type: ignore[attr-defined]
            del self.fields["way"]
        else:
            del self.fields["met_person"], self.fields["contact"], self.fields["second_visitor"]

    def facts(self) -> dict[str, Any]:
        """Arguments of record_meeting, without the words."""
        names = ("occurred_at", "place", "met_person", "contact", "way")
        return {n: self.cleaned_data[n] for n in names if n in self.fields}

    def told(self) -> MeetingWords:
        return MeetingWords(
            **{n: self.cleaned_data[n] for n in MeetingWords.__slots__ if n in self.fields}
        )


class MeetingForm(NeedFields, MeetingFacts):
    """A need that came up is opened with it."""

    sometimes = (*MeetingFacts.sometimes, *NeedFields.sometimes)

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    another = forms.BooleanField(label=_("This was another one on the same day"), required=False)


class MeetingCorrection(CorrectionFields, MeetingFacts):
    """What a meeting was, put right."""


class AttemptForm(forms.Form):
    """It could not be done: why, how it was tried, and when it is tried again."""

    sometimes = ("note",)
    uuid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    reason = Choice(label=_("Why not"), choices=NotDoneReason.choices)
    way = Choice(label=_("How it was tried"), choices=MeetingWay.choices)
    next_on = DayField(label=_("Next date"))
    note = _words(_("Note"), help_text=_("Needed where the person refused: what happened."))


class AttemptTap(forms.Form):
    """One tap of the menu "Not done"."""

    uuid = forms.UUIDField()
    act = forms.ChoiceField(choices=TRIES)

    @property
    def reason(self) -> str:
        return str(self.cleaned_data["act"]).partition(":")[0]

    @property
    def way(self) -> str:
        return str(self.cleaned_data["act"]).partition(":")[2]

    @property
    def is_refusal(self) -> bool:
        return self.reason == NotDoneReason.REFUSED


def new_meeting(kind: str) -> dict[str, Any]:
    """What the form proposes: the moment; a home visit is made at the home."""
    home = {"place": MeetingPlace.HOME} if kind == MeetingKind.VISIT else {}
    return {"uuid": uuid7(), "occurred_at": timezone.now().astimezone(SHANGHAI)} | home


def as_stored(meeting: Meeting) -> dict[str, Any]:
    """What the correction begins with."""
    words = {name: getattr(meeting, name) for name in MeetingWords.__slots__}
    moment = meeting.occurred_at.astimezone(SHANGHAI).replace(second=0, microsecond=0)
    return words | {
        "occurred_at": moment, "place": meeting.place, "way": meeting.way,
        "met_person": "on" if meeting.met_person else "off", "version": meeting.version,
        "contact": meeting.contact.public_id if meeting.contact else None,
    }  # fmt: skip
