"""Addresses of orders; those about one person lie below the person's."""

from django.urls import URLPattern, path

from apps.cases.acts import (
    CASE_ACTS,
    LEAVE_ACTS,
    MEMBER_ACTS,
    PERSON_ACTS,
    REPORT_ACTS,
    SUSPENSION_ACTS,
    CaseAct,
)
from apps.cases.views import acts, queues

app_name = "cases"


def _acts(prefix: str, found: dict[str, CaseAct]) -> list[URLPattern]:
    return [
        path(f"{prefix}/{name}/", acts.perform, {"act": act}, name=name)
        for name, act in found.items()
    ]


urlpatterns = [
    path("persons/<uuid:public_id>/case/", acts.case, name="case"),
    path("cases/unassigned/", queues.UnassignedPage.as_view(), name="unassigned"),
    path("cases/unassigned/<slug:code>/", queues.assign_village, name="assign-village"),
    path("cases/gaps/", queues.GapsPage.as_view(), name="gaps"),
    *_acts("persons/<uuid:public_id>/case", PERSON_ACTS),
    *_acts("cases/<uuid:public_id>", CASE_ACTS),
    *_acts("cases/leaves/<uuid:public_id>", LEAVE_ACTS),
    *_acts("cases/suspensions/<uuid:public_id>", SUSPENSION_ACTS),
    *_acts("cases/reports/<uuid:public_id>", REPORT_ACTS),
    *_acts("cases/members/<uuid:public_id>", MEMBER_ACTS),
]
