"""Drug tests, as other pages see them."""

from django.utils.translation import gettext_lazy as _

from apps.core.records import RecordKind, Tab, register
from apps.drugtests import timeline

register(
    RecordKind(
        name="drugtests", label=_("Drug tests"), log={"drugtest": _("Drug tests")},
        parts=(Tab(_("Drug tests"), "drugtests:person", 40), *timeline.PARTS),
    )
)  # fmt: skip
