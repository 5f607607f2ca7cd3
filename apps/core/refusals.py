"""A rule said no.

A service raises `Refused`. A view with a form writes

    with shown_in(form):
        service(...)
        return redirect(...)

and the same page comes back with its fields kept. Without a form RefusalMiddleware answers:
a page (for htmx a notice) with the rule in words, status 409.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.utils.functional import Promise


class Refused(Exception):
    """An act that a rule does not allow, in words for the person who tried it.

    `words` says what is refused, why, and what may be done instead; `article` names the law,
    `field` the field of a form that the words speak of.
    """

    def __init__(
        self, words: str | Promise, article: str | Promise = "", *, field: str | None = None
    ) -> None:
        super().__init__(words)
        self.words = words
        self.article = article
        self.field = field

    def __str__(self) -> str:
        return str(self.words)


@contextmanager
def shown_in(form: BaseForm) -> Iterator[None]:
    """A refusal or a broken constraint becomes an error of the form."""
    try:
        yield
    except Refused as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, f"{refusal.words} {refusal.article}".strip())
    except ValidationError as error:
        _add(form, error)


def _add(form: BaseForm, error: ValidationError) -> None:
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for field, errors in error.error_dict.items():
        form.add_error(field if field in form.fields else None, errors)
