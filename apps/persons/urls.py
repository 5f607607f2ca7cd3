"""Addresses below /persons/; the list itself belongs to the workbench, which adds it."""

from django.urls import path

from apps.persons.views import alike, assigning, contacts, files, lookups, merging, reading

app_name = "persons"
urlpatterns = [
    path("new/", files.create, name="create"),
    path("assign/", assigning.assign, name="assign"),
    path("alike/", alike.AlikePage.as_view(), name="alike"),
    path("alike/two/<uuid:public_id>/back/", alike.take_back, name="not-same-back"),
    path("merges/", merging.MergesPage.as_view(), name="merges"),
    path("merges/<uuid:public_id>/undo/", merging.undo, name="merge-undo"),
    path("<uuid:public_id>/alike/<uuid:other_id>/", alike.compare, name="compare"),
    path("<uuid:public_id>/alike/<uuid:other_id>/two/", alike.not_same, name="not-same"),
    path("<uuid:public_id>/alike/<uuid:other_id>/merge/", merging.merge, name="merge"),
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
