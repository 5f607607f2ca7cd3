"""Reasons in the context of the history are sealed, as they are in the rows of the acts."""

import base64
from typing import Any

from django.db import migrations

from apps.core.crypto import seal

AT_ONCE = 1000


def seal_reasons(apps: Any, schema_editor: Any) -> None:
    model = apps.get_model("pghistory", "Context")
    # Keys first: what is being changed is not read by a cursor that is still open.
    keys = list(model.objects.filter(metadata__has_key="reason").values_list("pk", flat=True))
    for first in range(0, len(keys), AT_ONCE):
        rows = list(model.objects.filter(pk__in=keys[first : first + AT_ONCE]))
        for row in rows:
            words = str(row.metadata.pop("reason") or "")
            if words:
                sealed = seal(words, "pghistory_context.metadata.reason")
                row.metadata["reason_sealed"] = base64.b64encode(sealed).decode()
        model.objects.bulk_update(rows, ["metadata"])


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_keyed_seals")]

    operations = [
        migrations.RunPython(seal_reasons, migrations.RunPython.noop, elidable=True),
    ]
