"""A rule said no.

A service raises `Refused`. A view with a form writes

    with shown_in(form):
        service(...)
        return redirect(...)

and the same page comes back with its fields kept. Without a form RefusalMiddleware answers:
a page (for htmx a notice) with the rule in words, status 409.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.utils.functional import Promise

from apps.core.fields import uuid7
from apps.core.text import sentences

# The fields that carry the key of a form.
KEYS = ("uuid", "client_uuid")


class Refused(Exception):
    """An act that a rule does not allow, in words for the person who tried it.

    `words` says what is refused, why, and what may be done instead; `article` names the law,
    `field` the field of a form that the words speak of. A `conflict` (core.differing) shows what
    is stored beside what was sent; the form comes back with a new key and with `renew`.
    """

    conflict = False
    renew: Mapping[str, str] = {}

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
        form.add_error(field, sentences(refusal.words, refusal.article))
        if refusal.conflict:
            _begin_anew(form, refusal)
    except ValidationError as error:
        _add(form, error)


def _add(form: BaseForm, error: ValidationError) -> None:
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for field, errors in error.error_dict.items():
        form.add_error(field if field in form.fields else None, errors)


def conflict_of(form: BaseForm) -> Refused | None:
    """What stands there instead of what was sent."""
    return getattr(form, "conflict", None)


def status_of(form: BaseForm) -> int:
    """200 for a form to fill in, 422 for one to put right, 409 where something else stands."""
    if conflict_of(form) is not None:
        return 409
    return 422 if form.errors else 200


def _begin_anew(form: BaseForm, refusal: Refused) -> None:
    """Everything typed stays; sent once more it is an act of its own."""
    form.conflict = refusal  # type: ignore[attr-defined]
    new = {name: str(uuid7()) for name in KEYS if name in form.fields} | dict(refusal.renew)
    data = form.data.copy()  # type: ignore[attr-defined]
    for name, value in new.items():
        data[form.add_prefix(name)] = value
    form.data = data
