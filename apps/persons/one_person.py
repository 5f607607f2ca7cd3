"""A field that names one person of the user's scope: by name, or by the file's number."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _, ngettext

from apps.accounts.models import User
from apps.core.form_fields import TextField
from apps.persons.finding import named, with_merged
from apps.persons.models import Person

MOST_FOUND = 20


class OnePersonForm(forms.Form):
    """`found`: whom the words meant, for the access log."""

    user: User
    found: tuple[Person, ...] = ()

    who = TextField(label=_("Name or file number"), max_length=60)

    def clean_who(self) -> Person:
        words = self.cleaned_data["who"]
        plain = words.isdecimal() and len(words) <= 7
        where = Q(pk=int(words)) if plain else named(words)
        rows = Person.objects.visible_to(self.user).filter(with_merged(where))
        self.found = tuple(rows.order_by("sort_key", "pk")[:MOST_FOUND])
        if not self.found:
            raise ValidationError(_("Nobody in your scope is found by these words."))
        if len(self.found) > 1:
            n = len(self.found)
            raise ValidationError(
                ngettext(
                    "%(n)s person has this name: enter the file number.",
                    "%(n)s persons have this name: enter the file number.", n,
                ) % {"n": n}
            )  # fmt: skip
        return self.found[0]
