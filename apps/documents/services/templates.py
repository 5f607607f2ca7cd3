"""Templates of offices: a new file is a new row, papers go on pointing at theirs."""

from datetime import date
from hashlib import sha256

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import Area
from apps.core.days import today
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.documents.codes import PaperKind
from apps.documents.declarations import DECLARATIONS
from apps.documents.models import OfficeTemplate
from apps.documents.office_templates import check_template
from apps.documents.placeholders import allowed_in
from apps.documents.uploaded_files import check_size


def template_for(
    office: Area, kind: str, measure: str, on: date, language: str = "zh-hans"
) -> OfficeTemplate | None:
    """The nearest office's template in effect: of the measure before one for both, then newest."""
    if language != "zh-hans":
        return None
    found = (
        OfficeTemplate.objects.of_office(office)
        .in_effect_on(on)
        .filter(Q(measure=measure) | Q(measure=""), kind=kind)
    )
    return found.order_by(
        -Length("area__code"), -Length("measure"), "-effective_from", "-pk"
    ).first()


@transaction.atomic
def add_template(
    *,
    area: Area,
    kind: str,
    by: User,
    file: "UploadedFile[bytes]",
    effective_from: date,
    measure: str = "",
    note: str = "",
) -> OfficeTemplate:
    """Refused unless every expression in it is a placeholder that the kind knows."""
    if by.area is None or not by.area.contains(area):
        raise Refused(_("Templates are kept for your own area only."))
    if effective_from < today():
        raise Refused(
            _("A template takes effect today or later: papers already issued stay."),
            field="effective_from",
        )
    check_size(file.size or 0)
    content = file.read()
    check_template(content, allowed_in(DECLARATIONS[PaperKind(kind)]))
    template = OfficeTemplate(
        area=area, kind=kind, measure=measure, effective_from=effective_from, content=content,
        sha256=sha256(content).hexdigest(), note=" ".join(note.split()), uploaded_by=by,
    )  # fmt: skip
    save_or_refuse(template)
    return template


@transaction.atomic
def withdraw_template(*, template: OfficeTemplate, by: User) -> OfficeTemplate:
    """From today the office prints the standard text, or the template before this one."""
    locked = OfficeTemplate.objects.select_for_update(of=("self",)).get(pk=template.pk)
    if by.area is None or not by.area.contains(locked.area):
        raise Refused(_("Templates are kept for your own area only."))
    if locked.withdrawn_on is not None:
        raise Refused(_("The template is withdrawn already."))
    locked.withdrawn_on = max(today(), locked.effective_from)
    save_or_refuse(locked)
    return locked
