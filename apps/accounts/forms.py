"""Signing in and choosing a password."""

from typing import Any, cast

from django import forms
from django.contrib.auth import password_validation
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.accounts.models.tries import TryWay
from apps.accounts.proving import prove
from apps.core.form_fields import TextField

# Longer input is no password; it would only keep the hash busy.
LONGEST = 128


def password_field(label: Any, autocomplete: str, **kwargs: Any) -> TextField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return TextField(label=label, strip=False, max_length=LONGEST, widget=widget, **kwargs)


class ThrottledForm(forms.Form):
    """Asks for a secret. `wait`: tried too often, it may be tried again in so many seconds."""

    way: TryWay
    wait = 0

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.user: User | None = None

    def prove(self, name: str, wrong: Any, field: str | None = None, **secret: str) -> None:
        """Find the user, or add the one answer to all that can be wrong."""
        proof = prove(self.request, name=name, way=self.way, **secret)
        self.user, self.wait = proof.user, proof.wait
        if proof.wait:
            self.add_error(field, proof.words)
        elif proof.user is None:
            self.add_error(field, wrong)


class CredentialsForm(ThrottledForm):
    """User name and a secret. Whatever is wrong with them, the answer is the same."""

    wrong = _(
        "User name or password is wrong. "
        "After five wrong tries you wait 15 minutes before you may try again."
    )
    username = TextField(
        label=_("User name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )


class SignInForm(CredentialsForm):
    way = TryWay.PASSWORD
    password = password_field(_("Password"), "current-password")

    def clean(self) -> dict[str, Any]:
        if not self.errors:
            facts = self.cleaned_data
            self.prove(facts["username"], self.wrong, password=facts["password"])
        return self.cleaned_data


class NewPasswordMixin(forms.Form):
    """A password chosen twice, checked against the rules for passwords."""

    def clean_pair(self, user: User | None) -> None:
        first, second = (self.cleaned_data.get(n, "") for n in ("new_password", "again"))
        if first and second and first != second:
            self.add_error("again", _("The two passwords differ."))
        if first:
            try:
                password_validation.validate_password(first, user)
            except forms.ValidationError as error:
                self.add_error("new_password", error)


NEW_HELP = _(
    "At least 12 characters. Several words are easy to remember: nobody else must know them."
)


class RedeemCodeForm(CredentialsForm, NewPasswordMixin):
    way = TryWay.CODE
    wrong = _(
        "User name or code is wrong, or the code is used or older than 24 hours. "
        "After five wrong tries you wait 15 minutes before you may try again."
    )
    code = TextField(
        label=_("One-time code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}
        ),
    )
    new_password = password_field(_("New password"), "new-password", help_text=NEW_HELP)
    again = password_field(_("New password, again"), "new-password")

    def clean(self) -> dict[str, Any]:
        # The code is only tried with a password that can be taken, and used up with one that
        # its holder may have.
        self.clean_pair(User(username=self.cleaned_data.get("username", "")))
        if not self.errors:
            facts = self.cleaned_data
            self.prove(facts["username"], self.wrong, code=facts["code"])
            self.clean_pair(self.user)
        return self.cleaned_data


class ChangePasswordForm(ThrottledForm, NewPasswordMixin):
    way = TryWay.CHANGE
    old_password = password_field(_("Present password"), "current-password")
    new_password = password_field(_("New password"), "new-password", help_text=NEW_HELP)
    again = password_field(_("New password, again"), "new-password")

    def clean(self) -> dict[str, Any]:
        user = cast(User, self.request.user)
        self.clean_pair(user)
        old = self.cleaned_data.get("old_password")
        if old and old == self.cleaned_data.get("new_password"):
            self.add_error("new_password", _("This is the password you have now."))
        if old and not self.errors:
            wrong = _("This is not your present password.")
            self.prove(user.username, wrong, "old_password", password=old)
        return self.cleaned_data
