"""What the runs of the night are called; the code names are for those who run commands."""

from typing import Final

from django.utils.translation import gettext_lazy as _

RUNS: Final = {
    "check_places": _("Places are checked"),
    "advance_schedule": _("Duties of the new day are laid out"),
    "check_schedule": _("Duties are checked"),
    "clearsessions": _("Ended sessions are removed"),
    "forget_tries": _("Old tries at signing in are forgotten"),
    "forget_sent": _("Keys of forms sent long ago are forgotten"),
    "ring_covers": _("Notices of covers that begin or end"),
    "forget_notices": _("Old notices that were read are removed"),
    "forget_imports": _("Files of imports are forgotten after thirty days"),
    "seal_access_log": _("The access log is sealed"),
    "verify_access_log": _("The seals of the access log are checked"),
    "load_demo": _("The examples of the demo are laid out"),
}
