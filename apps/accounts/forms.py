"""Signing in and choosing a password."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate, password_validation
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User

# Longer input is no password; it would only keep the hash busy.
LONGEST = 128


def password_field(label: Any, autocomplete: str, **kwargs: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, strip=False, max_length=LONGEST, widget=widget, **kwargs)


class CredentialsForm(forms.Form):
    """User name and a secret. Whatever is wrong with them, the answer is the same."""

    wrong = _(
        "User name or password is wrong. "
        "After five tries the account is locked here for 15 minutes."
    )
    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.user: User | None = None

    def authenticate(self, **secret: str) -> None:
        """Find the user, or add the one answer to all that can be wrong."""
        user = authenticate(self.request, username=self.cleaned_data["username"], **secret)
        if isinstance(user, User):
            self.user = user
        else:
            self.add_error(None, self.wrong)


class SignInForm(CredentialsForm):
    password = password_field(_("Password"), "current-password")

    def clean(self) -> dict[str, Any]:
        if not self.errors:
            self.authenticate(password=self.cleaned_data["password"])
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
    wrong = _(
        "User name or code is wrong, or the code is used or older than 24 hours. "
        "After five tries the account is locked here for 15 minutes."
    )
    code = forms.CharField(
        label=_("One-time code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}
        ),
    )
    new_password = password_field(_("New password"), "new-password", help_text=NEW_HELP)
    again = password_field(_("New password, again"), "new-password")

    def clean(self) -> dict[str, Any]:
        # The code is only tried with a password that can be taken.
        self.clean_pair(User(username=self.cleaned_data.get("username", "")))
        if not self.errors:
            self.authenticate(code=self.cleaned_data["code"])
        return self.cleaned_data


class ChangePasswordForm(NewPasswordMixin):
    old_password = password_field(_("Present password"), "current-password")
    new_password = password_field(_("New password"), "new-password", help_text=NEW_HELP)
    again = password_field(_("New password, again"), "new-password")

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_old_password(self) -> str:
        old: str = self.cleaned_data["old_password"]
        if not self.user.check_password(old):
            raise forms.ValidationError(_("This is not your present password."))
        return old

    def clean(self) -> dict[str, Any]:
        self.clean_pair(self.user)
        new = self.cleaned_data.get("new_password")
        if new and new == self.cleaned_data.get("old_password"):
            self.add_error("new_password", _("This is the password you have now."))
        return self.cleaned_data
