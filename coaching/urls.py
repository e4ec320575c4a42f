"""Paths of the coach's pages, below /coach/."""

from django.urls import path

from .views import adaptation, notices, sentence, stream, threads

app_name = "coaching"
urlpatterns = [
    path("", threads.threads, name="threads"),
    path("adapt/", adaptation.adapt, name="adapt"),
    path("adapt/panel/", adaptation.panel, name="adapted"),
    path("adapt/<uuid:adaptation_pk>/", adaptation.proposal, name="adaptation"),
    path("adapt/<uuid:adaptation_pk>/words/", adaptation.words, name="adapt-words"),
    path("adapt/<uuid:adaptation_pk>/decide/", adaptation.decide, name="adapt-decide"),
    path("weeks/", notices.notices, name="notices"),
    path("unsubscribe/<str:token>/", notices.unsubscribe, name="unsubscribe"),
    path("sentence/", sentence.read, name="sentence"),
    path("ask/", threads.ask_new, name="ask-new"),
    path("<uuid:pk>/", threads.thread, name="thread"),
    path("<uuid:pk>/ask/", threads.ask, name="ask"),
    path("<uuid:pk>/rename/", threads.rename, name="rename"),
    path("<uuid:pk>/delete/", threads.delete, name="delete"),
    path("<uuid:pk>/turns/<uuid:turn_pk>/", threads.turn, name="turn"),
    path("<uuid:pk>/turns/<uuid:turn_pk>/retry/", threads.retry, name="retry"),
    path("<uuid:pk>/turns/<uuid:turn_pk>/stream/", stream.stream, name="stream"),
]
