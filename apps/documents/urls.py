"""The tab lies below the person, papers and scans have addresses of their own."""

from django.urls import path

from apps.documents.views import custody, issuing, papers, person, scans, templates

app_name = "documents"
urlpatterns = [
    path("persons/<uuid:public_id>/documents/", person.person, name="person"),
    path("persons/<uuid:public_id>/documents/new/", person.choose, name="choose"),
    path("persons/<uuid:public_id>/documents/new/<slug:kind>/", issuing.prepare, name="prepare"),
    path("persons/<uuid:public_id>/documents/scan/", scans.attach, name="attach"),
    path("documents/", papers.DocumentsPage.as_view(), name="list"),
    path("documents/<uuid:public_id>/", papers.detail, name="detail"),
    path("documents/<uuid:public_id>/print/", papers.printed, name="print"),
    path("documents/<uuid:public_id>/docx/", papers.docx, name="docx"),
    path("documents/<uuid:public_id>/void/", papers.void, name="void"),
    path("documents/custody/<uuid:public_id>/", custody.of_test, name="custody"),
    path(
        "documents/custody/campaigns/<uuid:public_id>/",
        custody.of_campaign,
        name="campaign-custody",
    ),
    path("documents/scans/<uuid:public_id>/", scans.scan, name="scan"),
    path("documents/scans/<uuid:public_id>/withdraw/", scans.withdraw, name="scan-withdraw"),
    path("documents/templates/", templates.templates, name="templates"),
    path("documents/templates/<slug:kind>/", templates.template, name="template"),
    path(
        "documents/templates/<slug:kind>/standard/<slug:measure>/",
        templates.standard,
        name="standard",
    ),
    path("documents/templates/files/<uuid:public_id>/", templates.template_file, name="file"),
    path(
        "documents/templates/files/<uuid:public_id>/withdraw/",
        templates.withdraw,
        name="template-withdraw",
    ),
]
