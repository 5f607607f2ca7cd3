"""What help a flag suggests: a kind of need, and whom to ask, in words."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from apps.assessments.codes import FlagKind
from apps.assessments.factors import Words
from apps.needs.models import NeedKind

SERVICES: Final[dict[str, tuple[NeedKind, Words]]] = {
    FlagKind.ILL: (NeedKind.MEDICAL, _("Medical help; disability card where it applies")),
    FlagKind.POOR: (NeedKind.LIVING, _("Living allowance or temporary relief")),
    FlagKind.NURSING: (NeedKind.MEDICAL, _("Antenatal and child care; no tests by force")),
    FlagKind.MINOR: (NeedKind.SCHOOLING, _("School, guardian, protection of minors")),
    FlagKind.OLD: (NeedKind.LIVING, _("Care for the elderly, visits at home")),
    FlagKind.ALONE: (NeedKind.FAMILY, _("More visits; a neighbour or volunteer who looks in")),
    FlagKind.APART: (NeedKind.PAPERS, _("Residence papers; carry out where the person lives")),
    FlagKind.METHADONE: (NeedKind.TREATMENT, _("Appointments that fit the clinic's hours")),
    FlagKind.SELF_HARM: (NeedKind.COUNSELLING, _("Counselling at once; in danger call 120")),
    FlagKind.CARER: (NeedKind.FAMILY, _("Relief for carers, child care")),
}
