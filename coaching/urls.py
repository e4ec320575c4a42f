"""Paths of the coach's pages, below /coach/."""

from django.urls import path

from .views import adaptation, keeping, notices, sentence, standing, stream, threads

app_name = "coaching"
urlpatterns = [
    path("", keeping.threads, name="threads"),
    path("adapt/", adaptation.adapt, name="adapt"),
    path("adapt/panel/", adaptation.panel, name="adapted"),
    path("adapt/<uuid:adaptation_pk>/", adaptation.proposal, name="adaptation"),
    path("adapt/<uuid:adaptation_pk>/words/", adaptation.words, name="adapt-words"),
    path("adapt/<uuid:adaptation_pk>/decide/", adaptation.decide, name="adapt-decide"),
    path("weeks/", notices.notices, name="notices"),
    path("unsubscribe/<str:token>/", notices.unsubscribe, name="unsubscribe"),
    path("sentence/", sentence.read, name="sentence"),
    path("seen/", standing.seen, name="seen"),
    path("seen/<uuid:note_pk>/confirm/", standing.confirm, name="note-confirm"),
    path("seen/<uuid:note_pk>/end/", standing.end, name="note-end"),
    path("seen/<uuid:note_pk>/delete/", standing.delete, name="note-delete"),
    path("export/", keeping.export_all, name="export-all"),
    path("ask/", threads.ask_new, name="ask-new"),
    path("<uuid:pk>/", threads.thread, name="thread"),
    path("<uuid:pk>/ask/", threads.ask, name="ask"),
    path("<uuid:pk>/rename/", threads.rename, name="rename"),
    path("<uuid:pk>/restore/", keeping.restore, name="restore"),
    path("<uuid:pk>/export/<str:kind>/", keeping.export, name="export"),
    path("<uuid:pk>/seen/", standing.seen_in_thread, name="thread-seen"),
    path("<uuid:pk>/delete/", keeping.delete, name="delete"),
    path("<uuid:pk>/turns/<uuid:turn_pk>/", threads.turn, name="turn"),
    path("<uuid:pk>/turns/<uuid:turn_pk>/confirm/<int:number>/", threads.confirm, name="confirm"),
    path("<uuid:pk>/turns/<uuid:turn_pk>/retry/", threads.retry, name="retry"),
    path("<uuid:pk>/turns/<uuid:turn_pk>/stream/", stream.stream, name="stream"),
]
