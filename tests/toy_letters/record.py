"""All that the rest of the product needs to know of letters."""

from apps.core.records import RecordKind, Tab, register
from tests.toy_letters.models import Letter

register(
    RecordKind(
        name="toy_letters", label="来信", log={"letter": "来信", "letters": "来信"},
        parts=(Tab("来信", "toy_letters:person", 45, counted=Letter),),
    )
)  # fmt: skip
