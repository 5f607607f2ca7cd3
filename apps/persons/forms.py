"""Shapes of what is typed about a person; rules live in the services."""

from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _, gettext_lazy

from apps.accounts.models import User
from apps.areas.units import within
from apps.core.choosing import Choice
from apps.core.days import today
from apps.core.form_fields import DayField, ReasonField, TextField
from apps.core.text import mask_identity, mask_phone
from apps.persons import identity
from apps.persons.codes import DocumentKind, LifeStatus, Relation
from apps.persons.file_fields import file_fields
from apps.persons.models import Person
from apps.persons.services.assigning import MAY_BE_RESPONSIBLE
from apps.persons.unit_field import unit_field, unit_of


class FindForm(forms.Form):
    """What is asked before a file is opened: one of the three is enough."""

    sometimes = ("document_number", "name", "phone")

    document_number = TextField(
        label=gettext_lazy("Document number"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("One of the three is enough."),
    )
    name = TextField(
        label=gettext_lazy("Name, pinyin or initials"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    phone = TextField(
        label=gettext_lazy("Phone"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )

    def clean_document_number(self) -> str:
        """A number of 18 characters must be right; others may be a passport's."""
        number = identity.plain(self.cleaned_data["document_number"])
        if len(number) == identity.RESIDENT_LENGTH:
            return identity.check_resident(number).number
        return identity.check_other_document(number) if number else ""

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"]
        return identity.check_phone(phone) if phone else ""

    def clean(self) -> dict[str, Any]:
        if not self.errors and not any(self.cleaned_data.values()):
            raise ValidationError(_("Enter a number, a name or a phone."))
        return self.cleaned_data


# A version that no row has: what was typed was about the facts of another file.
OF_ANOTHER_FILE: Final = -1


class PersonForm(forms.Form):
    """The facts of a file, in the order of the paper form."""

    # A kind of paper asks for its number.
    sometimes = ("document_number",)
    IDENTITY: ClassVar[list[str]] = [
        "name",
        "document_kind",
        "document_number",
        "sex",
        "born_on",
        "ethnicity",
    ]
    LIVING: ClassVar[list[str]] = [
        "phone",
        "call_note",
        "residence_area",
        "residence_address",
        "registration_area",
        "registration_address",
    ]
    SITUATION: ClassVar[list[str]] = [
        "household",
        "marital",
        "education",
        "employment",
        "on_allowance",
        "substance",
    ]

    # Shown as stars; an empty field keeps what is stored.
    MASKED: ClassVar[list[str]] = ["document_number", "phone"]

    def __init__(self, *args: Any, user: User, person: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields.update(file_fields(self.facts()))
        self.fields["residence_area"].bind(None, user.area)  # type: ignore[attr-defined]
        self.fields["registration_area"].bind(None, user.area)  # type: ignore[attr-defined]
        if (unit := unit_field(user, person)) is not None:
            self.fields["area"] = unit
        if person is None:
            return
        known = {name: getattr(person, name) for name in self.facts()} | {"area": unit_of(person)}
        self.initial = known | dict.fromkeys(self.MASKED, "") | dict(self.initial)
        self._mask(person)
        self.fields["version"] = forms.IntegerField(
            widget=forms.HiddenInput, initial=person.version
        )
        self.fields["file"] = forms.UUIDField(
            widget=forms.HiddenInput, initial=person.public_id, required=False
        )
        self.fields["reason"] = ReasonField(
            label=gettext_lazy("Why it is changed"),
            required=False,
            max_length=200,
            help_text=gettext_lazy("Stands in the history beside old and new values."),
        )

    @classmethod
    def facts(cls) -> list[str]:
        return [*cls.IDENTITY, *cls.LIVING, *cls.SITUATION]

    def sections(self) -> list[tuple[str, list[Any]]]:
        """Title and fields, for the template."""
        first = ["area"] if "area" in self.fields else []
        return [
            (_("Who it is"), [self[name] for name in self.IDENTITY]),
            (_("Where and how to reach"), [self[name] for name in [*first, *self.LIVING]]),
            (_("Situation"), [self[name] for name in self.SITUATION]),
        ]

    def _mask(self, person: Person) -> None:
        masks = {
            "document_number": mask_identity(person.document_number),
            "phone": mask_phone(person.phone),
        }
        for name, stars in masks.items():
            if stars:
                self.fields[name].widget.attrs["placeholder"] = stars
                self.fields[name].help_text = _("Leave it empty to keep the one on file.")
        if masks["phone"]:
            self.fields["phone"].help_text = _("Leave it empty to keep the one on file; - ends it.")

    def _keep(self) -> None:
        """An empty field of an open file means: as it is."""
        data, person = self.cleaned_data, self.person
        if person is None:
            return
        if not data.get("document_number") and data.get("document_kind") == person.document_kind:
            data["document_number"] = person.document_number
        if "phone" in data:
            phone = data["phone"].strip()
            data["phone"] = "" if phone == "-" else phone or person.phone

    def clean(self) -> dict[str, Any]:
        """Number and phone in their normal form; each fault at its field."""
        self._keep()
        data = self.cleaned_data
        kind, number = data.get("document_kind"), data.get("document_number", "")
        try:
            if number and kind == DocumentKind.RESIDENT:
                data["document_number"] = identity.check_resident(number).number
            elif number and kind != DocumentKind.NONE:
                data["document_number"] = identity.check_other_document(number)
            elif number or kind != DocumentKind.NONE:
                raise ValidationError(_("Enter the number, or choose “not known”."))
        except ValidationError as error:
            self.add_error("document_number", error)
        self._clean_phone()
        return data

    def _clean_phone(self) -> None:
        if phone := self.cleaned_data.get("phone"):
            try:
                self.cleaned_data["phone"] = identity.check_phone(phone)
            except ValidationError as error:
                self.add_error("phone", error)

    def _of_another_file(self) -> bool:
        """Opened on a file that was merged since: its address leads to this one, its count of
        changes is none of this one.
        """
        file = self.cleaned_data.get("file")
        return self.person is not None and file not in (None, self.person.public_id)

    def values(self) -> dict[str, Any]:
        """What goes to the service."""
        told = [name for name in ("reason", "version") if name in self.fields]
        values = {name: self.cleaned_data[name] for name in [*self.facts(), *told]}
        if self._of_another_file():
            values["version"] = OF_ANOTHER_FILE
        area = self.cleaned_data.get("area")
        moves = self.person is not None and area not in (None, unit_of(self.person))
        return values | ({"area": area} if moves else {})


class PurposeForm(forms.Form):
    """Why somebody reads what is masked."""

    purpose = ReasonField(
        label=gettext_lazy("What is it for?"),
        max_length=300,
        help_text=gettext_lazy(
            "The time, this reason, your role and unit stand on the page “Access log” of the file. "
            "Several of one role and unit are told apart by a number; the auditor reads your "
            "name, too."
        ),
    )


class ContactForm(forms.Form):
    name = TextField(label=gettext_lazy("Name"), max_length=60)
    relation = Choice(label=gettext_lazy("Relation"), choices=Relation.choices)
    phone = TextField(
        label=gettext_lazy("Phone"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    agreed_on = DayField(
        label=gettext_lazy("The person agreed on"),
        latest=today,
        initial=today,
        help_text=gettext_lazy("Nobody is contacted unless the person agreed."),
    )
    note = TextField(label=gettext_lazy("Note"), required=False, max_length=200)

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"]
        return identity.check_phone(phone) if phone else ""


class WithdrawContactForm(forms.Form):
    on = DayField(label=gettext_lazy("No longer agreed from"), latest=today, initial=today)


class LifeStatusForm(forms.Form):
    status = forms.ChoiceField(
        label=gettext_lazy("Status without an order"), choices=LifeStatus.choices, required=False
    )
    since = DayField(label=gettext_lazy("Since"), latest=today, required=False)
    reason = TextField(label=gettext_lazy("Basis"), max_length=200, required=False)


def workers_in(user: User) -> QuerySet[User]:
    """Who may be responsible for somebody in the user's area."""
    found = User.objects.filter(is_active=True, role__in=MAY_BE_RESPONSIBLE)
    if user.area is None:
        return found.none()
    return found.filter(within(user.area)).order_by("area__code", "name")
