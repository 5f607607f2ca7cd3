"""Model fields that the product adds to Django's."""

from typing import Any, cast
from uuid import UUID

import uuid_utils.compat
from django.core import checks
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from apps.core.crypto import seal, unseal


def uuid7() -> UUID:
    """A UUID of version 7: as unguessable as needed in an address, and sorted by time on disk."""
    return uuid_utils.compat.uuid7()


class Sealed(bytes):
    """Bytes as the database holds them; opened when the attribute is read."""


class _OpenOnRead(DeferredAttribute):
    def __get__(self, instance: Any, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if isinstance(value, Sealed):
            value = unseal(value, cast("EncryptedTextField", self.field).context_of(instance))
            instance.__dict__[self.field.attname] = value
        return value

    # Without a setter Python would hand out the instance's own bytes and never ask __get__.
    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(models.BinaryField):  # type: ignore[type-arg]
    """Text that is encrypted in the row and in the row's history.

    The model needs a `public_id`, which binds the value to its row. Values cannot be filtered or
    set with `update()`: look-ups use a blind index beside the column.
    """

    descriptor_class = _OpenOnRead

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", True)
        kwargs.setdefault("default", "")
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def context_of(self, instance: models.Model) -> str:
        """The additional data of this column in the instance's row."""
        return f"{instance._meta.db_table}.{self.column}.{instance.public_id}"  # type: ignore[attr-defined]

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        return [e for e in super().check(**kwargs) if e.id != "fields.E170"]

    def from_db_value(self, value: Any, *_: Any) -> Any:
        return Sealed(value) if value else ""

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes:
        stored = model_instance.__dict__.get(self.attname)
        if isinstance(stored, Sealed):
            return stored  # nobody has opened it: the same bytes, and no history of a change
        value = getattr(model_instance, self.attname)
        return Sealed(seal(value, self.context_of(model_instance))) if value else b""

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if isinstance(value, str) and value:
            raise TypeError("An encrypted value is saved through its model, never by update()")
        return super().get_db_prep_value(value or b"", connection, prepared)

    def value_to_string(self, obj: models.Model) -> str:
        return str(getattr(obj, self.attname))

    def to_python(self, value: Any) -> Any:
        return value

    def formfield(self, **kwargs: Any) -> Any:
        from apps.core.form_fields import TextField

        return TextField(
            **{"required": not self.blank, "label": self.verbose_name, "help_text": self.help_text}
            | {k: v for k, v in kwargs.items() if k in {"widget", "label", "required"}}
        )
