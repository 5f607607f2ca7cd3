from django.contrib import admin
from django.urls import include, path

from apps.core import views

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("apps.core.urls")),
    path("", include("apps.accounts.urls")),
    path("", include("apps.workbench.urls")),
    path("persons/", include("apps.workbench.persons_urls")),
    path("", include("apps.cases.urls")),
    path("due/", include("apps.schedule.urls")),
    path("plans/", include("apps.schedule.plan_urls")),
    path("notices/", include("apps.notices.urls")),
    path("approvals/", include("apps.approvals.urls")),
    path("needs/", include("apps.needs.urls")),
    path("checkins/", include("apps.checkins.urls")),
    path("visits/", include("apps.visits.urls")),
    path("", include("apps.drugtests.urls")),
    path("", include("apps.draws.urls")),
    path("", include("apps.campaigns.urls")),
    path("", include("apps.assistance.urls")),
    path("", include("apps.followups.urls")),
    path("", include("apps.employment.urls")),
    path("", include("apps.treatment.urls")),
    path("", include("apps.learning.urls")),
    path("", include("apps.counselling.urls")),
    path("", include("apps.care.urls")),
    path("", include("apps.assessments.urls")),
    path("", include("apps.documents.urls")),
    path("", include("apps.breaches.urls")),
    path("", include("apps.transfers.urls")),
    path("releases/", include("apps.intake.urls")),
    path("covers/", include("apps.covers.urls")),
    path("imports/", include("apps.imports.urls")),
    path("", include("apps.handover.urls")),
    path("exports/", include("apps.exports.urls")),
    path("", include("apps.guide.urls")),
    path("audit/", include("apps.audit.urls")),
    path("dashboard/", include("apps.reports.urls")),
    path("reports/", include("apps.periodic.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "apps.core.unreadable.unreadable"
handler404 = "apps.core.views.not_found"
handler403 = "apps.core.views.forbidden"
handler500 = "apps.core.views.failed"
