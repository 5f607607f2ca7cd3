from django.urls import path

from apps.periodic import lists, views

app_name = "periodic"
urlpatterns = [
    path("", lists.ReportsPage.as_view(), name="list"),
    path("prepare/", views.preview, name="preview"),
    path("forms/", views.report_forms, name="forms"),
    path("forms/<slug:every>/", views.report_form, name="form"),
    path("rules/", views.rules, name="rules"),
    path("rules/new/", views.new_rule, name="new-rule"),
    path("rules/<uuid:public_id>/end/", views.end_rule, name="end-rule"),
    path("<uuid:public_id>/", views.report, name="report"),
    path("<uuid:public_id>/rows/<slug:code>/", views.rows, name="rows"),
    path("<uuid:public_id>/file.xlsx", views.taken_out, {"kind": "xlsx"}, name="xlsx"),
    path("<uuid:public_id>/file.docx", views.taken_out, {"kind": "docx"}, name="docx"),
    path("<uuid:public_id>/send/", views.send, name="send"),
    path("<uuid:public_id>/answer/", views.answer, name="answer"),
]
