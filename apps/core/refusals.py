"""An act that a rule does not allow is refused in words.

A service raises `Refused`. A view with a form writes

    with refusals.shown_in(form):
        service(...)
        return redirect(...)

and the same page comes back with its fields kept. Without a form the middleware answers:
a page (or, for htmx, a notice) with the rule, status 409.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.forms import BaseForm


class Refused(Exception):
    """The rule in words, the article it stands on, and the field it speaks of, if any."""

    def __init__(self, words: str, *, article: str = "", field: str | None = None) -> None:
        super().__init__(words)
        self.words = words
        self.article = article
        self.field = field

    def __str__(self) -> str:
        return f"{self.words} ({self.article})" if self.article else str(self.words)


@contextmanager
def shown_in(form: BaseForm) -> Iterator[None]:
    """A refusal or a broken constraint becomes an error of the form."""
    try:
        yield
    except Refused as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, str(refusal))
    except ValidationError as error:
        _add(form, error)


def _add(form: BaseForm, error: ValidationError) -> None:
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for field, errors in error.error_dict.items():
        form.add_error(field if field in form.fields else None, errors)
