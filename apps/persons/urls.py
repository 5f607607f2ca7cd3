"""Addresses below /persons/; the list itself belongs to the workbench, which adds it."""

from django.urls import path

from apps.persons.views import assigning, contacts, files, lookups, reading

app_name = "persons"
urlpatterns = [
    path("new/", files.create, name="create"),
    path("assign/", assigning.assign, name="assign"),
    path("lookups/", lookups.LookupsPage.as_view(), name="lookups"),
    path("lookups/seen/", lookups.seen, name="lookups-seen"),
    path("<uuid:public_id>/edit/", files.edit, name="edit"),
    path("<uuid:public_id>/status/", files.life_status, name="life-status"),
    path("<uuid:public_id>/reveal/", reading.reveal, name="reveal"),
    path("<uuid:public_id>/call/", reading.call, name="call"),
    path("<uuid:public_id>/covers/<uuid:cover_id>/end/", assigning.end_cover, name="cover-end"),
    path(
        "<uuid:public_id>/assignments/<uuid:assignment_id>/withdraw/",
        assigning.withdraw,
        name="assignment-withdraw",
    ),
    path("<uuid:public_id>/contacts/", contacts.contacts, name="contacts"),
    path("<uuid:public_id>/contacts/new/", contacts.add, name="contact-add"),
    path(
        "<uuid:public_id>/contacts/<uuid:contact_id>/withdraw/",
        contacts.withdraw,
        name="contact-withdraw",
    ),
]
