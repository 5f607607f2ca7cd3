"""A form carries a key: sent twice with the same content it is one act, anything else a conflict.

    @transaction.atomic
    @once(CheckIn, target="person", page="checkins:note")
    def log_checkin(*, person, by, client_uuid, ...): ...

The key is claimed before anything is looked at, with a digest of what the service was given. A key
that is known is answered with its row only to the same account, about the same target, with the
same content; everybody else gets `Differs`: both versions in words, nothing stored, nothing lost.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from inspect import Parameter, signature
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from apps.core.differing import Differs, Pairs, described
from apps.core.models import Sent
from apps.core.sameness import expanded, frozen

CLAIM = """
INSERT INTO core_sent (key, act, account, target, digest, at)
VALUES (%s, %s, %s, %s, %s, now()) ON CONFLICT (key, act) DO NOTHING
"""
Given = dict[str, Any]
R = TypeVar("R")


@dataclass(frozen=True)
class Once:
    """What `once` was told about a service. Tests walk these."""

    service: Callable[..., Any]
    model: type[models.Model]
    target: str | Callable[[Given], str]
    page: str
    find: Callable[[UUID], Any]
    answer: Callable[[Any, Given], Any]
    leave_out: frozenset[str]
    called: dict[str, str]
    sent_words: Callable[[Given], Pairs]
    stored_words: Callable[[Any], Pairs]

    def target_of(self, given: Given) -> str:
        if callable(self.target):
            return self.target(given)
        row = given[self.target]
        return f"{row._meta.label_lower}:{row.pk}"

    def content_of(self, given: Given) -> Given:
        """What the act says, without who says it about whom."""
        outside = {"by", "client_uuid", self.target, *self.leave_out}
        return {name: value for name, value in given.items() if name not in outside}


REGISTER: dict[str, Once] = {}


def once(
    model: type[models.Model],
    *,
    target: str | Callable[[Given], str],
    page: str = "",
    find: Callable[[UUID], Any] | None = None,
    answer: Callable[[Any, Given], Any] | None = None,
    leave_out: tuple[str, ...] = (),
    called: dict[str, str] | None = None,
    sent_words: Callable[[Given], Pairs] = lambda _given: [],
    stored_words: Callable[[Any], Pairs] = lambda _row: [],
) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """Put under `@transaction.atomic`, over a service that takes `by` and `client_uuid`.

    `target`: the argument that names what the act is done to. `leave_out`: arguments that say
    nothing of the content. `called`: arguments whose field has another name. `page`: where the
    stored row stands, by its public id.
    """
    by_key = find or (lambda key: model._default_manager.filter(client_uuid=key).first())

    def decorate(service: Callable[..., R]) -> Callable[..., R]:
        spec = Once(
            service, model, target, page, by_key, answer or (lambda row, _given: row),
            frozenset(leave_out), called or {}, sent_words, stored_words,
        )  # fmt: skip
        REGISTER[f"{service.__module__}.{service.__qualname__}"] = spec

        @wraps(service)
        def act(**arguments: Any) -> R:
            if arguments.get("client_uuid") is None:
                return service(**arguments)
            known = _known(spec, _complete(service, arguments))
            return service(**arguments) if known is None else known  # type: ignore[no-any-return]

        return act

    return decorate


def _complete(service: Callable[..., Any], arguments: Given) -> Given:
    """With what the service takes where nothing is said."""
    defaults = {
        name: parameter.default
        for name, parameter in signature(service).parameters.items()
        if parameter.default is not Parameter.empty
    }
    return defaults | arguments


def _known(spec: Once, given: Given) -> Any:
    """The answer to a key that was used before; None where the act is to be done."""
    key, act, target = given["client_uuid"], spec.model._meta.label_lower, spec.target_of(given)
    digest = _digest(spec, given)
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [key, act, given["by"].pk, target, digest])
        if cursor.rowcount:
            return None
    sent = Sent.objects.get(key=key, act=act)
    row = spec.find(key)
    if row is None:  # answered with a row that was there: nothing stands under this key
        Sent.objects.filter(pk=sent.pk).update(account=given["by"].pk, target=target, digest=digest)
        return None
    if sent.target != target:
        raise Differs(_("This page was used for another person or another entry already."))
    same = sent.account == given["by"].pk and bytes(sent.digest) == digest
    if same and (getattr(row, "withdrawn_at", None) is None or getattr(row, "undone", False)):
        return spec.answer(row, given)
    raise differs(spec, row, given, _words(row, same=same))


def _words(row: models.Model, *, same: bool) -> str:
    if getattr(row, "withdrawn_at", None) is not None:
        return _("What this page had sent before was taken back since.")
    if same:
        return _("This was sent already.")
    return _("This page was sent before with other content.")


def differs(spec: Once, row: Any, given: Given, words: str, **renew: str) -> Differs:
    """The conflict of a sent form with a stored row, both in words."""
    said = expanded(spec.content_of(given))
    content = {spec.called.get(name, name): value for name, value in said.items()}
    stored = {name: getattr(row, name) for name in content if hasattr(row, name)}
    return Differs(
        words,
        stored=described(spec.model, stored) + spec.stored_words(row),
        sent=described(spec.model, content) + spec.sent_words(given),
        row=row,
        page=spec.page,
        renew=renew,
    )


def _digest(spec: Once, given: Given) -> bytes:
    text = repr((spec.service.__qualname__, frozen(spec.content_of(given))))
    return salted_hmac("homeward.sent", text, algorithm="sha256").digest()
